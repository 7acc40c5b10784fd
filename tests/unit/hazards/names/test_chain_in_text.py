"""Where `chain-in-text` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, hazards_of, told

_OLD = "from shop.infra import old\n"


_LATE = {f"{OLD}/late.py": ""}


_RENAMED = (f"{OLD}/db.py > {OLD}/engine.py",)


CHAINS = [
    ("annotation", _OLD + "def f(x: 'old.db.Engine'): ...\n", 2, "old.engine.Engine"),
    ("inside a type", _OLD + "x: 'list[old.db.Engine]' = []\n", 2, "old.engine.Engine"),
    ("eval", _OLD + "eval('old.db.make()')\n", 2, "old.engine.make"),
    ("alias", "import shop.infra.old as o\neval('o.db.make()')\n", 2, "o.engine.make"),
    ("from above", "from shop import infra\neval('infra.old.db.f()')\n", 2, "infra.old.engine.f"),
    ("bound in the text", "exec('from shop.infra import old; old.db.f()')\n", 1, "old.engine.f"),
    (
        "doctest",
        '"""\n>>> from shop.infra import old\n>>> old.db.make()\n"""\n',
        3,
        "old.engine.make",
    ),
]


QUIET = [
    ("symbol of the package", _OLD + "x: 'old.Session'\n"),
    ("prose", _OLD + 'def f():\n    """Uses old.db of course."""\n'),
    ("comment", _OLD + "# old.db.make()\n"),
    ("whole name", "import shop.infra.old.db\nx: 'shop.infra.old.db.Engine'\n"),
    ("longer word", _OLD + "x: 'told.db.Engine'\n"),
    ("nothing imported", "x: 'old.db.Engine'\n"),
]


@pytest.mark.parametrize(
    ("code", "line", "fix"), [c[1:] for c in CHAINS], ids=[c[0] for c in CHAINS]
)
def test_a_chain_in_a_text(code: str, line: int, fix: str) -> None:
    found = hazards_of("chain-in-text", {**_LATE, "shop/app.py": code}, _RENAMED)
    assert told(found) == [(f"shop/app.py:{line}", "block", fix)]
    said = code[found[0].start : found[0].end]
    assert said == fix.replace("engine", "db")
    away = hazards_of("chain-in-text", {**_LATE, "shop/app.py": code})
    if "infra.old" not in said:
        assert told(away) == [(f"shop/app.py:{line}", "block", None)]


@pytest.mark.parametrize("code", [c[1] for c in QUIET], ids=[c[0] for c in QUIET])
def test_a_text_that_stays_right(code: str) -> None:
    assert hazards_of("chain-in-text", {**_LATE, "shop/app.py": code}, _RENAMED) == ()
