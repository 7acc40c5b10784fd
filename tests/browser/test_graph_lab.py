"""The live graph in JupyterLab: what is done in the browser reaches Python, and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.lab import in_kernel, open_notebook, run_command, running_lab, write_notebook
from tests.browser.room import carry, listen

CELLS = (
    "from tests.browser.scenes import Desk",
    "desk = Desk()\ndesk.graph",
)
A = "shop.adapters."


@pytest.fixture(scope="module")
def outside() -> list[str]:
    """What the page complained of, and what it wanted from elsewhere than its own server."""
    return []


@pytest.fixture(scope="module")
def page(
    browser: Browser, outside: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """A notebook with a live graph of 70 modules, run once."""
    folder = tmp_path_factory.mktemp("lab")
    write_notebook(folder / "graph.ipynb", CELLS)
    with running_lab(folder) as address:
        opened = browser.new_page(viewport={"width": 1700, "height": 1000})
        opened.on("request", lambda asked: outside.append(asked.url) if far(asked.url) else None)
        listen(opened, outside)
        open_notebook(opened, address, "graph.ipynb")
        run_command(opened, "notebook:run-cell-and-select-next")
        assert in_kernel(opened, "Desk.__name__") == "'Desk'"
        shown: float = opened.evaluate(
            """async () => {
              const start = performance.now();
              window.jupyterapp.commands.execute("notebook:run-cell");
              while (!document.querySelector(".lg-node"))
                await new Promise(requestAnimationFrame);
              return performance.now() - start;
            }"""
        )
        print(f"first paint {shown:.0f} ms after the cell was run")
        assert shown < 5000
        yield opened
        opened.close()


def far(url: str) -> bool:
    """Tell whether a request leaves the machine."""
    return not url.startswith(("http://127.0.0.1", "data:", "blob:"))


def node(page: Page, name: str, moment: str = "after") -> Locator:
    return page.locator(f'.lg-panel[data-moment="{moment}"] .lg-node[data-id="{A}{name}"]')


def test_a_click_reaches_python_and_python_the_browser(page: Page) -> None:
    tables = node(page, "persistence.tables", "before")
    tables.click()
    expect(tables).to_have_attribute("aria-pressed", "true")
    assert in_kernel(page, "desk.graph.selected") == f"'{A}persistence.tables'"
    in_kernel(page, "desk.graph.select(None)")
    expect(tables).to_have_attribute("aria-pressed", "false")


def test_a_drag_retargets_and_only_that_module_goes_elsewhere(page: Page) -> None:
    stays = node(page, "persistence.seed")
    place = stays.get_attribute("transform")
    metrics = node(page, "metrics")
    expect(metrics).to_have_attribute("data-at", "")
    page.evaluate(
        """() => window.addEventListener("pointerup", async () => {
          const start = performance.now();
          const one = document.querySelector('[data-moment="after"] [data-id$=".metrics"]');
          while (one.dataset.at === "") await new Promise(requestAnimationFrame);
          window.redrawn = performance.now() - start;
        }, { once: true })"""
    )
    carry(page, metrics, "worker/")
    expect(metrics).to_have_attribute("data-at", "worker/")
    page.wait_for_function("window.redrawn !== undefined")
    redrawn = page.evaluate("window.redrawn")
    print(f"redrawn {redrawn:.0f} ms after the drop")
    assert redrawn < 1500
    target = "[m.target for m in desk.plan.moves if m.source.endswith('metrics.py')]"
    assert in_kernel(page, target) == "['src/shop/adapters/worker/metrics.py']"
    assert stays.get_attribute("transform") == place


def test_a_refusal_comes_back_as_one_sentence(page: Page) -> None:
    carry(page, node(page, "clock"), "web/")
    expect(page.get_by_role("alert").filter(has_text="web/ is full")).to_be_visible()
    expect(node(page, "clock")).to_have_attribute("data-at", "")


def test_no_key_reaches_the_notebook(page: Page) -> None:
    cells = """jupyterapp.shell.currentWidget.content.widgets
      .map((cell) => cell.model.id + cell.model.type).join()"""
    before = page.evaluate(cells)
    focusable = (node(page, "clock"), page.locator("button[data-mode=both]"))
    for one in focusable:
        for key in ("a", "b", "m", "y", "x", "z", "j", "k", "Escape"):
            one.focus()
            page.keyboard.press(key)
            assert page.evaluate(cells) == before, f"{key} reached the notebook"
    assert page.evaluate("!!document.activeElement.closest('.lg-root')")


def test_the_dark_theme_is_followed(page: Page) -> None:
    root = page.locator(".lg-root")
    expect(root).to_have_attribute("data-theme", "light")
    page.evaluate(
        "jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })"
    )
    expect(root).to_have_attribute("data-theme", "dark")


def test_nothing_was_wanted_from_outside_and_nothing_complained(
    page: Page, outside: list[str]
) -> None:
    expect(page.locator(".lg-root")).to_be_visible()
    assert outside == []
