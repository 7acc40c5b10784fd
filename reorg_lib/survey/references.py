"""Places where text, not code, names a module of the package.

Owns the looking: dotted names and paths in strings, comments and other tracked text. The rewrite
decides anew, and exactly, what becomes of each. Must not know where any module goes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from reorg_lib.model import Module, Reference, Syntax


class ReferenceFinder:
    """Finds names of the package's modules in the bytes of one file after another."""

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
        dotted = re.escape(package)
        folder = re.escape(package.replace(".", "/"))
        self._pattern = re.compile(
            rf"(?<![\w.])(?P<dotted>{dotted}(?!\w)(?:\.\w+)*)"
            rf"|(?<![\w-])(?P<path>(?:{re.escape(prefix)})?{folder}(?![\w-])(?:/[\w.-]+)*)".encode()
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
            names = self._names if match["dotted"] else self._paths
            separator = "." if match["dotted"] else "/"
            known = _longest(match.group().decode(errors="replace"), separator, names)
            if known is not None:
                line += content.count(b"\n", counted, match.start())
                counted = match.start()
                yield Reference(
                    path=path,
                    line=line,
                    start=match.start(),
                    end=match.start() + len(known.encode()),
                    text=known,
                    module=names[known],
                )


def _longest(written: str, separator: str, known: Mapping[str, str]) -> str | None:
    while written and written not in known:
        shorter = written.rstrip(".-")  # the full stop of a sentence
        written = shorter if shorter != written else written.rpartition(separator)[0]
    return written or None
