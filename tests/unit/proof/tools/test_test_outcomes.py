"""Reports of tests are compared test by test."""

from __future__ import annotations

from pathlib import Path

import pytest

from reorg_lib.errors import ToolError
from reorg_lib.proof.tools.test_outcomes import differences, read_test_outcomes, summary

REPORT = """<?xml version="1.0"?><testsuites><testsuite>
<testcase classname="t.A" name="one"/><testcase classname="t.A" name="two"><failure/></testcase>
<testcase classname="t.A" name="one"><skipped/></testcase>
</testsuite></testsuites>"""


def test_each_test_is_told_apart_even_where_two_have_one_id(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    outcomes = read_test_outcomes(report)
    assert outcomes == {"t.A::one": "passed", "t.A::one (2)": "skipped", "t.A::two": "failure"}
    assert summary(outcomes) == "1 failure, 1 passed, 1 skipped"


def test_every_difference_is_said() -> None:
    before = {"a": "passed", "b": "passed", "c": "failure"}
    after = {"a": "passed", "b": "error", "d": "passed"}
    assert differences(before, before) == ()
    assert differences(before, after) == (
        "b: passed before, error after",
        "c: failure before, not there after",
        "d: not there before, passed after",
    )


@pytest.mark.parametrize("text", ["", "<testsuites/>", "not xml"])
def test_a_report_without_tests_is_an_error_and_not_a_success(text: str, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(text)
    with pytest.raises(ToolError, match=r"report\.xml"):
        read_test_outcomes(report)


def test_a_missing_report_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="no JUnit XML report"):
        read_test_outcomes(tmp_path / "none.xml")
