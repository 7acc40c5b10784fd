"""Apart from renamed references, each file says after the moves what it said before.

Owns a normal form of Python files in which a reference is what it reaches and not how it is
spelled: imports by what they load and bind, names and attribute chains from an import by the
absolute name they stand for, names and paths in strings by what they become. A plain import of
this tree may bind another name than before: then everything that is said with it shows whether
each name still means the same. Two files with one normal form
have the same logic. Parses with tree-sitter, so any syntax version is read, and shares nothing
with the rewriter, which works by libcst.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from tree_sitter import Node, QueryCursor

from reorg_lib.export.after_names import Renamed, text_form
from reorg_lib.export.grammar import parse, query, text_of
from reorg_lib.export.reading import Imported, ImportLine, SourceTree, parents, read_file
from reorg_lib.export.shadows import MODULE, Shadows

Piece = tuple[str, ...]
"""One piece of the normal form: a node's type, and for a leaf or a reference what it says."""

Line = tuple[int, Piece]
"""A piece, and the line it stands on."""

Statement = tuple[Piece, ...]
"""The pieces of one top-level statement."""

_DIRECTIVE = re.compile(
    rb"#\s*(?:noqa|type:|pragma|pylint:|isort:|ruff:|pyright:|mypy:|flake8)", re.IGNORECASE
)
_UNCOUNTED = {"comment", "future_import_statement", ";"}
_IMPORTS = {"import_statement", "import_from_statement"}
_ALL_IMPORTS = "[(import_statement) (import_from_statement)] @import"
_BETWEEN = {"comment", ";"}
_PLAIN = "plain "  # in front of what `import a` binds: it may get another name
_OUTER = {"global_statement", "nonlocal_statement"}
_PARAMETERS = {
    "parameters", "lambda_parameters", "typed_parameter", "list_splat_pattern",
    "dictionary_splat_pattern",
}  # fmt: skip
# which part of a node is spelled like a name and is none
_NO_USE = {
    "attribute": "attribute", "keyword_argument": "name", "default_parameter": "name",
    "typed_default_parameter": "name",
}  # fmt: skip
_BLOCKS = {"module", "block"}


def first_difference(before: Form, after: Form) -> int | None:
    """Return the line, of the later side as a rule, at which two files part, or None.

    What says the very same on both sides and names nothing that could mean something else there
    needs no normal form; only if the two differ so is every piece of them looked at.
    """
    modules = _as_words(before.modules | after.modules)
    others = _as_words(before.beginnings | after.beginnings | {"import"})

    def telling(text: bytes) -> bool:
        return modules.search(text) is not None or others.search(text) is not None

    if _parting(before.lines(telling), after.lines(telling)) is None:
        return None
    return _parting(before.lines(), after.lines())


@lru_cache(maxsize=64)
def _as_words(names: frozenset[str]) -> re.Pattern[bytes]:
    r"""Return what finds one of the names as a word of its own, also after an escape, as in `\ta`.

    A letter that is not ASCII counts as no part of a word: so more is found, and nothing less.
    """
    words = b"|".join(re.escape(name.encode()) for name in sorted(names))
    return re.compile(rb"(?:(?<!\w)|(?<=\\[abfnrtv]))(?:%b)(?!\w)" % (words or b"(?!)"))


class Form:
    """One file of a tree in normal form, references as after the moves; empty if it has no syntax.

    `source` may be another text than the tree has at `path`, such as one with approved fixes.
    `whole` is the package that the file is a part of since a split; what it imports from there
    is spelled as if it stood in the same file.

    Attributes, known once all `lines` were asked for:
        reached: the modules that chains from plain imports reach.
        loaded: the modules that the imports load. `a.b.f()` after `import a.b.c` works because the
            import loads `a.b` on its way, which another import in its place may not do.
    """

    def __init__(
        self, source: bytes, path: str, tree: SourceTree, renamed: Renamed, whole: str = ""
    ) -> None:
        self._renamed = renamed
        self._tree = tree
        self._shadows = Shadows()
        self._by_line: dict[int, list[str]] = {}
        self._origins: dict[tuple[int | None, str], set[str]] = {}
        self._plain: set[tuple[int | None, str]] = set()
        self.reached: set[str] = set()
        self.loaded: set[str] = set()
        same = tree.files.get(path) == source
        reading = tree.readings.get(path) if same else read_file(source)
        self._root = parse(source) if reading is not None else None
        if reading is None or self._root is None:
            return
        found = QueryCursor(query(_ALL_IMPORTS)).captures(self._root).get("import", ())
        places = {node.start_point[0] + 1: node for node in found}
        for line, absolute in zip(reading.imports, tree.absolute(path, reading), strict=True):
            inside = bool(whole) and f"{absolute.base}.".startswith(f"{whole}.")
            self._take(line, absolute, places.get(line.line, self._root), inside)

    def _take(self, line: ImportLine, found: Imported, place: Node, inside: bool) -> None:
        """Note what an import loads, and what it binds where it stands."""
        tree, renamed = self._tree, self._renamed
        loads = found.base if line.name is None else f"{found.base}.{found.name}"
        self.loaded |= {renamed.dotted(n) for n in (loads, *parents(loads))}
        if line.name == "*":
            for name in tree.plain_names(found.base):  # they come with the star
                self._origins.setdefault((MODULE, name), set()).add(name)
        if line.name is None and line.alias is None:  # import a.b.c binds a, and loads a.b.c
            name = target = line.base.split(".")[0]
            self._plain.add((self._shadows.importing(place, name), name))
            self._say(line.line, f"load {renamed.dotted(line.base)}")
            if not tree.is_module(name):
                self._say(line.line, f"{name} = {name}")
            elif name == line.base:
                self._say(line.line, f"{_PLAIN}{name} = {renamed.dotted(name)}")
        else:
            name, target = line.alias or line.name or "", loads
        meant = renamed.dotted(target)
        hidden = line.name is not None and tree.target(found) == found.base
        if hidden:  # a function of the package, which hides the module of its name
            meant = f"{renamed.dotted(found.base)}.{found.name}"
        if line.name is not None or line.alias is not None:
            self._say(line.line, f"{name} = {meant}")
            if tree.is_module(target) and not hidden:
                self._say(line.line, f"load {meant}")
        if not inside:
            scope = self._shadows.importing(place, name)
            self._origins.setdefault((scope, name), set()).add(f"={meant}" if hidden else target)

    @property
    def bound(self) -> frozenset[str]:
        """The names that imports bind in the module's own scope."""
        return frozenset(name for scope, name in self._origins if scope == MODULE)

    @property
    def modules(self) -> frozenset[str]:
        """The names that stand for packages and modules of the tree.

        What else is imported means what its import says, and that is a piece of its own.
        """
        return frozenset(
            name for (_, name), found in self._origins.items() if any(map(self._is_module, found))
        )

    @property
    def beginnings(self) -> frozenset[str]:
        """What every renamed name or path in a text begins with."""
        return self._renamed.beginnings

    def _is_module(self, origin: str) -> bool:
        return not origin.startswith("=") and self._tree.is_module(self._tree.followed(origin))

    def lines(self, telling: Callable[[bytes], bool] | None = None) -> tuple[Line, ...]:
        """Return the pieces; a statement whose text is not `telling` is one, as it stands.

        Telling is a text that has a name in it by which its meaning hangs on more than itself.
        """
        return tuple(self._pieces(self._root, telling)) if self._root is not None else ()

    def statements(self) -> Counter[Statement]:
        """Return the top-level statements, and how often each stands there.

        What a split types anew is left out: imports, `__all__`, and the docstring of the module.
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
        """Return the comments, with names as after the moves, and how often each stands there."""
        if self._root is None:
            return Counter()
        found = QueryCursor(query("(comment) @comment")).captures(self._root).get("comment", ())
        said = Counter(text_of(node).rstrip() for node in found)
        return Counter(text_form(text, self._renamed) for text in said.elements())

    def _say(self, line: int, what: str) -> None:
        self._by_line.setdefault(line, []).append(what)

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
                yield line, ("chain", *spread, *self._meanings(chain, node))
            elif kind in _OUTER:
                yield line, (kind, *sorted(self._other_names(node)))
            elif kind == "identifier" and (meanings := self._of_module(node)):
                yield line, ("chain", *meanings)
            elif kind == "string_content" or not node.children:
                said = text_of(node)
                is_text = kind == "string_content"
                yield line, (kind, text_form(said, self._renamed) if is_text else said)
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
        """Take the imports that follow at once with it: together they bind the same names."""
        run = [node]  # with the comments and semicolons between
        while stack and not isinstance(follower := stack[-1], tuple):
            if follower.type not in _IMPORTS | _BETWEEN:
                break
            run.append(follower)
            stack.pop()
        remarks = self._directives(run)
        ends = {n.start_point[0]: n.end_point[0] for n in run if n.type in _IMPORTS}
        for first, last in sorted(ends.items()):
            told = sorted({remarks[row] for row in (first, last) if row in remarks})
            for said in self._by_line.get(first + 1, ()):
                yield "  ".join([said, *told])

    # from a import b, c  # with a directive
    def _directives(self, run: Sequence[Node]) -> dict[int, str]:
        """Row → the comment there that speaks to a tool; each half of a statement needs it."""
        found = [child for node in run for child in (node, *node.children)]
        return {
            node.start_point[0]: text_form(text_of(node).rstrip(), self._renamed)
            for node in found
            if node.type == "comment" and _DIRECTIVE.match(node.text or b"")
        }

    def _meanings(self, chain: str, node: Node) -> list[str]:
        head, _, tail = chain.removeprefix("*").partition(".")
        key = (self._shadows.importing(node, head), head)
        origins = self._origins.get(key)
        if origins is None:
            return ["local", chain]
        if key in self._plain:
            self.reached |= {self._home(f"{origin}.{tail}") for origin in origins}
        return sorted({self._meaning(origin, tail) for origin in origins})

    def _of_module(self, name: Node) -> list[str]:
        """What a bare name means, if an import binds it to a module and it is used here."""
        said = text_of(name)
        origins = self._origins.get((self._shadows.importing(name, said), said), set())
        if not any(map(self._is_module, origins)) or not _is_used(name):
            return []
        if any(scope_and_name[1] == said for scope_and_name in self._plain):
            self.reached |= {self._home(origin) for origin in origins}
        return sorted({self._meaning(origin, "") for origin in origins})

    def _other_names(self, statement: Node) -> Iterator[str]:
        """The names of `global a, x` that are no imported modules: those their imports tell."""
        for name in statement.named_children:
            said = text_of(name)
            origins = self._origins.get((self._shadows.importing(name, said), said), set())
            if not any(map(self._is_module, origins)):
                yield said

    def _home(self, dotted: str) -> str:
        """The module that holds what a chain from `import a.b.c` reaches, by its new name."""
        whole = next((n for n in (dotted, *parents(dotted)) if self._tree.is_module(n)), "")
        return self._renamed.dotted(whole)

    def _meaning(self, origin: str, tail: str) -> str:
        if origin.startswith("="):
            return f"{origin[1:]}.{tail}".rstrip(".")
        return self._renamed.dotted(self._tree.followed(f"{origin}.{tail}".rstrip(".")))


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
    """Tell whether imports only do what they did, and load or bind a module besides.

    `import a.x.c, a.b` after `import a.b.c`: the package on the old way is still loaded.
    `from n import c` after `import a.b.c`: a module that was loaded has a name of its own.
    """
    if not before[0] == after[0] == "imports":
        return False
    had = {said for said in before if not said.startswith(_PLAIN)}
    has = {said.removeprefix(_PLAIN) for said in after}
    return had <= has and all(
        said.startswith("load ") or f"load {said.partition(' = ')[2]}" in had for said in has - had
    )


def _is_used(name: Node) -> bool:
    """Tell a use of a name from a parameter, a keyword or an attribute that is spelled like it."""
    parent = name.parent
    if parent is None or parent.type in _PARAMETERS:
        return False
    field = _NO_USE.get(parent.type)
    return field is None or parent.child_by_field_name(field) != name


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
