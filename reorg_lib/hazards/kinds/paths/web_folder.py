"""A folder that a web framework looks for beside a module that moves.

`Flask(__name__)` and `Blueprint("shop", __name__, template_folder="pages")` take their folders from
the place of the module. When the folder stays, templates and static files are not found. The fix
writes the path from the new place to the folder. An application of a test that reads neither
template nor static file is not reported.

Breaks:
    shop/web/app.py:
        from flask import Flask
        app = Flask(__name__)
    shop/web/forms.py, shop/web/templates/index.html
    move shop/web/app.py to shop/http/app.py
    fix: , template_folder="../web/templates"

Safe:
    shop/web/app.py:
        from flask import Flask
        app = Flask(__name__)
    shop/web/templates/index.html
    move shop/web to shop/http
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.parsed_file import Call, Code
from reorg_lib.model import Hazard

KIND = "web-folder"
_DEFAULTS = {
    "Flask": {"template_folder": "templates", "static_folder": "static"},
    "Quart": {"template_folder": "templates", "static_folder": "static"},
    "APIFlask": {"template_folder": "templates", "static_folder": "static"},
    "Blueprint": {"template_folder": "", "static_folder": ""},
    "APIBlueprint": {"template_folder": "", "static_folder": ""},
}
"""Class → the arguments that name a folder, and what they are where nothing is given."""

_ASKS = {
    "template_folder": re.compile(r"(?:render|stream|get|select)_template\b"),
    "static_folder": re.compile(r"send_static_file|url_for\(\s*[\"']static|[\"'/]static/"),
}
"""What an application that reads from its default folder says somewhere."""

_NAMES = {"Flask": 0, "Quart": 0, "APIFlask": 0, "Blueprint": 1, "APIBlueprint": 1}


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the folders that are not beside their module after the moves."""
    for code in context.python_files(b"Flask(", b"Quart(", b"Blueprint("):
        target = context.new_paths.get(code.path)
        if target in (None, code.path):
            continue
        for call in code.calls_of(*_DEFAULTS):
            name = call.argument(_NAMES[call.name.rpartition(".")[2]], "import_name")
            if "root_path" in call.keywords:
                continue
            if name is not None and code.text(name) in ("__name__", "__package__"):
                yield from _behind(code, call, target or "", context)


def _behind(code: Code, call: Call, target: str, context: HazardContext) -> Iterator[Hazard]:
    here, there = posixpath.dirname(code.path), posixpath.dirname(target)
    missing: list[str] = []
    for keyword, default in _DEFAULTS[call.name.rpartition(".")[2]].items():
        given = call.keywords.get(keyword)
        said = code.literal(given) if given is not None else default
        if not said or said.startswith("/"):
            continue
        folder = posixpath.normpath(posixpath.join(here, said))
        landing = posixpath.normpath(posixpath.join(there, said))
        held = [path for path in context.new_paths if path.startswith(folder + "/")]
        if all(context.new_paths[path] == landing + path[len(folder) :] for path in held):
            continue
        stays = all(context.new_paths[path] == path for path in held)
        way = posixpath.relpath(folder, there or ".") if stays else None
        span = code.inside(given) if given is not None else None
        if given is None and not _is_read(keyword, code, call, context):
            continue
        if given is None and way:
            missing.append(f'{keyword}="{way}"')
        else:
            yield _hazard(code, call, folder, target, way, span)
    if missing:
        end = call.node.end_byte - 1
        fix = "".join(f", {argument}" for argument in missing)
        plain = code.content[:end].rstrip()[-1:] not in (b",", b"(")
        plain = plain and b"open_resource(" not in code.content  # no argument gives its path
        folder = posixpath.join(here, "templates")
        yield _hazard(
            code, call, folder, target, fix if plain else None, (end, end) if plain else None
        )


def _is_read(keyword: str, code: Code, call: Call, context: HazardContext) -> bool:
    """Tell whether a default folder may be read; False if a test with its own application does
    not say so.
    """
    if not posixpath.basename(code.path).startswith("test_") or context.is_product(code.path):
        return True
    around: Node | None = call.node
    while around is not None and around.type != "function_definition":
        around = around.parent
    name = around.child_by_field_name("name") if around is not None else None
    is_own = around is not None and name is not None and code.text(name).startswith("test")
    said = code.text(around) if is_own and around is not None else code.content.decode("latin-1")
    return _ASKS[keyword].search(said) is not None


def _hazard(
    code: Code, call: Call, folder: str, target: str, fix: str | None, span: tuple[int, int] | None
) -> Hazard:
    return hazard(
        KIND,
        code.path,
        code.line(call.node),
        f"`{code.text(call.node)}` looks for {folder}/ beside the module, which moves to {target}: "
        "move the folder as well, or write the path to it",
        span=span or (0, 0),
        fix=fix if span else None,
    )
