"""JupyterLab on the notebooks, with a repository to look at.

Owns where the notebooks find their repository, package, plan and output folder: four environment
variables. Without a repository it is the example, in a working copy that keeps its decisions.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from reorg_lib.errors import ReorgError
from reorg_lib.git import open_repository
from scripts.demo import EXAMPLE, NOTEBOOKS, PLAN, ROOT, prepare_example

LAB = ROOT / ".work" / "lab"
REVIEW = "02_review.ipynb"

# Lab asks at its start whether it may fetch news from the net, and looks for updates: here it does
# neither. And it takes cells that are out of sight out of the page, which makes it jump when one
# goes from the board to the graph and back. Defaults only, in a folder of this project: what
# somebody has set themselves still wins.
_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}

# Voila's own page fetches a font of icons from the net; ours shows none of them.
_TEMPLATE = """\
{%- extends 'voila/templates/lab/index.html.j2' -%}
{%- block notebook_css -%}
{{ super() | replace('https://cdn.jsdelivr.net/npm/@fortawesome/fontawesome-free@^5/css/',
                     'data:text/css,') }}
{%- endblock notebook_css -%}
"""


@click.command()
@click.option("--repo", help="A git checkout; the example when it is not given.")
@click.option("--package", help="The dotted package; guessed when only one fits.")
@click.option("--plan", help="Where decisions are kept; plan.toml in this folder by default.")
@click.option("--dry-run", is_flag=True, help="Print the variables instead of starting JupyterLab.")
@click.option("--page", is_flag=True, help="Serve the review as a page, without code, with Voila.")
def main(
    repo: str | None, package: str | None, plan: str | None, dry_run: bool, page: bool
) -> None:
    """Open the notebooks in JupyterLab, or serve the review as a page with Voila."""
    program = ["jupyterlab", str(NOTEBOOKS)]
    if page:
        program = ["voila", str(NOTEBOOKS / REVIEW), "--template=review"]
    try:
        variables = _variables(repo, package, plan)
    except ReorgError as error:
        click.echo(f"lab: {error}", err=True)
        sys.exit(1)
    for name, value in variables.items():
        click.echo(f"{name}={value}")
    if not dry_run:
        os.environ.update(variables)
        os.environ["JUPYTER_CONFIG_PATH"] = lab_settings(LAB)
        os.environ["JUPYTER_PATH"] = page_template(LAB)
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", *program])


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


def _variables(repo: str | None, package: str | None, plan: str | None) -> dict[str, str]:
    if repo:
        repository = open_repository(Path(repo).expanduser()).root
        plan_path = Path(plan or "plan.toml").expanduser()
    else:
        repository = LAB / EXAMPLE.name
        plan_path = Path(plan).expanduser() if plan else LAB / PLAN.name
        if not repository.exists():
            prepare_example(LAB)
    variables = {
        "REORG_REPO": str(repository),
        "REORG_PACKAGE": package or "",
        "REORG_PLAN": str(plan_path.absolute()),
        "REORG_OUT": str(ROOT / "outputs"),
    }
    return {name: value for name, value in variables.items() if value}


if __name__ == "__main__":
    main()
