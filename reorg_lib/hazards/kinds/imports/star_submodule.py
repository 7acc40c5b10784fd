"""A submodule that a file uses because `from package import *` brings it.

A star import takes a submodule along when something else has imported it before. After the module
has left the package, the name is undefined. Import the module by its own name.

Breaks:
    shop/app.py:
        import shop.old.db
        from shop.old import *
        db.start()
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    shop/app.py:
        from shop.old import db
        db.start()
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.package_uses import name_uses
from reorg_lib.model import Hazard, Module

KIND = "star-submodule"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the uses of modules that come from the star import of a package which they leave."""
    if not context.renames_modules:
        return
    for path, module in context.files.items():
        if path in context.contents and path.endswith(".py"):
            yield from _by_star(module, context)


# from shop.infra.old import *        db.make(), where another module has imported shop.infra.old.db
def _by_star(module: Module, context: HazardContext) -> Iterator[Hazard]:
    for statement in module.syntax.imports:
        if [name.name for name in statement.names] != ["*"]:
            continue
        base = context.imports.base(module, statement) or ""
        if not context.is_package(base) or "__all__" in context.modules[base].syntax.bound:
            continue
        code = context.code(module.path)
        for leaf in sorted(context.lost_submodules(base) - module.syntax.bound):
            for node in [*name_uses(leaf, code)][:1] if leaf not in code.assigned else ():
                yield hazard(
                    KIND,
                    module.path,
                    code.line(node),
                    f"`{leaf}` is a module that the star import of {base} brings if something "
                    f"has imported it; it becomes {context.new_names[f'{base}.{leaf}']}: "
                    "import it by its name",
                )
