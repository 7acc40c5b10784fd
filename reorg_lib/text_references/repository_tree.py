"""What a repository contains, as far as a name in a text can mean it.

It answers "is this the name of a module, or of something in one?" and "does this path exist?".
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reorg_lib.text_references.file_flow import Flow
from reorg_lib.text_references.name_flow import flow_of

_PINNED = re.compile(
    rb"@(?:[\w.]+\.)?(?:task|shared_task|periodic_task|actor)\("
    rb"[^()]*?\b(?:name|actor_name)\s*=\s*[\"']([\w.]+)[\"']"
)
_OPEN = re.compile(
    rb"^from[ \t]+[\w.]+[ \t]+import[ \t]+\*|^(?:def[ \t]+)?__getattr__\b|\bglobals\(\)", re.M
)
_STAR = re.compile(rb"import[ \t]+\*")


@dataclass(frozen=True, slots=True)
class RepositoryTree:
    """The modules, paths and pinned names of a repository before the moves.

    `modules` maps each module and package to the names that it binds. The `open` ones bind more
    than the code shows. `paths` are the tracked files and their folders. `pinned` are the names
    that tasks keep wherever their functions go; `roots` is what a path may leave out at its start;
    `sources` are the Python files, path → bytes, whose flow of names is read when it is needed.
    """

    modules: Mapping[str, frozenset[str]]
    open: frozenset[str]
    paths: frozenset[str]
    pinned: frozenset[str] = frozenset()
    roots: tuple[str, ...] = ("",)
    sources: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def flow(self) -> Flow:
        """What the code does with names of modules."""
        return flow_of(self.sources)

    def resolves(self, dotted: str) -> bool:
        """Return whether a dotted name is a module, or something that a module binds."""
        known, tail = self.split(dotted)
        if known is None:
            return False
        first = tail.split(".")[0]
        return not first or first in self.modules[known] or known in self.open

    def split(self, dotted: str) -> tuple[str | None, str]:
        """Return the longest prefix that is a module, and the part after it."""
        known = dotted
        while known and known not in self.modules:
            known = known.rpartition(".")[0]
        return (known or None), dotted[len(known) + 1 :]

    def is_path(self, path: str) -> bool:
        """Return whether a tracked file or folder has this path, which may leave out a root."""
        return any(root + path in self.paths for root in self.roots)

    def below_another(self, path: str) -> bool:
        """Return whether some file or folder has this path below another folder."""
        return any(found.endswith(f"/{path}") for found in self.paths)

    def named(self, name: str) -> int:
        """Return how many tracked files have a file name."""
        return sum(1 for p in self.paths if p == name or p.endswith(f"/{name}"))


def read_repository_tree(
    modules: Mapping[str, frozenset[str]],
    contents: Mapping[str, bytes],
    paths: Iterable[str],
    roots: Iterable[str] = ("",),
    sources: Mapping[str, bytes] | None = None,
) -> RepositoryTree:
    """Return the tree of a repository.

    Args:
        modules: module name → the names that it binds at its top level.
        contents: module name → its source.
        paths: the tracked files.
        roots: what a path in a text may leave out at its start.
        sources: path → bytes of the Python files; without them their flow is unknown.
    """
    files = list(paths)
    folders: set[str] = set()
    for path in files:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return RepositoryTree(
        modules=modules,
        open=frozenset(
            name
            for name, bound in modules.items()
            if "*" in bound or _is_open(contents.get(name, b""))
        ),
        paths=frozenset((*files, *folders)),
        pinned=frozenset(pinned_names((sources or contents).values())),
        roots=tuple(roots),
        sources=sources or {},
    )


def _is_open(source: bytes) -> bool:
    """Return whether a module binds more than the code shows; a plain search decides most."""
    if b"__getattr__" in source or b"globals()" in source or _STAR.search(source):
        return _OPEN.search(source) is not None
    return False


def is_page(path: str, name: str, pages: Collection[str]) -> bool:
    """Return whether a document at `path` can name one of the `pages` beside it just by `name`.

    >>> is_page("docs/modules.rst", "shop.orders", {"docs/shop.orders.rst"})
    True
    """
    stem = posixpath.join(posixpath.dirname(path), name)
    suffix = posixpath.splitext(path)[1]
    return suffix in (".rst", ".md") and f"{stem}{suffix}" in pages


def pinned_names(sources: Iterable[bytes]) -> Iterator[str]:
    """Yield the names that decorators give to tasks.

    >>> # @shared_task(name="shop.tasks.add")
    """
    for source in sources:
        if b"task(" in source or b"actor(" in source:
            yield from (match[1].decode() for match in _PINNED.finditer(source))
