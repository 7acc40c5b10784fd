"""The pull request's text: it is about the plan at hand, and no name or reason is markup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reorg_lib.export.deliver import deliver, planned_changes
from reorg_lib.export.pull_request import pull_request_markdown
from reorg_lib.git import open_repository
from reorg_lib.model import (
    Certificate,
    Decision,
    Move,
    Plan,
    ProofPoint,
    Scope,
    Split,
    Step,
    Survey,
)
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository

FILES = {
    "shop/__init__.py": "",
    "shop/infra/__init__.py": "",
    "shop/infra/data/__init__.py": "",
    "shop/infra/data/store.py": "import sqlalchemy\n\n\nclass Store:\n    pass\n",
    "shop/infra/data/tables.py": "A = 1\nB = 2\n",
}
CERTIFICATE = Certificate("0" * 40, "1" * 40, 1, 0, 1, 1, (ProofPoint(1, "It is so", 3, "files"),))


def page(make_repository: MakeRepository, plan: Plan, files: dict[str, str] = FILES) -> str:
    repository = open_repository(make_repository(files))
    survey = take_survey(repository, "shop.infra")
    plan = replace(plan, scope=replace(plan.scope, commit=repository.commit))
    changeset = planned_changes(repository, survey, plan)
    return pull_request_markdown(survey, plan, changeset, CERTIFICATE)


def plan_of(*steps: Step, **more: object) -> Plan:
    return replace(Plan(Scope("shop.infra", ".", "0" * 40), steps), **more)  # type: ignore[arg-type]


STORE = Move(
    "shop/infra/data/store.py", "shop/infra/postgres/store.py", Decision.APPROVED, "it | is @all #1"
)


def test_the_page_describes_the_approved_steps(make_repository: MakeRepository) -> None:
    rejected = Move("shop/infra/data/tables.py", "shop/infra/other/tables.py", Decision.REJECTED)
    text = page(make_repository, plan_of(STORE, rejected))
    assert text.startswith("# Give the modules of `shop.infra` their new places\n")
    assert "Files: moved 1, rewritten 0, new 1, deleted 1." in text
    assert "| `postgres/` | `data/` | `store.py` |" in text
    assert "other/" not in text and "split" not in text
    assert "- It is so: 3 files" in text
    assert "There is one commit: the moves and rewrites." in text
    assert "git log --follow shop/infra/postgres/store.py" in text
    assert "bash update-branch.sh" in text


def test_changes_that_are_not_mechanical_have_a_section(make_repository: MakeRepository) -> None:
    split = Split(
        "shop/infra/data/tables.py",
        "shop/infra/data/tables",
        Decision.APPROVED,
        "two things",
        parts=(("a.py", ("A",)), ("b.py", ("B",))),
    )
    scope = Scope("shop.infra", ".", "0" * 40, ("ruff format .",))
    text = page(make_repository, plan_of(STORE, split, scope=scope))
    _, _, apart = text.partition("## What is not mechanical")
    becomes = "`shop/infra/data/tables.py` becomes `shop/infra/data/tables/` with `a.py`, `b.py`"
    assert f"- split: {becomes}. two things\n" in apart
    assert "`ruff format .`; this is not proved" in apart
    assert (
        "There are 3 commits: the moves and rewrites; the splits; the result of the formatter"
        in apart
    )
    assert "move its change to the part manually" in apart


def test_only_findings_that_the_plan_affects_are_listed(make_repository: MakeRepository) -> None:
    files = {**FILES, "shop/infra/empty/__init__.py": ""}
    assert "empty/" not in page(make_repository, plan_of(STORE), files).partition("## The pri")[0]


@pytest.mark.parametrize("name", ["a`b.txt", "a|b.txt", "a``b`.txt", "<b>.txt", "@all"])
def test_no_file_name_is_markup(name: str, make_repository: MakeRepository) -> None:
    files = {**FILES, f"shop/infra/data/{name}": "x = 1\n"}
    move = Move(f"shop/infra/data/{name}", f"shop/infra/x/{name}", Decision.APPROVED)
    text = page(make_repository, plan_of(move), files)
    (row,) = [line for line in text.splitlines() if line.startswith("| `x/`")]
    assert row.replace("\\|", "").count("|") == 4
    cell = row.split(" | ", 2)[2].removesuffix(" |")
    fence = cell[: len(cell) - len(cell.lstrip("`"))]
    assert (
        fence and cell.endswith(fence) and fence not in cell[len(fence) : -len(fence)].strip("` ")
    )


def test_prose_is_not_markup_either(make_repository: MakeRepository) -> None:
    deletion = replace(STORE, reason="")
    split = Split(
        "shop/infra/data/tables.py", "shop/infra/data/tables", parts=(("a.py", ("A", "B")),)
    )
    split = replace(split, decision=Decision.APPROVED, reason="see @all #1 <b> `x`\n\n# head")
    text = page(make_repository, plan_of(deletion, split))
    assert r"see &#64;all \#1 \<b\> \`x\` \# head" in text


def test_export_leaves_it_and_a_failed_proof_does_not(
    make_repository: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = open_repository(make_repository(FILES))
    survey: Survey = take_survey(repository, "shop.infra")
    plan = plan_of(STORE, scope=Scope("shop.infra", ".", repository.commit))
    deliver(repository, survey, plan, tmp_path / "out", witness=False)
    text = (tmp_path / "out" / "pull-request.md").read_text()
    assert "The script does exactly what was predicted" in text
    failing = (ProofPoint(1, "It is so", 1, "file", ("it is not",)),)
    monkeypatch.setattr("reorg_lib.export.deliver.prove", lambda *_, **__: failing)
    with pytest.raises(Exception, match="the proof fails"):
        deliver(repository, survey, plan, tmp_path / "out", witness=False)
    assert not (tmp_path / "out" / "pull-request.md").exists()


def test_packages_that_change_are_drawn_before_and_after(make_repository: MakeRepository) -> None:
    files = {
        **FILES,
        "shop/infra/web/__init__.py": "",
        "shop/infra/web/api.py": "from shop.infra.data.store import Store\n\nUSED = Store\n",
    }
    moves = tuple(
        Move(f"shop/infra/{old}.py", f"shop/infra/{new}.py", Decision.APPROVED)
        for old, new in (("data/store", "postgres/store"), ("web/api", "postgres/api"))
    )
    text = page(make_repository, plan_of(*moves), files)
    before, after = text.split("```mermaid\n")[1:]
    assert before.partition("```")[0] == (
        'graph LR\n  p0["data/ (3)"]\n  p1["web/ (2)"]\n  p1 -->|1| p0\n'
    )
    assert '["postgres/ (2)"]' in after
    assert "-->" not in after.partition("```")[0]


def test_where_no_package_changes_nothing_is_drawn(make_repository: MakeRepository) -> None:
    renamed = Move("shop/infra/data/store.py", "shop/infra/data/db/store.py", Decision.APPROVED)
    assert "```mermaid" not in page(make_repository, plan_of(renamed))
