"""What the certificate says about history: from git's own figures, and in words that are true."""

from __future__ import annotations

import json

import pytest

from reorg_lib.export.certificate_text import certificate_json, certificate_markdown
from reorg_lib.git import open_repository
from reorg_lib.model import Certificate, DetectedRename
from reorg_lib.proof.detected_renames import detected_renames
from reorg_lib.proof.rehearsal import rehearse
from tests.conftest import MakeRepository
from tests.scripts import make_case

LONG = "".join(f"LINE_{number} = {number}\n" for number in range(40))
BEFORE = {
    "pkg/__init__.py": "",
    "pkg/same.py": LONG,
    "pkg/nearly.py": f"import pkg.same\n{LONG.lower()}",
    "pkg/tiny.py": "import pkg.same, pkg.nearly, pkg.tiny\n",
    "pkg/first.py": "x = 1\n" * 9,
    "pkg/second.py": "y = 2\n" * 9,
    "pkg/a/__init__.py": "",
    "pkg/b/__init__.py": "",
}
MOVES = {
    "pkg/same.py": "pkg/new/same.py",
    "pkg/nearly.py": "pkg/new/nearly.py",
    "pkg/tiny.py": "pkg/new/tiny.py",
    "pkg/first.py": "pkg/second.py",
    "pkg/second.py": "pkg/first.py",
    "pkg/a/__init__.py": "pkg/z/__init__.py",
    "pkg/b/__init__.py": "pkg/y/__init__.py",
}
AFTER = {
    "pkg/__init__.py": "",
    "pkg/new/same.py": LONG,
    "pkg/new/nearly.py": f"import pkg.new.same\n{LONG.lower()}",
    "pkg/new/tiny.py": "import pkg.new.same, pkg.new.nearly, pkg.new.tiny\n",
    "pkg/second.py": "x = 1\n" * 9,
    "pkg/first.py": "y = 2\n" * 9,
    "pkg/z/__init__.py": "",
    "pkg/y/__init__.py": "",
}


def _certificate(renames: tuple[DetectedRename, ...]) -> Certificate:
    return Certificate("c" * 40, "s" * 40, len(renames), 0, 0, 0, (), renames)


def test_the_rehearsal_measures_each_move_with_git(make_repository: MakeRepository) -> None:
    case = make_case(make_repository, BEFORE, AFTER, MOVES, modules={}, left=(), executable=())
    rehearsal = rehearse(open_repository(case.root), case.script.read_text())
    assert rehearsal.complaints == ()
    seen = {move.source: move for move in detected_renames(case.changeset, rehearsal.renames)}
    assert seen.keys() == MOVES.keys()
    assert seen["pkg/same.py"].similarity == 100
    assert 80 < (seen["pkg/nearly.py"].similarity or 0) < 100
    for source in ("pkg/tiny.py", "pkg/first.py", "pkg/second.py"):
        assert (seen[source].similarity, seen[source].taken_from) == (None, ""), source
    empty = [seen["pkg/a/__init__.py"], seen["pkg/b/__init__.py"]]
    assert all(m.similarity == 100 or m.taken_from for m in empty)
    text = certificate_markdown(_certificate(tuple(seen.values())))
    changed, heirs, lost = (
        text.index(words)
        for words in ("Below 100 %", "since each takes the place", "since too little of them")
    )
    assert changed < text.index("`pkg/new/nearly.py`") < heirs
    assert heirs < text.index("`pkg/second.py`, from `pkg/first.py`") < lost
    assert text.index("`pkg/new/tiny.py`, from") > lost


def test_a_rehearsal_without_a_commit_complains(make_repository: MakeRepository) -> None:
    case = make_case(make_repository)
    script = case.script.read_text().replace('commit "$moved" "$MESSAGE"', "true")
    complaints = rehearse(open_repository(case.root), script).complaints
    assert "--commit made no commit" in complaints


@pytest.mark.parametrize(
    ("renames", "words"),
    [
        ((DetectedRename("a", "b", 100),), "git sees every move as a rename"),
        (
            (DetectedRename("a", "b", 90), DetectedRename("c", "d", None)),
            "git sees 1 of 2 moves as a rename",
        ),
        ((DetectedRename("a", "b", None, "c"),), "Git cannot tell files of the same content apart"),
    ],
)
def test_the_history_describes_what_git_shows(
    renames: tuple[DetectedRename, ...], words: str
) -> None:
    assert words in " ".join(certificate_markdown(_certificate(renames)).split())


def test_every_move_is_in_the_json_and_the_page_stays_short() -> None:
    renames = tuple(DetectedRename(f"a{n}", f"b{n}", 60 + n) for n in range(30))
    record = json.loads(certificate_json(_certificate(renames)))
    assert [move["similarity"] for move in record["renames"]] == list(range(60, 90))
    text = certificate_markdown(_certificate(renames))
    assert "and 22 more" in text
    assert "the lowest at 60 %" in text
    assert ".git-blame-ignore-revs" in text
    assert "`b29`" not in text
