"""Board and graph in one notebook: what is carried in the graph is decided on the board.

The last test times it on the reference project; REORG_REFERENCE_CLONE names a clone of it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from reorg_lib.model import Decision
from tests.browser.room import Room, carry, running_room
from tests.conftest import git

REFERENCE_PLAN = Path(__file__).resolve().parents[2] / "docs" / "real-project" / "plan.toml"
_WATCH = """(selector) => {
  const one = document.querySelector(selector);
  const was = one.dataset.at;
  window.redrawn = undefined;
  const begin = async (event) => {
    if (event.type === "keydown" && event.key !== "Enter") return;
    for (const kind of ["pointerup", "keydown"]) window.removeEventListener(kind, begin, true);
    const start = performance.now();
    while (one.dataset.at === was) await new Promise(requestAnimationFrame);
    window.redrawn = performance.now() - start;
  };
  for (const kind of ["pointerup", "keydown"]) window.addEventListener(kind, begin, true);
}"""


def node(page: Page, ending: str, moment: str = "after") -> Locator:
    """The module of the first graph whose name ends so."""
    graph = page.locator(".lg-root").first
    return graph.locator(f'[data-moment="{moment}"] .lg-node[data-id$="{ending}"]')


def test_a_module_that_is_carried_to_another_package_is_retargeted_on_the_board(
    room: Room,
) -> None:
    page, source = room.page, "archive/infrastructure/persistence/seed.py"
    seed = node(page, ".persistence.seed")
    was = seed.get_attribute("data-at")
    assert was != "storage/"
    carry(page, seed, "storage/")
    expect(seed).to_have_attribute("data-at", "storage/")
    expect(room.row(source).locator(".rb-to")).to_contain_text("storage/seed.py")
    assert room.target(source) == "archive/infrastructure/storage/seed.py"
    expect(room.row(source)).to_have_class("rb-row rb-is-pending rb-current")
    room.press("u")
    expect(seed).to_have_attribute("data-at", was or "")
    room.answered()
    assert room.target(source) != "archive/infrastructure/storage/seed.py"
    assert set(room.decisions().values()) == {Decision.PENDING}


def test_what_cannot_be_is_said_at_the_module_and_the_plan_stays(room: Room) -> None:
    page, before = room.page, room.plan
    module = node(page, ".persistence.seed")
    module.click()
    field = page.locator(".lg-mover input").first
    field.fill("class")
    field.press("Enter")
    said = page.locator(".lg-root").first.get_by_role("alert").filter(has_text="Python keyword")
    expect(said.first).to_be_visible()
    assert room.plan == before


@pytest.mark.nightly
def test_on_the_reference_project_a_retarget_is_redrawn_soon(
    browser: Browser, tmp_path: Path
) -> None:
    clone = os.environ.get("REORG_REFERENCE_CLONE")
    if not clone:
        pytest.skip("REORG_REFERENCE_CLONE names no clone of the reference project")
    git(tmp_path, "clone", "-q", clone, str(tmp_path / "clone"))
    plan = shutil.copy(REFERENCE_PLAN, tmp_path / "plan.toml")
    told = {"REORG_REPO": str(tmp_path / "clone"), "REORG_PLAN": str(plan)}
    carried, typed = [], []
    with running_room(browser, tmp_path, told) as room:
        page = room.page
        page.wait_for_timeout(5000)
        for turn, folder in enumerate(("http/", "worker/", "http/", "postgres/", "worker/")):
            module = node(page, ".persistence.seed")
            page.evaluate(_WATCH, '.lg-root [data-moment="after"] [data-id$=".persistence.seed"]')
            carry(page, module, folder)
            expect(module).to_have_attribute("data-at", folder)
            page.wait_for_function("window.redrawn !== undefined")
            carried.append(page.evaluate("window.redrawn"))
            page.wait_for_timeout(1000)
            source = "server/osa/infrastructure/persistence/database.py"
            room.row(source).click()
            page.evaluate(
                _WATCH, '.lg-root [data-moment="after"] [data-id$=".persistence.database"]'
            )
            room.press("e")
            page.locator(".rb-to input").fill(f"elsewhere{turn}/database.py")
            page.keyboard.press("Enter")
            page.wait_for_function("window.redrawn !== undefined")
            typed.append(page.evaluate("window.redrawn"))
            assert room.target(source).endswith(f"/elsewhere{turn}/database.py")
            page.wait_for_timeout(1000)
        assert room.complaints == []
    for how, times in (("dropped", carried), ("typed on the board", typed)):
        print(f"{how}: redrawn after", *(f"{one:.0f}" for one in times), "ms")
    assert median(carried) < 1500
    assert median(typed) < 1500
