"""What holds for the project as a whole: its files, its packaging, its two dependency lists.

Each of these has a person behind it: somebody with conda, somebody with a wheel, somebody who
reads the README and types what it says.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent

CONDA_NAMES = {"graphviz": "python-graphviz", "tree-sitter": "tree_sitter"}
"""Where conda-forge calls a package otherwise than the Python index does."""

CONDA_ONLY = {"python", "pip", "git", "make"}


def declared() -> dict[str, str]:
    """Return name (with extras) → bounds of everything in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return dict(_parted(requirement) for group in groups for requirement in group)


def in_environment() -> dict[str, str]:
    """Return name → bounds of everything in environment.yml, by the Python index's names."""
    entries = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pip = next(entry["pip"] for entry in entries if isinstance(entry, dict))
    plain = [entry for entry in entries if isinstance(entry, str)]
    back = {conda: name for name, conda in CONDA_NAMES.items()}
    conda = {back.get(name, name): bounds for name, bounds in map(_parted, plain)}
    return {
        **{name: bounds for name, bounds in conda.items() if name not in CONDA_ONLY},
        **dict(_parted(entry) for entry in pip if not entry.startswith("-e ")),
    }


def _parted(requirement: str) -> tuple[str, str]:
    found = re.fullmatch(r"([\w.-]+(?:\[[\w,]+\])?)\s*(.*)", requirement)
    assert found, requirement
    return found[1], found[2]


def test_environment_and_pyproject_name_the_same_dependencies() -> None:
    assert in_environment() == declared()


def test_every_library_that_is_imported_is_declared() -> None:
    known = {"reorg_lib", *sys.stdlib_module_names}
    names = {
        alias.partition(".")[0]
        for path in sorted((ROOT / "reorg_lib").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        for alias in _imported(node)
    }
    spelled = {name.partition("[")[0].replace("-", "_") for name in declared()}
    assert {name.lower() for name in names - known} <= spelled


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []


def test_every_declared_dependency_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {line.partition("==")[0] for line in lines if not line.startswith("#")}
    assert {name.partition("[")[0] for name in declared()} <= pinned


def test_pins_name_no_index_and_are_sorted() -> None:
    lines = [
        line
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if not line.startswith("#")
    ]
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", line) for line in lines)
    names = [line.partition("==")[0] for line in lines]
    assert names == sorted(set(names))


def test_the_readme_says_what_each_runtime_dependency_is_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    rows = re.findall(r"^\| `([\w.\[\]-]+)` \| (.+) \|$", (ROOT / "README.md").read_text(), re.M)
    said = {name for name, purpose in rows if purpose.strip()}
    assert {_parted(requirement)[0] for requirement in project["dependencies"]} <= said


def test_the_readme_names_only_targets_and_files_that_are_there() -> None:
    text = (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"`?\bmake ([a-z]+(?:-[a-z]+)*)(?=[\s`,.)]*(?:`|$|#))", text)) <= targets
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_what_the_readme_shows_is_what_the_demo_gives() -> None:
    text = (ROOT / "README.md").read_text()
    script = (ROOT / "docs" / "example" / "reorganize.sh").read_text()
    shown = re.findall(r"^```bash\n(.*?)^```$", text, re.M | re.S)
    assert shown
    assert [piece for piece in shown if piece not in script] == []
    certificate = (ROOT / "docs" / "example" / "certificate.md").read_text()
    points = re.findall(r"^\| ✓ \d .*$", text, re.M)
    assert points == re.findall(r"^\| \S \d .*$", certificate, re.M)


def test_make_without_a_target_lists_every_target() -> None:
    done = subprocess.run(
        ["make"], cwd=ROOT, capture_output=True, text=True, check=True, env=_without_make()
    )
    listed = re.findall(r"^  make ([a-z-]+) ", done.stdout, re.M)
    phony = re.findall(r"^\.PHONY: ([a-z-]+)$", (ROOT / "Makefile").read_text(), re.M)
    assert listed == phony
    assert {"demo", "test", "lab"} <= set(listed)


def test_make_says_what_to_do_when_there_is_no_python(tmp_path: Path) -> None:
    done = subprocess.run(
        ["make", "demo", f"VENV={tmp_path / 'venv'}", "PYTHON="],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=_without_make(),
    )
    assert done.returncode != 0
    assert "No usable Python found" in done.stderr
    assert "make demo PYTHON=" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_ci_runs_the_test_command_of_the_readme() -> None:
    commands = [
        line
        for line in (ROOT / ".ci" / "run").read_text().splitlines()
        if line and not line.startswith(("#", "set ", "cd "))
    ]
    assert commands == ["exec make test </dev/null"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("script", [".ci/run", "docs/example/reorganize.sh"])
def test_shell_files_are_clean(script: str) -> None:
    shellcheck = Path(sys.executable).parent / "shellcheck"
    done = subprocess.run([shellcheck, ROOT / script], capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    there = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "reorg_lib").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped == there
    assert {"reorg_lib/py.typed", "reorg_lib/views/__init__.py"} <= shipped


def test_the_import_contract_is_not_vacuous() -> None:
    """The contract names every room; a new one that is not in it fails `lint-imports`."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    contract, independence = settings["contracts"]
    rooms = {path.stem for path in (ROOT / "reorg_lib").iterdir() if path.suffix in {"", ".py"}} - {
        "__pycache__",
        "__init__",
    }
    assert rooms == {room for layer in contract["layers"] for room in layer.split(" | ")}
    assert contract["exhaustive"]
    made_from = {"survey", "plan", "hazards", "rewrite", "script", "guardrails", "python"}
    assert {
        name.removeprefix("reorg_lib.") for name in independence["forbidden_modules"]
    } == made_from


def _without_make() -> dict[str, str]:
    """The environment without what an outer `make test` would hand to an inner make."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
