"""Names in text: strings, comments, docstrings, and files that are not Python.

Owns which words of a text name a moved module, folder or file, dotted or as a path. A dotted
name counts only from its first segment on and only where a prefix of it really is a module; a
path counts from the repository's root, the source root or the surveyed package's folder. Must not
look at code: the caller says which spans are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import libcst as cst

from reorg_lib.errors import RewriteError
from reorg_lib.model import Edit, Scope
from reorg_lib.rewrite.imports import Importer, rewrite_import
from reorg_lib.rewrite.renaming import NameMap

NAMED_IN_TEXT = "named in text"
"""Why an edit of this room is made."""

_WORD = rb"[A-Za-z0-9_\x80-\xff]"
# a name may follow an escape: "\\tapp.db", but not be the tail of a longer one
_BORDER = rb"(?:(?<![\w.\x80-\xff])|(?<=(?<!\\)\\[abfnrtv]))"
_ABOVE = re.compile(rb"[\w-]/\Z")


@dataclass(frozen=True, slots=True, order=True)
class StaleName:
    """A name that is an old one and stays: it has no one successor, or `why` says the reason."""

    start: int
    end: int
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class TextRenamer:
    """Finds the names in texts and says what they become. Make one with `text_renamer`.

    Whatever it finds begins with one of `heads`.
    """

    names: NameMap
    paths: Mapping[str, str | None]
    dotted: re.Pattern[bytes]
    imports: re.Pattern[bytes]
    path: re.Pattern[bytes]
    folder: str
    heads: tuple[bytes, ...]

    def edits(self, source: bytes, start: int, end: int) -> Iterator[Edit | StaleName]:
        """Yield what to change in `source[start:end]`, in order and without overlap."""
        if all(source.find(head, start, end) < 0 for head in self.heads):
            return
        free = start
        found = sorted(
            [
                *self._each(self.imports, self._import, source, start, end),
                *self._each(self.dotted, self._name, source, start, end),
                *self._each(self.path, self._path, source, start, end),
            ],
            key=lambda item: (item.start, -item.end),
        )
        for item in found:
            if item.start >= free:
                yield item
                free = item.end

    def _each(
        self,
        pattern: re.Pattern[bytes],
        change: Callable[[re.Match[bytes]], tuple[int, str | None] | None],
        source: bytes,
        start: int,
        end: int,
    ) -> Iterator[Edit | StaleName]:
        for match in pattern.finditer(source, start, end):
            answer = change(match)
            if answer is None:
                continue
            length, new = answer
            old = match.group()[:length]
            if new is None:
                text = old.decode(errors="replace")
                yield StaleName(match.start(), match.start() + length, text)
            elif new.encode() != old:
                at = match.start()
                yield Edit(at, at + length, old, new.encode(), NAMED_IN_TEXT)

    def _name(self, match: re.Match[bytes]) -> tuple[int, str | None] | None:
        dotted = match.group().decode(errors="replace")
        known = self.names.known(dotted)
        if known is None:
            return None
        return len(known.encode()), self.names.modules[known]

    # >>> from a.b import c, D
    def _import(self, match: re.Match[bytes]) -> tuple[int, str | None] | None:
        code = match.group().decode(errors="replace").rstrip(", \t")
        base = code.split()[1]
        if base not in self.names.modules:
            return None
        try:
            statements = rewrite_import(code, Importer("", ""), self.names)
        except (RewriteError, cst.ParserSyntaxError, cst.CSTValidationError):
            return None
        return len(code.encode()), "; ".join(statements)

    def _path(self, match: re.Match[bytes]) -> tuple[int, str | None] | None:
        path = match.group().decode(errors="replace").rstrip("./")
        at = match.start()
        if path.split("/")[0] == self.folder and _ABOVE.search(match.string, max(0, at - 2), at):
            return None  # other/infra/db.py is not our infra/db.py
        while path:
            if path in self.paths:
                return len(path.encode()), self.paths[path]
            path = path.rpartition("/")[0]
        return None


def text_renamer(
    scope: Scope, names: NameMap, paths: Iterable[tuple[str, str | None]]
) -> TextRenamer:
    """Return the renamer for one plan.

    Args:
        scope: says where the source root and the surveyed package lie.
        names: the module names before and after.
        paths: pairs of old path and new path (None: gone), files and folders.
    """
    roots = {name.split(".")[0] for name in (r.old for r in names.changed())}
    roots |= {name.split(".")[0] for name in names.gone()}
    spelled: dict[str, str | None] = {}
    for old, new in sorted(paths):
        for prefix in path_prefixes(scope):
            if old.startswith(prefix):
                inside = new is not None and new.startswith(prefix)
                short = new[len(prefix) :] if new is not None and inside else None
                if new is None or inside:
                    spelled[old[len(prefix) :]] = short
    heads = {path.split("/")[0] for path in spelled}
    root, head = _any_of(roots), _any_of(heads)
    # a module may stand behind "@", ":" or "/" but is never the tail of a longer dotted name
    dotted = _BORDER + root + rb"(?:\." + _WORD + rb"+)+"
    name = _WORD + rb"+(?:[ \t]+as[ \t]+" + _WORD + rb"+)?"
    imports = (
        rb"(?:\b|(?<=(?<!\\)\\[nrt]))from[ \t]+" + root + rb"(?:\." + _WORD + rb"+)*"
        rb"[ \t]+import[ \t]+"
        rb"" + name + rb"(?:[ \t]*,[ \t]*" + name + rb")*"
    )
    path = rb"(?<![\w.\x80-\xff-])" + head + rb"(?:/[A-Za-z0-9_.\x80-\xff-]+)+"
    return TextRenamer(
        names=names,
        paths=spelled,
        dotted=re.compile(dotted),
        imports=re.compile(imports),
        path=re.compile(path),
        folder=scope.package.rpartition(".")[2],
        heads=tuple(sorted(word.encode() for word in roots | heads)),
    )


def path_prefixes(scope: Scope) -> tuple[str, ...]:
    """What may be missing in front of a path: nothing, the source root, the package's parents."""
    root = "" if scope.source_root == "." else scope.source_root + "/"
    parents = scope.package.split(".")[:-1]
    above = root + "".join(f"{parent}/" for parent in parents)
    return tuple(sorted({"", root, above}, key=len))


def _any_of(words: Iterable[str]) -> bytes:
    alternatives = b"|".join(re.escape(word.encode()) for word in sorted(words))
    return b"(?:" + (alternatives or b"(?!)") + b")"
