"""Where `make lab` puts the notebooks, the plan and the results of each project."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from reorg_lib.plan.plan_file import load_plan
from reorg_lib.views.board.shipped import shipped_beside
from reorg_lib.workbench import PROJECT, Workbench
from scripts import lab
from scripts.demo import NOTEBOOKS
from scripts.lab import Project, copy_notebooks, open_project, page_notebook
from tests.conftest import git


def repository(root: Path) -> Path:
    (root / "shop").mkdir(parents=True)
    (root / "shop" / "__init__.py").write_text("")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "all")
    return root


Opens = Callable[..., Project]


@pytest.fixture
def opens(tmp_path: Path) -> Opens:
    return partial(open_project, lab=tmp_path / "lab", out=tmp_path / "outputs")


def test_each_project_has_its_own_notebooks_plan_and_results(tmp_path: Path, opens: Opens) -> None:
    one, two = repository(tmp_path / "a" / "shop"), repository(tmp_path / "b" / "shop")
    first = opens(str(one), None, None)
    assert (first.folder, first.out) == (tmp_path / "lab" / "shop", tmp_path / "outputs" / "shop")
    assert first.plan == first.folder / "plan.toml"
    second = opens(str(two), None, None)
    package = opens(str(two), "shop", None)
    folders = [project.folder.name for project in (first, second, package)]
    assert folders == ["shop", "shop-2", "shop-3"]
    assert opens(str(two), None, None) == second
    assert opens(str(one), None, str(tmp_path / "own.toml")).plan == (tmp_path / "own.toml")


def test_somebody_elses_folder_of_that_name_is_left_alone(tmp_path: Path, opens: Opens) -> None:
    (tmp_path / "lab" / "shop").mkdir(parents=True)
    (tmp_path / "lab" / "shop" / "mine.txt").write_text("mine")
    found = opens(str(repository(tmp_path / "shop")), None, None)
    assert found.folder == tmp_path / "lab" / "shop-2"


def test_the_example_opens_undecided_with_the_shipped_decisions_beside_it(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = opens()
    assert load_plan(example.plan).moves == ()
    shipped = load_plan(shipped_beside(example.plan))
    assert len(shipped.moves) > 40
    assert load_plan(example.plan).scope == shipped.scope
    kept = example.plan.read_bytes() + b"# decided\n"
    example.plan.write_bytes(kept)
    assert opens() == example
    assert example.plan.read_bytes() == kept
    monkeypatch.delenv("REORG_REPO", raising=False)
    monkeypatch.chdir(example.folder)
    bench = Workbench.from_environment()
    assert (bench.repository.root, bench.plan_path) == (example.repository, example.plan)
    assert json.loads((example.folder / PROJECT).read_text()) == example.variables


def test_copies_stay_until_the_original_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    originals, folder = tmp_path / "notebooks", tmp_path / "project"
    originals.mkdir()
    folder.mkdir()
    (originals / "one.ipynb").write_text("first")
    monkeypatch.setattr(lab, "NOTEBOOKS", originals)
    copy_notebooks(folder)
    (folder / "one.ipynb").write_text("worked on")
    copy_notebooks(folder)
    assert (folder / "one.ipynb").read_text() == "worked on"
    (originals / "one.ipynb").write_text("second")
    copy_notebooks(folder)
    assert (folder / "one.ipynb").read_text() == "second"
    assert (folder / "one.old.ipynb").read_text() == "worked on"
    assert (originals / "one.ipynb").read_text() == "second"


def test_the_page_links_to_no_notebook_that_it_does_not_serve(tmp_path: Path) -> None:
    assert ".ipynb)" in (NOTEBOOKS / "02_review.ipynb").read_text("utf-8")
    shown = page_notebook(tmp_path).read_text("utf-8")
    assert ".ipynb)" not in shown
    assert len(json.loads(shown)["cells"]) > 10
    assert "3 · The hand-over" in shown
    assert "cell again" not in shown
