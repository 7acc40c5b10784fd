"""Which files can compose a text that begins with the package's name.

A search in the bytes avoids parsing most files: a text begins with a package only if its first
piece does, and that is a literal, the module's own name, or a constant that is imported from a file
that defines it. The search finds too many files rather than too few.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.parsed_file import Code

_OWN_NAME = re.compile(rb"__name__(?<!getLogger\(__name__)(?![ \t]*[=!]=)|__package__|__spec__")
_ESCAPES = (b"\\x", b"\\u", b"\\U", b"\\N")
# NAME: str = ( "...        (and the next lines, where a line does not end the value)
_ASSIGNED = re.compile(
    rb"^[ \t]*(\w+)[ \t]*(?::[^=\n]*)?=(?!=)((?:[^\n]*[(\[{\\+%,.][ \t\r]*\n){0,3}[^\n]*)"
    rb"|\b(\w+)[ \t]*:=([^\n]*)",
    re.M,
)


def files_with_composed_names(context: HazardContext) -> Iterator[Code]:
    """Yield the Python files in which a text may begin with the first name of the package."""
    begins = _beginning(context.root.encode())
    contents = {path: content for path, content in context.texts() if path.endswith(".py")}
    suspected = {path for path, content in contents.items() if begins(content)}
    known: set[str] = set()
    fresh = {
        name for path in suspected for name in _constants(path, contents[path], begins, context)
    }
    while fresh - known:
        known |= fresh
        for path, module in context.by_path.items():
            taken = {
                n for n, whole in context.imports.imported_by(module).items() if whole in known
            }
            if taken and path in contents:
                suspected.add(path)
                word = re.compile(b"|".join(rb"\b%b\b" % re.escape(n.encode()) for n in taken))
                fresh |= set(_constants(path, contents[path], word.search, context))
    yield from (context.code(path) for path in contents if path in suspected)


def _beginning(root: bytes) -> Callable[[bytes], object]:
    name = re.escape(root)
    quoted = re.compile(name + rb"(?<=[\"']" + name + rb")(?!\w)")
    starts = b"|".join(re.escape(root[:n]) for n in range(1, len(root)))
    pieces = re.compile(rb"[\"'](?:" + (starts or b"(?!)") + rb")[\"'{%]")

    def begins(content: bytes) -> object:
        return (
            quoted.search(content)
            or _OWN_NAME.search(content)
            or any(escape in content for escape in _ESCAPES)
            or pieces.search(content)
        )

    return begins


def _constants(
    path: str, content: bytes, begins: Callable[[bytes], object], context: HazardContext
) -> Iterator[str]:
    """Yield the absolute names that are assigned in a file with such a beginning in the value."""
    module = context.by_path.get(path)
    values: dict[bytes, list[bytes]] = defaultdict(list)
    for match in _ASSIGNED.finditer(content) if module is not None else ():
        values[match[1] or match[3]].append(match[2] or match[4] or b"")
    for name, given in values.items():
        if module is not None and any(map(begins, given)):
            yield f"{module.name}.{name.decode(errors='replace')}"
