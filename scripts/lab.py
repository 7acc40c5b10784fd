"""JupyterLab on copies of the notebooks, for one repository.

Each project has a folder below `.work/lab/` with copies of the notebooks, which JupyterLab changes,
and the plan. The notebooks find their repository, package, plan and output folder in four
environment variables. Without a repository argument it is the example, in a working copy whose plan
starts undecided.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import click

from reorg_lib.errors import ReorgError
from reorg_lib.git import open_repository
from reorg_lib.model import Plan
from reorg_lib.plan.plan_file import load_plan, save_plan
from reorg_lib.views.board.shipped import shipped_beside
from reorg_lib.workbench import PROJECT
from scripts.demo import EXAMPLE, NOTEBOOKS, ROOT, prepare_example

LAB = ROOT / ".work" / "lab"
OUT = ROOT / "outputs"
REVIEW = "02_review.ipynb"

_EXAMPLE = "example"
_SOURCES = ".sources.json"
_LINK = re.compile(r"\[([^\[\]\n]*)\]\(\w+\.ipynb\)")

# JupyterLab asks at its start whether it may fetch news, and looks for updates; here it does
# neither. It removes cells that are out of sight from the page, so the page jumps between
# the board and the graph; here it keeps them. It saves the content of the widgets with the
# notebook, so that it is still there after a restart. These are only defaults, in a folder of
# this project; a user's own settings take precedence.
_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}

# Voila's own page fetches an icon font from the network; this page does not use it.
_TEMPLATE = """\
{%- extends 'voila/templates/lab/index.html.j2' -%}
{%- block notebook_css -%}
{{ super() | replace('https://cdn.jsdelivr.net/npm/@fortawesome/fontawesome-free@^5/css/',
                     'data:text/css,') }}
{%- endblock notebook_css -%}
"""


@dataclass(frozen=True, slots=True)
class Project:
    """A repository to review, with its own folders."""

    repository: Path
    package: str
    folder: Path
    plan: Path
    out: Path

    @property
    def variables(self) -> dict[str, str]:
        """What the notebooks read from their environment."""
        told = {
            "REORG_REPO": str(self.repository),
            "REORG_PACKAGE": self.package,
            "REORG_PLAN": str(self.plan),
            "REORG_OUT": str(self.out),
        }
        return {name: value for name, value in told.items() if value}


@click.command()
@click.option("--repo", help="A git checkout; the example when it is not given.")
@click.option("--package", help="The dotted package; guessed when only one fits.")
@click.option("--plan", help="Where decisions are kept; by default in the project's folder.")
@click.option("--dry-run", is_flag=True, help="Print the variables instead of starting JupyterLab.")
@click.option("--page", is_flag=True, help="Serve the review as a page, without code, with Voila.")
def main(
    repo: str | None, package: str | None, plan: str | None, dry_run: bool, page: bool
) -> None:
    """Open copies of the notebooks in JupyterLab, or serve the review as a page with Voila."""
    try:
        project = open_project(repo, package, plan)
        copy_notebooks(project.folder)
        notebook = page_notebook(project.folder) if page else project.folder
    except (ReorgError, OSError) as error:
        click.echo(f"lab: {error}", err=True)
        sys.exit(1)
    for name, value in project.variables.items():
        click.echo(f"{name}={value}")
    click.echo(f"notebooks in {project.folder}")
    if not dry_run:
        program = ["voila", str(notebook), "--template=review"]
        if not page:
            program = ["jupyterlab", f"--ServerApp.root_dir={notebook}"]
        os.environ.update(project.variables)
        os.environ["JUPYTER_CONFIG_PATH"] = lab_settings(LAB)
        os.environ["JUPYTER_PATH"] = page_template(LAB)
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", *program])


def open_project(
    repo: str | None = None,
    package: str | None = None,
    plan: str | None = None,
    *,
    lab: Path = LAB,
    out: Path = OUT,
) -> Project:
    """Return the project with its own folder below `lab`, which is created if it is missing.

    Two repositories of one name, or two packages of one repository, have a folder each.
    """
    repository = open_repository(Path(repo).expanduser()).root if repo else None
    name = repository.name if repository else EXAMPLE.name
    for number in count(1):
        folder = lab / (name if number == 1 else f"{name}-{number}")
        owner = repository or folder / _EXAMPLE / EXAMPLE.name
        chosen = Path(plan).expanduser().absolute() if plan else folder / "plan.toml"
        project = Project(owner, package or "", folder, chosen, out / folder.name)
        if not folder.exists() or _is_of(folder, project.variables):
            break
    folder.mkdir(parents=True, exist_ok=True)
    if not owner.exists():
        _prepare_undecided(folder)
    (folder / PROJECT).write_text(json.dumps(project.variables, indent=2), encoding="utf-8")
    return project


def copy_notebooks(folder: Path) -> None:
    """Copy the notebooks into a project's folder; a copy stays until its original changes.

    An edited copy whose original has changed is kept beside the new copy, as `….old.ipynb`.
    """
    record = folder / _SOURCES
    known = json.loads(record.read_text("utf-8")) if record.exists() else {}
    digests = {}
    for original in sorted(NOTEBOOKS.glob("*.ipynb")):
        copy = folder / original.name
        digests[original.name] = hashlib.sha256(original.read_bytes()).hexdigest()
        if copy.exists() and known.get(original.name) == digests[original.name]:
            continue
        if copy.exists():
            copy.replace(copy.with_suffix(".old.ipynb"))
        shutil.copyfile(original, copy)
    record.write_text(json.dumps(digests, indent=2), encoding="utf-8")


def page_notebook(folder: Path) -> Path:
    """Write the review notebook without links to notebooks that the page does not serve.

    Return its path.
    """
    page = folder / "page" / REVIEW
    page.parent.mkdir(exist_ok=True)
    text = (NOTEBOOKS / REVIEW).read_text(encoding="utf-8")
    page.write_text(_LINK.sub(r"\1", text), encoding="utf-8")
    return page


def lab_settings(work: Path) -> str:
    """Write Lab's defaults below `work`; return the search path for its configuration."""
    folder = work / "jupyter" / "labconfig"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_SETTINGS, indent=2)
    (folder / "default_setting_overrides.json").write_text(text, encoding="utf-8")
    inherited = os.environ.get("JUPYTER_CONFIG_PATH")
    return os.pathsep.join(filter(None, (str(folder.parent), inherited)))


def page_template(work: Path) -> str:
    """Write Voila's template below `work`; return the search path for Jupyter's data."""
    folder = work / "jupyter" / "voila" / "templates" / "review"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html.j2").write_text(_TEMPLATE, encoding="utf-8")
    (folder / "conf.json").write_text('{"base_template": "lab"}', encoding="utf-8")
    inherited = os.environ.get("JUPYTER_PATH")
    return os.pathsep.join(filter(None, (str(work / "jupyter"), inherited)))


def _is_of(folder: Path, variables: Mapping[str, str]) -> bool:
    """Tell whether a folder is that of the repository and package which the variables name."""
    if not (folder / PROJECT).exists():
        return False
    there = json.loads((folder / PROJECT).read_text("utf-8"))
    names = ("REORG_REPO", "REORG_PACKAGE")
    return all(there.get(name) == variables.get(name) for name in names)


def _prepare_undecided(folder: Path) -> None:
    """Make the example in `folder`: an empty plan, and the shipped decisions beside it."""
    made = prepare_example(folder / _EXAMPLE).plan
    plan = folder / made.name
    made.rename(shipped_beside(plan))
    save_plan(plan, Plan(load_plan(shipped_beside(plan)).scope))


if __name__ == "__main__":
    main()
