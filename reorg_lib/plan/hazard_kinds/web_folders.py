"""Folders that a web framework reads from the place of a module that it is given.

Valid (told):   `Blueprint("o", __name__, template_folder="templates")` or `Flask(__name__)` in a
                module that moves while `templates/` beside it does not.
Invalid (not):  the folder moves along; the module stays in its folder; an application of a test
                that asks for no template and no static file.

The framework takes the module's name and looks beside its file. The fix leads from the new place to
the folder; an application without the argument is given one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.model import Hazard
from reorg_lib.plan.hazard_kinds.code import Call, Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard

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


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the folders that are not beside their module after the moves."""
    for code in ground.python(b"Flask(", b"Quart(", b"Blueprint("):
        target = ground.fate.get(code.path)
        if target in (None, code.path):
            continue
        for call in code.calls_of(*_DEFAULTS):
            name = call.argument(_NAMES[call.name.rpartition(".")[2]], "import_name")
            if "root_path" in call.keywords:
                continue
            if name is not None and code.text(name) in ("__name__", "__package__"):
                yield from _behind(code, call, target or "", ground)


def _behind(code: Code, call: Call, target: str, ground: Ground) -> Iterator[Hazard]:
    here, there = posixpath.dirname(code.path), posixpath.dirname(target)
    missing: list[str] = []
    for keyword, default in _DEFAULTS[call.name.rpartition(".")[2]].items():
        given = call.keywords.get(keyword)
        said = code.literal(given) if given is not None else default
        if not said or said.startswith("/"):
            continue
        folder = posixpath.normpath(posixpath.join(here, said))
        landing = posixpath.normpath(posixpath.join(there, said))
        held = [path for path in ground.fate if path.startswith(folder + "/")]
        if all(ground.fate[path] == landing + path[len(folder) :] for path in held):
            continue
        stays = all(ground.fate[path] == path for path in held)
        way = posixpath.relpath(folder, there or ".") if stays else None
        span = code.inside(given) if given is not None else None
        if given is None and not _is_read(keyword, code, call, ground):
            continue
        if given is None and way:
            missing.append(f'{keyword}="{way}"')
        else:
            yield _hazard(code, call, folder, target, way, span)
    if missing:
        end = call.node.end_byte - 1
        fix = "".join(f", {argument}" for argument in missing)
        plain = code.content[:end].rstrip()[-1:] not in (b",", b"(")
        plain = plain and b"open_resource(" not in code.content  # which no argument leads back
        folder = posixpath.join(here, "templates")
        yield _hazard(
            code, call, folder, target, fix if plain else None, (end, end) if plain else None
        )


def _is_read(keyword: str, code: Code, call: Call, ground: Ground) -> bool:
    """Tell whether a default folder may be read; False where a test with its own application does
    not say so.
    """
    if not posixpath.basename(code.path).startswith("test_") or ground.is_product(code.path):
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
        "move the folder along, or name the way to it",
        span=span or (0, 0),
        fix=fix if span else None,
    )
