"""Where `reference-by-name` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import MOVES, OLD, hazards_of, told


def test_references_by_name() -> None:
    code = 'ref = f"{fn.__module__}:{fn.__qualname__}"\n'
    assert told(hazards_of("reference-by-name", {"shop/app.py": code})) == [
        ("shop/app.py:1", "block", None)
    ]
    shown = 'text = f"{fn.__module__}.{fn.__qualname__}"\n'
    assert hazards_of("reference-by-name", {"shop/app.py": shown}) == ()
    assert hazards_of("reference-by-name", {"shop/test_app.py": code}) == ()


def test_a_reference_to_a_class_of_which_none_moves() -> None:
    said = "self.__class__.__module__ + ':' + self.__class__.__name__"
    code = f"class {{}}:\n    def f(self):\n        return {said}\n"
    late = {f"{OLD}/late.py": "class Kind(Base): ...\n"}
    moves = (*MOVES, f"{OLD}/late.py > shop/infra/pg/setup/late.py")
    for name, number in (("Own", 0), ("Base", 1)):
        files = {**late, "shop/app.py": code.format(name)}
        assert len(hazards_of("reference-by-name", files, moves)) == number
