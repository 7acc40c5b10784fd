"""Apart from renamed references, each file says after the moves what it said before.

Owns a normal form of Python files in which a reference is what it reaches and not how it is
spelled: imports by what they bind, attribute chains from an imported name by the absolute name
they stand for, names and paths in strings by what they become. Two files with one normal form
have the same logic. Parses with tree-sitter, so any syntax version is read, and shares nothing
with the rewriter, which works by libcst.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import tree_sitter_python
from tree_sitter import Language, Node, Parser

from reorg_lib.export.reading import Reading, SourceTree, parents, read_file
from reorg_lib.export.shadows import Shadows

Piece = tuple[str, ...]
"""One piece of the normal form: a node's type, and for a leaf or a reference what it says."""

Statement = tuple[Piece, ...]
"""The pieces of one top-level statement."""

_UNCOUNTED = {"comment", "future_import_statement", ";"}
_IMPORTS = {"import_statement", "import_from_statement"}
_BETWEEN = {"comment", ";"}
_NAME = r"\w+(?:[ \t]+as[ \t]+\w+)?"
_IMPORT_IN_TEXT = re.compile(
    rf"(?:\b|(?<=(?<!\\)\\[nrt]))from[ \t]+([\w.]+)[ \t]+"
    rf"import[ \t]+({_NAME}(?:[ \t]*,[ \t]*{_NAME})*)"
)
# a name may follow an escape: "\\ta.b"
_BORDER = r"(?:(?<![\w.-])|(?<=(?<!\\)\\[abfnrtv]))"
_SPELLED = re.compile(r"(?:⟨[^⟩]*⟩(?:; )?)+")


class Renamed:
    """What a module, or a name or path in a text, is called after the moves.

    A module that stays below a package that goes is a pair of its name with itself. One without
    pairs changes nothing; it stands for the side after the moves. A path that begins with `folder`
    only counts where no other folder stands in front: `other/infra/x.py` is not our `infra/x.py`.
    """

    def __init__(
        self, modules: Mapping[str, str], paths: Mapping[str, str], folder: str = ""
    ) -> None:
        self._modules = modules
        self._words = {**paths, **modules}
        longest = sorted(self._words, key=lambda word: (-len(word), word))
        words = "|".join(
            (r"(?<![\w-]/)" if folder and word.startswith(f"{folder}/") else "") + re.escape(word)
            for word in longest
        )
        self._pattern = re.compile(rf"{_BORDER}(?:{words})(?![\w-])")

    def dotted(self, name: str) -> str:
        """Return the new form of an absolute dotted name, by its longest renamed prefix."""
        head, tail = name, ""
        while head and head not in self._modules:
            head, _, last = head.rpartition(".")
            tail = f".{last}{tail}"
        return self._modules[head] + tail if head else name

    def text(self, text: str) -> str:
        """Return a text with all renamed words in it replaced at once."""
        if not self._words:
            return text
        return self._pattern.sub(lambda match: self._words[match.group()], text)


NOT_RENAMED = Renamed({}, {})


def normal_form(
    source: bytes, path: str, tree: SourceTree, renamed: Renamed
) -> Sequence[tuple[int, Piece]]:
    """Return the (line, piece) pairs of a file that parses, references as after the moves.

    `source` may be another text than the tree has at `path`, such as one with approved fixes.
    """
    reading = read_file(source)
    if reading is None:
        return ()
    return tuple(
        _Normaliser(path, tree, renamed, reading).pieces(_parser().parse(source).root_node)
    )


def reaches(
    source: bytes, path: str, tree: SourceTree, renamed: Renamed
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the modules that chains from plain imports reach, and those that the imports load.

    Both by their names after the moves. `a.b.f()` after `import a.b.c` works because the import
    loads `a.b` on its way, which another import in its place may not do.
    """
    reading = read_file(source)
    if reading is None:
        return frozenset(), frozenset()
    normaliser = _Normaliser(path, tree, renamed, reading)
    for _ in normaliser.pieces(_parser().parse(source).root_node):
        pass
    return frozenset(normaliser.reached), frozenset(normaliser.loaded)


def statements(
    source: bytes, path: str, tree: SourceTree, renamed: Renamed, *, whole: str = ""
) -> Counter[Statement]:
    """Return the top-level statements of a file in normal form, and how often each stands there.

    What a split types anew is left out: imports, `__all__`, and the docstring of the module.
    `whole` is the package that the file is a part of since a split; what it imports from there
    is spelled as if it stood in the same file.
    """
    reading = read_file(source)
    found: Counter[Statement] = Counter()
    if reading is None:
        return found
    normaliser = _Normaliser(path, tree, renamed, reading, whole)
    for node in _parser().parse(source).root_node.children:
        statement = tuple(piece for _, piece in normaliser.pieces(node))
        kinds = {piece[0] for piece in statement}
        listed = ("identifier", "__all__") in statement[:4]
        if not statement or "imports" in kinds or listed or node.type in _UNCOUNTED:
            continue
        if node.type == "expression_statement" and node.children[0].type == "string":
            continue
        found[statement] += 1
    return found


def first_difference(
    before: Sequence[tuple[int, Piece]], after: Sequence[tuple[int, Piece]]
) -> int | None:
    """Return the line at which two normal forms part, or None if they are one."""
    for (_, one), (line, other) in zip(before, after, strict=False):
        if one != other and not _loads_more(one, other):
            return line
    if len(before) == len(after):
        return None
    longer, shorter = (before, after) if len(before) > len(after) else (after, before)
    return longer[len(shorter)][0]


class _Normaliser:
    def __init__(
        self, path: str, tree: SourceTree, renamed: Renamed, reading: Reading, whole: str = ""
    ) -> None:
        self._renamed = renamed
        self._tree = tree
        self._shadows = Shadows()
        self._by_line: dict[int, list[str]] = {}
        self._origins: dict[str, set[str]] = {}
        self._plain: set[str] = set()
        self.reached: set[str] = set()
        self.loaded: set[str] = set()
        for line, found in zip(reading.imports, tree.absolute(path, reading), strict=True):
            if line.name is not None:
                name, target = line.alias or line.name, f"{found.base}.{found.name}"
            elif line.alias is not None:
                name, target = line.alias, line.base
            else:  # import a.b.c binds a, and loads a.b.c
                name = target = line.base.split(".")[0]
                self._plain.add(name)
                self._say(line.line, f"load {renamed.dotted(line.base)}")
            loads = line.base if line.name is None else f"{found.base}.{found.name}"
            self.loaded |= {renamed.dotted(n) for n in (loads, *parents(loads))}
            meant = renamed.dotted(target)
            hidden = line.name is not None and tree.target(found) == found.base
            if hidden:  # a function of the package, which hides the module of its name
                meant = f"{renamed.dotted(found.base)}.{found.name}"
            self._say(line.line, f"{name} = {meant}")
            if not (whole and f"{found.base}.".startswith(f"{whole}.")):
                self._origins.setdefault(name, set()).add(f"={meant}" if hidden else target)

    def _say(self, line: int, what: str) -> None:
        self._by_line.setdefault(line, []).append(what)

    def pieces(self, root: Node) -> Iterator[tuple[int, Piece]]:
        stack: list[Node | int] = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, int):
                yield node, ("end",)
                continue
            line = node.start_point[0] + 1
            if node.type == "comment":
                continue
            if node.type in _IMPORTS:
                yield line, ("imports", *sorted(self._run_of_imports(node, stack)))
            elif (chain := _chain(node)) is not None:
                yield line, ("chain", *self._meanings(chain, node))
            elif node.type == "string_content" or not node.children:
                said = (node.text or b"").decode("utf-8", "replace")
                is_text = node.type == "string_content"
                yield line, (node.type, text_form(said, self._renamed) if is_text else said)
            else:
                yield line, (node.type,)
                stack.append(node.end_point[0] + 1)
                stack.extend(reversed(node.children))

    # from a import b, c     ->     from x import b; from y import c
    def _run_of_imports(self, node: Node, stack: list[Node | int]) -> Iterator[str]:
        """Take the imports that follow at once with it: together they bind the same names."""
        run = [node]  # with the comments and semicolons between
        while stack and not isinstance(follower := stack[-1], int):
            if follower.type not in _IMPORTS | _BETWEEN:
                break
            run.append(follower)
            stack.pop()
        for line in sorted({n.start_point[0] + 1 for n in run if n.type in _IMPORTS}):
            yield from self._by_line.get(line, ())

    def _meanings(self, chain: str, node: Node) -> list[str]:
        head, _, tail = chain.partition(".")
        origins = self._origins.get(head)
        if origins is None or self._shadows.hides(node, head):
            return [chain]
        if head in self._plain:
            self.reached |= {self._home(f"{origin}.{tail}") for origin in origins}
        return sorted({self._meaning(origin, tail) for origin in origins})

    def _home(self, dotted: str) -> str:
        """The module that holds what a chain from `import a.b.c` reaches, by its new name."""
        whole = next((n for n in (dotted, *parents(dotted)) if self._tree.is_module(n)), "")
        return self._renamed.dotted(whole)

    def _meaning(self, origin: str, tail: str) -> str:
        if origin.startswith("="):
            return f"{origin[1:]}.{tail}"
        return self._renamed.dotted(self._tree.followed(f"{origin}.{tail}"))


def text_form(text: str, renamed: Renamed) -> str:
    """Return a text with each name and path in it as after the moves, imports by what they bind."""

    def bindings(match: re.Match[str]) -> str:
        said = []
        for words in (name.split() for name in match[2].split(",")):
            said.append(f"⟨{words[-1]} = {renamed.dotted(f'{match[1]}.{words[0]}')}⟩")
        return "".join(said)

    parts: list[str] = []
    at = 0
    # what an import was already renamed to must not be renamed again, as in a swap
    spelled = _IMPORT_IN_TEXT.sub(bindings, text)
    for match in _SPELLED.finditer(spelled):
        parts += [renamed.text(spelled[at : match.start()]), _sorted_spelling(match)]
        at = match.end()
    return "".join([*parts, renamed.text(spelled[at:])])


def _sorted_spelling(match: re.Match[str]) -> str:
    return "".join(sorted(re.findall("⟨[^⟩]*⟩", match.group())))


def _loads_more(before: Piece, after: Piece) -> bool:
    """`import a.x.c, a.b` after `import a.b.c`: the package on the old way is still loaded."""
    more = set(after) - set(before)
    return (
        before[0] == after[0] == "imports"
        and set(before) <= set(after)
        and all(said.startswith("load ") for said in more)
    )


def _chain(node: Node) -> str | None:
    """Return `a.b.c` if the node is an attribute chain of plain names."""
    if node.type == "dotted_name" and node.named_child_count > 1:  # case a.b.c:
        return ".".join((n.text or b"").decode("utf-8", "replace") for n in node.named_children)
    if node.type != "attribute":
        return None
    names: list[str] = []
    while node.type == "attribute":
        left, right = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if left is None or right is None:
            return None
        names.append((right.text or b"").decode("utf-8", "replace"))
        node = left
    if node.type != "identifier":
        return None
    return ".".join([(node.text or b"").decode("utf-8", "replace"), *reversed(names)])


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_python.language()))
