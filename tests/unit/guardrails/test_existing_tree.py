"""Where a document draws the package: each form that was met, and those that say nothing."""

from __future__ import annotations

import pytest

from reorg_lib.guardrails.existing_tree import find_drawn, find_marked

FENCED = """\
# A
## Repository structure

```
app/
├── core/
└── infra/       the adapters
    ├── db/      tables
    │   └── x.py
    └── s3/
web/
└── infra/
    └── no.ts
```
"""

DRAWN = [
    ("fenced", FENCED, ["db", "db/x.py", "s3"], "    "),
    (
        "indented",
        "## Structure\n\n" + "".join(f"    {line}\n" for line in FENCED.splitlines()[4:10]),
        ["db", "db/x.py", "s3"],
        " " * 8,
    ),
    ("windows", FENCED.replace("\n", "\r\n"), ["db", "db/x.py", "s3"], "    "),
    ("layout", FENCED.replace("Repository structure", "Layout"), ["db", "db/x.py", "s3"], "    "),
    ("ascii", FENCED.replace("├──", "+--").replace("└──", "`--"), ["db", "db/x.py", "s3"], "    "),
    (
        "from above the root",
        FENCED.replace("app/\n", "repo/\n└── app/\n").replace("web/\n", ""),
        None,
        "",
    ),
    ("a whole path", "## Structure\n\napp/infra/\n├── db/\n└── s3/\n", ["db", "s3"], ""),
    ("not gone into", "## Structure\n\napp/\n├── core/\n└── infra/\n", None, ""),
    ("another package", "## Structure\n\nlib/\n└── infra/\n    └── s3/\n", None, ""),
    ("under no such heading", FENCED.replace("Repository structure", "How to run"), None, ""),
    ("a heading inside a fence", "```\n## Structure\n```\n# B\napp/infra/\n└── s3/\n", None, ""),
]


@pytest.mark.parametrize(
    ("text", "paths", "indent"), [case[1:] for case in DRAWN], ids=[case[0] for case in DRAWN]
)
def test_a_drawn_tree_is_found_or_not(text: str, paths: list[str] | None, indent: str) -> None:
    drawn = find_drawn(text, "app/infra")
    if paths is None:
        assert drawn is None
        return
    assert drawn is not None
    assert [path for path, _ in drawn.lines] == paths
    assert drawn.indent == indent
    lines = text.split("\n")
    assert "db/" in lines[drawn.first] and "s3/" in lines[drawn.last - 1]


def test_remarks_are_read_with_their_lines() -> None:
    drawn = find_drawn(FENCED, "app/infra")
    assert drawn is not None
    assert {path: line.remark for path, line in drawn.lines} == {
        "db": "tables",
        "db/x.py": "",
        "s3": "",
    }


def test_markers_are_found_as_a_pair() -> None:
    text = "a<!-- reorg:structure -->b<!-- /reorg:structure -->c"
    marked = find_marked(text, "structure")
    assert marked is not None and text[marked.start : marked.end] == "b"
    assert find_marked(text.replace("/reorg", "/org"), "structure") is None
    assert find_marked(text, "placement") is None
