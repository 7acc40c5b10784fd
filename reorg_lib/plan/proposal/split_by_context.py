"""A module that defines the tables of many contexts, split into one part for each.

The context of a definition follows from the modules that write it and read it, and from its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath

from reorg_lib.model import Classification, Module, Move, Split, Survey
from reorg_lib.plan.proposal.database_roles import TABLES
from reorg_lib.python.dotted_names import resolve
from reorg_lib.survey.bounded_contexts import bounded_contexts
from reorg_lib.survey.ports import imported_names
from reorg_lib.survey.vocabulary import load_vocabulary

LONG = 200
"""Lines from which on a module of tables is worth a file for each context."""

_PARTS = 3
_WRITERS = frozenset({"repository", "store"})
_WRITES = 3.0
_NAMED = 3.0
_SHARED = "shared.py"


def split_by_context(survey: Survey, move: Move, taken: Collection[str]) -> Split | None:
    """Return the split in place of `move` if a tables module serves three contexts or more.

    `taken` are the paths that the new package already has. None if the module is short, is not a
    module of tables, or has too few contexts.
    """
    folder = move.target.removesuffix("/__init__.py")
    if folder == move.target or folder.rpartition("/")[2] != TABLES:
        return None
    module = next(m for m in survey.modules if m.path == move.source)
    if module.lines < LONG:
        return None
    imported = imported_names(module).keys()
    names = [n for n in sorted(module.syntax.bound - imported) if not n.startswith("_")]
    contexts = _contexts_of(survey, module, names)
    by_context: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_context[contexts.get(name, "")].append(name)
    shared = by_context.pop("", [])
    if len(by_context) < _PARTS:
        return None
    files = {PurePosixPath(path).name for path in taken if path.startswith(f"{folder}/")}
    parts = {
        _file_name(context, held, files, module.syntax.bound): tuple(held)
        for context, held in by_context.items()
    }
    if shared:
        name = _SHARED if _SHARED not in files else f"shared_{TABLES}.py"
        parts[name] = tuple(shared)
    return Split(
        move.source,
        folder,
        parts=tuple(sorted(parts.items())),
        reason=_reason(module, len(by_context), shared, move),
    )


def _contexts_of(survey: Survey, module: Module, names: Iterable[str]) -> Mapping[str, str]:
    """Return definition → context, without definitions that have no single context.

    If the users serve no context of the domain, the module that writes it gives the name: an outbox
    that only `repository/event.py` touches belongs to `event`.
    """
    layers = load_vocabulary(survey.additions).layers
    known = frozenset(bounded_contexts(survey.modules_by_name(), layers).values())
    users = _users(survey, module)
    made = {call.rpartition(".")[2].lower() for call in module.syntax.calls}  # x = X()
    found: dict[str, str] = {}
    for name in names:
        scores: dict[str, float] = defaultdict(float)
        for user in users.get(name, ()):
            total = sum(count for _, count in user.domains)
            weight = _WRITES if user.role in _WRITERS else 1.0
            for context, count in user.domains:
                scores[context] += weight * count / max(total, 1)
        for context in known & _words(name):
            scores[context] += 0 if name.lower() in made else _NAMED
        writers = {u.module.rpartition(".")[2] for u in users.get(name, ()) if u.role in _WRITERS}
        if any(scores.values()):
            found[name] = min(scores, key=lambda context: (-scores[context], context))
        elif len(writers) == 1:
            found[name] = min(writers)
    return found


def _users(survey: Survey, module: Module) -> Mapping[str, list[Classification]]:
    """Return definition → the facts about the modules of the package that import it."""
    facts = {entry.module: entry for entry in survey.classifications}
    users: dict[str, list[Classification]] = defaultdict(list)
    for other in survey.package_modules():
        for statement in other.syntax.imports:
            if resolve(other.package, statement) == module.name and other.name in facts:
                for imported in statement.names:
                    users[imported.name].append(facts[other.name])
    return users


def _words(name: str) -> frozenset[str]:
    """Return the words of a definition's name, each also without a plural's s."""
    words = name.lower().split("_")
    return frozenset([*words, *(word.removesuffix("s") for word in words)])


def _file_name(
    context: str, names: Iterable[str], files: Collection[str], bound: Collection[str]
) -> str:
    """Return the part's file name: the context, in the plural where its table is named so."""
    words = {word for name in names for word in name.lower().split("_")}
    stem = f"{context}s" if f"{context}s" in words else context
    return f"{stem}_{TABLES}.py" if f"{stem}.py" in files or stem in bound else f"{stem}.py"


def _reason(module: Module, count: int, shared: Iterable[str], move: Move) -> str:
    base = f"; {_SHARED} has what all of them stand on ({', '.join(shared)})" if shared else ""
    return (
        f"{module.lines} lines define the tables of {count} contexts: each part has those that one"
        f" context writes, reads or is named after{base}; to move it whole, put a [[move]] to"
        f" {move.target} in place of this"
    )
