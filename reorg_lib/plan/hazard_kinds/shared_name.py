"""Top-level names that a file beside the importer and a module of the source root share.

Valid (told):   `import utils` in tests/test_a.py, where tests/utils.py and src/utils.py lie, and
                one of the two moves.
Invalid (not):  the same import in a module of the source root; a name that only one of them has.

Which of the two an import means is decided by the folder that Python or pytest puts on the path
first, and that is mostly the importer's own. The rewriter leaves such an import as it is where the
file beside it stays.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from reorg_lib.model import Hazard, ImportStatement, Module
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard
from reorg_lib.survey.names import path_name
from reorg_lib.survey.roots import beside

KIND = "shared-name"


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the imports of a shared name whose meaning the moves change."""
    root = ground.survey.source_root
    tops = {m.name: m.path for m in ground.survey.modules if "." not in m.name and m.blob}
    for module in ground.files.values():
        for statement in module.syntax.imports:
            written = [statement.module] if statement.is_from else [n.name for n in statement.names]
            for name in () if statement.level else dict.fromkeys(written):
                top = name.partition(".")[0]
                own = beside(module.path, top, ground.fate, root)
                if own is not None and tops.get(top, own) != own:
                    yield from _told(module, statement, name, own, ground)


def _told(
    module: Module, statement: ImportStatement, name: str, own: str, ground: Ground
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
    folder = posixpath.dirname(own.removesuffix("/__init__.py"))
    after = path_name(gone or "", folder or ".")
    advice = (
        "accept, and the import stays as it is and means the one by the folder"
        if gone == own
        else "accept when the import means the one of the source root"
    )
    fix = (after if statement.is_from else f"{after} as {name}") if after and lone else None
    yield hazard(
        KIND,
        module.path,
        statement.line,
        f"imports {name}, which is {own} by the folder of the importer and {other} by the source "
        f"root; {own if gone != own else other} becomes {gone if gone != own else new or 'nothing'}"
        f": give one of the two another name in a step before, or {advice}",
        span=(at, at + len(name)) if at >= 0 else (0, 0),
        fix=fix if gone != own and new == known else None,
    )
