"""A type checker (pyrefly or mypy) in the project's own environment, before and after.

It runs only if the user names the project's Python. mypy then loads the plugins that the project's
configuration names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reorg_lib.errors import ToolError
from reorg_lib.proof.reading.source_tree import can_be_imported
from reorg_lib.proof.tools.diagnostics import Diagnostic, ToolReport, relative_to

_TOOLS = ("pyrefly", "mypy")


@dataclass(frozen=True, slots=True)
class TypeChecker:
    """A checker that can run, and the Python whose libraries it must use."""

    tool: str
    program: Path
    python: Path

    def check(self, copy: Path, source_root: str) -> ToolReport:
        """Return its complaints about all Python files of a scratch copy.

        Raises:
            ToolError: the checker failed.
        """
        command, report = [str(self.program)], copy.parent / "type-check"
        roots = list(dict.fromkeys([str(copy / source_root), str(copy)]))
        environment = {**os.environ}
        if self.tool == "pyrefly":
            command += ["check", "--output-format", "json", "--color", "never"]
            command += ["--min-severity", "error", "--python-interpreter-path", str(self.python)]
            command += [word for root in roots for word in ("--search-path", root)]
            if not _is_configured(copy):  # else most of what it can find is switched off
                command += ["--preset", "default"]
        else:
            listing = copy.parent / "type-check-files"
            listing.write_text("".join(f"{path}\n" for path in _modules(copy)), encoding="utf-8")
            command += ["--output", "json", "--no-error-summary", "--namespace-packages"]
            command += ["--explicit-package-bases", "--python-executable", str(self.python)]
            command += ["--cache-dir", str(copy.parent / "type-check-cache"), f"@{listing}"]
            environment["MYPYPATH"] = os.pathsep.join(roots)
        with report.open("wb") as written:
            done = subprocess.run(
                command,
                cwd=copy,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.PIPE,
                check=False,
            )
        said = report.read_text(encoding="utf-8", errors="replace")
        found = _read(self.tool, said, copy)
        if found is None or done.returncode not in (0, 1):
            words = f"{said} {done.stderr.decode(errors='replace')}".split()
            short = relative_to(str(copy), " ".join(words))[-400:]
            raise ToolError(
                f"{self.tool} could not check the repository (exit {done.returncode}): {short}"
            )
        return ToolReport(self.tool, found)


def find_type_checker(python: Path) -> TypeChecker:
    """Return pyrefly or mypy of the environment of `python`, or else of this program's own.

    `python` is an interpreter, or the folder of a virtual environment.

    Raises:
        ToolError: there is no such interpreter, or no checker in either environment.
    """
    interpreter = (python / "bin" / "python" if python.is_dir() else python).absolute()
    if not os.access(interpreter, os.X_OK) or interpreter.is_dir():
        raise ToolError(f"{python} is no Python that can run; give the project's own interpreter")
    for home in (interpreter, Path(sys.executable)):
        for tool in _TOOLS:
            program = home.with_name(tool)  # not by -m, which would import from the current folder
            if _runs(program):
                return TypeChecker(tool, program, interpreter)
    raise ToolError(
        f"neither pyrefly nor mypy is installed for {interpreter} or for the Python that runs"
        " reorg; install one of them there, or leave --python out"
    )


def _runs(program: Path) -> bool:
    try:
        done = subprocess.run([str(program), "--version"], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _is_configured(copy: Path) -> bool:
    """Whether a project says itself what pyrefly shall find."""
    settings = copy / "pyproject.toml"
    said = settings.is_file() and b"[tool.pyrefly" in settings.read_bytes()
    return said or (copy / "pyrefly.toml").is_file()


def _modules(copy: Path) -> list[str]:
    """Return the Python files of a copy whose names an import can contain, sorted."""
    found = []
    for path in copy.rglob("*.py"):
        parts = path.relative_to(copy).with_suffix("").parts
        if not path.is_symlink() and can_be_imported(".".join(parts)):
            found.append(str(path.relative_to(copy)))
    return sorted(found)


def _read(tool: str, said: str, copy: Path) -> tuple[Diagnostic, ...] | None:
    try:
        if tool == "pyrefly":
            records = json.JSONDecoder().raw_decode(said.lstrip())[0]["errors"]
            found = [_pyrefly(record, copy) for record in records]
        else:
            lines = (line for line in said.splitlines() if line.startswith("{"))
            found = [_mypy(json.loads(line)) for line in lines if '"severity": "error"' in line]
    except (ValueError, KeyError, TypeError):
        return None
    return tuple(sorted(found))


def _pyrefly(record: Mapping[str, Any], copy: Path) -> Diagnostic:
    path = relative_to(str(copy), record["path"])
    text = relative_to(str(copy), record["concise_description"])
    return Diagnostic(path, record["line"], f"{text} [{record['name']}]")


def _mypy(record: Mapping[str, Any]) -> Diagnostic:
    return Diagnostic(record["file"], record["line"], f"{record['message']} [{record['code']}]")
