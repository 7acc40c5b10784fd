"""Where `lost-name` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import MOVES, OLD, PG, hazards_of, told

LOST = [
    ("setting", "app.ini", "x = shop.infra.old", "block"),
    ("folder in a build", "Dockerfile", "COPY shop/infra/old/ /srv", "block"),
    ("remark in a setting", "app.ini", "# shop.infra.old is old", "note"),
    ("document", "README.md", "see `shop/infra/old/`", "note"),
    ("string", "shop/app.py", 'P = "shop.infra.old"', "block"),
    ("comment", "shop/app.py", "# see shop.infra.old", "note"),
    ("docstring", "shop/app.py", '"""See shop.infra.old."""', "note"),
]


KEPT = [
    ("module", "app.ini", "x = shop.infra.old.db"),
    ("package that moves whole", "app.ini", "x = shop.infra.oci"),
    ("package that stays", "app.ini", "x = shop.infra"),
    ("file in the folder", "Dockerfile", f"COPY {OLD}/db.py /srv"),
    ("data in the folder", "Dockerfile", f"VOLUME /srv/{OLD}/rows.json"),
    ("of others", "app.ini", "x = workshop.infra.old"),
]


_ALL = (*MOVES, f"{OLD}/rows.json > {PG}/setup/rows.json")


@pytest.mark.parametrize(
    ("path", "text", "severity"), [c[1:] for c in LOST], ids=[c[0] for c in LOST]
)
def test_a_name_without_successor(path: str, text: str, severity: str) -> None:
    assert told(hazards_of("lost-name", {path: text + "\n"})) == [(f"{path}:1", severity, None)]


@pytest.mark.parametrize(("path", "text"), [c[1:] for c in KEPT], ids=[c[0] for c in KEPT])
def test_a_name_with_a_successor(path: str, text: str) -> None:
    files = {path: text + "\n", f"{OLD}/rows.json": ""}
    assert hazards_of("lost-name", files, _ALL) == ()


def test_a_document_is_told_once() -> None:
    (found,) = hazards_of("lost-name", {"README.md": "shop.infra.old\n\nshop/infra/old/\n"})
    assert (found.line, found.severity.value) == (1, "note")
    assert "`shop.infra.old`, `shop/infra/old`" in found.why


_ALL_NEW = '["shop.infra.pg.setup.db", "shop.infra.pg.tables", "shop.infra.storage.fs"]'


SCATTERED = [
    ("pyproject.toml", '[tool.mypy]\npackages = ["shop.infra.old"]\n', "[tool.mypy]\npackages = "),
    ("shop/app.py", 'P = ["shop.infra.old"]\n', "P = "),
]


@pytest.mark.parametrize(("path", "text", "after"), SCATTERED, ids=[c[0] for c in SCATTERED])
def test_a_package_that_scatters_is_all_its_successors(path: str, text: str, after: str) -> None:
    (found,) = hazards_of("lost-name", {path: text})
    assert found.fix is not None
    assert text[: found.start] + found.fix + text[found.end :] == f"{after}{_ALL_NEW}\n"
