"""rope's `MoveModule` and `Rename` for the same moves, in the best order that was found.

    python -m benchmarks.contestants.rope_moves TREE MOVES.json

The best order: folders whose `__init__.py` moves go first and as a whole, then the files; the
packages that are needed are made beforehand, in folders without `__init__.py` as well, because rope
writes wrong imports for those. A move at which rope raises is named and left out; the others go on.
"""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

from rope.base.fscommands import FileSystemCommands
from rope.base.project import Project
from rope.refactor.move import create_move
from rope.refactor.rename import Rename

from benchmarks.contestants.moves import read_moves

_INIT = "__init__.py"


class Mover:
    """A rope project, and where each file that is still to move lies now."""

    def __init__(self, tree: Path, source_root: str) -> None:
        self._tree = tree
        self._project = Project(
            str(tree),
            fscommands=FileSystemCommands(),
            ropefolder=None,
            source_folders=[] if source_root == "." else [source_root],
        )
        self.failed: list[str] = []

    def make_package(self, init: str) -> None:
        """Make an empty `__init__.py` where there is none."""
        if not (self._tree / init).exists():
            (self._tree / init).parent.mkdir(parents=True, exist_ok=True)
            (self._tree / init).touch()
            self._project.validate()

    def move(self, source: str, target: str) -> bool:
        """Move a module or a folder; tell whether rope did it."""
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
        except Exception as error:  # rope raises whatever it stumbles over
            self.failed.append(f"{source}: {type(error).__name__}: {error}"[:200])
            return False
        return True

    def _is_there(self, path: PurePosixPath) -> bool:
        return (self._tree / path).exists()

    def _to_folder(self, path: PurePosixPath, folder: PurePosixPath) -> None:
        resource = self._project.get_resource(str(path))
        goal = self._project.get_resource(str(folder))
        self._project.do(create_move(self._project, resource).get_changes(goal))

    def _to_name(self, path: PurePosixPath, name: str) -> None:
        resource = self._project.get_resource(str(path))
        self._project.do(Rename(self._project, resource).get_changes(name))


def main() -> None:
    """Move whole folders, then files, and say what did not work."""
    tree, moves = Path(sys.argv[1]).resolve(), read_moves(Path(sys.argv[2]))
    mover = Mover(tree, moves.source_root)
    base = tree / moves.source_root / moves.package
    for folder in sorted({path.parent for path in base.rglob("*.py")}):
        mover.make_package(str((folder / _INIT).relative_to(tree)))
    goals = dict(moves.pairs)
    places = {source: source for source in goals if source.endswith(".py")}
    for source in sorted(places, key=lambda path: (path.count("/"), path)):
        if source.endswith(f"/{_INIT}"):
            _move_folder(mover, tree, places, goals, source)
    for target in (*moves.created, *goals.values()):
        if target.endswith(".py"):
            mover.make_package(f"{target.rpartition('/')[0]}/{_INIT}")
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
    """Move a package as a whole where all of it moves and nothing is in the way."""
    here = places[source].removesuffix(f"/{_INIT}")
    there = goals[source].removesuffix(f"/{_INIT}")
    inside = {str(path.relative_to(tree)) for path in (tree / here).rglob("*.py")}
    ours = {s for s, place in places.items() if place.startswith(f"{here}/")}
    stays = {p for p in inside - {places[s] for s in ours} if not p.endswith(f"/{_INIT}")}
    if here == there or stays or (tree / there).exists():
        return
    parent = there.rpartition("/")[0]
    mover.make_package(f"{parent}/{_INIT}")
    if mover.move(here, there):
        places.update({s: there + places[s][len(here) :] for s in ours})


def _move_the_rest(tree: Path, goals: dict[str, str], places: dict[str, str]) -> None:
    """Put what rope cannot move, data and `__init__.py` files, in its place by hand."""
    for source, target in goals.items():
        here, there = tree / places.get(source, source), tree / target
        by_hand = not source.endswith(".py") or source.endswith(f"/{_INIT}")
        if by_hand and here != there and here.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            here.replace(there)


if __name__ == "__main__":
    main()
