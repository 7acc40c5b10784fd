"""The place of a module inside a database concern.

There is a folder for each role (set-up, tables, repository with its mappers, store, query). A
folder that already has a role's name decides; then the role from the survey. Helpers without a role
go to the lowest layer that imports them, so that no layer imports from a higher one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from reorg_lib.model import Classification, Module
from reorg_lib.survey.vocabulary import load_vocabulary

WIRING = "di"
SETUP = "setup"
TABLES = "tables"
REPOSITORY = "repository"
MAPPERS = "repository/mappers"
STORE = "store"
QUERY = "query"

_LAYERS = (TABLES, MAPPERS, REPOSITORY, STORE, QUERY, SETUP)
_ROLES = {
    WIRING: (SETUP, "wires the adapters together"),
    "setup": (SETUP, "brings the database up"),
    "tables": (TABLES, "declares the shape of tables"),
    "repository": (REPOSITORY, "is the write side for an aggregate"),
    "mapper": (MAPPERS, "turns rows into aggregates and back"),
    "store": (STORE, "writes dynamic tables and projections"),
    "query": (QUERY, "is the read side"),
}
_LAYERED = {False: 0.85, True: 0.65}
ROLE_FOLDERS = frozenset(part for folder in _LAYERS for part in folder.split("/"))
_PURPOSES = {
    SETUP: "life cycle and wiring",
    TABLES: "the shapes of all tables, the one place where schemas live",
    REPOSITORY: "write side: repositories that serve aggregates",
    MAPPERS: "rows to aggregates and back, for the repositories alone",
    STORE: "dynamic tables: their DDL and bulk writes",
    QUERY: "read side: read models and streams",
}


def purpose(folder: str) -> str:
    """Return what the folder of a role is for, as half a sentence, or ""."""
    return _PURPOSES.get(folder, "")


@dataclass(frozen=True, slots=True)
class Role:
    """A folder inside the concern, and the evidence for it as the end of a sentence.

    `others` are roles that it could have as well, each with its argument. `noun` is the word that
    can be a file name there, or empty. `sure` says from 0 to 1 how strong the evidence is.
    """

    folder: str
    reason: str
    others: tuple[tuple[str, str], ...] = ()
    noun: str = ""
    sure: float = 0.95


def own_role(facts: Classification, folders: Iterable[str]) -> Role | None:
    """Return the role for which a module itself has evidence, or None.

    `folders` are those between the package and the module, outermost first.
    """
    known = load_vocabulary().layout.folders
    for folder in reversed(tuple(folders)):
        if folder in known:
            return Role(_ROLES[known[folder]][0], f"lies under {folder}/ already")
    if facts.role not in _ROLES:
        return None
    folder, does = _ROLES[facts.role]
    shown = [e.text for e in facts.evidence if e.shows.endswith(f": {facts.role}")]
    return Role(folder, f"{does} (`{shown[0]}`)" if shown else does)


def helper_role(module: Module, users: Mapping[str, str]) -> Role | None:
    """Return the role of a module that only helps others; `users` are importers and their roles."""
    words = PurePosixPath(module.path).stem.split("_")
    layers = sorted({_LAYERS.index(role) for role in users.values() if role in _LAYERS})
    used_in = tuple(_LAYERS[layer] for layer in layers)
    helps = {
        role: f"helps {min(name for name, other in users.items() if other == role)}"
        for role in used_in
    }
    table_words = load_vocabulary().layout.table_words
    if telling := [word for word in words if word in table_words]:
        return Role(
            TABLES,
            f"says how tables and columns are made ({telling[0]})",
            others=tuple((role, helps[role]) for role in used_in if role != TABLES),
            noun=words[-1] if words[-1] in table_words else "",
            sure=0.8 if used_in in ((), (TABLES,)) else 0.7,
        )
    if not used_in:
        return None
    first, *rest = used_in
    others = tuple((role, helps[role]) for role in rest)
    return Role(
        first, f"{helps[first]}, the lowest layer that uses it", others, sure=_LAYERED[bool(rest)]
    )
