"""What one name at one place means: a module, perhaps a module, or something else.

Owns the order in which the tables are asked, and what is said where no row fits: a text that is
just the name of a module, or of something in it, means that; in other languages, in queries and in
messages it does not. Must not know a plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from reorg_lib.model import NameClass
from reorg_lib.text_references import rule_tables as table
from reorg_lib.text_references.argument_context import (
    NamedInText,
    all_dotted,
    call_row,
    counts_words,
    is_domain,
    slot_row,
)
from reorg_lib.text_references.name_uses import Uses
from reorg_lib.text_references.path_references import PathClassifier
from reorg_lib.text_references.python_text import PythonText, Spot
from reorg_lib.text_references.repository_tree import RepositoryTree
from reorg_lib.text_references.rule_tables import Row
from reorg_lib.text_references.settings_keys import KeyPath, key_path

_REST = re.compile(rb"(?:(?:\\{1,2})?\.[A-Za-z_\x80-\xff][\w\x80-\xff]*)*")
_ATTRIBUTE = re.compile(rb":([A-Za-z_]\w*)")
_SQL = re.compile(
    r"\b(?:select\b[\s\S]+?\bfrom|insert\s+(?:or\s+\w+\s+)?into|update\s+\S+\s+set|delete\s+from"
    r"|(?:create|drop|alter|truncate)\s+(?:or\s+replace\s+)?(?:temp\w*\s+|external\s+)?"
    r"(?:table|view|index|schema|sequence|materialized|unique|function|type|database)"
    r"|copy\s+\S+\s+(?:from|to)\b|(?:left|inner|right|full|cross)\s+join|merge\s+into"
    r"|grant\s+\w+\s+on|vacuum\s|analyze\s|attach\s+|^\s*from\s+\S+\s*$|references\s+\S+\s*\()",
    re.IGNORECASE,
)
_LIST = re.compile(r"[^\w]{0,3}[A-Za-z_]\w*(?:(?:\\{1,2})?\.(?:\w+|\*+))*\.?(?::[\w.]+)?[^\w]{0,6}")
_FENCE = re.compile(r"^[ \t]*(?:```+|~~~+)[ \t]*\{?([\w+-]*)", re.M)
_DIRECTIVE = re.compile(
    r"^([ \t]*)\.\.[ \t]+(?:(?:code-block|code|sourcecode)::[ \t]*(\w*)|(toctree)::)", re.M
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The class of a name at a place, and why."""

    kind: NameClass
    why: str


class Classifier:
    """Judges names in the files of one repository."""

    def __init__(self, tree: RepositoryTree) -> None:
        self.tree = tree

    def view(self, path: str, content: bytes) -> FileClassifier:
        """Return what answers for one file."""
        return FileClassifier(self.tree, path, content)


class FileClassifier:
    """Judges names in one file; offsets are into its bytes."""

    def __init__(self, tree: RepositoryTree, path: str, content: bytes) -> None:
        self._tree = tree
        self._path = path
        self._content = content
        self._kind = table.kind_of(path)
        self._python = PythonText(content) if self._kind == "python" else None
        self._paths = PathClassifier(tree, path)
        self._uses = Uses(content, tree)

    def path(self, start: int, end: int) -> Verdict:
        """Return what a path means whose moved part stands at `[start, end)`."""
        spot = self._python.spot(start) if self._python is not None else None
        kind = spot.kind if spot is not None else self._kind
        line = self._line(start)
        if re.search(rb"\\[^\\.]", self._content[start:end]):  # vendor\shop\orders.py
            line = re.sub(r"\\+", "/", line)
        rest = self._content[end : end + 300].decode(errors="replace")
        return Verdict(*self._paths.judge(self._said(start, end), line, rest, kind))

    def is_code(self, offset: int) -> bool:
        """Tell whether a place is Python code, and neither a string nor a comment."""
        return self._python is not None and self._python.spot(offset) is None

    def read_silently(self, start: int) -> str:
        """Return a call by which a text may be compared with a module's name, "" for none.

        Nothing fails where that finds no equal.
        """
        spot = self._python.spot(start) if self._python is not None else None
        if spot is None or spot.kind != "string":
            return ""
        return self._uses.read_silently(spot)

    def dotted(self, start: int, end: int) -> Verdict:
        """Return what a name means whose known part stands at `[start, end)`."""
        return self._dotted(start, end) or Verdict(NameClass.IS_NOT, "is a word like any other")

    def _dotted(self, start: int, end: int) -> Verdict | None:
        known = self._said(start, end)
        rest = _REST.match(self._content, end)
        stop = rest.end() if rest is not None else end
        name = NamedInText(known, self._said(start, stop), self._attribute(stop))
        spot = self._python.spot(start) if self._python is not None else None
        kind = spot.kind if spot is not None else self._kind
        is_called = self._content[stop : stop + 1] == b"("  # the function itself, by its place
        if name.whole in self._tree.pinned and not is_called and not self._uses.takes_target(spot):
            return Verdict(NameClass.IS_NOT, "is pinned: a task keeps this name")
        line = self._line(start)
        after = self._content[stop : stop + 200].decode(errors="replace").split("\n")[0]
        # ["-m",
        #  "shop.orders"]
        beside = f'{line.strip()}"{spot.option}", "' if spot is not None and spot.option else line
        for row in table.texts():
            if self._fits(row, name, kind, line, after) or (
                beside is not line and self._fits(row, name, kind, beside, after)
            ):
                return Verdict(row.means, row.why)
        if line.endswith("/") or (after.startswith("/") and kind != "ignore"):
            return Verdict(NameClass.IS_NOT, "is a part of a path or of an address")
        if spot is not None and spot.kind == "string":
            return self._in_string(name, spot, start, stop)
        if self._python is not None and spot is None:
            return Verdict(NameClass.IS_NOT, "is code")
        return self._elsewhere(name, kind, line, after, start)

    # ------------------------------------------------------------------------ Python strings

    def _in_string(self, name: NamedInText, spot: Spot, start: int, stop: int) -> Verdict | None:
        is_lone = _is_lone(name, spot.text)
        if not name.is_word and any(given.how == "annotation" for given in spot.given):
            return Verdict(NameClass.MODULE, "is the name of a type")
        found = self._given_to(name, spot, is_lone=is_lone)
        if found is not None and (is_lone or found.kind is NameClass.IS_NOT):
            return found
        if not is_lone:
            return self._embedded(name, spot, start, stop)
        for given in spot.given:
            if given.how in ("compared", "subscript") and re.search(
                r"sys\.modules|__name__|__module__|__package__", given.name
            ):
                return Verdict(NameClass.MODULE, "is compared with the name of a module")
        return self._by_itself(name, spot)

    def _is_sure(self, name: NamedInText) -> bool:
        """Whether a name can hardly be anything else: `a.b:f` or `a.b.C`, and it is there."""
        return self._resolves(name) and bool(name.attribute or name.tail[:1].isupper())

    def _given_to(self, name: NamedInText, spot: Spot, *, is_lone: bool) -> Verdict | None:
        """Return what a text is by that to which it is given, from the innermost outwards.

        `PLUGINS = {"table": "shop.table.f"}`: a key says less than the name of the whole.
        """
        slots = [
            row for given in spot.given if given.how == "slot" if (row := slot_row(given.name))
        ]
        is_sure = is_lone and (
            self._is_sure(name)
            or (self._resolves(name) and any(row.means is NameClass.MODULE for row in slots))
        )
        if is_lone and (why := self._uses.loaded_by(spot)) and self._resolves(name):
            return Verdict(NameClass.MODULE, why)
        for given in spot.given:
            found = None
            if given.how == "call":
                found = call_row(given)
                if found is None and self._uses.file.is_known(given.name):
                    break  # an own function, which imports another argument
            elif given.how == "slot":
                found = slot_row(given.name)
                if found is not None and is_sure and found.means is NameClass.IS_NOT:
                    found = None
            if found is not None and not (name.is_word and not counts_words(found)):
                return Verdict(found.means, found.why)
        return None

    def _embedded(self, name: NamedInText, spot: Spot, start: int, stop: int) -> Verdict | None:
        if _SQL.search(spot.text):
            return Verdict(NameClass.IS_NOT, "is a table or a column in a query")
        if name.is_word:
            return None
        around = self._content[start - 1 : start] + self._content[stop : stop + 1]
        is_inside = start > spot.start and stop < spot.start + len(spot.text.encode())
        quoted = is_inside and around in (b"''", b'""', b"``", b"<>", b"[]", b"()")
        return self._sentence(name, quoted=quoted)

    def _by_itself(self, name: NamedInText, spot: Spot) -> Verdict | None:
        """A text that is just this name."""
        if name.is_word:
            if name.attribute and self._resolves(name):
                return Verdict(NameClass.MODULE, "is a module with something of it")
            if name.whole != name.known and self._resolves(name):
                return Verdict(NameClass.COULD_BE, "may be a module with something of it")
            return None
        if is_domain(name):
            return Verdict(NameClass.COULD_BE, "may be a module, or the name of a host")
        if not self._resolves(name):
            return Verdict(NameClass.COULD_BE, f"{name.known} has no {name.tail}")
        if not name.tail and (why := self._uses.unsaid(spot)):
            return Verdict(NameClass.COULD_BE, f"may be a module, but {why}")
        return Verdict(NameClass.MODULE, "is a module or something in it")

    def _sentence(self, name: NamedInText, *, quoted: bool) -> Verdict:
        """A name among other words."""
        if is_domain(name) and not quoted:
            return Verdict(NameClass.COULD_BE, "may be a module, or the name of a host")
        if not self._resolves(name):
            return Verdict(NameClass.COULD_BE, f"{name.known} has no {name.tail}")
        if quoted or name.whole != name.known or name.attribute or name.known.count(".") > 1:
            return Verdict(NameClass.MODULE, "is a module or something in it")
        return Verdict(NameClass.COULD_BE, "may be a module, or two words of a message")

    # --------------------------------------------------------------------------- other texts

    def _elsewhere(
        self, name: NamedInText, kind: str, line: str, after: str, start: int
    ) -> Verdict | None:
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
                if kind == "stub" or self._resolves(name):
                    return Verdict(NameClass.MODULE, "is code that names a module")
                return Verdict(NameClass.COULD_BE, f"{name.known} has no {name.tail}")
        return self._in_command(name, line, after)

    def _in_prose(self, name: NamedInText, line: str, after: str, start: int) -> Verdict | None:
        if self._kind == "prose" and self._language(start) in table.words()["languages"]:
            return Verdict(NameClass.IS_NOT, "is in an example in another language, or a page")
        quoted = line[-1:] == "`" or (line[-1:] in "'\"<[" and line != "")
        if name.is_word:
            if (name.attribute or name.whole != name.known) and self._resolves(name) and quoted:
                return Verdict(NameClass.MODULE, "is a module with something of it")
            return None
        if is_domain(name) and not quoted:
            return Verdict(NameClass.COULD_BE, "may be a module, or the name of a host")
        if not name.tail and not line.strip() and re.match(r"\s*=(?!=)", after):
            return Verdict(NameClass.COULD_BE, "may be a module, or a key")
        if self._resolves(name):
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
        slot = None if self._is_sure(name) or not place.keys else slot_row(place.keys[-1])
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
                # a key may itself hold a name with dots
                said = [place.says(), *(["/".join((*place.keys[:-1], "x"))] * (row.role == "key"))]
                if any(map(row.key.fullmatch, said)):
                    return row
        return None

    def _in_command(self, name: NamedInText, line: str, after: str) -> Verdict | None:
        if _SQL.search(re.split(r"&&|[|;]", line)[-1]):
            return Verdict(NameClass.IS_NOT, "is a table or a column in a query")
        if name.is_word:
            if name.attribute and self._resolves(name):
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
        if not self._resolves(name):
            return Verdict(NameClass.COULD_BE, f"{name.known} has no {name.tail}")
        if lone or name.whole != name.known or name.attribute or name.known.count(".") > 1:
            return Verdict(NameClass.MODULE, "is a module or something in it")
        return Verdict(NameClass.COULD_BE, "may be a module, or two words")

    # --------------------------------------------------------------------------------- parts

    def _fits(self, row: Row, name: NamedInText, kind: str, line: str, after: str) -> bool:
        if name.is_word and not row.words and row.means is NameClass.MODULE:
            return False
        if row.kinds and kind not in row.kinds:
            return False
        if row.needs == "attribute" and not (
            self._resolves(name) and (name.attribute or not name.is_word)
        ):
            return False
        if row.before is not None and not row.before.search(line):
            return False
        return row.after is None or row.after.match(after) is not None

    def _resolves(self, name: NamedInText) -> bool:
        return self._tree.resolves(
            f"{name.whole}.{name.attribute}" if name.attribute else name.whole
        )

    def _attribute(self, stop: int) -> str:
        found = _ATTRIBUTE.match(self._content, stop)
        return found[1].decode() if found is not None else ""

    def _line(self, start: int) -> str:
        """What stands before a place on its line."""
        begin = max(self._content.rfind(b"\n", 0, start) + 1, start - 300)
        return self._content[begin:start].decode(errors="replace")

    def _said(self, start: int, end: int) -> str:
        r"""What stands there, as it is without escapes: `a\.b` is a.b, `a\b.py` is a/b.py."""
        text = self._content[start:end].decode(errors="replace")
        return re.sub(r"\\+", "/", re.sub(r"\\{1,2}(?=\.)", "", text))


def _is_lone(name: NamedInText, text: str) -> bool:
    """Tell whether a text is a name, or a list of names, and nothing else."""
    words = re.split(r"[\s,|]+", text.strip())
    return all(
        _LIST.fullmatch(word)
        and ("." in word or ":" in word or not name.is_word or len(words) == 1)
        for word in words
    ) and (" " not in text.strip() or all_dotted(text))


_CALLED = {
    "code": "another language",
    "template": "a template",
    "locale": "a translation",
    "names": "a list of distributions",
}
