"""The Python files of the surveyed commit, read in a second process while the plan is carried out.

`SourceTree` reads whatever that process does not return. As a program (`python -m
reorg_lib.proof.reading.background_reading ROOT COMMIT`), this module is that process: blob id and
reading of each file go out as MessagePack.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from msgspec.msgpack import decode, encode

from reorg_lib.git import Repository
from reorg_lib.proof.reading.source_tree import Ahead, Reading, read_file


@contextmanager
def read_in_background(repository: Repository) -> Iterator[Ahead]:
    """Start the second process, and yield a function that waits for its blob id → reading.

    Files that do not parse are left out. The result is empty on one core, or if the process fails.
    """
    if (os.cpu_count() or 1) < 2:
        yield dict
        return
    command = [sys.executable, "-m", __spec__.name, str(repository.root), repository.commit]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:

        @cache
        def said() -> Mapping[str, Reading]:
            read, _ = process.communicate()
            return {} if process.returncode else decode(read, type=dict[str, Reading])

        try:
            yield said
        finally:
            process.kill()


def _main() -> None:
    repository = Repository(Path(sys.argv[1]), sys.argv[2])
    python = (f.blob for f in repository.files() if f.is_regular and f.path.endswith(".py"))
    read = {blob: read_file(content) for blob, content in repository.contents(python).items()}
    said = {blob: reading for blob, reading in read.items() if reading is not None}
    sys.stdout.buffer.write(encode(said))


if __name__ == "__main__":
    _main()
