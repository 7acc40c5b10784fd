"""Where `lost-registration` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import MOVES, OLD, PG, hazards_of, told

REGISTERED = [
    ("decorator", "from shop.show import show\n\n@show.register\ndef _(x: int): ...\n", True),
    ("with a type", "from shop.show import show\n\n@show.register(int)\ndef _(x): ...\n", True),
    ("call", "import codecs\n\ncodecs.register(print)\n", True),
    ("own decorator", "from shop.show import register\n\n@register\ndef f(): ...\n", True),
    ("own call", "from shop.show import table\n\ntable.add(1)  # register\n", True),
    ("base", "from shop.show import Format\n\nclass A(int, Format): ...  # register\n", True),
    ("other base", "from shop.app import Format\n\nclass A(Format): ...\n", False),
    ("library", "import functools\n\n@functools.cache\ndef f(): ...\n", False),
    ("kept", "from shop.show import table\n\nx = table.add(1)\n", False),
    ("later", "def f():\n    codecs.register(print)\n", False),
    ("nothing", "def register(x): ...\n", False),
]


@pytest.mark.parametrize(
    ("code", "is_found"), [c[1:] for c in REGISTERED], ids=[c[0] for c in REGISTERED]
)
def test_what_registers_on_the_way_to_a_module_that_leaves(code: str, is_found: bool) -> None:
    files = {f"{OLD}/late.py": code, f"{OLD}/__init__.py": "from . import late\n"}
    files["shop/show.py"] = "class Format:\n    def __init_subclass__(cls): ...\n"
    used = tuple(f"shop.app > shop.infra.old.{name}" for name in ("db", "fs", "tables"))
    edges = ("shop.infra.old > shop.infra.old.late", *used)
    found = hazards_of("lost-registration", files, edges=edges)
    line = code[: max(code.rfind("register"), 0)].count("\n") + 1
    assert told(found) == ([(f"{OLD}/late.py:{line}", "block", None)] if is_found else [])
    if is_found:
        assert "shop.app" in found[0].why
    still = (*edges, "shop.app > shop.infra.old.late")
    assert hazards_of("lost-registration", files, edges=still) == ()
    along = (*MOVES, f"{OLD}/__init__.py > {PG}/__init__.py", f"{OLD}/late.py > {PG}/late.py")
    assert hazards_of("lost-registration", files, along, edges=edges) == ()
