"""Where `file-anchor` is found, and where not."""

from __future__ import annotations

import pytest

from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import Hazard
from tests.unit.plan.surveys import plan_of, survey_of

_UP3 = "ROOT = Path(__file__).parent.parent.parent\n"


_UP1 = "HERE = Path(__file__).parent\n"


_FILES = {
    "alembic.ini": "",
    "shop/__init__.py": "",
    "shop/infra/__init__.py": "",
    "shop/infra/old/__init__.py": "",
}


def _hazards(files: dict[str, str], *steps: str) -> tuple[Hazard, ...]:
    drawn = _FILES | files
    contents = {path: text.encode() for path, text in drawn.items()}
    found = find_hazards(survey_of(drawn), plan_of(*steps), contents)
    return tuple(hazard for hazard in found if hazard.kind == "file-anchor")


DEEPER = [
    ("parent chain", "R = Path(__file__).parent.parent.parent.parent", ".parent" * 5),
    ("parents", "R = Path(__file__).resolve().parents[3]", "parents[4]"),
    ("dirname", "R = " + "dirname(" * 4 + "__file__" + ")" * 4, "dirname(" * 5 + "__file__"),
    ("join", 'R = join(dirname(__file__), "..", "..", "..")', '(__file__), "../..", "..", "..")'),
    ("slash", 'R = Path(__file__).parent / ".." / "../../a"', '.parent / "../.." / "../../a"'),
    ("joinpath", 'R = Path(__file__).joinpath("../../../..")', '("../../../../..")'),
    ("frame", "R = Path(getfile(currentframe())).parents[3]", "parents[4]"),
    ("spec", "R = Path(__spec__.origin).parents[3]", "parents[4]"),
    ("sys.modules", "R = Path(sys.modules[__name__].__file__).parents[3]", "parents[4]"),
]


@pytest.mark.parametrize(("text", "fix"), [c[1:] for c in DEEPER], ids=[c[0] for c in DEEPER])
def test_one_folder_deeper_climbs_one_more(text: str, fix: str) -> None:
    source, target = "shop/infra/old/migrate.py", "shop/infra/pg/setup/migrate.py"
    (hazard,) = _hazards({source: f"# first\n{text}\n"}, f"{source} > {target}")
    assert hazard.id == f"file-anchor:{source}:2"
    assert (hazard.kind, hazard.severity.value) == ("file-anchor", "block")
    assert hazard.fix is not None and fix in hazard.fix
    assert text[4:] == f"# first\n{text}\n"[hazard.start : hazard.end]
    assert "climbs 4 folders from" in hazard.why and "climb 5 instead" in hazard.why
    assert "the repository's root; from" in hazard.why and "it would be shop/" in hazard.why
    assert "\n" not in hazard.why


def test_one_folder_up_climbs_one_less() -> None:
    source = "shop/infra/old/sheet.py"
    text = "R = Path(__file__).parent.parent.parent.parent\n"
    (hazard,) = _hazards({source: text}, f"{source} > shop/infra/sheet.py")
    assert hazard.fix == "Path(__file__).parent.parent.parent"


UP = [
    ('join(dirname(__file__), "..", "..", "..")', 'join(dirname(__file__), "..", "..")'),
    ('Path(__file__).parent / "../../.." / "a"', 'Path(__file__).parent / "../.."'),
    ('Path(__file__).parents[2] / ".."', "Path(__file__).parents[2]"),
    ('Path(__file__).parents[2].joinpath("..", "a")', 'Path(__file__).parents[2].joinpath("a")'),
]


@pytest.mark.parametrize(("text", "fix"), UP)
def test_steps_up_that_are_strings_can_be_taken_away(text: str, fix: str) -> None:
    source = "shop/infra/old/sheet.py"
    (hazard,) = _hazards({source: f"R = {text}\n"}, f"{source} > shop/infra/sheet.py")
    assert hazard.severity.value == "block"
    assert hazard.fix == fix


def test_the_same_folder_is_no_hazard() -> None:
    source = "shop/infra/old/migrate.py"
    assert _hazards({source: _UP3}, f"{source} > shop/infra/new/migrate.py") == ()
    assert _hazards({source: _UP3}, f"? {source} > shop/infra/pg/setup/migrate.py") == ()


def test_a_file_beside_the_module_must_come_along() -> None:
    source, data = "shop/infra/old/seed.py", "shop/infra/old/rows.json"
    files = {source: _UP1, data: "[]", "shop/infra/old/keep.py": ""}
    (alone,) = _hazards(files, f"{source} > shop/infra/pg/seed.py")
    assert (alone.severity.value, alone.fix) == ("block", None)
    assert data in alone.why and "does not follow" in alone.why

    moves = [f"{source} > shop/infra/pg/seed.py", f"{data} > shop/infra/pg/rows.json"]
    (along,) = _hazards(files, *moves)
    assert along.severity.value == "note" and f"{data} beside it moves along" in along.why

    renamed = [moves[0], f"{data} > shop/infra/pg/lines.json"]
    (elsewhere,) = _hazards(files, *renamed)
    assert elsewhere.severity.value == "block"

    (deeper,) = _hazards(files, f"{source} > shop/infra/old/setup/seed.py")
    assert deeper.fix == "Path(__file__).parent.parent"


def test_with_name_reads_beside_the_module_too() -> None:
    source, data = "shop/infra/old/seed.py", "shop/infra/old/rows.json"
    files = {source: 'ROWS = Path(__file__).with_name("rows.json")\n', data: "[]"}
    files["shop/infra/old/keep.py"] = ""
    (alone,) = _hazards(files, f"{source} > shop/infra/pg/seed.py")
    assert (alone.severity.value, alone.fix) == ("block", None)
    (along,) = _hazards(
        files, f"{source} > shop/infra/pg/seed.py", f"{data} > shop/infra/pg/rows.json"
    )
    assert along.severity.value == "note"
    (stays,) = _hazards(files, f"{data} > shop/infra/pg/rows.json")
    assert stays.severity.value == "block" and "move both or neither" in stays.why
    above = {"shop/paths.py": "from pathlib import Path\nHERE = Path(__file__).parent\n", data: ""}
    (far,) = _hazards(above, f"{data} > shop/infra/pg/rows.json")
    assert far.severity.value == "note"  # data of a package below is read by a joined path


@pytest.mark.parametrize(
    "text",
    [
        'Path(__file__).with_name("worker.py")',
        'Path(__file__).parent / "worker.py"',
        'Path(__file__).parent.joinpath("worker.py")',
        'os.path.join(os.path.dirname(__file__), "worker.py")',
    ],
)
def test_the_file_that_is_named_counts_alone(text: str) -> None:
    source, worker = "shop/infra/old/seed.py", "shop/infra/old/worker.py"
    files = {source: f"W = {text}\n", worker: "", "shop/infra/old/rows.json": ""}
    move = f"{source} > shop/infra/pg/seed.py"
    (along,) = _hazards(files, move, f"{worker} > shop/infra/pg/worker.py")
    assert along.severity.value == "note" and worker in along.why
    assert "moves along" in along.why
    for other in ((), (f"{worker} > shop/infra/pg/other.py",)):
        (left,) = _hazards(files, move, *other)
        assert left.severity.value == "block"
    (away,) = _hazards(files, f"{worker} > shop/infra/pg/worker.py")
    assert away.severity.value == "block" and "move both or neither" in away.why
    assert _hazards(files, "shop/infra/old/rows.json > shop/infra/pg/rows.json") == ()


def test_a_file_in_a_folder_that_is_named() -> None:
    source, data = "shop/infra/old/seed.py", "shop/infra/old/data/rows.json"
    files = {source: 'R = Path(__file__).parent / "data" / "rows.json"\n', data: ""}
    files["shop/infra/old/more.json"] = ""
    (along,) = _hazards(
        files, f"{source} > shop/infra/pg/seed.py", f"{data} > shop/infra/pg/data/rows.json"
    )
    assert along.severity.value == "note"


def test_some_of_the_files_beside_it_is_for_people() -> None:
    files = {
        "shop/infra/old/seed.py": _UP1,
        "shop/infra/old/rows.json": "",
        "shop/infra/old/more.json": "",
    }
    (hazard,) = _hazards(
        files,
        "shop/infra/old/seed.py > shop/infra/old/setup/seed.py",
        "shop/infra/old/rows.json > shop/infra/old/setup/rows.json",
    )
    assert hazard.fix is None and "only some of the files there move along" in hazard.why
    assert "more.json does not" in hazard.why


def test_a_folder_that_is_dissolved_has_no_fix() -> None:
    files = {"shop/infra/old/a/x.py": "D = Path(__file__).parents[1]\n", "shop/infra/old/b.py": ""}
    moves = [
        "shop/infra/old/a/x.py > shop/infra/new/a/x.py",
        "shop/infra/old/b.py > shop/infra/b.py",
    ]
    (hazard,) = _hazards(files, *moves)
    assert (hazard.severity.value, hazard.fix) == ("block", None)
    assert "shop/infra/old/b.py does not follow" in hazard.why


def test_what_cannot_be_read_off_blocks_without_a_fix() -> None:
    source = "shop/infra/old/odd.py"
    text = "R = Path(__file__).parents[N]\nS = Path(__file__).parents[9]\n"
    first, second = _hazards({source: text}, f"{source} > shop/infra/pg/x/odd.py")
    assert (first.fix, second.fix) == (None, None)
    assert "cannot be read off" in first.why and "out of the repository" in second.why


def test_two_on_one_line_have_ids_of_their_own_and_all_are_sorted() -> None:
    source = "shop/infra/old/m.py"
    text = "A, B = Path(__file__).parents[3], Path(__file__).parents[2]\n"
    found = _hazards(
        {source: text, "shop/infra/a.py": _UP3},
        f"{source} > shop/infra/pg/x/m.py",
        "shop/infra/a.py > shop/infra/pg/a.py",
    )
    assert [h.id for h in found] == [
        "file-anchor:shop/infra/a.py:1",
        f"file-anchor:{source}:1:7",
        f"file-anchor:{source}:1:34",
    ]
    assert [h.fix for h in found[1:]] == ["Path(__file__).parents[4]", "Path(__file__).parents[3]"]


@pytest.mark.parametrize("code", ["Path(__file__).stem", "os.path.basename(__file__)"])
def test_a_file_that_is_asked_for_its_own_name(code: str) -> None:
    files = {"shop/infra/old/db.py": f"NAME = {code}\n"}
    (found,) = _hazards(files, "shop/infra/old/db.py > shop/infra/old/engine.py")
    assert (found.line, found.severity.value, found.fix) == (1, "block", None)
    same_name = _hazards(files, "shop/infra/old/db.py > shop/infra/pg/db.py")
    assert not [hazard for hazard in same_name if hazard.severity.value == "block"]


def test_a_page_that_is_renamed_where_it_lies_is_not_read_by_a_script() -> None:
    files = {"setup.py": "HERE = os.path.dirname(__file__)\n", "docs/shop.db.rst": ""}
    assert _hazards(files, "docs/shop.db.rst > docs/shop.tables.rst") == ()
    (found,) = _hazards(files, "docs/shop.db.rst > web/db.rst")
    assert (found.path, found.severity.value) == ("setup.py", "block")
