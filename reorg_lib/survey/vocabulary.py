"""The words by which technologies and roles are recognised: `vocabulary.toml` and a `reorg.toml`.

This module defines the shape of that data, the look-up of a library, and what a `reorg.toml` may
contain. It names no library itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib import resources
from typing import Any

from reorg_lib.errors import VocabularyError

PROJECT_FILE = "reorg.toml"
"""The file in the root of the surveyed repository, read at the commit."""

_Strings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Technology:
    """An external system; the fields are those that `vocabulary.toml` explains."""

    name: str
    concern: str
    libraries: _Strings = ()
    specific: _Strings = ()
    each: bool = False
    dialects: _Strings = ()
    names: _Strings = ()
    programs: _Strings = ()
    quiet: bool = False
    stems: _Strings = ()
    behind: _Strings = ()


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One rule for a role; the fields are those that `vocabulary.toml` explains."""

    name: str
    stems: _Strings = ()
    bases: _Strings = ()
    libraries: _Strings = ()
    classes: _Strings = ()
    functions: _Strings = ()
    calls: _Strings = ()
    methods: _Strings = ()
    texts: _Strings = ()


@dataclass(frozen=True, slots=True)
class Layers:
    """The usual folder names of layers in a code base; `vocabulary.toml` explains each."""

    domain: frozenset[str]
    shared: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()
    ports: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    interfaces: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    adapters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LayoutSettings:
    """The folder names inside a database concern; `folders` is folder name → role."""

    folders: Mapping[str, str]
    table_words: frozenset[str]
    shared_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All of `vocabulary.toml` and the additions of a project. `ports` is port → concern."""

    technologies: Mapping[str, Technology]
    ports: Mapping[str, str]
    roles: tuple[RoleRule, ...]
    layers: Layers
    layout: LayoutSettings
    by_library: Mapping[str, Technology]

    def technology_of(self, dotted: str) -> Technology | None:
        """Return the technology of the longest library name that `dotted` begins with."""
        while dotted:
            if dotted in self.by_library:
                return self.by_library[dotted]
            dotted = dotted.rpartition(".")[0]
        return None

    def concern_of(self, technology: str) -> str:
        """Return the folder that a technology gets, at the top or below a shared concern."""
        known = self.technologies.get(technology)
        return known.concern if known else technology


@cache
def load_vocabulary(additions: str = "") -> Vocabulary:
    """Return the vocabulary of this program, extended by the text of a `reorg.toml`.

    An entry of the project for a library, a port or a role overrides the entry of this program.

    Raises:
        VocabularyError: the additions are no valid TOML, or have an unknown entry.
    """
    text = resources.files("reorg_lib.survey").joinpath("vocabulary.toml").read_text("utf-8")
    data = tomllib.loads(text)
    technologies = {
        name: Technology(name=name, **_frozen(entry)) for name, entry in data["technology"].items()
    }
    folders = data["layout"].pop("folders")
    shipped = Vocabulary(
        technologies=technologies,
        ports=data["port"],
        roles=tuple(RoleRule(**_frozen(entry)) for entry in data["role"]),
        layers=Layers(**_sets(data["layers"])),
        layout=LayoutSettings(folders=folders, **_sets(data["layout"])),
        by_library=_by_library(technologies.values()),
    )
    return _extended(shipped, _parsed(additions)) if additions.strip() else shipped


def _extended(shipped: Vocabulary, own: Mapping[str, Any]) -> Vocabulary:
    technologies = dict(shipped.technologies)
    mine = []
    for name, entry in own.get("technology", {}).items():
        known = technologies.get(name, Technology(name=name, concern=name))
        said = _frozen(entry)
        longer = {k: (*getattr(known, k), *v) for k, v in said.items() if isinstance(v, tuple)}
        technologies[name] = replace(known, **{**said, **longer})
        mine.append(Technology(name=name, concern="", libraries=said.get("libraries", ())))
    libraries = {lib: technologies[t.name] for t in mine for lib in t.libraries}
    for name, technology in technologies.items():
        for other in technology.specific:
            if other not in technologies:
                raise VocabularyError(
                    f"{PROJECT_FILE}: [technology.{name}] stands for {other}, which is not known; "
                    f"add [technology.{other}]"
                )
    layers = {
        field.name: getattr(shipped.layers, field.name) | words
        for field in fields(Layers)
        if (words := frozenset(own.get("layers", {}).get(field.name, ())))
    }
    return replace(
        shipped,
        technologies=technologies,
        ports={**shipped.ports, **own.get("port", {})},
        roles=(*(RoleRule(**_frozen(entry)) for entry in own.get("role", ())), *shipped.roles),
        layers=replace(shipped.layers, **layers),
        by_library={**_by_library(technologies.values()), **libraries},
    )


def _parsed(text: str) -> Mapping[str, Any]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{PROJECT_FILE} is not TOML: {error}; correct that place") from None
    for complaint in _complaints(data):
        raise VocabularyError(f"{PROJECT_FILE}: {complaint}")
    return data


def _complaints(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield one sentence for each unknown entry, with the entries that are possible there."""
    sections = {"technology": dict, "port": dict, "layers": dict, "role": list}
    for section, content in data.items():
        if section not in sections:
            yield f"[{section}] is not known; use {_listed(sections)}"
        elif not isinstance(content, sections[section]):
            form = "[[role]]" if section == "role" else f"[{section}]"
            yield f"{section} must be written as {form}"
    for name, entry in data.get("technology", {}).items():
        yield from _wrong(f"[technology.{name}]", entry, Technology)
    for name, concern in data.get("port", {}).items():
        if not isinstance(concern, str) or not concern.isidentifier():
            yield f'[port] {name} must be a folder\'s name, as in {name} = "payment"'
    yield from _wrong("[layers]", data.get("layers", {}), Layers)
    for entry in data.get("role", ()):
        yield from _wrong("[[role]]", entry, RoleRule)
        if not entry.get("name"):
            yield '[[role]] needs a name, as in name = "repository"'
        for pattern in (w for k in ("classes", "functions", "texts") for w in entry.get(k, ())):
            try:
                re.compile(pattern)
            except re.error as error:
                yield f"[[role]] {pattern!r} is no regular expression: {error}"


def _wrong(where: str, entry: object, record: type) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"{where} must be a table of its own"
        return
    known = {field.name: str(field.type) for field in fields(record)}
    if record is Technology:
        del known["name"]
    for key, value in entry.items():
        if key not in known:
            yield f"{where} has no {key}; use {_listed(known)}"
        elif known[key] == "str":
            if not isinstance(value, str) or not value.replace("-", "_").isidentifier():
                yield f"{where} {key} must be a name in quotes"
        elif known[key] == "bool":
            if not isinstance(value, bool):
                yield f"{where} {key} must be true or false"
        elif not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            yield f'{where} {key} must be a list of words, as in {key} = ["one", "two"]'


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _by_library(technologies: Iterable[Technology]) -> dict[str, Technology]:
    return {library: t for t in technologies for library in t.libraries}


def _sets(entry: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in entry.items()}


def _frozen(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
