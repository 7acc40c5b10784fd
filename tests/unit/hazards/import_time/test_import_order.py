"""Where `import-order` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, PG, hazards_of, told

MOVE = (f"{OLD}/db.py > {PG}/db.py",)


OF_OLD = "shop.infra.old"


EDGES = (
    f"{OF_OLD} > {OF_OLD}.tables",
    f"{OF_OLD}.tables > {OF_OLD}.db",
    f"{OF_OLD}.db > {OF_OLD}.fs",
)


DB = "from shop.infra.old.fs import root\nROWS = []\n"


def _shop(tables: str) -> dict[str, str]:
    return {
        f"{OLD}/__init__.py": "from shop.infra.old import tables\n",
        f"{OLD}/tables.py": tables,
        f"{OLD}/db.py": DB,
        f"{OLD}/fs.py": "root = 1\n",
    }


NEEDED = [
    ("a name", "from shop.infra.old.db import ROWS\n"),
    ("everything", "from shop.infra.old.db import *\n"),
    ("an attribute", "from shop.infra.old import db\nMINE = db.ROWS\n"),
    ("under a name", "import shop.infra.old.db as d\nMINE = d.ROWS\n"),
    ("by its whole name", "import shop.infra.old.db\nMINE = shop.infra.old.db.ROWS\n"),
    ("in a decorator", "from . import db\n@db.made\ndef f():\n    pass\n"),
    ("as a base", "from . import db\nclass A(db.Base):\n    pass\n"),
    ("as a default", "from . import db\ndef f(rows=db.ROWS):\n    pass\n"),
    ("as an annotation", "from . import db\ndef f(rows: db.Rows):\n    pass\n"),
]


LATER = [
    ("in a function", "from . import db\ndef f():\n    return db.ROWS\n"),
    ("in a lambda", "from . import db\nf = lambda: db.ROWS\n"),
    ("another name", "from . import db\nMINE = dbs.ROWS\n"),
    (
        "an annotation that stays text",
        "from __future__ import annotations\nfrom . import db\ndef f(rows: db.Rows):\n    pass\n",
    ),
]


@pytest.mark.parametrize("tables", [c[1] for c in NEEDED], ids=[c[0] for c in NEEDED])
def test_a_module_that_has_only_begun_is_asked(tables: str) -> None:
    (found,) = hazards_of("import-order", _shop(tables), MOVE, edges=EDGES)
    assert told((found,)) == [(f"{OLD}/tables.py:1", "block", None)]
    assert "asks shop.infra.old.db for" in found.why
    assert "where shop.infra.old.db is imported first" in found.why


@pytest.mark.parametrize("tables", [c[1] for c in LATER], ids=[c[0] for c in LATER])
def test_a_module_that_is_asked_when_all_is_there(tables: str) -> None:
    assert hazards_of("import-order", _shop(tables), MOVE, edges=EDGES) == ()


def test_a_circle_that_is_entered_as_before() -> None:
    shop = _shop(NEEDED[0][1])
    whole = tuple(
        f"{OLD}/{name}.py > shop/infra/sql/{name}.py" for name in ("__init__", "tables", "db", "fs")
    )
    assert hazards_of("import-order", shop, whole, edges=EDGES) == ()
    assert hazards_of("import-order", shop, (f"{OLD}/fs.py > {PG}/fs.py",), edges=EDGES) == ()


def test_a_package_above_that_runs_all_of_it_first() -> None:
    shop = _shop(NEEDED[0][1]) | {"shop/__init__.py": "import shop.infra.old\n"}
    edges = (*EDGES, f"shop > {OF_OLD}")
    assert hazards_of("import-order", shop, MOVE, edges=edges) == ()


def test_all_that_ask_one_module_are_one_hazard() -> None:
    shop = _shop(NEEDED[0][1]) | {f"{OLD}/users.py": NEEDED[0][1]}
    shop[f"{OLD}/__init__.py"] += "from shop.infra.old import users\n"
    edges = (*EDGES, f"{OF_OLD} > {OF_OLD}.users", f"{OF_OLD}.users > {OF_OLD}.db")
    (found,) = hazards_of("import-order", shop, MOVE, edges=edges)
    assert f"so do {OLD}/users.py:1" in found.why


def test_two_that_met_before_and_meet_earlier_now() -> None:
    init = "from shop.infra.old.db import D\nfrom shop.infra.old.tables import T\n"
    shop = {
        f"{OLD}/__init__.py": init,
        f"{OLD}/db.py": "from shop.infra.http.client import C\nD = C\n",
        f"{OLD}/tables.py": "from shop.infra.old import D\nT = D\n",
        "shop/infra/http/client.py": "C = 1\n",
        "shop/infra/oci/__init__.py": "from shop.infra.old.tables import T\n",
    }
    edges = (
        f"{OF_OLD} > {OF_OLD}.db",
        f"{OF_OLD} > {OF_OLD}.tables:2",
        f"{OF_OLD}.db > shop.infra.http.client",
        f"{OF_OLD}.tables > {OF_OLD}",
        f"shop.infra.oci > {OF_OLD}.tables",
    )
    move = ("shop/infra/http/client.py > shop/infra/oci/client.py",)
    (found,) = hazards_of("import-order", shop, move, edges=edges)
    assert told((found,)) == [(f"{OLD}/tables.py:1", "block", None)]
    assert "asks shop.infra.old for D" in found.why
    shop[f"{OLD}/__init__.py"] = init.replace("from", "D = 1\nfrom", 1).replace("db import D", "db")
    later = (f"{OF_OLD} > {OF_OLD}.db:2", f"{OF_OLD} > {OF_OLD}.tables:3", *edges[2:])
    assert hazards_of("import-order", shop, move, edges=later) == ()
