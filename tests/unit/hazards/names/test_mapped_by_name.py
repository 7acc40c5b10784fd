"""Where `mapped-by-name` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, hazards_of, told

MAPPED = [
    ("partial", "old.tables.User", "shop.infra.pg.tables.User"),
    ("attribute", "old.tables.User.id", "shop.infra.pg.tables.User.id"),
    ("end stays", "tables.User", None),
    ("class alone", "User.id", None),
    ("whole", "shop.infra.old.tables.User", None),
]


@pytest.mark.parametrize(("said", "fix"), [c[1:] for c in MAPPED], ids=[c[0] for c in MAPPED])
def test_a_relationship_by_part_of_a_module_name(said: str, fix: str | None) -> None:
    code = f'x = relationship("Other", order_by="{said}")\n'
    files = {f"{OLD}/tables.py": "class User: ...\n", "shop/app.py": code}
    found = hazards_of("mapped-by-name", files)
    assert told(found) == ([("shop/app.py:1", "block", fix)] if fix else [])
    assert all(code[h.start : h.end] == said for h in found)
