"""Where `silent-name` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, hazards_of, told

SILENT = [
    ("table", 'RATES = {"shop.infra.old.db": 1}\ndef rate(name): return RATES.get(name)', True),
    ("compared", 'def rate(name): return name == "shop.infra.old.db"', True),
    ("begins", 'def rate(name): return name.startswith("shop.infra.old.db")', True),
    ("module that stays", 'def rate(name): return name == "shop.infra.http.client"', False),
    ("another argument", 'def rate(x, name): return name == "shop.infra.old.db"', False),
    ("certainly a module", 'def rate(name): return name == patch("shop.infra.old.db")', False),
    ("in a docstring", 'def rate(name):\n    """name == shop.infra.old.db"""', False),
]


@pytest.mark.parametrize(("text", "is_told"), [c[1:] for c in SILENT], ids=[c[0] for c in SILENT])
def test_a_name_that_is_compared_with_a_module(text: str, is_told: bool) -> None:
    files = {"shop/app.py": text, f"{OLD}/db.py": "from shop.app import rate\nR = rate(__name__)"}
    found = told(hazards_of("silent-name", files))
    assert found == ([("shop/app.py:1", "block", "shop.infra.pg.setup.db")] if is_told else [])
