"""A pandas frame that is displayed completely, as `Table` is.

It converts a table to a frame and back.
"""

from __future__ import annotations

import pandas as pd

from reorg_lib.views.tables.table import Kind, Table


class Frame(pd.DataFrame):
    """A `DataFrame`; selections from it are displayed in the same way."""

    @classmethod
    def of(cls, table: Table) -> Frame:
        """Return the table as a frame; columns of text have pandas' string dtype."""
        kinds = {column: table.kinds.get(column, "str") for column in table.columns}
        return cls(list(table.rows), columns=list(table.columns)).astype(kinds)

    @property
    def _constructor(self) -> type[Frame]:
        return Frame

    def _repr_html_(self) -> str:
        kinds: dict[str, Kind] = {}
        for column in self.columns:
            if pd.api.types.is_bool_dtype(self[column]):
                kinds[str(column)] = "bool"
            elif pd.api.types.is_numeric_dtype(self[column]):
                kinds[str(column)] = "float64"
        rows = list(self.itertuples(index=False, name=None))
        return Table(tuple(map(str, self.columns)), rows, kinds).html()
