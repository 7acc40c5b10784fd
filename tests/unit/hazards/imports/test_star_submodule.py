"""Where `star-submodule` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import OLD, hazards_of

_MORE = {
    f"{OLD}/late.py": "",
    "shop/wiring.py": "from shop.infra import old\n",
    "shop/all_of_it.py": "from shop.wiring import *\n",
    "shop/deep.py": "from types import ModuleType\nimport shop.infra.old.db\n"
    "given = shop.infra.old\nagain = given  # as it was\ntyped: ModuleType = shop.infra.old\n",
}


def test_a_module_that_comes_by_a_star_import() -> None:
    star = "from shop.infra.old import *\n\ndb.make()\n"
    (found,) = hazards_of("star-submodule", {**_MORE, "shop/app.py": star})
    assert (found.line, found.severity.value) == (3, "block")
    own = star.replace("\n\n", "\nfrom elsewhere import db\n")
    assert hazards_of("star-submodule", {**_MORE, "shop/app.py": own}) == ()
    listed = {**_MORE, f"{OLD}/__init__.py": "__all__ = ['LIMIT']\n", "shop/app.py": star}
    assert hazards_of("star-submodule", listed) == ()
