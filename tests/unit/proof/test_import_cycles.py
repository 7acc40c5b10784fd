"""Cycles that close while modules are being imported."""

from __future__ import annotations

from reorg_lib.cycles import cycles
from reorg_lib.proof.import_cycles import import_time_graph, new_cycles
from reorg_lib.proof.reading.source_tree import SourceTree


def found(files: dict[str, str]) -> list[list[str]]:
    tree = SourceTree({path: text.encode() for path, text in files.items()}, ".")
    return [sorted(cycle) for cycle in cycles(import_time_graph(tree))]


def test_a_circle_of_imports() -> None:
    files = {"p/a.py": "import p.b", "p/b.py": "from p import c", "p/c.py": "from . import a"}
    assert found(files) == [["p.a", "p.b", "p.c"]]


def test_late_imports_close_no_circle() -> None:
    files = {
        "p/a.py": "import p.b",
        "p/b.py": "def f():\n    import p.a\nif TYPE_CHECKING:\n    import p.a\n",
    }
    assert found(files) == []


def test_a_package_that_imports_closes_a_circle_through_its_modules() -> None:
    files = {
        "p/__init__.py": "",
        "p/q/__init__.py": "from p.user import f",
        "p/q/leaf.py": "",
        "p/user.py": "import p.q.leaf\ndef f(): ...",
    }
    assert found(files) == [["p.q", "p.user"]]


def test_a_module_may_import_beside_it_while_its_package_runs() -> None:
    files = {"p/__init__.py": "from p.a import x", "p/a.py": "from p.b import y", "p/b.py": ""}
    assert found(files) == []


def test_a_cycle_is_new_unless_it_lies_in_one_that_was_there() -> None:
    origin = {"x": "a", "y": "b", "z": "c"}
    after = [frozenset("xy"), frozenset("xyz")]
    assert new_cycles([frozenset("ab")], after, origin) == (frozenset("xyz"),)
    assert new_cycles([frozenset("abc")], after, origin) == ()


def test_a_long_chain_needs_no_recursion() -> None:
    graph = {str(n): frozenset({str(n + 1)}) for n in range(5_000)}
    graph["5000"] = frozenset({"0"})
    assert [len(cycle) for cycle in cycles(graph)] == [5_001]
