"""Run the notebooks without a click and save their output.

The same input gives the same bytes, so a saved notebook has no time, no name of the machine and no
random number.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from reorg_lib.errors import ToolError
from reorg_lib.views.notebook.display import STILL

_SECONDS_PER_CELL = 600
_WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_CONTENT = re.compile(r' href="data:application/octet-stream;base64,[^"]*"')
_UUID = re.compile(
    r"(?<![0-9a-z])(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-z])"
)
_WRITES = re.compile(r"\.(?:propose|export|decide|approve|settle)\(")
_ADDRESS = re.compile(r" at 0x[0-9a-f]+(?=>)")


def run_notebooks(
    folder: Path,
    repository: Path,
    package: str,
    plan: Path,
    out: Path,
    *,
    progress: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """Execute the notebooks of `folder` in parallel; write each with its output to `out`.

    A notebook that writes the plan file or exports (its code calls `propose` or `export`) waits for
    those of an earlier name that do so too. All of them see the repository, package, plan file and
    output folder through REORG_* variables. `progress` is called with the notebook and the cell
    that run.

    Raises:
        ToolError: a cell fails; the text has the notebook and the cell's error. Nothing of
            that notebook is written.
    """
    out.mkdir(parents=True, exist_ok=True)
    told = {
        "REORG_REPO": str(repository.resolve()),
        "REORG_PACKAGE": package,
        "REORG_PLAN": str(plan.resolve()),
        "REORG_OUT": str(out.resolve()),
        "PYTHONHASHSEED": "0",
        STILL: "1",
    }
    with tempfile.TemporaryDirectory() as settings:
        environment = {**os.environ, **told}
        sources = sorted(folder.glob("*.ipynb"))
        notebooks = {source: _read(source) for source in sources}
        writers = [source for source in sources if _writes(notebooks[source])]
        readers = [[source] for source in sources if source not in writers]

        def run(group: Sequence[Path]) -> None:
            for source in group:
                own = {**environment, "IPYTHONDIR": str(Path(settings, source.stem))}
                _execute(notebooks[source], source, own, progress)
                text = repeatable_text(notebooks[source])
                (out / source.name).write_text(text, encoding="utf-8")

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for done in [pool.submit(run, group) for group in (writers, *readers)]:
                done.result()
    return tuple(out / source.name for source in sources)


def repeatable_text(notebook: NotebookNode) -> str:
    """Return an executed notebook as text, with random ids numbered as they appear."""
    notebook.metadata.pop("language_info", None)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    stilled = [_make_still(output) for output in outputs]
    if any(stilled) and not any(_WIDGET_VIEW in output.get("data", {}) for output in outputs):
        notebook.metadata.pop("widgets", None)
    # Widget states are keyed by random ids, and a notebook is written in the order of its keys:
    # number those first, in the order in which the widgets were made.
    widgets = notebook.metadata.get("widgets", {}).get(_WIDGET_STATE, {}).get("state", {})
    text = _numbered(_written(notebook), list(widgets))
    text = _written(nbformat.reads(text, as_version=4))  # type: ignore[no-untyped-call]
    return _ADDRESS.sub("", _numbered(text, [])) + "\n"


def _make_still(output: NotebookNode) -> bool:
    """Leave out what does not work in a saved notebook: a widget with a picture, a file in a link.

    Drawings stay SVG: a third of the size of a PNG, sharp at every zoom, and shown by the sites
    that host code. Returns whether a widget was left out.
    """
    data = output.get("data", {})
    if "text/html" in data:
        data["text/html"] = _CONTENT.sub("", data["text/html"])
    has_picture = data.keys() & {"image/svg+xml", "image/png", "text/html"}
    return bool(has_picture) and data.pop(_WIDGET_VIEW, None) is not None


def _written(notebook: NotebookNode) -> str:
    return str(nbformat.writes(notebook))  # type: ignore[no-untyped-call]


def _numbered(text: str, first: Sequence[str]) -> str:
    """Replace each id by its place: in `first`, then in the order of appearance."""
    found = dict.fromkeys((*first, *(match[0] for match in _UUID.finditer(text))))
    numbers = {uuid: _number(uuid, place) for place, uuid in enumerate(found)}
    return _UUID.sub(lambda match: numbers[match[0]], text)


def _number(uuid: str, place: int) -> str:
    return re.sub(r"[0-9a-f]", "0", uuid)[:-8] + f"{place:08x}"


def _read(source: Path) -> NotebookNode:
    return nbformat.read(source, as_version=4)  # type: ignore[no-untyped-call,no-any-return]


def _writes(notebook: NotebookNode) -> bool:
    code = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return any(_WRITES.search(source) for source in code)


def _execute(
    notebook: NotebookNode,
    source: Path,
    environment: dict[str, str],
    progress: Callable[[str], None] | None,
) -> None:
    code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]

    def tell(cell: NotebookNode, cell_index: int) -> None:
        if progress and cell_index in code:
            first = next(iter(cell.source.strip().splitlines()), "")
            progress(f"{source.stem}, cell {code.index(cell_index) + 1} of {len(code)}: {first}")

    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=_SECONDS_PER_CELL,
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        on_cell_execute=tell,
        resources={"metadata": {"path": str(source.parent)}},
    )
    try:
        client.execute(env=environment)
    except CellExecutionError as error:
        raise ToolError(f"{source.name} stopped: {error.ename}: {error.evalue}") from error
    except (CellTimeoutError, DeadKernelError) as error:
        raise ToolError(f"{source.name} stopped: {error}") from error
