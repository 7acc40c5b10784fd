"""Where `shipped-data` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import MOVES, OLD, PG, hazards_of, told

_ALL = (*MOVES, f"{OLD}/rows.json > {PG}/setup/rows.json")


def test_data_that_would_not_be_shipped() -> None:
    rows = '[tool.setuptools.package-data]\n"shop.infra.old" = ["*.json"]\n'
    files = {"pyproject.toml": rows, f"{OLD}/rows.json": "", f"{OLD}/db.py": "x = 1\n"}
    init = f"{OLD}/__init__.py > {PG}/__init__.py"
    (found,) = hazards_of("shipped-data", files, (*_ALL, init))
    assert (found.line, found.severity.value) == (1, "block")
    assert f"{OLD}/rows.json" in found.why and f"{PG}/setup/rows.json" in found.why
    deep = {**files, "pyproject.toml": rows.replace("*.json", "**/*.json")}
    assert hazards_of("shipped-data", deep, (*_ALL, init)) == ()
    everywhere = {**files, "pyproject.toml": rows.replace("shop.infra.old", "*")}
    assert hazards_of("shipped-data", everywhere, (*_ALL, init)) == ()
    broken = {**files, "pyproject.toml": "[tool"}
    assert hazards_of("shipped-data", broken, (*_ALL, init)) == ()


MANIFESTS = [
    ("folder", f"recursive-include {OLD} *.json", [1]),
    ("graft", f"# data\ngraft {OLD}/", [2]),
    ("pattern above", "include setup.py\nrecursive-include shop *.json", []),
    ("global", f"graft {OLD}\nglobal-include *.json", []),
    ("its own line", f"include {OLD}/rows.json", []),
    ("the new place too", f"graft {OLD}\ngraft {PG}", []),
    ("what is left out", f"prune {OLD}\nrecursive-exclude {OLD} *.json", []),
    ("a folder that moves whole", "graft shop/infra/oci", []),
]


@pytest.mark.parametrize(
    ("text", "lines"), [c[1:] for c in MANIFESTS], ids=[c[0] for c in MANIFESTS]
)
def test_data_that_a_source_distribution_would_leave_out(text: str, lines: list[int]) -> None:
    data = {f"{OLD}/rows.json": "", "shop/infra/oci/job.json": "", f"{OLD}/late.py": ""}
    rows = f"{OLD}/rows.json > {PG}/setup/rows.json"
    job = "shop/infra/oci/job.json > shop/infra/runner/oci/job.json"
    files = {**data, "MANIFEST.in": text + "\n"}
    found = hazards_of("shipped-data", files, (*MOVES, rows, job))
    assert told(found) == [(f"MANIFEST.in:{line}", "block", None) for line in lines]
