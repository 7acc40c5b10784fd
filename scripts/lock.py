"""Pin every dependency in constraints.txt, one version for all supported Pythons.

Each supported Python's own pip resolves the project in turn, because only then the markers of every
package apply; the versions chosen for one Python are constraints for the next. Only names and
versions are written, and no address of an index.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
PYTHONS = ("python3.11", "python3.12", "python3.13")
HEADER = """\
# One version of everything for Python 3.11, 3.12 and 3.13, so that the same input gives the
# same bytes. Written by `make lock`; do not edit by hand.
"""


def main() -> None:
    """Resolve for each Python and write the pins, sorted by name."""
    if missing := [python for python in PYTHONS if not shutil.which(python)]:
        sys.exit(f"{', '.join(missing)} not on PATH; the pins need every supported Python")
    requirements = _requirements()
    pins: dict[str, str] = {}
    for python in PYTHONS:
        print(f"resolving for {python} ...", flush=True)
        pins |= _resolve(requirements, python, pins)
    lines = [f"{name}=={version}\n" for name, version in sorted(pins.items())]
    CONSTRAINTS.write_text(HEADER + "".join(lines), encoding="utf-8")
    print(f"{CONSTRAINTS.name}: {len(lines)} packages")


def _requirements() -> list[str]:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = declared["project"]
    extras = [name for group in project["optional-dependencies"].values() for name in group]
    return sorted({*declared["build-system"]["requires"], *project["dependencies"], *extras})


def _resolve(requirements: list[str], python: str, pins: dict[str, str]) -> dict[str, str]:
    """Return name → version as pip would install them for `python`, wheels only."""
    with tempfile.TemporaryDirectory() as folder:
        known = Path(folder) / "known.txt"
        known.write_text("".join(f"{name}=={version}\n" for name, version in pins.items()))
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                *(python, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"),
                *("--disable-pip-version-check", "--only-binary", ":all:"),
                *("--constraint", str(known), "--report", str(report), *requirements),
            ],
            check=True,
        )
        installed = json.loads(report.read_text())["install"]
    chosen = (entry["metadata"] for entry in installed)
    return {_normal(entry["name"]): entry["version"] for entry in chosen}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
