"""What one name at one place means: a module, perhaps a module, or something else.

The table of the texts beside a name is used first, then the classifier of strings or that of other
texts.
"""

from __future__ import annotations

import re

from reorg_lib.model import NameClass
from reorg_lib.text_references import rule_tables as table
from reorg_lib.text_references.name_uses import Uses
from reorg_lib.text_references.named_in_text import NamedInText, Verdict
from reorg_lib.text_references.path_references import PathClassifier
from reorg_lib.text_references.python_text import PythonText
from reorg_lib.text_references.repository_tree import RepositoryTree
from reorg_lib.text_references.rule_tables import Row
from reorg_lib.text_references.string_classifier import StringClassifier
from reorg_lib.text_references.text_classifier import TextClassifier

_REST = re.compile(rb"(?:(?:\\{1,2})?\.[A-Za-z_\x80-\xff][\w\x80-\xff]*)*")
_ATTRIBUTE = re.compile(rb":([A-Za-z_]\w*)")


class Classifier:
    """Classifies names in the files of one repository."""

    def __init__(self, tree: RepositoryTree) -> None:
        self.tree = tree

    def view(self, path: str, content: bytes) -> FileClassifier:
        """Return the classifier for one file."""
        return FileClassifier(self.tree, path, content)


class FileClassifier:
    """Classifies names in one file; offsets are into its bytes."""

    def __init__(self, tree: RepositoryTree, path: str, content: bytes) -> None:
        self._tree = tree
        self._path = path
        self._content = content
        self._kind = table.kind_of(path)
        self._python = PythonText(content) if self._kind == "python" else None
        self._paths = PathClassifier(tree, path)
        self._uses = Uses(content, tree)
        self._strings = StringClassifier(tree, content, self._uses)
        self._texts = TextClassifier(tree, path, content)

    def path(self, start: int, end: int) -> Verdict:
        """Return what a path means whose moved part is at `[start, end)`."""
        spot = self._python.spot(start) if self._python is not None else None
        kind = spot.kind if spot is not None else self._kind
        line = self._line(start)
        if re.search(rb"\\[^\\.]", self._content[start:end]):  # vendor\shop\orders.py
            line = re.sub(r"\\+", "/", line)
        rest = self._content[end : end + 300].decode(errors="replace")
        return Verdict(*self._paths.judge(self._said(start, end), line, rest, kind))

    def is_code(self, offset: int) -> bool:
        """Return whether a place is Python code, and neither a string nor a comment."""
        return self._python is not None and self._python.spot(offset) is None

    def read_silently(self, start: int) -> str:
        """Return a call by which a text may be compared with a module's name, "" for none.

        Nothing fails if that finds no equal name.
        """
        spot = self._python.spot(start) if self._python is not None else None
        if spot is None or spot.kind != "string":
            return ""
        return self._uses.read_silently(spot)

    def dotted(self, start: int, end: int) -> Verdict:
        """Return what a name means whose known part is at `[start, end)`."""
        return self._dotted(start, end) or Verdict(NameClass.IS_NOT, "is a word like any other")

    def _dotted(self, start: int, end: int) -> Verdict | None:
        known = self._said(start, end)
        rest = _REST.match(self._content, end)
        stop = rest.end() if rest is not None else end
        name = NamedInText(known, self._said(start, stop), self._attribute(stop))
        spot = self._python.spot(start) if self._python is not None else None
        kind = spot.kind if spot is not None else self._kind
        is_called = self._content[stop : stop + 1] == b"("  # the function itself, by its place
        if name.whole in self._tree.pinned and not is_called and not self._uses.takes_target(spot):
            return Verdict(NameClass.IS_NOT, "is pinned: a task keeps this name")
        line = self._line(start)
        after = self._content[stop : stop + 200].decode(errors="replace").split("\n")[0]
        # ["-m",
        #  "shop.orders"]
        beside = f'{line.strip()}"{spot.option}", "' if spot is not None and spot.option else line
        for row in table.texts():
            if self._fits(row, name, kind, line, after) or (
                beside is not line and self._fits(row, name, kind, beside, after)
            ):
                return Verdict(row.means, row.why)
        if line.endswith("/") or (after.startswith("/") and kind != "ignore"):
            return Verdict(NameClass.IS_NOT, "is a part of a path or of an address")
        if spot is not None and spot.kind == "string":
            return self._strings.judge(name, spot, start, stop)
        if self._python is not None and spot is None:
            return Verdict(NameClass.IS_NOT, "is code")
        return self._texts.judge(name, kind, line, after, start)

    def _fits(self, row: Row, name: NamedInText, kind: str, line: str, after: str) -> bool:
        if name.is_word and not row.words and row.means is NameClass.MODULE:
            return False
        if row.kinds and kind not in row.kinds:
            return False
        if row.needs == "attribute" and not (
            self._tree.resolves(name.asked) and (name.attribute or not name.is_word)
        ):
            return False
        if row.before is not None and not row.before.search(line):
            return False
        return row.after is None or row.after.match(after) is not None

    def _attribute(self, stop: int) -> str:
        found = _ATTRIBUTE.match(self._content, stop)
        return found[1].decode() if found is not None else ""

    def _line(self, start: int) -> str:
        """The text before a place on its line."""
        begin = max(self._content.rfind(b"\n", 0, start) + 1, start - 300)
        return self._content[begin:start].decode(errors="replace")

    def _said(self, start: int, end: int) -> str:
        r"""The text without escapes: `a\.b` is a.b, `a\b.py` is a/b.py."""
        text = self._content[start:end].decode(errors="replace")
        return re.sub(r"\\+", "/", re.sub(r"\\{1,2}(?=\.)", "", text))
