"""Surveys drawn by hand: what a test of the plan room needs, and nothing that a survey would find.

Files are given as path → content; edges, technologies and ports as they would be recognised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reorg_lib.model import (
    Classification,
    Decision,
    Deletion,
    DirectImport,
    ImportKind,
    Module,
    Move,
    Plan,
    Scope,
    Split,
    Step,
    Survey,
    TrackedFile,
)
from reorg_lib.python.syntax import read_syntax

COMMIT = "a" * 40


def survey_of(
    files: Mapping[str, str],
    *,
    package: str = "shop.infra",
    source_root: str = ".",
    edges: Iterable[str] = (),
    technologies: Mapping[str, str] | None = None,
    ports: Mapping[str, Iterable[str]] | None = None,
    roles: Mapping[str, str] | None = None,
    modes: Mapping[str, str] | None = None,
) -> Survey:
    """Edges are written `importer > imported`; modules in the mappings without the package."""
    modules = sorted(
        (_module(path, text, source_root) for path, text in files.items() if path[-3:] == ".py"),
        key=lambda module: module.name,
    )
    inside = [m.name for m in modules if m.name == package or m.name.startswith(f"{package}.")]
    return Survey(
        commit=COMMIT,
        package=package,
        source_root=source_root,
        files=tuple(
            TrackedFile(path, (modes or {}).get(path, "100644"), "b" * 40) for path in sorted(files)
        ),
        modules=tuple(modules),
        edges=tuple(sorted(_edge(edge) for edge in edges)),
        references=(),
        classifications=tuple(
            Classification(
                name,
                (technologies or {}).get(name[len(package) + 1 :]),
                (),
                (roles or {}).get(name[len(package) + 1 :]),
                tuple((ports or {}).get(name[len(package) + 1 :], ())),
                (),
            )
            for name in inside
        ),
        problems=(),
    )


def plan_of(*steps: str, package: str = "shop.infra", source_root: str = ".") -> Plan:
    """Steps are approved: `a.py > b.py` a move, `- a.py` a deletion, `a.py >> b` a split.

    In front `?` makes a step pending, `!` rejected.
    """
    made: list[Step] = []
    for step in steps:
        decision = {"?": Decision.PENDING, "!": Decision.REJECTED}.get(step[0], Decision.APPROVED)
        words = step.lstrip("?! ").split(" ", 2)
        if words[0] == "-":
            made.append(Deletion(words[1], decision=decision))
        elif words[1] == ">>":
            made.append(Split(words[0], words[2], decision, parts=(("one.py", ("A",)),)))
        else:
            made.append(Move(words[0], words[2], decision))
    return Plan(Scope(package, source_root, COMMIT), tuple(made))


def _module(path: str, text: str, source_root: str) -> Module:
    inner = path if source_root == "." else path.removeprefix(f"{source_root}/")
    name = inner.removesuffix(".py").replace("/", ".")
    is_package = name == "__init__" or name.endswith(".__init__")
    return Module(
        name=name.removesuffix(".__init__"),
        path=path,
        blob="b" * 40,
        is_package=is_package,
        lines=len(text.splitlines()),
        syntax=read_syntax(text.encode()),
    )


def _edge(drawn: str) -> DirectImport:
    importer, imported = drawn.split(" > ")
    imported, _, line = imported.partition(":")
    return DirectImport(importer, imported, int(line or 1), ImportKind.TOP_LEVEL)
