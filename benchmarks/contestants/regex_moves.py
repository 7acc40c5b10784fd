"""The script that people write first: one regular expression for all old names, and no parser.

python -m benchmarks.contestants.regex_moves TREE MOVES.json
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from benchmarks.contestants.moves import move_files, read_moves


def main() -> None:
    """Replace every old dotted name in every tracked text file, then move the files."""
    tree = Path(sys.argv[1])
    moves = read_moves(Path(sys.argv[2]))
    new = {old.encode(): to.encode() for old, to in moves.names()}
    longest_first = sorted(new, key=lambda name: (-len(name), name))
    pattern = re.compile(rb"(?<![\w.])(" + b"|".join(map(re.escape, longest_first)) + rb")(?!\w)")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=tree, capture_output=True, check=True)
    for path in (tree / name.decode() for name in listed.stdout.split(b"\0") if name):
        if path.is_symlink() or b"\0" in (before := path.read_bytes()):
            continue
        after = pattern.sub(lambda match: new[match[1]], before)
        if after != before:
            path.write_bytes(after)
    move_files(tree, moves)


if __name__ == "__main__":
    main()
