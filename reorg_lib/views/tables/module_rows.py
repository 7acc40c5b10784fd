"""The rows of the table of modules, and the file of them that a spreadsheet opens.

It does not load pandas, because the command line writes the file without it.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from reorg_lib.model import Module, Survey

COLUMNS = (
    "module folder kind technology domain role ports lines imports imported_by evidence path "
    "technologies domains provides"
)
"""The names of the cells of a row; `tables.modules_table` says what each means."""


def module_rows(survey: Survey) -> list[tuple[str | int, ...]]:
    """Return one row per module of the surveyed package, sorted by module name."""
    classified = {c.module: c for c in survey.classifications}
    uses = {(edge.importer, edge.imported) for edge in survey.edges}
    imports = Counter(importer for importer, _ in uses)
    imported_by = Counter(imported for _, imported in uses)
    rows: list[tuple[str | int, ...]] = []
    for module in survey.package_modules():
        found = classified.get(module.name)
        evidence = found.evidence[0] if found and found.evidence else None
        inside = survey.scope.below_package(module.path)
        rows.append(
            (
                module.name.removeprefix(survey.package).lstrip(".") or ".",
                inside if not module.blob else inside.rpartition("/")[0],
                _kind(module),
                (found and found.technology) or "",
                (found and found.domain) or "",
                (found and found.role) or "",
                ", ".join(port.rpartition(".")[2] for port in found.ports) if found else "",
                module.lines,
                imports[module.name],
                imported_by[module.name],
                f"line {evidence.line}: {evidence.text}" if evidence else "",
                module.path,
                ", ".join(f"{n} {points:g}" for n, points in found.technologies) if found else "",
                ", ".join(f"{name} {count}" for name, count in found.domains) if found else "",
                ", ".join(_pair(*pair) for pair in found.provides) if found else "",
            )
        )
    return rows


def write_modules(survey: Survey, out: Path) -> Path:
    """Write `modules.csv`, the table of modules, into the folder `out` and return its path."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "modules.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS.split())
        writer.writerows(module_rows(survey))
    return path


def _kind(module: Module) -> str:
    if not module.blob:
        return "folder"
    return "package" if module.is_package else "module"


def _pair(port: str, implementation: str) -> str:
    return f"{port.rpartition('.')[2]} = {implementation.rpartition('.')[2]}"
