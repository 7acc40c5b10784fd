"""A module that a tool finds by its folder and file name.

Django looks for commands in `management/commands/` of an app, Airflow for DAGs in `dags/`, and so
on. Nothing imports such a module by its name, so nothing fails when the tool does not find it.
Leave it where it is, or leave a file there that imports the new place.

Breaks:
    shop/sales/management/commands/sync.py:
        from django.core.management import BaseCommand
    move shop/sales/management/commands/sync.py to shop/jobs/sync.py

Safe:
    shop/sales/management/commands/sync.py:
        from django.core.management import BaseCommand
    move shop/sales to shop/orders
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.moved_paths import MovedPaths, moved_paths
from reorg_lib.model import Hazard

KIND = "found-by-place"


@dataclass(frozen=True, slots=True)
class ToolFile:
    """`pattern` is a path whose group `name` must stay; `shows` is a text in such a file."""

    tool: str
    pattern: str
    shows: str
    what: str


_HOME = r"(?P<home>(?:.*/)?)"
TOOL_FILES = (
    ToolFile(
        "Django",
        _HOME + r"management/commands/(?P<name>[a-zA-Z]\w*)\.py",
        r"BaseCommand|django\.core\.management|\bclass Command\b",
        "a management command is found by its file name in `management/commands/` of an app",
    ),
    ToolFile(
        "Django",
        _HOME + r"templatetags/(?P<name>[a-zA-Z]\w*)\.py",
        r"\bLibrary\(",
        "`{% load %}` finds a tag library by its file name in `templatetags/` of an app",
    ),
    ToolFile(
        "Django",
        _HOME + r"migrations/(?P<name>[a-zA-Z0-9]\w*)\.py",
        r"\bmigrations\.Migration\b",
        "a migration is known by its app and its file name, in the database too",
    ),
    ToolFile(
        "Django",
        _HOME + r"(?P<name>models|admin|apps)\.py",
        r"\bdjango\.(?:db|contrib|apps)\b",
        "the modules `models`, `admin` and `apps` of an app are imported by these names only; "
        "keep one there that imports the new place",
    ),
    ToolFile(
        "Alembic",
        _HOME + r"versions/(?P<name>\w+)\.py",
        r"^down_revision\b",
        "revisions are read from one folder, `versions/` beside `env.py`",
    ),
    ToolFile(
        "Airflow",
        r"(?P<home>(?:.*/)?dags/)(?:.*/)?(?P<name>\w+)\.py",
        r"\bDAG\(|^@dag\b",
        "DAGs are read from the folder `dags/`",
    ),
    ToolFile(
        "Scrapy",
        _HOME + r"spiders/(?P<name>\w+)\.py",
        r"\bscrapy\b",
        "spiders are looked for in the packages of `SPIDER_MODULES`",
    ),
    ToolFile(
        "Streamlit",
        _HOME + r"pages/(?P<name>\w+)\.py",
        r"\bstreamlit\b",
        "a page is found by its file in `pages/`, and its address is the file's name",
    ),
    ToolFile(
        "behave",
        _HOME + r"steps/(?P<name>\w+)\.py",
        r"\bbehave\b",
        "steps are read from the folder `steps/` beside the features",
    ),
    ToolFile(
        "PyInstaller",
        _HOME + r"(?P<name>hook-[\w.-]+)\.py",
        r"\bPyInstaller\b|\bhiddenimports\b",
        "a hook is found by its file name, which says for which module it is",
    ),
    ToolFile(
        "Home Assistant",
        r"(?P<home>(?:.*/)?custom_components/\w+/)(?P<name>\w+)\.py",
        r"\bhomeassistant\b",
        "a platform is found by its file name in the folder of the integration",
    ),
    ToolFile(
        "Ansible",
        _HOME + r"(?:library|plugins/\w+)/(?P<name>\w+)\.py",
        r"\bansible\b",
        "modules and plugins are found by their file names in this folder",
    ),
    ToolFile(
        "Vercel",
        r"(?P<home>)(?P<name>api/[\w/]+)\.py",
        r"^class handler\(BaseHTTPRequestHandler\)",
        "a function is found by its path below `api/`, which is its address",
    ),
    ToolFile(
        "Kedro",
        _HOME + r"(?P<name>pipeline_registry|settings)\.py",
        r"\bkedro\b|\bregister_pipelines\b",
        "this module is imported by this name in the project's package",
    ),
    ToolFile(
        "Python",
        _HOME + r"(?P<name>sitecustomize|usercustomize)\.py",
        r"",
        "the interpreter imports it by this name from the import path when it starts",
    ),
    ToolFile(
        "Locust, fabric, nox, doit or Sphinx",
        _HOME + r"(?P<name>locustfile|fabfile|noxfile|dodo|conf)\.py",
        r"\blocust\b|\bfabric\b|\bnox\b|\bdef task_\w+|^html_theme\b|^extensions\s*=",
        "the tool looks for a file of this name in the folder where it is started",
    ),
    ToolFile(
        "invoke",
        _HOME + r"(?P<name>tasks)\.py",
        r"^(?:from|import) invoke\b",
        "`inv` looks for a module of this name in the folder where it is started",
    ),
)
"""Tool → where it looks, and how a file shows that it is meant."""


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the modules that their tool does not find at the new place."""
    places = moved_paths(context)
    for path in context.moved_files():
        for place in TOOL_FILES:
            yield from _lost(place, path, context.contents.get(path, b""), context, places)


def _lost(
    place: ToolFile, path: str, content: bytes, context: HazardContext, places: MovedPaths
) -> Iterator[Hazard]:
    before = re.fullmatch(place.pattern, path)
    if before is None or not re.search(place.shows.encode(), content, re.M):
        return
    target = context.new_paths[path] or ""
    after = re.fullmatch(place.pattern, target)
    if after is not None and after["name"] == before["name"]:
        home = before["home"].rstrip("/")
        if after["home"].rstrip("/") in (home, places.after(home)):
            return
    yield hazard(
        KIND,
        path,
        1,
        f"{place.tool}: {place.what}; {path} goes to {target} and would not be found: leave it "
        "where it is; or accept this, and after the script write "
        f"{_left_behind(path, places)} with `from {context.roots.name(target)} import *` in it",
    )


def _left_behind(path: str, places: MovedPaths) -> str:
    """The path of a file that replaces a moved one, in the old folder."""
    folder, name = posixpath.split(path)
    return posixpath.join(places.after(folder) or folder, name)
