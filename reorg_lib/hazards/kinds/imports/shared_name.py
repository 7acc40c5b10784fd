"""An import of a name that both the importer's folder and the source root have.

Which of the two files an import means is decided by the folder that Python or pytest puts first on
the path, mostly the importer's own. Rename one of the two files in a step before, or accept: an
import whose file beside the importer stays is left as it is, any other is rewritten as one of the
source root.

Breaks:
    tests/test_a.py:
        import kit
    kit.py, tests/kit.py
    move tests/kit.py to tests/gear.py

Safe:
    tests/test_a.py:
        import kit
    tests/kit.py
    move tests/kit.py to tests/gear.py
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.model import Hazard, ImportStatement, Module
from reorg_lib.python.dotted_names import path_name
from reorg_lib.survey.import_roots import beside

KIND = "shared-name"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the imports of a shared name whose meaning the moves change."""
    root = context.survey.source_root
    tops = {m.name: m.path for m in context.survey.modules if "." not in m.name and m.blob}
    for module in context.files.values():
        for statement in module.syntax.imports:
            written = [statement.module] if statement.is_from else [n.name for n in statement.names]
            for name in () if statement.level else dict.fromkeys(written):
                top = name.partition(".")[0]
                own = beside(module.path, top, context.new_paths, root)
                if own is not None and tops.get(top, own) != own:
                    yield from _told(module, statement, name, own, context)


def _told(
    module: Module, statement: ImportStatement, name: str, own: str, context: HazardContext
) -> Iterator[Hazard]:
    known = context.module_prefix(name) or name
    other = context.modules[known].path if known in context.modules else ""
    gone, new = context.new_paths.get(own), context.new_names.get(known, known)
    if gone == own and new == known:
        return
    content = context.contents.get(module.path, b"")
    at = content.find(name.encode(), statement.start, statement.end)
    # in the source root the proof reads the import as the rewriter does
    is_outside = context.survey.source_root != "."
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
