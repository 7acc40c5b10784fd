"""Which keys decide in the review, and which belong to a field in which somebody types."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from reorg_lib.model import Decision
from tests.browser.lab import in_kernel
from tests.browser.room import Room

UNDECIDED = {Decision.PENDING}


def field(room: Room) -> Locator:
    return room.page.locator(".rb-to input")


def elsewhere(room: Room, source: str, note: str) -> None:
    """Change a step in the plan file as another program would."""
    assert in_kernel(room.page, f"bench.decide({source!r}, note={note!r})") == "None"


def test_enter_leaves_open_questions_and_blocked_steps_open(room: Room) -> None:
    page = room.page
    expect(page.locator(".rw-progress")).to_contain_text("blocked", timeout=30_000)
    rows = "bench.board()._rows"
    open_steps = in_kernel(page, f"sorted(r['source'] for r in {rows} if r['ambiguous'])")
    blocked = in_kernel(page, f"sorted(r['source'] for r in {rows} if r['blocked'])")
    questions = {*eval(open_steps), *eval(blocked)}
    assert eval(open_steps) and eval(blocked)
    page.locator(".rw-root").focus()
    pages = int(page.locator(".rw-count").inner_text().split("/")[1])
    for number in range(2, pages + 1):
        page.keyboard.press("Enter")
        expect(page.locator(".rw-count")).to_have_text(f"{number} / {pages}")
        room.answered()
    expect(page.locator(".rw-title")).to_have_text("what is left")
    left = {source for source, said in room.decisions().items() if said is Decision.PENDING}
    assert left == questions & set(room.decisions())
    plan = room.plan
    for _ in range(3):
        page.keyboard.press("Enter")
    room.answered()
    assert room.plan == plan
    for _ in range(pages):
        page.keyboard.press("ArrowLeft")


def test_what_was_left_open_is_said(room: Room) -> None:
    page = room.page
    page.locator(".rw-root").focus()
    while not page.locator(".rw-question").count():
        page.keyboard.press("ArrowRight")
    title = page.locator(".rw-title").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".rw-said")).to_contain_text(f"left open in {title}")
    room.answered()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")


def test_tab_completes_the_target_and_no_letter_decides(room: Room) -> None:
    page, source = room.page, room.current()
    room.press("e")
    page.keyboard.type("stor")
    page.keyboard.press("Tab")
    expect(field(room)).to_have_value("storage/")
    expect(field(room)).to_be_focused()
    page.keyboard.type("rap")
    page.keyboard.press("Tab")
    expect(field(room)).to_have_value("storage/rap")
    page.wait_for_timeout(400)
    expect(field(room)).to_be_focused()
    assert set(room.decisions().values()) == UNDECIDED
    page.keyboard.press("Backspace")
    page.keyboard.type("w/")
    page.keyboard.press("Enter")
    expect(field(room)).to_have_count(0)
    assert room.target(source).endswith("/storage/raw/" + source.rpartition("/")[2])
    assert set(room.decisions().values()) == UNDECIDED


def test_tab_walks_through_the_folders_that_fit(room: Room) -> None:
    page = room.page
    folders = eval(in_kernel(page, "bench.board()._folders"))
    room.press("e")
    page.keyboard.type("s")
    fitting = [folder for folder in folders if folder.startswith("s")]
    assert len(fitting) > 1
    for folder in (*fitting, fitting[0]):
        page.keyboard.press("Tab")
        expect(field(room)).to_have_value(folder)
    page.keyboard.press("Shift+Tab")
    expect(field(room)).to_have_value(fitting[-1])
    page.keyboard.press("Escape")
    expect(field(room)).to_have_count(0)
    expect(page.locator(".rb-grid")).to_be_focused()


def test_a_row_in_which_somebody_types_takes_no_other_key(room: Room) -> None:
    page, source = room.page, room.current()
    room.press("e")
    page.keyboard.type("elsewhere")
    room.row(source).locator(".rb-from").click()
    expect(page.locator(".rb-grid")).to_be_focused()
    page.wait_for_timeout(400)
    page.keyboard.type("ar")
    expect(field(room)).to_have_value("elsewherear")
    page.locator(".rb-do-approved").click()
    expect(field(room)).to_be_focused()
    room.answered()
    assert set(room.decisions().values()) == UNDECIDED
    page.keyboard.press("Escape")


def test_the_search_keeps_the_focus_when_a_field_closes(room: Room) -> None:
    page = room.page
    room.press("e")
    search = page.locator(".rb-root input[type=search]")
    search.click()
    expect(field(room)).to_have_count(0)
    page.keyboard.type("ra")
    expect(search).to_have_value("ra")
    room.answered()
    assert set(room.decisions().values()) == UNDECIDED


def test_what_was_changed_meanwhile_is_said_and_can_be_done_again(room: Room) -> None:
    page, source = room.page, room.current()
    was = room.target(source)
    room.press("e")
    page.keyboard.type("elsewhere/")
    elsewhere(room, source, "from another room")
    page.keyboard.press("Enter")
    said = room.row(source).get_by_role("alert")
    expect(said).to_contain_text("changed meanwhile: this step is now pending")
    expect(said).to_contain_text("from another room")
    expect(room.row(source).locator(".rb-note")).to_have_text("note: from another room")
    expect(field(room)).to_be_focused()
    assert room.target(source) == was
    page.keyboard.press("Enter")
    expect(field(room)).to_have_count(0)
    room.answered()
    assert room.target(source).endswith("/elsewhere/" + source.rpartition("/")[2])
    room.press("u")
    room.answered()
    elsewhere(room, source, "")
    expect(room.row(source).locator(".rb-note")).to_have_count(0, timeout=10_000)


def test_a_note_is_not_lost_when_another_changes_the_page(room: Room) -> None:
    page, source = room.page, room.current()
    page.locator(".rw-root").focus()
    for key in ("q", "q", "q", "q", "q", "ArrowRight") * 9:
        if page.locator(".rw-question button", has_text="accept").count():
            break
        page.keyboard.press(key)
    page.locator(".rw-question button", has_text="accept").first.click()
    note = page.locator(".rw-questions input")
    page.keyboard.type("read by hand")
    elsewhere(room, source, "from another room")
    expect(room.row(source).locator(".rb-note")).to_have_count(1, timeout=10_000)
    expect(note).to_be_focused()
    page.keyboard.type(", aloud")
    expect(note).to_have_value("read by hand, aloud")
    page.keyboard.press("Enter")
    expect(note).to_have_count(0)
    room.answered()
    assert [one.note for one in room.plan.hazards] == ["read by hand, aloud"]
    assert set(room.decisions().values()) == UNDECIDED
    elsewhere(room, source, "")
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
