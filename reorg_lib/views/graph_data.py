"""What the live graph draws, as plain JSON.

Owns the shape that `static/graph.js` reads, in a notebook and in a page without a kernel: nodes,
edges, packages with their places at both moments, and the rail of what stands around the package.
Must not know who shows it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from reorg_lib.model import DirectImport, ImportKind, Plan, Survey
from reorg_lib.views.layout import Box, Layout, Places, lay_out, lay_out_both
from reorg_lib.views.looks import NO_TECHNOLOGY, technology_looks
from reorg_lib.views.moment import all_late, drawn, imports_within, places, steps_done

Layouts = tuple[Layout, Layout]
"""Before and after."""


def graph_data(survey: Survey, plan: Plan, layouts: Layouts | None = None) -> dict[str, Any]:
    """Return the graph before and after the plan, for `static/graph.js`.

    `package`: its name. `technologies`: name ("" for none), fill, outlines. `nodes`: one per module
    that is drawn at a moment, with `before` and `after` (label, path, package, box as x, y, width,
    height; null where it is not there) and what is known of it. `edges`: one per pair within the
    package, `kind` kept · healed (crossed concerns) · new (will cross them), `when` now · later ·
    types. `rail`: the packages around, with the modules that each uses or is used by. `moments`:
    size of each picture and its packages. Sorted throughout; `layouts` are made where not given.
    """
    before, after = layouts or lay_out_both(*drawn_places(survey, plan))
    return {
        "package": survey.package,
        "technologies": _technologies(survey),
        "nodes": _nodes(survey, plan, before, after),
        "edges": _edges(survey, places(survey), places(survey, plan)),
        "rail": _rail(survey, before.modules.keys() | after.modules.keys()),
        "moments": {
            "before": _moment(survey, before),
            "after": _moment(survey, after),
        },
    }


def drawn_places(survey: Survey, plan: Plan) -> tuple[Places, Places]:
    """Return the places of the modules that are drawn before and after the plan."""
    before, after = places(survey), places(survey, plan)
    return _only_drawn(survey, before, before), _only_drawn(survey, after, before)


def lay_out_again(survey: Survey, plan: Plan, layouts: Layouts) -> Layouts:
    """Return the layouts for a changed plan: what did not move keeps its place."""
    before, after = layouts
    _, there = drawn_places(survey, plan)
    return before, lay_out(there, after.style, keep=after)


def _only_drawn(survey: Survey, there: Places, before: Places) -> Places:
    return {module: there[module] for module in drawn(there, before, imports_within(survey, there))}


def _technologies(survey: Survey) -> list[dict[str, Any]]:
    looks = {**technology_looks(survey), "": NO_TECHNOLOGY}
    return [
        {"name": name, "fill": look.fill, "outlines": look.outlines} for name, look in looks.items()
    ]


def _nodes(survey: Survey, plan: Plan, before: Layout, after: Layout) -> list[dict[str, Any]]:
    steps = steps_done(plan)
    parts = {split.source: len(split.parts) for split in plan.splits if split.source in steps}
    now, then = places(survey), places(survey, plan)
    classified = {c.module: c for c in survey.classifications}
    nodes = []
    for module in survey.package_modules():
        if module.name not in before.modules and module.name not in after.modules:
            continue
        found, step = classified.get(module.name), steps.get(module.path)
        nodes.append(
            {
                "id": module.name,
                "technology": (found and found.technology) or "",
                "context": (found and found.domain) or "",
                "role": (found and found.role) or "",
                "lines": module.lines,
                "step": step.kind if step else "",
                "decision": str(step.decision) if step else "",
                "reason": step.reason if step else "",
                "parts": parts.get(module.path, 0),
                "before": _place(module.name, now, before),
                "after": _place(module.name, then, after),
            }
        )
    return nodes


def _place(module: str, there: Places, layout: Layout) -> dict[str, Any] | None:
    if module not in layout.modules:
        return None
    path = there[module]
    label = path.rpartition("/")[2].removesuffix(".py")
    package, _ = layout.slots[module]
    return {"label": label, "path": path, "package": package, "box": _box(layout.modules[module])}


def _edges(survey: Survey, before: Places, after: Places) -> list[dict[str, Any]]:
    return [
        {
            "from": importer,
            "to": imported,
            "kind": _kind((importer, imported), before, after),
            "when": _when(imports),
            "lines": sorted({edge.line for edge in imports}),
        }
        for (importer, imported), imports in imports_within(survey, before).items()
    ]


def _kind(pair: tuple[str, str], before: Places, after: Places) -> str:
    if not after.keys() >= set(pair) or _crosses(pair, before) == _crosses(pair, after):
        return "kept"
    return "healed" if _crosses(pair, before) else "new"


def _crosses(pair: tuple[str, str], there: Places) -> bool:
    """Tell whether an import leads from one concern to another."""
    one, other = (there[end].rpartition("/")[0].partition("/")[0] for end in pair)
    return one != other


def _when(imports: Iterable[DirectImport]) -> str:
    """Say when the first import of a pair runs: now · later (in a function) · types (never)."""
    if not all_late(imports):
        return "now"
    kinds = {edge.kind for edge in imports}
    return "types" if kinds == {ImportKind.TYPE_CHECKING} else "later"


def _rail(survey: Survey, shown: Iterable[str]) -> list[dict[str, Any]]:
    """Return the packages around, by their first two names, and which modules they touch."""
    inside, shown = {module.name for module in survey.package_modules()}, set(shown)
    uses: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for edge in survey.edges:
        if edge.importer in shown and edge.imported not in inside:
            uses[_group(survey, edge.imported)][edge.importer, "imports"] += 1
        elif edge.imported in shown and edge.importer not in inside:
            uses[_group(survey, edge.importer)][edge.imported, "imported by"] += 1
    return [
        {
            "id": name,
            "group": name.partition(".")[0],
            "label": name.partition(".")[2] or name,
            "uses": [
                {"module": module, "how": how, "count": n}
                for (module, how), n in sorted(found.items())
            ],
        }
        for name, found in sorted(uses.items())
    ]


def _group(survey: Survey, module: str) -> str:
    """Return `domain.auth` for `osa.domain.auth.model`, beside `osa.infrastructure`."""
    top = survey.package.rpartition(".")[0]
    return ".".join(module.removeprefix(f"{top}.").split(".")[:2])


def _moment(survey: Survey, layout: Layout) -> dict[str, Any]:
    return {
        "width": round(layout.width, 1),
        "height": round(layout.height, 1),
        "packages": [
            {
                "id": path,
                "label": path[:-1].rpartition("/")[2] + "/" if path else survey.package,
                "box": _box(box),
            }
            for path, box in sorted(layout.packages.items())
        ],
    }


def _box(box: Box) -> list[float]:
    return [round(length, 1) for length in (box.x, box.y, box.width, box.height)]
