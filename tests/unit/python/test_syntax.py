"""What is read off one file, in every way that Python lets people write it."""

from __future__ import annotations

import pytest

from reorg_lib.model import ImportKind
from reorg_lib.python.syntax import UnreadableSource, read_syntax


def _written(source: str) -> list[str]:
    """Each import as `level module: name [as alias]`, a plain import without the colon part."""
    said = []
    for statement in read_syntax(source.encode()).imports:
        names = ", ".join(f"{n.name} as {n.alias}" if n.alias else n.name for n in statement.names)
        start = "." * statement.level + statement.module
        said.append(f"{start}: {names}" if statement.is_from else names)
    return said


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("import a.b as c, d\n", ["a.b as c, d"]),
        ("import a; from b import c; import d", ["a", "b: c", "d"]),
        ("from . import x\n", [".: x"]),
        ("from .. import *\n", ["..: *"]),
        ("from ... a . b import c as d\n", ["...a.b: c as d"]),
        ("from a import \\\n    b, \\\n    c\n", ["a: b, c"]),
        ("from a \\\n  .b import c\n", ["a.b: c"]),
        ("from a import (  # why\n    b,  # first\n    # gone\n    c as d,\n)\n", ["a: b, c as d"]),
        ("from __future__ import annotations\n", ["__future__: annotations"]),
        ("import a\r\nfrom b import c\r\n", ["a", "b: c"]),
        ("if x:\n\timport a\n", ["a"]),
        ("\x0cimport a\n", ["a"]),
        ("import match, type, case", ["match, type, case"]),
        ("", []),
    ],
)
def test_imports(source: str, written: list[str]) -> None:
    assert _written(source) == written
    assert read_syntax(source.encode()).error_line is None


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("import a", "top-level"),
        ("if x:\n    import a\nelse:\n    import b", "top-level top-level"),
        ("class A:\n    import a", "top-level"),
        (
            "try:\n  import a\nexcept E:\n  import b\nelse:\n  import c\nfinally:\n  import d",
            "try " * 4,
        ),
        ("def f():\n    import a", "function-level"),
        ("def f():\n    try:\n        import a\n    except E: pass", "function-level"),
        ("try:\n    def f():\n        import a\nexcept E: pass", "function-level"),
        ("class A:\n    async def f(self):\n        import a", "function-level"),
        ("if TYPE_CHECKING:\n    import a\nelse:\n    import b", "type-checking top-level"),
        ("if typing.TYPE_CHECKING:\n    import a", "type-checking"),
        ("if (TYPE_CHECKING):\n    import a", "type-checking"),
        ("if x:\n    pass\nelif TYPE_CHECKING:\n    import a", "type-checking"),
        ("try:\n    if TYPE_CHECKING:\n        import a\nexcept E: pass", "type-checking"),
        ("def f():\n    if TYPE_CHECKING:\n        import a", "type-checking"),
        ("if NOT_TYPE_CHECKING:\n    import a", "top-level"),
    ],
)
def test_kind(source: str, kinds: str) -> None:
    found = [s.kind for s in read_syntax(source.encode()).imports]
    assert found == [ImportKind(k) for k in kinds.split()]


@pytest.mark.parametrize("before", ["", "\ufeff", "x = '😀é'; ", "# 😀\r\n"])
def test_spans_are_offsets_into_the_original_bytes(before: str) -> None:
    source = (before + "from a import b; 'name'  # text").encode()
    syntax = read_syntax(source)
    (statement,) = syntax.imports
    assert source[statement.start : statement.end] == b"from a import b"
    texts = [source[start:end] for start, end in syntax.texts]
    assert texts[-2:] == [b"name", b"# text"]


def test_texts_are_the_literal_parts_of_every_kind_of_string() -> None:
    source = b'''"""doc"""
a = 'one' "two" + b"three" + rf'four{x["five"]}six' + t"seven{y}" + """eight
nine""" # ten
'''
    texts = {source[start:end] for start, end in read_syntax(source).texts}
    words = b"doc one two three four five six seven".split()
    assert texts == {*words, b"eight\nnine", b"# ten"}


@pytest.mark.parametrize(
    "source",
    [
        "def first[T: int = str](x: T) -> T: ...\ntype Pair[T] = tuple[T, T]\n",
        "x = f'{d['key']!r:>{width}} {'a' + f'{b}'}'\n",
        "x = t'{name}'\n",
        "try:\n    pass\nexcept A, B:\n    pass\n",
        "try:\n    pass\nexcept* A as group:\n    pass\n",
        "match x:\n    case {'a': [1, *rest], **more} | Point(x=0) as p if p:\n        pass\n",
        "with (open(a) as b, open(c) as d):\n    pass\n",
        "def f(a, /, b, *, c): return (yield)\n",
        "print((y := f(x)), *[*a, *b])\n",
        "class A[T](B[T], metaclass=M): x: int\n",
        "async def f():\n    return [x async for x in y if await z]\n",
        "lambda: (yield)\n",
    ],
)
def test_syntax_of_any_version_is_read(source: str) -> None:
    assert read_syntax(source.encode()).error_line is None


@pytest.mark.parametrize(
    ("source", "line"), [("x = 1\ny = (\n", 2), ("def f(:\n    pass\n", 1), ("a\nb\nimport\n", 3)]
)
def test_error_line(source: str, line: int) -> None:
    assert read_syntax(source.encode()).error_line == line


def test_what_stands_before_an_error_is_still_read() -> None:
    syntax = read_syntax(b"import a\nx = 'b'\ndef f(:\n")
    assert (syntax.imports[0].names[0].name, len(syntax.texts)) == ("a", 1)


def test_classes() -> None:
    source = b"""
class A(B, c.D, E[T], Generic[T], metaclass=M):
    @property
    def one(self): ...
    async def two(self): ...
    class Inner: ...
    def _three(self):
        def four(): ...
"""
    inner, outer = sorted(read_syntax(source).classes, key=lambda c: -c.line)
    assert (inner.name, outer.name, outer.line) == ("Inner", "A", 2)
    assert outer.bases == ("B", "c.D", "E", "Generic")
    assert outer.methods == ("one", "two", "_three")


def test_calls_are_dotted_sorted_and_each_once() -> None:
    source = b"b.c(a()); a(); (x)(); q[0](); a.\\\n  d(); f().g()\n"
    assert read_syntax(source).calls == ("a", "a.d", "b.c", "f")


@pytest.mark.parametrize(
    ("source", "bound"),
    [
        ("import a.b, c.d as e\nfrom f import g, h as i\nfrom j import *", "a e g i"),
        ("a = b = 1; (c, [d, *e]), f.g, h[0] = x; i: int; j += 1", "a b c d e i j"),
        ("def f(a):\n    b = 1\n    import c", "f"),
        ("class A:\n    d = 1\n    import e\n    def g(self): ...", "A"),
        ("@d\ndef f(): ...\n@d\nclass A: ...", "A f"),
        ("for a, b in x:\n    c = 1\nelse:\n    d = 1", "a b c d"),
        ("while x:\n    a = 1\n", "a"),
        ("with f() as a, g() as (b, c):\n    d = 1\nwith (f() as e):\n    pass", "a b c d e"),
        ("try:\n a = 1\nexcept E as b:\n c = 1\nelse:\n d = 1\nfinally:\n e = 1", "a b c d e"),
        ("try:\n    pass\nexcept* E as a:\n    b = 1", "a b"),
        ("if x:\n    a = 1\nelif y:\n    b = 1\nelse:\n    c = 1", "a b c"),
        ("if (a := 1) and [b := c for c in d]:\n    pass\ndef f(): (g := 1)", "a b f"),
        ("match x:\n  case A(q, k=b) | [c, *d]:\n    e = 1", "b c d e q"),
        ("match x:\n  case {'f': g, **h} as i: pass\n  case j.k: pass", "g h i"),
        ("type A[T] = int", "A"),
        ("def f():\n    global a\n    a = 1", "a f"),
    ],
)  # fmt: skip
def test_bound(source: str, bound: str) -> None:
    assert sorted(read_syntax(source.encode()).bound) == bound.split()


# ------------------------------------------------------------------------------------- anchors


def _anchors(source: str) -> list[tuple[str, int | None]]:
    return [(a.text, a.climbs) for a in read_syntax(source.encode()).anchors]


@pytest.mark.parametrize(
    ("expression", "climbs"),
    [
        ("__file__", 0),
        ("Path(__file__)", 0),
        ("pathlib.Path(__file__).resolve().parent", 1),
        ("Path(__file__).resolve(strict=True).parents[2]", 3),
        ("Path(__file__).absolute().parent.parents[0].parent", 3),
        ("(Path(__file__)\n    .parent\n    .parent)", 2),
        ("os.path.dirname(__file__)", 1),
        ("os.path.dirname(os.path.dirname(os.path.abspath(__file__)))", 2),
        ("dirname(realpath(__file__))", 1),
        ("Path(os.path.dirname(__file__)).parent", 2),
        ("os.path.dirname(str(Path(__file__).parent))", 2),
        ("Path(__file__).parents", None),
        ("Path(__file__).parents[n]", None),
        ("Path(__file__).parents[-1]", None),
        ("Path(__file__) / '..'", 1),
        ("os.path.join(__file__, '..', 'data')", 1),
        ("os.path.join(os.path.dirname(__file__), '..', '../..')", 4),
        ("os.path.abspath(os.path.join(__file__, '..', '..'))", 2),
        ("Path(__file__).parent / '..' / '../x'", 3),
        ("Path(__file__).parent.joinpath('..', 'x')", 2),
        ("(Path(__file__).parent / '..').resolve().parent", 3),
        ("(Path(__file__).parent / '..').parent", None),
        ("inspect.getfile(inspect.currentframe())", 0),
        ("os.path.dirname(inspect.getsourcefile(currentframe()))", 1),
        ("Path(sys.modules[__name__].__file__).parent", 1),
        ("Path(__spec__.origin).parents[1]", 2),
        ("__file__.rsplit('/', 2)", None),
        ("__file__.rsplit('.', 1)[0]", 0),
        ("__file__.rpartition('.')[0]", 0),
        ("__file__.rsplit('.', 2)", None),
        ("dirname(__file__.rsplit('.', 1)[0])", 1),
    ],
)
def test_the_longest_expression_is_understood(expression: str, climbs: int | None) -> None:
    assert _anchors(f"x = [{expression}, 1]") == [(expression, climbs)]


def test_what_follows_the_expression_is_not_part_of_it() -> None:
    assert _anchors("x = Path(__file__).parent / 'a' / 'b.ini'") == [("Path(__file__).parent", 1)]
    joined = "os.path.join(os.path.dirname(__file__), 'data', '..')"
    assert _anchors(joined) == [("os.path.dirname(__file__)", 1)]
    assert _anchors("f(1, __file__)") == [("__file__", 0)]


def test_a_name_for_the_file_is_followed() -> None:
    source = "here = Path(__file__).resolve()\nroot = here.parents[3]\nprint(here, x.here.parent)"
    assert _anchors(source) == [("Path(__file__).resolve()", 0), ("here.parents[3]", 4)]


def test_a_name_for_a_folder_is_not_counted_twice() -> None:
    source = "root = Path(__file__).parent\nabove = root.parent"
    assert _anchors(source) == [("Path(__file__).parent", 1)]


def test_other_modules_and_text_are_no_anchors() -> None:
    assert _anchors("a.__file__; '__file__'; x = my__file__; getfile(Other)") == []


# ------------------------------------------------------------------------------------ encoding


def test_latin_1_keeps_offsets_and_names() -> None:
    source = "# -*- coding: latin-1 -*-\ncaf\xe9 = '\xe9\xe8'; from a import b".encode("latin-1")
    syntax = read_syntax(source)
    (statement,) = syntax.imports
    assert source[statement.start : statement.end] == b"from a import b"
    assert source[slice(*syntax.texts[1])] == b"\xe9\xe8"
    assert syntax.bound == {"caf\xe9", "b"}


def test_shift_jis_keeps_offsets_though_its_second_bytes_look_like_backslashes() -> None:
    source = "# coding: shift_jis\nx = '\u8868'; import a\n".encode("shift_jis")
    syntax = read_syntax(source)
    assert source[syntax.imports[0].start :] == b"import a\n"
    assert syntax.error_line is None


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        (b"a\nb\nx = '\xe9'\n", 3, "0xe9 is not utf-8"),
        (b"# coding: no-such\n\n", 1, "no-such"),
        (b"# coding: utf-8\n# \xff", 2, "UTF-8"),
        (b"\xef\xbb\xbf# coding: latin-1\n", 1, "coding comment"),
        ("# coding: iso2022_jp\nx = '\u8868\u8868'".encode("iso2022_jp"), 1, "keep ASCII in place"),
    ],
)
def test_what_cannot_be_decoded_says_what_to_do(source: bytes, line: int, said: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_syntax(source)
    assert said in str(caught.value)
    assert "save the file as UTF-8" in str(caught.value)
    if b"\xff" not in source:  # tokenize does not say where
        assert caught.value.line == line


def test_valid_python_that_tree_sitter_does_not_know_yet_is_believed_when_libcst_agrees() -> None:
    newer = b"import a\n\ndef first[T = int](x: T) -> T:\n    import b\n    return x\n"
    assert read_syntax(newer).error_line is None
    assert [s.names[0].name for s in read_syntax(newer).imports] == ["a", "b"]
