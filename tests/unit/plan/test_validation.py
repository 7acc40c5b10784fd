"""Plans that cannot be carried out are refused: what, where, what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reorg_lib.errors import PlanError
from reorg_lib.model import Decision, Guardrail, GuardrailKind, Plan
from reorg_lib.plan.validation import validate
from tests.unit.plan.surveys import plan_of, survey_of

_FILES = {
    "pyproject.toml": "",
    "tools/build.py": "",
    "src/shop/__init__.py": "",
    "src/shop/Upper.py": "",
    "src/shop/infra/__init__.py": "",
    "src/shop/infra/a.py": "",
    "src/shop/infra/b.py": "",
    "src/shop/infra/used.py": "X = 1",
    "src/shop/infra/data.json": "{}",
    "src/shop/infra/link.py": "",
    "src/shop/infra/sub": "",
    "src/shop/infra/db/__init__.py": "",
    "src/shop/infra/db/c.py": "",
    "src/shop/infra/empty/__init__.py": "",
    "src/shop/0001_first.py": "",
}
_SURVEY = survey_of(
    _FILES,
    source_root="src",
    modes={"src/shop/infra/link.py": "120000", "src/shop/infra/sub": "160000"},
    edges=["shop.infra.a > shop.infra.used", "shop.infra.b > shop.infra.used"],
)
_I = "src/shop/infra/"


def _expand(step: str) -> str:
    """`I/` stands for the package's folder."""
    return step.replace("I/", _I)


REFUSED = [
    ("unknown source", ["I/x.py > I/y.py"], f"move of {_I}x.py: no tracked file has this path"),
    ("unknown source, pending", ["? I/x.py > I/y.py"], "no tracked file has this path"),
    ("unknown deletion", ["- I/x.py"], f"deletion of {_I}x.py: no tracked file"),
    ("moved and deleted", ["I/a.py > I/pg/a.py", "- I/a.py"], "two approved steps are about this"),
    ("moved and split", ["I/a.py > I/pg/a.py", "I/a.py >> I/pg/a"], "two approved steps are about"),
    ("one target twice", ["I/a.py > I/n.py", "I/b.py > I/n.py"], "another approved step has the"),
    ("target exists", ["I/a.py > I/b.py"], f"the target {_I}b.py exists and stays where it is"),
    ("target exists, its move is pending", ["I/a.py > I/b.py", "? I/b.py > I/c.py"], "exists and"),
    ("itself", ["I/a.py > I/a.py"], "the target is the source itself"),
    ("case twin that stays", ["I/a.py > src/shop/upper.py"], "src/shop/Upper.py differ only in"),
    ("case twins", ["I/a.py > I/n.py", "I/b.py > I/N.py"], "differ only in case"),
    ("case twin of a folder", ["I/a.py > I/DB/a.py"], f"{_I}DB and {_I}db differ only in case"),
    ("unicode twins", ["I/a.py > I/\u00e9.py", "I/b.py > I/e\u0301.py"], "differ only in case"),
    ("outside the source root", ["I/a.py > lib/a.py"], "lies outside the source root src/"),
    ("sibling of the source root", ["I/a.py > srcs/a.py"], "lies outside the source root src/"),
    ("source outside", ["tools/build.py > I/build.py"], "the source lies outside the source root"),
    ("dots", ["I/a.py > I/../a.py"], "has an empty, `.` or `..` segment"),
    ("dots, pending", ["? I/a.py > I/../a.py"], "has an empty, `.` or `..` segment"),
    ("one dot", ["I/a.py > I/./c.py"], "has an empty, `.` or `..` segment"),
    ("empty segment", ["I/a.py > I//c.py"], "has an empty, `.` or `..` segment"),
    ("absolute", ["I/a.py > /tmp/a.py"], "is an absolute path"),
    ("backslash", ["I/a.py > I/pg\\a.py"], "has a backslash"),
    ("trailing slash", ["I/a.py > I/pg/"], "ends with /; name the file, too"),
    ("newline", ["I/a.py > I/p\ng.py"], "has a control character"),
    ("hidden direction mark", ["I/a.py > I/p\u202eg.py"], "has a control character"),
    ("git's folder", ["I/a.py > src/.GIT/hooks.py"], "lies in git's own folder"),
    ("keyword", ["I/a.py > I/class/a.py"], "'class' is a Python keyword"),
    ("keyword as file", ["I/a.py > I/import.py"], "'import' is a Python keyword"),
    ("no identifier", ["I/a.py > I/my-db/a.py"], "'my-db' is no Python identifier"),
    ("leading digit", ["I/a.py > I/2d.py"], "'2d' is no Python identifier"),
    ("dot in the name", ["I/a.py > I/a.b.py"], "'a.b' is no Python identifier"),
    (
        "script into the package",
        ["src/shop/0001_first.py > I/0001_first.py"],
        "no Python identifier",
    ),
    ("python to text", ["I/a.py > I/a.txt"], "are not both Python files"),
    ("text to python", ["I/data.json > I/data.py"], "are not both Python files"),
    (
        "file for a folder",
        ["I/data.json > I/b.py/d.json"],
        f"needs a folder where the file {_I}b.py is",
    ),
    ("folder for a file", ["I/data.json > I/db"], f"{_I}db is a folder, with {_I}db/__init__.py"),
    ("module beside package", ["I/a.py > I/db.py"], "a module and a package of one name"),
    ("package beside module", ["I/a.py > I/b/a.py"], f"{_I}b.py and {_I}b/a.py would be a module"),
    ("symlink", ["I/link.py > I/l.py"], "the source is a symlink"),
    ("submodule", ["I/sub > I/subs"], "the source is a submodule"),
    ("symlink deleted", ["- I/link.py"], "the source is a symlink"),
    ("deletion in use", ["- I/used.py"], f"{_I}a.py:1 and 1 more still imports shop.infra.used"),
    ("package with modules", ["- I/db/__init__.py"], f"{_I}db/c.py would stay in a folder without"),
    ("split to a file", ["I/a.py >> I/pg.py"], "of a split is a folder; write it without .py"),
    ("split of a package", ["I/db/__init__.py >> I/pg"], "only a module can be split"),
    ("split onto a file", ["I/a.py >> I/db", "I/b.py > I/db/one.py"], "another approved step has"),
    ("split out of the root", ["I/a.py >> pg"], "lies outside the source root src/"),
]


@pytest.mark.parametrize(("steps", "said"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_a_plan_that_cannot_be_carried_out_is_refused(steps: list[str], said: str) -> None:
    with pytest.raises(PlanError) as caught:
        validate(plan_of(*map(_expand, steps), source_root="src"), _SURVEY)
    assert said in str(caught.value)


FINE = [
    ("plain", ["I/a.py > I/pg/a.py"]),
    ("soft keywords", ["I/a.py > I/match/type.py"]),
    ("swap", ["I/a.py > I/b.py", "I/b.py > I/a.py"]),
    ("chain", ["I/a.py > I/b.py", "I/b.py > I/n.py"]),
    ("onto a deleted file", ["I/a.py > I/b.py", "- I/b.py"]),
    ("case only", ["src/shop/Upper.py > src/shop/upper.py"]),
    ("module into its package", ["I/a.py > I/a/__init__.py"]),
    ("module to a package that it joins", ["I/a.py > I/a/a.py"]),
    ("package to a module", ["I/db/c.py > I/c.py", "I/db/__init__.py > I/db.py"]),
    ("folder renamed in case", ["I/db/c.py > I/DB/c.py", "I/db/__init__.py > I/DB/__init__.py"]),
    ("data", ["I/data.json > I/pg/data-1.json"]),
    ("script stays a script", ["src/shop/0001_first.py > src/shop/old/0001_first.py"]),
    ("deletion with its users", ["- I/used.py", "- I/a.py", "- I/b.py"]),
    ("empty package", ["- I/empty/__init__.py"]),
    ("package with its module", ["- I/db/__init__.py", "I/db/c.py > I/c.py"]),
    ("split", ["I/a.py >> I/pg"]),
    ("split in place", ["I/a.py >> I/a"]),
    ("not approved", ["? I/a.py > I/b.py", "! I/b.py > I/class.py", "? - I/used.py"]),
    ("rejected and decided anew", ["! - I/a.py", "I/a.py > I/n.py"]),
]


@pytest.mark.parametrize("steps", [c[1] for c in FINE], ids=[str(c[0]) for c in FINE])
def test_a_plan_that_can_be_carried_out_passes(steps: list[str]) -> None:
    validate(plan_of(*map(_expand, steps), source_root="src"), _SURVEY)


def test_each_step_that_fails_is_told_once_and_in_order() -> None:
    steps = [_expand(s) for s in ("I/b.py > I/class.txt", "I/a.py > I/n.py", "I/x.py > I/y.py")]
    with pytest.raises(PlanError) as caught:
        validate(plan_of(*steps, source_root="src"), _SURVEY)
    head, *lines = str(caught.value).splitlines()
    assert head == "2 steps of the plan cannot be carried out:"
    assert [line.split(":")[0] for line in lines] == [
        f"  move of {_I}b.py",
        f"  move of {_I}x.py",
    ]


SCOPES = [
    ("package", {"package": "shop"}, "the plan is about shop below 'src', but shop.infra"),
    ("source root", {"source_root": "."}, "the plan is about shop.infra below '.', but"),
    ("commit", {"commit": "b" * 40}, "run `reorg propose` again to refresh it"),
]


@pytest.mark.parametrize(("change", "said"), [c[1:] for c in SCOPES], ids=[c[0] for c in SCOPES])
def test_a_plan_for_something_else_is_refused(change: dict[str, Any], said: str) -> None:
    plan = plan_of(source_root="src")
    with pytest.raises(PlanError, match=r"^scope: ") as caught:
        validate(replace(plan, scope=replace(plan.scope, **change)), _SURVEY)
    assert said in str(caught.value)


def _guarded(path: str, kind: GuardrailKind, *steps: str) -> Plan:
    rail = Guardrail(path, decision=Decision.APPROVED, form=kind)
    plan = plan_of(*steps)
    return replace(plan, steps=(*plan.steps, rail))


RAILS = [
    ("not markdown", "shop/infra/CLAUDE.txt", GuardrailKind.PLACEMENT, "ends with .md"),
    ("no test of Python", "tests/test_x.txt", GuardrailKind.TEST, "ends with .py"),
    ("no yaml", "hooks.toml", GuardrailKind.HOOK, "ends with .yaml or .yml"),
    ("outside", "../CLAUDE.md", GuardrailKind.PLACEMENT, "segment; write the plain path"),
    ("moved as well", "shop/infra/a.py", GuardrailKind.TEST, "another approved step moves"),
    ("where a file arrives", "shop/infra/b.py", GuardrailKind.TEST, "another approved step moves"),
    ("below a file", "shop/infra/b.py/CLAUDE.md", GuardrailKind.PLACEMENT, "where the file"),
]


@pytest.mark.parametrize(
    ("path", "kind", "said"), [r[1:] for r in RAILS], ids=[r[0] for r in RAILS]
)
def test_a_guardrail_that_cannot_be_written_is_refused(
    path: str, kind: GuardrailKind, said: str
) -> None:
    survey = survey_of({"shop/infra/a.py": ""})
    with pytest.raises(PlanError) as caught:
        validate(_guarded(path, kind, "shop/infra/a.py > shop/infra/b.py"), survey)
    (told,) = [line for line in str(caught.value).splitlines() if f"guardrail of {path}: " in line]
    assert said in told


def test_a_guardrail_may_be_new_or_a_file_that_is_there() -> None:
    survey = survey_of({"shop/infra/a.py": "", "README.md": "", "docs/CLAUDE.md": ""})
    for path in ("README.md", "shop/infra/CLAUDE.md"):
        validate(_guarded(path, GuardrailKind.STRUCTURE), survey)
    linked = survey_of({"shop/infra/a.py": "", "README.md": ""}, modes={"README.md": "120000"})
    with pytest.raises(PlanError, match="no regular file"):
        validate(_guarded("README.md", GuardrailKind.STRUCTURE), linked)
