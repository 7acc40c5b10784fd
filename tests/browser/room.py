"""The review in JupyterLab, as tests drive it: a plan, the notebooks, and keys on the board.

Owns how the second notebook is opened and run on a repository, and what the plan file says
meanwhile. Must not know what is tested.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from reorg_lib.model import Decision, Plan
from reorg_lib.plan.plan_file import load_plan
from scripts.demo import NOTEBOOKS
from scripts.lab import lab_settings
from tests.browser.lab import in_kernel, open_notebook, run_command, running_lab, write_notebook

PACKAGE = "archive.infrastructure"
"""The package of the example that is reviewed."""


@dataclass(frozen=True)
class Room:
    """A running Lab with the review open and run, on a plan in which nothing is decided yet."""

    page: Page
    address: str
    path: Path
    complaints: list[str]

    @property
    def plan(self) -> Plan:
        return load_plan(self.path)

    def decisions(self) -> dict[str, Decision]:
        return {move.source: move.decision for move in self.plan.moves}

    def target(self, source: str) -> str:
        return next(move.target for move in self.plan.moves if move.source == source)

    def row(self, source: str) -> Locator:
        return self.page.locator(f'.rb-row[data-source="{source}"]')

    def current(self) -> str:
        return self.page.locator(".rb-current").get_attribute("data-source") or ""

    def press(self, *keys: str) -> None:
        self.page.locator(".rb-grid").focus()
        for key in keys:
            self.page.keyboard.press(key)

    def answered(self) -> None:
        """Wait until Python has answered everything that was asked so far."""
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0, timeout=15_000)

    def start_again(self) -> None:
        """Take back whatever a test before this one decided."""
        for _ in range(30):
            if in_kernel(self.page, "bench.board()._made.done") == "[]":
                break
            in_kernel(self.page, "bench.board().undo()")
        self.page.locator("[data-filter=all]").click()
        self.page.locator(".rb-root input[type=search]").fill("")
        self.page.locator(".rb-row[data-source]").first.click()
        for _ in range(50):
            if in_kernel(self.page, "bench.board().selected") == repr(self.current()):
                break


@contextmanager
def running_room(
    browser: Browser,
    folder: Path,
    told: Mapping[str, str],
    more: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Room]:
    """Run `02_review` from top to bottom in a Lab of its own, at a projector's width.

    `told` is what the workbench reads from the environment; `more` are notebooks to lie beside it,
    name → cells.
    """
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    for notebook in NOTEBOOKS.glob("*.ipynb"):
        shutil.copy(notebook, notebooks)
    for name, cells in (more or {}).items():
        write_notebook(notebooks / name, cells)
    variables = {
        **told,
        "REORG_OUT": str(folder / "out"),
        "JUPYTER_CONFIG_PATH": lab_settings(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    complaints: list[str] = []
    with running_lab(notebooks, variables) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        watch(page, complaints)
        open_notebook(page, address, "02_review.ipynb")
        run_command(page, "notebook:run-all-cells")
        page.wait_for_selector(".rw-root", timeout=60_000)
        yield Room(page, address, Path(told["REORG_PLAN"]), complaints)
        page.close()


def watch(page: Page, complaints: list[str]) -> None:
    """Keep what the page throws, and what it wants from elsewhere than its own server."""
    own = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(own) else complaints.append(asked.url),
    )
    listen(page, complaints)


def listen(page: Page, complaints: list[str]) -> None:
    """Keep what a page throws or writes as an error."""
    page.on("pageerror", lambda error: complaints.append(f"throws {error}"))

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(f"{said.text} ({said.location})")

    page.on("console", hear)


def carry(page: Page, what: Locator, folder: str) -> None:
    """Drag a module onto a package of the first graph's after panel."""
    onto = page.locator(f'[data-moment="after"] .lg-package[data-package="{folder}"]').first
    what.scroll_into_view_if_needed()
    start, end = what.bounding_box(), onto.bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 20, start["y"] + 6)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, end["y"] + 8, steps=5)
    page.mouse.up()
