"""A top-level name that a file beside the importer and the source root share, when accepted."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from reorg_lib.export.deliver import deliver
from reorg_lib.git import open_repository
from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import Decision, HazardSettlement, Move, Plan, Scope, Settlement
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository

IMPORTS = {
    "plain": "import kit\nassert kit.f() == 2\n",
    "from": "from kit import f\nassert f() == 2\n",
    "as": "import kit as k\nassert k.f() == 2\n",
}


@pytest.mark.parametrize("root", ["src", "."])
@pytest.mark.parametrize("code", IMPORTS.values(), ids=IMPORTS)
def test_an_accepted_import_means_the_file_beside_it(
    root: str, code: str, make_repository: MakeRepository, tmp_path: Path
) -> None:
    at = "" if root == "." else f"{root}/"
    files = {
        f"{at}kit.py": "def f(): return 1\n",
        f"{at}shop/__init__.py": "",
        f"{at}shop/late.py": "",
        f"{at}shop/user.py": "import kit\nX = kit.f()\n",
        "tests/kit.py": "def f(): return 2\n",
        "tests/test_a.py": f"{code}from shop import late\n",
    }
    checkout = make_repository(files)
    repository = open_repository(checkout)
    survey = take_survey(repository, "shop")
    moves = {f"{at}kit.py": f"{at}shop/kit.py", f"{at}shop/late.py": f"{at}shop/sub/late.py"}
    approved = tuple(Move(old, new, Decision.APPROVED) for old, new in moves.items())
    plan = Plan(Scope("shop", root, survey.commit), approved)
    found = find_hazards(survey, plan, repository.contents_by_path(survey.files))
    assert [hazard.id for hazard in found] == ["shared-name:tests/test_a.py:1"]
    plan = replace(plan, hazards=(HazardSettlement(found[0].id, Settlement.ACCEPT, "its own"),))
    out = deliver(repository, survey, plan, tmp_path / "out", witness=False).folder
    script = ["bash", str(out / "reorganize.sh"), "--apply"]
    subprocess.run(script, cwd=checkout, check=True, capture_output=True)
    said = {
        path: (checkout / path).read_text() for path in ("tests/test_a.py", f"{at}shop/user.py")
    }
    assert said["tests/test_a.py"] == f"{code}from shop.sub import late\n"
    assert "shop" in said[f"{at}shop/user.py"]
