"""Metadata templates as Excel workbooks, made with openpyxl."""

from __future__ import annotations

import io
import json
import os

from archive.domain.schema.model import Schema

# column widths and the help text are edited by curators, in templates/ at the root of the repository
_ROOT = os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
)
STYLE_FILE = os.path.join(_ROOT, "templates", "spreadsheet.json")


def load_style() -> dict[str, object]:
    """Read the style that curators maintain."""
    with open(STYLE_FILE, encoding="utf-8") as file:
        return json.load(file)


class ExcelTemplate:
    """Implements the SpreadsheetTemplate port."""

    def render(self, schema: Schema) -> bytes:
        """Return a workbook with one header row."""
        from openpyxl import Workbook

        style = load_style()
        book = Workbook()
        sheet = book.active
        sheet.title = schema.title
        sheet.append([_header(f.name, f.unit) for f in schema.fields])
        sheet.append([style["help"].get(f.type, "") for f in schema.fields])
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    def parse(self, schema: Schema, content: bytes) -> list[dict[str, object]]:
        """Read the rows below the header and the help line."""
        from openpyxl import load_workbook

        sheet = load_workbook(io.BytesIO(content), read_only=True).active
        names = [field.name for field in schema.fields]
        return [
            dict(zip(names, row, strict=False))
            for row in sheet.iter_rows(min_row=3, values_only=True)
            if any(cell is not None for cell in row)
        ]


def _header(name: str, unit: str | None) -> str:
    return f"{name} [{unit}]" if unit else name
