"""JupyterLab for a browser test: a server of its own, and the way into its kernel.

Owns how Lab is started so that a page can be driven: no token, no browser of its own, its settings
in a folder of the test, `window.jupyterapp` in the page. Must not know what a notebook shows.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60_000


@contextmanager
def running_lab(folder: Path, variables: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start JupyterLab on `folder` and yield its address; `variables` reach the kernels."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = folder / ".jupyter"
    settings = own / "settings"
    news = settings / "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    news.parent.mkdir(parents=True, exist_ok=True)
    news.write_text('{"fetchNews": "false", "checkForUpdates": false}', encoding="utf-8")
    environment = {
        **os.environ,
        **{f"JUPYTER_{kind}_DIR": str(own / kind) for kind in ("CONFIG", "DATA", "RUNTIME")},
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "IPYTHONDIR": str(own / "ipython"),
        "PYTHONPATH": str(ROOT),
        **(variables or {}),
    }
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
        *("--IdentityProvider.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}"),
        *("--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly"),
    ]
    log = own / "log"
    with log.open("wb") as said:
        server = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server, log)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()


def write_notebook(path: Path, cells: Sequence[str]) -> None:
    """Write a notebook of code cells that was never run."""
    notebook = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]  # type: ignore[no-untyped-call]
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    path.write_text(nbformat.writes(notebook), encoding="utf-8")  # type: ignore[no-untyped-call]


def open_notebook(page: Page, address: str, name: str) -> None:
    """Open a notebook of the server and wait until its kernel is idle."""
    page.goto(f"{address}/lab/workspaces/{name.removesuffix('.ipynb')}/tree/{name}")
    page.wait_for_function(
        "window.jupyterapp?.shell?.currentWidget?.context?.sessionContext?.session?.kernel"
        "?.status === 'idle'",
        timeout=_PATIENCE,
    )


def run_command(page: Page, command: str) -> None:
    """Execute one of Lab's commands, such as `notebook:run-all-cells`."""
    page.evaluate("command => window.jupyterapp.commands.execute(command)", command)


def start_command(page: Page, command: str) -> None:
    """Begin one of Lab's commands and do not wait for its end."""
    page.evaluate("command => { void window.jupyterapp.commands.execute(command); }", command)


def in_kernel(page: Page, expression: str) -> str:
    """Return the `repr` of an expression in the notebook's own kernel."""
    found: str = page.evaluate(
        """async (expression) => {
          const widget = window.jupyterapp.shell.currentWidget;
          const ask = () => widget.context.sessionContext.session.kernel.requestExecute({
            code: "", silent: true, store_history: false, user_expressions: { it: expression },
          }).done;
          let done = await ask();
          while (done.content.status === "aborted") { // the kernel is still dropping its queue
            await new Promise((resume) => setTimeout(resume, 200));
            done = await ask();
          }
          const { it } = done.content.user_expressions;
          return it.data?.["text/plain"] ?? `${it.ename}: ${it.evalue}`;
        }""",
        expression,
    )
    return found


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{address}/api", timeout=5):
                return
        except OSError:
            assert server.poll() is None, log.read_text(errors="replace")
            time.sleep(0.25)
    raise AssertionError(log.read_text(errors="replace"))
