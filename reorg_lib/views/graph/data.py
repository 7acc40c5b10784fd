"""What the live graph draws, as plain JSON.

This is the JSON that `static/graph/` reads, in a notebook and in a page without a kernel: nodes,
edges, packages with their places before and after, and the list of the packages around.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from reorg_lib.model import DirectImport, ImportKind, Plan, Survey
from reorg_lib.views.graph.before_and_after import (
    all_late,
    drawn,
    imports_within,
    places,
    steps_done,
)
from reorg_lib.views.graph.colours import NO_TECHNOLOGY, technology_colours
from reorg_lib.views.graph.layout import Box, GraphLayout, Places, lay_out, lay_out_both


def graph_data(survey: Survey, plan: Plan) -> dict[str, Any]:
    """Return the graph before and after the plan, in the form of `Drawing.data`."""
    return Drawing(survey, plan).data


class Drawing:
    """The graph of one survey under a changing plan; modules that did not move keep their place.

    Facts that no plan changes are computed once, because a person waits for each new picture.
    """

    def __init__(self, survey: Survey, plan: Plan) -> None:
        self._survey = survey
        self._plan = plan
        self._now = places(survey)
        self._edges: list[dict[str, Any]] = [
            {
                "from": importer,
                "to": imported,
                "kind": "",
                "when": _when(imports),
                "lines": sorted({edge.line for edge in imports}),
            }
            for (importer, imported), imports in imports_within(survey, self._now).items()
        ]
        self._technologies = _technologies(survey)
        self._rail: tuple[frozenset[str], list[dict[str, Any]]] | None = None
        self._then = places(survey, plan)
        self._layouts = lay_out_both(self._drawn(self._now), self._drawn(self._then))
        earlier = self._layouts[0]
        self._places_now = {name: _place(name, self._now, earlier) for name in earlier.modules}

    def show(self, plan: Plan) -> None:
        """Draw another plan from now on."""
        before, after = self._layouts
        self._plan = plan
        self._then = places(self._survey, plan)
        self._layouts = before, lay_out(self._drawn(self._then), after.style, keep=after)

    @property
    def modules(self) -> frozenset[str]:
        """The modules that are drawn at either moment."""
        before, after = self._layouts
        return frozenset(before.modules.keys() | after.modules.keys())

    @property
    def data(self) -> dict[str, Any]:
        """The graph before and after the plan, for `static/graph/`.

        `package`: its name. `technologies`: name ("" for none), fill, outlines. `nodes`: one per
        module that is drawn at a moment, with `before` and `after` (label, path, package, box as x,
        y, width, height; null where it is not there) and what is known of it. `edges`: one per pair
        within the package, `kind` kept · healed (crossed concerns) · new (will cross them), `when`
        now · later · types. `rail`: the packages around, with the modules that each uses or is used
        by. `moments`: size of each picture and its packages. Sorted throughout.
        """
        before, after = self._layouts
        shown = self.modules
        if self._rail is None or self._rail[0] != shown:
            self._rail = shown, _rail(self._survey, shown)
        return {
            "package": self._survey.package,
            "technologies": self._technologies,
            "nodes": self._nodes(),
            "edges": self._judged_edges(),
            "rail": self._rail[1],
            "moments": {
                "before": _moment(self._survey, before),
                "after": _moment(self._survey, after),
            },
        }

    def _drawn(self, there: Places) -> Places:
        ends = ((edge["from"], edge["to"]) for edge in self._edges)
        pairs = (pair for pair in ends if pair[0] in there and pair[1] in there)
        return {module: there[module] for module in drawn(there, self._now, pairs)}

    def _nodes(self) -> list[dict[str, Any]]:
        before, after = self._layouts
        steps = steps_done(self._plan)
        parts = {split.source: len(split.parts) for split in self._plan.splits}
        classified = {c.module: c for c in self._survey.classifications}
        nodes = []
        for module in self._survey.package_modules():
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
                    "parts": parts.get(module.path, 0) if step else 0,
                    "before": self._places_now.get(module.name),
                    "after": _place(module.name, self._then, after),
                }
            )
        return nodes

    def _judged_edges(self) -> list[dict[str, Any]]:
        """Return the edges; an unchanged edge stays the same object.

        Otherwise, in a large package, garbage collection would search the whole survey.
        """
        before, after = (
            {module: path.rpartition("/")[0].partition("/")[0] for module, path in there.items()}
            for there in (self._now, self._then)
        )
        judged = ((edge, _kind(edge["from"], edge["to"], before, after)) for edge in self._edges)
        self._edges = [e if e["kind"] == kind else {**e, "kind": kind} for e, kind in judged]
        return self._edges


def _technologies(survey: Survey) -> list[dict[str, Any]]:
    looks = {**technology_colours(survey), "": NO_TECHNOLOGY}
    return [
        {"name": name, "fill": look.fill, "outlines": look.outlines} for name, look in looks.items()
    ]


def _place(module: str, there: Places, layout: GraphLayout) -> dict[str, Any] | None:
    if module not in layout.modules:
        return None
    path = there[module]
    label = path.rpartition("/")[2].removesuffix(".py")
    package, _ = layout.slots[module]
    return {"label": label, "path": path, "package": package, "box": _box(layout.modules[module])}


def _kind(one: str, other: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return the kind of an import, from module → concern before and after ("" for no concern)."""
    crosses = _crosses(before[one], before[other])
    if one not in after or other not in after or crosses == _crosses(after[one], after[other]):
        return "kept"
    return "healed" if crosses else "new"


def _crosses(one: str, other: str) -> bool:
    return "" not in (one, other) and one != other


def _when(imports: Iterable[DirectImport]) -> str:
    """Return when the first import of a pair runs: now · later (in a function) · types (never)."""
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


def _moment(survey: Survey, layout: GraphLayout) -> dict[str, Any]:
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
