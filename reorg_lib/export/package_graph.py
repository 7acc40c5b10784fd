"""The packages that a plan changes and the imports between them, as graphs that GitHub draws.

Owns two Mermaid graphs, before and after, of the top-level packages below the surveyed one. A
package is drawn when a module comes to it or leaves it. Must not know what an import means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from reorg_lib.model import Plan, Survey
from reorg_lib.plan.outcome import folder_below, outcome_of

_MOST = 40
"""Arrows in a graph; with more of them, the lines of a small picture cannot be told apart."""


def package_graphs(survey: Survey, plan: Plan) -> list[str]:
    """Return both graphs as lines of Markdown; [] where no module changes its package."""
    before, after = _packages(survey, None), _packages(survey, plan)
    changed = {
        package
        for module in before.keys() | after.keys()
        if before.get(module) != after.get(module)
        for package in (before.get(module), after.get(module))
        if package
    }
    if not changed:
        return []
    lines = ["Packages that change, and how many modules of one import a module of another:", ""]
    for title, packages in (("Before", before), ("After", after)):
        lines += [f"{title}:", "", *_graph(survey, packages, changed), ""]
    return lines[:-1]


def _packages(survey: Survey, plan: Plan | None) -> Mapping[str, str]:
    """Return module → top-level package, "" for what lies in the surveyed package itself."""
    home = survey.scope.package_folder
    paths = outcome_of(survey, plan).module_paths
    return {
        name: folder_below(path, home).partition("/")[0]
        for name, path in paths.items()
        if path.startswith(f"{home}/")
    }


def _graph(survey: Survey, packages: Mapping[str, str], changed: set[str]) -> list[str]:
    pairs = {(edge.importer, edge.imported) for edge in survey.edges}
    ends = ((packages.get(importer), packages.get(imported)) for importer, imported in pairs)
    arrows = Counter(
        (one, other)
        for one, other in ends
        if one in changed and other in changed and one and other and one != other
    )
    sizes = Counter(package for package in packages.values() if package in changed)
    heaviest = sorted(arrows, key=lambda arrow: (-arrows[arrow], arrow))[:_MOST]
    numbers = {package: f"p{at}" for at, package in enumerate(sorted(sizes))}
    nodes = [
        f'  {number}["{_label(package)}/ ({sizes[package]})"]'
        for package, number in numbers.items()
    ]
    lines = [
        f"  {numbers[one]} -->|{arrows[one, other]}| {numbers[other]}"
        for one, other in sorted(heaviest)
    ]
    more = len(arrows) - len(heaviest)
    left = ["", f"{more} arrows with the fewest imports are left out."] if more else []
    return ["```mermaid", "graph LR", *nodes, *lines, "```", *left]


def _label(name: str) -> str:
    """Return a folder's name as text of a Mermaid label: its signs are entities, never markup."""
    return "".join(sign if sign.isalnum() or sign in "_-." else f"#{ord(sign)};" for sign in name)
