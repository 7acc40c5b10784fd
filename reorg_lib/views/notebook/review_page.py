"""The whole review on one page, for people without a kernel: to open, or to attach somewhere.

The page has the live graph with everything that it needs inlined, the decisions, the findings, the
metrics and the certificate. It makes no requests, and its content security policy forbids them.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reorg_lib.errors import ToolError
from reorg_lib.model import Certificate, Hazard, NamedText, Plan, Survey
from reorg_lib.views.board.rows import in_words, progress_of
from reorg_lib.views.graph.data import graph_data
from reorg_lib.views.static_files import module_text, static_path
from reorg_lib.views.tables.review_tables import (
    certificate_points,
    findings,
    layout_metrics,
    named_texts,
    plan_steps,
)
from reorg_lib.views.tables.review_tables import hazards as hazards_of
from reorg_lib.views.tables.table import Table

NAME = "review.html"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
_DECISIONS = ("decision", "step", "from", "to", "technology", "domain", "reason", "note")
_HAZARDS = ("severity", "kind", "path", "line", "why", "fix", "settled")
_START = """
const data = JSON.parse(document.getElementById("graph-data").textContent);
graph.render({ model: withoutKernel(data), el: document.getElementById("graph") });
"""


def write_review_page(
    survey: Survey,
    plan: Plan,
    hazards: Iterable[Hazard],
    certificate: Certificate,
    out: Path,
    texts: Iterable[NamedText] = (),
) -> Path:
    """Write the page as `review.html` into the folder `out` and return its path."""
    out.mkdir(parents=True, exist_ok=True)
    page = out / NAME
    page.write_text(review_page(survey, plan, hazards, certificate, texts), encoding="utf-8")
    return page


def review_page(
    survey: Survey,
    plan: Plan,
    hazards: Iterable[Hazard] = (),
    certificate: Certificate | None = None,
    texts: Iterable[NamedText] = (),
) -> str:
    """Return the page as HTML: it can be read without scripts; with them the graph is interactive.

    Raises:
        ToolError: the graph's script is not as this page expects it.
    """
    found = tuple(hazards)
    parts = [
        _section("The layout in figures, before and after", layout_metrics(survey, plan)),
        _section("Decisions", plan_steps(survey, plan).only(*_DECISIONS)),
        _section("What spoke against the layout", findings(survey)),
        _section("Hazards, and how each was settled", hazards_of(found, plan).only(*_HAZARDS)),
    ]
    names = named_texts(texts)
    if names.rows:
        parts.append(_section("Names in texts: what is renamed, and what stays", names))
    if certificate is not None:
        points = certificate_points(certificate)
        shown = points.only("point", "shown", "count", "unit", "holds")
        parts.append(_section("Certificate", shown))
    title = f"{survey.package}: the review"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<link rel="icon" href="data:,">
<style>
{_style("review_page.css")}
{_style("graph.css")}
</style>
</head>
<body>
<header>
<h1>{html.escape(title)}</h1>
<p>{html.escape(in_words(progress_of(plan, found)))}, at commit
<code>{html.escape(survey.commit[:12])}</code>.</p>
</header>
<main>
<section><h2>The import graph, before and after</h2><div id="graph"></div>
<noscript><p>The graph needs scripts; the tables below do not.</p></noscript></section>
{"".join(parts)}
</main>
<script type="application/json" id="graph-data">{_json(graph_data(survey, plan))}</script>
<script type="module">
{_script()}
</script>
</body>
</html>
"""


def _section(title: str, table: Table) -> str:
    """Return a table under its title, in a box that a keyboard can scroll."""
    name = html.escape(title, quote=True)
    box = table.html().replace("<div ", f'<div tabindex="0" role="region" aria-label="{name}" ', 1)
    return f"<section><h2>{name}</h2>{box}</section>\n"


def _json(value: Any) -> str:
    """Return JSON that is safe in a script element: no `<` can end it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _style(name: str) -> str:
    text = static_path(name).read_text(encoding="utf-8")
    if "</" in text:
        raise ToolError(f"{name} cannot be inlined: it would end its own element")
    return text


def _script() -> str:
    """Return the graph's module as the script of a page: what it exports becomes plain names."""
    text = module_text("graph")
    if text.count("export default {") != 1 or "</" in text:
        raise ToolError(
            "the graph's script cannot be inlined: it has another form than the page expects"
        )
    text = text.replace("export default {", "const graph = {").replace(
        "export function", "function"
    )
    return text + _START
