"""Whether the result of a contestant is right, with one independent reader for all of them.

    python -m benchmarks.judge moves BEFORE AFTER MOVES.json
    python -m benchmarks.judge graph BEFORE SOURCE_ROOT PACKAGE EDGES

It uses the proof's own reader (`reorg_lib.proof.reading.source_tree`), which shares no code with
the survey or the rewriter. It is a separate program, because it keeps two trees in memory.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.contestants.moves import Moves, read_moves
from reorg_lib.model import ChangeSet, FileChange, Renaming, Scope
from reorg_lib.proof.expected_names import ExpectedNames
from reorg_lib.proof.import_points import imports_resolve, same_graph
from reorg_lib.proof.leftover_names import LeftoverNames
from reorg_lib.proof.reading.source_tree import SourceTree, parents


@dataclass(frozen=True, slots=True)
class MovesVerdict:
    """How many of the moves were made, and what is wrong in the tree afterwards.

    `unresolved` are first-party imports that resolved before and do not now, including unreadable
    files; `edges_off` imports that are lost, new or reach another module than before. `old_names`
    are places in any file that still have an old name or path.
    """

    moved: int
    of: int
    unresolved: int
    edges_off: int
    old_names: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphVerdict:
    """How many of the imports inside a package were found, and how many found ones do not exist."""

    seen: int
    of: int
    invented: int


def judge_moves(
    before: Mapping[str, bytes], after: Mapping[str, bytes], moves: Moves
) -> MovesVerdict:
    """Compare a tree (path → bytes) with the one before the moves."""
    made = [
        (s, t) for s, t in moves.pairs if t in after and (s not in after or _is_target(s, moves))
    ]
    old = SourceTree(_python(before), moves.source_root)
    new = SourceTree(_python(after), moves.source_root)
    changes = _changes(made, moves)
    expected = ExpectedNames(old, new, changes)
    resolved = imports_resolve(old, new, expected).failures
    graph = same_graph(old, new, expected, changes).failures
    search = LeftoverNames(changes, new.packages | new.modules.keys())
    left = [
        f"{path}:{name.line}: {name.text}"
        for path, content in sorted(after.items())
        for name in search.find(content)
    ]
    examples = (*resolved[:3], *(graph[:2] if not resolved else ()), *left[:2])
    counts = (len(resolved), len(graph), len(left))
    return MovesVerdict(len(made), len(moves.pairs), *counts, examples)


def judge_graph(
    before: Mapping[str, bytes], source_root: str, package: str, said: set[tuple[str, str]]
) -> GraphVerdict:
    """Compare edges with those that the independent reader finds inside a package.

    An edge to `a.b` for an import of `a.b.c` is optional.
    """
    tree = SourceTree(_python(before), source_root)
    inside = {n for n in tree.modules if n == package or n.startswith(f"{package}.")}
    right = {
        (name, target)
        for name in inside & {n for n, path in tree.modules.items() if path in tree.readings}
        for target in map(tree.target, tree.imports(tree.modules[name]))
        if target in inside and target != name
    }
    said = {(a, b) for a, b in said if a in inside and b in inside and a != b}
    on_the_way = {(name, parent) for name, target in right for parent in parents(target)}
    return GraphVerdict(len(said & right), len(right), len(said - right - on_the_way))


def read_tree(root: Path) -> dict[str, bytes]:
    """Return path → bytes of every regular file below `root`, without git's own."""
    found = {}
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in {".git", "__pycache__"}]
        for path in (Path(folder, name) for name in names):
            if not path.is_symlink():
                found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


def main() -> None:
    """Print the verdict as JSON."""
    what, before, *rest = sys.argv[1:]
    tree = read_tree(Path(before))
    verdict: MovesVerdict | GraphVerdict
    if what == "moves":
        verdict = judge_moves(tree, read_tree(Path(rest[0])), read_moves(Path(rest[1])))
    else:
        lines = Path(rest[2]).read_text(encoding="utf-8").splitlines()
        edges = {(a, b) for a, b in (line.split(" ", 1) for line in lines)}
        verdict = judge_graph(tree, rest[0], rest[1], edges)
    print(json.dumps(asdict(verdict)))


def _is_target(path: str, moves: Moves) -> bool:
    return path in moves.created or any(target == path for _, target in moves.pairs)


def _changes(made: list[tuple[str, str]], moves: Moves) -> ChangeSet:
    done = Moves(moves.source_root, moves.package, tuple(made), moves.created)
    return ChangeSet(
        commit="",
        scope=Scope(moves.package, moves.source_root, ""),
        changes=tuple(FileChange(s, t, "100644", b"", b"", (), "") for s, t in sorted(made)),
        modules=tuple(Renaming(old, new) for old, new in sorted(done.names())),
        paths=(),
        left=(),
        hazards=(),
    )


def _python(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if path.endswith(".py")}


if __name__ == "__main__":
    main()
