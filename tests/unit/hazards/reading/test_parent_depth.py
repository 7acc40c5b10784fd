"""The same folder from another depth, in the author's own spelling."""

from __future__ import annotations

import pytest

from reorg_lib.hazards.reading.parent_depth import with_parent_depth
from reorg_lib.python.syntax import read_syntax

_OS = "os.path.dirname"

CASES = [
    ("Path(__file__).parent", 2, "Path(__file__).parent.parent"),
    ("Path(__file__).parent.parent.parent", 1, "Path(__file__).parent"),
    ("Path(__file__).resolve().parent", 3, "Path(__file__).resolve().parent.parent.parent"),
    ("Path(__file__).parent.resolve()", 2, "Path(__file__).parent.parent.resolve()"),
    ("Path(__file__).resolve().parents[3]", 5, "Path(__file__).resolve().parents[4]"),
    ("Path(__file__).parents[1]", 1, "Path(__file__).parents[0]"),
    ("Path(__file__).parents[0].parent", 3, "Path(__file__).parents[0].parent.parent"),
    (f"{_OS}(__file__)", 2, f"{_OS}({_OS}(__file__))"),
    ("dirname(dirname(abspath(__file__)))", 1, "dirname(abspath(__file__))"),
    (f"os.path.abspath({_OS}(__file__))", 2, f"os.path.abspath({_OS}({_OS}(__file__)))"),
    (f"Path({_OS}(__file__)).parent", 1, f"Path({_OS}(__file__))"),
    (f"Path({_OS}({_OS}(__file__)))", 1, f"Path({_OS}(__file__))"),
    ("str(Path(__file__).parent)", 2, "str(Path(__file__).parent.parent)"),
    ("(Path(__file__).parent)", 2, "(Path(__file__).parent.parent)"),
    (f"{_OS}(\n    {_OS}(__file__),\n)", 1, f"{_OS}(__file__)"),
    ("Path(__file__)\n    .parent\n    .parent", 1, "Path(__file__)\n    .parent"),
    ('abspath(__file__).rsplit("/", 2)[0]', 3, 'abspath(__file__).rsplit("/", 3)[0]'),
    ("__file__.rsplit(os.sep, maxsplit=3)[0]", 1, "__file__.rsplit(os.sep, maxsplit=1)[0]"),
    ("__file__.rpartition('/')[0]", 2, "__file__.rpartition('/')[0].rpartition('/')[0]"),
]


@pytest.mark.parametrize(("before", "wanted", "after"), CASES)
def test_an_expression_climbs_as_wanted_and_back(before: str, wanted: int, after: str) -> None:
    climbs = _climbs(before)
    assert with_parent_depth(before, climbs, wanted) == after
    assert _climbs(after) == wanted
    assert with_parent_depth(after, wanted, wanted) == after


UNCLEAR = [
    ("Path(__file__).parent", 1, 0),
    ("Path(__file__).parent.parents[0]", 2, 1),
    ("here", 1, 2),
    ("Path(__file__).parent", 2, 3),
    (f"{_OS}(\n    {_OS}(__file__)  # why\n)", 2, 1),
]


@pytest.mark.parametrize(("text", "climbs", "wanted"), UNCLEAR)
def test_what_is_unclear_is_left_to_people(text: str, climbs: int, wanted: int) -> None:
    assert with_parent_depth(text, climbs, wanted) is None


def _climbs(text: str) -> int:
    (anchor,) = read_syntax(f"X = (\n{text}\n)\n".encode()).anchors
    assert anchor.climbs is not None
    return anchor.climbs
