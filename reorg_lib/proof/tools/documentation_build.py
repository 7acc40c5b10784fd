"""The project's documentation, built before and after, and the warnings of Sphinx and MkDocs.

Only the command that the user gave runs.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from reorg_lib.proof.tools.diagnostics import Diagnostic, ToolReport, relative_to

# docs/api.rst:12: WARNING: undefined label        WARNING: html_static_path does not exist
_SPHINX = re.compile(
    r"(?:(?P<path>\S.*?)(?::(?P<line>\d+))?:\s+)?(?:WARNING|ERROR|CRITICAL|SEVERE):\s+(?P<text>.+)"
)
# WARNING -  Doc file 'index.md' contains a link        WARNING -  griffe: src/a.py:3: No type
_MKDOCS = re.compile(r"(?:\[\w+\]\s+)?(?:WARNING|ERROR)\s+-\s+(?P<text>.+)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def build_documentation(command: str, copy: Path, source_root: str) -> ToolReport:
    """Run the command in a shell in a scratch copy, and return its warnings."""
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=copy,
        env={
            **os.environ,
            "PYTHONPATH": str(copy / source_root),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_COLOR": "1",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    said = relative_to(str(copy), done.stdout.decode(errors="replace"))
    return ToolReport(f"`{command}`", read_warnings(said), done.returncode)


def read_warnings(said: str) -> tuple[Diagnostic, ...]:
    """Return each warning and error that Sphinx or MkDocs printed, sorted."""
    found = set()
    for line in _COLOUR.sub("", said).splitlines():
        if match := _MKDOCS.match(line):
            found.add(Diagnostic("", 0, match["text"].strip()))
        elif match := _SPHINX.match(line):
            path = (match["path"] or "").partition(":docstring of ")
            text = f"docstring of {path[2]}: {match['text']}" if path[1] else match["text"]
            found.add(Diagnostic(path[0], int(match["line"] or 0), text.strip()))
    return tuple(sorted(found))
