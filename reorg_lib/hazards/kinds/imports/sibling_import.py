"""An import that finds a file because it lies beside the importing file.

`python shop/run.py` puts the folder of the script on the import path, and so does pytest for a
folder that is no package: `import keys` is then the file beside it. When one of the two moves, the
import fails. It is a note where the name may also be a package from outside the repository.

Breaks:
    shop/run.py:
        import keys
        if __name__ == "__main__":
            keys.show()
    shop/keys.py
    move shop/keys.py to shop/old/keys.py

Noted:
    shop/run.py:
        import keys
    shop/keys.py
    move shop/keys.py to shop/old/keys.py

Safe:
    shop/run.py:
        from shop import keys
        if __name__ == "__main__":
            keys.show()
    shop/keys.py
    move shop/keys.py to shop/old/keys.py
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.settings_texts import is_run_by_path
from reorg_lib.model import Hazard, ImportStatement, Module, Severity

KIND = "sibling-import"
_IS_SCRIPT = re.compile(rb"^#!|__name__\s*==\s*[\"']__main__[\"']")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the imports of a file in the same folder that has another folder or name afterwards."""
    tops = {name.partition(".")[0] for name in context.new_names} | sys.stdlib_module_names
    for path, module in context.by_path.items():
        for statement in module.syntax.imports:
            written = [statement.module] if statement.is_from else [n.name for n in statement.names]
            for name in () if statement.level else written:
                if name.partition(".")[0] not in tops:
                    yield from _beside(path, module, statement, name, context)


def _beside(
    path: str, module: Module, statement: ImportStatement, name: str, context: HazardContext
) -> Iterator[Hazard]:
    sibling = _file(posixpath.dirname(path), name, context)
    target, new = context.new_paths[path], context.new_paths.get(sibling or "")
    if sibling is None or sibling == path or target is None:
        return
    if new is not None and _tail(new, target) == _tail(sibling, path):
        return
    taken = {imported.name for imported in statement.names if statement.is_from}
    certain = bool(taken) and taken <= context.by_path[sibling].syntax.bound | {"*"}
    yield hazard(
        KIND,
        path,
        statement.line,
        f"`{name}` is {sibling}, which is found because it lies beside the importing file; after "
        f"the moves it is at {new or 'no place'} and the importer at {target}: import it by its "
        "whole name, or move both",
        Severity.BLOCK if certain or _is_script(path, context) else Severity.NOTE,
    )


def _file(folder: str, name: str, context: HazardContext) -> str | None:
    place = posixpath.join(folder, *name.split("."))
    return next((p for p in (f"{place}.py", f"{place}/__init__.py") if p in context.by_path), None)


def _tail(sibling: str, importer: str) -> str | None:
    folder = posixpath.dirname(importer)
    return sibling[len(folder) :] if sibling.startswith(folder) else None


def _is_script(path: str, context: HazardContext) -> bool:
    """It is marked as one, a tracked file runs it by its path, or its folder is no package."""
    if _IS_SCRIPT.search(context.contents.get(path, b"")):
        return True
    if posixpath.join(posixpath.dirname(path), "__init__.py") not in context.new_paths:
        return True
    return is_run_by_path(path, context)
