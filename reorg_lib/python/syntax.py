"""From the bytes of one Python file to `Syntax`, with tree-sitter.

It reads any version of the language and any source encoding. All offsets are into the original
bytes.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Query, QueryCursor

from reorg_lib.errors import ReorgError
from reorg_lib.model import (
    ClassDefinition,
    ImportedName,
    ImportKind,
    ImportStatement,
    Syntax,
)
from reorg_lib.python.bindings import BindingKind, bindings_in_suite
from reorg_lib.python.file_anchors import find_anchors
from reorg_lib.python.libcst_check import reads_the_same

_WANTED = """
(import_statement) @import
(import_from_statement) @import
(future_import_statement) @import
(class_definition) @class
(string_content) @text
(comment) @text
(call function: [(identifier) (attribute)] @call)
(global_statement) @global
"""
_DOTTED = re.compile(rb"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_BLANK = re.compile(r"[\s\\]+")
_SCOPES = frozenset({"function_definition", "lambda"})


class UnreadableSource(ReorgError):
    """The bytes cannot be read as Python source without losing the offsets.

    Attributes:
        line: the first line that is wrong, from 1.
    """

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Source:
    """The original bytes, and the encoding by which a slice of them becomes text."""

    content: bytes
    encoding: str

    def text(self, node: Node) -> str:
        """Return the text that `node` covers."""
        return self.content[node.start_byte : node.end_byte].decode(self.encoding)

    def dotted(self, node: Node) -> str:
        """Return a dotted name without the spaces and line continuations inside it."""
        return _BLANK.sub("", self.text(node))


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """A file's syntax tree; the bytes that were parsed have the same length as the file."""

    source: Source
    parsed: bytes
    root: Node


def parse_source(source: bytes) -> ParsedSource:
    """Parse one file's bytes.

    Raises:
        UnreadableSource: the bytes are not text in the encoding that the file declares.
    """
    encoding, parsed = _parsable(source)
    return ParsedSource(Source(source, encoding), parsed, _grammar()[0].parse(parsed).root_node)


def read_syntax(source: bytes) -> Syntax:
    """Parse one file's bytes and return their syntax; never runs them.

    Raises:
        UnreadableSource: the bytes are not text in the encoding that the file declares.
    """
    return syntax_of(parse_source(source))


def syntax_of(tree: ParsedSource) -> Syntax:
    """Return the syntax in a file's tree. All offsets are into the file's bytes, with the BOM.

    A file with a syntax error gives what could be read, and its `error_line`.
    """
    root, reader = tree.root, tree.source
    found = QueryCursor(_grammar()[1]).captures(root)
    imports = {
        node.start_byte: _import_statement(node, reader)
        for node in sorted(found.get("import", ()), key=lambda node: node.start_byte)
    }
    texts = sorted((node.start_byte, node.end_byte) for node in found.get("text", ()))
    called = {tree.parsed[n.start_byte : n.end_byte] for n in found.get("call", ())}
    calls = (b"".join(name.replace(b"\\", b" ").split()) for name in called)
    faulty = root.has_error and not reads_the_same(reader.content, len(imports))
    return Syntax(
        imports=tuple(imports.values()),
        classes=tuple(sorted(_class_definition(n, reader) for n in found.get("class", ()))),
        anchors=find_anchors(root, reader.content, reader.text),
        texts=tuple(texts),
        bound=_bound_names(root, found.get("global", ()), reader),
        calls=tuple(sorted({c.decode() for c in calls if _DOTTED.fullmatch(c)})),
        error_line=_error_line(root) if faulty else None,
    )


@cache
def _grammar() -> tuple[Parser, Query]:
    language = Language(tree_sitter_python.language())
    return Parser(language), Query(language, _WANTED)


# ------------------------------------------------------------------------------------ encoding


def _parsable(source: bytes) -> tuple[str, bytes]:
    """Return the encoding, and bytes of the same length that tree-sitter can read as UTF-8."""
    head = source[:1000].split(b"\n", 2)[:2]
    declared = any(b"coding" in line for line in head)
    if not declared and source.isascii():
        return "utf-8", source
    try:
        encoding = "utf-8"
        if declared:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        text = source.decode(encoding)
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise UnreadableSource(
            f"byte 0x{source[error.start]:02x} is not {error.encoding}; save the file as UTF-8 "
            "or declare its encoding in a coding comment on line 1",
            line,
        ) from error
    except (SyntaxError, LookupError) as error:
        raise UnreadableSource(
            f"{error}; save the file as UTF-8 or correct its coding comment"
        ) from error
    if encoding in ("utf-8", "utf-8-sig"):
        return "utf-8", source
    return encoding, _same_length(source, text, encoding)


def _same_length(source: bytes, text: str, encoding: str) -> bytes:
    """Replace each character that is not ASCII by as many underscores as it has bytes."""
    masked = "".join(c if c.isascii() else "_" * len(c.encode(encoding)) for c in text).encode()
    if len(masked) != len(source) or any(
        new != old for new, old in zip(masked, source, strict=True) if new != 0x5F
    ):
        raise UnreadableSource(
            f"the encoding {encoding} does not keep ASCII in place; save the file as UTF-8"
        )
    return masked


# -------------------------------------------------------------------------------------- pieces


def _import_statement(node: Node, reader: Source) -> ImportStatement:
    is_from = node.type != "import_statement"
    level, module = 0, ""
    if node.type == "future_import_statement":
        module = "__future__"
    elif is_from and (origin := node.child_by_field_name("module_name")) is not None:
        written = reader.dotted(origin)
        module = written.lstrip(".")
        level = len(written) - len(module)
    names = tuple(_imported_name(n, reader) for n in node.children_by_field_name("name"))
    if not names and any(child.type == "wildcard_import" for child in node.named_children):
        names = (ImportedName("*"),)
    return ImportStatement(
        line=node.start_point.row + 1,
        start=node.start_byte,
        end=node.end_byte,
        is_from=is_from,
        level=level,
        module=module,
        names=names,
        kind=_kind(node, reader),
    )


def _imported_name(node: Node, reader: Source) -> ImportedName:
    name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    if name is None or alias is None:
        return ImportedName(reader.dotted(node))
    return ImportedName(reader.dotted(name), reader.text(alias))


def _kind(node: Node, reader: Source) -> ImportKind:
    """Return the kind of an import: a function or a TYPE_CHECKING branch around it comes first.

    A `try` around it counts only if neither of the two is there.
    """
    kind = ImportKind.TOP_LEVEL
    child, parent = node, node.parent
    while parent is not None:
        if parent.type in _SCOPES:
            return ImportKind.FUNCTION
        if parent.type in ("if_statement", "elif_clause") and _only_for_types(
            parent, child, reader
        ):
            return ImportKind.TYPE_CHECKING
        if parent.type == "try_statement":
            kind = ImportKind.TRY
        child, parent = parent, parent.parent
    return kind


def _only_for_types(branch: Node, body: Node, reader: Source) -> bool:
    # if TYPE_CHECKING: <body>        if typing.TYPE_CHECKING: <body>
    condition = branch.child_by_field_name("condition")
    if condition is None or branch.child_by_field_name("consequence") != body:
        return False
    return reader.dotted(condition).strip("()").rpartition(".")[2] == "TYPE_CHECKING"


def _bound_names(root: Node, globals_: Iterable[Node], reader: Source) -> frozenset[str]:
    """Return every name that running the module, or a function of it, could bind in it."""
    bound = (b.name for b in bindings_in_suite(root) if b.kind is not BindingKind.DELETION)
    declared = (name for statement in globals_ for name in statement.named_children)
    return frozenset(map(reader.text, chain(bound, declared)))


def _class_definition(node: Node, reader: Source) -> ClassDefinition:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    listed = node.child_by_field_name("superclasses")
    return ClassDefinition(
        line=node.start_point.row + 1,
        name=reader.text(name) if name else "",
        bases=tuple(_bases(listed, reader)) if listed else (),
        methods=tuple(_methods(body, reader)) if body else (),
    )


def _bases(listed: Node, reader: Source) -> Iterator[str]:
    for base in listed.named_children:
        # class A(Port[T]) implements Port
        named = base.child_by_field_name("value") if base.type == "subscript" else base
        if named is not None and named.type in ("identifier", "attribute"):
            yield reader.dotted(named)


def _methods(body: Node, reader: Source) -> Iterator[str]:
    for statement in body.named_children:
        inner = statement.child_by_field_name("definition")
        definition = inner if inner is not None else statement
        name = definition.child_by_field_name("name")
        if definition.type == "function_definition" and name is not None:
            yield reader.text(name)


def _error_line(root: Node) -> int:
    node = root
    while not node.is_missing:
        broken = (child for child in node.children if child.has_error or child.is_missing)
        inner = next(broken, None)
        if inner is None:
            break
        node = inner
    return node.start_point.row + 1
