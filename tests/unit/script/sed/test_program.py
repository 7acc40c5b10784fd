"""The sed programs: exact, portable, readable, and refused when they would not be exact."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from dataclasses import replace

import pytest

from reorg_lib.errors import RewriteError
from reorg_lib.script.sed.commands import substitution
from reorg_lib.script.sed.program import SedProgram, compile_sed
from reorg_lib.script.sed.rules import rules_text
from tests.changesets import make_changeset

SEDS = [["sed", "--posix"], ["sed"], ["busybox", "sed"], ["toybox", "sed"]]
SWAP = {"pkg.a.one": "pkg.b.two", "pkg.b.two": "pkg.a.one"}

CASES = [
    ("a rule", "import pkg.a.x\n", "import pkg.b.x\n", {"pkg.a.x": "pkg.b.x"}),
    ("twice on a line", "pkg.a.x pkg.a.x\n", "pkg.b.x pkg.b.x\n", {"pkg.a.x": "pkg.b.x"}),
    (
        "the longer name first",
        "pkg.a.x pkg.a.x.y\n",
        "pkg.b pkg.c\n",
        {"pkg.a.x": "pkg.b", "pkg.a.x.y": "pkg.c"},
    ),
    (
        "a chain",
        "pkg.a.x\npkg.b.x\n",
        "pkg.b.x\npkg.c.x\n",
        {"pkg.a.x": "pkg.b.x", "pkg.b.x": "pkg.c.x"},
    ),
    ("a swap", "pkg.a.one\npkg.b.two\n", "pkg.b.two\npkg.a.one\n", SWAP),
    (
        "a swap through prefixes",
        "p.a\np.b\np.b.c\n",
        "p.b\np.a\np.d\n",
        {"p.a": "p.b", "p.b": "p.a", "p.b.c": "p.d"},
    ),
    (
        "a line that stays",
        "pkg.a.x\n# pkg.a.x stays\npkg.a.x\npkg.a.x\n",
        "pkg.b.x\n# pkg.a.x stays\npkg.b.x\npkg.b.x\n",
        {"pkg.a.x": "pkg.b.x"},
    ),
    (
        "a longer word stays",
        "pkg.a.x\npkg.a.xy\npkg.a.x\n",
        "pkg.b.x\npkg.a.xy\npkg.b.x\n",
        {"pkg.a.x": "pkg.b.x"},
    ),
    ("a relative import", "from .x import y\n", "from ..b.x import y\n", {}),
    ("the second of two", "x = x + x\n", "x = x + y\n", {}),
    ("lines put in front", "b\n", "a1\na2\nb\n", {}),
    ("lines put behind", "a\nz\n", "a\n  b1\n\tb2\nz\n", {}),
    ("a line put at the end", "a\n", "a\nb\n", {}),
    ("lines taken out", "a\nb\nc\nd\n", "a\nd\n", {}),
    ("the last line taken out", "a\nb\n", "a\n", {}),
    ("all lines taken out", "a\nb\n", "", {}),
    ("one line becomes two", "import a, b\n", "import a\nimport b\n", {}),
    ("two lines become one", "from a import (\n  b)\n", "from a import b\n", {}),
    ("an empty line filled", "a\n\nb\n", "a\nx\nb\n", {}),
    ("every special character", r"a.*[^$]\/&|x" + "\n", r"b&\1\n/|,#@%!:;~=.*" + "\n", {}),
    ("no final newline", "import pkg.a.x", "import pkg.b.x", {"pkg.a.x": "pkg.b.x"}),
    ("a final newline added", "x", "y\n", {}),
    ("only a final newline added", "x", "x\n", {}),
    ("a final newline taken away", "x\n", "y", {}),
    ("the last line and its newline taken away", "x\ny\n", "x", {}),
    ("carriage returns", "import pkg.a.x\r\n\r\nb\r\n", "import pkg.b.x\r\nq\r\n\r\nc\r\n", {}),
    ("a byte order mark", b"\xef\xbb\xbffrom .a import b\n", b"\xef\xbb\xbffrom .c import b\n", {}),
    ("latin-1", b"# caf\xe9\nx = '\xe9' + a\n", b"# caf\xe9\nx = '\xe9' + b\n", {}),
    ("latin-1 that changes", b"# caf\xe9 a\n", b"# th\xe9 \xe0\n", {}),
    ("form feed and tab", "a\f\nb\tpkg.a.x\n", "a\f\nb\tpkg.b.x\n", {"pkg.a.x": "pkg.b.x"}),
    ("a path", "COPY pkg/a/x.py\n", "COPY pkg/b/x.py\n", {"pkg/a/x.py": "pkg/b/x.py"}),
]


def compile_one(
    before: str | bytes, after: str | bytes, names: dict[str, str] | None = None
) -> SedProgram:
    changeset = make_changeset({"f.py": before}, {"f.py": after}, modules=names)
    return compile_sed(changeset)


@pytest.mark.parametrize(
    ("before", "after", "names"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_program_is_exact_on_every_sed(
    before: str | bytes, after: str | bytes, names: dict[str, str]
) -> None:
    program = compile_one(before, after, names)
    expected = after.encode() if isinstance(after, str) else after
    for sed in SEDS:
        if shutil.which(sed[0]):
            assert really_run(program, sed) == expected, sed


def really_run(program: SedProgram, sed: list[str]) -> bytes:
    """Do with a real sed what `edit` of the frame and the lines around it do."""
    (file,) = program.files
    text = file.change.before or b""
    rules = rules_text(program.rules) if file.by_rules else b""
    passes = [file.edits + b"\n" + rules] if file.exempts else [file.edits, rules]
    for number, whole in enumerate(passes):
        typed = subprocess.run(
            [*map(os.fsencode, sed), b"-e", whole],
            input=text,
            capture_output=True,
            env={**os.environ, "LC_ALL": "C"},
            check=True,
        ).stdout
        text = typed if text.endswith(b"\n") or not text else typed.rstrip(b"\n")
        if file.line_feeds is not None and number == 0:
            text = text.rstrip(b"\n") if not file.line_feeds else text + b"\n" * file.line_feeds
    return text


@pytest.mark.parametrize("sed", SEDS, ids=" ".join)
def test_random_texts_come_out_alike(sed: list[str]) -> None:
    if not shutil.which(sed[0]):
        pytest.skip(f"{sed[0]} is not installed")
    words = ["p.a", "p.b", "p.a.c", "from .x import y", "", "  é\t&", r"\n[a-z]*", "p.ab", "$^"]
    chance = random.Random(7)
    for _ in range(60):
        lines = [" ".join(chance.choices(words, k=chance.randint(0, 3))) for _ in range(6)]
        after = list(lines)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(after) + 1)
            after[at : at + chance.randint(0, 2)] = chance.choices(words, k=chance.randint(0, 2))
        ends = chance.choices(["", "\n"], k=2)
        before, wanted = "\n".join(lines) + ends[0], "\n".join(after) + ends[1]
        if before in ("", wanted):
            continue
        program = compile_one(before, wanted, {"p.a": "p.b", "p.b": "p.a", "p.a.c": "q"})
        assert really_run(program, sed) == wanted.encode(), (before, wanted)


def test_program_reads_well() -> None:
    program = compile_one(
        "import pkg.a.x\nfrom .x import y\nimport pkg.a.x as z\nimport pkg.a.x.w\n",
        "import pkg.b.x\nfrom ..b.x import y\nimport pkg.b.x as z\nimport pkg.b.x.w\n",
        {"pkg.a.x": "pkg.b.x"},
    )
    assert rules_text(program.rules) == b"# b\ns/pkg\\.a\\.x/pkg.b.x/g\n"
    assert program.files[0].by_rules
    assert program.files[0].edits == b"2s/from \\.x import/from ..b.x import/"


def test_a_line_that_the_rules_would_spoil_leaves_the_program() -> None:
    program = compile_one(
        "p.a\np.a\np.a\nfrom .x import y  # see p.x\n# p.a stays\n",
        "p.b\np.b\np.b\nfrom ..x import y  # see p.a\n# p.a stays\n",
        {"p.a": "p.b"},
    )
    expected = rb"""4{
s/\.x import y  # see p\.x/..x import y  # see p.a/
b
}
5b"""
    assert program.files[0].edits == expected


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("from . import y\n", "from .q import y\n", rb"1s/from \. import/from .q import/"),
        ("root = parents[3]\n", "root = parents[4]\n", rb"1s/parents\[3]/parents[4]/"),
        ("import a.b.c as d\n", "import a.x.c as d\n", rb"1s/a\.b\.c/a.x.c/"),
        ("a\nb\nc\n", "a\n", b"2,3d"),
        ("# für ä\n", "# für ö\n", "1s/ä/ö/".encode()),
    ],
)
def test_edits_name_enough_to_be_understood(before: str, after: str, edits: bytes) -> None:
    assert compile_one(before, after).files[0].edits == edits


def test_a_rule_that_follows_from_its_package_is_left_out() -> None:
    names = {"pkg.a": "pkg.b", "pkg.a.x": "pkg.b.x", "pkg.a.y": "pkg.c.y"}
    program = compile_one("pkg.a.x\npkg.a.y\npkg.a\n", "pkg.b.x\npkg.c.y\npkg.b\n", names)
    assert {rule.old for rule in program.rules} == {b"pkg.a.y", b"pkg.a"}
    assert program.files[0].edits == b""


def test_rules_that_no_file_needs_are_left_out() -> None:
    names = {"pkg.a.x": "pkg.b.x", "pkg.a.z": "pkg.b.z", "os": "so"}
    program = compile_one("import pkg.a.x\nimport os\n", "import pkg.b.x\nimport os\n", names)
    assert [rule.old for rule in program.rules] == [b"pkg.a.x"]


def test_a_rule_that_does_more_harm_than_good_is_left_out() -> None:
    before = "".join(f"p.a{n}\n" for n in range(9)) + "p.a\np.a\n"
    after = "".join(f"p.a{n}\n" for n in range(9)) + "p.b\np.b\n"
    program = compile_one(before, after, {"p.a": "p.b"})
    assert program.rules == ()
    assert program.files[0].edits == b"10s/p\\.a/p.b/;\n11s/p\\.a/p.b/"


def test_edits_that_do_not_lead_to_the_new_text_are_refused() -> None:
    changeset = make_changeset({"f.py": "a\n"}, {"f.py": "b\n"})
    broken = replace(changeset, changes=(replace(changeset.changes[0], after=b"c\n"),))
    with pytest.raises(RewriteError, match=r"f\.py"):
        compile_sed(broken)


def test_a_file_with_nul_bytes_is_refused() -> None:
    with pytest.raises(RewriteError, match=r"f\.py: contains NUL"):
        compile_one(b"a\0\n", b"b\0\n")


@pytest.mark.parametrize(
    ("old", "new", "command"),
    [
        (b"a.b", b"c.d", rb"s/a\.b/c.d/"),
        (b"a/b", b"c/d", b"s|a/b|c/d|"),
        (b"a/|b", b"c,d", b"s#a/|b#c,d#"),
        (b"$x", rb"\1&", rb"s/\$x/\\1\&/"),
        (b"a/", b"|,#@%!:;~=", rb"s/a\//|,#@%!:;~=/"),
    ],
)
def test_substitution(old: bytes, new: bytes, command: bytes) -> None:
    assert substitution(old, new) == command
