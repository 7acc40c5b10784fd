"""What is in sight on a projector of 1280 by 720, and that it stays in sight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.room import Room

_SMALL_TEXT = """(root) => [...document.querySelectorAll(`${root} *`)]
  .filter((one) => one.getClientRects().length && [...one.childNodes].some(
    (child) => child.nodeType === 3 && child.textContent.trim()))
  .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.className, one.textContent])
  .filter(([size]) => size < 11)"""
_LIT = """() => [...document.querySelectorAll(
  '.rw-stage .lg-panel:not([hidden]) .lg-node[data-lit="on"], '
  + '.rw-stage .lg-panel:not([hidden]) .lg-node[data-lit="focus"]')].map((one) => one.dataset.id)"""


@pytest.fixture
def projector(room: Room) -> Iterator[Room]:
    """The review on a projector; afterwards the walkthrough is at its first page again."""
    size = room.page.viewport_size
    assert size
    room.page.set_viewport_size({"width": 1280, "height": 720})
    yield room
    room.page.locator(".rw-root").focus()
    for _ in range(20):
        room.page.keyboard.press("ArrowLeft")
    room.page.set_viewport_size(size)


def turn_to(page: Page, title: str) -> None:
    """Turn the walkthrough to the page of a concern."""
    page.locator(".rw-root").focus()
    for _ in range(20):
        if page.locator(".rw-title").inner_text() == title:
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"no page {title}")


def test_a_concern_of_thirty_steps_can_be_read(projector: Room) -> None:
    page = projector.page
    turn_to(page, "postgres/")
    steps = page.locator(".rw-steps")
    assert steps.locator("li").count() > 25
    assert steps.evaluate("one => one.clientHeight") >= 200
    page.keyboard.press("F")
    page.wait_for_function("document.fullscreenElement !== null")
    shown, whole = steps.evaluate("one => [one.clientHeight, one.scrollHeight]")
    assert shown >= 0.7 * whole
    page.keyboard.press("F")
    page.wait_for_function("document.fullscreenElement === null")


def test_no_text_is_too_small_to_be_read(projector: Room) -> None:
    for root in (".rw-root", ".rb-root"):
        assert projector.page.evaluate(_SMALL_TEXT, root) == []


def test_one_question_is_put_at_a_time_and_no_whole_expression(projector: Room) -> None:
    page = projector.page
    asked = page.locator(".rw-question p")
    turn_to(page, "postgres/")
    first = asked.inner_text()
    page.keyboard.press("q")
    expect(asked).not_to_have_text(first)
    file = asked.inner_text().removeprefix("Where does ").removesuffix(" go?")
    current = page.locator(".rw-steps li[aria-current]").get_attribute("data-source") or ""
    assert current.endswith(file)
    turn_to(page, "spreadsheet/")
    expect(asked).to_have_count(1)
    assert "…`" in asked.inner_text()
    assert "…" not in (asked.get_attribute("title") or "…")


def test_the_concern_stays_lit_after_a_decision_and_an_undo(projector: Room) -> None:
    page = projector.page
    turn_to(page, "runner/")
    page.wait_for_function(f"({_LIT})().length > 5")
    page.wait_for_timeout(300)
    lit = set(page.evaluate(_LIT))
    for key in ("a", "u"):
        page.keyboard.press(key)
        projector.answered()
        page.wait_for_timeout(300)
        assert set(page.evaluate(_LIT)) == lit


def test_the_field_of_a_target_is_wide_enough_for_a_path(projector: Room) -> None:
    projector.press("e")
    field = projector.page.locator(".rb-to input")
    box = field.bounding_box()
    assert box and box["width"] >= 380
    projector.page.keyboard.press("Escape")


def test_rows_and_evidence_are_in_sight_together(projector: Room) -> None:
    page = projector.page
    page.locator(".rb-root").evaluate("one => one.scrollIntoView({ block: 'start' })")
    boxes = [page.locator(one).bounding_box() for one in (".rb-root", ".rb-panel")]
    assert boxes[0] and boxes[1]
    assert boxes[1]["y"] + boxes[1]["height"] - boxes[0]["y"] <= 720 - 130
