"""Executed notebooks: what stays in them, and what must not."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from reorg_lib.errors import ToolError
from reorg_lib.views.notebook.execute import repeatable_text, run_notebooks


def write(path: Path, *cells: str) -> None:
    code = [new_code_cell(cell, id=f"c{n}") for n, cell in enumerate(cells)]  # type: ignore[no-untyped-call]
    nbformat.write(new_notebook(cells=code), path)  # type: ignore[no-untyped-call]


def test_what_is_random_or_of_the_clock_does_not_stay(tmp_path: Path) -> None:
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    write(
        notebooks / "01_a.ipynb",
        "import os, uuid\nos.environ['REORG_PACKAGE']",
        "import ipywidgets\nipywidgets.HBox([ipywidgets.Button(description='go')])",
        "[uuid.uuid4(), uuid.uuid4().hex, object()]",
    )
    texts = []
    for n in (1, 2):
        out = tmp_path / f"out{n}"
        run_notebooks(notebooks, tmp_path, "a.b", tmp_path / "plan.toml", out)
        texts.append((out / "01_a.ipynb").read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    assert "'a.b'" in texts[0]
    assert "widget-state" in texts[0]
    assert str(tmp_path) not in texts[0]
    for banned in ("execution_started", "iopub", "language_info", " at 0x"):
        assert banned not in texts[0]


def test_notebooks_that_write_the_plan_run_in_the_order_of_their_names(tmp_path: Path) -> None:
    make = "open('made', 'w').close()  # bench.propose()"
    write(tmp_path / "01_a.ipynb", "import time; time.sleep(1)", make)
    write(tmp_path / "02_b.ipynb", "open('made').read()  # bench.export()")
    told: list[str] = []
    run_notebooks(
        tmp_path, tmp_path, "a.b", tmp_path / "plan.toml", tmp_path / "out", progress=told.append
    )
    assert [words.partition(":")[0] for words in told] == [
        "01_a, cell 1 of 2",
        "01_a, cell 2 of 2",
        "02_b, cell 1 of 1",
    ]


def test_notebooks_that_only_look_run_beside_one_another(tmp_path: Path) -> None:
    wait = (
        "import os, time\nend = time.monotonic() + 60\n"
        "while not os.path.exists({!r}):\n assert time.monotonic() < end\n time.sleep(0.05)"
    )
    write(tmp_path / "01_a.ipynb", "open('a', 'w').close()", wait.format("b"))
    write(tmp_path / "02_b.ipynb", "open('b', 'w').close()", wait.format("a"))
    out = tmp_path / "out"
    assert len(run_notebooks(tmp_path, tmp_path, "a.b", tmp_path / "plan.toml", out)) == 2


def test_a_failing_cell_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path / "01_a.ipynb", "raise ValueError('the third row')")
    with pytest.raises(ToolError, match=r"01_a\.ipynb stopped: ValueError: the third row"):
        run_notebooks(tmp_path, tmp_path, "a.b", tmp_path / "plan.toml", tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_widgets_are_numbered_in_the_order_of_their_making() -> None:
    first, second = "f" * 31 + "1", "a" * 31 + "2"
    state = {"state": {first: {"x": f"IPY_MODEL_{second}"}, second: {}}}
    notebook = new_notebook(metadata={"widgets": {WIDGETS: state}})  # type: ignore[no-untyped-call]
    text = repeatable_text(notebook)
    again = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    states = again.metadata["widgets"][WIDGETS]["state"]
    assert states == {"0" * 32: {"x": "IPY_MODEL_" + "0" * 31 + "1"}, "0" * 31 + "1": {}}


def test_a_widget_that_has_a_picture_is_kept_as_the_picture_only() -> None:
    view = "application/vnd.jupyter.widget-view+json"
    dead = {view: {"model_id": "a"}, "text/html": "<p>rows</p>"}
    output = new_output("display_data", dead)  # type: ignore[no-untyped-call]
    cell = new_code_cell("board", id="c", outputs=[output])  # type: ignore[no-untyped-call]
    metadata: dict[str, object] = {"widgets": {WIDGETS: {"state": {"a": {}}}}}
    text = repeatable_text(new_notebook(cells=[cell], metadata=metadata))  # type: ignore[no-untyped-call]
    assert "<p>rows</p>" in text
    assert "widget" not in text


def test_a_link_that_holds_a_file_keeps_its_name_only() -> None:
    link = '<a download="a.sh" href="data:application/octet-stream;base64,QUJD">a.sh</a>'
    output = new_output("display_data", {"text/html": link})  # type: ignore[no-untyped-call]
    cell = new_code_cell("links", id="c", outputs=[output])  # type: ignore[no-untyped-call]
    text = repeatable_text(new_notebook(cells=[cell]))  # type: ignore[no-untyped-call]
    assert "QUJD" not in text
    assert ">a.sh</a>" in text


def test_ids_of_git_stay() -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    cells = [new_code_cell(f"# {commit}", id="c")]  # type: ignore[no-untyped-call]
    assert commit in repeatable_text(new_notebook(cells=cells))  # type: ignore[no-untyped-call]


WIDGETS = "application/vnd.jupyter.widget-state+json"
