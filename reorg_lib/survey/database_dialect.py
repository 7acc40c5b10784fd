"""Which database a general database library, such as SQLAlchemy, is used with in this repository.

Drivers, words and dependencies are the evidence; the nearest one to the package comes first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from reorg_lib.model import Evidence, Module
from reorg_lib.survey.vocabulary import Technology, Vocabulary

_DEPENDENCY_FILES = re.compile(
    r"pyproject\.toml|requirements[\w.-]*\.txt|setup\.(cfg|py)|Pipfile|environment\.ya?ml"
)
_TESTS = frozenset({"test", "tests"})

_Found = Iterator[tuple[str, Evidence]]


def find_dialect(
    general: Technology,
    members: Iterable[Module],
    texts: Mapping[str, bytes],
    vocabulary: Vocabulary,
) -> tuple[str, Evidence] | None:
    """Return the technology that `general` stands for in a package, and the first evidence.

    The first kind of evidence that is found decides, in this order: drivers and dialects that the
    package imports; URLs and Django's engines anywhere outside the tests; words in the package's
    strings and comments; dependencies.
    """
    specific = [vocabulary.technologies[name] for name in general.specific]
    inside = [m for m in members if m.path in texts]
    questions: tuple[Callable[[], _Found], ...] = (
        lambda: _imports(inside, specific, texts, vocabulary),
        lambda: _settings(specific, texts),
        lambda: _words(inside, specific, texts),
        lambda: _dependencies(specific, texts),
    )
    for question in questions:
        votes: dict[str, list[Evidence]] = defaultdict(list)
        for name, evidence in question():
            votes[name].append(evidence)
        if votes:
            best = min(votes, key=lambda name: (-len({e.path for e in votes[name]}), name))
            return best, min(votes[best])
    return None


def source_line(content: bytes, line: int) -> str:
    """Return one line of a file, stripped, as text."""
    lines = content.splitlines()
    return lines[line - 1].decode(errors="replace").strip() if 0 < line <= len(lines) else ""


def _imports(
    members: Iterable[Module],
    specific: list[Technology],
    texts: Mapping[str, bytes],
    vocabulary: Vocabulary,
) -> _Found:
    for module in members:
        for statement in module.syntax.imports:
            written = [statement.module] if statement.is_from else [n.name for n in statement.names]
            for dotted in written if not statement.level else ():
                technology = vocabulary.technology_of(dotted)
                if technology in specific:
                    text = source_line(texts[module.path], statement.line)
                    shows = f"imports a driver or dialect of {technology.name}"
                    yield technology.name, Evidence(module.path, statement.line, text, shows)


def _words(
    members: Iterable[Module], specific: list[Technology], texts: Mapping[str, bytes]
) -> _Found:
    for module in members:
        content = texts[module.path]
        for technology in specific:
            pattern = re.compile(rb"\b(?:%s)\b" % _either(technology.dialects), re.IGNORECASE)
            for start, end in module.syntax.texts:
                if match := pattern.search(content, start, end):
                    yield technology.name, _at(module.path, content, match.start(), technology)
                    break


def _settings(specific: list[Technology], texts: Mapping[str, bytes]) -> _Found:
    for technology in specific:
        names = _either(technology.dialects)
        # postgresql+asyncpg://db/shop        "ENGINE": "django.db.backends.postgresql"
        pattern = re.compile(
            rb"\b(?:%s)(?:\+\w+)?://|django\.db\.backends\.(?:%s)\b" % (names, names)
        )
        for path, content in texts.items():
            if _TESTS.isdisjoint(path.split("/")) and (match := pattern.search(content)):
                yield technology.name, _at(path, content, match.start(), technology)


def _dependencies(specific: list[Technology], texts: Mapping[str, bytes]) -> _Found:
    for technology in specific:
        drivers = [library for library in technology.libraries if "." not in library]
        pattern = re.compile(rb"(?<![\w.-])(?:%s)(?![\w.])" % _either(drivers), re.IGNORECASE)
        for path, content in texts.items():
            if not _DEPENDENCY_FILES.fullmatch(PurePosixPath(path).name):
                continue
            if match := pattern.search(content):
                yield technology.name, _at(path, content, match.start(), technology)


def _at(path: str, content: bytes, offset: int, technology: Technology) -> Evidence:
    line = content.count(b"\n", 0, offset) + 1
    return Evidence(path, line, source_line(content, line), f"names {technology.name}")


def _either(words: Iterable[str]) -> bytes:
    return "|".join(map(re.escape, words)).encode()
