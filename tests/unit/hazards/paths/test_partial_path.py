"""Where `partial-path` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import hazards_of, told

PARTIAL = [
    ("after cd", "Makefile", "\tcd shop/infra && python old/db.py", True),
    ("above", "docs/conf.toml", 'x = "../old/db.py"', True),
    ("in code", "shop/app.py", 'run(["python", "old/db.py"])', True),
    ("module after cd", "Makefile", "\tcd shop && python -m infra.old.db", True),
    ("whole path", "Makefile", "\tpython shop/infra/old/db.py", False),
    ("package's folder", "Makefile", "\tpython infra/old/db.py", False),
    ("whole module", "Makefile", "\tpython -m shop.infra.old.db", False),
    ("stays", "Makefile", "\tcd shop/infra && python http/client.py", False),
    ("of others", "Makefile", "\tpython vendor/old/db.py", False),
    ("comment in code", "shop/app.py", "# old/db.py", False),
]


@pytest.mark.parametrize(
    ("path", "text", "is_found"), [c[1:] for c in PARTIAL], ids=[c[0] for c in PARTIAL]
)
def test_a_path_from_a_folder_in_between(path: str, text: str, is_found: bool) -> None:
    found = hazards_of("partial-path", {path: text + "\n"})
    assert told(found) == ([(f"{path}:1", "note", None)] if is_found else [])
