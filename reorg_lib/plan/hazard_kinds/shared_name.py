"""Top-level names that a file beside the importer and a module of the source root share.

Valid (told):   `import utils` in tests/test_a.py, where tests/utils.py and src/utils.py lie, and
                one of the two moves.
Invalid (not):  the same import in a module of the source root; a name that only one of them has.

Which of the two an import means is decided by the folder that Python or pytest puts on the path
first, and that is mostly the importer's own. The rewriter knows one meaning of a name, the one of
the source root.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from reorg_lib.model import Hazard, ImportStatement, Module
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard
from reorg_lib.survey.names import path_name

KIND = "shared-name"


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the imports of a shared name whose meaning the moves change."""
    root = ground.survey.source_root
    tops = {m.name: m.path for m in ground.survey.modules if "." not in m.name and m.blob}
    for module in ground.files.values():
        folder = _folder_on_path(module.path, ground)
        if folder == root or (root != "." and folder.startswith(f"{root}/")):
            continue
        for statement in module.syntax.imports:
            written = [statement.module] if statement.is_from else [n.name for n in statement.names]
            for name in () if statement.level else dict.fromkeys(written):
                top = name.partition(".")[0]
                own = _file(posixpath.join(folder, top) if folder != "." else top, ground)
                if own is not None and tops.get(top, own) != own:
                    yield from _told(module, statement, name, own, folder, ground)


def _told(
    module: Module, statement: ImportStatement, name: str, own: str, folder: str, ground: Ground
) -> Iterator[Hazard]:
    known = ground.known(name) or name
    other = ground.modules[known].path if known in ground.modules else ""
    gone, new = ground.fate.get(own), ground.names.get(known, known)
    if gone == own and new == known:
        return
    content = ground.contents.get(module.path, b"")
    at = content.find(name.encode(), statement.start, statement.end)
    # in the source root the proof reads the import as the rewriter does
    is_outside = ground.survey.source_root != "."
    lone = (
        is_outside
        and name == known
        and at >= 0
        and (statement.is_from or not statement.names[0].alias)
    )
    after = path_name(gone or "", folder)
    fix = (after if statement.is_from else f"{after} as {name}") if after and lone else None
    yield hazard(
        KIND,
        module.path,
        statement.line,
        f"imports {name}, which is {own} by the folder of the importer and {other} by the source "
        f"root; {own if gone != own else other} becomes {gone if gone != own else new or 'nothing'}"
        ": give one of the two another name in a step before, or accept when the import means the "
        "one of the source root",
        span=(at, at + len(name)) if at >= 0 else (0, 0),
        fix=fix if gone != own and new == known else None,
    )


def _folder_on_path(path: str, ground: Ground) -> str:
    """The folder of a file, or the one above the outermost package that holds it."""
    folder = posixpath.dirname(path)
    while folder and f"{folder}/__init__.py" in ground.fate:
        folder = posixpath.dirname(folder)
    return folder or "."


def _file(stem: str, ground: Ground) -> str | None:
    found = (path for path in (f"{stem}.py", f"{stem}/__init__.py") if path in ground.fate)
    return next(found, None)
