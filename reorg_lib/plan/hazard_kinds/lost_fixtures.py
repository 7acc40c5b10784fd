"""Fixtures that a test has from the `conftest.py` of its folder.

Valid (told):   `tests/unit/conftest.py` has a fixture with `autouse=True`, and
                `tests/unit/test_a.py` goes to `tests/integration/`: it runs without the fixture.
                A test that takes the fixture `db` goes where another file, or none, gives it.
Invalid (not):  the `conftest.py` goes along, or lies in a folder above both places.

A `conftest.py` counts for its folder and all below. Nothing imports it, so no rewrite sees it.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reorg_lib.model import Hazard
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed

KIND = "lost-fixture"
_FIXTURE = re.compile(
    rb"^@(?:pytest\.)?(?:pytest_asyncio\.)?fixture\b(?P<given>(?:\([^)]*\))?)[^\n]*\n"
    rb"(?:@[^\n]*\n)*(?:async )?def (?P<name>\w+)",
    re.M,
)
_NAMED = re.compile(rb"\bname\s*=\s*[\"'](\w+)")
_HOOK = re.compile(
    rb"^(?:async )?def (pytest_\w+)|^(collect_ignore(?:_glob)?|pytest_plugins)\b", re.M
)
_ASKED = re.compile(rb"def (?:test\w*|\w+)\((?P<given>[^)]*)\)|usefixtures\((?P<used>[^)]*)\)")


@dataclass(frozen=True, slots=True)
class _Conftest:
    """What one `conftest.py` gives to the tests below its folder, before or after the moves."""

    origin: str
    own: frozenset[str]
    always: frozenset[str]


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the tests that lose what a `conftest.py` gave them, one for each such file."""
    read = {
        path: _read(path, content)
        for path, content in ground.texts()
        if posixpath.basename(path) == "conftest.py"
    }
    if not read:
        return
    before = {posixpath.dirname(path): given for path, given in read.items()}
    after = {
        posixpath.dirname(new): given
        for path, given in read.items()
        if (new := ground.fate[path]) and posixpath.basename(new) == "conftest.py"
    }
    lost: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    come: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path, content in ground.texts():
        target = ground.fate[path]
        if target is None or not _is_test(path) or path in read:
            continue
        if target == path and before == after:
            continue
        asked = _asked(content) - _read(path, content).own
        was, will = list(_above(path, before)), list(_above(target, after))
        always = {name for given in was for name in given.always}
        for name in {name for given in was for name in given.own & asked} | always:
            origin = _giver(name, was)
            if origin is not None and origin != _giver(name, will):
                lost[origin][name].add(path)
        old = {name for given in was for name in given.always}
        for given in will:
            for name in given.always - old:
                come[given.origin][name].add(path)
    for origin, names in sorted(lost.items()):
        tests = sorted(set().union(*names.values()))
        yield hazard(
            KIND,
            origin,
            1,
            f"gives {listed(f'`{name}`' for name in sorted(names))} to {listed(tests)}, which "
            f"{'are' if len(tests) > 1 else 'is'} not below it after the moves: move it along, put "
            "it into a folder above both places, or leave the test",
        )
    for origin, names in sorted(come.items()):
        tests = sorted(set().union(*names.values()))
        if origin not in lost:
            yield hazard(
                KIND,
                origin,
                1,
                f"{listed(f'`{name}`' for name in sorted(names))} will be used for "
                f"{listed(tests)}, which {'come' if len(tests) > 1 else 'comes'} below it: choose "
                "another folder, or see that the test is the same with it",
            )


def _read(path: str, content: bytes) -> _Conftest:
    own: set[str] = set()
    always: set[str] = set()
    for match in _FIXTURE.finditer(content):
        said = _NAMED.search(match["given"])
        name = (said[1] if said else match["name"]).decode()
        own.add(name)
        if b"autouse" in match["given"] and b"autouse=False" not in match["given"]:
            always.add(name)
    for match in _HOOK.finditer(content):
        always.add((match[1] or match[2]).decode())
    return _Conftest(path, frozenset(own), frozenset(always))


def _asked(content: bytes) -> frozenset[str]:
    found: set[str] = set()
    for match in _ASKED.finditer(content):
        words = re.findall(rb"\w+", match["given"] or match["used"] or b"")
        found.update(word.decode() for word in words)
    return frozenset(found)


def _above(path: str, given: Mapping[str, _Conftest]) -> Iterator[_Conftest]:
    folder = posixpath.dirname(path)
    while True:
        if folder in given:
            yield given[folder]
        if not folder:
            return
        folder = posixpath.dirname(folder)


def _giver(name: str, above: list[_Conftest]) -> str | None:
    """The nearest `conftest.py` that gives a fixture or hook of this name."""
    return next((given.origin for given in above if name in given.own | given.always), None)


def _is_test(path: str) -> bool:
    name = posixpath.basename(path)
    return path.endswith(".py") and (name.startswith("test") or name.endswith("_test.py"))
