"""Splits: which lines go where, what is typed anew, and what is refused."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path
from textwrap import dedent

import pytest

from reorg_lib.errors import PlanError, RewriteError
from reorg_lib.model import Split, SplitChange
from reorg_lib.rewrite.split.split_module import split_module

Parts = dict[str, tuple[str, ...]]
PATH = "app/db/tables/__init__.py"
AB: Parts = {"a.py": ("a",), "b.py": ("b",)}


def cut(
    source: str | bytes,
    parts: Parts,
    wanted: frozenset[str] = frozenset(),
    taken: frozenset[str] = frozenset(),
    asked: str = "",
) -> SplitChange:
    """Split `source` and check what holds for every split: no line lost, doubled or changed."""
    text = source if isinstance(source, bytes) else dedent(source).lstrip("\n").encode()
    split = Split("app/tables.py", "app/db/tables", parts=tuple(parts.items()))
    change = split_module(
        PATH, text, split, "app.db.tables", wanted=wanted, taken=taken, asked=asked
    )
    lines = re.findall(rb"[^\n]*\n|[^\n]+\Z", text)
    kept = [n for part in change.parts for a, b in part.ranges for n in range(a, b + 1)]
    assert len(kept) == len(set(kept)), "a line is in two parts"
    for part in change.parts:
        body = b"".join(b"".join(lines[a - 1 : b]) for a, b in part.ranges)
        assert part.content == part.header + body
        assert list(part.ranges) == sorted(part.ranges)
        compile(part.content, part.path, "exec")
    compile(change.after, change.path, "exec")
    for index, statement in enumerate(ast.parse(text).body):
        span = set(range(statement.lineno, (statement.end_lineno or 0) + 1))
        copied = isinstance(statement, ast.Import | ast.ImportFrom | ast.If | ast.Try)
        docstring = index == 0 and isinstance(statement, ast.Expr)
        if not span <= set(kept):
            stays = copied or docstring or "__all__" in ast.unparse(statement)
            assert stays and not span & set(kept), ast.unparse(statement)
    assert change.before == text
    return change


def shown(change: SplitChange) -> dict[str, str]:
    """Return file name → text of a split, the package's `__init__.py` included."""
    files = {part.path: part.content for part in change.parts} | {change.path: change.after}
    return {path.rpartition("/")[2]: content.decode() for path, content in files.items()}


TABLES = '''
"""All tables."""

from __future__ import annotations

import os

from sqlalchemy import (
    Column,
    ForeignKey,  # a comment that stays
    Index,
    MetaData,
    String,
    Table,
)
from sqlalchemy.types import JSON  # noqa: F401

NAMING = {"ix": "ix_%(column_0_label)s"}
# everything registers here
metadata = MetaData(naming_convention=NAMING)


def _key(name: str) -> Column:
    return Column(name, String, primary_key=True)


# ==== users ====
users = Table("users", metadata, _key("id"))
Index("ix_users_id", users.c.id)

# ==== records ====
records = Table("records", metadata, _key("id"), Column("user", ForeignKey("users.id")))
# the owner's index
Index("ix_records_user", records.c.user)

users.comment = "people"
'''


def test_parts_hold_their_definitions_with_what_belongs_to_them() -> None:
    files = shown(cut(TABLES, {"auth.py": ("users",), "records.py": ("records",)}))
    assert list(files) == ["base.py", "auth.py", "records.py", "__init__.py"]
    assert files["auth.py"] == dedent('''\
        """Auth of app.db.tables."""

        from __future__ import annotations

        from sqlalchemy import (
            Index,
            Table,
        )

        from .base import _key, metadata

        # ==== users ====
        users = Table("users", metadata, _key("id"))
        Index("ix_users_id", users.c.id)

        users.comment = "people"
        ''')
    assert files["records.py"] == dedent('''\
        """Records of app.db.tables."""

        from __future__ import annotations

        from sqlalchemy import (
            Column,
            ForeignKey,  # a comment that stays
            Index,
            Table,
        )

        from .base import _key, metadata

        # ==== records ====
        records = Table("records", metadata, _key("id"), Column("user", ForeignKey("users.id")))
        # the owner's index
        Index("ix_records_user", records.c.user)
        ''')
    assert files["__init__.py"] == dedent('''\
        """All tables."""

        import os

        from sqlalchemy.types import JSON  # noqa: F401

        from .auth import users
        from .base import NAMING, metadata
        from .records import records

        __all__ = ["JSON", "NAMING", "metadata", "os", "records", "users"]
        ''').replace('"JSON", "NAMING", "metadata", "os", ', '"NAMING", "metadata", ')


def test_what_users_take_stays_importable_private_and_imported_names_too() -> None:
    parts: Parts = {"auth.py": ("users",), "records.py": ("records",)}
    after = shown(cut(TABLES, parts, wanted=frozenset({"_key", "String"})))["__init__.py"]
    assert "from .base import NAMING, metadata\nfrom .base import _key as _key\n" in after
    assert "    String,\n" in after
    assert '__all__ = ["NAMING", "String", "metadata", "records", "users"]\n' in after


def lint(files: dict[str, str]) -> str:
    """Return what ruff says of the order of imports, as a team that checks it would see it."""
    said = ""
    for name, text in files.items():
        command = ["ruff", "check", "--isolated", "--select", "I", "--line-length", "100"]
        command += ["--output-format", "concise", "--stdin-filename", f"app/{name}", "-"]
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        said += "" if done.returncode == 0 else done.stdout + done.stderr
    return said


def test_imports_of_parts_are_sorted_as_linters_want_them() -> None:
    names = ["T", "Zeta", "NAMING", "_LIMIT", "t10", "t2", "metadata", "_key", "aB", "ab", "A1"]
    source = '"""D."""\n' + "".join(f"{name} = {n}\n" for n, name in enumerate(names))
    parts: Parts = {"p10.py": tuple(names[:6]), "p2.py": tuple(names[6:9]), "Pa.py": ("ab", "A1")}
    files = shown(cut(source + "all_of_it = [T, metadata, ab, t2]\n", parts, frozenset(names)))
    assert lint(files) == ""
    assert "p2 import" in files["__init__.py"].partition("p10 import")[0]
    backwards = "".join(reversed(files["__init__.py"].splitlines(keepends=True)))
    assert "I001" in lint({"__init__.py": backwards})


def test_an_order_of_parts_that_shows_is_kept_from_linters() -> None:
    source = """
    log = []

    def mark(n):
        log.append(n)
        return n

    first = mark(1)
    second = mark(2)
    """
    files = shown(cut(source, {"z.py": ("first",), "a.py": ("second",)}))
    assert files["__init__.py"] == dedent("""\
        # The parts run in this order; to sort them would change what they do.
        # isort: off
        from .base import log, mark
        from .z import first
        from .a import second
        # isort: on

        __all__ = ["first", "log", "mark", "second"]
        """)
    assert lint(files) == ""
    assert (
        "isort" not in shown(cut(source, {"a.py": ("first",), "z.py": ("second",)}))["__init__.py"]
    )


def test_parts_that_name_each_other_in_annotations_import_for_checkers() -> None:
    source = """
    from __future__ import annotations

    import os
    from typing import TYPE_CHECKING, Any

    class a:
        def other(self, one: b | None = None) -> Any:
            return one, os

    class b:
        def other(self) -> list[a]:
            return []
    """
    files = shown(cut(source, AB))
    assert files["a.py"].startswith(
        "from __future__ import annotations\n\nimport os\nfrom typing import TYPE_CHECKING, Any\n\n"
        "if TYPE_CHECKING:\n    from .b import b\n\n\nclass a:\n"
    )
    assert files["b.py"].startswith(
        "from __future__ import annotations\n\nfrom .a import a\n\n\nclass b:\n"
    )
    assert lint(files) == ""
    assert "TYPE_CHECKING" not in shown(cut(source, {"a.py": ("a", "b")}))["a.py"]


HINTED = [
    ("quoted", "class a:\n    of: 'b'\ndef b(x: 'a' = None): ...\n"),
    ("of methods", "class a:\n    @property\n    def of(self) -> 'b': ...\ndef b(x: 'a'): ...\n"),
    ("local", "def a():\n    x: list[b] = []\n    x.y: b = 1\ndef b():\n    y: a\n"),
    ("cast", "from typing import cast\ndef a(x): return cast('b', x)\ndef b(): a(1)\n"),
    ("comment", "def a(x):\n    y = []  # type: list[b]\nb = a(1)\n"),
]
LOOKED_UP = {"quoted", "of methods"}


@pytest.mark.parametrize(("form", "source"), HINTED, ids=[form for form, _ in HINTED])
def test_what_nobody_looks_up_when_the_program_runs_is_for_checkers(form: str, source: str) -> None:
    files = shown(cut(source.encode(), AB))
    assert "\n\nif TYPE_CHECKING:\n    from .b import b\n" in files["a.py"]
    assert "from typing import TYPE_CHECKING\n" in files["a.py"]
    if form in LOOKED_UP:
        with pytest.raises(RewriteError, match=r"annotation, and app/di\.py:3 looks them up"):
            cut(source.encode(), AB, asked="app/di.py:3")
    else:
        assert shown(cut(source.encode(), AB, asked="app/di.py:3")) == files


@pytest.mark.parametrize(
    "source",
    [
        "def a(x: 'b'): return b\ndef b(x: 'a'): return a\n",
        "from d import dataclass\n@dataclass\nclass a:\n    of: 'b'\nclass b:\n    of: a\n",
        "from m import Model\nclass a(Model):\n    of: 'b'\nclass b:\n    of: a\n",
        "from m import on\n@on\ndef a(x: 'b'): ...\nb = a(1)\n",
        "def a():\n    def c(x: b): ...\ndef b(): a()\n",
        "a = list['b']\nclass b:\n    of: a\n",
        "def a(x: 'b'): ...\nTYPE_CHECKING = 0\ndef b(x: 'a'): ...\n",
    ],
    ids=["read too", "a decorator", "a base", "a function's", "a nested one", "no annotation",
         "a name of ours"],
)  # fmt: skip
def test_annotations_that_something_may_look_up_keep_the_cycle(source: str) -> None:
    with pytest.raises(RewriteError, match=r"would import each other"):
        cut(source.encode(), AB)


REGISTERED = """
    from {module} import {name}

    {line_1}
    def a(): ...

    {line_2}
    def b(): ...

    {line_1}
    def c(): return a
    """


@pytest.mark.parametrize(
    ("module", "name", "line", "weighed"),
    [
        ("fastapi", "router", "@router.get('/')", True),
        ("app.registry", "register", "@register", True),
        (".registry", "register", "@register('x')", True),
        ("atexit", "register", "@register", False),
        ("functools", "cache", "@cache", False),
        ("numba", "jit", "@jit", False),
        ("numba", "jit", "@jit(cache=True)", False),
    ],
)
def test_what_an_imported_object_is_given_in_order_stays_in_order(
    module: str, name: str, line: str, weighed: bool
) -> None:
    source = REGISTERED.format(module=module, name=name, line_1=line, line_2=line)
    parts: Parts = {"a.py": ("a", "c"), "b.py": ("b",)}
    if weighed:
        with pytest.raises(RewriteError, match=r"py:9: `\w+`, which is imported, may keep"):
            cut(source, parts)
        source = REGISTERED.format(module=module, name=name, line_1=line, line_2="")
    assert len(cut(source, parts).parts) == 2


def test_an_all_of_its_own_is_kept_and_the_rest_is_re_exported_by_name() -> None:
    source = """
    A = 1
    B = 2
    # what we promise
    __all__ = ("A",)
    """
    after = shown(cut(source, {"a.py": ("A",), "b.py": ("B",)}))["__init__.py"]
    assert after == (
        'from .a import A\nfrom .b import B as B\n\n# what we promise\n__all__ = ("A",)\n'
    )


def test_helpers_go_where_they_are_used_and_below_where_several_use_them() -> None:
    source = """
    def _one():
        return 1

    def _two():
        return 2

    def _ring(n):
        return _gnir(n)

    def _gnir(n):
        return _ring(n) if n else 0

    def alone():
        return 0

    def a():
        return _one() + _two()

    def b():
        return _two() + _ring(1)

    def c():
        return _gnir(1)

    BOTH = (a, b)
    assert BOTH
    """
    parts: Parts = {"a.py": ("a",), "b.py": ("b",), "c.py": ("c",)}
    files = shown(cut(source, parts))
    assert "def _one" in files["a.py"]
    assert all(f"def {name}" in files["base.py"] for name in ("_two", "_ring", "_gnir", "alone"))
    assert "from .a import a\nfrom .base import _ring, _two\n" in files["b.py"]
    assert files["b.py"].endswith("BOTH = (a, b)\nassert BOTH\n")


def test_the_shared_module_takes_the_first_free_name_or_the_plan_s() -> None:
    source = "x = 1\na = x\nb = x\nc = x\n"
    new = cut(source, {"a.py": ("a",), "b.py": ("b",)}, taken=frozenset({"Base.py"}))
    assert "shared.py" in shown(new)
    taken = frozenset({"base.py", "shared.py"})
    assert "base_2.py" in shown(cut(source, {"a.py": ("a",), "b.py": ("b",)}, taken=taken))
    named = cut("m = 0\nx = 1\na = x + m\nb = x + m\n", {
        "a.py": ("a",), "b.py": ("b",), "meta.py": ("m",)
    })  # fmt: skip
    assert shown(named)["meta.py"] == "m = 0\nx = 1\n"
    assert list(shown(named)) == ["meta.py", "a.py", "b.py", "__init__.py"]


def test_imports_are_narrowed_and_blocks_around_imports_kept_whole() -> None:
    source = '''
    #!/usr/bin/env python
    # Licence: free.

    """Doc."""

    # ruff: noqa: E501
    import sys, json as js
    import xml.dom
    import xml.sax
    from typing import TYPE_CHECKING, Any

    try:
        from yaml import safe_load
    except ImportError:
        safe_load = None

    if sys.version_info >= (3, 11):
        from typing import Self
    else:
        from typing_extensions import Self

    if TYPE_CHECKING:
        from decimal import Decimal

    def a(x: "Decimal") -> Any:
        return js.dumps(safe_load(x))

    class B:
        def me(self) -> Self:
            return xml.sax, self
    '''
    files = shown(cut(source, {"a.py": ("a",), "b.py": ("B",)}))
    assert files["a.py"].startswith(
        '# Licence: free.\n\n"""A of app.db.tables."""\n\n# ruff: noqa: E501\nimport json as js\n'
        "from typing import TYPE_CHECKING, Any\n\ntry:\n    from yaml import safe_load\n"
        "except ImportError:\n    safe_load = None\n\nif TYPE_CHECKING:\n"
    )
    assert "version_info" not in files["a.py"]
    assert "import sys\nimport xml.dom\nimport xml.sax\n\nif sys.version_info" in files["b.py"]
    assert "yaml" not in files["b.py"]
    assert "safe_load" not in files["__init__.py"].partition("try:")[0]
    assert files["__init__.py"].startswith("#!/usr/bin/env python\n# Licence: free.\n")


def test_long_imports_are_broken_one_name_a_line() -> None:
    names = [f"a_rather_long_name_{n}" for n in range(6)]
    source = f"from m import ({', '.join(names)}, z)\na = [{', '.join(names)}]\nb = z\n"
    files = shown(cut(source, {"a.py": ("a",), "b.py": ("b",)}))
    rows = "".join(f"    {name},\n" for name in names)
    assert files["a.py"].startswith(f"from m import (\n{rows})\n\na = ")
    assert files["b.py"] == "from m import z\n\nb = z\n"


def test_a_star_above_all_goes_to_every_file() -> None:
    files = shown(cut("from m import *\na = X\nb = Y\n", {"a.py": ("a",), "b.py": ("b",)}))
    assert files["b.py"] == "from m import *\n\nb = Y\n"
    assert files["__init__.py"].startswith("from m import *\n\nfrom .a import a\n")


def test_relative_imports_keep_their_level_and_siblings_are_relative() -> None:
    source = "from . import other\nfrom ..x import y\nbase = y\na = base + other.z\n"
    files = shown(cut(source, {"a.py": ("a",), "b.py": ("base",)}))
    assert files["a.py"] == "from . import other\n\nfrom .b import base\n\na = base + other.z\n"


def test_scopes_are_told_apart() -> None:
    source = """
    metadata = 1
    text = 2

    class A:
        text = text
        other = [text for text in ()]

        def m(self, metadata, *, k=metadata):
            return [metadata, self]

    def b(metadata):
        text = 1
        match metadata:
            case {"k": [*text], **rest}:
                return text, rest
        return lambda metadata: metadata, (text := 2)
    """
    files = shown(cut(source, {"a.py": ("A",), "b.py": ("b",), "c.py": ("metadata", "text")}))
    assert "from .c import metadata, text\n" in files["a.py"]
    assert "import" not in files["b.py"]


def test_loop_variables_bind_no_parts_together() -> None:
    source = """
    a = {}
    b = {}
    for name in ("x", "y"):
        a[name] = name
    for name in ("z",):
        b[name] = name
    """
    files = shown(cut(source, {"a.py": ("a",), "b.py": ("b",)}))
    assert files["b.py"] == 'b = {}\nfor name in ("z",):\n    b[name] = name\n'
    assert "name" not in files["__init__.py"]


def test_comments_go_with_their_statement() -> None:
    source = """
    def a():
        pass

        # the end of a
    # the head of b
    b = 1
    # hangs on b

    # c, the last
    c = 2
    \"\"\"About c.\"\"\"
    # the end of the file
    """
    files = shown(cut(source, {"a.py": ("a",), "b.py": ("b",), "c.py": ("c",)}))
    assert files["a.py"] == "def a():\n    pass\n\n    # the end of a\n"
    assert files["b.py"] == "# the head of b\nb = 1\n# hangs on b\n"
    assert files["c.py"].endswith('c = 2\n"""About c."""\n# the end of the file\n')


def test_what_a_logger_is_called_stays_below_the_old_name() -> None:
    source = """
    import logging
    log = logging.getLogger(__name__)
    def a(): log.info("a")
    def b(): log.info("b")
    """
    files = shown(cut(source, {"a.py": ("a",), "b.py": ("b",)}))
    assert files["base.py"].endswith("log = logging.getLogger(__name__)\n")


def test_a_folder_beside_the_module_is_still_the_same_folder() -> None:
    source = (
        "from pathlib import Path\nHERE = Path(__file__).resolve().parent\na = HERE\nb = HERE\n"
    )
    assert "HERE" in shown(cut(source, {"a.py": ("a",), "b.py": ("b",)}))["base.py"]


# ------------------------------------------------------------------------------------- bytes


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b'"""D."""\r\nimport os\r\n\r\na = os\r\n\r\nb = os\r\n', id="crlf"),
        pytest.param(b'\xef\xbb\xbf"""D."""\nimport os\n\na = os\n\nb = os\n', id="bom"),
        pytest.param(b"import os\na = os\nb = os", id="no final newline"),
        pytest.param(b"import os\nif os:\n\ta = 1\nelse:\n\ta = 2\nb = os\n", id="tabs"),
        pytest.param(b"import os\n\x0c\na = os\n\x0c\nb = os\n", id="form feed"),
        pytest.param(b'import os\na = """\n\n# no comment\n"""\nb = os, \\\n  a\n', id="strings"),
        pytest.param("import os\na = 'ä𝄞\u2028'; z = 1\nb = 'é'\n".encode(), id="astral"),
        pytest.param(
            b"# -*- coding: latin-1 -*-\nimport os\na = '\xe4'\nb = '\xe9'\n", id="cookie"
        ),
    ],
)
def test_kept_lines_keep_every_byte(source: bytes, tmp_path: Path) -> None:
    change = cut(source, {"a.py": ("a",), "b.py": ("b",)})
    file = tmp_path / "module.py"
    file.write_bytes(source)
    for part in change.parts:
        printed = b""
        for first, last in part.ranges:
            command = ["sed", "-n", f"{first},{last}p", str(file)]
            printed += subprocess.run(command, capture_output=True, check=True).stdout
        assert part.header + printed == part.content
        ends = re.findall(rb"\r?\n", part.header)
        assert set(ends) <= {b"\r\n" if b"\r" in source else b"\n"}
        assert b"\xef\xbb\xbf" not in part.content
        assert part.content.startswith(b"# -*- coding") == source.startswith(b"# -*-")
    assert change.after.startswith(b"\xef\xbb\xbf") == source.startswith(b"\xef\xbb\xbf")


def test_the_same_input_gives_the_same_bytes() -> None:
    parts: Parts = {"auth.py": ("users",), "records.py": ("records",)}
    assert cut(TABLES, parts) == cut(TABLES, parts)


# ---------------------------------------------------------------------------------- refusals

BROKEN_PLANS: list[tuple[str, Parts, str]] = [
    ("no parts", {}, "has no parts"),
    ("an empty part", {"a.py": ()}, r'"a\.py" names no definition'),
    ("no identifier", {"a-b.py": ("a",)}, r'"a-b\.py" cannot be a module'),
    ("a keyword", {"class.py": ("a",)}, r'"class\.py" cannot be a module'),
    ("a folder", {"x/a.py": ("a",)}, r'"x/a\.py" cannot be a module'),
    ("no Python file", {"a.txt": ("a",)}, r'"a\.txt" cannot be a module'),
    ("the package itself", {"__init__.py": ("a",)}, "cannot be a module"),
    ("one name twice", {"a.py": ("a",), "b.py": ("a",)}, r"a is in the parts a\.py and b\.py"),
    ("case only", {"a.py": ("a",), "A.py": ("b",)}, r'"A\.py" would be one file with "a\.py"'),
    ("an existing file", {"taken.py": ("a",)}, r'one file with "taken\.py"'),
    ("an unknown name", {"a.py": ("abc_tabel",)}, "not defined in the module; did you mean abc_"),
    ("an import", {"a.py": ("os",)}, "os, in the part a.py, is imported there"),
]


@pytest.mark.parametrize(
    ("parts", "said"), [case[1:] for case in BROKEN_PLANS], ids=[case[0] for case in BROKEN_PLANS]
)
def test_parts_that_cannot_be_are_refused(parts: Parts, said: str) -> None:
    source = "import os\na = os\nb = 1\nabc_table = 2\n"
    with pytest.raises(PlanError, match=said) as caught:
        cut(source, parts, taken=frozenset({"taken.py"}))
    assert str(caught.value).startswith("split of app/tables.py: ")


REFUSED: list[tuple[str, str, str]] = [
    (
        "a cycle at import time",
        "x = 1\na = 1\nb = a\nx = b\na = [b]\n",
        r"tables\.py:3: b\.py needs",
    ),
    (
        "a cycle by late names",
        "def a():\n    return b()\ndef b():\n    return a()\n",
        r"a\.py → b\.py → a\.py.*\n.*tables\.py:2: a\.py needs `b` of b\.py, in a function",
    ),
    ("one statement, two parts", "a, b = 1, 2\n", r"tables\.py:1: one statement binds both; a"),
    ("joined by a semicolon", "a = 1; b = 2\n", r"tables\.py:1: one statement binds both"),
    (
        "global in another part",
        "a = 1\ndef b():\n    global a\n    a = 2\n",
        r"tables\.py:3: `global a` would rebind a second variable",
    ),
    (
        "global, read elsewhere",
        "_n = 0\ndef a():\n    global _n\n    _n += 1\ndef b():\n    return _n\n",
        r"tables\.py:3: `global _n` rebinds it, and b\.py would keep the first value \(line 6\)",
    ),
    (
        "global, public",
        "n = 0\ndef a():\n    global n\n    n = n + 1\nb = 1\n",
        r"tables\.py:3: `global n` rebinds it, and the package's re-export",
    ),
    (
        "rebound between two readers",
        "x = 1\na = x\nx += 1\nb = x\n",
        r"tables\.py:3: changes `x`, which line 2 reads",
    ),
    (
        "changed between two readers",
        "reg = {}\na = dict(reg)\nreg['k'] = 1\nb = reg\n",
        r"tables\.py:3: changes `reg`, which line 2 reads",
    ),
    (
        "called for its effect at the end",
        "reg = []\na = reg\nb = reg\nreg.sort()\n",
        r"tables\.py:4: changes `reg`, which line 2 reads",
    ),
    (
        "changed by a function that is called",
        "r = []\ndef add(x):\n    r.append(x)\na = 1\nadd(a)\nb = 2\nadd(b)\na2 = a\nadd(a2)\n",
        r"tables\.py:7: changes `r`, which line 9 reads",
    ),
    (
        "read by a function that is called",
        "r = []\ndef count():\n    return len(r)\na = count()\nr.append(1)\nb = r\n",
        r"tables\.py:5: changes `r`, which line 4 reads",
    ),
    (
        "registered by a decorator",
        "from m import R\nr = R()\n@r.on\ndef a(): ...\n@r.on\ndef b(): ...\n"
        "@r.on\ndef c(): return a\nd = (a, c)\n",
        r"tables\.py:5: changes `r`",
    ),
    (
        "an effect that names nothing",
        "x = 1\na = x\nprint()\nb = x\n",
        r"tables\.py:3: runs for its",
    ),
    (
        "a patch of another module",
        "import os\nx = 1\na = x\nos.x = x\nb = x\n",
        r"tables\.py:4: runs",
    ),
    (
        "an effect before an import",
        "import sys\nsys.path.insert(0, 'x')\nimport os\na = os\nb = os\n",
        r"tables\.py:2: runs before the import on line 3",
    ),
    (
        "deleted, used elsewhere",
        "t = 2\na = t\nb = t\ndel t\n",
        r"tables\.py:4: (changes|deletes) `t`",
    ),
    (
        "bound on some paths",
        "import os\nif os.x():\n    a = 1\nb = 1\n",
        r"py:2: `a` is bound on some",
    ),
    ("a star below a definition", "a = 1\nfrom m import *\nb = 1\n", r"py:2: nobody can say"),
    (
        "a star in a block",
        "try:\n    from m import *\nexcept ImportError:\n    pass\na = 1\nb = 1\n",
        r"py:1: nobody can say",
    ),
    ("its own file", "a = __file__\nb = 1\n", r"py:1: `__file__` is the file itself"),
    ("its own name", "a = __name__\nb = 1\n", r"py:1: `__name__` would be another name"),
    (
        "a script",
        "a = 1\nb = 1\nif __name__ == '__main__':\n    a\n",
        r"py:3: a package's __init__",
    ),
    ("its own docstring", "a = __doc__\nb = 1\n", r"py:1: `__doc__` is about"),
    ("globals()", "a = 1\ndef b():\n    globals()['a'] = 2\n", r"py:3: `globals` is about"),
    ("locals()", "a = locals()\nb = 1\n", r"py:1: `locals` reads"),
    ("eval", "a = 1\nb = eval('a')\n", r"py:2: `eval` is about"),
    (
        "a module's __getattr__",
        "a = b = 1\ndef __getattr__(n): ...\n",
        r"py:2: `__getattr__` works",
    ),
    ("__all__ that grows", "a = 1\nb = 1\n__all__ = ['a']\n__all__ += ['b']\n", r"py:4: `__all__`"),
    ("__all__ computed", "a = 1\nb = 1\n__all__ = [*'ab']\n", r"py:3: `__all__` is made by"),
    ("__all__ of nothing", "a = 1\nb = 1\n__all__ = ['c']\n", r"py:3: `__all__` lists c"),
    (
        "imported and bound",
        "import a\nfrom m import x\nx = 1\nb = 1\n",
        r"py:3: `x` is imported and",
    ),
    ("import; statement", "import os; a = 1\nb = 1\n", r"py:1: an import shares its line"),
    (
        "a type of ours under TYPE_CHECKING",
        "from typing import TYPE_CHECKING\nclass a: ...\nif TYPE_CHECKING:\n    import os\n"
        "    A = list[a]\ndef b(x: 'A'): ...\n",
        r"py:5: under TYPE_CHECKING, `a` of this module",
    ),
    ("CR alone", "a = 1\rb = 2\n", r"py:1: a line ends with CR alone"),
    ("no Python", "a = 1\nb = (\n", r"py:\d: cannot be read as Python"),
]


@pytest.mark.parametrize(
    ("source", "said"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_what_a_split_would_change_is_refused_by_line(source: str, said: str) -> None:
    with pytest.raises(RewriteError, match=said) as caught:
        cut(source.encode(), AB)
    assert caught.value.reasons == tuple(sorted(caught.value.reasons))


def test_a_part_that_would_hide_another_part_s_name_is_refused() -> None:
    with pytest.raises(RewriteError, match=r"a\.py: the package holds a name a already"):
        cut("a = 1\nb = 2\n", {"a.py": ("b",), "c.py": ("a",)})


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(RewriteError, match=r"app/tables\.py:1: cannot be read as Python"):
        cut(b"a = '\xff'\nb = 1\n", AB)


def test_a_mark_that_would_land_inside_a_part_is_refused() -> None:
    with pytest.raises(RewriteError, match="byte order mark"):
        cut(b"\xef\xbb\xbfa = 1\nb = 1\n", AB)
