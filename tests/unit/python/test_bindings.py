"""One table of what a suite binds, asked of both parsers' analyses and of Python's own compiler."""

from __future__ import annotations

import symtable
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst
import pytest

from reorg_lib.python.bindings import BindingKind, bindings_in_file, bindings_in_suite
from reorg_lib.python.syntax import parse_source
from reorg_lib.rewrite.libcst_bindings import read_bindings


@dataclass(frozen=True)
class Case:
    """A suite, and the names that it binds in its own scope, by what binds them."""

    suite: str
    value: str = ""
    annotation: str = ""
    handler: str = ""
    deletion: str = ""
    since: tuple[int, int] = (3, 11)


CASES = [
    # assignments
    Case("a = b = c = 1", "a b c"),
    Case("a, (b, [c, *d]), e.f, g[0] = x", "a b c d"),
    Case("*a, b = x", "a b"),
    Case("[a, *b] = (c) = x", "a b c"),
    Case("a += 1\nb.c += 1", "a"),
    Case("a: int\nb: int = 1\nc.d: int = 2", "b", annotation="a"),
    Case("(a := b)", "a"),
    Case("f(a := 1, k=(b := 2), c=3)", "a b"),
    Case("x if (a := 1) else lambda: (b := 2)", "a"),
    Case("type A = int", "A", since=(3, 12)),
    Case("type A[T] = list[T]", "A", since=(3, 12)),
    Case("type = 1\nmatch = 2\ncase = 3", "case match type"),
    # imports
    Case("import a", "a"),
    Case("import a.b.c, d.e as f", "a f"),
    Case("import a.b as c", "c"),
    Case("from a.b import c, d as e", "c e"),
    Case("from . import (a, b as c,)", "a c"),
    # compound statements
    Case("for a in x: b = 1\nelse: c = 1", "a b c"),
    Case("for (a, *b), c.d in x: pass", "a b"),
    Case("async def f(): pass\nwhile x: a = 1\nelse: b = 2", "a b f"),
    Case("with x as a, y as (b, *c), z as d.e: f = 1", "a b c f"),
    Case("with (x as a, y as [b]): pass", "a b"),
    Case("with (x as a): pass", "a"),
    Case("try: a = 1\nexcept E as e: b = 1\nelse: c = 1\nfinally: d = 1", "a b c d", handler="e"),
    Case("try: pass\nexcept* (E, F) as e: pass", handler="e"),
    Case("if x: a = 1\nelif (b := y): c = 1\nelse:\n    import d", "a b c d"),
    Case("match x:\n case [a, *b] | (a, *b): c = 1", "a b c"),
    Case("match x:\n case {'k': a, K.k: b, **c}: pass", "a b c"),
    Case("match x:\n case A(a, k=b, l=C.d) as e: pass\n case _: pass", "a b e"),
    Case("match x:\n case str() as a, (b): pass\n case [*_]: pass", "a b"),
    Case("match x:\n case A.b | -1 | None | 'c': pass", ""),
    # scopes inside
    Case("def f(a, *b, c=1, **d): e = 1", "f"),
    Case("@(a := g)\ndef f(b=(c := 1), *, d=(e := 2)): (h := 3)", "a c e f"),
    Case("class A(B, k=(a := C)):\n    b = 1\n    def c(self): pass", "A a"),
    Case("lambda a, b=(c := 1): (d := 2)", "c"),
    Case("[a for a in x]\n{b: c for b, c in x}", ""),
    Case("[(a := b) for b in x if (c := b)]", "a c"),
    Case("def f[T, *Ts, **P](a: T): pass", "f", since=(3, 12)),
    Case("class A[T](B[T]): x: int", "A", since=(3, 12)),
    # and what ends a name
    Case("del a, (b, c.d), [e], f[0]", deletion="a b e"),
    Case("a = 1; del a", "a", deletion="a"),
    Case("print(a, b.c)\nreturn_ = a", "return_"),
    Case("é = 1", "é"),
]


def _by_kind(case: Case) -> dict[BindingKind, set[str]]:
    said = {BindingKind(kind): set(getattr(case, kind).split()) for kind in BindingKind}
    return {kind: names for kind, names in said.items() if names}


def _by_tree_sitter(source: str, *, inside: bool = False) -> dict[BindingKind, set[str]]:
    tree = parse_source(source.encode())
    outer = tree.root.named_children[-1]
    suite = outer.child_by_field_name("body") if inside else tree.root
    assert suite is not None
    found: dict[BindingKind, set[str]] = {}
    for binding in bindings_in_suite(suite):
        found.setdefault(binding.kind, set()).add(tree.source.text(binding.name))
    return found


def _by_libcst(source: str, *, inside: bool = False) -> dict[BindingKind, set[str]]:
    module = cst.parse_module(source)
    body = getattr(module.body[-1], "body", None)
    suite = body if inside and isinstance(body, cst.CSTNode) else module
    return {kind: names for kind, names in read_bindings(suite).names.items() if names}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.suite)
def test_both_parsers_say_the_same(case: Case) -> None:
    assert _by_tree_sitter(case.suite) == _by_kind(case)
    assert _by_libcst(case.suite) == _by_kind(case)


@pytest.mark.parametrize("around", ["def f():", "async def f(g=(z := 1)):", "class A:"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.suite)
def test_the_body_of_a_scope_is_a_suite(case: Case, around: str) -> None:
    source = f"{around}\n{textwrap.indent(case.suite, '    ')}\n"
    assert _by_tree_sitter(source, inside=True) == _by_kind(case)
    assert _by_libcst(source, inside=True) == _by_kind(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.suite)
def test_the_compiler_takes_the_same_names_for_local(case: Case) -> None:
    if sys.version_info < case.since:
        pytest.skip(f"syntax of Python {case.since}")
    source = f"def scope():\n{textwrap.indent(case.suite, '    ')}\n"
    table = symtable.symtable(source, "suite", "exec").get_children()[0]
    if table.get_name() != "scope":
        table = next(t for t in table.get_children() if t.get_name() == "scope")
    local = {s.get_name() for s in table.get_symbols() if s.is_local()}
    assert local == set().union(*_by_kind(case).values())


@pytest.mark.parametrize("statement", ["global a, b", "nonlocal a, b"])
def test_names_declared_for_another_scope(statement: str) -> None:
    read = read_bindings(cst.parse_module(f"{statement}\na = 1\ndef f(): global c\n"))
    assert {*read.declared, *read.outer} == {"a", "b"}


def _in_file(source: str) -> Iterator[str]:
    tree = parse_source(source.encode())
    for binding in bindings_in_file(tree.root):
        value = f"={tree.source.text(binding.value)}" if binding.value is not None else ""
        yield tree.source.text(binding.name) + value


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a = b = 1", "a=1 b=1"),
        ("def f(a, *b, c=1, d: int = 2, **e: str):\n    g = 3", "f a b c d e g=3"),
        ("lambda a, *b, c=1: (d := 2)", "a b c d=2"),
        ("[x for a, (b, *c) in y]", "a b c"),
        ("class A:\n    b = 1\n    def c(self): d = 2", "A b=1 c self d=2"),
        ("def f[T: int, *Ts](a: dict[str, K]): pass", "f T Ts a"),
        ("a, b = 1, 2\na: int\nimport c.d as e", "a b a e"),
        ("match x:\n case [a, (b, c)] if (d := 1): pass", "a b c d=1"),
    ],
)
def test_every_scope_of_a_file(source: str, names: str) -> None:
    assert list(_in_file(source)) == names.split()
