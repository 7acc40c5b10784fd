"""A path that a module computes from its own place.

`Path(__file__).parent.parent` is another folder when the module lies at another depth, and a data
file beside the module is not found when the module moves alone. The fix climbs as many folders as
lead to the same place. Where the code names the file, `.with_name("rows.json")`, only that one
counts. It is a note where everything that can be read moves along.

Breaks:
    shop/old/db.py:
        from pathlib import Path
        ROOT = Path(__file__).parent.parent
    move shop/old/db.py to shop/pg/setup/db.py
    fix: Path(__file__).parent.parent.parent

Noted:
    shop/old/db.py:
        from pathlib import Path
        ROWS = Path(__file__).parent / "rows.json"
    shop/old/rows.json
    move shop/old to shop/pg

Safe:
    shop/old/db.py:
        from pathlib import Path
        ROOT = Path(__file__).parent.parent
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, takewhile

from reorg_lib.hazards.reading.context import HazardContext, listed
from reorg_lib.hazards.reading.parent_depth import with_parent_depth
from reorg_lib.model import FileAnchor, Hazard, Module, Severity
from reorg_lib.plan.companions import PAGES
from reorg_lib.plan.outcome import folders

KIND = "file-anchor"
_NAME_OF = re.compile(rb"\)*\s*\.(?:stem|name)\b")
_MEANT = re.compile(
    rb"\)*\s*(?:/\s*|\.(?:joinpath|with_name)\(\s*|,\s*)[\"']([\w./-]+)[\"'](?!\s*[%+.])"
)
_BASENAME = re.compile(rb"\bbasename\(\s*\Z")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield what the approved moves do to each use of `__file__`."""
    before = tuple(sorted(context.new_paths))
    world = _Files(
        moves={move.source: move.target for move in context.plan.approved().moves},
        before=before,
        folders_after=frozenset(f for path in context.files_after for f in folders(path)),
        leaving=frozenset(before) - context.files_after,
    )
    for module in context.survey.modules:
        content = context.contents.get(module.path, b"")
        for use in _uses(module, content):
            yield from _of_its_own_name(use, content, world) or _hazards_of(use, world)


@dataclass(frozen=True, slots=True)
class _Files:
    """The tracked files before, and what the plan does to them."""

    moves: Mapping[str, str]
    before: tuple[str, ...]
    folders_after: frozenset[str]
    leaving: frozenset[str]

    def neighbours(self, folder: str, use: _Use) -> tuple[str, ...]:
        """What a module may look for below a folder: files that it names, data, or modules."""
        modules = [path for path in self.below(folder) if not path.endswith("/__init__.py")]
        said = self.meant(folder, use) or self.data(folder)
        return said or tuple(path for path in modules if path != use.path)

    def meant(self, folder: str, use: _Use) -> tuple[str, ...]:
        """The files that the code itself names below a folder, () if it names none."""
        said = posixpath.normpath(posixpath.join(folder, use.meant)) if use.meant else ""
        return tuple(p for p in self.below(folder) if said and f"{p}/".startswith(f"{said}/"))

    def data(self, folder: str) -> tuple[str, ...]:
        return tuple(path for path in self.below(folder) if not path.endswith(".py"))

    def below(self, folder: str) -> Iterator[str]:
        start = f"{folder}/" if folder else ""
        rest = islice(self.before, bisect_left(self.before, start), None)
        return takewhile(lambda path: path.startswith(start), rest)

    def is_in_a_package_below(self, path: str, folder: str) -> bool:
        """Whether a file is data of another package, and not in the folder or a data folder."""
        start = f"{folder}/" if folder else ""
        package = start + path.removeprefix(start).partition("/")[0]
        init = f"{package}/__init__.py"
        at = bisect_left(self.before, init)
        return at < len(self.before) and self.before[at] == init

    def carries(self, path: str, folder: str | None, landing: str | None) -> bool:
        """Whether a file below `folder` goes to the same place below `landing`."""
        if folder is None or landing is None or path not in self.moves:
            return False
        inner = path[len(folder) + 1 :] if folder else path
        return self.moves[path] == (f"{landing}/{inner}" if landing else inner)

    def stays(self, folder: str) -> bool:
        return not folder or folder in self.folders_after


@dataclass(frozen=True, slots=True)
class _Use:
    """One use of `__file__`, the id that its hazard would have, and the path added to it."""

    path: str
    anchor: FileAnchor
    id: str
    meant: str

    @property
    def text(self) -> str:
        return " ".join(self.anchor.text.split())

    def hazard(self, severity: Severity, why: str, fix: str | None = None) -> Hazard:
        at = self.anchor
        return Hazard(self.id, KIND, severity, self.path, at.line, why, at.start, at.end, fix)


def _uses(module: Module, content: bytes) -> Iterator[_Use]:
    anchors = module.syntax.anchors
    on_line = Counter(anchor.line for anchor in anchors)
    for anchor in anchors:
        place = f"{anchor.line}:{anchor.start}" if on_line[anchor.line] > 1 else f"{anchor.line}"
        parts, end = [], anchor.end
        while found := _MEANT.match(content, end):
            parts.append(found[1].decode())
            end = found.end()
        yield _Use(module.path, anchor, f"{KIND}:{module.path}:{place}", "/".join(parts))


# Path(__file__).stem        os.path.basename(__file__)
def _of_its_own_name(use: _Use, content: bytes, world: _Files) -> tuple[Hazard, ...]:
    target = world.moves.get(use.path)
    before, after = content[: use.anchor.start], content[use.anchor.end :]
    if target is None or posixpath.basename(target) == posixpath.basename(use.path):
        return ()
    if use.anchor.climbs or not (_NAME_OF.match(after) or _BASENAME.search(before)):
        return ()
    old, new = (_stem(path) for path in (use.path, target))
    named = [path for path in world.before if _stem(path) == old and not path.endswith(".py")]
    wrong = [path for path in named if _stem(world.moves.get(path, path)) != new]
    story = f"`{use.text}` is asked for the name of {use.path}, which becomes {target}"
    if named and not wrong:
        return (use.hazard(Severity.NOTE, f"{story}; {listed(named)} is renamed with it"),)
    advice = (
        f"rename {listed(wrong)} with it in the plan if that is found by the name"
        if wrong
        else f'write "{old}" there if something is found by it, or accept the new name'
    )
    return (use.hazard(Severity.BLOCK, f"{story}: {advice}"),)


def _stem(path: str) -> str:
    return posixpath.basename(path).partition(".")[0]


def _hazards_of(use: _Use, world: _Files) -> Iterator[Hazard]:
    climbs = use.anchor.climbs
    target = world.moves.get(use.path)
    if target is None:
        yield from _of_a_module_that_stays(use, world)
    elif climbs is None:
        yield use.hazard(
            Severity.BLOCK,
            f"`{use.text}` is computed from where {use.path} lies, and how far it climbs cannot be "
            f"read off; the file moves to {target}: read it and settle it",
        )
    elif climbs == 0:
        yield _of_the_file_itself(use, target, world)
    elif (folder := _folder(use.path, climbs)) is None or folder != _folder(target, climbs):
        yield _of_a_climb(use, climbs, target, world)


def _of_a_module_that_stays(use: _Use, world: _Files) -> Iterator[Hazard]:
    folder = _folder(use.path, 1)
    if use.anchor.climbs not in (0, 1) or folder is None or use.path in world.leaving:
        return
    gone = [
        path
        for path in world.meant(folder, use) or world.data(folder)
        if path in world.leaving and not _is_renamed_page(path, world)
    ]
    near = [path for path in gone if not world.is_in_a_package_below(path, folder)]
    if gone:
        yield use.hazard(
            Severity.BLOCK if near else Severity.NOTE,
            f"`{use.text}` stays in {_shown(folder)}, but {listed(near or gone)} moves away: "
            "if it is read from there, move both or neither",
        )


# docs/shop.orders.rst becomes docs/shop.sales.rst: no code reads it by its name
def _is_renamed_page(path: str, world: _Files) -> bool:
    target = world.moves.get(path, "")
    same = posixpath.dirname(target) == posixpath.dirname(path)
    return same and path.endswith(PAGES) and "." in posixpath.splitext(path)[0]


def _of_the_file_itself(use: _Use, target: str, world: _Files) -> Hazard:
    """`Path(__file__).with_name("x.json")` stays in the folder and still reads a file there."""
    folder, landing = _folder(use.path, 1), _folder(target, 1)
    beside = [] if folder is None else [p for p in world.data(folder) if _folder(p, 1) == folder]
    beside = [*world.meant(folder or "", use)] or beside
    called = posixpath.join(landing or "", _stem(target)) + "."
    behind = [
        path
        for path in beside
        if not world.carries(path, folder, landing)
        and not (_stem(path) == _stem(use.path) and world.moves.get(path, "").startswith(called))
    ]
    story = f"`{use.text}` is the path of the file itself, which moves to {target}"
    if behind and folder != landing:
        return use.hazard(
            Severity.BLOCK,
            f"{story}; {listed(behind)} beside it does not: if it is read from there, move it "
            "along, or settle it by hand",
        )
    along = f"; {listed(beside)} moves along" if beside and folder != landing else ""
    return use.hazard(Severity.NOTE, story + along)


def _of_a_climb(use: _Use, climbs: int, target: str, world: _Files) -> Hazard:
    folder, landing = _folder(use.path, climbs), _folder(target, climbs)
    if folder is None:
        return use.hazard(
            Severity.BLOCK,
            f"`{use.text}` climbs {climbs} folders from {use.path}, out of the repository, and the "
            f"file moves to {target}: read it and settle it",
        )
    near = world.neighbours(folder, use)
    behind = [path for path in near if not world.carries(path, folder, landing)]
    if near and not behind:
        return use.hazard(
            Severity.NOTE,
            f"`{use.text}` is {_shown(folder)} and becomes {_shown(landing)}; "
            f"{listed(near)} beside it moves along",
        )
    story = (
        f"`{use.text}` climbs {_folders(climbs)} from {use.path} to {_shown(folder)}; "
        f"from {target} it would be {_shown(landing)}"
    )
    wanted = _climbs_between(target, folder)
    if wanted is None or not world.stays(folder):
        left = f", where {listed(behind)} does not follow" if behind else ""
        return use.hazard(
            Severity.BLOCK,
            f"{story}{left}: move what it reads along, or settle it by hand",
        )
    if len(behind) < len(near) and climbs == 1:
        return use.hazard(
            Severity.BLOCK,
            f"{story}, and only some of the files there move along ({listed(behind)} does not): "
            "read which of them it means and settle it",
        )
    fix = with_parent_depth(use.anchor.text, climbs, wanted)
    advice = f"climb {wanted} instead" if fix else f"write it with {_folders(wanted)} by hand"
    return use.hazard(Severity.BLOCK, f"{story}: {advice}", fix)


def _folder(path: str, climbs: int) -> str | None:
    """The folder `climbs` levels above a file: "" for the repository's root, None beyond it."""
    segments = path.split("/")
    return "/".join(segments[:-climbs]) if climbs <= len(segments) else None


def _climbs_between(path: str, folder: str) -> int | None:
    if folder and not path.startswith(folder + "/"):
        return None
    return path.count("/") + 1 - (folder.count("/") + 1 if folder else 0)


def _shown(folder: str | None) -> str:
    if folder is None:
        return "outside the repository"
    return f"{folder}/" if folder else "the repository's root"


def _folders(number: int) -> str:
    return "1 folder" if number == 1 else f"{number} folders"
