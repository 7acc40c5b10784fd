"""What is wrong about a plain import that goes below another root is seen by the proof.

Each program is right but for one file, which a careless rewriter could have made. Point 2 says
what does not resolve, point 3 what is imported besides, point 4 what means something else.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from reorg_lib.git import blob_id
from reorg_lib.model import Plan, Scope, TrackedFile
from reorg_lib.proof.points import prove
from reorg_lib.proof.rehearsal import Rehearsal
from tests.changesets import make_changeset

TREE = {
    "a/__init__.py": "",
    "a/b/__init__.py": "",
    "a/b/c.py": "K = 1\n",
    "a/b/d.py": "D = 1\n",
    "n/__init__.py": "",
    "n/m.py": "M = 1\n",
    "foo.py": "X = 1\n",
}
MOVED = {"a/b/c.py": "n/c.py", "foo.py": "n/foo.py"}
NAMES = {"a.b.c": "n.c", "foo": "n.foo"}


def failures(before: Mapping[str, str], after: Mapping[str, str]) -> set[int]:
    """Return the points that fail if the files `before` become those `after`, and TREE is moved."""
    old = {**TREE, **before}
    new = {MOVED.get(path, path): text for path, text in {**old, **after}.items()}
    changes = make_changeset(old, new, MOVED, modules=NAMES, package="a")
    contents = {blob_id(t.encode()): t.encode() for t in (*old.values(), *new.values())}
    rehearsal = Rehearsal(_tracked(old), _tracked(new), contents, ())
    points = prove(changes, rehearsal, Plan(Scope("a", ".", "c")))
    return {point.number for point in points if not point.holds and point.number != 6}


def _tracked(tree: Mapping[str, str]) -> tuple[TrackedFile, ...]:
    return tuple(TrackedFile(p, "100644", blob_id(t.encode())) for p, t in sorted(tree.items()))


CHAIN = "import a.b.c\nprint(a.b.c.K)\n"
BOTH = "import a.b.c\nprint(a.b.c.K, a.b.d.D)\n"
LATE = "def f(n):\n    import a.b.c\n    return n + a.b.c.K\n"
GLOBAL = "def f():\n    global a\n    import a.b.c\ndef g(): return a.b.c.K\n"
TWO = """
def f():
    import a.b.c
    return a.b.c.K
def g():
    import a.b.d
    return a.b.d.D
"""
VALUE = "import foo\nprint(foo.X, foo)\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CHAIN, "import n.c\nprint(n.c.K)\n"),
        (CHAIN, "from n import c\nprint(c.K)\n"),
        (CHAIN, "import n.c as n_c\nprint(n_c.K)\n"),
        (BOTH, "import n.c, a.b\nprint(n.c.K, a.b.d.D)\n"),
        (LATE, "def f(n):\n    from n import c\n    return n + c.K\n"),
        (GLOBAL, "def f():\n    global n\n    import n.c\ndef g(): return n.c.K\n"),
        (TWO, TWO.replace("a.b.c", "n.c")),
        (VALUE, "from n import foo\nprint(foo.X, foo)\n"),
        (VALUE, "import n.foo as foo\nprint(foo.X, foo)\n"),
        (VALUE, "import n.foo\nprint(n.foo.X, n.foo)\n"),
        ("import a.b.c; from a.b.c import K", "import n.c; from n.c import K"),
        ("import foo, os; import a.b.c", "import n.foo as foo, os; import n.c"),
    ],
)
def test_another_spelling_of_the_same_holds(before: str, after: str) -> None:
    assert failures({"main.py": before}, {"main.py": after}) == set()


@pytest.mark.parametrize(
    ("before", "after", "numbers"),
    [
        pytest.param(CHAIN, "import n.c\nprint(a.b.c.K)\n", {4}, id="chains are left"),
        pytest.param(CHAIN, "import n.c\nprint(n.m.K)\n", {4}, id="chains to another module"),
        pytest.param(CHAIN, "import n.m\nprint(n.c.K)\n", {3, 4}, id="another module is loaded"),
        pytest.param(CHAIN, "print(n.c.K)\n", {3, 4}, id="nothing is loaded"),
        pytest.param(CHAIN, "from n import m as c\nprint(c.K)\n", {3, 4}, id="another module"),
        pytest.param(CHAIN, "import n.c, n.m\nprint(n.c.K)\n", {3}, id="a module more"),
        pytest.param(BOTH, "import n.c\nprint(n.c.K, a.b.d.D)\n", {4}, id="old root is unbound"),
        pytest.param(
            LATE,
            "def f(n):\n    import n.c\n    return n + n.c.K\n",
            {4},
            id="the new root hides a parameter",
        ),
        pytest.param(
            "def f(c):\n    import a.b.c\n    return c, a.b.c.K\n",
            "def f(c):\n    from n import c\n    return c, c.K\n",
            {4},
            id="the local name hides a parameter",
        ),
        pytest.param(
            "import a.b.c\nprint(max(a.b.c.K, 1))\n",
            "import n.c as max\nprint(max(max.K, 1))\n",
            {4},
            id="the local name hides a builtin",
        ),
        pytest.param(
            GLOBAL,
            "def f():\n    import n.c\ndef g(): return n.c.K\n",
            {4},
            id="bound in a function, asked for in another",
        ),
        pytest.param(
            GLOBAL,
            "def f():\n    global a\n    import n.c\ndef g(): return n.c.K\n",
            {4},
            id="the old name is declared global",
        ),
        pytest.param(
            TWO,
            TWO.replace("import a.b.c", "import a.b.d").replace("a.b.c.K", "n.c.K"),
            {3, 4},
            id="the import of another function",
        ),
        pytest.param(
            TWO.replace("import a.b.d", "import a.b.c"),
            TWO.replace("import a.b.d", "import n.c").replace("a.b.c", "n.c"),
            {4},
            id="old root is unbound in one function of two",
        ),
        pytest.param(VALUE, "from n import foo\nprint(foo.X, n)\n", {4}, id="another value"),
        pytest.param(VALUE, "import n.foo\nprint(foo.X, foo)\n", {4}, id="the name is unbound"),
        pytest.param(VALUE, "from n import m as foo\nprint(foo.X, foo)\n", {3, 4}, id="not foo"),
        pytest.param(
            "import foo\ndef f(a): return a\n",
            "from n import foo\ndef f(a): return foo\n",
            {4},
            id="a parameter becomes the module",
        ),
    ],
)
def test_another_meaning_fails(before: str, after: str, numbers: set[int]) -> None:
    assert failures({"main.py": before}, {"main.py": after}) == numbers


@pytest.mark.parametrize(
    ("user", "numbers"),
    [
        ("import m\nprint(m.a.b.c.K)\n", {4}),
        ("from m import *\nprint(a.b.c.K)\n", {4}),
        ("from m import a\nprint(a.b.d.D)\n", {2, 3}),
        ("import m\nprint(m)\n", set()),
        ("from m import *\nprint(a)\n", {4}),
        ("from m import *\nprint(n)\n", {4}),
        ("from m import *\nprint(b)\n", set()),
    ],
)
def test_a_name_that_another_module_takes_stays_bound(user: str, numbers: set[int]) -> None:
    before = {"m.py": CHAIN, "user.py": user}
    assert failures(before, {"m.py": "import n.c\nprint(n.c.K)\n"}) == numbers
