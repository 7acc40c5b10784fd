"""The place of a text in a settings file: under which keys, and as a key or as a value.

It reads just enough of TOML, INI, YAML and JSON for that. A file is never refused: another kind of
file gives some keys or none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOML_HEADER = re.compile(r"^\s*\[\[?\s*([\w\"'][\w.\-\"' :+/@*]*?)\s*\]\]?\s*(?:#.*)?$")
_INI_HEADER = re.compile(r"^\[([^\]]*)\]")
_TOML_KEY = re.compile(
    r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*="""
)
_INI_KEY = re.compile(r"^([^\s#;\[=:][^=:\n]*?)\s*[=:]")
_YAML_LINE = re.compile(
    r"""^(\s*)((?:-\s+)*)(?:("[^"]*"|'[^']*'|[^\s'"#{\[][^#{}\[\]]*?)\s*:(?=\s|$))?"""
)
_PART = re.compile(r"""\"[^\"]*\"|'[^']*'|[^.\s]+""")
_INLINE = {
    "toml": re.compile(r"""[{,]\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=\s*"""),
    "yaml": re.compile(r"""[{,]\s*("[^"]*"|'[^']*'|[\w.()/-]+)\s*:\s+"""),
}
_REMARK = re.compile(r"(?:^|\s)#")


@dataclass(frozen=True, slots=True)
class KeyPath:
    """The keys above a place, the last one its own; `role` is key, value, header or comment.

    `line` is the text on the line up to the place, `column` where its value begins.
    """

    keys: tuple[str, ...]
    role: str

    def says(self, last: str = "") -> str:
        """Return the keys joined, for a glob."""
        return "/".join((*self.keys, last) if last else self.keys)


def key_path(kind: str, text: str, offset: int) -> KeyPath:
    """Return the place of the character at `offset` of a settings file."""
    match kind:
        case "json":
            return _in_json(text, offset)
        case "yaml":
            return _in_yaml(text, offset)
    return _in_sections(kind, text, offset)


def _in_sections(kind: str, text: str, offset: int) -> KeyPath:
    is_toml = kind == "toml"
    header, key_of = (_TOML_HEADER, _TOML_KEY) if is_toml else (_INI_HEADER, _INI_KEY)
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    column = offset - start
    if line.lstrip()[:1] in ("#", ";") or (is_toml and _is_remark(line, column)):
        return KeyPath((), "comment")
    if (found := header.match(line)) and found.start(1) <= column < found.end():
        return KeyPath(_parts(found[1], is_toml), "header")
    section: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    role = "value"
    if (found := key_of.match(line)) is not None:
        key = _parts(found[1], is_toml)
        role = "key" if found.start(1) <= column < found.end(1) else "value"
    for above in reversed(text[:start].split("\n")):
        if (found := header.match(above)) is not None:
            section = _parts(found[1], is_toml)
            break
        if not key and (found := key_of.match(above)) is not None:
            key = _parts(found[1], is_toml)
            line, column = above + "\n" + line, 0
    inner = _inline(kind, text[max(0, offset - 400) : offset]) if is_toml else ()
    if role == "value" and inner[:1] != key[:1]:
        key = (*key, *inner)
    return KeyPath((*section, *key), role)


def _in_yaml(text: str, offset: int) -> KeyPath:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    column = offset - start
    if _is_remark(line, column):
        return KeyPath((), "comment")
    keys: list[str] = []
    role = "value"
    found = _YAML_LINE.match(line)
    assert found is not None
    indent = len(found[1]) + len(found[2])
    if found[3] is not None:
        keys.append(found[3].strip("\"'"))
        role = "key" if column < found.end(3) else "value"
    lists = len(found[1]) if found[2] else indent
    for above in reversed(text[:start].split("\n")):
        if not above.strip() or above.lstrip().startswith("#"):
            continue
        parent = _YAML_LINE.match(above)
        assert parent is not None
        own = len(parent[1]) + len(parent[2])
        if parent[3] is not None and (own < indent or (found[2] and own <= lists)):
            keys.append(parent[3].strip("\"'"))
            indent, lists, found = own, len(parent[1]), parent
        if indent == 0 and not found[2]:
            break
    inner = _inline("yaml", line[:column]) if role == "value" else ()
    return KeyPath((*reversed(keys), *inner), role)


def _in_json(text: str, offset: int) -> KeyPath:
    keys: list[str] = []
    stack: list[str] = []
    key = ""
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]', text):
        sign = match.group()
        if match.end() > offset:
            if sign[0] == '"' and re.match(r"\s*:", text[match.end() : match.end() + 20]):
                return KeyPath(tuple(keys), "key")
            break
        if sign in "{[":
            stack.append(sign)
            keys.append(key)
            key = ""
        elif sign in "}]" and stack:
            stack.pop()
            key = keys.pop()
        elif sign[0] == '"':
            rest = text[match.end() : match.end() + 20]
            key = sign[1:-1] if re.match(r"\s*:", rest) else key
        elif sign == "," and stack and stack[-1] == "{":
            key = ""
    return KeyPath(tuple(k for k in (*keys, key) if k), "value")


def _inline(kind: str, before: str) -> tuple[str, ...]:
    """The key in the braces that are open at the end of a text."""
    depth, at = 0, len(before)
    while at and depth <= 0:
        at -= 1
        depth += {"{": 1, "}": -1}.get(before[at], 0)
    if depth <= 0:
        return ()
    found = list(_INLINE[kind].finditer(before, at))
    return _parts(found[-1][1], kind == "toml") if found else ()


def _parts(name: str, dotted: bool) -> tuple[str, ...]:
    if not dotted:
        return (name.strip(),)
    return tuple(part.strip("\"'") for part in _PART.findall(name))


def _is_remark(line: str, column: int) -> bool:
    for match in _REMARK.finditer(line[:column]):
        before = line[: match.start()]
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            return True
    return False
