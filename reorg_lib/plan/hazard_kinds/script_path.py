"""Files named from a folder on the way to them.

`cd shop/infra && python old/migrate.py` names the file from where the program stands. Paths are
renamed from the repository's root, the source root and the package's folder; from anywhere else
they are not, because the same words could mean another file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from reorg_lib.model import Hazard
from reorg_lib.plan.hazard_kinds.ground import Ground, listed, note
from reorg_lib.plan.hazard_kinds.places import line_of, places_of

KIND = "partial-path"
_PATH = re.compile(rb"(?<![\w.$}{/-])((?:\.{1,2}/)*)((?:[\w-]+/)+[\w-]+\.py)(?![\w/-])")
_RUN = re.compile(rb"(?<!\w)-m[ \t\"',]+((?:\w+\.)+\w+)")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield one note for each file that names moved ones from a place in between."""
    paths, modules = _tails(ground)
    if not paths:
        return
    ends = sorted({re.escape(tail.rpartition("/")[2].encode()) for tail in paths})
    worth = re.compile(rb"/(?:" + b"|".join(ends) + rb")|-m[ \t\"',]")
    for path, content in ground.texts():
        if not worth.search(content):
            continue
        found: dict[str, int] = {}
        for match in _PATH.finditer(content):
            written = match[2].decode()
            if written in paths and _is_text(path, match.start(), ground):
                found.setdefault(match.group().decode(), line_of(content, match.start()))
        for match in _RUN.finditer(content):
            written = match[1].decode()
            if written in modules and ground.known(written) is None:
                found.setdefault(f"-m {written}", line_of(content, match.start()))
        if found:
            moved = [paths.get(w.lstrip("./")) or modules[w[3:]] for w in found]
            yield note(
                KIND,
                path,
                min(found.values()),
                f"names {listed(f'`{w}`' for w in found)}, a path from a folder in between that "
                f"is not renamed; if it means {listed(dict.fromkeys(moved))}, write the new one",
            )


def _tails(ground: Ground) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The ends of moved paths and names that no rewrite knows → the moved file."""
    places = places_of(ground)
    paths: dict[str, str] = {}
    names: dict[str, str] = defaultdict(str)
    for source, target in ground.fate.items():
        if not source.endswith(".py") or source in (target, None):
            continue
        parts = source.split("/")
        for start in range(1, len(parts) - 1):
            tail = "/".join(parts[start:])
            if not any(prefix + tail == source for prefix in places.prefixes):
                paths.setdefault(tail, source)
            dotted = tail.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            if "." in dotted:
                names.setdefault(dotted, source)
    return paths, names


def _is_text(path: str, offset: int, ground: Ground) -> bool:
    return not path.endswith(".py") or ground.code(path).string_at(offset) is not None
