"""Splits in `reorganize.sh`, really run: parts cut from the module that has moved."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from reorg_lib.errors import RewriteError
from reorg_lib.git import open_repository
from reorg_lib.model import Decision, Edit, Plan, Scope, Split, SplitChange, SplitPart
from reorg_lib.proof.points import prove
from reorg_lib.proof.rehearsal import rehearse
from reorg_lib.rewrite.build_changeset import build_changeset
from reorg_lib.script.render import render_script
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository, git
from tests.scripts import SEDS, Case, disk, make_case, shim, snapshot

OLD = "pkg/old/tables.py"
NEW = "pkg/tables/__init__.py"
LINES = [
    '"""All tables, ' + ", ".join(f"one of which is number {n}" for n in range(20)) + '."""',
    "",
    "import pkg.old.meta",
    "",
    "users = pkg.old.meta.table('$HOME `x` \\n')",
    "users.index()",
    "roles = pkg.old.meta.table('roles')",
    "",
    "users.comment = 'late'  # of users",
]


def make_split_case(
    make_repository: MakeRepository,
    end: str = "\n",
    *,
    last: bool = True,
    encoding: str = "utf-8",
    rewritten: bool = True,
) -> Case:
    """`users` takes its lines in another order than they stand; `roles` takes one line."""
    lines = LINES if rewritten else [line.replace("pkg.old.meta", "meta") for line in LINES]
    text = end.join(lines) + (end if last else "")
    before = text.replace("late", "l\xe4te").encode(encoding)
    moved = before.replace(b"pkg.old.meta", b"pkg.meta")
    header = f'"""Users: l\xe4te."""{end}{end}import pkg.meta{end}{end}'.encode(encoding)
    pieces = moved.split(b"\n")
    if last:
        ranges = ((9, 9), (5, 6))
        users = header + b"\n".join([pieces[8], *pieces[4:6]]) + b"\n"
    else:
        ranges = ((5, 6), (9, 9))
        users = header + b"\n".join([*pieces[4:6], pieces[8]])
    roles = pieces[6] + b"\n"
    after = f"from .users import users{end}from .roles import roles{end}".encode(encoding)
    parts = (
        SplitPart("pkg/tables/users.py", header, ranges, users),
        SplitPart("pkg/tables/it's roles/r.py", b"", ((7, 7),), roles),
        SplitPart("pkg/tables/empty.py", b"", (), b""),
    )
    meta = "def table(name):\n    return name\n"
    return make_case(
        make_repository,
        {OLD: before, "pkg/old/meta.py": meta, "use.py": "import pkg.old.tables\n"},
        {NEW: moved, "pkg/meta.py": meta, "use.py": "import pkg.tables\n"},
        {OLD: NEW, "pkg/old/meta.py": "pkg/meta.py"},
        modules={"pkg.old.tables": "pkg.tables", "pkg.old.meta": "pkg.meta"},
        left=(),
        splits=(SplitChange(NEW, moved, after, parts),),
    )


def assert_round_trip(case: Case, shims: Path | None = None) -> None:
    start, expected = snapshot(case.root), case.expected()
    checked = case.run(shims=shims)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "nothing was changed" in checked.stdout
    assert snapshot(case.root) == start
    applied = case.run("--apply", shims=shims)
    assert (applied.returncode, applied.stderr) == (0, "")
    assert disk(case.root) == expected
    assert git(case.root, "diff", "--name-only") == ""
    assert "done already" in case.run("--apply", shims=shims).stdout
    undone = case.run("--undo", shims=shims)
    assert (undone.returncode, undone.stderr) == (0, "")
    assert snapshot(case.root) == start


@pytest.mark.parametrize("name", SEDS)
def test_parts_are_cut_with_each_sed(
    name: str, make_repository: MakeRepository, tmp_path: Path
) -> None:
    program, *arguments = SEDS[name]
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    body = " ".join(["exec", str(shutil.which(program)), *arguments, '"$@"'])
    shims = shim(tmp_path / "shims", "sed", body)
    for end, last in (("\n", True), ("\r\n", True), ("\n", False), ("\r\n", False)):
        assert_round_trip(make_split_case(make_repository, end, last=last), shims)


def test_parts_in_another_encoding(make_repository: MakeRepository) -> None:
    assert_round_trip(make_split_case(make_repository, encoding="latin-1"))


def test_a_module_that_is_not_rewritten_is_split(make_repository: MakeRepository) -> None:
    assert_round_trip(make_split_case(make_repository, rewritten=False))


def test_splits_are_a_commit_of_their_own(make_repository: MakeRepository) -> None:
    case = make_split_case(make_repository)
    start, expected = git(case.root, "rev-parse", "HEAD"), case.expected()
    git(case.root, "config", "user.name", "M. Aintainer")
    git(case.root, "config", "user.email", "m@example.org")
    done = case.run("--commit")
    assert (done.returncode, done.stderr) == (0, "")
    assert disk(case.root) == expected
    assert git(case.root, "status", "--porcelain") == ""
    assert git(case.root, "rev-parse", "HEAD^^") == start
    assert git(case.root, "show", f"HEAD^:{NEW}").encode() == case.changeset.splits[0].before
    assert "users.py" not in git(case.root, "ls-tree", "-r", "HEAD^")
    assert git(case.root, "rev-parse", "HEAD^", "HEAD") in done.stdout
    assert "Split modules into packages" in git(case.root, "log", "-1", "--format=%B")
    followed = git(case.root, "log", "--follow", "--format=", "--name-only", "--", NEW)
    assert OLD in followed


def test_a_hook_that_refuses_the_second_commit_brings_both_back(
    make_repository: MakeRepository,
) -> None:
    case = make_split_case(make_repository)
    git(case.root, "config", "user.name", "M. Aintainer")
    git(case.root, "config", "user.email", "m@example.org")
    hook = case.root / ".git" / "hooks" / "commit-msg"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\n! grep -q Split "$1"\n')
    hook.chmod(0o755)
    start = snapshot(case.root)
    refused = case.run("--commit")
    assert refused.returncode == 1
    assert "everything is put back" in refused.stderr
    assert snapshot(case.root) == start


def test_undo_never_destroys_a_part_that_was_edited(make_repository: MakeRepository) -> None:
    case = make_split_case(make_repository)
    assert case.run("--apply").returncode == 0
    (case.root / "pkg/tables/users.py").write_text("precious\n")
    changed = snapshot(case.root)
    refused = case.run("--undo")
    assert refused.returncode == 1
    assert "pkg/tables/users.py" in refused.stderr
    assert snapshot(case.root) == changed


def test_a_part_in_the_way_is_refused(make_repository: MakeRepository) -> None:
    case = make_split_case(make_repository)
    (case.root / "pkg/tables").mkdir()
    (case.root / "pkg/tables/users.py").write_text("precious\n")
    start = snapshot(case.root)
    refused = case.run("--apply")
    assert refused.returncode == 1
    assert "in the way" in refused.stderr
    assert "pkg/tables/users.py" in refused.stderr
    assert snapshot(case.root) == start


def test_a_part_that_its_ranges_do_not_give_is_refused(make_repository: MakeRepository) -> None:
    case = make_split_case(make_repository)
    split = case.changeset.splits[0]
    part = split.parts[0]
    for wrong, words in (
        (replace(part, content=part.content + b"x = 1\n"), "differs from its header and its lines"),
        (replace(part, ranges=((5, 60),)), "contains lines that"),
    ):
        broken = replace(case.changeset, splits=(replace(split, parts=(wrong,)),))
        with pytest.raises(RewriteError, match=words):
            render_script(broken)
    broken = replace(case.changeset, splits=(replace(split, before=b"x = 1\n", parts=()),))
    with pytest.raises(RewriteError, match="no change gives its text"):
        render_script(broken)


def test_splits_can_be_read_in_the_script(make_repository: MakeRepository) -> None:
    text = make_split_case(make_repository).script.read_text()
    assert "\n  } | create pkg/tables/users.py\n" in text
    assert "\n    sed -n '9,9p' < \"$module\"\n    sed -n '5,6p' < \"$module\"\n" in text


def test_users_by_attribute_and_imports_for_checkers_are_proved(
    make_repository: MakeRepository,
) -> None:
    users = {
        "app/alias.py": "import app.tables as t\n\nprint(t.users, t._K, t.os)\n",
        "app/whole.py": "import app.tables\n\nprint(app.tables.records)\n",
        "app/sibling.py": "from . import tables\n\nprint(tables.users)\n",
        "app/star.py": "from app.tables import *\n\nprint(users)\n",
    }
    tables = "import os\n_K = os.sep\nclass users:\n    of: 'records'\n"
    tables += "class records:\n    of: 'users'\n    k = _K\n"
    root = make_repository({"app/__init__.py": "", "app/tables.py": tables, **users})
    repository = open_repository(root)
    survey = take_survey(repository, "app")
    parts = (("auth.py", ("users",)), ("records.py", ("records",)))
    step = Split("app/tables.py", "app/db/tables", Decision.APPROVED, parts=parts)
    plan = Plan(Scope("app", survey.source_root, survey.commit), steps=(step,))
    changeset = build_changeset(repository, survey, plan)
    assert b"TYPE_CHECKING" in b"".join(part.header for part in changeset.splits[0].parts)
    rehearsal = rehearse(repository, render_script(changeset))
    failed = [(p.number, p.failures) for p in prove(changeset, rehearsal, plan) if not p.holds]
    assert failed == []

    (alias,) = (change for change in changeset.changes if change.source == "app/alias.py")
    assert alias.before is not None and alias.after is not None
    at = alias.before.index(b"users")
    slip = Edit(at, at + 5, b"users", b"records", "import")
    after = alias.after.replace(b"t.users", b"t.records")
    wrong = replace(alias, after=after, edits=(*alias.edits, slip))
    others = tuple(change for change in changeset.changes if change is not alias)
    broken = replace(changeset, changes=(*others, wrong))
    spoiled = rehearse(repository, render_script(broken))
    (point,) = (p for p in prove(broken, spoiled, plan) if p.number == 4)
    assert point.failures == ("app/alias.py:3: differs beyond renamed references",)
