"""Pictures of the live graph on the example, for docs/screens/.

It defines the views and the size of the pictures; they show the page without a kernel, in the
Chromium of this machine.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from reorg_lib.git import open_repository
from reorg_lib.plan.plan_file import load_plan
from reorg_lib.survey import take_survey
from reorg_lib.views.notebook.review_page import review_page
from scripts.demo import PLAN, ROOT, prepare_example

SCREENS = ROOT / "docs" / "screens"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> None:
    """Draw every picture."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        sys.exit("screens: no Chromium or Chrome on this machine")
    SCREENS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        survey = take_survey(open_repository(prepare_example(Path(folder)).repository))
        file = Path(folder) / "review.html"
        file.write_text(review_page(survey, load_plan(PLAN)), encoding="utf-8")
        started = playwright.chromium.launch(executable_path=browser)
        for scheme in ("light", "dark"):
            _draw(_opened(started, file, scheme), scheme, survey.package)
        started.close()


def _opened(browser: Browser, file: Path, scheme: Literal["light", "dark"]) -> Page:
    page = browser.new_page(
        viewport={"width": 1280, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page.goto(file.as_uri())
    page.wait_for_selector(".lg-node")
    return page


def _draw(page: Page, scheme: str, package: str) -> None:
    def keep(name: str) -> None:
        page.mouse.move(1, 1)
        picture = SCREENS / f"graph-{name}.png"
        page.locator(".lg-root").screenshot(path=picture)
        print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1000} kB")

    def choose(module: str, *, second: bool = False) -> None:
        node = page.locator(f'.lg-panel:visible .lg-node[data-id="{package}.{module}"]').first
        node.click(modifiers=["Shift"] if second else [])

    if scheme == "dark":
        keep("side-by-side-dark")
        return
    keep("side-by-side")
    choose("persistence.tables")
    keep("selected")
    choose("persistence.tables")
    choose("persistence.di")
    choose("persistence.tables", second=True)
    keep("paths")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    for mode in ("before", "after"):
        page.locator(f'button[data-mode="{mode}"]').click()
        keep(mode)


if __name__ == "__main__":
    main()
