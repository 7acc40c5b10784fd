"""Imports that find a file because it lies beside.

`python shop/infra/old/run.py` puts the script's own folder on the import path, and so does pytest
for a folder that is no package: `import keys` then means the file beside it. No module has that
name, so no rewrite knows it; when one of the two goes elsewhere, the import is in vain.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator

from reorg_lib.model import Hazard, ImportStatement, Module, Severity
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard

KIND = "sibling-import"
_IS_SCRIPT = re.compile(rb"^#!|__name__\s*==\s*[\"']__main__[\"']")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the imports of a file beside that is not beside, or called so, after the moves."""
    tops = {name.partition(".")[0] for name in ground.names} | sys.stdlib_module_names
    for path, module in ground.by_path.items():
        for statement in module.syntax.imports:
            written = [statement.module] if statement.is_from else [n.name for n in statement.names]
            for name in () if statement.level else written:
                if name.partition(".")[0] not in tops:
                    yield from _beside(path, module, statement, name, ground)


def _beside(
    path: str, module: Module, statement: ImportStatement, name: str, ground: Ground
) -> Iterator[Hazard]:
    sibling = _file(posixpath.dirname(path), name, ground)
    target, new = ground.fate[path], ground.fate.get(sibling or "")
    if sibling is None or sibling == path or target is None:
        return
    if new is not None and _tail(new, target) == _tail(sibling, path):
        return
    taken = {imported.name for imported in statement.names if statement.is_from}
    certain = bool(taken) and taken <= ground.by_path[sibling].syntax.bound | {"*"}
    yield hazard(
        KIND,
        path,
        statement.line,
        f"`{name}` is {sibling}, which is found because it lies beside the importing file; after "
        f"the moves it is at {new or 'no place'} and the importer at {target}",
        Severity.BLOCK if certain or _is_script(path, ground) else Severity.NOTE,
    )


def _file(folder: str, name: str, ground: Ground) -> str | None:
    place = posixpath.join(folder, *name.split("."))
    return next((p for p in (f"{place}.py", f"{place}/__init__.py") if p in ground.by_path), None)


def _tail(sibling: str, importer: str) -> str | None:
    folder = posixpath.dirname(importer)
    return sibling[len(folder) :] if sibling.startswith(folder) else None


def _is_script(path: str, ground: Ground) -> bool:
    """It says so, or a tracked file runs it by its path, or its folder is no package."""
    if _IS_SCRIPT.search(ground.contents.get(path, b"")):
        return True
    if posixpath.join(posixpath.dirname(path), "__init__.py") not in ground.fate:
        return True
    run = re.compile(rb"python[\d.]*[^\n]*[ /\"']" + re.escape(path.encode()) + rb"(?![\w/])")
    return any(run.search(content) for _, content in ground.texts())
