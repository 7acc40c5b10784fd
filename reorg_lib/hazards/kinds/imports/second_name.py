"""An import by a second name that a module has because of another folder on the import path.

With `PYTHONPATH=shop`, the file `shop/db.py` is the module `db` as well as `shop.db`. The rewrite
knows the names below the source root only. The fix writes the new name below the other folder.

Breaks:
    run.sh:
        PYTHONPATH=shop python run.py
    run.py:
        from db import make
    shop/db.py:
        def make(): ...
    move shop/db.py to shop/pg/db.py
    fix: pg.db

Safe:
    run.sh:
        PYTHONPATH=shop python run.py
    run.py:
        from shop.db import make
    shop/db.py:
        def make(): ...
    move shop/db.py to shop/pg/db.py
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator, Mapping

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.model import Hazard, ImportStatement, Module
from reorg_lib.plan.outcome import folders_of
from reorg_lib.python.dotted_names import path_name
from reorg_lib.survey.import_roots import named_from, own_tops

KIND = "second-name"
_PYTHONPATH = re.compile(rb"PYTHONPATH[\"']?\s*[=:]\s*[\"']?([\w./:${}-]+)")
_SYS_PATH = re.compile(rb"sys\.path\.(?:insert\(\s*0\s*,|append\()\s*([^\n]*)")


# sys.path.insert(0, ".../server/app")     import db     where app.db is the module that moves
def find(context: HazardContext) -> Iterator[Hazard]:
    own = "" if context.survey.source_root == "." else context.survey.source_root
    roots = {r for r in _roots(context) if r != own} | ({""} if own else set())
    second: dict[str, tuple[str, str]] = {}
    renamed = _renamed_tops(context) if roots else {}
    for root in roots:
        for path, module in context.by_path.items():
            name, target = path_name(path, root or "."), context.new_paths[path]
            if name and name.partition(".")[0] in renamed.get(root or ".", ()):
                continue
            if (
                name
                and context.new_names[module.name] != module.name
                and name not in context.new_names
            ):
                second[name] = module.name, path_name(target or "", root or ".") or ""
    if not second:
        return
    for module in context.files.values():
        for statement in module.syntax.imports:
            written = [n.name for n in statement.names]
            if statement.is_from:
                whole = [f"{statement.module}.{name}" for name in written]
                written = [w if w in second else statement.module for w in whole]
            for name in () if statement.level else dict.fromkeys(written):
                if name in second:
                    yield _second_name(name, *second[name], module, statement, context)


def _renamed_tops(context: HazardContext) -> Mapping[str, frozenset[str]]:
    """Return root → the top-level names below it whose imports are rewritten."""
    others = (named_from(context.survey, root) for root in context.roots.others)
    return own_tops((context.survey, *others))


def _second_name(
    name: str,
    known: str,
    new: str,
    module: Module,
    statement: ImportStatement,
    context: HazardContext,
) -> Hazard:
    content = context.contents.get(module.path, b"")
    at = content.find(name.encode(), statement.start, statement.end)
    # from src.shop.orders import f        import src.shop.orders as o
    is_plain = statement.is_from and statement.module == name
    is_plain |= not statement.is_from and all(n.alias for n in statement.names)
    return hazard(
        KIND,
        module.path,
        statement.line,
        f"imports {name}, a second name of {known} through another folder on the path; its new "
        f"name by that folder is {new or 'nothing'}, and {context.new_names[known]} by the "
        "source root: use one of them",
        span=(at, at + len(name)) if at >= 0 else (0, 0),
        fix=new if new and is_plain and at >= 0 else None,
    )


def _roots(context: HazardContext) -> Iterator[str]:
    """The folders that settings or code put on the import path, besides the source root."""
    known = folders_of(context.new_paths)
    for path, content in context.texts():
        here = posixpath.dirname(path)
        if path.endswith("pyproject.toml") and b"pythonpath" in content:
            for entry in _pytest_paths(content):
                yield _normal(posixpath.join(here, entry))
        if path.endswith((".ini", ".cfg")) and (
            match := re.search(rb"^pythonpath\s*=\s*(.+)$", content, re.M)
        ):
            for entry in match[1].decode(errors="replace").split():
                yield _normal(posixpath.join(here, entry))
        for match in _PYTHONPATH.finditer(content):
            for entry in match[1].decode().split(":"):
                inside = [f for f in known if f"/{entry}".endswith(f"/{f}")]
                yield from sorted(inside, key=len)[-1:]
        if path in context.by_path and b"sys.path" in content:
            for match in _SYS_PATH.finditer(content):
                yield from _put_on_path(path, match, context)


def _put_on_path(path: str, match: re.Match[bytes], context: HazardContext) -> Iterator[str]:
    for anchor in context.by_path[path].syntax.anchors:
        if match.start(1) <= anchor.start < match.end(1) and anchor.climbs:
            folder = "/".join(path.split("/")[: -anchor.climbs])
            more = re.findall(r"[\"']([\w./-]+)[\"']", match[1].decode(errors="replace"))
            yield _normal(posixpath.join(folder, *(m for m in more if ".." not in m)))
            return
    if literal := re.match(rb"[\"']([\w./-]+)[\"']", match[1]):
        yield _normal(literal[1].decode())


def _pytest_paths(content: bytes) -> list[str]:
    try:
        tools = tomllib.loads(content.decode())["tool"]
        paths = tools["pytest"]["ini_options"]["pythonpath"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError):
        return []
    return paths.split() if isinstance(paths, str) else [str(path) for path in paths]


def _normal(path: str) -> str:
    return posixpath.normpath(path).removeprefix(".").strip("/")
