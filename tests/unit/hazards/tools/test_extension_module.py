"""Where `extension-module` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, PG, hazards_of, told


def test_a_compiled_module_is_not_renamed() -> None:
    files = {f"{OLD}/fast.pyx": "", "shop/app.py": "from shop.infra.old.fast import run\n"}
    moves = (f"{OLD}/fast.pyx > {PG}/fast.pyx",)
    found = hazards_of("extension-module", files, moves)
    assert told(found) == [(f"{OLD}/fast.pyx:1", "block", None)]
    assert "shop/app.py" in found[0].why
    unused = {f"{OLD}/fast.pyx": ""}
    assert [h.severity.value for h in hazards_of("extension-module", unused, moves)] == ["note"]
    whole = tuple(f"{OLD}/{n} > {PG}/{n}" for n in ("__init__.py", "db.py", "tables.py", "fs.py"))
    assert hazards_of("extension-module", files, whole) == ()
    stub = {f"{OLD}/db.pyi": "", "shop/app.py": "from shop.infra.old.db import run\n"}
    assert hazards_of("extension-module", stub, LEAVES) == ()


LEAVES = (f"{OLD}/db.py > {PG}/db.py",)
