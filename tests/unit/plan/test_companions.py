"""Files that go with a module, and the near misses that stay."""

from __future__ import annotations

import pytest

from reorg_lib.export.plan_text import plan_markdown
from reorg_lib.plan.companions import companions_by_step, with_companions
from reorg_lib.views.board.preview import tree_after
from reorg_lib.views.board.rows import detail_of
from tests.unit.hazards.drawn import drawn_shop

OLD, PG, OCI = "shop/infra/old", "shop/infra/pg", "shop/infra/oci"
TEST = "shop/infra/http/test_client.py > shop/infra/http/test_calls.py"
HTTP = "shop/infra/http"


def _followed(files: dict[str, str], *moves: str) -> dict[str, str]:
    survey, plan, _ = drawn_shop(files, moves)
    whole = with_companions(survey, plan)
    assert with_companions(survey, whole) == whole
    return {move.source: move.target for move in whole.moves[len(plan.moves) :]}


@pytest.mark.parametrize("ending", [".pyi", ".pxd", ".pyx"])
def test_a_stub_goes_with_its_module(ending: str) -> None:
    stub = {f"{OLD}/db{ending}": ""}
    moved = {f"{OLD}/db{ending}": f"{PG}/engine{ending}"}
    assert _followed(stub, f"{OLD}/db.py > {PG}/engine.py") == moved
    assert _followed(stub, f"{OLD}/fs.py > {PG}/fs.py") == {}
    own = f"{OLD}/db{ending} > {PG}/other{ending}"
    assert _followed(stub, f"{OLD}/db.py > {PG}/engine.py", own) == {}
    kept = f"! {OLD}/db{ending} > {PG}/engine{ending}"
    assert _followed(stub, f"{OLD}/db.py > {PG}/engine.py", kept) == {}


def test_the_stub_of_a_split_module_becomes_the_stub_of_the_package() -> None:
    init = f"{OLD}/db.py > {OLD}/db/__init__.py"
    assert _followed({f"{OLD}/db.pyi": ""}, init) == {f"{OLD}/db.pyi": f"{OLD}/db/__init__.pyi"}


def test_a_package_that_moves_as_a_whole_takes_its_data_along() -> None:
    files = {f"{OCI}/py.typed": "", f"{OCI}/sql/a.sql": "", f"{HTTP}/py.typed": ""}
    whole = (
        f"{OCI}/__init__.py > shop/infra/runner/__init__.py",
        f"{OCI}/di.py > shop/infra/runner/di.py",
    )
    runner = "shop/infra/runner"
    moved = {f"{OCI}/py.typed": f"{runner}/py.typed", f"{OCI}/sql/a.sql": f"{runner}/sql/a.sql"}
    assert _followed(files, *whole) == moved
    assert _followed(files, whole[1]) == moved  # its `__init__` is empty and goes by rule
    assert _followed({**files, f"{OCI}/late.py": ""}, *whole) == {}
    assert _followed({**files, f"{runner}/py.typed": ""}, *whole) == {
        f"{OCI}/sql/a.sql": f"{runner}/sql/a.sql"
    }
    assert _followed(files, f"{OCI}/di.py > {OCI}/inner/di.py") == {}


PAGES = [
    ("apidoc", "docs/shop.infra.old.db.rst", "docs/shop.infra.pg.db.rst"),
    ("autosummary", "docs/shop.infra.old.db.run.rst", "docs/shop.infra.pg.db.run.rst"),
    ("of another module", "docs/shop.infra.old.rst", None),
    ("another ending", "docs/shop.infra.old.db.png", None),
    ("another word", "docs/db.rst", None),
]


@pytest.mark.parametrize(("page", "target"), [c[1:] for c in PAGES], ids=[c[0] for c in PAGES])
def test_a_page_is_called_as_its_module(page: str, target: str | None) -> None:
    files = {page: ".. automodule:: shop.infra.old.db\n"}
    moved = _followed(files, f"{OLD}/db.py > {PG}/db.py")
    assert moved == ({page: target} if target else {})
    assert _followed({page: "nothing of it\n"}, f"{OLD}/db.py > {PG}/db.py") == {}


RECORDED = [
    ("syrupy", "__snapshots__/test_client.ambr", "__snapshots__/test_calls.ambr"),
    ("syrupy files", "__snapshots__/test_client/a.json", "__snapshots__/test_calls/a.json"),
    ("vcr", "cassettes/test_client/get.yaml", "cassettes/test_calls/get.yaml"),
    ("datadir", "test_client/a.json", "test_calls/a.json"),
    ("approvals", "test_client.test_a.approved.txt", "test_calls.test_a.approved.txt"),
    ("another test", "__snapshots__/test_client_b.ambr", None),
    ("another folder", "golden/test_client.txt", None),
]


@pytest.mark.parametrize(
    ("record", "target"), [c[1:] for c in RECORDED], ids=[c[0] for c in RECORDED]
)
def test_what_a_tool_finds_by_the_name_of_a_test(record: str, target: str | None) -> None:
    files = {f"{HTTP}/test_client.py": "", f"{HTTP}/{record}": ""}
    moved = {f"{HTTP}/{record}": f"{HTTP}/{target}"} if target else {}
    assert _followed(files, TEST) == moved


OWN_NAME = [
    ("suffix", 'SQL = Path(__file__).with_suffix(".sql")', "db.sql", "engine.sql"),
    (
        "stem",
        'S = Path(__file__).parent / "snaps" / (Path(__file__).stem + ".txt")',
        "snaps/db.txt",
        "snaps/engine.txt",
    ),
    ("its folder only", "S = Path(__file__).parent", "db.sql", None),
    ("far away", "S = Path(__file__).parents[3] / Path(__file__).stem", "db.sql", None),
    ("another name", 'SQL = Path(__file__).with_suffix(".sql")', "dbs.sql", None),
]


@pytest.mark.parametrize(
    ("code", "path", "target"), [c[1:] for c in OWN_NAME], ids=[c[0] for c in OWN_NAME]
)
def test_what_a_module_finds_by_its_own_name(code: str, path: str, target: str | None) -> None:
    files = {f"{OLD}/db.py": code + "\n", f"{OLD}/{path}": ""}
    moved = {f"{OLD}/{path}": f"{PG}/{target}"} if target else {}
    assert _followed(files, f"{OLD}/db.py > {PG}/engine.py") == moved


def test_each_file_is_shown_with_the_step_that_it_follows() -> None:
    page = "docs/shop.infra.old.db.rst"
    files = {f"{OLD}/db.pyi": "", page: "", f"{OCI}/py.typed": ""}
    survey, plan, _ = drawn_shop(
        files,
        (
            f"{OLD}/db.py > {PG}/engine.py",
            f"{OCI}/__init__.py > shop/infra/runner/__init__.py",
            f"{OCI}/di.py > shop/infra/runner/di.py",
            f"! {OLD}/fs.py > {PG}/fs.py",
        ),
    )
    along = companions_by_step(survey, plan)
    assert along[f"{OCI}/__init__.py"] == (f"{OCI}/py.typed",)
    assert f"{OLD}/db.pyi" in along[f"{OLD}/db.py"] and f"{OLD}/fs.py" not in along
    assert page not in along[f"{OLD}/db.py"]  # nothing in it names the module
    text = plan_markdown(plan, (), (), along)
    assert f"; with it: `{OLD}/db.pyi` |" in text and f"; with it: `{OCI}/py.typed` |" in text
    detail = detail_of(survey, plan, f"{OLD}/db.py", tree := tree_after(survey, plan))
    assert ["with it", "old/db.pyi"] in detail["facts"]
    assert f"{PG}/engine.pyi" in {line.path for line in tree}
    rejected = detail_of(survey, plan, f"{OLD}/fs.py", tree)
    assert "with it" not in {name for name, _ in rejected["facts"]}
