"""The façade of the notebooks: the whole road on a small repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reorg_lib.errors import NotARepository, PlanError, ReorgError
from reorg_lib.model import Decision, Settlement
from reorg_lib.workbench import Workbench
from tests.conftest import MakeRepository, git

FOLDER = "shop/infrastructure"
SHOP = {
    "shop/__init__.py": "",
    "shop/domain/__init__.py": "",
    "shop/domain/order/__init__.py": "class Order: ...\n",
    "shop/infrastructure/__init__.py": "",
    "shop/infrastructure/order/__init__.py": "",
    "shop/infrastructure/order/orders.py": (
        "import sqlalchemy\nfrom pathlib import Path\n"
        "from shop.domain.order import Order\n\n"
        "ROOT = Path(__file__).parent.parent.parent.parent\nORDERS = (sqlalchemy, Order)\n"
    ),
    "shop/main.py": "from shop.infrastructure.order.orders import ORDERS\n\nprint(ORDERS)\n",
}
ORDERS = f"{FOLDER}/order/orders.py"
TARGET = f"{FOLDER}/postgres/repository/orders.py"
PLAN = f"""\
schema = 1
[scope]
package = "shop.infrastructure"
source_root = "."
commit = "COMMIT"

[[move]]
source = "{ORDERS}"
target = "{TARGET}"
"""


@pytest.fixture
def root(make_repository: MakeRepository) -> Path:
    return make_repository(SHOP)


@pytest.fixture
def bench(root: Path, tmp_path: Path) -> Workbench:
    """A bench whose plan has one pending move."""
    text = PLAN.replace("COMMIT", git(root, "rev-parse", "HEAD").strip())
    (tmp_path / "plan.toml").write_text(text)
    return Workbench.open(root, None, tmp_path / "plan.toml", tmp_path / "out")


def test_it_says_what_it_is_about_without_a_path_of_the_machine(bench: Workbench) -> None:
    assert repr(bench) == (
        f"repository at commit {bench.repository.commit[:12]}, decisions in plan.toml"
    )


def test_the_package_of_the_plan_is_surveyed_once(bench: Workbench) -> None:
    assert bench.survey.package == "shop.infrastructure"
    assert bench.survey is bench.survey


def test_propose_writes_the_plan_and_keeps_decisions(root: Path, tmp_path: Path) -> None:
    bench = Workbench.open(root, "shop.infrastructure", tmp_path / "plan.toml")
    proposed = bench.propose()
    assert bench.plan == proposed
    assert proposed.moves
    bench.decide(proposed.moves[0].source, "rejected", note="not now")
    assert bench.propose().moves[0].decision is Decision.REJECTED
    assert bench.plan.moves[0].note == "not now"


def test_the_plan_is_what_the_file_says_now(bench: Workbench) -> None:
    bench.plan_path.write_text(bench.plan_path.read_text().replace("orders.py", "order.py"))
    assert bench.plan.moves[0].target.endswith("order.py")


def test_the_road_to_the_script(bench: Workbench, root: Path) -> None:
    with pytest.raises(ReorgError, match="nothing was exported yet"):
        bench.script()
    assert bench.approve() == 1
    blocking = [hazard for hazard in bench._hazards() if hazard.severity == "block"]
    assert [hazard.path for hazard in blocking] == [ORDERS]
    bench.settle(blocking[0].id, "fix")
    assert bench.plan.hazards[0].resolution is Settlement.FIX
    words: list[str] = []
    done = bench.export(progress=words.append)
    assert sorted(path.name for path in bench.out.iterdir()) == [
        *("after.svg", "before.svg", "certificate.json", "certificate.md"),
        *(
            "hazards.json",
            "modules.csv",
            "plan.md",
            "pull-request.md",
            "reorganize.sh",
            "review.html",
        ),
    ]
    assert words[-1] == "drawing before and after"
    assert bench.script().text == done.script
    assert bench.certificate()["holds"].all()
    assert git(root, "status", "--porcelain") == ""


def test_an_export_that_fails_takes_the_last_one_back(bench: Workbench) -> None:
    bench.approve()
    bench.settle(bench._hazards()[0].id, "accept", "nobody uses it")
    bench.export()
    bench.decide(ORDERS, target="shop/infrastructure/class/orders.py")
    with pytest.raises(PlanError):
        bench.export()
    with pytest.raises(ReorgError, match="nothing was exported yet"):
        bench.certificate()


def test_the_views_show_something(bench: Workbench) -> None:
    modules = bench.tables.modules
    assert list(modules["module"]) == [".", "order", "order.orders"]
    assert not bench.tables.imports.empty
    assert bench.tables.problems.empty
    assert list(bench.decisions()["to"]) == ["postgres/repository/orders.py"]
    assert "<table" in bench.tables.matrix.to_html()
    assert "technology scattered" not in bench.tables.findings.to_string()
    assert ">order/<" in bench.graph().svg
    assert ">repository/<" in bench.graph("after").svg
    assert bench.board().counts["pending"] == 1
    assert bench.board() is bench.board()
    assert list(bench.hazards().columns)[:2] == ["severity", "kind"]


def test_the_witness_agrees(bench: Workbench) -> None:
    assert set(bench.agreement()["seen_by"]) <= {"both", "pydeps, as a package on the way"}
    assert repr(bench.witness()) == "import graph of shop.infrastructure, before, by pydeps"


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda bench: bench.graph("later"), "'later'"),
        (lambda bench: bench.decide(ORDERS, "maybe"), "'maybe' is not one of pending"),
        (lambda bench: bench.decide("x.py", "approved"), "no step of the plan is about x.py"),
        (lambda bench: bench.settle("h", "ignore"), "'ignore' is not one of fix"),
        (lambda bench: bench.settle("h", "accept"), "without a note"),
        (lambda bench: bench.approve("nothing*"), "matches no source"),
    ],
)
def test_what_cannot_be_done_is_told(bench: Workbench, act: object, message: str) -> None:
    assert callable(act)
    before = bench.plan_path.read_bytes()
    with pytest.raises(ReorgError, match=message.replace("*", r"\*")):
        act(bench)
    assert bench.plan_path.read_bytes() == before


def test_without_a_plan_the_message_says_what_to_do(root: Path, tmp_path: Path) -> None:
    bench = Workbench.open(root, "shop.infrastructure", tmp_path / "none.toml")
    with pytest.raises(PlanError, match="propose"):
        bench.decisions()


def test_the_environment_says_where(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REORG_REPO", str(bench.repository.root))
    monkeypatch.setenv("REORG_PACKAGE", "shop.infrastructure")
    monkeypatch.setenv("REORG_PLAN", str(bench.plan_path))
    monkeypatch.setenv("REORG_OUT", str(tmp_path / "elsewhere"))
    told = Workbench.from_environment()
    assert (told.repository, told.plan_path) == (bench.repository, bench.plan_path)
    assert told.out == tmp_path / "elsewhere"


def test_without_an_environment_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("REORG_REPO", "REORG_PACKAGE", "REORG_PLAN", "REORG_OUT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotARepository, match=r"lab/archive is not a folder"):
        Workbench.from_environment()


def test_pandas_and_widgets_are_loaded_by_the_views_only() -> None:
    loaded = "import reorg_lib.workbench, sys; print({'pandas', 'ipywidgets'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
