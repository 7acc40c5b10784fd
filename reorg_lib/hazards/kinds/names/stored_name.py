"""Stored data or generated code in the repository that names what moves.

A pickle names the module of each class, and generated protobuf code holds names together with their
lengths. Neither can be rewritten as text, and neither can be read after the move. Write the data
again, or keep the old name importable.

Breaks:
    data/orders.pkl:
        cshop.orders
        Order
        .
    shop/orders.py:
        class Order: ...
    move shop/orders.py to shop/sales/orders.py

Safe:
    data/orders.pkl:
        cshop.users
        User
        .
    shop/orders.py:
        class Order: ...
    shop/users.py:
        class User: ...
    move shop/orders.py to shop/sales/orders.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.hazards.reading.moved_paths import line_of
from reorg_lib.model import Hazard, Severity

KIND = "stored-name"
_SERIALIZED = re.compile(rb"\bAddSerializedFile\(|\bserialized_pb\s*=")
_PICKLES = (".pkl", ".pickle", ".joblib", ".dill", ".shelve", ".dat", ".db")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the stored data and generated code that names what moves."""
    if context.renames_modules:
        yield from _serialized(context)
        yield from _stored(context)


# DESCRIPTOR = _pool.Default().AddSerializedFile(b'\n\x17shop/proto/orders.proto...')
def _serialized(context: HazardContext) -> Iterator[Hazard]:
    """Generated code that contains names with their lengths: they stay as they are.

    A program that only reads the descriptor works with the old name in it: it is a key, and all
    files that depend on it use the same key.
    """
    changed = {old.encode() for old, new in context.new_names.items() if new != old}
    changed |= {old.encode() for old, new in context.new_paths.items() if new != old}
    for path, content in context.texts():
        match = _SERIALIZED.search(content) if path.endswith(".py") else None
        end = content.find(b"\n", match.end()) if match else -1
        said = content[match.end() : end] if match else b""
        found = sorted(name.decode() for name in changed if name in said)
        if match and found:
            is_kept = match.group().startswith(b"Add")
            advice = (
                "which it keeps and works with; before you generate it anew, change the path that "
                "the generator is called with, and generate what depends on it as well"
                if is_kept
                else "so another name does not fit: leave the files of the generator where they "
                "are, or generate the code anew at the new place before the move"
            )
            yield hazard(
                KIND,
                path,
                line_of(content, match.start()),
                f"this generated code holds {listed(found)} with its length, {advice}",
                Severity.NOTE if is_kept else Severity.BLOCK,
            )


def _stored(context: HazardContext) -> Iterator[Hazard]:
    """Pickles and other binary files of the repository that name what moves."""
    word = re.compile(re.escape(context.root.encode()) + rb"(?:\.[A-Za-z_]\w*)+")
    # cshop.orders\nOrder\n        is how the protocols 0 to 3 of pickle name a class
    pickled = re.compile(rb"c" + re.escape(context.root.encode()) + rb"(?:\.\w+)+\n\w+\n")
    texts = {path for path, _ in context.texts()}
    for path, content in context.contents.items():
        if path in texts and not (path.endswith(_PICKLES) or pickled.search(content)):
            continue
        for match in word.finditer(content):
            known = context.module_prefix(match.group().decode())
            if known is not None and context.new_names[known] != known:
                yield hazard(
                    KIND,
                    path,
                    1,
                    f"stored data names {known}, which becomes "
                    f"{context.new_names[known] or 'nothing'}: "
                    "it can no longer be read; write it again, or keep the old name importable",
                )
                break
