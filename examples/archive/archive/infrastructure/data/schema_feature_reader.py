# -*- coding: latin-1 -*-
"""Features of a record with the units of their schema, ready for display."""

from archive.domain.validation.model import Hook
from archive.domain.validation.port.features import FeatureReader

from ..persistence.adapter.feature_reader import SqlFeatureReader

# older instruments write their files in latin-1, and so is this table
UNIT_SIGNS = {"um": "µm", "ug": "µg", "degC": "°C"}


class SchemaFeatureReader(FeatureReader):
    """Adds units to what the plain reader returns."""

    def __init__(self, reader: SqlFeatureReader) -> None:
        self._reader = reader

    def features_of(self, hook: Hook, record_id: str) -> list[dict[str, object]]:
        """Return rows whose names carry the unit, such as ``length [µm]``."""
        labels = {f.name: _label(f.name, f.unit) for f in hook.features}
        rows = self._reader.features_of(hook, record_id)
        return [{labels[name]: value for name, value in row.items()} for row in rows]


def _label(name: str, unit: str | None) -> str:
    return f"{name} [{UNIT_SIGNS.get(unit, unit)}]" if unit else name
