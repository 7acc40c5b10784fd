"""pydeps beside plans that leave the package: it is heard where it can be, and blocks nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reorg_lib.export.deliver import deliver
from reorg_lib.git import open_repository
from reorg_lib.model import Decision, Move, Plan, ProofPoint, Scope
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository

FILES = {
    "shop/__init__.py": "",
    "shop/base/__init__.py": "",
    "shop/base/x.py": "from shop.base.y import Y\n",
    "shop/base/y.py": "Y = 1\n",
    "shop/main.py": "from shop.base import x\nfrom lib.z import Z\n",
    "lib/__init__.py": "",
    "lib/z.py": "Z = 1\n",
}
SOME = {"shop/base/x.py": "lib/x.py"}
OUT_OF_IT = {
    "shop/base/__init__.py": "lib/base/__init__.py",
    "shop/base/x.py": "lib/base/x.py",
    "shop/base/y.py": "lib/base/y.py",
}
WHOLE = {path: path.replace("shop/", "store/") for path in FILES if path.startswith("shop/")}
INTO = {"lib/z.py": "shop/base/z.py"}
# the last figure counts imports, those of the packages on the way included
PLANS = [
    ("a module goes to another package", "shop.base", SOME, 2),
    ("a module comes from another package", "shop", INTO, 7),
    ("the package empties", "shop.base", OUT_OF_IT, 2),
    ("the package is renamed", "shop", WHOLE, 6),
]


@pytest.mark.parametrize(("_", "package", "moves", "count"), PLANS, ids=[row[0] for row in PLANS])
def test_pydeps_sees_modules_that_leave_the_package(
    _: str,
    package: str,
    moves: dict[str, str],
    count: int,
    make_repository: MakeRepository,
    tmp_path: Path,
) -> None:
    point = _point_8(make_repository(FILES), package, moves, tmp_path)
    assert (point.failures, point.not_checked) == ((), "")
    assert point.count == count


def test_a_package_that_pydeps_cannot_see_is_reported_as_not_checked(
    make_repository: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REORG_CACHE", "off")
    monkeypatch.setattr("reorg_lib.proof.tools.pydeps_graph._SECONDS", 0.001)
    point = _point_8(make_repository(FILES), "shop", {"shop/base/x.py": "shop/x.py"}, tmp_path)
    assert "stopped after" in point.not_checked
    record = json.loads((tmp_path / "out/certificate.json").read_text("utf-8"))
    assert record["holds"] is True
    assert record["points"][-1]["not_checked"] == point.not_checked
    text = (tmp_path / "out/certificate.md").read_text("utf-8")
    assert "Every point holds; point 8 was not checked." in text
    assert "| - 8 | pydeps" in text
    assert "not checked, because pydeps failed" in (tmp_path / "out/pull-request.md").read_text()


def _point_8(root: Path, package: str, moves: dict[str, str], folder: Path) -> ProofPoint:
    repository = open_repository(root)
    steps = tuple(Move(old, new, Decision.APPROVED, "why") for old, new in sorted(moves.items()))
    plan = Plan(Scope(package, ".", repository.commit), steps)
    survey = take_survey(repository, package)
    made = deliver(repository, survey, plan, folder / "out")
    return made.certificate.points[-1]
