"""A module name that the program puts together.

`f"shop.old.{name}"`, `PACKAGE + "." + name` and similar texts are no whole name, so no rewrite
can rename them. A module that leaves the package is no longer found under the composed name. Write
the new names out, because only people know which modules are meant.

Breaks:
    shop/app.py:
        from importlib import import_module
        def load(name):
            return import_module(f"shop.old.{name}")
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Noted:
    shop/app.py:
        import logging
        def log_of(name):
            return logging.getLogger(f"shop.old.{name}")
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    shop/app.py:
        from importlib import import_module
        def load(name):
            return import_module(f"shop.old.{name}")
    shop/old/db.py, shop/old/fs.py
    move shop/old to shop/pg
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.hazards.reading.composed_text_files import files_with_composed_names
from reorg_lib.hazards.reading.context import HazardContext, hazard, listed, note
from reorg_lib.hazards.reading.parsed_file import Call, Code
from reorg_lib.hazards.reading.static_values import OPEN, UNKNOWN, Text, text_value
from reorg_lib.model import Hazard, Severity
from reorg_lib.python.dotted_names import resolve_name

KIND = "composed-name"
_IMPORTING = (b"import_module", b"find_spec", b"resolve_name", b"__import__")
_NAMED = re.compile(rf"[\w.{OPEN}]+")
_WRITTEN = re.compile(r"[\w.]+")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the texts that begin with a package and are completed at run time."""
    if not context.renames_modules:
        return
    root = re.compile(rb"(?<![\w.])" + re.escape(context.root.encode()) + rb"(?!\w)")
    prefix = re.compile(root.pattern + rb"(?:\.\w+)*\.(?=[\"'])")
    for code in files_with_composed_names(context):
        yield from _composed(code, context)
    for code in context.python_files(
        context.root.encode(), b"__name__", b"__package__", b"__import__"
    ):
        for match in prefix.finditer(code.content):
            yield from _prefix(code, match, context)
        if any(word in code.content for word in _IMPORTING):
            for call in code.calls_of(*(word.decode() for word in _IMPORTING)):
                yield from _relative(code, call, context)


def _composed(code: Code, context: HazardContext) -> Iterator[Hazard]:
    end = 0
    for node in code.nodes("composed"):
        if node.start_byte < end or _is_docstring(node):
            continue
        text = text_value(node, code, context)
        head = text.before.partition(".")[0]
        if head == context.root and text.before != head:
            end = node.end_byte
            yield from _judge(code, node, text, context)


# import_module("." + name, __package__)        __import__(name, globals(), level=1)
def _relative(code: Code, call: Call, context: HazardContext) -> Iterator[Hazard]:
    given = call.argument(0, "name")
    said = text_value(given, code, context)
    if call.name.endswith("__import__"):
        level = code.argument_text(call, 4, "level")
        packages = context.package_of(code.path)
        home = Text(packages[0], packages[1]) if packages else UNKNOWN
        said = Text("." * int(level), "." * int(level)) + said if level.isdigit() else said
    else:
        home = text_value(call.argument(1, "package"), code, context)
        if said.before.startswith(OPEN) and home != UNKNOWN:
            said = Text(".", ".") + said  # an absolute name has no package argument
    if given is None or not said.before.startswith(".") or OPEN in home.before:
        return
    if code.literal(given) is not None and not call.name.endswith("__import__"):
        return  # a literal, which the kind `dynamic-import` fixes
    before, after = resolve_name(home.before, said.before), resolve_name(home.after, said.after)
    if before is not None and after is not None:
        yield from _judge(code, given, Text(before, after), context)


def _judge(code: Code, node: Node, text: Text, context: HazardContext) -> Iterator[Hazard]:
    said = f"`{code.text(node)[:80]}`"
    if OPEN not in (_NAMED.match(text.before) or [""])[0]:
        written = (_WRITTEN.match(text.before) or [""])[0].rstrip(".")
        new = context.module_after(written)
        if (
            new is not None
            and not _begins(text.after, new)
            and context.module_prefix(written) != written
        ):
            yield _hazard(
                code, node, f"{said} is {written[:80]}, which becomes {new[:80]}", "the new name"
            )
        elif new is not None and not _begins(text.after, new):
            yield _hazard(
                code, node, f"{said} is the module {written[:80]}, {new[:80]} from now on", "it"
            )
        return
    strays = _strays(text, context)
    if strays:
        package = (
            context.module_prefix(text.before.partition(OPEN)[0].rpartition(".")[0]) or context.root
        )
        leave = f"{listed(strays)} {'leave' if len(strays) > 1 else 'leaves'} that place"
        told = f"{said} begins with {package} and is completed when it runs, but {leave}"
        if _names_a_logger(node, code):
            yield note(
                KIND,
                code.path,
                code.line(node),
                f"{told}: check which modules the logger is meant for",
            )
        else:
            yield _hazard(code, node, told, "what it means")


# logging.getLogger(f"{__package__}.{device}")
def _names_a_logger(node: Node, code: Code) -> bool:
    """Any text can name a logger: no module of that name is needed."""
    return any(call.argument(0, "name") == node for call in code.calls_of("getLogger"))


def _begins(text: str, name: str) -> bool:
    return (_WRITTEN.match(text) or [""])[0].startswith(name)


def _hazard(code: Code, node: Node, told: str, what: str) -> Hazard:
    return hazard(KIND, code.path, code.line(node), f"{told}: write out {what}")


def _strays(text: Text, context: HazardContext) -> list[str]:
    """The modules that the text can mean before the moves and misses after them."""
    before, after = ((_NAMED.match(side) or [""])[0] for side in (text.before, text.after))
    while OPEN in before:  # f"shop.{a}.di.make" can mean something in shop.x.di
        # import_module(f".unicode{version}") can mean unicode17-0-0.py, which no statement can
        pattern = re.compile(re.escape(before).replace(re.escape(OPEN), "(.+)"))
        met = {name: found for name in context.new_names if (found := pattern.fullmatch(name))}
        if met:
            package = before.partition(OPEN)[0].rpartition(".")[0]
            counted = set(context.modules_below(package)) if package else met.keys()
            return [
                name
                for name, found in met.items()
                if name in counted and context.new_names[name] != _filled(after, found.groups())
            ]
        before, after = before.rpartition(".")[0], after.rpartition(".")[0]
    return []


def _filled(template: str, given: tuple[str, ...]) -> str:
    pieces = template.split(OPEN)
    values = [*given, *[""] * len(pieces)]
    return "".join(piece + value for piece, value in zip(pieces, values, strict=False))


# name.startswith("shop.infra.")
def _prefix(code: Code, match: re.Match[bytes], context: HazardContext) -> Iterator[Hazard]:
    """A package with its dot and nothing after it: only modules that leave the package matter."""
    string = code.string_at(match.start())
    package = match.group().decode().rstrip(".")
    if string is None or package not in context.new_names or _is_part(string):
        return
    if code.content[string.start_byte : match.start()].strip(b"rbfuRBFU\"'"):
        return
    strays = context.leaving(package)
    if strays:
        leave = f"{listed(strays)} {'leave' if len(strays) > 1 else 'leaves'} that place"
        yield hazard(
            KIND,
            code.path,
            code.line(string),
            f"`{code.text(string)}` means all that lies in {package}, but {leave}: check "
            "whether it should mean the new places too",
            Severity.NOTE,
        )


def _is_part(string: Node) -> bool:
    outer = string.parent
    return outer is not None and outer.type in ("binary_operator", "concatenated_string")


def _is_docstring(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "expression_statement"
