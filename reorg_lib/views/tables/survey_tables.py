"""A survey for a notebook: each table is one property.

Nothing is kept: each property builds its table from the records again, so that the same commit
gives the same tables on every run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reorg_lib.model import Survey
from reorg_lib.views.tables import result_tables as tables
from reorg_lib.views.tables.data_frame import Frame

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


class SurveyTables:
    """The tables of a survey, read-only."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey

    def __repr__(self) -> str:
        found = self._survey
        said = (
            f"{found.package} at commit {found.commit[:12]}: "
            f"{len(found.package_modules())} modules, {len(found.findings)} findings"
        )
        return "\n".join([said, *found.notes])

    @property
    def modules(self) -> Frame:
        """One row per module of the package; `tables.modules_table` explains the columns."""
        return tables.modules_table(self._survey)

    @property
    def imports(self) -> Frame:
        """One row per first-party import that touches the package."""
        return tables.imports_table(self._survey)

    @property
    def matrix(self) -> Styler:
        """Modules and lines per technology and bounded context; `.data` counts the modules."""
        counts = tables.matrix(self._survey)
        return tables.matrix_style(counts, tables.matrix(self._survey, "lines"))

    @property
    def findings(self) -> Frame:
        """One row per finding, the heaviest first."""
        return tables.findings_table(self._survey)

    @property
    def problems(self) -> Frame:
        """What could not be read."""
        return tables.problems_table(self._survey)
