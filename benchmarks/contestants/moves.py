"""The moves in the form that every contestant gets, and the part that none of them does.

A list of moves is stored as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Moves:
    """Pairs of paths (source, target) below the tree's root.

    `created` are the empty `__init__.py` files that the new folders need. `package` is the top
    one, below `source_root`.
    """

    source_root: str
    package: str
    pairs: tuple[tuple[str, str], ...]
    created: tuple[str, ...]

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield (old, new) dotted name of each Python file that moves."""
        for source, target in self.pairs:
            if source.endswith(".py") and target.endswith(".py"):
                yield self.dotted(source), self.dotted(target)

    def dotted(self, path: str) -> str:
        """Return the name under which the file at `path` is imported."""
        inside = path if self.source_root == "." else path.removeprefix(f"{self.source_root}/")
        return inside.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def write_moves(moves: Moves, path: Path) -> None:
    """Write what `read_moves` reads."""
    fields = {
        "source_root": moves.source_root,
        "package": moves.package,
        "pairs": moves.pairs,
        "created": moves.created,
    }
    path.write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")


def read_moves(path: Path) -> Moves:
    """Return the moves that were written to `path`."""
    said = json.loads(path.read_text(encoding="utf-8"))
    pairs = tuple((source, target) for source, target in said["pairs"])
    return Moves(said["source_root"], said["package"], pairs, tuple(said["created"]))


def move_files(tree: Path, moves: Moves) -> None:
    """Move all files at once, so that swaps and chains are right."""
    contents = [(target, (tree / source).read_bytes()) for source, target in moves.pairs]
    for source, _ in moves.pairs:
        (tree / source).unlink()
    for target, content in contents:
        (tree / target).parent.mkdir(parents=True, exist_ok=True)
        (tree / target).write_bytes(content)
    for path in moves.created:
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).touch()
