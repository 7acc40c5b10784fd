"""A real browser, and the live graph on a page in it.

Every test here is skipped, with the reason said, where no Chromium or Chrome is installed; nothing
is downloaded. Whatever a page writes on its console as an error, throws, or wants from outside is
kept, and fails the test that opened it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from reorg_lib.model import Plan
from reorg_lib.plan.plan_file import load_plan, save_plan
from reorg_lib.views.static_files import module_text, static_path
from scripts.demo import prepare_example
from tests.browser.room import PACKAGE, Room, listen, running_room
from tests.browser.scenes import HOSTILE_BOARD, MANY_ROWS

OpenGraph = Callable[..., Page]

_BENCH = "from reorg_lib.workbench import Workbench\nbench = Workbench.from_environment()"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ON_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
_HERE = "http://graph.test/"
_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>the live graph</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="graph.css">
<style>
  body { margin: 0; background: #fff; }
  @media (prefers-color-scheme: dark) { body { background: #161616; } }
</style>
<main>
  <h1 style="position: absolute; clip-path: inset(50%)">the live graph</h1>
  <div id="graph"></div>
</main>
<script type="module">
  import graph, { withoutKernel } from "./graph.js";
  const { data, movable } = await (await fetch("data.json")).json();
  const start = performance.now();
  const model = withoutKernel(data);
  model.set("_can_retarget", movable);
  model.sent = [];
  model.send = (message) => model.sent.push(message);
  graph.render({ model, el: document.getElementById("graph") });
  window.model = model;
  requestAnimationFrame(() => requestAnimationFrame(() => {
    window.painted = performance.now() - start;
  }));
</script>
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium or Chrome of this machine."""
    told = os.environ.get("CHROMIUM", "")
    found = next(filter(None, map(shutil.which, (told, *_BROWSERS, _ON_MACOS))), None)
    if found is None:
        pytest.skip("no Chromium or Chrome on this machine (CHROMIUM=path says where one is)")
    with sync_playwright() as playwright:
        quiet = ["--disable-gpu", "--disable-component-update", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=found, args=quiet)
        yield started
        started.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """Collect what a page complains of; at the end of the test there must be nothing."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def open_graph(browser: Browser, complaints: list[str]) -> Iterator[OpenGraph]:
    """Return a function that opens a page with the graph of `data`, as `graph_data` gives it."""
    opened: list[Page] = []

    def open_it(
        data: Mapping[str, Any],
        *,
        movable: bool = True,
        scheme: Any = "light",
        size: tuple[int, int] = (1280, 720),
    ) -> Page:
        page = browser.new_page(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        opened.append(page)
        files = {
            "": (_PAGE, "text/html"),
            "graph.js": (module_text("graph"), "text/javascript"),
            "graph.css": (static_path("graph.css").read_text("utf-8"), "text/css"),
            "data.json": (json.dumps({"data": data, "movable": movable}), "application/json"),
        }

        def answer(route: Route) -> None:
            wanted = route.request.url.removeprefix(_HERE)
            if wanted in files:
                body, kind = files[wanted]
                route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")
            else:
                complaints.append(f"wants {route.request.url[:200]}")
                route.abort()

        page.route("**/*", answer)
        listen(page, complaints)
        page.goto(_HERE)
        page.wait_for_function("window.painted !== undefined")
        return page

    yield open_it
    for page in opened:
        page.close()


@pytest.fixture(scope="session")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """JupyterLab with the second notebook run on the example, and some notebooks beside it."""
    folder = tmp_path_factory.mktemp("room")
    example = prepare_example(folder / "work")
    plan = load_plan(example.plan)
    example.plan.unlink()
    save_plan(example.plan, Plan(plan.scope))
    told = {
        "REORG_REPO": str(example.repository),
        "REORG_PACKAGE": PACKAGE,
        "REORG_PLAN": str(example.plan),
    }
    more = {
        "other.ipynb": (_BENCH, "bench.board()"),
        "odd.ipynb": (HOSTILE_BOARD, "Board(survey, path)", MANY_ROWS, "many"),
    }
    with running_room(browser, folder, told, more) as room:
        yield room


@pytest.fixture
def room(lab: Room) -> Room:
    """The running Lab, with nothing decided."""
    lab.start_again()
    return lab
