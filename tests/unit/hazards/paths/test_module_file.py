"""Where `module-file` is found, and where not."""

from __future__ import annotations

from reorg_lib.hazards.find import find_hazards
from tests.unit.plan.surveys import plan_of, survey_of

_FILES = {
    "alembic.ini": "",
    "shop/__init__.py": "",
    "shop/infra/__init__.py": "",
    "shop/infra/old/__init__.py": "",
}


def test_where_another_module_lies() -> None:
    source = "shop/infra/old/sheet.py"
    files = {source: "", "shop/app.py": "from shop.infra.old import sheet\nx = sheet.__file__\n"}
    drawn = _FILES | files
    contents = {path: text.encode() for path, text in drawn.items()}
    plan = plan_of(f"{source} > shop/infra/sheet.py")
    (hazard,) = find_hazards(survey_of(drawn), plan, contents)
    assert (hazard.id, hazard.severity.value) == ("module-file:shop/app.py:2", "block")
    other = plan_of("shop/infra/old/__init__.py > shop/infra/new/__init__.py")
    assert [
        h for h in find_hazards(survey_of(drawn), other, contents) if h.kind == "module-file"
    ] == []
