"""A project's own notebooks: undecided at first, and whole again after Lab was started anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reorg_lib.plan.plan_file import load_plan
from reorg_lib.views.board.shipped import shipped_beside
from scripts.lab import Project, copy_notebooks, lab_settings, open_project
from tests.browser.lab import open_notebook, run_command, running_lab
from tests.browser.room import watch

PATIENCE = 60_000


@pytest.fixture
def project(tmp_path: Path) -> Project:
    opened = open_project(lab=tmp_path / "lab", out=tmp_path / "outputs")
    copy_notebooks(opened.folder)
    return opened


def variables(project: Project) -> dict[str, str]:
    home = project.folder.parent
    return {
        **project.variables,
        "JUPYTER_CONFIG_PATH": lab_settings(home),
        "XDG_CACHE_HOME": str(home / "cache"),
    }


def run_and_save(page: Page, address: str, name: str, shown: str) -> None:
    open_notebook(page, address, name)
    run_command(page, "notebook:run-all-cells")
    expect(page.locator(shown).first).to_be_visible(timeout=PATIENCE)
    page.wait_for_function(
        "window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.status"
        " === 'idle'",
        timeout=PATIENCE,
    )


def test_the_example_is_decided_anew_or_taken_over_and_survives_a_restart(
    project: Project, browser: Browser, complaints: list[str]
) -> None:
    told = variables(project)
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    watch(page, complaints)
    with running_lab(project.folder, told) as address:
        run_and_save(page, address, "01_survey.ipynb", ".lg-root")
        graph = page.locator(".lg-root")
        assert graph.get_attribute("data-mode") == "before", "the survey shows no future"
        expect(graph.locator("[data-mode=after]:visible")).to_have_count(0)
        run_command(page, "docmanager:save")

        run_and_save(page, address, "02_review.ipynb", ".rb-root")
        expect(page.locator(".rb-progress")).to_contain_text("0 of ")
        figures = page.locator(".widget-html details")
        expect(figures.first).to_be_attached()
        crossing = page.locator(".widget-html tr", has_text="cross concern imports")
        assert crossing.locator("details").first.locator("div").inner_html().count("→") == 23

        page.get_by_role("button", name="take over the shipped decisions").click()
        expect(page.locator(".rb-progress")).to_contain_text("73 of 73", timeout=PATIENCE)
        expect(page.get_by_role("button", name="take over the shipped decisions")).to_have_count(0)
        plan, shipped = load_plan(project.plan), load_plan(shipped_beside(project.plan))
        assert set(plan.moves) == set(shipped.moves)
        assert set(plan.deletions) == set(shipped.deletions)
        assert plan.hazards == shipped.hazards
        page.get_by_role("button", name="undo", exact=True).first.click()
        expect(page.locator(".rb-progress")).to_contain_text("0 of ", timeout=PATIENCE)
        run_command(page, "docmanager:save")
        page.close()

    page = browser.new_page(viewport={"width": 1280, "height": 720})
    with running_lab(project.folder, told) as address:
        for name, shown, count in (("01_survey", ".lg-root", 1), ("02_review", ".rb-root", 1)):
            open_notebook(page, address, f"{name}.ipynb")
            expect(page.locator(shown)).to_have_count(count, timeout=PATIENCE)
            expect(page.get_by_text("model not found")).to_have_count(0)
        page.close()
