"""A test that loses a fixture or hook of a `conftest.py`.

A `conftest.py` serves the tests of its folder and of all folders below. A test that moves out of
there runs without its automatic fixtures, or fails because a fixture is missing. Move the
`conftest.py` along, or put it into a folder above both places.

Breaks:
    tests/unit/conftest.py:
        import pytest
        @pytest.fixture
        def db(): ...
    tests/unit/test_a.py:
        def test_a(db): ...
    move tests/unit/test_a.py to tests/slow/test_a.py

Safe:
    tests/conftest.py:
        import pytest
        @pytest.fixture
        def db(): ...
    tests/unit/test_a.py:
        def test_a(db): ...
    move tests/unit/test_a.py to tests/slow/test_a.py
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.hazards.reading.parsed_file import Code
from reorg_lib.model import Hazard

KIND = "lost-fixture"
_FIXTURE = re.compile(
    rb"^@(?:pytest\.)?(?:pytest_asyncio\.)?fixture\b(?P<given>(?:\([^)]*\))?)[^\n]*\n"
    rb"(?:@[^\n]*\n)*(?:async )?def (?P<name>\w+)\((?P<asked>[^)]*)",
    re.M,
)
_SHARED = re.compile(rb"\bscope\s*=(?!\s*[\"'](?:function|class|module)[\"'])")
_NAMED = re.compile(rb"\bname\s*=\s*[\"'](\w+)")
_HOOK = re.compile(
    rb"^(?:async )?def (pytest_\w+)|^(collect_ignore(?:_glob)?|pytest_plugins)\b", re.M
)
_ASKED = re.compile(rb"def (?:test\w*|\w+)\((?P<given>[^)]*)\)|usefixtures\((?P<used>[^)]*)\)")


@dataclass(frozen=True, slots=True)
class _Conftest:
    """What one `conftest.py` gives to the tests below its folder, before or after the moves.

    `makers` are its fixtures that a test may import: the function, and its argument names.
    """

    origin: str
    own: frozenset[str]
    always: frozenset[str]
    makers: Mapping[str, tuple[str, frozenset[str]]]

    def functions(self, names: Iterable[str]) -> frozenset[str] | None:
        """Return what to import for fixtures of this file, None if that is not equivalent."""
        todo, found = set(names), dict[str, str]()
        while todo:
            name = todo.pop()
            if name not in self.makers:
                return None
            found[name], asked = self.makers[name]
            todo |= (asked & self.own) - found.keys()
        return frozenset(found.values())


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the tests that lose what a `conftest.py` gave them, one for each such file."""
    read = {
        path: _read(path, content)
        for path, content in context.texts()
        if posixpath.basename(path) == "conftest.py"
    }
    if not read:
        return
    before = {posixpath.dirname(path): given for path, given in read.items()}
    after = {
        posixpath.dirname(new): given
        for path, given in read.items()
        if (new := context.new_paths[path]) and posixpath.basename(new) == "conftest.py"
    }
    lost: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    come: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path, content in context.texts():
        target = context.new_paths[path]
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
        tests: set[str] = set().union(*names.values())
        for test in sorted(set(tests)):
            wanted = [name for name, losing in names.items() if test in losing]
            fixed = _imported_there(test, wanted, read[origin], context)
            if fixed is not None:
                tests.discard(test)
                yield fixed
        if tests:
            told = sorted(name for name, losing in names.items() if losing & tests)
            yield hazard(
                KIND,
                origin,
                1,
                f"gives {listed(f'`{name}`' for name in told)} to {listed(sorted(tests))}, which "
                f"{'are' if len(tests) > 1 else 'is'} not below it after the moves: move it along, "
                "put it into a folder above both places, or leave the test",
            )
    for origin, names in sorted(come.items()):
        users = sorted(set().union(*names.values()))
        if origin not in lost:
            yield hazard(
                KIND,
                origin,
                1,
                f"{listed(f'`{name}`' for name in sorted(names))} will be used for "
                f"{listed(users)}, which {'come' if len(users) > 1 else 'comes'} below it: choose "
                "another folder, or see that the test is the same with it",
            )


# from tests.unit.conftest import env
def _imported_there(
    test: str, names: Iterable[str], given: _Conftest, context: HazardContext
) -> Hazard | None:
    """Return the hazard whose fix imports the fixtures in the test that loses them."""
    home = _packaged(context.new_paths[given.origin], context)
    place = _packaged(context.new_paths[test], context)
    functions = given.functions(names)
    module, at = context.files.get(test), _first_statement(context.code(test))
    if home is None or place is None or functions is None or module is None or at is None:
        return None
    if home[0] != place[0] or functions & module.syntax.bound:
        return None
    said = ", ".join(sorted(functions))
    return hazard(
        KIND,
        test,
        context.contents[test].count(b"\n", 0, at) + 1,
        f"has {listed(f'`{name}`' for name in sorted(names))} from {given.origin}, and is not "
        "below it after the moves: import it, move the file along, or leave the test",
        span=(at, at),
        fix=f"from {home[1]} import {said}  # noqa: F401\n",
    )


def _packaged(path: str | None, context: HazardContext) -> tuple[str, str] | None:
    """Return the folder that pytest puts on the path for a file, and the file's name from there."""
    folder, parts = posixpath.split((path or "").removesuffix(".py"))
    name = parts
    while f"{folder}/__init__.py" in context.files_after:
        folder, _, part = folder.rpartition("/")
        name = f"{part}.{name}"
    return (folder, name) if "." in name else None


def _first_statement(code: Code) -> int | None:
    """The byte where the first statement after docstring and future imports starts."""
    for node in code.root.named_children:
        is_text = node.type == "expression_statement" and node.named_children[0].type == "string"
        if node.type not in ("comment", "future_import_statement") and not is_text:
            return node.start_byte
    return None


def _read(path: str, content: bytes) -> _Conftest:
    own: set[str] = set()
    always: set[str] = set()
    makers: dict[str, tuple[str, frozenset[str]]] = {}
    for match in _FIXTURE.finditer(content):
        said = _NAMED.search(match["given"])
        name = (said[1] if said else match["name"]).decode()
        own.add(name)
        if not _SHARED.search(match["given"]):
            asked = frozenset(re.findall(r"\w+", match["asked"].decode()))
            makers[name] = match["name"].decode(), asked - {name}
        if b"autouse" in match["given"] and b"autouse=False" not in match["given"]:
            always.add(name)
    for match in _HOOK.finditer(content):
        always.add((match[1] or match[2]).decode())
    return _Conftest(path, frozenset(own), frozenset(always), makers)


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
