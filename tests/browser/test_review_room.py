"""The review in JupyterLab, as a team uses it: keys and clicks reach Python and the plan file."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from reorg_lib.model import Decision, Settlement
from tests.browser.lab import in_kernel, open_notebook, run_command, start_command
from tests.browser.room import PACKAGE, Room, watch
from tests.conftest import git

SETTLE = "[bench.settle(h.id, 'fix' if h.fix else 'accept', 'x') for h in bench._hazards()]"


def test_each_decision_is_in_the_plan_file_before_the_next_key(room: Room) -> None:
    first = room.current()
    assert room.decisions()[first] is Decision.PENDING
    room.press("a")
    expect(room.row(first)).to_have_class("rb-row rb-is-approved")
    assert room.decisions()[first] is Decision.APPROVED
    second = room.current()
    assert second != first
    room.press("r", "j", "k", "a")
    room.answered()
    assert room.decisions()[second] is Decision.REJECTED
    assert list(room.decisions().values()).count(Decision.APPROVED) == 2
    expect(room.page.locator(".rb-progress")).to_contain_text("3 of ")


def test_undo_and_redo_go_through_the_whole_history(room: Room) -> None:
    before = room.plan
    room.press("a", "a", "r")
    room.answered()
    after = room.plan
    room.press("u", "u", "u")
    room.answered()
    assert room.plan == before
    room.press("U", "U", "U")
    room.answered()
    assert room.plan == after


def test_a_range_and_all_that_is_shown_are_decided_at_once(room: Room) -> None:
    room.press("x", "j", "j", "j", "X", "a")
    room.answered()
    assert list(room.decisions().values()).count(Decision.APPROVED) == 4
    room.press("u")
    room.answered()
    room.press("Control+a", "r")
    room.answered()
    assert set(room.decisions().values()) == {Decision.REJECTED}
    room.press("u")
    room.answered()
    assert set(room.decisions().values()) == {Decision.PENDING}


def test_a_concern_is_approved_in_one_go(room: Room) -> None:
    room.page.locator('[data-concern="storage"]').click()
    room.answered()
    approved = [m for m in room.plan.moves if m.decision is Decision.APPROVED]
    assert approved
    assert not [move for move in approved if move.candidates], "what is ambiguous is looked at"
    heading = room.page.locator(".rb-heading", has_text="storage/")
    left = [m for m in room.plan.moves if m.candidates and "/storage/" in m.target]
    expect(heading).to_contain_text(f"{len(left)} to look at: ambiguous or blocked")
    assert all("/infrastructure/storage/" in move.target for move in approved)


def test_a_wrong_target_is_refused_at_its_cell_and_a_right_one_taken(room: Room) -> None:
    source = room.current()
    room.press("e")
    field = room.page.locator(".rb-to input")
    options = room.page.locator(f"#{field.get_attribute('list')} option")
    assert "storage/" in [one.get_attribute("value") for one in options.all()]
    field.fill("class/a.py")
    field.press("Enter")
    expect(room.row(source).get_by_role("alert")).to_contain_text("Python keyword")
    expect(field).to_be_focused()
    field.fill("elsewhere/")
    field.press("Enter")
    expect(field).to_have_count(0)
    target = next(move.target for move in room.plan.moves if move.source == source)
    assert target.endswith("/elsewhere/" + source.rpartition("/")[2])


def test_a_note_is_kept_with_the_decision(room: Room) -> None:
    source = room.current()
    room.press("n")
    room.page.keyboard.type("agreed, <b>but</b> see a/j k")
    room.page.keyboard.press("Enter")
    expect(room.row(source).locator(".rb-note")).to_have_text("note: agreed, <b>but</b> see a/j k")
    assert next(m.note for m in room.plan.moves if m.source == source).startswith("agreed")


def test_beside_a_row_stand_evidence_diff_hazards_and_tree(room: Room) -> None:
    page = room.page
    source = "archive/infrastructure/persistence/migrate.py"
    room.row(source).click()
    expect(page.locator(".rb-panel")).to_contain_text("What the code says")
    page.locator(".rb-grid").focus()
    page.keyboard.press("2")
    expect(page.locator(".rb-panel .rb-plus").first).to_be_visible(timeout=15_000)
    expect(page.locator(".rb-panel")).to_contain_text(".parent.parent.parent.parent.parent")
    page.keyboard.press("4")
    expect(page.locator(".rb-tree-here")).to_contain_text("migrate.py")
    page.keyboard.press("3")
    hazard = page.locator(".rb-hazard.rb-open", has_text="migrate.py")
    hazard.get_by_role("button", name="take the fix").click()
    expect(page.locator(".rb-hazard", has_text="settled: fix")).to_be_visible()
    assert [one.resolution for one in room.plan.hazards] == [Settlement.FIX]
    page.keyboard.press("1")


def test_the_diff_says_which_names_in_texts_are_renamed_and_which_stay(room: Room) -> None:
    page = room.page
    room.row("archive/infrastructure/persistence/metadata_store.py").click()
    page.locator(".rb-grid").focus()
    page.keyboard.press("2")
    names = page.locator(".rb-panel .rb-texts")
    expect(names.locator("summary")).to_have_text(
        re.compile(r"Names in texts: \d+ module, 0 could be"), timeout=15_000
    )
    rows = names.locator("tr:has(td)")
    expect(rows.first).to_be_hidden()  # nothing in it asks for anybody's decision
    names.locator("summary").click()
    expect(rows.first).to_be_visible()
    line = names.locator("tr", has_text="README.md:18")
    name = f"{PACKAGE}.persistence.metadata_store"
    expect(line.locator("td")).to_have_text(
        ["README.md:18", name, "module", "is a module or something in it"]
    )
    left = ["a.py:7", "<b>shop.orders</b>", "could be", "may be a module, but it is a key"]
    shown = "bench.board()._diff"
    in_kernel(
        page,
        f"bench.board().set_trait('_diff', {{**{shown}, 'texts': [*{shown}['texts'], {left}]}})",
    )
    expect(rows.first.locator("td")).to_have_text(left)
    expect(rows.first).to_be_visible()
    found = Axe().run(page, context=".rb-root")
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.press("1")


def test_board_and_graph_select_together(room: Room) -> None:
    page = room.page
    room.row("archive/infrastructure/persistence/migrate.py").click()
    name = f"{PACKAGE}.persistence.migrate"
    graph = page.locator(".lg-root").first
    node = graph.locator(f'[data-moment="after"] .lg-node[data-id="{name}"]')
    expect(node).to_have_attribute("aria-pressed", "true")
    other = graph.locator('[data-moment="after"] .lg-node[data-id$="persistence.seed"]')
    other.click()
    expect(room.row("archive/infrastructure/persistence/seed.py")).to_have_class(
        "rb-row rb-is-pending rb-current"
    )


def test_no_key_reaches_the_notebook(room: Room) -> None:
    cells = "jupyterapp.shell.currentWidget.content.widgets.map((c) => c.model.id).join()"
    before = room.page.evaluate(cells)
    for root in (".rb-grid", ".rw-root", ".rb-panel"):
        for key in ("b", "d", "d", "m", "y", "z", "c", "v", "Shift+M", "Escape"):
            room.page.locator(root).focus()
            room.page.keyboard.press(key)
    assert room.page.evaluate(cells) == before


def test_the_walkthrough_needs_the_keyboard_only(room: Room) -> None:
    page = room.page
    page.locator(".rw-root").focus()
    title = page.locator(".rw-title").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".rw-title")).not_to_have_text(title)
    room.answered()
    folder = f"/infrastructure/{title}"
    approved = [m for m in room.plan.moves if m.decision is Decision.APPROVED]
    assert approved and all(folder in move.target for move in approved)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".rw-title")).to_have_text(title)
    page.keyboard.press("u")
    expect(page.locator(".rw-progress")).to_contain_text("0 of")
    assert page.evaluate("!!document.activeElement.closest('.rw-root')")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_axe_finds_nothing(room: Room, theme: str) -> None:
    change = "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })"
    room.page.evaluate(change, theme)
    light = str(theme.endswith("Light")).lower()
    room.page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")
    for root in (".rb-root", ".rw-root"):
        found = Axe().run(room.page, context=root)
        assert found.violations_count == 0, found.generate_report()


def test_two_on_one_plan_lose_nothing_and_see_each_other(room: Room, browser: Browser) -> None:
    mine = room.current()
    other = browser.new_page(viewport={"width": 1280, "height": 900})
    watch(other, room.complaints)
    open_notebook(other, room.address, "other.ipynb")
    run_command(other, "notebook:run-all-cells")
    other.wait_for_selector(".rb-row[data-source]", timeout=60_000)
    theirs = other.locator(".rb-row[data-source]").nth(3)
    theirs.click()
    source = theirs.get_attribute("data-source") or ""
    other.keyboard.press("r")
    room.press("a")
    expect(room.row(source)).to_have_class("rb-row rb-is-rejected", timeout=10_000)
    expect(other.locator(f'.rb-row[data-source="{mine}"]')).to_have_class(
        "rb-row rb-is-approved", timeout=10_000
    )
    decided = room.decisions()
    assert (decided[mine], decided[source]) == (Decision.APPROVED, Decision.REJECTED)
    other.keyboard.press("u")
    expect(room.row(source)).to_have_class("rb-row rb-is-pending", timeout=10_000)
    other.close()


def test_hostile_names_are_text_and_five_hundred_rows_are_quick(
    room: Room, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    watch(page, room.complaints)
    open_notebook(page, room.address, "odd.ipynb")
    for _ in range(3):
        run_command(page, "notebook:run-cell-and-select-next")
    assert in_kernel(page, "len(many._rows)") == "500"
    page.wait_for_selector(".rb-row[data-source]")
    assert page.evaluate("window.hurt") is None
    shown = page.locator(".rb-body").text_content() or ""
    assert "<script>" in shown
    assert page.locator(".rb-body script, .rb-body img, .rb-body i, .rb-body u").count() == 0
    painted: float = page.evaluate(
        """async () => {
          const start = performance.now();
          jupyterapp.commands.execute("notebook:run-cell");
          while (document.querySelectorAll(".rb-row[data-source]").length < 500)
            await new Promise(requestAnimationFrame);
          return performance.now() - start;
        }"""
    )
    print(f"500 rows {painted:.0f} ms after the cell was run")
    assert painted < 5000
    page.close()


@pytest.mark.nightly
def test_a_kernel_restart_loses_nothing_and_undo_goes_on_behind_it(room: Room) -> None:
    page = room.page
    source = room.current()
    room.press("a")
    expect(room.row(source)).to_have_class("rb-row rb-is-approved")
    page.evaluate("jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.restart()")
    room.press("a")
    silence = page.locator(".rb-problem[role=status]")
    expect(silence).to_contain_text("restarted", timeout=15_000)
    assert list(room.decisions().values()).count(Decision.APPROVED) == 1
    run_command(page, "notebook:run-all-cells")
    expect(room.row(source)).to_have_class(re.compile("rb-is-approved"), timeout=60_000)
    expect(silence).to_be_hidden()
    room.press("u")
    expect(room.row(source)).to_have_class(re.compile("rb-is-pending"))
    assert set(room.decisions().values()) == {Decision.PENDING}
    room.press("U")
    expect(room.row(source)).to_have_class(re.compile("rb-is-approved"))


def test_an_export_that_is_interrupted_does_no_harm_and_can_be_run_again(
    room: Room, browser: Browser
) -> None:
    was, checkout = room.path.read_bytes(), room.path.parent / "archive"
    in_kernel(room.page, "bench.approve()")
    in_kernel(room.page, SETTLE)
    commit = git(checkout, "rev-parse", "HEAD")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    watch(page, room.complaints)
    open_notebook(page, room.address, "03_export.ipynb")
    start_command(page, "notebook:run-all-cells")
    export = page.locator(".jp-CodeCell", has_text="done = bench.export()")
    expect(export.get_by_text("rehears").first).to_be_visible(timeout=60_000)
    run_command(page, "notebook:interrupt-kernel")
    said = export.locator('[data-mime-type="application/vnd.jupyter.error"]')
    said = said.or_(export.locator('[data-mime-type="application/vnd.jupyter.stderr"]'))
    expect(said).to_contain_text("interrupted: the checkout is unchanged", timeout=30_000)
    assert "Traceback" not in said.inner_text()
    assert git(checkout, "status", "--porcelain") == ""
    assert git(checkout, "rev-parse", "HEAD") == commit
    assert len(git(checkout, "worktree", "list").splitlines()) == 1
    out = room.path.parent.parent / "out"
    assert not out.exists() or not any(out.iterdir())
    in_kernel(page, "bench.export(witness=False) and None")
    assert (out / "reorganize.sh").exists()
    assert git(checkout, "status", "--porcelain") == ""
    page.close()
    room.path.write_bytes(was)


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["01_survey.ipynb", "03_export.ipynb"])
def test_the_other_notebooks_run_in_lab(room: Room, browser: Browser, name: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    watch(page, room.complaints)
    if name.startswith("03"):
        in_kernel(room.page, "bench.approve()")
        in_kernel(room.page, SETTLE)
    open_notebook(page, room.address, name)
    run_command(page, "notebook:run-all-cells")
    page.wait_for_function(
        """() => jupyterapp.shell.currentWidget.content.widgets.every(
          (cell) => cell.model.type !== "code" || cell.model.executionCount)""",
        timeout=120_000,
    )
    assert page.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
    page.close()


def test_nothing_was_wanted_from_outside_and_nothing_complained(lab: Room) -> None:
    assert lab.complaints == []
