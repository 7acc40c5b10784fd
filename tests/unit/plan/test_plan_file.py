"""The plan file: what is refused and how, and what survives a round trip."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reorg_lib.errors import PlanError
from reorg_lib.model import (
    Decision,
    Deletion,
    Guardrail,
    GuardrailKind,
    HazardSettlement,
    Move,
    Plan,
    Scope,
    Settlement,
    Split,
)
from reorg_lib.plan.plan_file import decide, load_plan, plan_text, save_plan, settle

_HEAD = 'schema = 1\n[scope]\npackage = "a.b"\nsource_root = "."\ncommit = "c"\n'
_MOVE = '[[move]]\nsource = "a/x.py"\ntarget = "a/y.py"\n'
_SPLIT = '[[split]]\nsource = "a/x.py"\ntarget = "a/x"\n'

BROKEN = [
    ("no toml", _HEAD + "[[move]\n", "plan.toml:6: this is not TOML"),
    (
        "no toml, with its reason",
        _HEAD + 'x = "open\n',
        "plan.toml:6: this is not TOML (Control characters",
    ),
    ("key twice", _HEAD + '[[move]]\nsource = "a"\nsource = "b"\n', "this is not TOML"),
    ("empty", "", "schema is missing; write `schema = 1`"),
    ("schema of tomorrow", _HEAD.replace("= 1", "= 2", 1), "schema 2 is not one that this"),
    ("schema that is a boolean", _HEAD.replace("= 1", "= true", 1), "schema True is not one"),
    ("no scope", "schema = 1\n", "the table [scope] is missing"),
    ("scope without commit", _HEAD.replace('commit = "c"\n', ""), "scope: commit is missing"),
    ("scope with a stranger", _HEAD + 'x = "y"\n', "scope: unknown key 'x'; known are package"),
    ("table with a stranger", _HEAD + "[[moves]]\n", "the plan: unknown key 'moves'"),
    ("no list of tables", _HEAD + '[move]\nsource = "x"\n', "must be written as [[move]] tables"),
    (
        "unknown decision",
        _HEAD
        + "[[move]]\nsource='q'\ntarget='p'\n[[move]]\nsource='r'\ntarget='p'\n"
        + _MOVE
        + 'decision = "yes"\n',
        'move 3 (source a/x.py): decision "yes" is not one of pending, approved, rejected',
    ),
    ("no source", _HEAD + '[[move]]\ntarget = "y"\n', "plan.toml: move 1: source is missing"),
    ("no target", _HEAD + '[[move]]\nsource = "y"\n', "move 1 (source y): target is missing"),
    ("empty target", _HEAD + '[[move]]\nsource = "y"\ntarget = ""\n', "target is empty"),
    ("number for a text", _HEAD + _MOVE + "note = 3\n", "note must be a text in quotes, not 3"),
    ("number for a source", _HEAD + "[[move]]\nsource = 3\n", "source must be a text in quotes"),
    ("text for a list", _HEAD + _MOVE + 'candidates = "x"\n', "candidates must be a list of texts"),
    ("list of numbers", _HEAD + _MOVE + "candidates = [1]\n", "candidates must be a list of texts"),
    ("misspelt key", _HEAD + _MOVE + 'reasons = "x"\n', "move 1 (source a/x.py): unknown key"),
    ("source twice", _HEAD + _MOVE + _MOVE, "move 2 (source a/x.py): the same source as move 1"),
    ("split without parts", _HEAD + _SPLIT, "split 1 (source a/x.py): parts are missing"),
    ("parts of numbers", _HEAD + _SPLIT + '[split.parts]\n"u.py" = 1\n', "u.py must be a list"),
    ("deletion twice", _HEAD + '[[deletion]]\npath = "x"\n' * 2, "the same path as deletion 1"),
    ("deletion with target", _HEAD + '[[deletion]]\npath = "x"\ntarget = "y"\n', "key 'target'"),
    ("more than sure", _HEAD + _MOVE + "confidence = 1.5\n", "must be a number from 0 to 1"),
    ("sure as a word", _HEAD + _MOVE + 'confidence = "yes"\n', "must be a number from 0 to 1"),
    (
        "arguments for nobody",
        _HEAD + _MOVE + 'candidates = ["b"]\narguments = ["x", "y"]\n',
        "2 arguments for 1 candidates; give one for each",
    ),
    ("guardrail without kind", _HEAD + '[[guardrail]]\npath = "x"\n', "(path x): kind is missing"),
    (
        "guardrail of no kind",
        _HEAD + '[[guardrail]]\npath = "x"\nkind = "law"\n',
        'kind "law" is not one of placement, structure, test, hook',
    ),
    (
        "name undecided",
        _HEAD + '[[reference]]\npath = "x"\ndecision = "maybe"\n',
        'decision "maybe" is not one of rewrite, keep',
    ),
    (
        "name twice",
        _HEAD + '[[reference]]\npath = "x"\nline = 2\ndecision = "keep"\n' * 2,
        "the same path as reference 1",
    ),
    (
        "line of a name",
        _HEAD + '[[reference]]\npath = "x"\nline = "2"\ndecision = "keep"\n',
        "line must be the number of a line",
    ),
    ("hazard unresolved", _HEAD + '[[hazard]]\nid = "x"\n', "(id x): resolution is missing"),
    (
        "unknown resolution",
        _HEAD + '[[hazard]]\nid = "x"\nresolution = "ignore"\n',
        'resolution "ignore" is not one of fix, accept',
    ),
]


@pytest.mark.parametrize(("text", "said"), [c[1:] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_a_broken_plan_is_refused(
    text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.toml").write_text(text)
    with pytest.raises(PlanError) as caught:
        load_plan(Path("plan.toml"))
    assert said in str(caught.value)
    assert str(caught.value).startswith("plan.toml")
    assert "\n" not in str(caught.value)


def test_a_broken_plan_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text("[[move]\n")
    with pytest.raises(PlanError, match="not TOML"):
        save_plan(file, _PLAN)
    assert file.read_text() == "[[move]\n"
    assert list(tmp_path.iterdir()) == [file]


def test_missing_file_and_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="reorg propose"):
        load_plan(tmp_path / "plan.toml")
    with pytest.raises(PlanError, match="there is no folder"):
        save_plan(tmp_path / "no" / "plan.toml", _PLAN)
    (tmp_path / "latin.toml").write_bytes(b"# \xe9\n")
    with pytest.raises(PlanError, match="UTF-8"):
        load_plan(tmp_path / "latin.toml")
    with pytest.raises(PlanError, match="cannot be read"):
        load_plan(tmp_path)


_PLAN = Plan(
    Scope("a.b", ".", "c" * 40),
    (
        Move("a/x.py", "a/y/x.py", reason='says "so" …'),
        Move("a/z.py", "a/y/z.py", Decision.APPROVED, candidates=("a/q.py", "a/w.py"), note="n"),
        Move("a/u.py", "a/y/u.py", candidates=("a/q.py",), confidence=0.4, arguments=("said so",)),
        Split("a/t.py", "a/t", parts=(("u.py", ("A", "B")), ("v.py", ("C",)))),
        Deletion("a/e/__init__.py", decision=Decision.REJECTED, reason="empty"),
        Guardrail("a/CLAUDE.md", "", Decision.APPROVED, "why", "n"),
        Guardrail("t/test_a.py", form=GuardrailKind.TEST),
    ),
    (HazardSettlement("h:1", Settlement.FIX), HazardSettlement("h:2", Settlement.ACCEPT, "w")),
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    save_plan(file, _PLAN)
    assert load_plan(file) == _PLAN
    assert file.read_text() == plan_text(_PLAN)
    save_plan(file, _PLAN)
    assert file.read_text() == plan_text(_PLAN)
    assert [path.name for path in tmp_path.iterdir()] == ["plan.toml"]


def test_a_new_plan_explains_itself() -> None:
    text = plan_text(replace(_PLAN, steps=_PLAN.moves[:1], hazards=()))
    head, _, body = text.partition("\nschema = 1\n")
    assert all(word in head for word in ("pending", "approved", "rejected"))
    assert body == (
        '\n[scope]\npackage = "a.b"\nsource_root = "."\ncommit = "' + "c" * 40 + '"\n'
        '\n[[move]]\nsource = "a/x.py"\ntarget = "a/y/x.py"\ndecision = "pending"\n'
        'reason = "says \\"so\\" …"\n'
    )


_BY_HAND = """\
# ours

schema = 1
[scope]
commit = "c"
package = "a.b"   # the one
source_root = '.'

# the first thing that we agreed on
[[move]]
source   = 'a/one.py'   # was there for years
target   = "a/two.py"
decision = "pending" # until Monday

[[deletion]]
path = "a/e.py"

# our rule
[[guardrail]]   # agreed
kind = "placement"
path = "a/CLAUDE.md" # in the package

# odd place, and an odd header
[[ move ]]   # last
source = "a/last.py"
target = "a/l.py"
note = \"\"\"
[[move]]
# no comment
\"\"\"

# the end
"""


def test_a_decision_changes_its_own_line_only(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(_BY_HAND)
    plan = load_plan(file)
    save_plan(file, plan)
    assert file.read_text() == _BY_HAND

    save_plan(file, decide(plan, "a/one.py", decision=Decision.APPROVED))
    assert file.read_text() == _BY_HAND.replace('"pending" # until', '"approved" # until')
    save_plan(file, decide(plan, "a/CLAUDE.md", decision=Decision.REJECTED))
    in_package = '"a/CLAUDE.md" # in the package\n'
    assert file.read_text() == _BY_HAND.replace(in_package, in_package + 'decision = "rejected"\n')


def test_new_keys_and_steps_find_their_place(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(_BY_HAND.replace("\n# the end\n", ""))
    plan = decide(load_plan(file), "a/one.py", note="said Ann")
    plan = settle(replace(plan, steps=(*plan.steps, Move("n.py", "m.py"))), "h", Settlement.FIX)
    save_plan(file, plan)
    text = file.read_text()
    assert load_plan(file) == plan
    assert 'until Monday\nnote = "said Ann"\n\n[[deletion]]' in text
    assert '"""\n\n[[move]]\nsource = "n.py"\ntarget = "m.py"\ndecision = "pending"\n' in text
    assert text.endswith('\n\n[[hazard]]\nid = "h"\nresolution = "fix"\n')
    for comment in ("# ours", "# the first thing", "# was there", "# until Monday", "# odd place"):
        assert comment in text


def test_a_step_that_is_gone_leaves_with_its_comment(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(_BY_HAND)
    plan = load_plan(file)
    save_plan(file, replace(plan, steps=plan.steps[1:]))
    text = file.read_text()
    assert "one.py" not in text and "agreed on" not in text
    assert "# ours" in text and "# odd place" in text
    assert load_plan(file).moves == plan.moves[1:]


def test_a_layout_that_cannot_be_kept_is_refused_and_left(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    text = (
        'schema = 1\nmove = [{source = "a", target = "b"}, {source = "c", target = "d"}]\n'
        + _HEAD.removeprefix("schema = 1")
    )
    file.write_text(text)
    with pytest.raises(PlanError, match="updated in place"):
        save_plan(file, decide(load_plan(file), "c", decision=Decision.APPROVED))
    assert file.read_text() == text


def test_a_link_to_the_plan_stays_a_link_and_the_mode_stays(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "plan.toml"
    real.write_text(plan_text(_PLAN))
    real.chmod(0o640)
    link.symlink_to(real)
    save_plan(link, decide(_PLAN, "a/x.py", note="x"))
    assert link.is_symlink() and load_plan(real).moves[0].note == "x"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_name_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    plan = replace(_PLAN, steps=(Move("a/\udce9.py", "a/e.py"),))
    with pytest.raises(PlanError, match="not UTF-8"):
        save_plan(tmp_path / "plan.toml", plan)
    assert not list(tmp_path.iterdir())


def test_names_that_people_decided_are_kept_with_their_comments(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    rows = """
# the broker says so
[[reference]]
path = "a.py"
line = 3
decision = "keep"

[[reference]]
path = "a.py"
text = "a.one"
decision = "rewrite" # for sure
"""
    file.write_text(_HEAD + rows)
    plan = load_plan(file)
    keep, rewrite = plan.references
    assert (keep.path, keep.line, keep.text, keep.decision.value) == ("a.py", 3, "", "keep")
    assert (rewrite.line, rewrite.text, rewrite.decision.value) == (0, "a.one", "rewrite")
    save_plan(file, replace(plan, references=(replace(keep, note="said Ann"), rewrite)))
    assert file.read_text() == _HEAD + rows.replace('"keep"\n', '"keep"\nnote = "said Ann"\n')
    save_plan(file, replace(plan, references=()))
    assert "reference" not in file.read_text() and "broker" not in file.read_text()
