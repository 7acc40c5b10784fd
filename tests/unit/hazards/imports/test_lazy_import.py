"""Where `lazy-import` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import MOVES, hazards_of, told


def test_the_table_of_a_lazy_package() -> None:
    lazy = (
        'from importlib import import_module\nWHERE = {"Db": ".old.db", "C": ".http.client"}\n'
        "def __getattr__(name):\n    return import_module(WHERE[name], __name__)\n"
    )
    found = hazards_of("lazy-import", {"shop/infra/__init__.py": lazy})
    assert told(found) == [("shop/infra/__init__.py:2", "block", ".pg.setup.db")]
    assert lazy[found[0].start : found[0].end] == ".old.db"
    eager = lazy.replace("__getattr__", "load")
    assert hazards_of("lazy-import", {"shop/infra/__init__.py": eager}) == ()
    assert hazards_of("lazy-import", {"shop/infra/__init__.py": lazy}, MOVES[1:3]) == ()
