"""Tables of the results of other packages, as pandas frames.

The functions define the columns and the order of rows. Every cell comes from a record. Each
function builds its table again; none keeps anything.

Paths in a table are relative to the repository's root; `folder` and `from`/`to` are relative to the
folder of the surveyed package, which every row would repeat otherwise. Text columns have pandas'
string dtype with "" for "nothing", counts are int64, yes/no columns are bool.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import pandas as pd
from pandas.io.formats.style import Styler

from reorg_lib.model import Certificate, Hazard, Plan, Survey
from reorg_lib.views.graph.pydeps_picture import PydepsPicture
from reorg_lib.views.tables import review_tables
from reorg_lib.views.tables.data_frame import Frame
from reorg_lib.views.tables.module_rows import COLUMNS, module_rows
from reorg_lib.views.tables.table import Kind, Table

NONE = "(none)"


def modules_table(survey: Survey) -> Frame:
    """Return one row per module of the surveyed package, sorted by module name.

    Text: `module` (dotted, without the package's own name; "." is the package itself), `folder`,
    `kind` (module · package · folder, the last without `__init__.py`), `technology` (what it adapts
    first of all), `domain` (the bounded context used most), `role`, `ports` (last part of each
    name), `evidence` (the first line that names the technology or port), `path`, `technologies`
    (all of them with their points), `domains` (all contexts with their number of imports),
    `provides` (what wiring provides, `port = class`). int64: `lines`, `imports` and `imported_by`
    (other first-party modules, each once).
    """
    return _frame(module_rows(survey), COLUMNS, counts=("lines", "imports", "imported_by"))


def imports_table(survey: Survey) -> Frame:
    """Return one row per first-party import that touches the package: who imports whom, and when.

    Columns: `importer`, `imported` (full dotted names), `line`, `kind` (when it runs), `inside`
    (both ends are in the surveyed package). Sorted by importer, imported, line.
    """
    names = {module.name for module in survey.package_modules()}
    rows = [
        (e.importer, e.imported, e.line, str(e.kind), e.importer in names and e.imported in names)
        for e in sorted(survey.edges)
        if e.importer in names or e.imported in names
    ]
    return _frame(rows, "importer imported line kind inside", counts=("line",), flags=("inside",))


def matrix(survey: Survey, measure: Literal["modules", "lines"] = "modules") -> pd.DataFrame:
    """Return how many modules adapt each technology (rows) for each bounded context (columns).

    With `measure` "lines", how many lines those modules have; int64 either way. A package file
    counts only where it names a technology or a context. "(none)" comes last.
    """
    modules = modules_table(survey)
    known = (modules["technology"] != "") | (modules["domain"] != "")
    counted = modules[(modules["kind"] == "module") | known]
    rows, columns = counted["technology"].replace("", NONE), counted["domain"].replace("", NONE)
    if measure == "lines" and len(counted):
        table = pd.crosstab(rows, columns, counted["lines"], aggfunc="sum").fillna(0)
    else:
        table = pd.crosstab(rows, columns)
    table = table.reindex(index=_none_last(table.index), columns=_none_last(table.columns))
    table.index.name, table.columns.name = "technology", "domain"
    return table.astype("int64")


def matrix_style(counts: pd.DataFrame, lines: pd.DataFrame) -> Styler:
    """Shade `matrix` as a heat map that reads in a light and in a dark theme.

    A cell says how many modules there are and, smaller beside it, how many `lines` they have.
    The shade is a translucent blue over whatever the page has, so that the page's own text colour
    keeps its contrast. The uuid is fixed: the same counts give the same HTML.
    """
    most = max(1, int(counts.to_numpy().max(initial=0)))

    def shade(count: int) -> str:
        return f"background-color: rgba(0, 114, 178, {0.12 + 0.38 * count / most:.2f})"

    style = (
        counts.style.set_uuid("matrix")
        .map(lambda count: shade(count) if count else "opacity: 0.35")
        .format(lambda count: str(count) if count else "·")
        .set_table_styles([{"selector": "td", "props": "text-align: center; min-width: 3em"}])
        .set_caption("modules (and lines) per technology (rows) and bounded context (columns)")
    )
    modules_of, lines_of = counts.to_dict(), lines.to_dict()
    for technology in map(str, counts.index):
        for domain in map(str, counts.columns):
            count = modules_of[domain][technology]
            if count:
                text = f"{count} <small>({lines_of[domain][technology]:,})</small>"
                cell = pd.IndexSlice[[technology], [domain]]
                style = style.format(_always(text), subset=cell)
    return style


def witness_table(survey: Survey, witness: PydepsPicture) -> Frame:
    """Return one row per import inside the package that we or pydeps see, disagreements first.

    Columns: `seen_by` (only us · only pydeps · pydeps, as a package on the way · both), `importer`,
    `imported`. pydeps counts `a` and `a.b` too when `a.b.c` is imported, because Python loads them
    too; these are listed separately, since the survey keeps only what the code names. When pydeps
    failed, one row says so.
    """
    if witness.error:
        return _frame([(witness.error, "", "")], "seen_by importer imported")
    seen = frozenset(witness.edges)
    inside = {module.name for module in survey.package_modules()}
    ours = {
        (edge.importer, edge.imported)
        for edge in survey.edges
        if edge.importer != edge.imported and {edge.importer, edge.imported} <= inside
    }
    loaded = {
        (importer, package)
        for importer, imported in (ours | seen) | {(one, one) for one, _ in seen}
        for package in _packages_above(imported)
    }

    def seen_by(edge: tuple[str, str]) -> str:
        if edge not in seen:
            return "only us"
        if edge in ours:
            return "both"
        return "pydeps, as a package on the way" if edge in loaded else "only pydeps"

    order = ("only us", "only pydeps", "pydeps, as a package on the way", "both")
    rows = [(seen_by(edge), *edge) for edge in sorted(ours | seen)]
    rows.sort(key=lambda row: (order.index(row[0]), *row))
    return _frame(rows, "seen_by importer imported")


def problems_table(survey: Survey) -> Frame:
    """Return what the survey could not read: `path`, `line`, `message`."""
    rows = [(p.path, p.line, p.message) for p in sorted(survey.problems)]
    return _frame(rows, "path line message", counts=("line",))


def plan_table(survey: Survey, plan: Plan) -> Frame:
    """Return one row per step of the plan; `review_tables.plan_steps` explains the columns."""
    return Frame.of(review_tables.plan_steps(survey, plan))


def findings_table(survey: Survey) -> Frame:
    """Return one row per finding, the heaviest first; see `review_tables.findings`."""
    return Frame.of(review_tables.findings(survey))


def metrics_table(survey: Survey, plan: Plan) -> Frame:
    """Return one row per metric, before and after; see `review_tables.layout_metrics`."""
    return Frame.of(review_tables.layout_metrics(survey, plan))


def hazards_table(hazards: Iterable[Hazard], plan: Plan) -> Frame:
    """Return one row per hazard, the blocking ones first; see `review_tables.hazards`."""
    return Frame.of(review_tables.hazards(hazards, plan))


def certificate_table(certificate: Certificate) -> Frame:
    """Return one row per point of the proof; see `review_tables.certificate_points`."""
    return Frame.of(review_tables.certificate_points(certificate))


def _always(text: str) -> Callable[[object], str]:
    return lambda _: text


def _frame(
    rows: Sequence[tuple[object, ...]],
    names: str,
    counts: Sequence[str] = (),
    flags: Sequence[str] = (),
) -> Frame:
    kinds: dict[str, Kind] = {**dict.fromkeys(counts, "int64"), **dict.fromkeys(flags, "bool")}
    return Frame.of(Table(tuple(names.split()), rows, kinds))


def _packages_above(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts))]


def _none_last(labels: Iterable[str]) -> list[str]:
    return sorted(labels, key=lambda label: (label == NONE, label))
