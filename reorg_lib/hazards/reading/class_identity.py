"""Whether code that reads the module's name of a class can be affected by the moves.

To find the harmless uses of `x.__module__`, it checks which classes `self` can be, which names a
condition accepts, and whether the result is only logged.
"""

from __future__ import annotations

import re
from collections import defaultdict

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.parsed_file import Code

_STORES = rb"\b(?:pickle|cPickle|dill|cloudpickle|joblib)\.(?:dumps?|loads?|Pickler|Unpickler)\b"
KNOWS_BY_MODULE = re.compile(rb"\.__module__\b|\bshelve\.open\b|" + _STORES)
"""How code shows that it knows classes by the name of their module."""

_OWN_CLASS = re.compile(rb"(?:self\.__class__|\bcls|type\(self\))\Z")
_ASKED = re.compile(r"\.__module__\.startswith\(\s*[\"']([\w.]+)[\"']\s*\)")
_LOG = re.compile(r"(?:\w+\.)*_?(?:log|logger|logging|warnings)\.\w+", re.I)


# self.__class__.__module__
def may_be_of_what_moves(code: Code, at: int, context: HazardContext) -> bool:
    """Return whether the `.__module__` at or after a place can be that of a class that moves.

    False for `self` or `cls` if neither the class around nor one that is derived from it is in a
    module whose name changes.
    """
    asked = code.content.find(b"__module__", at)
    before = code.content[max(asked - 40, 0) : asked].removesuffix(b".")
    own = _OWN_CLASS.search(before)
    name = _class_around(code.at(asked), code) if own else ""
    return not name or name in _families_that_move(context)


def _families_that_move(context: HazardContext) -> frozenset[str]:
    """Return the classes of modules that move, with all their base classes."""
    bases: dict[str, set[str]] = defaultdict(set)
    todo: set[str] = set()
    for name, module in context.modules.items():
        for found in module.syntax.classes:
            bases[found.name] |= {base.rpartition(".")[2] for base in found.bases}
            if context.new_names[name] != name:
                todo.add(found.name)
    reached: set[str] = set()
    while todo:
        found_name = todo.pop()
        reached.add(found_name)
        todo |= bases[found_name] - reached
    return frozenset(reached)


def _class_around(node: Node | None, code: Code) -> str:
    while node is not None and node.type != "class_definition":
        node = node.parent
    name = node.child_by_field_name("name") if node is not None else None
    return code.text(name) if name is not None else ""


# if f.__module__.startswith("shop.loaded."): f.__module__[12:]
def begins_like_what_moves(node: Node, code: Code, context: HazardContext) -> bool:
    """Return whether the condition around a place accepts the name of a module that moves."""
    below: Node | None = node
    while below is not None and below.parent is not None:
        outer = below.parent
        asked = outer.child_by_field_name("condition") if outer.type == "if_statement" else None
        if asked is not None and outer.child_by_field_name("consequence") == below:
            said = _ASKED.search(code.text(asked))
            if said is not None and code.text(asked).count(" or ") == 0:
                changed = {old: new for old, new in context.new_names.items() if old != new}
                names = (*changed, *(new for new in changed.values() if new))
                return any(name.startswith(said[1]) for name in names)
        below = outer
    return True


# log.debug("%s", f.__module__.split(".")[-1])
def is_logged(node: Node, code: Code) -> bool:
    """Return whether an expression is only an argument of a call that logs."""
    outer = node.parent
    while outer is not None and not outer.type.endswith(("_statement", "_definition", "block")):
        called = outer.child_by_field_name("function") if outer.type == "call" else None
        if called is not None and _LOG.fullmatch(code.text(called)):
            return True
        if outer.type == "assignment":
            return False
        outer = outer.parent
    return False
