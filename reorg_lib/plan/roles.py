"""Where in a database concern a module sits.

Owns the roles (set-up, tables, repository with its mappers, store, query) and the evidence for
each: the folder it already lies in, what it calls, what its classes and files are called. Helpers
that say nothing themselves go to the lowest layer that imports them, so that no layer imports from
a higher one. Must not know which modules are database modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from reorg_lib.model import Module

SETUP = "setup"
TABLES = "tables"
REPOSITORY = "repository"
MAPPERS = "repository/mappers"
STORE = "store"
QUERY = "query"

_LAYERS = (TABLES, MAPPERS, REPOSITORY, STORE, QUERY, SETUP)
_FOLDERS = {
    "setup": SETUP,
    "table": TABLES,
    "tables": TABLES,
    "repository": REPOSITORY,
    "repositories": REPOSITORY,
    "mapper": MAPPERS,
    "mappers": MAPPERS,
    "store": STORE,
    "stores": STORE,
    "query": QUERY,
    "queries": QUERY,
}
_SETUP_CALLS = {"create_engine", "create_async_engine", "sessionmaker", "async_sessionmaker"}
_SETUP_WORDS = {"database", "engine", "session", "migrate", "migrations", "seed", "seeds"}
_TABLE_CALLS = {"Table", "MetaData"}
_TABLE_BASES = {"DeclarativeBase", "SQLModel"}
_TABLE_WORDS = {"column", "columns", "naming", "table", "tables"}
_READ_WORDS = {"Read", "Reader", "Query", "Queries", "Finder", "View"}
_WIRING_NAMES = {"di", "wiring"}
_WIRING_BASES = {"Provider", "DeclarativeContainer", "Module"}
_WIRING_LIBRARIES = {"dishka", "dependency_injector", "injector", "lagom", "punq", "wireup"}


@dataclass(frozen=True, slots=True)
class Role:
    """A folder inside the concern, and the evidence for it as the end of a sentence.

    `others` are roles that it could have as well. `noun` is the word that would do as a file name
    there, or empty.
    """

    folder: str
    reason: str
    others: tuple[str, ...] = ()
    noun: str = ""


def is_wiring(module: Module) -> bool:
    """Tell whether a module's business is to tie classes together for a DI container."""
    libraries = {
        (statement.module or statement.names[0].name).partition(".")[0]
        for statement in module.syntax.imports
        if not statement.level
    }
    bases = {base.rpartition(".")[2] for c in module.syntax.classes for base in c.bases}
    return PurePosixPath(module.path).stem in _WIRING_NAMES or bool(
        libraries & _WIRING_LIBRARIES and bases & _WIRING_BASES
    )


def own_role(module: Module, folders: Iterable[str], ports: Iterable[str]) -> Role | None:
    """Return the role that a module shows by itself, or None.

    `folders` are those between the package and the module, outermost first.
    """
    for folder in reversed(tuple(folders)):
        if folder in _FOLDERS:
            return Role(_FOLDERS[folder], f"lies under {folder}/ already")
    stem = PurePosixPath(module.path).stem
    calls = {call.rpartition(".")[2] for call in module.syntax.calls}
    bases = {base.rpartition(".")[2] for c in module.syntax.classes for base in c.bases}
    if is_wiring(module):
        return Role(SETUP, "wires the adapters together")
    if made := sorted(calls & _SETUP_CALLS):
        return Role(SETUP, f"makes the engine and its sessions ({made[0]})")
    if any(_imports(module, library) for library in ("alembic", "yoyo")):
        return Role(SETUP, "runs the migrations")
    if words := sorted(_SETUP_WORDS & set(stem.split("_"))):
        return Role(SETUP, f"brings the database up ({words[0]})")
    if by_port := _role_of_names(port.rpartition(".")[2] for port in ports):
        return by_port
    if calls & _TABLE_CALLS or bases & _TABLE_BASES:
        return Role(TABLES, "declares the shape of tables")
    return _role_of_names(c.name for c in module.syntax.classes) or _role_of_functions(module)


def helper_role(module: Module, users: Mapping[str, str]) -> Role | None:
    """Return the role of a module that only helps others; `users` are importers and their roles."""
    words = PurePosixPath(module.path).stem.split("_")
    layers = sorted({_LAYERS.index(role) for role in users.values() if role in _LAYERS})
    used_in = tuple(_LAYERS[layer] for layer in layers)
    if telling := [word for word in words if word in _TABLE_WORDS]:
        return Role(
            TABLES,
            f"says how tables and columns are made ({telling[0]})",
            others=tuple(role for role in used_in if role != TABLES),
            noun=words[-1] if words[-1] in _TABLE_WORDS else "",
        )
    if not used_in:
        return None
    user = min(name for name, role in users.items() if role == used_in[0])
    return Role(used_in[0], f"helps {user}, the lowest layer that uses it", others=used_in[1:])


def _role_of_names(names: Iterable[str]) -> Role | None:
    words = {name: set(re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]+", name)) for name in names}
    for wanted, role, does in (
        ({"Repository"}, REPOSITORY, "is the write side for an aggregate"),
        (_READ_WORDS, QUERY, "is the read side"),
        ({"Store"}, STORE, "writes dynamic tables and projections"),
    ):
        for name, found in words.items():
            if found & wanted:
                return Role(role, f"{does} ({name})")
    return None


def _role_of_functions(module: Module) -> Role | None:
    names = sorted(module.syntax.bound)
    mapping = [n for n in names if re.fullmatch(r"_?(rows?_to_\w+|\w+_to_(row|dict))", n)]
    if mapping and len(mapping) * 2 > len(names) - len(module.syntax.imports):
        return Role(MAPPERS, f"turns rows into aggregates and back ({mapping[0]})")
    calls = {call.rpartition(".")[2] for call in module.syntax.calls}
    if "select" in calls and not calls & {"insert", "update", "delete"}:
        return Role(QUERY, "only reads (select)")
    return None


def _imports(module: Module, library: str) -> bool:
    return any(
        name == library or name.startswith(library + ".")
        for statement in module.syntax.imports
        if not statement.level
        for name in ([statement.module] if statement.is_from else [n.name for n in statement.names])
    )
