"""Repositories drawn as an indented tree, and their surveys.

Two blanks a level; a folder ends in `/`; after a file's name and two blanks stands its content, in
which `;;` begins a new line and `····` indents it. A folder without a drawn `__init__.py` gets an
empty one unless `(bare)` stands behind it.
"""

from __future__ import annotations

from reorg_lib.files.cache import Cache
from reorg_lib.git import open_repository
from reorg_lib.model import Classification, Survey
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository


def files(drawing: str) -> dict[str, str]:
    """Return path → content.

    >>> files('shop/\\n  orders.py  import boto3;;x = 1')
    {'shop/__init__.py': '', 'shop/orders.py': 'import boto3\\nx = 1\\n'}
    """
    found: dict[str, str] = {}
    folders: list[str] = []
    lines = [line for line in drawing.splitlines() if line.strip()]
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    for line in lines:
        depth = (len(line) - len(line.lstrip()) - margin) // 2
        name, _, content = line.strip().partition("  ")
        del folders[depth:]
        if name.rstrip().endswith("/"):
            folders.append(name.rstrip("/"))
            if "(bare)" not in content:
                found.setdefault("/".join([*folders, "__init__.py"]), "")
        else:
            text = "\n".join(part.strip(" ") for part in content.strip().split(";;"))
            found["/".join([*folders, name])] = text.replace("····", "    ") + "\n" * bool(text)
    return found


def surveyed(make: MakeRepository, drawing: str, package: str | None = None) -> Survey:
    """Survey a drawing, past any cache."""
    return take_survey(open_repository(make(files(drawing))), package, Cache(None))


def found_in(survey: Survey) -> dict[str, Classification]:
    """Return dotted name below the package → what it was found to be."""
    return {c.module.removeprefix(f"{survey.package}."): c for c in survey.classifications}
