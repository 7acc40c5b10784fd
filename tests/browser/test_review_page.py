"""The review as one file, opened from the disk with the network cut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from reorg_lib.model import Certificate, Plan, ProofPoint, Survey, TrackedFile
from reorg_lib.views.notebook.review_page import write_review_page
from tests.browser.room import listen
from tests.browser.scenes import hostile, large

CERTIFICATE = Certificate("c" * 40, "b" * 40, 1, 2, 0, 0, (ProofPoint(1, "Same", 2, "files"),))

BROKEN = """() => {
  const broken = [];
  for (const cell of document.querySelectorAll("th, td")) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.parentElement.closest("details:not([open]) > div")) continue;
      for (const word of walker.currentNode.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((one) => Math.round(one.top)));
        if (lines.size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""
"""The words of tables that go on in a second line; a place to break a path at ends a word."""


def written(survey: Survey, plan: Plan, folder: Path) -> str:
    files = tuple(TrackedFile(m.path, "100644", m.blob) for m in survey.modules if m.blob)
    return write_review_page(replace(survey, files=files), plan, (), CERTIFICATE, folder).as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_lives_with_the_network_cut(
    browser: Browser, complaints: list[str], tmp_path: Path, scheme: str
) -> None:
    address = written(*large(), tmp_path)
    theme = "dark" if scheme == "dark" else "light"
    context = browser.new_context(offline=True, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    listen(page, complaints)
    page.goto(address)
    node = page.locator('[data-moment="before"] .lg-node').first
    expect(node).to_be_visible()
    node.click()
    expect(node).to_have_attribute("aria-pressed", "true")
    for words in ("Decisions", "Certificate", "Same"):
        expect(page.locator("main")).to_contain_text(words)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_no_word_of_a_table_is_broken(
    browser: Browser, complaints: list[str], tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    listen(page, complaints)
    survey, plan = large()
    moves = tuple(
        replace(move, reason="implements IdentityProvider, which names what is adapted")
        for move in plan.moves
    )
    page.goto(written(survey, replace(plan, steps=moves), tmp_path))
    assert page.evaluate(BROKEN) == []
    figures = page.locator("details")
    figures.first.locator("summary").click()
    expect(figures.first.locator("div")).to_be_visible()
    page.close()


def test_hostile_names_are_text(browser: Browser, complaints: list[str], tmp_path: Path) -> None:
    page = browser.new_page()
    listen(page, complaints)
    page.goto(written(*hostile(), tmp_path))
    expect(page.locator(".lg-node").first).to_be_visible()
    assert page.evaluate("window.hurt") is None
    assert page.locator("main script, main img").count() == 0
    page.close()
