"""What runs because something is imported.

A module runs the `__init__` of every package above it first. Under another package other code
runs first, and code that ran on the way (tables that register themselves in one `MetaData`) may
not run any more; Alembic takes a table that was not imported for one to drop.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tree_sitter import Node

from reorg_lib.model import Decision, Hazard, Module
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed, note
from reorg_lib.plan.hazard_kinds.loading import RUNS, loaded_by, loading
from reorg_lib.plan.hazard_kinds.places import line_of

INIT, REFUSES, METADATA = "package-init", "init-may-refuse", "target-metadata"
REGISTERS = "lost-registration"
_TARGET = re.compile(rb"^[ \t]*target_metadata[ \t]*(?::[^=\n]*)?=[ \t]*(?P<what>[^#\n]+)", re.M)
_REGISTERED = re.compile(rb"^(?:@[\w.]+\.register\b|[\w.]+\.register\()", re.M)
# @task        @routes.get("/")        handlers.add(f)        class Csv(Format):
_AT_IMPORT = re.compile(
    rb"^(?:@(?P<decorator>[A-Za-z_]\w*)|(?P<called>[A-Za-z_]\w*)[\w.]*\("
    rb"|class \w+\((?P<bases>[^)]*)\))",
    re.M,
)
_KNOWS_ITS_OWN = (b"__init_subclass__", b"__subclasses__")
_TABLES = re.compile(rb"\bTable\(|\b__tablename__\b|\b__table__\b")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the packages whose `__init__` runs for others, and what would not run any more."""
    yield from _other_inits(ground)
    yield from _registrations(ground)
    yield from _refusing(ground)
    yield from _metadata(ground)


def _other_inits(ground: Ground) -> Iterator[Hazard]:
    above_before, above_after = _inits(ground)
    come: dict[str, list[str]] = defaultdict(list)
    gone: dict[str, list[str]] = defaultdict(list)
    for name, module in ground.modules.items():
        gone_file = not module.blob or ground.fate[module.path] is None
        if gone_file or ground.names[name] in (None, name):
            continue
        before, after = above_before[name], above_after[name]
        for package in after - before:
            come[package].append(name)
        for package in before - after:
            gone[package].append(name)
    for package in sorted(come.keys() | gone.keys()):
        changes = [f"{listed(come[package])} will run it first"] if package in come else []
        changes += [f"{listed(gone[package])} no longer will"] if package in gone else []
        module = ground.modules[package]
        yield note(
            INIT,
            module.path,
            next(s.line for s in module.syntax.imports if s.kind in RUNS),
            f"`__init__` of {package} imports; {', and '.join(changes)}",
        )


class _Above(NamedTuple):
    before: Mapping[str, set[str]]
    after: Mapping[str, set[str]]


def _inits(ground: Ground) -> _Above:
    """The packages above each module whose `__init__` imports, all by their old names."""
    importing = {name for name, module in ground.modules.items() if _imports(module)}
    by_new = {new: old for old, new in ground.names.items() if new is not None and old in importing}
    before = {name: set(_parents(name)) & importing for name in ground.modules}
    after = {
        name: {by_new[p] for p in _parents(new) if p in by_new} if new else set()
        for name, new in ground.names.items()
    }
    return _Above(before, after)


def _imports(module: Module) -> bool:
    return (
        bool(module.blob)
        and module.is_package
        and any(s.kind in RUNS and s.module != "__future__" for s in module.syntax.imports)
    )


def _parents(name: str | None) -> Iterator[str]:
    while name and "." in name:
        name = name.rpartition(".")[0]
        yield name


# assert sys.platform == "win32", at the top of what becomes an `__init__`
def _refusing(ground: Ground) -> Iterator[Hazard]:
    """Modules that would run a package first which does not let itself be imported everywhere."""
    for name, module in ground.modules.items():
        target = ground.fate[module.path] if module.blob else None
        if target is None or not target.endswith("/__init__.py"):
            continue
        content = ground.contents.get(module.path, b"")
        if not (b"assert" in content or b"raise" in content):
            continue
        come = sorted(
            old
            for old, new in ground.names.items()
            if new is not None
            and new.startswith(f"{ground.names[name]}.")
            and not old.startswith(f"{name}.")
            and ground.modules[old].blob
        )
        if not come:
            continue
        refusal = _refusal(ground.code(module.path).root)
        if refusal is not None:
            yield hazard(
                REFUSES,
                module.path,
                refusal.start_point.row + 1,
                f"{name} does not let itself be imported everywhere, and {listed(come)} will run "
                f"it first, below {target}: give one of them another place",
            )


def _refusal(node: Node) -> Node | None:
    """The first `assert` or `raise` that runs at import, outside of a `try`."""
    for child in node.named_children:
        if child.type in ("assert_statement", "raise_statement"):
            return child
        if child.type in ("if_statement", "block", "else_clause", "elif_clause"):
            found = _refusal(child)
            if found is not None:
                return found
    return None


# @show.register        codecs.register(search)
def _registrations(ground: Ground) -> Iterator[Hazard]:
    """Modules that register something, and were only loaded on the way to one that moves."""
    inits = _inits(ground)
    gone = {p for name in inits.before for p in inits.before[name] - inits.after[name]}
    if not gone:
        return
    known = loading(ground)
    loaded = {name for p in gone for name in loaded_by(p, known.edges, known.before)}
    registering = {
        name: at for name in loaded if (at := _registers(ground.modules[name], ground)) is not None
    }
    if not registering:
        return
    imported = {edge.imported for edge in ground.survey.edges}
    losing: dict[str, list[str]] = defaultdict(list)
    for name, module in ground.modules.items():
        if module.blob and name not in imported and ground.is_product(module.path):
            before = loaded_by(name, known.edges, known.before)
            for lost in registering.keys() & (before - loaded_by(name, known.edges, known.after)):
                losing[lost].append(name)
    for lost, starts in sorted(losing.items()):
        path = ground.modules[lost].path
        yield hazard(
            REGISTERS,
            path,
            line_of(ground.contents[path], registering[lost]),
            f"{lost} registers something when it is imported, and after the moves nothing that "
            f"{listed(sorted(starts))} imports loads it: import it there",
        )


def _registers(module: Module, ground: Ground) -> int | None:
    """Where a module makes itself known to another one as it is imported, or seems to.

    By the word, or because it hands something to what it imports from the own code: a decorator, a
    call whose result nobody keeps, a base class that asks for its subclasses.
    """
    content = ground.contents.get(module.path, b"")
    if (said := _REGISTERED.search(content)) is not None:
        return said.start()
    imported = ground.imported_by(module)
    for match in _AT_IMPORT.finditer(content):
        head = match["decorator"] or match["called"]
        if head is not None and ground.known(imported.get(head.decode(), "")):
            return match.start()
        for base in (match["bases"] or b"").split(b","):
            origin = ground.origin(module.path, base.strip().decode(errors="replace"))
            home = ground.known(origin) if origin else None
            there = ground.contents.get(ground.modules[home].path, b"") if home else b""
            if any(word in there for word in _KNOWS_ITS_OWN):
                return match.start()
    return None


# target_metadata = tables.metadata
def _metadata(ground: Ground) -> Iterator[Hazard]:
    for code in ground.python(b"target_metadata"):
        match = _TARGET.search(code.content)
        module = ground.by_path.get(code.path)
        if match is None or module is None:
            continue
        line = line_of(code.content, match.start("what"))
        known = loading(ground)
        before = loaded_by(module.name, known.edges, known.before)
        lost = sorted(
            name
            for name in before - loaded_by(module.name, known.edges, known.after)
            if _TABLES.search(ground.contents.get(ground.modules[name].path, b""))
        )
        if lost:
            yield hazard(
                METADATA,
                code.path,
                line,
                f"after the moves nothing imports {listed(lost)} when target_metadata is read, "
                "so Alembic would drop the tables there: import them in this file",
            )
        heads = re.findall(r"[A-Za-z_][\w.]*", match["what"].decode(errors="replace"))
        origins = {ground.known(ground.origin(code.path, head) or "") for head in heads}
        for split in ground.plan.splits:
            source = ground.by_path.get(split.source)
            if split.decision is Decision.APPROVED and source and source.name in origins:
                yield note(
                    METADATA,
                    code.path,
                    line,
                    f"target_metadata comes from {source.name}, which is split: it has to come "
                    f"from the package {ground.names[source.name]}, which imports every part, "
                    "and from no single part",
                )
