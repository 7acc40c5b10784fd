"""What a name means in a text that is not a Python string: prose, settings, a command.

These are the rules for each kind of text if no row of the tables fits.
"""

from __future__ import annotations

import re
from functools import cached_property

from reorg_lib.model import NameClass
from reorg_lib.text_references import rule_tables as table
from reorg_lib.text_references.argument_context import counts_words, slot_row
from reorg_lib.text_references.named_in_text import (
    NamedInText,
    Verdict,
    is_domain,
    is_query,
    is_sure,
)
from reorg_lib.text_references.repository_tree import RepositoryTree
from reorg_lib.text_references.rule_tables import Row
from reorg_lib.text_references.settings_keys import KeyPath, key_path

_FENCE = re.compile(r"^[ \t]*(?:```+|~~~+)[ \t]*\{?([\w+-]*)", re.M)
_DIRECTIVE = re.compile(
    r"^([ \t]*)\.\.[ \t]+(?:(?:code-block|code|sourcecode)::[ \t]*(\w*)|(toctree)::)", re.M
)
_CALLED = {
    "code": "another language",
    "template": "a template",
    "locale": "a translation",
    "names": "a list of distributions",
}


class TextClassifier:
    """Classifies names in the texts of one file, also in comments and docstrings."""

    def __init__(self, tree: RepositoryTree, path: str, content: bytes) -> None:
        self._tree = tree
        self._path = path
        self._content = content
        self._kind = table.kind_of(path)

    def judge(
        self, name: NamedInText, kind: str, line: str, after: str, start: int
    ) -> Verdict | None:
        """Return what a name means between `line` and `after` in a text of a kind."""
        if kind == "template" and (
            inner := re.sub(r"\.(?:j2|jinja2?|tmpl|tpl|mako)$", "", self._path)
        ):
            kind = table.kind_of(inner) if inner != self._path else kind
        match kind:
            case "code" | "template" | "locale" | "names":
                return Verdict(NameClass.IS_NOT, f"is a name in {_CALLED[kind]}")
            case "ignore":
                return Verdict(NameClass.IS_NOT, "is a file name in a list of paths")
            case "docstring" | "comment" | "prose":
                return self._in_prose(name, line, after, start)
            case "toml" | "ini" | "yaml" | "json":
                return self._in_settings(name, kind, line, after, start)
            case "stub" | "notebook":
                if name.is_word:
                    return None
                if kind == "stub" or self._tree.resolves(name.asked):
                    return Verdict(NameClass.MODULE, "is code that names a module")
                return Verdict(NameClass.COULD_BE, f"{name.known} has no {name.tail}")
        return self._in_command(name, line, after)

    def _in_prose(self, name: NamedInText, line: str, after: str, start: int) -> Verdict | None:
        if self._kind == "prose" and self._language(start) in table.words()["languages"]:
            return Verdict(NameClass.IS_NOT, "is in an example in another language, or a page")
        quoted = line[-1:] == "`" or (line[-1:] in "'\"<[" and line != "")
        if name.is_word:
            if (
                (name.attribute or name.whole != name.known)
                and self._tree.resolves(name.asked)
                and quoted
            ):
                return Verdict(NameClass.MODULE, "is a module with something of it")
            return None
        if is_domain(name) and not quoted:
            return Verdict(NameClass.COULD_BE, "may be a module, or the name of a host")
        if not name.tail and not line.strip() and re.match(r"\s*=(?!=)", after):
            return Verdict(NameClass.COULD_BE, "may be a module, or a key")
        if self._tree.resolves(name.asked):
            return Verdict(NameClass.MODULE, "is a module or something in it")
        return Verdict(NameClass.COULD_BE, f"{name.known} has no {name.tail}")

    def _language(self, start: int) -> str:
        """The language of the fence or the code block around a place, "" outside of one."""
        if self._path.endswith(".rst"):
            found = [
                m for m in _DIRECTIVE.finditer(self._text) if m.start() < len(self._before(start))
            ]
            if not found:
                return ""
            block = self._before(start)[found[-1].end() :].split("\n")[1:]
            indent = len(found[-1][1])
            inside = all(not b.strip() or len(b) - len(b.lstrip()) > indent for b in block)
            return (found[-1][2] or found[-1][3] or "").lower() if inside else ""
        fences = list(_FENCE.finditer(self._before(start)))
        return fences[-1][1].lower() if len(fences) % 2 else ""

    def _before(self, start: int) -> str:
        return self._content[:start].decode(errors="replace")

    @cached_property
    def _text(self) -> str:
        return self._content.decode(errors="replace")

    def _in_settings(
        self, name: NamedInText, kind: str, line: str, after: str, start: int
    ) -> Verdict | None:
        place = key_path(kind, self._text, len(self._before(start)))
        if place.role == "comment":
            return self._in_prose(name, line, after, start)
        row = self._tool_row(name, place, line, after)
        if row is not None:
            return Verdict(row.means, row.why)
        if place.role == "header":
            return Verdict(NameClass.IS_NOT, "is the name of a section")
        if place.role == "key":
            if kind == "toml" and line[-1:] not in ("'", '"'):
                return Verdict(NameClass.IS_NOT, "is a path of keys")
            return (
                None if name.is_word else Verdict(NameClass.COULD_BE, "may be a module, or a key")
            )
        slot = None if is_sure(name, self._tree) or not place.keys else slot_row(place.keys[-1])
        if slot is not None and not (name.is_word and not counts_words(slot)):
            return Verdict(slot.means, slot.why)
        return self._in_command(name, line, after)

    def _tool_row(self, name: NamedInText, place: KeyPath, line: str, after: str) -> Row | None:
        for row in table.tools():
            if not table.matches(self._path, row.files) or (name.is_word and not row.words):
                continue
            if row.header is not None:
                head = re.search(r"\[+([^\[\]]*)$", line)
                whole = (head[1] if head else "") + name.whole + after.split("]")[0]
                found = row.header.fullmatch(whole) if place.role == "header" else None
                if found is not None:
                    return row
            elif row.key is not None and place.role == row.role:
                # a key may itself contain a name with dots
                said = [place.says(), *(["/".join((*place.keys[:-1], "x"))] * (row.role == "key"))]
                if any(map(row.key.fullmatch, said)):
                    return row
        return None

    def _in_command(self, name: NamedInText, line: str, after: str) -> Verdict | None:
        if is_query(re.split(r"&&|[|;]", line)[-1]):
            return Verdict(NameClass.IS_NOT, "is a table or a column in a query")
        if name.is_word:
            if name.attribute and self._tree.resolves(name.asked):
                return Verdict(NameClass.MODULE, "is a module with something of it")
            return None
        if self._kind == "data" and name.whole == name.known and not name.attribute:
            return Verdict(NameClass.COULD_BE, "may be a module, or a value")
        if not name.tail and not line.strip() and re.match(r"\s*=(?!=)", after):
            return Verdict(NameClass.COULD_BE, "may be a module, or a key")
        lone = not re.search(r"[^\s\"'\[\](){}=,;:!&|*^$\\-]$", line) and not re.match(
            r"[-@/]", after
        )
        if is_domain(name):
            return Verdict(NameClass.COULD_BE, "may be a module, or the name of a host")
        if not self._tree.resolves(name.asked):
            return Verdict(NameClass.COULD_BE, f"{name.known} has no {name.tail}")
        if lone or name.whole != name.known or name.attribute or name.known.count(".") > 1:
            return Verdict(NameClass.MODULE, "is a module or something in it")
        return Verdict(NameClass.COULD_BE, "may be a module, or two words")
