"""What nobody can do without: git is run once, and every byte of the commit is read once.

python -m benchmarks.contestants.floor REPOSITORY
"""

from __future__ import annotations

import subprocess
import sys


def main() -> None:
    """Read every blob of the commit, in one process of git for the list and one for the bytes."""
    git = ["git", "-C", sys.argv[1]]
    listed = subprocess.run([*git, "ls-tree", "-r", "HEAD"], capture_output=True, check=True)
    blobs = b"".join(line.split()[2] + b"\n" for line in listed.stdout.splitlines())
    read = subprocess.run(
        [*git, "cat-file", "--batch"], input=blobs, capture_output=True, check=True
    )
    print(len(read.stdout))


if __name__ == "__main__":
    main()
