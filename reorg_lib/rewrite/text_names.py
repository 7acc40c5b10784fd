"""Names in text: strings, comments, docstrings, and files that are not Python.

It finds the words of a text that name a moved module, folder or file, dotted or as a path, and
their new form; `text_references` decides by the context whether such a word means it. A dotted name
counts only from its first segment on and only if a prefix of it really is a module; a path counts
from the repository's root, the source root or the surveyed package's folder. Code is not looked at:
the caller says which spans are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reorg_lib.errors import RewriteError
from reorg_lib.model import NAMED_IN_TEXT, Edit, NameClass, NameDecision, ReferenceRule, Scope
from reorg_lib.rewrite.import_renaming import Importer, rewrite_import
from reorg_lib.rewrite.name_map import NameMap
from reorg_lib.text_references import Classifier, FileClassifier, is_page

_WORD = rb"[A-Za-z0-9_\x80-\xff]"
# a name may follow an escape, "\\tapp.db", or an option, -papp.db, but not end a longer name
_BORDER = rb"(?:(?<![\w.\x80-\xff])|(?<=(?<!\\)\\[abfnrtv])|(?<=[\s\"'=,\[]-p))"
_ESCAPED = rb"\\{1,2}"


@dataclass(frozen=True, slots=True, order=True)
class StaleName:
    """An old name that stays: it has no single successor, or `why` gives the reason."""

    start: int
    end: int
    text: str
    why: str = ""
    kind: NameClass = NameClass.MODULE


@dataclass(frozen=True, slots=True)
class _Found:
    """A spelling of something that moves, and its new form; None if it has no single successor."""

    start: int
    end: int
    new: bytes | None
    is_path: bool = False
    is_word: bool = False
    is_statement: bool = False


@dataclass(frozen=True, slots=True)
class FileText:
    """One file for the renamer: its bytes, and the classifier of the names in it."""

    path: str
    source: bytes
    view: FileClassifier


@dataclass(frozen=True, slots=True)
class TextRenamer:
    """Finds the names in texts and their new forms. Make one with `text_renamer`.

    Every name that it finds begins with one of `heads`.
    """

    names: NameMap
    paths: Mapping[str, str | None]
    dotted: re.Pattern[bytes]
    escaped: re.Pattern[bytes]
    imports: re.Pattern[bytes]
    path: re.Pattern[bytes]
    heads: tuple[bytes, ...]
    judge: Classifier
    rules: Sequence[ReferenceRule] = ()

    def text_of(self, path: str, source: bytes) -> FileText:
        """Return a file to find names in."""
        return FileText(path, source, self.judge.view(path, source))

    def edits(self, file: FileText, start: int, end: int) -> Iterator[Edit | StaleName]:
        """Yield the edits of the names in a span of a file, in order and without overlap."""
        source = file.source
        if all(source.find(head, start, end) < 0 for head in self.heads):
            return
        free = start
        found = sorted(
            [
                *filter(None, map(self._import, self.imports.finditer(source, start, end))),
                *filter(None, map(self._name, self.dotted.finditer(source, start, end))),
                *filter(None, map(self._escaped, self.escaped.finditer(source, start, end))),
                *filter(None, map(self._path, self.path.finditer(source, start, end))),
            ],
            key=lambda item: (item.start, -item.end),
        )
        for item in found:
            if item.start >= free and (said := self._judged(item, file)) is not None:
                yield said
                free = item.end

    def _judged(self, found: _Found, file: FileText) -> Edit | StaleName | None:
        old = file.source[found.start : found.end]
        if found.new == old:
            return None
        text = old.decode(errors="replace")
        judge = file.view.path if found.is_path else file.view.dotted
        kind, why = NameClass.MODULE, ""
        if not found.is_statement:
            verdict = judge(found.start, found.end)
            kind, why = verdict.kind, verdict.why
        if kind is NameClass.IS_NOT and is_page(file.path, text, self.paths):
            kind = NameClass.MODULE
        line = file.source.count(b"\n", 0, found.start) + 1
        for rule in self.rules:
            if rule.covers(file.path, line, text):
                rewrites = rule.decision is NameDecision.REWRITE
                kind = NameClass.MODULE if rewrites else NameClass.IS_NOT
                why = "the plan says so"
        if found.is_word and kind is NameClass.IS_NOT:
            return None  # a word like any other
        if kind is not NameClass.MODULE:
            return StaleName(found.start, found.end, text, why, kind)
        if found.new is None:
            return StaleName(found.start, found.end, text)
        context = why or "is imported here"
        return Edit(found.start, found.end, old, found.new, NAMED_IN_TEXT, context)

    def _name(self, match: re.Match[bytes]) -> _Found | None:
        known = self.names.known(match.group().decode(errors="replace"))
        if known is None:
            return None
        new = self.names.modules[known]
        end = match.start() + len(known.encode())
        return _Found(match.start(), end, new.encode() if new else None, is_word="." not in known)

    # ^app\.db\.engine$        app/db/engine\.py        app\\db\\engine.py
    def _escaped(self, match: re.Match[bytes]) -> _Found | None:
        written = match.group().decode(errors="replace")
        sign = re.search(r"\\+", written)
        if sign is None:  # app/bin\n: the text after the backslash is not part of the name
            return None
        slashed = written.replace("\\", "")
        if "/" not in slashed and f"{sign.group()}." in written:
            known = self.names.known(slashed)
            new = self.names.modules[known] if known else None
            if known is not None and "." in known and new is not None:
                length = len(known.replace(".", f"{sign.group()}."))
                after = new.replace(".", f"{sign.group()}.")
                return _Found(match.start(), match.start() + length, after.encode())
        windows = re.sub(r"\\+", "/", written)
        for path, back in ((slashed, "."), (windows, "/")):
            new = self.paths.get(path)
            if new is not None and "." in path:
                after = new.replace(back, sign.group() + ("." if back == "." else ""))
                return _Found(match.start(), match.end(), after.encode(), is_path=True)
        return None

    # >>> from a.b import c, D
    def _import(self, match: re.Match[bytes]) -> _Found | None:
        code = match.group().decode(errors="replace").rstrip(", \t")
        base = code.split()[1]
        if base not in self.names.modules or ("." not in base and not self._takes(base, code)):
            return None
        try:
            statements = rewrite_import(code, Importer("", ""), self.names)
        except RewriteError:
            return None
        new = "; ".join(statements).encode()
        end = match.start() + len(code.encode())
        return _Found(match.start(), end, new, is_statement=True)

    def _takes(self, module: str, code: str) -> bool:
        """Whether a module of one word has the name that a text seems to import from it."""
        names = code.partition("import")[2].split(",")
        return all(self.judge.tree.resolves(f"{module}.{name.split()[0]}") for name in names)

    def _path(self, match: re.Match[bytes]) -> _Found | None:
        path = match.group().decode(errors="replace").rstrip("./")
        at = match.start()
        handler = self._handler(match, path)
        if handler is not None:
            return handler
        while path:
            if path in self.paths:
                new = self.paths[path]
                end = at + len(path.encode())
                after = new.encode() if new is not None else None
                is_word = "/" not in path and "." not in path
                return _Found(at, end, after, is_path=True, is_word=is_word)
            path = path.rpartition("/")[0]
        return None

    # handler: app/db.main        the file app/db.py, and a function in it
    def _handler(self, match: re.Match[bytes], path: str) -> _Found | None:
        stem, dot, attribute = path.rpartition(".")
        new = self.paths.get(f"{stem}.py")
        name = stem.replace("/", ".")
        if not dot or attribute == "py" or new is None or path in self.paths:
            return None
        if not self.judge.tree.resolves(f"{name}.{attribute}"):
            return None
        end = match.start() + len(stem.encode())
        return _Found(match.start(), end, new.removesuffix(".py").encode(), is_path=True)


def text_renamer(
    scope: Scope,
    names: NameMap,
    paths: Iterable[tuple[str, str | None]],
    judge: Classifier,
    rules: Sequence[ReferenceRule] = (),
) -> TextRenamer:
    """Return the renamer for one plan.

    Args:
        scope: gives the folders of the source root and the surveyed package.
        names: the module names before and after.
        paths: pairs of old path and new path (None: gone), files and folders.
        judge: returns what a name means at its place.
        rules: decisions of people about names, which take precedence over the judge.
    """
    roots = {name.split(".")[0] for name in (r.old for r in names.changed())}
    roots |= {name.split(".")[0] for name in names.gone()}
    spelled: dict[str, str | None] = {}
    for old, new in sorted(paths):
        for prefix in scope.path_prefixes:
            if old.startswith(prefix):
                inside = new is not None and new.startswith(prefix)
                short = new[len(prefix) :] if new is not None and inside else None
                if new is None or inside:
                    spelled[old[len(prefix) :]] = short
    heads = {path.split("/")[0] for path in spelled}
    files = {path for path in spelled if "/" not in path and "." in path}
    folders = {path for path in spelled if "/" not in path and "." not in path}
    root, head = _any_of(roots), _any_of(heads - files)
    # a module may come after "@", ":" or "/" but is never the end of a longer dotted name
    dotted = _BORDER + root + rb"(?:\." + _WORD + rb"+)*(?!" + _WORD + rb")"
    escaped = (
        rb"(?<![\w.\x80-\xff-])" + _any_of(roots | (heads - files))
        + rb"(?=[\w/-]*" + _ESCAPED + rb")(?:(?:" + _ESCAPED + rb"\.?|/)[\w-]+|\.py(?!\w))+"
    )  # fmt: skip
    name = _WORD + rb"+(?:[ \t]+as[ \t]+" + _WORD + rb"+)?"
    imports = (
        rb"(?:\b|(?<=(?<!\\)\\[nrt]))from[ \t]+" + root + rb"(?:\." + _WORD + rb"+)*"
        rb"[ \t]+import[ \t]+"
        rb"" + name + rb"(?:[ \t]*,[ \t]*" + name + rb")*"
    )
    path = (
        rb"(?<![\w.\x80-\xff-])(?:" + head + rb"(?:/[A-Za-z0-9_.\x80-\xff-]+)+"
        rb"|" + _any_of(files) + rb"(?![\w/-])|" + _any_of(folders) + rb"(?![\w.-]|/\w))"
    )
    return TextRenamer(
        names=names,
        paths=spelled,
        dotted=re.compile(dotted),
        escaped=re.compile(escaped),
        imports=re.compile(imports),
        path=re.compile(path),
        heads=tuple(sorted(word.encode() for word in roots | heads)),
        judge=judge,
        rules=rules,
    )


def _any_of(words: Iterable[str]) -> bytes:
    alternatives = b"|".join(re.escape(word.encode()) for word in sorted(words))
    return b"(?:" + (alternatives or b"(?!)") + b")"
