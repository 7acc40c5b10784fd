"""Where `name-through-another` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, hazards_of

_MORE = {
    f"{OLD}/late.py": "",
    "shop/wiring.py": "from shop.infra import old\n",
    "shop/all_of_it.py": "from shop.wiring import *\n",
    "shop/deep.py": "from types import ModuleType\nimport shop.infra.old.db\n"
    "given = shop.infra.old\nagain = given  # as it was\ntyped: ModuleType = shop.infra.old\n",
}


def test_a_name_that_goes_through_what_another_module_imported() -> None:
    files = {**_MORE, "shop/user.py": "import shop.infra.old.db\nfrom shop.infra.old import fs\n"}
    patched = 'mock.patch("shop.user.shop.infra.old.db.make")\n'
    (found,) = hazards_of("name-through-another", {**files, "shop/app.py": patched})
    assert (found.line, found.fix) == (1, "shop.user.shop.infra.pg.setup.db.make")
    assert patched[found.start : found.end] == "shop.user.shop.infra.old.db.make"
    code = "import shop.wiring\nshop.wiring.old.db.make()\n"
    assert hazards_of("name-through-another", {**files, "shop/app.py": code}) == ()  # no text
    for right in ('"shop.user.fs.make"', '"shop.user.shop.infra.http.client"', '"shop.user.other"'):
        near = {**files, "shop/app.py": f"mock.patch({right})\n"}
        assert hazards_of("name-through-another", near) == ()
