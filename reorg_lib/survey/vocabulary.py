"""The words that give technologies and roles away, loaded from `vocabulary.toml`.

Owns the shape of that data and the look-up of a library. Must not know any library itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_Strings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Technology:
    """An external system; the fields are those that `vocabulary.toml` explains."""

    name: str
    concern: str
    libraries: _Strings
    specific: _Strings = ()
    dialects: _Strings = ()
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


@dataclass(frozen=True, slots=True)
class Layers:
    """The names by which a code base marks its domain, its shared kernel and its interfaces."""

    domain: frozenset[str]
    shared: frozenset[str]
    ports: frozenset[str]
    interfaces: frozenset[str]
    empty: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything in `vocabulary.toml`."""

    technologies: Mapping[str, Technology]
    roles: tuple[RoleRule, ...]
    layers: Layers
    by_library: Mapping[str, Technology]

    def technology_of(self, dotted: str) -> Technology | None:
        """Return the technology of the longest library name that `dotted` begins with."""
        while dotted:
            if dotted in self.by_library:
                return self.by_library[dotted]
            dotted = dotted.rpartition(".")[0]
        return None


@cache
def load_vocabulary() -> Vocabulary:
    """Return the vocabulary that ships with the package."""
    text = resources.files("reorg_lib.survey").joinpath("vocabulary.toml").read_text("utf-8")
    data = tomllib.loads(text)
    technologies = {
        name: Technology(name=name, **_frozen(entry)) for name, entry in data["technology"].items()
    }
    return Vocabulary(
        technologies=technologies,
        roles=tuple(RoleRule(**_frozen(entry)) for entry in data["role"]),
        layers=Layers(**{name: frozenset(words) for name, words in data["layers"].items()}),
        by_library={lib: t for t in technologies.values() for lib in t.libraries},
    )


def _frozen(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
