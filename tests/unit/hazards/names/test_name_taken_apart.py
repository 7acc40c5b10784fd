"""Where `name-taken-apart` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import MOVES, OLD, hazards_of, told


@pytest.mark.parametrize(
    "code",
    [
        'KIND = __name__.split(".")[2]',
        'HOME = __name__.rpartition(".")[0]',
        "TAIL = __package__[5:]",
        'if __name__ in ("a", "b"): ...',
    ],
)
def test_a_module_name_that_is_taken_apart(code: str) -> None:
    (found,) = hazards_of("name-taken-apart", {f"{OLD}/db.py": code + "\n"})
    assert told((found,)) == [(f"{OLD}/db.py:1", "block", None)]
    assert hazards_of("name-taken-apart", {"shop/infra/http/client.py": code + "\n"}) == ()


@pytest.mark.parametrize(
    "code",
    [
        'APP = __name__.split(".")[0]',
        "APP = __name__.partition('.')[0]",
        'LAST = __name__.rsplit(".", 1)[-1]',
        'if __name__.split(".")[2] == "elsewhere": ...',
    ],
)
def test_a_part_of_the_name_that_stays_is_no_hazard(code: str) -> None:
    assert hazards_of("name-taken-apart", {f"{OLD}/db.py": code + "\n"}) == ()


@pytest.mark.parametrize(
    "code",
    [
        'if cls.__module__.split(".")[2] == "old": ...',
        'if cls.__module__.split(".")[2] != "pg": ...',
        'if cls.__module__.split(".")[2] in KNOWN: ...',
        'PLACE = cls.__module__.split(".", 2)[2]',
        'APP = cls.__module__.split("_")[0]',
        'PLACE = __package__.split(".")[-1]',
    ],
)
def test_a_part_of_the_name_that_may_change_is_one(code: str) -> None:
    (found,) = hazards_of("name-taken-apart", {f"{OLD}/db.py": code + "\n"})
    assert found.severity.value == "block"


def test_the_module_of_any_class_taken_apart() -> None:
    code = 'def key(cls):\n    return cls.__module__.rpartition(".")[0]\n'
    (found,) = hazards_of("name-taken-apart", {"shop/app.py": code})
    assert (found.line, found.severity.value) == (2, "block")
    for near in (
        "log = getLogger(__name__)\n",
        'if __name__ == "__main__": ...\n',
        "# __name__[1]\n",
        "if cls.__module__ in LIBRARIES: ...\n",
    ):
        assert hazards_of("name-taken-apart", {f"{OLD}/db.py": near}) == ()


@pytest.mark.parametrize(
    ("code", "severities"),
    [
        ('log.debug("%s", f.__module__.split(".")[-1])', ["note"]),
        ('print(f.__module__.split(".")[-1])', ["block"]),
        (
            'log.debug(TABLE[f.__module__.split(".")[-1]]); KEY = f.__module__[5:]',
            ["note", "block"],
        ),
        ('if f.__module__.startswith("shop.web."):\n    key = f.__module__[9:]', []),
        ('if f.__module__.startswith("shop.infra."):\n    key = f.__module__[11:]', ["block"]),
        ('if f.__module__.startswith("shop.web."): ...\nelse:\n    f.__module__[9:]', ["block"]),
        ("class Own:\n    def f(self):\n        return self.__class__.__module__[5:]", []),
        ("class Base:\n    def f(self):\n        return self.__class__.__module__[5:]", ["block"]),
    ],
)
def test_a_name_taken_apart_that_decides_nothing(code: str, severities: list[str]) -> None:
    files = {"shop/app.py": code + "\n", f"{OLD}/late.py": "class Kind(app.Base): ...\n"}
    moves = (*MOVES, f"{OLD}/late.py > shop/infra/pg/setup/late.py")
    found = hazards_of("name-taken-apart", files, moves)
    assert [hazard.severity.value for hazard in found] == severities
