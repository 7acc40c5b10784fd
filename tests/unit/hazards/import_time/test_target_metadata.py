"""Where `target-metadata` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import MOVES, OLD, PG, hazards_of, told

_ENV = "from shop.infra.old.tables import metadata\n\ntarget_metadata = metadata\n"


_ROWS = "class Row(Base):\n    __tablename__ = 'rows'\n"


_TO_INIT = "shop.infra.old > shop.infra.old.db"


_TO_TABLES = "migrations.env > shop.infra.old.tables"


def test_tables_that_nothing_imports_any_more() -> None:
    files = {
        "migrations/env.py": _ENV,
        f"{OLD}/__init__.py": "from . import db\n",
        f"{OLD}/db.py": _ROWS,
    }
    found = hazards_of("target-metadata", files, edges=(_TO_INIT, _TO_TABLES))
    assert told(found) == [("migrations/env.py:3", "block", None)]
    assert "shop.infra.old.db" in found[0].why and "drop" in found[0].why
    along = (*MOVES, f"{OLD}/__init__.py > {PG}/__init__.py")
    assert hazards_of("target-metadata", files, along, edges=(_TO_INIT, _TO_TABLES)) == ()
    no_tables = {**files, f"{OLD}/db.py": "x = 1\n"}
    assert hazards_of("target-metadata", no_tables, edges=(_TO_INIT, _TO_TABLES)) == ()
    named = (_TO_INIT, _TO_TABLES, "migrations.env > shop.infra.old.db")
    assert hazards_of("target-metadata", files, edges=named) == ()


def test_metadata_of_a_module_that_is_split() -> None:
    split = (f"{OLD}/tables.py >> {PG}/tables",)
    files = {"migrations/env.py": _ENV}
    found = hazards_of("target-metadata", files, split, edges=(_TO_TABLES,))
    assert told(found) == [("migrations/env.py:3", "note", None)]
    assert "the package shop.infra.pg.tables" in found[0].why
    other = (f"{OLD}/db.py >> {PG}/db",)
    assert hazards_of("target-metadata", files, other, edges=(_TO_TABLES,)) == ()
