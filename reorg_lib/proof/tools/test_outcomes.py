"""The outcome of each test, read from JUnit XML reports and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

from reorg_lib.errors import ToolError

TestOutcomes = Mapping[str, str]
"""Test id (`class name::name`) → passed, failure, error or skipped."""


def read_test_outcomes(report: Path) -> TestOutcomes:
    """Return the outcome of each test in a JUnit XML report, sorted by id.

    Tests with the same id, such as a parametrised test with equal ids, get a number each.

    Raises:
        ToolError: there is no report, it is no XML, or it contains no test.
    """
    try:
        cases = list(ElementTree.parse(report).iter("testcase"))
    except (OSError, ElementTree.ParseError) as error:
        raise ToolError(f"{report} is no JUnit XML report: {error}") from error
    if not cases:
        raise ToolError(f"{report} contains no test: the test command found none")
    outcomes: dict[str, str] = {}
    for case in cases:
        name = unique = f"{case.get('classname')}::{case.get('name')}"
        number = 1
        while unique in outcomes:
            number += 1
            unique = f"{name} ({number})"
        said = [child.tag for child in case if child.tag in {"failure", "error", "skipped"}]
        outcomes[unique] = said[0] if said else "passed"
    return dict(sorted(outcomes.items()))


def differences(before: TestOutcomes, after: TestOutcomes) -> tuple[str, ...]:
    """Return one sentence for each test with another outcome, sorted by test."""
    return tuple(
        f"{test}: {before.get(test, 'not there')} before, {after.get(test, 'not there')} after"
        for test in sorted({*before, *after})
        if before.get(test) != after.get(test)
    )


def summary(outcomes: TestOutcomes) -> str:
    """Return the number of each outcome, such as "2 failure, 1092 passed"."""
    counts = Counter(outcomes.values())
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
