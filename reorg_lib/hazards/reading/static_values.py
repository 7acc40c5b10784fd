"""The value of an expression when it runs, as far as the code shows it.

There are two kinds of values: the text that an expression makes (with `+`, `%`, `format`, `join`,
an f-string, a constant), before and after the moves, and the module that it means
(`importlib.import_module("a.b")`, `sys.modules["a.b"]`, `getattr(a, "b")`, a name that another
module re-exports).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.parsed_file import Code

OPEN = "\0"
"""Stands in a text for what only the running program knows."""

_DEPTH = 8
_BLANK = re.compile(r"%(?:\(\w+\))?[-+ 0-9.#]*[a-zA-Z]|(?<!\{)\{\w*(?:[!:][^{}]*)?\}(?!\})")
_BORDER = r"(?<![\w.])"


@dataclass(frozen=True, slots=True)
class Text:
    """The text of an expression before and after the moves."""

    before: str
    after: str

    def __add__(self, other: Text) -> Text:
        return Text(self.before + other.before, self.after + other.after)


UNKNOWN = Text(OPEN, OPEN)
_Read = Callable[[Node | None], Text]


def text_value(node: Node | None, code: Code, context: HazardContext, depth: int = 0) -> Text:
    """Return the text of an expression; `OPEN` for each part that is not known.

    >>> # "shop." + name     is  "shop.\\0"
    """
    if node is None or depth > _DEPTH:
        return UNKNOWN

    def read(inner: Node | None) -> Text:
        return text_value(inner, code, context, depth + 1)

    match node.type:
        case "string":
            return _sum(_pieces(node, code, context, read))
        case "concatenated_string":
            return _sum(map(read, node.named_children))
        case "parenthesized_expression" if node.named_children:
            return read(node.named_children[0])
        case "binary_operator":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            sign = node.child_by_field_name("operator")
            if sign is not None and sign.type == "+":
                return read(left) + read(right)
            if sign is not None and sign.type == "%" and right is not None:
                given = right.named_children if right.type == "tuple" else [right]
                return _filled(read(left), list(map(read, given)))
        case "call":
            return _called(node, code, read)
        case "identifier" | "attribute":
            return _named(node, code, context, depth)
    return UNKNOWN


def module_value(
    node: Node | None, code: Code, context: HazardContext, depth: int = 0
) -> str | None:
    """Return the absolute name that an expression of a file means, or None."""
    if node is None or depth > _DEPTH:
        return None
    if node.type in ("identifier", "attribute"):
        name = context.imports.resolve(code.path, code.text(node).replace(" ", ""))
        if name is None and node.type == "identifier":
            value = code.constant(code.text(node))
            return module_value(value, code, context, depth + 1)
        if name is None:
            above = module_value(node.child_by_field_name("object"), code, context, depth + 1)
            last = node.child_by_field_name("attribute")
            name = f"{above}.{code.text(last)}" if above and last is not None else None
        return resolve_reexports(name, context) if name else None
    if node.type == "subscript" and (table := node.child_by_field_name("value")) is not None:
        if code.text(table) in ("sys.modules", "modules"):
            return code.literal(node.child_by_field_name("subscript"))
        return None
    call = code.call_of(node)
    if call is None:
        return None
    said = code.literal(call.argument(0, "name"))
    match call.name.rpartition(".")[2]:
        case "import_module" if said and not said.startswith("."):
            return said
        case "getattr":
            above = module_value(call.argument(0, "object"), code, context, depth + 1)
            leaf = code.literal(call.argument(1, "name"))
            return f"{above}.{leaf}" if above and leaf else None
    return None


def resolve_reexports(dotted: str, context: HazardContext) -> str:
    """Return what a name means if modules import parts of it from elsewhere.

    >>> # with `from shop.infra import old` in shop.app      shop.app.old.db  is  shop.infra.old.db
    """
    for _ in range(_DEPTH):
        known = context.module_prefix(dotted)
        if known is None or known == dotted:
            return dotted
        head, _, tail = dotted[len(known) + 1 :].partition(".")
        target = context.imports.reexported(known, head)
        if target is None:
            return dotted
        dotted = f"{target}.{tail}" if tail else target
    return dotted


def renamed(text: str, context: HazardContext) -> str:
    """Return a text with the names in the spelling of the rewrite."""
    pattern = rf"{_BORDER}{re.escape(context.root)}(?:\.\w+)+"
    return re.sub(pattern, lambda m: context.module_after(m.group()) or m.group(), text)


def _sum(texts: Iterator[Text]) -> Text:
    return sum(texts, Text("", ""))


def _pieces(node: Node, code: Code, context: HazardContext, read: _Read) -> Iterator[Text]:
    start = code.content[node.start_byte : node.end_byte].lstrip()[:3].lower()
    is_raw = b"r" in start.partition(b"'")[0].partition(b'"')[0]
    for child in node.named_children:
        if child.type == "interpolation":
            yield read(child.named_children[0] if child.named_children else None)
        elif child.type == "string_content":
            said = (child.text or b"").decode(errors="replace")
            after = renamed(said, context)
            yield Text(said, after) if is_raw else Text(_unescaped(said), _unescaped(after))


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    try:
        value = ast.literal_eval('"""' + text.replace('"', '\\"') + '"""')
    except (SyntaxError, ValueError):
        return text
    return value if isinstance(value, str) else text


def _called(node: Node, code: Code, read: _Read) -> Text:
    function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or given is None:
        return UNKNOWN
    arguments = [child for child in given.named_children if child.type != "comment"]
    if function.type == "identifier":
        return read(arguments[0]) if code.text(function) == "str" and arguments else UNKNOWN
    if function.type != "attribute":
        return UNKNOWN
    called, on = function.child_by_field_name("attribute"), function.child_by_field_name("object")
    match code.text(called) if called is not None else "":
        case "format":
            keywords = {
                code.text(name): read(child.child_by_field_name("value"))
                for child in arguments
                if (name := child.child_by_field_name("name")) and child.type == "keyword_argument"
            }
            plain = [read(child) for child in arguments if child.type != "keyword_argument"]
            return _filled(read(on), plain, keywords)
        case "join" if arguments and arguments[0].type in ("list", "tuple"):
            between, parts = read(on), list(map(read, arguments[0].named_children))
            return _sum(part + between for part in parts[:-1]) + (parts or [UNKNOWN])[-1]
    return UNKNOWN


def _filled(
    template: Text, given: Sequence[Text], keywords: Mapping[str, Text] | None = None
) -> Text:
    """Put the values into the places of a `%` or a `format` text, in order or by name."""

    def fill(text: str, side: str) -> str:
        waiting = iter(given)

        def value(match: re.Match[str]) -> str:
            name = re.sub(r"\W", "", match.group()) if match.group().startswith("{") else ""
            if keywords and name in keywords:
                return str(getattr(keywords[name], side))
            if name.isdigit():
                return str(getattr(given[int(name)], side)) if int(name) < len(given) else OPEN
            return str(getattr(next(waiting, UNKNOWN), side)) if not name else OPEN

        return _BLANK.sub(value, text)

    return Text(fill(template.before, "before"), fill(template.after, "after"))


def _named(node: Node, code: Code, context: HazardContext, depth: int) -> Text:
    written = code.text(node).replace(" ", "")
    above, _, last = written.rpartition(".")
    if written in ("__package__", "__spec__.parent"):
        return _before_and_after(context.package_of(code.path))
    if last == "__name__" and (not above or above == "__spec__"):
        module = context.by_path.get(code.path)
        return _of_module(module.name if module else None, context)
    if written == "__spec__.name":
        module = context.by_path.get(code.path)
        return _of_module(module.name if module else None, context)
    if last in ("__name__", "__package__"):
        return _of_module(module_value(node.child_by_field_name("object"), code, context), context)
    if (value := code.constant(last)) is not None:  # also self.PACKAGE, Settings.PACKAGE
        return text_value(value, code, context, depth + 1)
    origin = context.imports.resolve(code.path, written) if not above else None
    home = context.modules.get(origin.rpartition(".")[0]) if origin else None
    if home is not None and home.blob and home.path != code.path:
        there = context.code(home.path)
        value = there.constant(last)
        return text_value(value, there, context, depth + 1)
    return UNKNOWN


def _of_module(name: str | None, context: HazardContext) -> Text:
    """A package that is gone has no new name, and its old name no longer means anything."""
    known = name if name in context.new_names else None
    return Text(known, context.new_names[known] or known) if known else UNKNOWN


def _before_and_after(pair: tuple[str | None, str | None] | None) -> Text:
    return Text(pair[0], pair[1]) if pair and pair[0] and pair[1] else UNKNOWN
