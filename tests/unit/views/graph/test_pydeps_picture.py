"""pydeps in its own process: what it sees, and that nothing of the scanned code runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from reorg_lib.git import open_repository
from reorg_lib.proof.tools import pydeps_graph as witness
from reorg_lib.proof.tools.pydeps_graph import PydepsGraph
from reorg_lib.views.graph import pydeps_picture as view
from reorg_lib.views.graph.pydeps_picture import draw_pydeps
from tests.conftest import MakeRepository, git

SHOP = {
    "src/shop/__init__.py": "",
    "src/shop/adapters/__init__.py": "",
    "src/shop/adapters/db.py": "def f():\n    from .files import disk\n    return disk\n",
    "src/shop/adapters/files/disk.py": "from shop.adapters.files.names import N\n",
    "src/shop/adapters/files/names.py": "N = 1\n",
    "src/shop/main.py": "import shop.adapters.db\n",
}


def test_edges_and_picture_also_of_folders_without_init(make_repository: MakeRepository) -> None:
    root = make_repository(SHOP)
    seen = draw_pydeps(open_repository(root), "src", "shop.adapters")
    assert seen.error == ""
    assert {
        ("shop.adapters.db", "shop.adapters.files.disk"),
        ("shop.adapters.files.disk", "shop.adapters.files.names"),
    } <= set(seen.edges)
    assert all(name.startswith("shop.adapters") for edge in seen.edges for name in edge)
    assert "files.disk" in seen.svg
    assert git(root, "status", "--porcelain") == ""
    assert seen == draw_pydeps(open_repository(root), "src", "shop.adapters")


def test_nothing_of_the_scanned_code_runs(
    make_repository: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = tmp_path / "ran"
    bomb = f"open({str(trace)!r}, 'w').close()\n"
    # pydeps gives the parts of a file name, split at dots, to exec("… = 42").
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    name = (
        "x=[getattr(o:=__import__('os'),'chdir')(getattr(o,'environ')['TMPDIR']),"
        "getattr(o,'mkdir')('ran')];y"
    )
    exec(f"{name} = 42")
    assert trace.exists(), "the name is no bomb, so that this test would show nothing"
    trace.rmdir()
    root = make_repository(
        {
            **SHOP,
            "src/yaml.py": bomb,
            "src/pydeps.py": bomb,
            "src/json.py": bomb,
            "yaml.py": bomb,
            "src/shop/adapters/boom.py": bomb,
            f"src/shop/{name}.py": "",
            f"src/shop/{name}/__init__.py": "",
            "src/shop/adapters/compiled.pyc": b"\x00" * 40,
            ".pydeps": "[pydeps]\nonly = nothing\n",
        }
    )
    (root / "src/shop/adapters/link.py").symlink_to("/dev/zero")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "a link")
    seen = draw_pydeps(open_repository(root), "src", "shop.adapters")
    assert seen.error == ""
    assert ("shop.adapters.db", "shop.adapters.files.disk") in seen.edges
    assert not trace.exists()


def test_a_failure_is_an_answer(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = open_repository(make_repository(SHOP))
    missing = draw_pydeps(repository, "src", "shop.nowhere")
    assert missing.edges == ()
    assert missing.error == ("pydeps failed: there is no module called shop.nowhere")
    monkeypatch.setenv("REORG_CACHE", "off")
    monkeypatch.setattr(witness, "_SECONDS", 0.01)
    assert "stopped after" in draw_pydeps(repository, "src", "shop.adapters").error


def test_a_picture_that_cannot_be_laid_out_is_an_answer(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "run_pydeps", lambda *_: PydepsGraph(dot="digraph {"))
    seen = draw_pydeps(open_repository(make_repository(SHOP)), "src", "shop.adapters")
    assert seen.svg == ""
    assert "Graphviz could not lay out" in seen.error
