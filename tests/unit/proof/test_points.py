"""Every point of the proof holds for a sound change, and each one can fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from reorg_lib.git import blob_id
from reorg_lib.model import (
    ChangeSet,
    Edit,
    FileChange,
    Hazard,
    HazardSettlement,
    LeftName,
    Plan,
    ProofPoint,
    Renaming,
    Scope,
    Settlement,
    Severity,
    TrackedFile,
)
from reorg_lib.proof.leftover_names import LeftoverNames
from reorg_lib.proof.points import PredictedPoints, prove
from reorg_lib.proof.rehearsal import Rehearsal
from reorg_lib.proof.tools.pydeps_graph import PydepsGraph
from tests.changesets import make_changeset

BEFORE = {
    "app/__init__.py": "",
    "app/infra/__init__.py": "",
    "app/infra/db/__init__.py": "LIMIT = 1\n",
    "app/infra/db/engine.py": "from .keys import key\n\ndef make(): ...\n",
    "app/infra/db/keys.py": "key = 1\n",
    "app/main.py": "from app.infra.db.engine import make\nfrom app.infra.db import LIMIT\n",
    "README.md": "See app/infra/db/engine.py, app.infra.db.engine.\n",
}
AFTER = {
    "app/__init__.py": "",
    "app/infra/__init__.py": "",
    "app/infra/db/__init__.py": "LIMIT = 1\n",
    "app/infra/sql/__init__.py": "",
    "app/infra/sql/engine.py": "from app.infra.db.keys import key\n\ndef make(): ...\n",
    "app/infra/db/keys.py": "key = 1\n",
    "app/main.py": "from app.infra.sql.engine import make\nfrom app.infra.db import LIMIT\n",
    "README.md": "See app/infra/sql/engine.py, app.infra.sql.engine.\n",
}
PLAN = Plan(Scope("app.infra", ".", "c"))
MOVED = {"app/infra/db/engine.py": "app/infra/sql/engine.py"}


def test_a_sound_change_holds_in_every_point_and_counts_what_it_looked_at() -> None:
    points = prove(_changes(AFTER), _rehearsal(AFTER), PLAN)
    assert [p.number for p in points] == [1, 2, 3, 4, 5, 6, 7]
    assert all(p.holds for p in points), points
    assert [p.count for p in points] == [8, 3, 3, 2, 6, 8, 0]


@pytest.mark.parametrize(
    ("path", "text", "number", "failure"),
    [
        pytest.param(
            "app/infra/db/keys.py",
            "key = 1 \n",
            1,
            "app/infra/db/keys.py: the script's bytes or mode differ from the predicted ones",
            id="a byte too many",
        ),
        pytest.param(
            "NEW.md", "", 1, "NEW.md: not predicted, but there after the script", id="a file more"
        ),
        pytest.param(
            "app/main.py",
            "from app.infra.sql.engine import (\n",
            2,
            "app/main.py: parsed before, and does not parse after",
            id="does not parse",
        ),
        pytest.param(
            "app/main.py",
            "from app.infra.sql.engin import make\n",
            2,
            "app/main.py:1: from app.infra.sql.engin import make does not resolve",
            id="stale module",
        ),
        pytest.param(
            "app/main.py",
            "from app.infra.sql.engine import mak\n",
            2,
            "app/main.py:1: from app.infra.sql.engine import mak does not resolve",
            id="stale attribute",
        ),
        pytest.param(
            "app/main.py",
            AFTER["app/main.py"] + "from app.infra.db.keys import key\n",
            3,
            "app.main -> app.infra.db.keys is new",
            id="new import",
        ),
        pytest.param(
            "app/main.py",
            "from app.infra.db import LIMIT\n",
            3,
            "app.main -> app.infra.db.engine has no counterpart",
            id="lost import",
        ),
        pytest.param(
            "app/main.py",
            AFTER["app/main.py"] + "make()\n",
            4,
            "app/main.py:3: differs beyond renamed references",
            id="a statement more",
        ),
        pytest.param(
            "app/infra/sql/engine.py",
            "from app.infra.db.keys import key\n\ndef make(): return 1\n",
            4,
            "app/infra/sql/engine.py:3: differs beyond renamed references",
            id="another body",
        ),
        pytest.param(
            "app/main.py",
            AFTER["app/main.py"].replace("import make", "import make as made"),
            4,
            "app/main.py:1: differs beyond renamed references",
            id="another binding",
        ),
        pytest.param(
            "app/infra/sql/__init__.py",
            "from app.main import make\n",
            5,
            "app.infra.sql, app.main import each other",
            id="new cycle",
        ),
        pytest.param(
            "README.md",
            AFTER["README.md"] + "one line more\n",
            4,
            "README.md:2: differs beyond renamed references",
            id="other text that says more",
        ),
        pytest.param(
            "README.md",
            "\nSee app.infra.db.engine.\n",
            6,
            "README.md:2: app.infra.db.engine",
            id="old dotted name",
        ),
        pytest.param(
            "README.md",
            "See app/infra/db/engine.py\n",
            6,
            "README.md:1: app/infra/db/engine.py",
            id="old path",
        ),
    ],
)
def test_each_point_fails_where_the_result_is_broken(
    path: str, text: str, number: int, failure: str
) -> None:
    broken = {**AFTER, path: text}
    predicted = broken if number != 1 else AFTER
    points = prove(_changes(predicted), _rehearsal(broken), PLAN)
    assert _point(points, number).failures == (failure,)


_SPLIT = "from app.infra.db import engine, LIMIT  # noqa: F401, like app.infra.db.engine\n# end\n"
_NOQA = "  # noqa: F401, like app.infra.sql.engine\n"
_TWO = "from app.infra.sql import engine", "from app.infra.db import LIMIT"


@pytest.mark.parametrize(
    ("after", "failures"),
    [
        (f"{_TWO[0]}{_NOQA}{_TWO[1]}{_NOQA}# end\n", ()),
        (f"{_TWO[0]}{_NOQA}{_TWO[1]}\n# end\n", ("1: differs beyond renamed references",)),
        (
            f"{_TWO[0]}\n{_TWO[1]}\n# end\n",
            ("1: differs beyond renamed references", f" the comment `{_NOQA.strip()}` is lost"),
        ),
        (f"{_TWO[0]}{_NOQA}{_TWO[1]}{_NOQA}", (" the comment `# end` is lost",)),
        (f"{_TWO[0]}{_NOQA}# more\n{_TWO[1]}{_NOQA}# end\n", (" the comment `# more` is new",)),
    ],
    ids=["kept", "a half without it", "a directive lost", "a comment lost", "a comment invented"],
)
def test_comments_are_kept_with_the_new_names(after: str, failures: tuple[str, ...]) -> None:
    before = {**BEFORE, "app/main.py": _SPLIT}
    point = _point(
        prove(
            _changes({**AFTER, "app/main.py": after}, before),
            _rehearsal({**AFTER, "app/main.py": after}, before),
            PLAN,
        ),
        4,
    )
    assert point.failures == tuple(f"app/main.py:{failure}" for failure in failures)
    assert point.notes[0] == "comments of these files, all compared: 2"


def test_a_judgement_made_beforehand_is_believed_only_about_what_came_out() -> None:
    changes, expected = _changes(AFTER), _rehearsal(AFTER)
    judgement = PredictedPoints(changes, expected)
    assert prove(changes, expected, PLAN, judgement=judgement) == prove(changes, expected, PLAN)
    broken = _rehearsal({**AFTER, "app/main.py": "from app.infra.gone import make\n"})
    points = prove(changes, broken, PLAN, judgement=judgement)
    assert points == prove(changes, broken, PLAN)
    assert {1, 2, 3, 4} <= {p.number for p in points if not p.holds}


def test_what_the_rehearsal_complains_of_is_a_failure_of_point_1() -> None:
    rehearsal = replace(_rehearsal(AFTER), complaints=("--undo did not come back",))
    points = prove(_changes(AFTER), rehearsal, PLAN)
    assert _point(points, 1).failures == ("--undo did not come back",)


def test_an_old_name_that_is_left_on_purpose_is_a_note_with_its_reason() -> None:
    after = {**AFTER, "README.md": "was app.infra.db.engine\n"}
    left = (LeftName("README.md", 1, "app.infra.db.engine", "history"),)
    point = _point(prove(replace(_changes(after), left=left), _rehearsal(after), PLAN), 6)
    assert point.holds
    assert point.notes == ("README.md:1: app.infra.db.engine is left: history",)


def test_an_old_path_is_found_in_other_paths_but_not_in_a_new_one() -> None:
    changes = make_changeset(
        {"db.py": "1\n", "pkg/a.py": "1\n"},
        {"lib/db.py": "1\n", "pkg/new/a.py": "1\n"},
        {"db.py": "lib/db.py", "pkg/a.py": "pkg/new/a.py"},
    )
    text = b"other/pkg/a.py\nlib/db.py db.py\n/pkg/a.py pkg/a.pyi\n"
    assert [(name.line, name.text) for name in LeftoverNames(changes).find(text)] == [
        (1, "pkg/a.py"),
        (2, "db.py"),
        (3, "pkg/a.py"),
    ]


def test_an_import_that_was_broken_before_is_noted_and_not_held_against_the_change() -> None:
    line = "from app.infra import missing\n"
    before = {**BEFORE, "app/main.py": BEFORE["app/main.py"] + line}
    after = {**AFTER, "app/main.py": AFTER["app/main.py"] + line}
    point = _point(prove(_changes(after), _rehearsal(after, before), PLAN), 2)
    assert point.holds
    assert point.notes == ("imports that did not resolve before either, and are unchanged: 1",)


def test_a_swap_leaves_no_old_name_because_both_names_are_new_ones_too() -> None:
    before = {"a/__init__.py": "", "a/x.py": "N = 1\n", "a/y.py": "N = 2\n", "m.py": "import a.x\n"}
    after = {"a/__init__.py": "", "a/y.py": "N = 1\n", "a/x.py": "N = 2\n", "m.py": "import a.y\n"}
    moved = {"a/x.py": "a/y.py", "a/y.py": "a/x.py"}
    changes = _changes(after, before, moved, (Renaming("a.x", "a.y"), Renaming("a.y", "a.x")))
    assert all(p.holds for p in prove(changes, _rehearsal(after, before), PLAN))


def test_a_module_that_no_statement_can_name_may_get_a_name_that_one_can() -> None:
    before = {"a/__init__.py": "", "a/v-1.py": "import a.x\n", "a/x.py": ""}
    after = {"a/__init__.py": "", "a/one.py": "import a.x\n", "a/x.py": ""}
    changes = _changes(after, before, {"a/v-1.py": "a/one.py"}, (Renaming("a.v-1", "a.one"),))
    assert _point(prove(changes, _rehearsal(after, before), PLAN), 3).holds


def test_a_package_whose_init_leaves_is_still_the_home_of_the_modules_that_stay() -> None:
    user = "from a.{} import LIMIT\nfrom a.db.x import N\n"
    before = {"a/db/__init__.py": "LIMIT = 1\n", "a/db/x.py": "N = 1\n", "m.py": user.format("db")}
    after = {"a/url.py": "LIMIT = 1\n", "a/db/__init__.py": "", "a/db/x.py": "N = 1\n"}
    after["m.py"] = user.format("url")
    changes = _changes(
        after, before, {"a/db/__init__.py": "a/url.py"}, (Renaming("a.db", "a.url"),)
    )
    assert [p.failures for p in prove(changes, _rehearsal(after, before), PLAN)] == [()] * 7


@pytest.mark.parametrize(("init", "is_gone"), [("", False), ("LIMIT = 1\n", True)])
def test_a_package_that_is_left_empty_is_the_one_its_modules_went_to(
    init: str, is_gone: bool
) -> None:
    old, new = "app/infra/db", "app/infra/sql"
    above = {"app/__init__.py": "", "app/infra/__init__.py": ""}
    before = {**above, f"{old}/__init__.py": init, f"{old}/engine.py": "x = 1\n"}
    after = {**above, f"{new}/__init__.py": "", f"{new}/engine.py": "x = 1\n"}
    before["app/main.py"] = "import app.infra.db\n"
    after["app/main.py"] = "import app.infra.sql\n"
    made = _changes(after, before)
    goes = FileChange(f"{old}/__init__.py", None, "100644", init.encode(), None, (), "")
    made = replace(made, changes=(*made.changes, goes))
    point = _point(prove(made, _rehearsal(after, before), PLAN), 3)
    gone = ("app.main imports app.infra.db, which is gone", "app.main -> app.infra.sql is new")
    assert point.failures == (gone if is_gone else ())


def test_what_only_the_old_import_loaded_has_to_be_loaded_still() -> None:
    use = "import app.infra.{}.engine{}\n\nprint(app.infra.db.LIMIT)\n"
    before = {**BEFORE, "app/main.py": use.format("db", "")}
    sound = {**AFTER, "app/main.py": use.format("sql", ", app.infra.db")}
    assert _point(prove(_changes(sound, before), _rehearsal(sound, before), PLAN), 4).holds
    broken = {**AFTER, "app/main.py": use.format("sql", "")}
    point = _point(prove(_changes(broken, before), _rehearsal(broken, before), PLAN), 4)
    assert point.failures == ("app/main.py: none of its imports loads app.infra.db any more",)


def test_a_change_set_that_keeps_a_new_name_to_itself() -> None:
    point = _point(prove(_changes(AFTER, modules=()), _rehearsal(AFTER), PLAN), 6)
    said = "app.infra.db.engine becomes app.infra.sql.engine, and was not looked for"
    assert point.failures == (said,)


HAZARD = Hazard("id", "file-anchor", Severity.BLOCK, "app/main.py", 1, "it climbs too far")


def test_a_blocking_hazard_that_nobody_settled_is_a_failure() -> None:
    changes = replace(_changes(AFTER), hazards=(HAZARD,))
    point = _point(prove(changes, _rehearsal(AFTER), PLAN), 7)
    assert point.failures == ("app/main.py:1: it climbs too far",)
    settled = replace(PLAN, hazards=(HazardSettlement("id", Settlement.ACCEPT, "we know"),))
    point = _point(prove(changes, _rehearsal(AFTER), settled), 7)
    assert point.holds
    assert point.notes == ("app/main.py:1: accept, we know",)


def test_a_fix_that_nothing_types_is_a_failure() -> None:
    hazard = replace(HAZARD, start=5, end=8, fix="x.y")
    settled = replace(PLAN, hazards=(HazardSettlement("id", Settlement.FIX),))
    changes = replace(_changes(AFTER), hazards=(hazard,))
    point = _point(prove(changes, _rehearsal(AFTER), settled), 7)
    assert point.failures == ("app/main.py:1: no edit applies the fix",)
    edit = Edit(5, 8, BEFORE["app/main.py"][5:8].encode(), b"x.y", hazard.kind)
    made = (replace(c, edits=(edit,)) if c.source == hazard.path else c for c in changes.changes)
    fixed = replace(changes, changes=tuple(made))
    point = _point(prove(fixed, _rehearsal(AFTER), settled), 7)
    assert (point.failures, point.notes) == ((), ("app/main.py:1: fix",))


def test_a_graph_that_pydeps_sees_otherwise_is_told_and_blocks_nothing() -> None:
    old, new = "app.infra.db", "app.infra.sql"
    before = _sighting([(f"{old}.engine", f"{old}.keys"), (f"{old}.engine", old)], old)
    after = _sighting([(f"{new}.engine", f"{old}.keys"), (f"{new}.engine", new)], new)
    assert _witnessed(before, after).holds
    other = replace(
        after, edges=((f"{new}.engine", "app.main"),), modules=after.modules | {"app.main"}
    )
    point = _witnessed(replace(before, modules=before.modules | {"app.main"}), other)
    assert point.failures == (
        f"{old}.engine: its import of {old}.keys is no longer found",
        f"{new}.engine -> app.main is found, and was not before",
    )
    assert not point.holds
    assert not point.blocks


def test_pydeps_is_compared_where_it_sees_both_sides() -> None:
    old, new = "app.infra.db", "app.infra.sql"
    before = _sighting([(f"{old}.engine", f"{old}.keys"), (f"{old}.engine", "app.main")])
    after = _sighting([(f"{new}.engine", "app.main"), (f"{new}.engine", "app.added")])
    point = _witnessed(before, after)
    assert (point.count, point.failures) == (1, ())
    assert point.notes == (
        f"{old}.keys: pydeps knows it before the moves only, so it is not compared",
    )


def test_a_failure_of_pydeps_blocks_nothing() -> None:
    seen = _sighting([("app.main", "app.infra.db.keys")])
    for pair, why in [
        ((seen, PydepsGraph(error="it fell")), "it fell"),
        ((PydepsGraph(error="it fell"), seen), "it fell"),
        ((seen, _sighting([("x", "y")])), "it names no module on both sides"),
    ]:
        point = _witnessed(*pair)
        assert point.holds
        assert not point.blocks
        assert point.checked == f"not checked, because {why}"


def _sighting(edges: list[tuple[str, str]], *packages: str) -> PydepsGraph:
    modules = {name for edge in edges for name in edge}
    return PydepsGraph(tuple(sorted(edges)), frozenset(modules), frozenset(packages))


def _witnessed(before: PydepsGraph, after: PydepsGraph) -> ProofPoint:
    return _point(prove(_changes(AFTER), _rehearsal(AFTER), PLAN, (before, after)), 8)


def test_a_test_that_changes_its_outcome_is_a_failure() -> None:
    tests = {"a": "passed", "b": "failure"}, {"a": "failure", "b": "failure"}
    point = _point(prove(_changes(AFTER), _rehearsal(AFTER), PLAN, tests=tests), 9)
    assert point.failures == ("a: passed before, failure after",)
    assert point.count == 2


def _point(points: tuple[ProofPoint, ...], number: int) -> ProofPoint:
    return next(point for point in points if point.number == number)


def _changes(
    after: Mapping[str, str],
    before: Mapping[str, str] = BEFORE,
    moved: Mapping[str, str] = MOVED,
    modules: tuple[Renaming, ...] = (Renaming("app.infra.db.engine", "app.infra.sql.engine"),),
) -> ChangeSet:
    sources = {new: old for old, new in moved.items()}
    changes = []
    for path, text in after.items():
        source = sources.get(path, path if path in before and path not in moved else None)
        old = before[source] if source else None
        if source != path or old != text:
            changes.append(
                FileChange(
                    source, path, "100644", old.encode() if old else None, text.encode(), (), ""
                )
            )
    paths = tuple(Renaming(old, new) for old, new in sorted(moved.items()))
    return ChangeSet("c", Scope("app.infra", ".", "c"), tuple(changes), modules, paths, (), ())


def _rehearsal(after: Mapping[str, str], before: Mapping[str, str] = BEFORE) -> Rehearsal:
    contents = {blob_id(t.encode()): t.encode() for t in (*before.values(), *after.values())}
    return Rehearsal(_tracked(before), _tracked(after), contents, ())


def _tracked(tree: Mapping[str, str]) -> tuple[TrackedFile, ...]:
    return tuple(TrackedFile(p, "100644", blob_id(t.encode())) for p, t in sorted(tree.items()))


def test_a_name_that_is_left_or_renamed_against_its_class_fails_point_6() -> None:
    text = 'M = import_module("app.infra.db.engine")\nT = _("app.infra.db.engine")\n'
    new = "app.infra.sql.engine"
    sides = {
        (True, False): (),
        (False, False): ("app/names.py:1: app.infra.db.engine",),
        (True, True): (
            "app/names.py: app.infra.db.engine (before, line 2) is renamed and meant no module",
        ),
    }
    for (first, second), failures in sides.items():
        lines = text.splitlines()
        for number, is_renamed in enumerate((first, second)):
            if is_renamed:
                lines[number] = lines[number].replace("app.infra.db.engine", new)
        before = {**BEFORE, "app/names.py": text}
        after = {**AFTER, "app/names.py": "\n".join(lines) + "\n"}
        points = prove(_changes(after, before), _rehearsal(after, before), PLAN)
        assert _point(points, 6).failures == failures
        assert _point(points, 4).holds


def test_a_stub_that_imports_something_else_fails_point_4() -> None:
    before = {**BEFORE, "app/infra/api.pyi": "from .db.engine import make\nx: int\n"}
    for line, holds in (
        ("from .sql.engine import make", True),
        ("from .sql.engines import make", False),
    ):
        after = {**AFTER, "app/infra/api.pyi": f"{line}\nx: int\n"}
        point = _point(prove(_changes(after, before), _rehearsal(after, before), PLAN), 4)
        assert point.holds is holds
