"""A submodule that is taken from its package's object, or named in `__all__`, without an import.

`getattr(old, "db")`, `package = shop.old` and then `package.db`, and `__all__ = ["db"]` work as
long as the module lies in the package. After the module has left, the package has no such
attribute. Import the module by its own name there.

Breaks:
    shop/old/__init__.py:
        __all__ = ["db"]
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Breaks:
    shop/app.py:
        from shop import old
        package = old
        package.db.start()
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    shop/old/__init__.py:
        from shop.old import db
        __all__ = ["db"]
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.package_uses import package_uses
from reorg_lib.hazards.reading.parsed_file import Code
from reorg_lib.model import Hazard

KIND = "named-submodule"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the names of submodules that a package does not have any more."""
    for use in package_uses(context):
        if use.leaf is not None:
            yield _missing(use.node, use.package, use.leaf, use.code, context)
    for code in context.python_files(b"__all__"):
        yield from _all(code, context)


def _all(code: Code, context: HazardContext) -> Iterator[Hazard]:
    module = context.by_path.get(code.path)
    if module is None or not module.is_package:
        return
    for string in code.listed("__all__"):
        said = code.literal(string) or ""
        name = f"{module.name}.{said}"
        if (
            said not in module.syntax.bound
            and name in context.new_names
            and name in context.displaced(module.name)
        ):
            yield hazard(
                KIND,
                code.path,
                code.line(string),
                f'`__all__` of {module.name} names its module "{said}", which becomes '
                f"{context.new_names[name] or 'nothing'}: `import *` from it would fail; import "
                "the module here, or take the name out",
            )


def _missing(node: Node, package: str, leaf: str, code: Code, context: HazardContext) -> Hazard:
    new = context.new_names.get(f"{package}.{leaf}")
    return hazard(
        KIND,
        code.path,
        code.line(node),
        f"`{code.text(node)[:80]}` is asked for the module {leaf} of {package}, which becomes "
        f"{new or 'nothing'}: import it by its name instead",
    )
