"""The notebooks: their rules, their pairing, and that they run from top to bottom."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reorg_lib.git import open_repository
from reorg_lib.model import Decision
from reorg_lib.views.notebook.execute import run_notebooks
from reorg_lib.workbench import Workbench
from scripts.demo import prepare_example
from scripts.lab import lab_settings, page_template

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
NAMES = ("01_survey", "02_review", "03_export")


def notebook(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def code(name: str) -> list[str]:
    cells = notebook(NOTEBOOKS / f"{name}.ipynb")["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def test_these_are_all() -> None:
    assert sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")) == list(NAMES)
    assert sorted(path.stem for path in NOTEBOOKS.glob("*.py")) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_cells_are_short_and_define_nothing(name: str) -> None:
    for cell in code(name):
        assert len(cell.splitlines()) <= 10, cell
        kinds = {type(node) for node in ast.walk(ast.parse(cell))}
        assert not kinds & {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef}, cell


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_code_is_introduced_in_words(name: str) -> None:
    kinds = [cell["cell_type"] for cell in notebook(NOTEBOOKS / f"{name}.ipynb")["cells"]]
    assert kinds[0] == kinds[-1] == "markdown"
    assert kinds.count("markdown") >= kinds.count("code") - 1


@pytest.mark.parametrize("name", NAMES)
def test_committed_notebooks_carry_no_outputs(name: str) -> None:
    for cell in notebook(NOTEBOOKS / f"{name}.ipynb")["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("name", NAMES)
def test_the_pair_is_in_step(name: str, tmp_path: Path) -> None:
    for suffix in (".py", ".ipynb"):
        shutil.copy(NOTEBOOKS / f"{name}{suffix}", tmp_path)
    subprocess.run(
        [sys.executable, "-m", "jupytext", "--quiet", "--to", "ipynb", "--update", f"{name}.py"],
        cwd=tmp_path,
        check=True,
    )
    there = (tmp_path / f"{name}.ipynb").read_text(encoding="utf-8")
    assert there == (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8")


def test_lab_and_voila_are_kept_off_the_net(tmp_path: Path) -> None:
    settings = Path(lab_settings(tmp_path).split(os.pathsep)[0]) / "labconfig"
    said = json.loads((settings / "default_setting_overrides.json").read_text(encoding="utf-8"))
    assert said["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    template = Path(page_template(tmp_path).split(os.pathsep)[0]) / "voila" / "templates" / "review"
    ours = (template / "index.html.j2").read_text(encoding="utf-8")
    theirs = Path(sys.prefix, "share/jupyter/voila/templates/lab/index.html.j2").read_text("utf-8")
    fetched = set(re.findall(r'href="(https?://[^"]*/)[^"/]*"', theirs))
    assert fetched, "Voila fetches nothing any more: the template is not needed"
    assert all(address in ours for address in fetched)


@pytest.mark.nightly
def test_they_run_without_a_click_and_give_the_same_bytes_again(tmp_path: Path) -> None:
    """In `make test` it is test_demo.py that runs all three and looks at every byte."""
    outs = []
    for n in (1, 2):
        example = prepare_example(tmp_path / f"work{n}")
        out = tmp_path / f"out{n}"
        run_notebooks(NOTEBOOKS, example.repository, "archive.infrastructure", example.plan, out)
        outs.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
    assert outs[0].keys() >= {f"{name}.ipynb" for name in NAMES} | {"reorganize.sh", "after.svg"}
    assert [name for name in outs[0] if outs[0][name] != outs[1][name]] == []
    for name in NAMES:
        executed = outs[0][f"{name}.ipynb"].decode()
        assert str(tmp_path) not in executed
        assert str(NOTEBOOKS.parent) not in executed
        assert '"output_type": "error"' not in executed


def test_a_review_on_a_repository_without_a_plan_starts_from_the_proposal(tmp_path: Path) -> None:
    example = prepare_example(tmp_path / "work")
    review = tmp_path / "notebooks"
    review.mkdir()
    shutil.copy(NOTEBOOKS / "02_review.ipynb", review)
    plan, out = tmp_path / "new.toml", tmp_path / "out"
    run_notebooks(review, example.repository, "archive.infrastructure", plan, out)
    bench = Workbench.open(example.repository, plan=plan)
    assert {move.decision for move in bench.plan.moves} == {Decision.PENDING}
    assert bench.plan.scope.commit == open_repository(example.repository).commit
    still = (out / "02_review.ipynb").read_text(encoding="utf-8")
    assert "application/vnd.jupyter.widget" not in still, "no dead widget is kept"
    assert '"text/html"' in still
    assert '"image/svg+xml"' in still
