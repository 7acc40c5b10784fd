"""Small programs after public bug reports: moved, and run before and after.

Owns how a program of `tests/programs` becomes a repository and a plan, how its hazards are settled,
and what is said of the outcome. `case.json` has the moves, the command and what it prints;
`verdict` says what has to come out: "right", or "stopped" where no mechanical move can be right.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reorg_lib.errors import HazardError, ReorgError
from reorg_lib.export.deliver import deliver
from reorg_lib.git import Repository, open_repository
from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import (
    Decision,
    HazardSettlement,
    Move,
    Plan,
    Scope,
    Settlement,
    Severity,
    Survey,
)
from reorg_lib.plan.plan_file import load_plan, save_plan
from reorg_lib.survey import take_survey

PROGRAMS = Path(__file__).parent.parent / "programs"


@dataclass(frozen=True)
class Outcome:
    """`verdict` is "right", "stopped" or "broken"; `said` is what a user is told, or what differs.

    `stopped` means that nothing was exported: by a blocking hazard that no fix settles, or by a
    refusal, each a sentence.
    """

    verdict: str
    said: str


def names() -> list[str]:
    """Return the names of all programs, sorted."""
    return sorted(path.parent.name for path in PROGRAMS.glob("*/case.json"))


def case_of(name: str) -> dict[str, Any]:
    """Return the case as it is written down."""
    case: dict[str, Any] = json.loads((PROGRAMS / name / "case.json").read_text("utf-8"))
    return case


def carry_out(name: str, folder: Path) -> Outcome:
    """Move the program as its case says, in `folder`, and run it."""
    case, root = case_of(name), folder / "repository"
    shutil.copytree(PROGRAMS / name / "before", root)
    for command in (
        ("init", "-q", "--template="),
        ("config", "core.autocrlf", "false"),
        ("add", "-A", "-f"),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "before"),
    ):
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)
    assert _prints(case, root) == case["expected"], "the program does not run as it is"
    try:
        repository = open_repository(root)
        survey = take_survey(repository, case["package"])
        plan = _settled(repository, survey, _plan(case, survey, folder))
        made = deliver(repository, survey, plan, folder / "out", witness=False)
    except HazardError as error:
        return Outcome("stopped", f"{error} {error.ids}")
    except ReorgError as error:
        return Outcome("stopped", str(error))
    script = made.folder / "reorganize.sh"
    subprocess.run(["bash", str(script), "--apply"], cwd=root, check=True, capture_output=True)
    printed = _prints(case, root)
    if printed != case["expected"]:
        return Outcome("broken", f"printed {printed!r}, not {case['expected']!r}")
    for path, sign, text in case["text"]:
        content = (root / path).read_text("utf-8") if (root / path).exists() else None
        if content is None or (text in content) is (sign == "-"):
            return Outcome("broken", f"{path}: {'lacks' if sign == '+' else 'has'} {text!r}")
    return Outcome("right", "")


def _plan(case: dict[str, Any], survey: Survey, folder: Path) -> Plan:
    """Return the approved plan, as it is read from a plan file."""
    plan = Plan(
        Scope(case["package"], survey.source_root, survey.commit),
        tuple(
            Move(source, target, Decision.APPROVED, "why")
            for source, target in sorted(case["moves"].items())
        ),
    )
    path = folder / "plan.toml"
    save_plan(path, plan)
    path.write_text(path.read_text("utf-8") + case["plan"], "utf-8")
    return load_plan(path)


def _settled(repository: Repository, survey: Survey, plan: Plan) -> Plan:
    """Return the plan with each blocking hazard settled by its fix, where it has one."""
    contents = repository.contents_by_path(survey.files)

    found = find_hazards(survey, plan, contents)
    blocking = (hazard for hazard in found if hazard.severity is Severity.BLOCK and hazard.fix)
    return replace(plan, hazards=tuple(HazardSettlement(h.id, Settlement.FIX) for h in blocking))


def _prints(case: dict[str, Any], root: Path) -> str:
    """Return what the case's command prints in a copy of the checkout, with this Python."""
    inherited = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    environment = {**inherited, "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    copy = root.parent / "run"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy)
    done = subprocess.run(
        ["bash", "-c", case["run"]],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout + done.stderr
