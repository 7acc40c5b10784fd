"""A normal form of Python files: two files with the same normal form have the same logic.

In it, a reference is replaced by what it reaches: imports by what they load and bind, names and
attribute chains from an import by the absolute name that they mean, names and paths in strings by
their new names. It is made with tree-sitter, which reads any version of the syntax, and shares no
code with the rewriter, which uses libcst.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from tree_sitter import Node, QueryCursor

from reorg_lib.proof.reading.import_bindings import PLAIN, LocalNames
from reorg_lib.proof.reading.new_names import NewNames, normalized_text
from reorg_lib.proof.reading.source_tree import SourceTree, read_file
from reorg_lib.proof.reading.syntax_tree import parse, query, text_of

Piece = tuple[str, ...]
"""One piece of the normal form: a node's type and, for a leaf or a reference, its text."""

Line = tuple[int, Piece]
"""A piece and its line number."""

Statement = tuple[Piece, ...]
"""The pieces of one top-level statement."""

_DIRECTIVE = re.compile(
    rb"#\s*(?:noqa|type:|pragma|pylint:|isort:|ruff:|pyright:|mypy:|flake8)", re.IGNORECASE
)
_UNCOUNTED = {"comment", "future_import_statement", ";"}
_IMPORTS = {"import_statement", "import_from_statement"}
_BETWEEN = {"comment", ";"}
_OUTER = {"global_statement", "nonlocal_statement"}
_BLOCKS = {"module", "block"}


def first_difference(before: NormalForm, after: NormalForm) -> int | None:
    """Return the line of the first difference, usually of the later side, or None.

    A statement that has the same text on both sides, and no name whose meaning may change, needs no
    normal form. Only if this quick comparison finds a difference, all pieces are compared.
    """
    words = [before.modules | after.modules, before.beginnings | after.beginnings | {"import"}]
    searches = [(_as_words(names), [name.encode() for name in names]) for names in words]

    def telling(text: bytes) -> bool:
        return any(
            any(name in text for name in names) and pattern.search(text) is not None
            for pattern, names in searches
        )

    if _parting(before.lines(telling), after.lines(telling)) is None:
        return None
    return _parting(before.lines(), after.lines())


@lru_cache(maxsize=64)
def _as_words(names: frozenset[str]) -> re.Pattern[bytes]:
    r"""Return a pattern for each of the names as a whole word, also after an escape, as in `\ta`.

    A letter that is not ASCII counts as a word boundary: this can only find more.
    """
    words = b"|".join(re.escape(name.encode()) for name in sorted(names))
    return re.compile(rb"(?:(?<!\w)|(?<=\\[abfnrtv]))(?:%b)(?!\w)" % (words or b"(?!)"))


class NormalForm:
    """One file of a tree in normal form, with new names; empty if the file does not parse.

    `source` may differ from the tree's text at `path`: it may have the approved fixes in it. If the
    file is a part of a split module, `whole` is the package of the parts; a name imported from
    there is treated as if it was defined in this file.

    `reached` is complete only after `lines` was called.
    """

    def __init__(
        self, source: bytes, path: str, tree: SourceTree, new_names: NewNames, whole: str = ""
    ) -> None:
        self._new_names = new_names
        same = tree.files.get(path) == source
        reading = tree.readings.get(path) if same else read_file(source)
        self._root = parse(source) if reading is not None else None
        self._imports = LocalNames(tree, new_names)
        if reading is not None and self._root is not None:
            self._imports.read(self._root, path, reading, whole)

    @property
    def reached(self) -> set[str]:
        """The modules that names and chains from plain imports reach."""
        return self._imports.reached

    @property
    def loaded(self) -> set[str]:
        """The modules that the imports load."""
        return self._imports.loaded

    @property
    def bound(self) -> frozenset[str]:
        """The names that imports bind in the module scope."""
        return self._imports.bound

    @property
    def modules(self) -> frozenset[str]:
        """The names that mean packages and modules of the tree."""
        return self._imports.modules

    @property
    def beginnings(self) -> frozenset[str]:
        """The first parts of all renamed names and paths."""
        return self._new_names.beginnings

    def lines(self, telling: Callable[[bytes], bool] | None = None) -> tuple[Line, ...]:
        """Return the pieces; a statement whose text is not `telling` is one piece, unchanged.

        A text is telling if it contains a name whose meaning depends on the rest of the file.
        """
        return tuple(self._pieces(self._root, telling)) if self._root is not None else ()

    def statements(self) -> Counter[Statement]:
        """Return the top-level statements, with the number of times that each occurs.

        What a split writes anew is left out: imports, `__all__`, and the module docstring.
        """
        found: Counter[Statement] = Counter()
        for node in self._root.children if self._root is not None else ():
            statement = tuple(piece for _, piece in self._pieces(node))
            kinds = {piece[0] for piece in statement}
            listed = ("identifier", "__all__") in statement[:4]
            if not statement or "imports" in kinds or listed or node.type in _UNCOUNTED:
                continue
            if node.type == "expression_statement" and node.children[0].type == "string":
                continue
            found[statement] += 1
        return found

    def comments(self) -> Counter[str]:
        """Return the comments, with new names, and the number of times that each occurs."""
        if self._root is None:
            return Counter()
        found = QueryCursor(query("(comment) @comment")).captures(self._root).get("comment", ())
        said = Counter(text_of(node).rstrip() for node in found)
        return Counter(normalized_text(text, self._new_names) for text in said.elements())

    def _pieces(self, root: Node, telling: Callable[[bytes], bool] | None = None) -> Iterator[Line]:
        stack: list[Node | Line] = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, tuple):
                yield node
                continue
            line = node.start_point[0] + 1
            kind = node.type
            if kind == "comment":
                continue
            if kind in _IMPORTS:
                yield line, ("imports", *sorted(self._run_of_imports(node, stack)))
            elif (chain := _chain(node)) is not None:
                spread = ("*",) if chain.startswith("*") else ()
                yield line, ("chain", *spread, *self._imports.meanings(chain, node))
            elif kind in _OUTER:
                yield line, (kind, *sorted(self._imports.other_names(node)))
            elif kind == "identifier" and (meanings := self._imports.of_module(node)):
                yield line, ("chain", *meanings)
            elif kind == "string_content" or not node.children:
                said = text_of(node)
                is_text = kind == "string_content"
                yield line, (kind, normalized_text(said, self._new_names) if is_text else said)
            else:
                yield line, (kind,)
                stack.append((node.end_point[0] + 1, ("end",)))
                inside = reversed(node.children)
                if telling is None or kind not in _BLOCKS:
                    stack.extend(inside)
                else:
                    stack.extend(_as_it_stands(child, telling) or child for child in inside)

    # from a import b, c     ->     from x import b; from y import c
    def _run_of_imports(self, node: Node, stack: list[Node | Line]) -> Iterator[str]:
        """Yield a run of adjacent imports as one piece: together they bind the same names."""
        run = [node]  # with the comments and semicolons between them
        while stack and not isinstance(follower := stack[-1], tuple):
            if follower.type not in _IMPORTS | _BETWEEN:
                break
            run.append(follower)
            stack.pop()
        remarks = self._directives(run)
        ends = {n.start_point[0]: n.end_point[0] for n in run if n.type in _IMPORTS}
        for first, last in sorted(ends.items()):
            directives = sorted({remarks[row] for row in (first, last) if row in remarks})
            for said in self._imports.said(first + 1):
                yield "  ".join([said, *directives])

    # from a import b, c  # with a directive
    def _directives(self, run: Sequence[Node]) -> dict[int, str]:
        """Return row → comment that is a tool's directive; each half of a statement needs it."""
        found = [child for node in run for child in (node, *node.children)]
        return {
            node.start_point[0]: normalized_text(text_of(node).rstrip(), self._new_names)
            for node in found
            if node.type == "comment" and _DIRECTIVE.match(node.text or b"")
        }


def _as_it_stands(node: Node, telling: Callable[[bytes], bool]) -> Line | None:
    if node.type in _BETWEEN or telling(text := node.text or b""):
        return None
    return node.start_point[0] + 1, ("text", text.decode("utf-8", "surrogateescape"))


def _parting(before: Sequence[Line], after: Sequence[Line]) -> int | None:
    for (_, one), (line, other) in zip(before, after, strict=False):
        if one != other and not _takes_more(one, other):
            return line
    if len(before) == len(after):
        return None
    longer, shorter = (before, after) if len(before) > len(after) else (after, before)
    return longer[len(shorter)][0]


def _takes_more(before: Piece, after: Piece) -> bool:
    """Return whether imports do what they did before, and load or bind one more module.

    `import a.x.c, a.b` after `import a.b.c`: the old parent package is still loaded.
    `from n import c` after `import a.b.c`: a module that was loaded is now bound to a name, too.
    """
    if not before[0] == after[0] == "imports":
        return False
    had = {said for said in before if not said.startswith(PLAIN)}
    has = {said.removeprefix(PLAIN) for said in after}
    return had <= has and all(
        said.startswith("load ") or f"load {said.partition(' = ')[2]}" in had for said in has - had
    )


def _chain(node: Node) -> str | None:
    """Return `a.b.c` if the node is an attribute chain of plain names."""
    if node.type == "dotted_name" and node.named_child_count > 1:  # case a.b.c:
        return ".".join(text_of(n) for n in node.named_children)
    if node.type != "attribute":
        return None
    names: list[str] = []
    while node.type == "attribute":
        left, right = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if left is None or right is None:
            return None
        names.append(text_of(right))
        node = left
    spread = ""
    if node.type == "list_splat" and names and node.named_children:  # [*a.b] is read as (*a).b
        spread, node = "*", node.named_children[0]
    if node.type != "identifier":
        return None
    return spread + ".".join([text_of(node), *reversed(names)])
