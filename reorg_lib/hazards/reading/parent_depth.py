"""The same folder from another depth: `__file__` expressions with more or fewer steps up.

The text of one expression is edited in the author's own spelling.
"""

from __future__ import annotations

import re

_DIRNAME = re.compile(r"((?:\w+\.)*dirname)\((.*)\)", re.DOTALL)
_CALL = re.compile(r"((?:\w+\.)*\w*)\((.*)\)", re.DOTALL)
_METHOD = re.compile(r"(.*)(\.(?:resolve|absolute|expanduser|as_posix)\([^()]*\))", re.DOTALL)
_PARENTS = re.compile(r"(.*\.parents\[)(\d+)(\])", re.DOTALL)
_PARENT = re.compile(r"(.*?)\s*\.parent", re.DOTALL)
_UP = r"(?<=[\"'/])\.\.(?=[\"'/])"
_CUT = r"\.rsplit\([^(),]*,\s*(?:maxsplit\s*=\s*)?"
_RSPLIT = re.compile(rf"(.*{_CUT})(\d+)(\)\[0\])", re.DOTALL)
_RPARTITION = re.compile(r"(.*)(\.rpartition\([^()]*\)\[0\])", re.DOTALL)
_ROOM = re.compile(
    rf"\.parents\[(\d+)\]|{_CUT}(\d+)\)\[0\]|\.rpartition\([^()]*\)\[0\]|\.parent\b|\bdirname\(|{_UP}"
)
_FIRST_UP = re.compile(r"([\"'])\.\.(?=[\"'/])")
_STEP_UP = re.compile(r"\s*[,/]\s*([\"'])\.\.\1|([\"'])\.\.\2\s*,\s*|(?<=[\"'])\.\./(?=[^\"'])")


def with_parent_depth(text: str, climbs: int, wanted: int) -> str | None:
    """Return `text`, which goes up `climbs` folders, changed to go up `wanted`; None if unclear.

    >>> climbing("Path(__file__).parent.parent", 2, 3)
    'Path(__file__).parent.parent.parent'
    >>> climbing("os.path.dirname(os.path.dirname(__file__))", 2, 1)
    'os.path.dirname(__file__)'
    """
    if wanted < 1 or _count(text) != climbs:
        return None
    changed = _changed(text, wanted - climbs)
    if changed is None or _count(changed) != wanted:
        return None
    return changed if _stands_alone(changed) or not _stands_alone(text) else None


def _count(text: str) -> int:
    return sum(int(m[2]) if m[2] else int(m[1] or 0) + 1 for m in _ROOM.finditer(text))


def _changed(text: str, by: int) -> str | None:
    if by == 0:
        return text
    # join(here, "..") -> join(here, "../..")        here / ".." -> here / "../.."
    if _FIRST_UP.search(text):
        if by > 0:
            return _FIRST_UP.sub(r"\1.." + "/.." * by, text, count=1)
        return _changed(_STEP_UP.sub("", text, count=1), by + 1) if _STEP_UP.search(text) else None
    # here.resolve() -> change here
    if (match := _METHOD.fullmatch(text)) and _count(match[2]) == 0:
        inner = _changed(match[1], by)
        return None if inner is None else inner + match[2]
    # x.parents[2] -> x.parents[3]
    if match := _PARENTS.fullmatch(text):
        number = int(match[2]) + by
        return f"{match[1]}{number}{match[3]}" if number >= 0 else None
    # x.rsplit("/", 2)[0] -> x.rsplit("/", 3)[0]
    if match := _RSPLIT.fullmatch(text):
        number = int(match[2]) + by
        return f"{match[1]}{number}{match[3]}" if number >= 1 else None
    # x.rpartition("/")[0] -> x.rpartition("/")[0].rpartition("/")[0]
    if match := _RPARTITION.fullmatch(text):
        return _changed(match[1], by + 1) if by < 0 else text + match[2] * by
    # x.parent.parent -> x.parent
    if match := _PARENT.fullmatch(text):
        return _changed(match[1], by + 1) if by < 0 else text + ".parent" * by
    # dirname(x) -> dirname(dirname(x)), or x
    if (match := _DIRNAME.fullmatch(text)) and _is_balanced(match[2]):
        if by < 0:
            inside = match[2].strip().removesuffix(",").rstrip()
            return _changed(inside, by + 1) if _stands_alone(inside) else None
        return f"{match[1]}(" * by + text + ")" * by
    # abspath(x), Path(x), (x) -> the same around a changed x
    if (match := _CALL.fullmatch(text)) and _is_balanced(match[2]):
        given = match[2].strip().removesuffix(",").rstrip()
        inner = _changed(given, by)
        return None if inner is None else f"{match[1]}({match[2].replace(given, inner, 1)})"
    return None


def _stands_alone(text: str) -> bool:
    """Return whether the parentheses can be removed: no comment, no line break inside."""
    depth = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == "#" or (character == "\n" and depth == 0):
            return False
    return True


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0
