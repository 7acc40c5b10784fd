"""Places where text, not code, names a module of the package.

It finds dotted names and paths in strings, comments and other tracked text. The rewriter decides
later, and exactly, what becomes of each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from reorg_lib.model import Module, Reference, Syntax

_WORD = re.compile(rb"[\w-]")


class ReferenceFinder:
    """Finds names of the package's modules in the bytes of files."""

    def __init__(self, modules: Iterable[Module], package: str, source_root: str) -> None:
        members = [m for m in modules if f"{m.name}.".startswith(f"{package}.")]
        self._names = {module.name: module.name for module in members}
        self._paths: dict[str, str] = {}
        prefix = "" if source_root == "." else f"{source_root}/"
        for module in members:
            written = [module.path]
            if module.is_package:
                written.append(module.path.removesuffix("/__init__.py"))
            for path in written:
                self._paths[path] = self._paths[path.removeprefix(prefix)] = module.name
        # the first word comes before the lookbehind: a search for a literal is fast
        head, *rest = package.split(".")
        dotted, folder = ("".join(f"{sign}{word}" for word in rest) for sign in (r"\.", "/"))
        end = r"(?!\w)" if rest else r"(?![\w/])"  # a package of one word may begin a path
        self._prefix = prefix.encode()
        self._pattern = re.compile(
            rf"{head}(?:(?P<dotted>(?<![\w.]{head}){dotted}{end}(?:\.\w+)*)"
            rf"|(?<![\w-]{head}){folder}(?![\w-])(?:/[\w.-]+)*)".encode()
        )

    def find(self, path: str, content: bytes, syntax: Syntax | None) -> Iterator[Reference]:
        """Yield each reference in a file; with `syntax`, only those in its strings and comments."""
        starts = [start for start, _ in syntax.texts] if syntax is not None else []
        line, counted = 1, 0
        for match in self._pattern.finditer(content):
            if syntax is not None:
                at = bisect_right(starts, match.start()) - 1
                if at < 0 or match.end() > syntax.texts[at][1]:
                    continue
            is_dotted = match["dotted"] is not None
            names = self._names if is_dotted else self._paths
            start = match.start() if is_dotted else self._start(content, match.start())
            written = content[start : match.end()].decode(errors="replace")
            known = _longest(written, "." if is_dotted else "/", names)
            if known is not None:
                line += content.count(b"\n", counted, start)
                counted = start
                yield Reference(
                    path=path,
                    line=line,
                    start=start,
                    end=start + len(known.encode()),
                    text=known,
                    module=names[known],
                )

    def _start(self, content: bytes, at: int) -> int:
        """Return where a path begins, which may be written with its source root or without."""
        start = at - len(self._prefix)
        own = content[max(start, 0) : at] == self._prefix
        return start if own and not _WORD.match(content, start - 1, start) else at


def _longest(written: str, separator: str, known: Mapping[str, str]) -> str | None:
    while written and written not in known:
        shorter = written.rstrip(".-")  # the full stop of a sentence
        written = shorter if shorter != written else written.rpartition(separator)[0]
    return written or None
