"""A read of package data that does not find its file after the moves.

`importlib.resources.files("shop.old") / "rows.json"` follows the name of the package, and the data
file moves on its own. Move both to one place. The fix names the package that holds the data after
the moves where there is exactly one.

Breaks:
    shop/app.py:
        from importlib.resources import files
        ROWS = files("shop.old") / "rows.json"
    shop/old/db.py, shop/old/fs.py, shop/old/rows.json
    move shop/old/db.py to shop/pg/db.py
    move shop/old/rows.json to shop/pg/rows.json
    fix: "shop.pg"

Safe:
    shop/app.py:
        from importlib.resources import files
        ROWS = files("shop.old") / "rows.json"
    shop/old/db.py, shop/old/fs.py, shop/old/rows.json
    move shop/old/db.py to shop/pg/db.py
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.hazards.reading.moved_paths import line_of
from reorg_lib.hazards.reading.package_data_reads import (
    OWN_NAMES,
    DataRead,
    named_and_left,
    reads_that_miss,
)
from reorg_lib.model import Hazard
from reorg_lib.python.dotted_names import path_name

KIND = "package-data"


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield reads of package data that do not find it after the moves."""
    missed: set[str] = set()
    for use, found in reads_that_miss(context):
        missed.update(found)
        yield _missing(use, found, context)
    for named in named_and_left(context):
        if named.file not in missed:
            missed.add(named.file)
            folder, name = posixpath.split(named.file)
            yield hazard(
                KIND,
                named.module,
                line_of(context.contents[named.module], named.offset),
                f'names "{name}", a file in {folder}/ that stays there, while '
                f"the module goes to {context.new_paths[named.module]}: move the file as "
                "well if the module reads it",
            )


def _missing(use: DataRead, missed: tuple[str, ...], context: HazardContext) -> Hazard:
    places = listed(dict.fromkeys(context.new_paths[path] or "nowhere" for path in missed))
    told = (
        f"which will be {use.home}/, but {listed(missed)} will be at {places}: move data and "
        "package to the same place"
    )
    given, package = use.call.argument(0, "package"), _keeper(use, context) or _taker(use, context)
    if given is not None and package and _is_free(use, given, context):
        span, fix = (given.start_byte, given.end_byte), f'"{package}"'
    else:
        span, fix = (0, 0), None
    return hazard(
        KIND,
        use.code.path,
        use.code.line(use.call.node),
        f"`{use.code.text(use.call.node)}` reads from {use.folder}/, {told}"
        + (f", or read it from {package}" if fix else ""),
        span=span,
        fix=fix,
    )


def _keeper(use: DataRead, context: HazardContext) -> str | None:
    """The package that has the data before the moves, if all of the data stays there."""
    module = context.modules[use.package]
    stays = module.blob and context.new_names[use.package] == use.package
    kept = all(context.new_paths[path] == path for path in use.tracked(context))
    return use.package if stays and kept else None


def _taker(use: DataRead, context: HazardContext) -> str | None:
    """The one package that all of the data goes to, each file as deep below it as before."""
    homes = set()
    for path in use.tracked(context):
        target, tail = context.new_paths[path], path[len(use.folder) :]
        homes.add(target.removesuffix(tail) if target and target.endswith(tail) else None)
    home = homes.pop() if len(homes) == 1 else None
    if home is None or f"{home}/__init__.py" not in context.files_after:
        return None
    return path_name(f"{home}/__init__.py", context.survey.source_root)


def _is_free(use: DataRead, given: Node, context: HazardContext) -> bool:
    """Whether no other edit changes the argument: it names no package, or one that stays."""
    return use.code.text(given) in OWN_NAMES or (
        use.code.literal(given) is not None and context.new_names[use.package] == use.package
    )
