"""Modules that a tool finds by their folder and their file name.

Valid (told):   `shop/management/commands/sync.py` goes to `shop/jobs/sync.py`: Django looks for
                commands below `management/commands/` only.
Invalid (not):  the whole app moves and keeps `management/commands/` inside of it; a file called
                `commands.py` that is no Django command.

Nobody imports such a module by its name, so nothing fails when the tool does not find it any more.
`PLACES` is the table of the tools; add a row for another one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from reorg_lib.model import Hazard
from reorg_lib.plan.hazard_kinds.code import Call, Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard
from reorg_lib.plan.hazard_kinds.places import Places, places_of

KIND, TASKS = "found-by-place", "task-discovery"


@dataclass(frozen=True, slots=True)
class Place:
    """`pattern` is a path whose group `name` has to stay; `shows` stands in such a file."""

    tool: str
    pattern: str
    shows: str
    what: str


_HOME = r"(?P<home>(?:.*/)?)"
PLACES = (
    Place(
        "Django",
        _HOME + r"management/commands/(?P<name>[a-zA-Z]\w*)\.py",
        r"BaseCommand|django\.core\.management|\bclass Command\b",
        "a management command is found by its file name in `management/commands/` of an app",
    ),
    Place(
        "Django",
        _HOME + r"templatetags/(?P<name>[a-zA-Z]\w*)\.py",
        r"\bLibrary\(",
        "`{% load %}` finds a tag library by its file name in `templatetags/` of an app",
    ),
    Place(
        "Django",
        _HOME + r"migrations/(?P<name>[a-zA-Z0-9]\w*)\.py",
        r"\bmigrations\.Migration\b",
        "a migration is known by its app and its file name, in the database too",
    ),
    Place(
        "Django",
        _HOME + r"(?P<name>models|admin|apps)\.py",
        r"\bdjango\.(?:db|contrib|apps)\b",
        "the modules `models`, `admin` and `apps` of an app are imported by these names only; "
        "keep one there that imports the new place",
    ),
    Place(
        "Alembic",
        _HOME + r"versions/(?P<name>\w+)\.py",
        r"^down_revision\b",
        "revisions are read from one folder, `versions/` beside `env.py`",
    ),
    Place(
        "Airflow",
        r"(?P<home>(?:.*/)?dags/)(?:.*/)?(?P<name>\w+)\.py",
        r"\bDAG\(|^@dag\b",
        "DAGs are read from the folder `dags/`",
    ),
    Place(
        "Scrapy",
        _HOME + r"spiders/(?P<name>\w+)\.py",
        r"\bscrapy\b",
        "spiders are looked for in the packages of `SPIDER_MODULES`",
    ),
    Place(
        "Streamlit",
        _HOME + r"pages/(?P<name>\w+)\.py",
        r"\bstreamlit\b",
        "a page is found by its file in `pages/`, and its address is the file's name",
    ),
    Place(
        "behave",
        _HOME + r"steps/(?P<name>\w+)\.py",
        r"\bbehave\b",
        "steps are read from the folder `steps/` beside the features",
    ),
    Place(
        "PyInstaller",
        _HOME + r"(?P<name>hook-[\w.-]+)\.py",
        r"\bPyInstaller\b|\bhiddenimports\b",
        "a hook is found by its file name, which says for which module it is",
    ),
    Place(
        "Home Assistant",
        r"(?P<home>(?:.*/)?custom_components/\w+/)(?P<name>\w+)\.py",
        r"\bhomeassistant\b",
        "a platform is found by its file name in the folder of the integration",
    ),
    Place(
        "Ansible",
        _HOME + r"(?:library|plugins/\w+)/(?P<name>\w+)\.py",
        r"\bansible\b",
        "modules and plugins are found by their file names in this folder",
    ),
    Place(
        "Vercel",
        r"(?P<home>)(?P<name>api/[\w/]+)\.py",
        r"^class handler\(BaseHTTPRequestHandler\)",
        "a function is found by its path below `api/`, which is its address",
    ),
    Place(
        "Kedro",
        _HOME + r"(?P<name>pipeline_registry|settings)\.py",
        r"\bkedro\b|\bregister_pipelines\b",
        "this module is imported by this name in the project's package",
    ),
    Place(
        "Python",
        _HOME + r"(?P<name>sitecustomize|usercustomize)\.py",
        r"",
        "the interpreter imports it by this name from the import path when it starts",
    ),
    Place(
        "Locust, fabric, nox, doit or Sphinx",
        _HOME + r"(?P<name>locustfile|fabfile|noxfile|dodo|conf)\.py",
        r"\blocust\b|\bfabric\b|\bnox\b|\bdef task_\w+|^html_theme\b|^extensions\s*=",
        "the tool looks for a file of this name in the folder where it is started",
    ),
    Place(
        "invoke",
        _HOME + r"(?P<name>tasks)\.py",
        r"^(?:from|import) invoke\b",
        "`inv` looks for a module of this name in the folder where it is started",
    ),
)
"""Tool → where it looks, and how a file shows that it is meant."""


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the modules that their tool does not find at the new place."""
    places = places_of(ground)
    yield from _discovered_tasks(ground)
    for path in moving(ground):
        content = ground.contents.get(path, b"")
        for place in PLACES:
            yield from _lost(place, path, content, ground, places)


def moving(ground: Ground) -> Iterator[str]:
    """Yield the Python files that go to another path under another name."""
    for path, module in ground.files.items():
        if ground.fate.get(path) not in (None, path):
            if module.name in ground.names and ground.names[module.name] == module.name:
                continue  # m.py becomes m/__init__.py
            yield path


def _lost(
    place: Place, path: str, content: bytes, ground: Ground, places: Places
) -> Iterator[Hazard]:
    before = re.fullmatch(place.pattern, path)
    if before is None or not re.search(place.shows.encode(), content, re.M):
        return
    target = ground.fate[path] or ""
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
        f"{_left_behind(path, places)} with `from {ground.roots.name(target)} import *` in it",
    )


def _left_behind(path: str, places: Places) -> str:
    """The path of a file that stands in for one that goes away, in the folder of before."""
    folder, name = posixpath.split(path)
    return posixpath.join(places.after(folder) or folder, name)


# app.autodiscover_tasks(["shop"])
def _discovered_tasks(ground: Ground) -> Iterator[Hazard]:
    for code in ground.python(b"autodiscover_tasks"):
        for call in code.calls_of("autodiscover_tasks"):
            related = call.argument(1, "related_name")
            leaf = (code.literal(related) if related is not None else None) or "tasks"
            given = call.argument(0, "packages")
            listed = given is not None and given.type in ("list", "tuple", "set")
            if given is not None and listed:
                for string in code.strings(given):
                    yield from _of_package(code, string, leaf, ground)
            else:
                yield from _of_any(code, call, leaf, ground)


def _of_package(code: Code, string: Node, leaf: str, ground: Ground) -> Iterator[Hazard]:
    package = code.literal(string) or ""
    old = f"{package}.{leaf}"
    if old not in ground.names or ground.names[old] == f"{ground.names.get(package)}.{leaf}":
        return
    new = ground.names[old] or ""
    stays = ground.names.get(package) == package and code.inside(string)
    span = code.inside(string) or (0, 0)
    yield hazard(
        TASKS,
        code.path,
        code.line(string),
        f'Celery imports the module "{leaf}" of the package {package}, and {old} becomes '
        f"{new or 'nothing'}: name the package that has it",
        span=span,
        fix=new.rpartition(".")[0] if stays and new.endswith(f".{leaf}") else None,
    )


def _of_any(code: Code, call: Call, leaf: str, ground: Ground) -> Iterator[Hazard]:
    for name, new in ground.names.items():
        package = name.rpartition(".")[0]
        if name.endswith(f".{leaf}") and new != f"{ground.names.get(package)}.{leaf}":
            yield hazard(
                TASKS,
                code.path,
                code.line(call.node),
                f'Celery imports the module "{leaf}" of each package, and {name} becomes '
                f"{new or 'nothing'}: give `{code.text(call.node)}` the new package, or keep the "
                "module there",
            )
