"""Code that writes references of the form `module:name`.

What was stored outside of the repository under the old module name is not found after the move, and
comparisons with it fail. Update what is stored, or keep the old module importable. Code that
pickles classes of a module that is split is reported too, because each part has a name of its own.

Breaks:
    shop/app.py:
        def key(function):
            return f"{function.__module__}:{function.__qualname__}"
    shop/db.py
    move shop/db.py to shop/pg/db.py

Breaks:
    shop/app.py:
        import pickle
        from shop.m import Order
        TEXT = pickle.dumps(Order())
    shop/m.py:
        class Order: ...
        class User: ...
    split shop/m.py to shop/m: orders.py = Order, users.py = User

Safe:
    shop/app.py:
        def key(function):
            return f"task:{function.__qualname__}"
    shop/db.py
    move shop/db.py to shop/pg/db.py
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.class_identity import (
    KNOWS_BY_MODULE,
    may_be_of_what_moves,
)
from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.hazards.reading.moved_paths import line_of
from reorg_lib.hazards.reading.parsed_file import Code
from reorg_lib.model import Hazard

KIND = "reference-by-name"
_ASKED = re.compile(rb"\.__module__(?:\.startswith\(|\s*[!=]=\s*)[\"']([\w.]+)")
_REFERENCE = re.compile(
    rb"\{[\w.]+\.__module__\}:\{[\w.]+\.__(?:qual)?name__\}"
    rb"|[\w.]+\.__module__ \+ [\"']:[\"'] \+ [\w.]+\.__(?:qual)?name__"
)


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the references by module name that mean nothing, or something else, after the moves."""
    yield from _split(context)
    yield from _references(context)


# f"{fn.__module__}:{fn.__qualname__}"
def _references(context: HazardContext) -> Iterator[Hazard]:
    """Code that makes references `module:name`, which are looked up again, or compared, later."""
    if not context.renames_modules:
        return
    for code in context.python_files(b".__module__"):
        is_test = posixpath.basename(code.path).startswith(("test_", "conftest"))
        for match in () if is_test else _REFERENCE.finditer(code.content):
            at = match.start()
            if code.is_text(at) or not may_be_of_what_moves(code, at, context):
                continue
            yield hazard(
                KIND,
                code.path,
                line_of(code.content, match.start()),
                f"`{match.group().decode(errors='replace')}` names a thing by its module; what was "
                "stored outside of the repository still says the old names: update it with "
                "the moves, or keep the old modules importable",
            )


# shop/m.py becomes shop/m/a.py and shop/m/b.py, and pickle.dumps(A())
def _split(context: HazardContext) -> Iterator[Hazard]:
    """Classes of a split module whose `__module__` is stored by a file that uses them."""
    for split in context.plan.approved().splits:
        source = context.by_path.get(split.source)
        for code in context.python_files(b".__module__", b"pickle", b"shelve", b"joblib", b"dill"):
            user = context.files.get(code.path)
            if source is None or user is None:
                continue
            match = _kept_by_name(code, source.name)
            if match is None:
                continue
            taken = context.imports.imported_by(user).values()
            if user is source or any(f"{whole}.".startswith(f"{source.name}.") for whole in taken):
                name = context.new_names[source.name]
                parts = listed(f"{name}.{part.removesuffix('.py')}" for part, _ in split.parts)
                yield hazard(
                    KIND,
                    code.path,
                    line_of(code.content, match.start()),
                    f"`{match.group().decode()}` writes or compares the `__module__` of what "
                    f"{source.name} defines, which becomes {parts}: set `__module__` there to "
                    f'"{name}", or see that nothing stored or compared says the old name',
                )


# x.__module__.startswith("ipykernel.") tests for classes of another project
def _kept_by_name(code: Code, module: str) -> re.Match[bytes] | None:
    """Return the first place where a class may be known by the name of `module`."""
    top = module.partition(".")[0].encode()
    for match in KNOWS_BY_MODULE.finditer(code.content):
        asked = _ASKED.match(code.content, match.start())
        is_own = asked is None or asked[1].partition(b".")[0] == top
        if is_own and not code.is_text(match.start()):
            return match
    return None
