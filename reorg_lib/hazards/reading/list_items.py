"""Several names in place of one, in a list of a settings file or of Python.

Such lists are `["a", "b"]`, one item per line, `a, b`, `[mypy-a,b]`, or a line for each. There is
no list if one name cannot become several.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass

_MOST = 12
_ITEM = re.compile(rb"([ \t]*)(-[ \t]+)?([\"']?)\Z")
_LINES = ("CODEOWNERS", ".gitattributes", ".dockerignore", ".gitignore", "MANIFEST.in")
_LISTS_IN_INI = re.compile(
    rb"^[ \t]*(?:omit|source|source_pkgs|include|exclude|files|packages|modules|forbidden_modules"
    rb"|source_modules|known_\w+|testpaths|ignored-modules|ignore-paths|extend-exclude|layers"
    rb"|per-file-ignores|disable_error_code|plugins)[ \t]*=[^\n]*\Z",
    re.M,
)
_SCALAR_OR_LIST = re.compile(
    rb"^[ \t]*(?:module|include|source|packages|files)[ \t]*=[ \t]*\Z", re.M
)


@dataclass(frozen=True, slots=True)
class Replacement:
    """What to write: `text` at the span `[start, end)`."""

    start: int
    end: int
    text: str


def expand_name(
    path: str, content: bytes, span: tuple[int, int], names: Sequence[str], *, keep: bool
) -> Replacement | None:
    """Return how the name at `span` becomes several, or None if the place allows only one.

    Args:
        keep: the present name stays before the others.
    """
    if not names or len(names) > _MOST:
        return None
    start, end = span
    here = content[start:end].decode(errors="replace")
    before = content[content.rfind(b"\n", 0, start) + 1 : start]
    line_end = content.find(b"\n", end)
    line_end = len(content) if line_end < 0 else line_end
    after = content[end:line_end].rstrip(b"\r")
    all_names = [here, *names] if keep else list(names)
    # "a"      ->     "a", "b"      in a list, and      ["a", "b"]      where a list is allowed
    quote = content[start - 1 : start]
    if quote in (b'"', b"'") and content[end : end + 1] == quote:
        sign = quote.decode()
        said = f"{sign}, {sign}".join(all_names)
        if _is_in_list(content, start - 1):
            return _typed(here, said, start, end, keep)
        if path.endswith(".toml") and _SCALAR_OR_LIST.search(before[:-1]):
            return Replacement(start - 1, end + 1, f"[{sign}{said}{sign}]")
        if (
            re.match(rb"[\"'][ \t]*[=:][ \t]*[^\n]+\Z", content[end:line_end])
            and before.strip() == quote
        ):
            return _lines(content, start, end, line_end, names, keep)
    item = _ITEM.fullmatch(before)
    if item is not None and not after.strip(b"\"' \t,"):
        is_yaml = item[2] is not None and path.endswith((".yml", ".yaml"))
        is_ini = item[1] and not path.endswith((".yml", ".yaml", ".py", ".toml", ".json"))
        if is_yaml or is_ini:
            return _lines(content, start, end, line_end, names, keep)
    if re.search(rb"\[mypy-[\w.*,]*\Z", before) and re.match(rb"[\w.*,]*\]", after):
        return _typed(here, ",".join(all_names), start, end, keep)
    is_ini_file = path.endswith((".ini", ".cfg", ".coveragerc", ".flake8", ".pylintrc"))
    if is_ini_file and _LISTS_IN_INI.search(before) and re.match(rb"\s*(?:,|\Z)", after):
        return _typed(here, ", ".join(all_names), start, end, keep)
    if posixpath.basename(path) in _LINES and not before.strip(b"/! \t"):
        return _lines(content, start, end, line_end, names, keep)
    return None


def _typed(here: str, said: str, start: int, end: int, keep: bool) -> Replacement:
    """The text that stays is not written again: another edit may change it."""
    return Replacement(end, end, said[len(here) :]) if keep else Replacement(start, end, said)


def _lines(
    content: bytes, start: int, end: int, line_end: int, names: Sequence[str], keep: bool
) -> Replacement:
    """A line for each name, in the form of the present line."""
    begin = content.rfind(b"\n", 0, start) + 1
    head = content[begin:start].decode(errors="replace")
    tail = content[end:line_end].decode(errors="replace")
    if keep:
        return Replacement(line_end, line_end, "".join(f"\n{head}{name}{tail}" for name in names))
    return Replacement(start, end, f"{tail}\n{head}".join(names))


def _is_in_list(content: bytes, quote: int) -> bool:
    """Whether a literal is an item of a list: after a bracket, or after another literal."""
    before = content[max(0, quote - 4000) : quote]
    depth = 0
    for at in range(len(before) - 1, -1, -1):
        sign = before[at : at + 1]
        if sign in b")]}":
            depth += 1
        elif sign in b"([{":
            if depth == 0:
                inside = before[at:]
                callee = re.search(rb"[\w\])]\Z", before[:at])
                if sign == b"[":
                    return callee is None and not re.search(rb"[\"'][ \t]*:[ \t]*\Z", inside)
                return sign == b"(" and callee is None
            depth -= 1
    return False
