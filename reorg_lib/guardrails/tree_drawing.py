"""The package's folders as a drawn tree after the approved steps, with a remark for each.

A remark says what a concern adapts or what a role is for. A remark that people wrote stays beside
its line, also where the line has a new name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from reorg_lib.guardrails.existing_tree import DrawnTree
from reorg_lib.guardrails.layout_rule import ConcernFolder, LayoutRule
from reorg_lib.model import Plan, Survey
from reorg_lib.plan.outcome import Outcome, folders_of, outcome_of
from reorg_lib.plan.proposal.database_roles import purpose


@dataclass(frozen=True, slots=True)
class DrawnFolder:
    """One line: the path below the package (a folder ends with /), and its remark."""

    path: str
    remark: str = ""


def drawn_folders(
    survey: Survey, plan: Plan, rule: LayoutRule, drawn: DrawnTree | None = None
) -> list[DrawnFolder]:
    """Return all folders below the package, and its own modules, in the order of a tree.

    `drawn` is the tree that people drew before: the files in it are drawn again, at their new
    places, and with the same remarks.
    """
    prefix = f"{rule.folder}/"
    outcome = outcome_of(survey, plan)
    inside = {p[len(prefix) :] for p in outcome.files if p.startswith(prefix)}
    modules = {path for path in inside if path.endswith(".py")}
    said = _said(outcome, prefix, drawn)
    shown = {f"{folder}/" for folder in folders_of(modules)}
    shown |= {path for path in modules if "/" not in path and path != "__init__.py"}
    shown |= said.keys() & inside
    remarks = {f"{folder}/": words for folder, words in concern_remarks(rule, shown).items()}
    return [
        DrawnFolder(p, said.get(p) or remarks.get(p, "")) for p in sorted(shown, key=_in_a_tree)
    ]


def draw_folders(
    shown: Iterable[DrawnFolder], indent: str = "", column: int = 0, sign: str = ""
) -> list[str]:
    """Return the lines of the tree; remarks begin at `column` or further right, with `sign`."""
    shown = list(shown)
    names = list(_names(shown, indent))
    width = max([column, *(len(name) + 2 for name in names)])
    return [
        f"{name:{width}}{sign}{branch.remark.removeprefix(sign)}" if branch.remark else name
        for name, branch in zip(names, shown, strict=True)
    ]


def adapts(home: ConcernFolder) -> str:
    """Return what a folder adapts; one not named after a technology is described by its ports.

    >>> adapts(Home("idp", ("http",), (), ("IdentityProvider",), named=False))
    'IdentityProvider, over http'
    """
    technologies = ", ".join(home.technologies)
    if home.named or not home.ports:
        return technologies
    return f"{', '.join(home.ports)}, over {technologies}"


def concern_remarks(rule: LayoutRule, shown: Collection[str]) -> Mapping[str, str]:
    """Return folder → its purpose, for homes, shared concerns and the folders of roles."""
    remarks = {home.folder: adapts(home) for home in rule.homes}
    below: dict[str, list[ConcernFolder]] = defaultdict(list)
    for home in rule.homes:
        top, _, backend = home.folder.partition("/")
        if backend:
            below[top].append(home)
        for path in shown:
            inside = path.removeprefix(f"{home.folder}/").rstrip("/")
            if inside != path.rstrip("/") and purpose(inside):
                remarks[f"{home.folder}/{inside}"] = purpose(inside)
    for top, backends in below.items():
        ports = frozenset(backends[0].ports).intersection(*(home.ports for home in backends))
        names = ", ".join(home.folder.rpartition("/")[2] for home in backends)
        remarks.setdefault(top, f"{', '.join(sorted(ports))}: {names} are interchangeable")
    last = {folder: folder.rpartition("/")[2] for folder in remarks}
    return {f: "" if words == last[f] else words for f, words in remarks.items()}


def _said(outcome: Outcome, prefix: str, drawn: DrawnTree | None) -> dict[str, str]:
    """Return path after the steps → the line and remark that were drawn for it before."""
    targets, gone = outcome.targets, outcome.deleted
    tracked = [file.path for file in outcome.survey.files]
    there = folders_of(tracked)
    found: dict[str, str] = {}
    for path, line in drawn.lines if drawn else ():
        old = prefix + path.rstrip("/")
        if not line.name.endswith("/"):
            found[targets.get(old, old).removeprefix(prefix)] = line.remark
            continue
        held = [p for p in tracked if p.startswith(f"{old}/") and p not in gone]
        goals = {targets.get(p, p).rpartition("/")[0] for p in held if "/" not in p[len(old) + 1 :]}
        if old in goals:
            found[f"{path}/"] = line.remark
        elif len(goals) == 1 and not (there & goals) and _is_most_of(outcome.plan, old, *goals):
            found.setdefault(f"{min(goals).removeprefix(prefix)}/", line.remark)
    return found


def _is_most_of(plan: Plan, old: str, new: str) -> bool:
    """Return whether at least half of the files in the folder `new` come from `old`."""
    arriving = [m.source for m in plan.approved().moves if m.target.rpartition("/")[0] == new]
    return sum(source.rpartition("/")[0] == old for source in arriving) * 2 >= len(arriving)


def _in_a_tree(path: str) -> list[tuple[bool, str]]:
    """Sort files before folders at each level, and the content of a folder right after it."""
    parts = path.rstrip("/").split("/")
    last = len(parts) - 1
    return [(at < last or path.endswith("/"), part) for at, part in enumerate(parts)]


def _names(shown: list[DrawnFolder], indent: str) -> Iterator[str]:
    for at, branch in enumerate(shown):
        parts = branch.path.rstrip("/").split("/")
        line = indent
        for depth in range(1, len(parts) + 1):
            above = "/".join(parts[: depth - 1])
            more = any(
                _is_below(other.path, above)
                and not _is_below(other.path, "/".join(parts[:depth]))
                and other.path.rstrip("/") != "/".join(parts[:depth])
                for other in shown[at + 1 :]
            )
            if depth == len(parts):
                line += "├── " if more else "└── "
            else:
                line += "│   " if more else "    "
        yield line + parts[-1] + ("/" if branch.path.endswith("/") else "")


def _is_below(path: str, folder: str) -> bool:
    return not folder or (path.startswith(f"{folder}/") and path.rstrip("/") != folder)
