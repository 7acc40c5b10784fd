"""What the kinds of hazards read."""

from __future__ import annotations

import pytest

from reorg_lib.hazards.reading.composed_text_files import files_with_composed_names
from reorg_lib.hazards.reading.context import hazard_context
from tests.unit.hazards.drawn import drawn_shop


@pytest.mark.parametrize(
    "code",
    [
        'f"sh{op}.infra.old.{name}"\nop = "op"',
        '"sho" + "p.infra.old." + name',
        '"\\x73hop.infra.old." + name',
        '__package__.partition(".")[0] + ".infra.old." + name',
        '(P := "shop.infra.old") + name',
    ],
)
def test_a_file_in_which_a_name_can_begin_is_looked_at(code: str) -> None:
    context = hazard_context(*drawn_shop({"shop/app.py": f"x = {code}\n"}))
    assert "shop/app.py" in [code.path for code in files_with_composed_names(context)]


@pytest.mark.parametrize(
    "code", ["log = getLogger(__name__)", 'if __name__ == "__main__":\n    run()', "import shop"]
)
def test_a_file_in_which_no_name_can_begin_is_spared(code: str) -> None:
    context = hazard_context(*drawn_shop({"shop/app.py": f"{code}\n"}))
    assert [code.path for code in files_with_composed_names(context)] == []
