"""Where `import-in-text` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, hazards_of, told

_LATE = {f"{OLD}/late.py": ""}


def test_a_long_import_in_a_text() -> None:
    code = 'SOURCE = """\nfrom shop.infra.{0} import (\n    {1},\n)\n"""\n'
    files = {**_LATE, "shop/app.py": code.format("old", "db")}
    assert told(hazards_of("import-in-text", files)) == [("shop/app.py:2", "block", None)]
    prose = {**_LATE, "README.md": code.format("old", "db")}
    assert told(hazards_of("import-in-text", prose)) == [("README.md:2", "note", None)]
    for stays in (("http", "client"), ("oci", "di"), ("old", "late"), ("old", "Session")):
        files = {**_LATE, "shop/app.py": code.format(*stays)}
        assert hazards_of("import-in-text", files) == ()
    real = {**_LATE, "shop/app.py": "from shop.infra.old import (\n    db,\n)\n"}
    assert hazards_of("import-in-text", real) == ()
