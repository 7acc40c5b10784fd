"""The time of a decision in a browser: from the key on the board until the graph is redrawn.

    python -m benchmarks.contestants.board decide|retarget-drawn REPOSITORY PLAN OUT

Runs the second notebook in a JupyterLab of its own and a Chromium of the machine, both headless.
Times in the page, from the key that decides (`a`, `r`, or Enter after a target was typed) to the
animation frame in which the module has its new place in the after graph. The last line has the
median; CPU time is not given, because kernel, server and browser do other work at the same time.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from reorg_lib.plan.plan_file import load_plan
from tests.browser.room import Room, running_room

_CLICKS = 9
_QUIET = 1_500
"""Milliseconds between two decisions, so that the hazards of the first are found before."""

_PATIENCE = 120_000
"""Milliseconds until a decision has to be drawn."""

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_WATCH = """([selector, keys]) => {
  const one = document.querySelector(selector);
  const was = one.dataset.at;
  window.redrawn = undefined;
  const begin = async (event) => {
    if (!keys.includes(event.key)) return;
    window.removeEventListener("keydown", begin, true);
    const start = performance.now();
    while (one.dataset.at === was) await new Promise(requestAnimationFrame);
    window.redrawn = performance.now() - start;
  };
  window.addEventListener("keydown", begin, true);
}"""


def main() -> None:
    """Decide the same step again and again and print the median time until it is drawn."""
    how, repository, plan, out = sys.argv[1:]
    told = (os.environ.get("CHROMIUM", ""), *_BROWSERS)
    program = next(filter(None, map(shutil.which, told)), None)
    if program is None:
        sys.exit("no Chromium or Chrome on this machine (CHROMIUM=path says where one is)")
    copy = Path(shutil.copy(plan, Path(out, "plan.toml")))
    variables = {"REORG_REPO": repository, "REORG_PLAN": str(copy)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--disable-gpu"])
        with running_room(browser, Path(out), variables) as room:
            room.page.wait_for_timeout(3 * _QUIET)
            times = [*_clicks(room, how)]
        browser.close()
    print(json.dumps({"wall": median(times) / 1000, "cpu": None}))


def _clicks(room: Room, how: str) -> Iterator[float]:
    """Yield the milliseconds of each decision."""
    scope = load_plan(room.path).scope
    move = next(m for m in room.plan.approved().moves if not m.source.endswith("/__init__.py"))
    folder = f"{scope.source_root}/{scope.package.replace('.', '/')}"
    inside = move.source.removeprefix(f"{folder}/").removesuffix(".py").replace("/", ".")
    module = f'.lg-root [data-moment="after"] [data-id$=".{inside}"]'
    for turn in range(_CLICKS):
        room.row(move.source).click()  # a decision goes on to the next row
        keys = ["Enter"] if how == "retarget-drawn" else ["r" if turn % 2 == 0 else "a"]
        if how == "retarget-drawn":
            room.press("e")
            room.page.locator(".rb-to input").fill(f"elsewhere{turn}/moved.py")
            room.page.evaluate(_WATCH, [module, keys])
            room.page.keyboard.press(keys[0])
        else:
            room.page.evaluate(_WATCH, [module, keys])
            room.press(keys[0])
        yield _redrawn(room.page)
        room.page.wait_for_timeout(_QUIET)


def _redrawn(page: Page) -> float:
    page.wait_for_function("window.redrawn !== undefined", timeout=_PATIENCE)
    took: float = page.evaluate("window.redrawn")
    return took


if __name__ == "__main__":
    main()
