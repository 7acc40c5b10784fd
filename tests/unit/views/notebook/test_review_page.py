"""The page without a kernel: whole, closed to the outside, and safe against hostile names."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from reorg_lib.model import Certificate, Move, NameClass, NamedText, ProofPoint, TrackedFile
from reorg_lib.views.notebook.review_page import review_page
from tests.unit.views.drawn import PLAN, ROOT, SURVEY

HOSTILE = "</script><script>alert(1)</script>"
TREE = replace(
    SURVEY, files=tuple(TrackedFile(m.path, "100644", m.blob) for m in SURVEY.modules if m.blob)
)


def test_it_holds_everything_that_was_decided() -> None:
    point = ProofPoint(1, "The script does exactly this", 12, "files")
    certificate = Certificate(SURVEY.commit, "b" * 40, 1, 2, 0, 0, (point,))
    page = review_page(TREE, PLAN, (), certificate)
    for words in (
        "The layout in figures",
        "Decisions",
        "postgres/",
        "implements Storage",
        "Certificate",
        "exactly this",
    ):
        assert words in page
    assert "2 of 5 decided" in page
    assert page == review_page(TREE, PLAN, (), certificate), "the same bytes again"


def test_each_name_in_a_text_is_a_row_with_its_class() -> None:
    texts = (
        NamedText("a.py", 1, "archive.db", NameClass.MODULE, "is imported by this name"),
        NamedText("b.py", 7, "archive.db", NameClass.COULD_BE, "may be a module, but <it>"),
    )
    page = review_page(TREE, PLAN, texts=texts)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page.partition("Names in texts")[2])
    plain = [cell.replace("<wbr>", "") for cell in cells[:10]]
    assert plain[:5] == ["could be", "b.py", "7", "archive.db", "may be a module, but &lt;it&gt;"]
    assert plain[5:8] == ["module", "a.py", "1"]
    assert "Names in texts" not in review_page(TREE, PLAN)


def test_nothing_is_asked_of_the_outside() -> None:
    page = review_page(TREE, PLAN)
    assert "default-src 'none'" in page
    assert not re.search(r'(?:src|href)\s*=\s*"(?!data:)', page)
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")
    script = page.partition('type="module">')[2]
    assert not re.search(r"^\s*(import|export)\b|\bimport\(", script, re.MULTILINE)


def test_a_hostile_name_is_text() -> None:
    odd = Move(f"{ROOT}/log.py", f"{ROOT}/log/{HOSTILE}.py", reason=HOSTILE, note="\"'&<b>")
    page = review_page(TREE, replace(PLAN, steps=(*PLAN.steps, odd)))
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert page.count("</script>") == 2
    data = re.search(r'id="graph-data">(.*?)</script>', page, re.DOTALL)
    assert data and HOSTILE in json.dumps(json.loads(data[1]))
