"""Where `reference-by-name` is found, and where not."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ('CASES = ["def f(c): return c.__module__ == x"]', 0),
        ('CASES = """\ncls.__module__ + \':\' + cls.__name__\n"""', 0),
        ('WORD = re.compile(r"\\.__module__\\b")', 0),
        ("# pickle.dumps(x) keeps x.__module__", 0),
        ("exec(\"ref = c.__module__ + ':' + c.__name__\")", 1),
        ("ref = c.__module__ + ':' + c.__name__", 1),
        ('ref = f"{c.__module__}:{c.__name__}"', 1),
    ],
)
def test_a_reference_in_a_text_that_nothing_executes(code: str, number: int) -> None:
    assert len(hazards_of("reference-by-name", {"shop/app.py": code + "\n"})) == number


def test_the_module_of_a_split_class_in_a_text() -> None:
    source = f"{OLD}/kinds.py"
    for code, number in (("c.__module__", 1), ('"c.__module__"', 0), ('r"\\.__module__"', 0)):
        text = f"from shop.infra.old.kinds import A\nWHERE = {code}\n"
        files = {source: "class A: ...\nclass B: ...\n", "shop/app.py": text}
        found = hazards_of("reference-by-name", files, (f"{source} >> shop/infra/old/kinds",))
        assert len(found) == number
