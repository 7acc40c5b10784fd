"""A test file that pytest does not collect at its new place.

pytest takes the files whose names match `python_files`, in the folders of `testpaths`. A test file
with another name or in another folder does not run, and nothing reports that. Choose another name,
or add it to the settings.

Breaks:
    tests/test_a.py:
        def test_a(): ...
    move tests/test_a.py to tests/checks_a.py

Safe:
    tests/test_a.py:
        def test_a(): ...
    move tests/test_a.py to tests/test_b.py
"""

from __future__ import annotations

import configparser
import fnmatch
import json
import posixpath
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.model import Hazard

KIND = "test-not-collected"
_PATTERNS = ("test_*.py", "*_test.py")
_TESTS = re.compile(rb"^(?:    )?(?:async )?def test_?\w*\(|^class Test\w*|\bTestCase\b", re.M)
_FILES = (
    "pytest.toml",
    ".pytest.toml",
    "pytest.ini",
    ".pytest.ini",
    "pyproject.toml",
    "tox.ini",
    "setup.cfg",
)
"""Where pytest looks for its settings, the first one first."""
_SECTION = re.compile(
    rb"^\[(?:pytest|tool:pytest|tool\.pytest(?:\.ini_options)?)\][ \t]*\r?\n", re.M
)


@dataclass(frozen=True, slots=True)
class _Collected:
    """Which files pytest collects: `patterns` of names, and `folders` or everywhere.

    `path` is the settings file, or "".
    """

    path: str
    patterns: tuple[str, ...]
    folders: tuple[str, ...]

    def takes(self, path: str) -> bool:
        return self.takes_name(path) and self.takes_folder(path)

    def takes_name(self, path: str) -> bool:
        name = posixpath.basename(path)
        return any(fnmatch.fnmatch(name, pattern) for pattern in self.patterns)

    def takes_folder(self, path: str) -> bool:
        known = any(path == f or fnmatch.fnmatch(path, f"{f}/*") for f in self.folders)
        return known or not self.folders


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the tests that are not collected at the new place, one for each setting to change."""
    told = _collected(context)
    lost = [
        path
        for path in context.moved_files()
        if told.takes(path)
        and not told.takes(context.new_paths[path] or "")
        and _TESTS.search(context.contents.get(path, b""))
    ]
    names = [path for path in lost if not told.takes_name(context.new_paths[path] or "")]
    yield from _told(names, "python_files", told, context)
    folders = [path for path in lost if not told.takes_folder(context.new_paths[path] or "")]
    yield from _told(folders, "testpaths", told, context)


def _told(
    paths: Sequence[str], key: str, told: _Collected, context: HazardContext
) -> Iterator[Hazard]:
    if not paths:
        return
    here = posixpath.dirname(told.path)
    targets = [context.new_paths[path] or "" for path in paths]
    if key == "python_files":
        added, known = [posixpath.basename(target) for target in targets], told.patterns
    else:
        added, known = [posixpath.relpath(target, here or ".") for target in targets], ()
    content = context.contents.get(told.path, b"")
    fix = _addition(told.path, content, key, [*dict.fromkeys(added)], known)
    places = f" below {' or '.join(told.folders)}" if told.folders else ""
    takes = f"only files called {' or '.join(told.patterns)}{places} are collected as tests"
    if fix is not None and not any(name.startswith("../") for name in added):
        at, text = fix
        line = content.count(b"\n", 0, at) + 1
        why = (
            f"{listed(f'{p} becomes {context.new_paths[p]}' for p in paths)}, and {takes}: choose "
            f"another name or folder, or add it to `{key}`"
        )
        yield hazard(KIND, told.path, line, why, span=(at, at), fix=text)
        return
    said = " ".join((*known, *added))
    by_hand = (
        f"write `{key} = {said}` below `[pytest]` in pytest.ini"
        if not told.path
        else f"add {' '.join(added)} to `{key}` in {told.path}"
    )
    for path, target in zip(paths, targets, strict=True):
        why = f"becomes {target}, and {takes}: choose another name or folder, or accept this and "
        yield hazard(KIND, path, 1, f"{why}{by_hand}")


# python_files = test_*.py        testpaths = ["tests"]        [pytest]
def _addition(
    path: str, content: bytes, key: str, added: Sequence[str], known: Sequence[str]
) -> tuple[int, str] | None:
    """Return the place in the settings for the names, and the text to write."""
    section = _SECTION.search(content)
    if section is None:
        return None
    end = re.compile(rb"^\[", re.M).search(content, section.end())
    stop = end.start() if end else len(content)
    is_toml = path.endswith(".toml")
    value = re.compile(rb"^" + key.encode() + rb"[ \t]*=[ \t]*", re.M).search(
        content, section.end(), stop
    )
    if value is None:
        names = (*known, *added)
        said = f"[{', '.join(json.dumps(name) for name in names)}]" if is_toml else " ".join(names)
        return section.end(), f"{key} = {said}\n"
    if not is_toml:
        last = re.compile(rb"[^\n]*(?:\n[ \t]+[^\n]+)*").match(content, value.end(), stop)
        whole = last.group().rstrip() if last else b""
        return value.end() + len(whole), "".join(f" {name}" for name in added)
    if content[value.end() : value.end() + 1] == b"[":
        text = re.compile(rb"\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]").match(
            content, value.end(), stop
        )
        inner = text.group()[:-1].rstrip().rstrip(b",") if text else b""
        if inner in (b"", b"["):
            return None
        return value.end() + len(inner), "".join(f', "{name}"' for name in added)
    string = re.compile(rb"([\"'])[^\"']+(?=\1)").match(content, value.end(), stop)
    return (string.end(), "".join(f" {name}" for name in added)) if string else None


def _collected(context: HazardContext) -> _Collected:
    """pytest's settings, from the file nearest to the root, or else its defaults."""
    files = (path for path in context.new_paths if posixpath.basename(path) in _FILES)
    for path in sorted(files, key=lambda p: (p.count("/"), _FILES.index(posixpath.basename(p)))):
        content = context.contents.get(path, b"")
        if _SECTION.search(content):
            said = _settings(path, content)
            if said is not None:
                here = posixpath.dirname(path)
                patterns = tuple(_words(said.get("python_files"))) or _PATTERNS
                folders = (posixpath.join(here, f) for f in _words(said.get("testpaths")))
                named = tuple(posixpath.normpath(folder) for folder in folders)
                return _Collected(path, patterns, () if "." in named else named)
    return _Collected("", _PATTERNS, ())


def _settings(path: str, content: bytes) -> Mapping[str, object] | None:
    try:
        if path.endswith(".toml"):
            table = tomllib.loads(content.decode())
            pytest = table.get("pytest") or table.get("tool", {}).get("pytest", {})
            said: Mapping[str, object] = pytest.get("ini_options", pytest)
            return said
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string(content.decode())
        names = [name for name in ("pytest", "tool:pytest") if parser.has_section(name)]
        return dict(parser[names[0]]) if names else None
    except (ValueError, AttributeError, configparser.Error):
        return None


def _words(said: object) -> list[str]:
    if isinstance(said, str):
        return said.split()
    return [str(word) for word in said] if isinstance(said, list) else []
