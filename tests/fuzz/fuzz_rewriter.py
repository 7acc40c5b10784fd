"""Coverage-guided fuzzing of the rewriter on bytes.

    python -m tests.fuzz.fuzz_rewriter --seconds 600 --seed 1

Arbitrary bytes stand as a Python file and as another text file beside modules that move. Whatever
they are: nothing but a ReorgError is raised, the edits lead from before to after, a file that names
nothing that moved is not touched, and what Python could parse it still can.

Owns the mutation and the guidance (an input that reaches a new line pair of `reorg_lib` is kept);
no library is needed. Failing inputs are written to `--crashes`, the smallest first.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import random
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any, cast

import reorg_lib
from reorg_lib.errors import HazardError, ReorgError
from reorg_lib.files.cache import Cache
from reorg_lib.git import Repository, blob_id
from reorg_lib.model import (
    ChangeSet,
    Decision,
    HazardSettlement,
    Move,
    Plan,
    Scope,
    Settlement,
    TrackedFile,
    apply_edits,
)
from reorg_lib.rewrite.build_changeset import build_changeset
from reorg_lib.survey import take_survey
from tests.unit.rewrite.cases import CASES
from tests.unit.rewrite.cases_of_imports import IMPORTS
from tests.unit.rewrite.cases_of_scopes import SCOPES
from tests.unit.rewrite.cases_of_texts import TEXTS
from tests.unit.rewrite.drawing import files

_TREE = {
    "app/__init__.py": b"",
    "app/infra/__init__.py": b"",
    "app/infra/db/__init__.py": b"LIMIT = 1\n",
    "app/infra/db/engine.py": b"def make(): ...\n",
    "app/infra/db/keys.py": b"K = 1\n",
    "app/infra/mappers/user.py": b"",
}
_MOVES = (
    ("app/infra/db/engine.py", "app/infra/sql/setup/engine.py"),
    ("app/infra/db/keys.py", "app/infra/sql/ring.py"),
    ("app/infra/mappers/user.py", "app/infra/sql/mappers/user.py"),
)
_NAMES = (b"db", b"engine", b"keys", b"mappers", b"user", b"sql")
_FUZZED = ("app/infra/fuzzed.py", "notes.md")
_TOKENS = (
    b"import ", b"from ", b" as ", b"app", b".infra", b".db", b".engine", b".keys",
    b"app.infra.db", b"app.infra.db.engine", b"app/infra/db/engine.py", b"app/infra/mappers",
    b" import ", b"(", b")", b",", b"*", b"\\\n", b"\n", b"\r\n", b"\t", b"    ", b";", b"#",
    b'"""', b"'", b'"', b"f'", b"{", b"}", b".", b"..", b"\xef\xbb\xbf", b"# coding: latin-1\n",
    b"# coding: utf-16\n", b"\xc3\xa4", b"\xf0\x9d\x84\x9e", b"\xff", b"\0", b"\x0c",
    b"def f():", b"class C:", b"try:", b"except ", b"if TYPE_CHECKING:", b"lambda app: ", b":=",
    b"match app:\n case app:", b"global app", b"del app", b"[app for app in app]", b"async ",
    b"await ", b"@", b"__all__ = ", b"# noqa", b"# type: ", b">>> ", b"import_module(",
    b"__file__", b".parent", b"type X[T] = ", b"\\N{DEGREE SIGN}", b"\r",
)  # fmt: skip
_HOME = str(Path(reorg_lib.__file__).parent)
_LONGEST = 3000


class MemoryRepository:
    """Stands in for a `Repository`: the same answers from a mapping, so that no git runs."""

    commit = "0" * 40

    def __init__(self, tree: Mapping[str, bytes]) -> None:
        self._blobs = {blob_id(content): content for content in tree.values()}
        self._files = tuple(
            TrackedFile(path, "100644", blob_id(content)) for path, content in sorted(tree.items())
        )

    def files(self) -> tuple[TrackedFile, ...]:
        return self._files

    def contents(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        return {blob: self._blobs[blob] for blob in blobs}

    def contents_by_path(self, tracked: Iterable[TrackedFile]) -> Mapping[str, bytes]:
        return {file.path: self._blobs[file.blob] for file in tracked}


def check(data: bytes) -> None:
    """Rewrite a tree that holds `data` twice, and assert all that must hold for any bytes."""
    changes = _changes({**_TREE, **dict.fromkeys(_FUZZED, data)})
    if changes is None:
        return
    named = any(name in data for name in _NAMES)
    for change in changes.changes:
        if change.before is None or change.after is None:
            continue
        assert apply_edits(change.before, change.edits) == change.after, change.source
        if change.source in _FUZZED:
            assert named, f"{change.source} names nothing that moves: {change.edits}"
            if change.source.endswith(".py") and _parses(change.before):
                assert _parses(change.after), change.after


def _changes(tree: Mapping[str, bytes]) -> ChangeSet | None:
    repository = cast(Repository, MemoryRepository(tree))
    try:
        survey = take_survey(repository, "app.infra", Cache(None))
    except ReorgError:
        return None
    scope = Scope("app.infra", survey.source_root, survey.commit)
    plan = Plan(scope, tuple(Move(old, new, Decision.APPROVED) for old, new in _MOVES))
    for _ in range(2):
        try:
            return build_changeset(repository, survey, plan)
        except HazardError as error:
            settled = (HazardSettlement(i, Settlement.ACCEPT, "fuzzed") for i in error.ids)
            plan = replace(plan, hazards=tuple(settled))
        except ReorgError:
            break
    return None


def _parses(source: bytes) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True


# ------------------------------------------------------------------------------- guided search


def fuzz(seconds: float, seed: int, crashes: Path | None = None) -> tuple[int, int, list[bytes]]:
    """Search for `seconds`; return how many inputs ran, how many were new ground, and failures."""
    warnings.simplefilter("ignore")
    chance = random.Random(seed)
    corpus = seeds()
    known = len(corpus)
    seen: set[tuple[str, int, int]] = set()
    failures: dict[str, bytes] = {}
    runs = 0
    end = time.monotonic() + seconds
    waiting = list(corpus)
    while time.monotonic() < end:
        data = waiting.pop() if waiting else mutate(chance, corpus)
        runs += 1
        reached, error = _run(data)
        if not reached <= seen:
            seen |= reached
            corpus += [data] * 5  # what found something new is tried more often
        if error is not None:
            place = _place(error)
            if len(data) < len(failures.get(place, data + b" ")):
                failures[place] = data
                _report(place, data, error, crashes)
    return runs, (len(corpus) - known) // 5, list(failures.values())


def seeds() -> list[bytes]:
    """Return the files of the case table and the tokens: where the search starts."""
    trees = (files(case.before) for case in (*CASES, *IMPORTS, *SCOPES, *TEXTS))
    texts = {text.encode() for tree in trees for text in tree.values() if text.strip()}
    return [*sorted(texts, key=len, reverse=True), b"", *_TOKENS]


def mutate(chance: random.Random, corpus: Sequence[bytes]) -> bytes:
    """Return one of the corpus, changed in one to six places."""
    data = chance.choice(corpus)
    for _ in range(chance.randint(1, 6)):
        data = chance.choice(_MUTATIONS)(chance, data, corpus)
    return data[:_LONGEST]


def _insert_token(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(_TOKENS) + data[at:]


def _drop(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + data[at + chance.randint(1, 9) :]


def _flip(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _splice(chance: random.Random, data: bytes, corpus: Sequence[bytes]) -> bytes:
    other = chance.choice(corpus)
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _repeat(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + data[at : at + 30] * chance.randint(1, 4) + data[at:]


_MUTATIONS: tuple[Callable[[random.Random, bytes, Sequence[bytes]], bytes], ...] = (
    _insert_token, _insert_token, _drop, _flip, _splice, _repeat,
)  # fmt: skip


def _run(data: bytes) -> tuple[set[tuple[str, int, int]], Exception | None]:
    """Run one input; return the pairs of lines of `reorg_lib` that followed each other."""
    reached: set[tuple[str, int, int]] = set()
    last: dict[FrameType, int] = {}

    def trace(frame: FrameType, event: str, _: object) -> Any:
        if not frame.f_code.co_filename.startswith(_HOME):
            return None
        if event in ("call", "line"):
            line = frame.f_lineno
            reached.add((frame.f_code.co_filename, last.get(frame, 0), line))
            last[frame] = line
        elif event == "return":
            last.pop(frame, None)
        return trace

    sys.settrace(trace)
    try:
        check(data)
    except Exception as error:
        return reached, error
    finally:
        sys.settrace(None)
    return reached, None


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}"


def _report(place: str, data: bytes, error: Exception, crashes: Path | None) -> None:
    print(f"{place}: {str(error)[:200]}\n  {data!r}", flush=True)
    if crashes is not None:
        crashes.mkdir(parents=True, exist_ok=True)
        (crashes / hashlib.sha1(place.encode()).hexdigest()[:12]).write_bytes(data)


def main() -> int:
    """Search as the command line says; the exit status is 1 when something failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--crashes", type=Path, help="a folder for the inputs that failed")
    given = parser.parse_args()
    runs, kept, failures = fuzz(given.seconds, given.seed, given.crashes)
    print(
        f"seed {given.seed}: {runs} inputs, {kept} reached something new, {len(failures)} failures"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
