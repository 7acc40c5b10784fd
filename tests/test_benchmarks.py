"""The benchmark's own parts: what it finds, what it counts, what it writes. Nothing is timed."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.__main__ import DOCUMENT, RESULTS, write_document
from benchmarks.cases import Group, cases_of
from benchmarks.contestants.moves import Moves, move_files, read_moves, write_moves
from benchmarks.contestants.pyrefly_moves import edited
from benchmarks.inputs import INPUTS, Input, Missing, find_inputs
from benchmarks.judge import GraphVerdict, MovesVerdict, judge_graph, judge_moves
from benchmarks.measure import Cost, Run, run_once, summarise
from benchmarks.reach import Target, judged, load_targets, reach_table
from benchmarks.report import outcome, put_section, seconds, section_text, table
from benchmarks.results import Growth, Row, Section, load_results, save_results
from benchmarks.runner import has_another_run
from benchmarks.scaling import made_up, module_path, sources
from benchmarks.spent import group
from reorg_lib.errors import ReorgError, ToolError
from reorg_lib.plan.plan_file import load_plan

ROOT = Path(__file__).resolve().parent.parent

BEFORE = {
    "a/__init__.py": b"",
    "a/old.py": b"def f(): ...\n",
    "a/user.py": b"from a.old import f\ndef late():\n    import a.old\n",
    "README.md": b"See a/old.py and a.old.f.\n",
}
MOVES = Moves(".", "a", (("a/old.py", "a/deep/new.py"),), ("a/deep/__init__.py",))


# ------------------------------------------------------------------------------------- inputs


def test_inputs_that_are_not_there_are_named_with_what_to_do(tmp_path: Path) -> None:
    found = [*find_inputs(tmp_path / "work", tmp_path, {}, ("reference", "home-assistant"))]
    missing = [entry for entry in found if isinstance(entry, Missing)]
    assert [entry.name for entry in missing] == ["reference", "home-assistant"]
    assert "REFERENCE=path" in missing[0].why
    assert "homeassistant==2024.3.3" in missing[1].why
    assert str(tmp_path) not in missing[0].why + missing[1].why


def test_the_example_is_ready_with_moves_that_every_tool_can_make(tmp_path: Path) -> None:
    (found,) = find_inputs(tmp_path, ROOT, {}, ("example",))
    assert isinstance(found, Input)
    plan, moves = load_plan(found.moves_plan), read_moves(found.moves)
    assert not (plan.splits or plan.deletions or plan.guardrails)
    assert [(m.source, m.target) for m in plan.approved().moves] == [*moves.pairs]
    assert all((found.repository / source).is_file() for source, _ in moves.pairs)
    gone = {source for source, _ in moves.pairs}
    assert not [p for p in moves.created if (found.repository / p).exists() and p not in gone]
    assert [*INPUTS] == ["example", "reference", "home-assistant"]


def _input(name: str, *, large: bool = False) -> Input:
    place = Path("/nowhere")
    few = (place / "few.json", ", the first 2 of 50 moves") if large else None
    paths = (place / "plan.toml", place / "moves.toml", place / "moves.json")
    return Input(name, place, ".", "a.b", *paths, large=large, few=few)


def test_every_reach_names_rows_that_are_measured() -> None:
    """Without a browser's driver there is no row for the board, which `make bench` then says."""
    keys = {
        f"{name}/{case.key}"
        for name in INPUTS
        for case in cases_of(_input(name, large=name == "home-assistant"), Path("x"), "python")
    }
    targets = load_targets()
    named = {row for t in targets for row in (t.row, t.minus, t.beside, t.floor) if row}
    assert named - keys == set()
    assert len({target.what for target in targets}) == len(targets) >= 14


def test_what_a_reach_asks_for_has_all_its_runs_and_keys_are_unique() -> None:
    asked = {row for target in load_targets() for row in (target.row, target.minus)}
    for name in INPUTS:
        cases = [*cases_of(_input(name, large=name == "home-assistant"), Path("x"), "python")]
        assert len({case.key for case in cases}) == len(cases)
        short = {f"{name}/{case.key}" for case in cases if case.budget is not None}
        assert short & asked <= {"example/demo-first"}


def test_a_slow_tool_gets_few_moves_and_says_so() -> None:
    cases = {case.key: case for case in cases_of(_input("x", large=True), Path("x"), "python")}
    assert cases["rope"].name.endswith(", the first 2 of 50 moves")
    assert cases["rope"].moves == Path("/nowhere/few.json")
    assert cases["rope"].command[-1] == "/nowhere/few.json"
    assert cases["pyrefly"].moves == Path("/nowhere/moves.json")


def test_made_up_repositories_grow_as_they_are_told(tmp_path: Path) -> None:
    files = dict(sources(200))
    name = module_path(100).removesuffix(".py").replace("/", ".")
    assert sum(f"from {name} import" in text for text in files.values()) == 3
    found = made_up(tmp_path, 60, 3)
    assert len(read_moves(found.moves).pairs) == 3
    assert len([*found.repository.rglob("module_*.py")]) == 60


# ------------------------------------------------------------------------------------ verdicts


def test_moves_come_back_as_they_were_written(tmp_path: Path) -> None:
    write_moves(MOVES, tmp_path / "moves.json")
    assert read_moves(tmp_path / "moves.json") == MOVES
    assert [*MOVES.names()] == [("a.old", "a.deep.new")]


def test_a_swap_is_moved_at_once(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("1")
    (tmp_path / "y.py").write_text("2")
    move_files(tmp_path, Moves(".", "x", (("x.py", "y.py"), ("y.py", "x.py")), ()))
    assert ((tmp_path / "x.py").read_text(), (tmp_path / "y.py").read_text()) == ("2", "1")


def _moved(user: bytes, readme: bytes) -> Mapping[str, bytes]:
    return {
        "a/__init__.py": b"",
        "a/deep/__init__.py": b"",
        "a/deep/new.py": BEFORE["a/old.py"],
        "a/user.py": user,
        "README.md": readme,
    }


def test_right_moves_are_judged_right() -> None:
    user = BEFORE["a/user.py"].replace(b"a.old", b"a.deep.new")
    said = judge_moves(BEFORE, _moved(user, b"See a/deep/new.py.\n"), MOVES)
    assert said == MovesVerdict(1, 1, 0, 0, 0)


def test_each_kind_of_mistake_is_counted() -> None:
    user = b"from a.deep.new import f\ndef late():\n    import a.old\n"
    said = judge_moves(BEFORE, _moved(user, BEFORE["README.md"]), MOVES)
    assert (said.moved, said.unresolved, said.old_names) == (1, 1, 3)
    nothing = judge_moves(BEFORE, BEFORE, MOVES)
    assert (nothing.moved, nothing.of, nothing.unresolved) == (0, 1, 0)


def test_a_graph_is_held_against_the_independent_reader() -> None:
    said = {("a.user", "a.old"), ("a.user", "a"), ("a.old", "a.user"), ("a.user", "os")}
    assert judge_graph(BEFORE, ".", "a", said) == GraphVerdict(1, 1, 1)
    assert judge_graph(BEFORE, ".", "a", set()) == GraphVerdict(0, 1, 0)


def test_edits_of_a_language_server_count_in_utf_16_and_the_longer_of_two_wins() -> None:
    def edit(start: int, end: int, new: str) -> dict[str, object]:
        places = {"start": {"line": 1, "character": start}, "end": {"line": 1, "character": end}}
        return {"range": places, "newText": new}

    changes = [edit(5, 8, "a.c"), edit(5, 8, "a.deep.c"), edit(0, 2, "")]
    assert (
        edited("é\n🔬 = a.b  # ü\n".encode(), changes)
        == " = a.deep.c  # ü\n".join(["é\n", ""]).encode()
    )


# ----------------------------------------------------------------------------------- measuring


def test_a_run_is_measured_or_says_why_it_failed(tmp_path: Path) -> None:
    def run(code: str, limit: float = 60) -> Run:
        return run_once([sys.executable, "-c", code], tmp_path, tmp_path, limit)

    done = run("bytearray(60_000_000)")
    assert done.wall > 0 and (done.cpu or 0) > 0 and done.peak > 60_000_000 and not done.failed
    assert run("import sys; sys.exit('no such thing')").failed == "exit 1: no such thing"
    assert run("import time; time.sleep(60)", limit=0.2).stopped
    said = run('print(\'{"wall": 7.0, "cpu": 3.0}\')')
    assert (said.wall, said.cpu) == (7.0, 3.0)
    with pytest.raises(ToolError, match="could not be started"):
        run_once([str(tmp_path / "nothing")], tmp_path, tmp_path, 1)


def test_medians_and_the_largest_peak_stand_for_the_runs() -> None:
    cost = summarise([Run(3, 1, 10), Run(1, 2, 30), Run(2, 9, 20)])
    assert cost == Cost(2, 2, 30, 3, least=1, most=3)
    assert summarise([Run(1, None, 1)]).cpu is None
    assert summarise([Run(1, 1, 1), Run(2, 2, 2, failed="exit 1")]).failed == "exit 1"


def test_a_case_runs_again_within_its_budget_and_not_after_a_failure() -> None:
    run = Run(10, 10, 1)
    assert has_another_run([], 0, 5)
    assert has_another_run([run], 1000, None)
    assert has_another_run([run, run], 80, 120)
    assert not has_another_run([run, run], 81, 120)
    assert not has_another_run([Run(1, 1, 1, failed="exit 1")], 1, None)
    assert not has_another_run([Run(1, 1, 1, stopped=True)], 1, None)


def test_a_profile_is_told_by_room_library_and_kind_of_waiting() -> None:
    assert group("/x/reorg_lib/script/sed/program.py", "f") == "reorg_lib/script"
    assert group("/x/reorg_lib/cli.py", "f") == "reorg_lib/cli.py"
    assert group("/x/site-packages/libcst/_nodes/a.py", "f") == "libcst"
    assert group("~", "<method 'acquire' of '_thread.lock' objects>").startswith("waiting")
    assert group("/usr/lib/python3/json/decoder.py", "f") == "Python itself"


# ------------------------------------------------------------------------------------- writing


def _row(tool: str, wall: float, verdict: MovesVerdict | None, changed: int | None = None) -> Row:
    runs = (Run(wall, wall, 12_000_000),)
    return Row(Group.MOVES, tool, tool, f"{tool} moves", 1, runs, verdict, None, changed)


def test_a_fast_wrong_answer_is_shown_as_wrong() -> None:
    right = _row("reorg", 2.0, MovesVerdict(3, 3, 0, 0, 0), 0)
    wrong = _row("regex", 0.1, MovesVerdict(2, 3, 5, 1, 4), 7)
    lines = section_text(Section("", rows=(right, wrong))).splitlines()
    assert lines[-2].endswith("| 1 | 3 of 3 | 0 | 0 | 0 | 0 | right |")
    said = "**wrong**: 1 of 3 moves not made, 5 imports in vain, 7 tests changed"
    assert lines[-1].endswith(
        f"| 100 ms |  | 100 ms | 12 MB | 0.05 | 2 of 3 | 5 | 1 | 4 | 7 | {said} |"
    )
    assert outcome(_row("x", 1, None)) == "not judged"
    assert outcome(_row("x", 1, MovesVerdict(3, 3, 0, 2, 0))).endswith(
        "2 imports reach something else"
    )


def test_what_was_stopped_or_has_few_runs_is_said_in_its_row() -> None:
    stopped = replace(_row("rope", 300.2, None), runs=(Run(300.2, 299, 1, stopped=True),), asked=5)
    few = replace(_row("reorg", 61, MovesVerdict(1, 1, 0, 0, 0)), asked=5)
    few = replace(few, runs=(*few.runs, Run(59, 59, 1)))
    lines = section_text(Section("", rows=(few, stopped))).splitlines()
    assert lines[-2].startswith("| reorg moves (2 runs) | 60 s | 59.0 s to 61 s | 60 s |")
    assert lines[-1].startswith("| rope moves (1 run) | > 300 s |  | > 299 s |")
    assert lines[-1].endswith("| stopped after 300 s |")


def test_growth_is_a_row_for_each_size() -> None:
    runs = {name: (Run(1.0, 2.0, 9_000_000),) for name in ("cold", "warm", "export", "apply")}
    text = section_text(Section("About.", growth=(Growth(4000, 10, 30, 5, runs),)))
    said = "| 4,000 | 10 | 30 | 1.00 s | 1.00 s | 1.00 s |  | 2.00 s | 9 MB | 1.00 s |"
    assert text.splitlines()[-1] == f"{said} 1 run at least |"


def test_results_come_back_as_they_were_written(tmp_path: Path) -> None:
    graph = replace(_row("ruff", 1.0, None), graph=GraphVerdict(1, 2, 3), tests_changed=0)
    moves = _row("reorg", 2.0, MovesVerdict(0, 3, 0, 0, 0), 0)
    bad = replace(moves, runs=(Run(1, None, 1, stopped=True), Run(1, 0, 1, "exit 1")))
    rows = (moves, graph, _row("x", 0.5, None), bad)
    growth = (Growth(10, 1, 0, 5, {"cold": moves.runs}),)
    kept = {
        "x": Section("On it.", ("Left out.",), rows, spent=(("libcst", 0.25),)),
        "scaling": Section("On it.", growth=growth),
    }
    save_results(tmp_path / "r.jsonl", kept)
    assert load_results(tmp_path / "r.jsonl") == kept
    assert load_results(tmp_path / "none.jsonl") == {}


def test_a_reach_says_reached_or_by_how_much_it_is_missed_and_why() -> None:
    def reach(target: Target) -> str:
        rows = {"a": _row("reorg", 2.5, None), "less": _row("less", 1.0, None)}
        sections = {"in": Section("", rows=tuple(replace(r, key=k) for k, r in rows.items()))}
        return reach_table([target], sections).splitlines()[-1]

    asked = Target("x", "in/a", 2.0, was="9 s", beside="in/less", why="bytes")
    missed = "**missed** by 500 ms (25 %) |  | less moves: 1.00 s | bytes |"
    assert reach(asked) == f"| x | 9 s | 2.00 s | 2.50 s |  | 2.50 s | {missed}"
    assert reach(replace(asked, seconds=2.5)).endswith("| reached |  | less moves: 1.00 s |  |")
    assert reach(replace(asked, minus="in/less")).split(" | ")[3:7] == [
        *("1.50 s", "", "1.50 s", "reached")
    ]
    assert "| reached | 1.00 s | less" in reach(replace(asked, seconds=3, floor="in/less"))
    assert "| not measured: no row in/b |" in reach(replace(asked, row="in/b"))
    assert judged(replace(asked, megabytes=1500), 1, 1.6e9) == "**missed** by 100 MB"


def test_tables_are_markdown_and_times_have_three_digits() -> None:
    assert table(("a", ">b"), [("x|y", "1")]) == "| a | b |\n| --- | ---: |\n| x\\|y | 1 |\n"
    assert [seconds(s) for s in (0.0432, 0.999, 1.234, 12.34, 83.2)] == [
        *("43 ms", "1.00 s", "1.23 s", "12.3 s", "83 s")
    ]


def test_a_section_is_replaced_and_the_prose_stays(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text("Before.\n<!-- measured: x -->\nold\n<!-- end: x -->\nAfter.\n")
    put_section(document, "x", "new \\1\n")
    expected = "Before.\n<!-- measured: x -->\nnew \\1\n<!-- end: x -->\nAfter.\n"
    assert document.read_text() == expected
    with pytest.raises(ReorgError, match="measured: y"):
        put_section(document, "y", "new")


def test_the_document_has_a_place_for_every_table(tmp_path: Path) -> None:
    copy = tmp_path / "benchmarks.md"
    copy.write_text(DOCUMENT.read_text())
    names = (*INPUTS, "scaling", "reach")
    for name in names:
        put_section(copy, name, "measured")
    assert copy.read_text().count("\nmeasured\n") == len(names)


def test_the_tables_are_what_the_kept_results_say(tmp_path: Path) -> None:
    copy = tmp_path / "benchmarks.md"
    copy.write_text(DOCUMENT.read_text())
    write_document(copy, RESULTS)
    assert copy.read_text() == DOCUMENT.read_text(), "run `make bench BENCH=--write`"
