"""rope's `MoveModule` and `Rename` for the same moves, in the best order that was found.

    python -m benchmarks.contestants.rope_moves TREE MOVES.json

rope parses with the Python that it runs on, which must be as new as the project's. For the
benchmark, ROPE_PYTHON can name another Python, with rope installed.

The best order: first the folders whose `__init__.py` moves, as a whole, then the files. The
packages that are needed are made before, also in folders without `__init__.py`, because rope writes
wrong imports for those. The project is only the source root, and the analysis of changes is
switched off: both make rope several times as fast. If rope raises an error at a move, that move is
listed and left out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from rope.base.fscommands import FileSystemCommands
from rope.base.project import Project
from rope.refactor import ModuleToPackage
from rope.refactor.move import create_move
from rope.refactor.rename import Rename

from benchmarks.contestants.moves import read_moves

_INIT = "__init__.py"


class Mover:
    """A rope project, and the present path of each file that is not moved yet."""

    def __init__(self, tree: Path) -> None:
        self._tree = tree
        self._project = Project(
            str(tree),
            fscommands=FileSystemCommands(),
            ropefolder=None,
            ignore_syntax_errors=True,
            automatic_soa=False,
        )
        self.failed: list[str] = []

    def make_packages(self, inits: Iterable[str]) -> None:
        """Make an empty `__init__.py` in each folder without one."""
        missing = [path for path in {self._tree / init for init in inits} if not path.exists()]
        for path in missing:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        if missing:
            self._project.validate()

    def turn_into_package(self, module: str) -> bool:
        """Make `a.py` into `a/__init__.py`; return whether rope did it."""
        try:
            resource = self._project.get_resource(module)
            self._project.do(ModuleToPackage(self._project, resource).get_changes())
        except Exception as error:  # rope can raise any error
            self._note(module, error)
            return False
        return True

    def move(self, source: str, target: str) -> bool:
        """Move a module or a folder; return whether rope did it."""
        here, there = PurePosixPath(source), PurePosixPath(target)
        steps = [(here.with_name(there.name), there), (there.with_name(here.name), there)]
        free = (via for via, _ in steps if via in (here, there) or not self._is_there(via))
        via = next(free, steps[0][0])
        try:
            for start, end in ((here, via), (via, there)):
                if start.parent != end.parent:
                    self._to_folder(start, end.parent)
                elif start != end:
                    self._to_name(start, end.stem if end.suffix == ".py" else end.name)
        except Exception as error:  # rope can raise any error
            self._note(source, error)
            return False
        return True

    def _note(self, source: str, error: Exception) -> None:
        self.failed.append(f"{source}: {type(error).__name__}: {error}"[:200])

    def _is_there(self, path: PurePosixPath) -> bool:
        """Return whether a module or package of that name exists."""
        place = self._tree / path
        return place.exists() or place.with_suffix("").is_dir()

    def _to_folder(self, path: PurePosixPath, folder: PurePosixPath) -> None:
        resource = self._project.get_resource(str(path))
        goal = self._project.get_resource(str(folder))
        self._project.do(create_move(self._project, resource).get_changes(goal))

    def _to_name(self, path: PurePosixPath, name: str) -> None:
        resource = self._project.get_resource(str(path))
        self._project.do(Rename(self._project, resource).get_changes(name))


def main() -> None:
    """Move whole folders, then files, and list what did not work."""
    moves = read_moves(Path(sys.argv[2]))
    tree = Path(sys.argv[1]).resolve() / moves.source_root
    prefix = "" if moves.source_root == "." else f"{moves.source_root}/"
    created = [path.removeprefix(prefix) for path in moves.created]
    goals = {s.removeprefix(prefix): t.removeprefix(prefix) for s, t in moves.pairs}
    mover = Mover(tree)
    base = tree / moves.package
    mover.make_packages(str((p.parent / _INIT).relative_to(tree)) for p in base.rglob("*.py"))
    places = {source: source for source in goals if source.endswith(".py")}
    inits = [source for source in places if source.endswith(f"/{_INIT}")]
    for source in sorted(inits, key=lambda path: (path.count("/"), path)):
        _move_folder(mover, tree, places, goals, source)
    for source in sorted(places.keys() - inits):
        if goals[source].endswith(f"/{_INIT}"):
            _make_way(mover, places, source, goals[source].removesuffix(f"/{_INIT}") + ".py")
            if mover.turn_into_package(places[source]):
                places[source] = goals[source]
    folders = {t.rpartition("/")[0] for t in (*created, *goals.values()) if t.endswith(".py")}
    for source, place in sorted(places.items()):
        if place.removesuffix(".py") in folders and place != goals[source]:
            _make_way(mover, places, source, place.removesuffix(".py") + "_moving.py")
    mover.make_packages(f"{folder}/{_INIT}" for folder in folders)
    waiting = [s for s in sorted(places) if places[s] != goals[s] and not s.endswith(f"/{_INIT}")]
    while waiting:
        free = [s for s in waiting if not (tree / goals[s]).exists()] or waiting
        for source in free:
            mover.move(places[source], goals[source])
        waiting = [source for source in waiting if source not in free]
    _move_the_rest(tree, goals, places)
    print("\n".join(mover.failed))


def _move_folder(
    mover: Mover, tree: Path, places: dict[str, str], goals: dict[str, str], source: str
) -> None:
    """Move a package as a whole if all of it moves and the target is free."""
    here = places[source].removesuffix(f"/{_INIT}")
    there = goals[source].removesuffix(f"/{_INIT}")
    inside = {str(path.relative_to(tree)) for path in (tree / here).rglob("*.py")}
    ours = {s for s, place in places.items() if place.startswith(f"{here}/")}
    stays = {p for p in inside - {places[s] for s in ours} if not p.endswith(f"/{_INIT}")}
    if here == there or stays or (tree / there).exists():
        return
    parent = there.rpartition("/")[0]
    mover.make_packages([f"{parent}/{_INIT}"])
    if mover.move(here, there):
        places.update({s: there + places[s][len(here) :] for s in ours})


def _make_way(mover: Mover, places: dict[str, str], source: str, place: str) -> None:
    """Move a module to a place where no package has its name."""
    if places[source] != place and mover.move(places[source], place):
        places[source] = place


def _move_the_rest(tree: Path, goals: dict[str, str], places: dict[str, str]) -> None:
    """Move the files that rope cannot move, data and `__init__.py` files."""
    for source, target in goals.items():
        here, there = tree / places.get(source, source), tree / target
        by_hand = not source.endswith(".py") or source.endswith(f"/{_INIT}")
        if by_hand and here != there and here.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            here.replace(there)


if __name__ == "__main__":
    main()
