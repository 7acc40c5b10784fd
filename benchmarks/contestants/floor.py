"""The minimal work of any tool: git is run once, and every byte of the commit is read once.

    python -m benchmarks.contestants.floor REPOSITORY [parse]

With `parse`, every Python file is parsed once as well, by tree-sitter in this one process.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator


def main() -> None:
    """Read every blob of the commit, in one process of git for the list and one for the bytes."""
    git = ["git", "-C", sys.argv[1]]
    listed = subprocess.run([*git, "ls-tree", "-r", "HEAD"], capture_output=True, check=True)
    entries = [line.split(b"\t", 1) for line in listed.stdout.splitlines()]
    blobs = [(about.split()[2], path) for about, path in entries if b" blob " in about]
    asked = b"".join(blob + b"\n" for blob, _ in blobs)
    read = subprocess.run(
        [*git, "cat-file", "--batch"], input=asked, capture_output=True, check=True
    )
    print(len(read.stdout))
    if sys.argv[2:] == ["parse"]:
        files = zip(blobs, _contents(read.stdout), strict=True)
        _parse(text for (_, path), text in files if path.endswith(b".py"))


def _contents(answer: bytes) -> Iterator[bytes]:
    """Yield the contents in the output of `git cat-file --batch`, without its header lines."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[2])
        yield answer[end + 1 : end + 1 + size]
        at = end + size + 2


def _parse(texts: Iterator[bytes]) -> None:
    import tree_sitter_python
    from tree_sitter import Language, Parser

    parser = Parser(Language(tree_sitter_python.language()))
    print(sum(parser.parse(text).root_node.has_error for text in texts), "with errors")


if __name__ == "__main__":
    main()
