"""The vocabulary is data; these are the promises that its readers rely on."""

from __future__ import annotations

import re
from collections import Counter

from reorg_lib.survey.vocabulary import load_vocabulary


def test_no_library_stands_for_two_technologies() -> None:
    libraries = Counter(
        library for t in load_vocabulary().technologies.values() for library in t.libraries
    )
    assert [library for library, count in libraries.items() if count > 1] == []
    assert len(libraries) >= 150


def test_general_technologies_name_known_ones_that_text_can_name() -> None:
    vocabulary = load_vocabulary()
    general = [t for t in vocabulary.technologies.values() if t.specific]
    assert general
    for technology in general:
        for name in technology.specific:
            assert vocabulary.technologies[name].dialects, name


def test_every_pattern_compiles_and_every_call_has_its_library() -> None:
    for rule in load_vocabulary().roles:
        for pattern in (*rule.classes, *rule.functions, *rule.texts):
            re.compile(pattern)
        assert all(call.count(".") == 1 for call in rule.calls), rule.name


def test_the_longest_library_decides() -> None:
    vocabulary = load_vocabulary()
    named = {
        dotted: found.name if (found := vocabulary.technology_of(dotted)) else None
        for dotted in ("sqlalchemy.orm", "sqlalchemy.dialects.postgresql.JSONB", "sqlalchemyx")
    }
    assert list(named.values()) == ["sql", "postgres", None]


def test_every_library_is_reached_under_its_own_name() -> None:
    vocabulary = load_vocabulary()
    for technology in vocabulary.technologies.values():
        for library in technology.libraries:
            assert vocabulary.technology_of(library) is technology, library
            assert vocabulary.technology_of(f"{library}.inner.Name") is not None


def test_libraries_are_names_that_an_import_can_say() -> None:
    for technology in load_vocabulary().technologies.values():
        for library in technology.libraries:
            assert all(part.isidentifier() for part in library.split(".")), library


def test_concerns_are_folders_and_words_of_ports_lead_to_known_ones() -> None:
    vocabulary = load_vocabulary()
    concerns = {t.concern for t in vocabulary.technologies.values()}
    assert all(concern.isidentifier() for concern in concerns)
    assert set(vocabulary.ports.values()) <= concerns
    roles = {rule.name for rule in vocabulary.roles}
    assert set(vocabulary.layout.folders.values()) <= roles


def test_no_word_names_two_technologies() -> None:
    known = load_vocabulary().technologies.values()
    for words in (
        [name for t in known for name in t.names],
        [program for t in known for program in t.programs],
    ):
        assert [word for word, count in Counter(words).items() if count > 1] == []
