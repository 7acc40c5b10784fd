"""Reads of package data, and which files they do not find after the moves.

It covers `importlib.resources`, `pkgutil`, `pkg_resources` and loaders that take a package, and the
data files that a module names and does not take with it.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tree_sitter import Node

from reorg_lib.hazards.reading.cached_readings import once
from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.parsed_file import Call, Code

_READERS = {
    **dict.fromkeys(("files", "contents", "resource_listdir"), None),
    **dict.fromkeys(("path", "open_text", "open_binary", "read_text", "read_binary"), 1),
    **dict.fromkeys(("is_resource", "get_data"), 1),
    **dict.fromkeys(("resource_filename", "resource_stream", "resource_string"), 1),
    **dict.fromkeys(("resource_exists", "resource_isdir"), 1),
    "PackageLoader": 1,
}
"""What is called → where the name of the file stands, None where it comes by `/` or not at all."""
OWN_NAMES = ("__package__", "__name__", "__spec__.parent", "__spec__.name")
_HOMES = (
    b"importlib.resources",
    b"importlib_resources",
    b"pkgutil",
    b"pkg_resources",
    b"jinja2",
    b" resources",
)


@once
def reads_that_miss(context: HazardContext) -> list[tuple[DataRead, tuple[str, ...]]]:
    """Return each read of package data, with the files that it does not find after the moves."""
    reads: list[tuple[DataRead, tuple[str, ...]]] = []
    for code in context.python_files(*_HOMES):
        for call in code.calls_of(*_READERS):
            use = _use(code, call, context)
            if use is not None and _is_resource_call(code, call, context):
                found = tuple(_misses(use, context))
                if found:
                    reads.append((use, found))
    return reads


@dataclass(frozen=True, slots=True)
class DataRead:
    """One read: the package as text, its folder before and after, and the file if it is known."""

    code: Code
    call: Call
    package: str
    folder: str
    home: str | None
    file: str | None

    def tracked(self, context: HazardContext) -> tuple[str, ...]:
        """The tracked files that it can mean."""
        start = f"{self.folder}/{self.file}" if self.file else f"{self.folder}/"
        return tuple(
            path
            for path in context.new_paths
            if (path == start or path.startswith(start.rstrip("/") + "/"))
            and not path.endswith(".py")
        )


def _use(code: Code, call: Call, context: HazardContext) -> DataRead | None:
    given = call.argument(0, "package") or call.argument(0, "anchor")
    said, where = code.literal(given), code.text(given) if given is not None else ""
    packages = context.package_of(code.path)
    before: str | None
    after: str | None
    if said is not None:
        before, after = said, context.module_after(said)
    elif packages and where in ("", *OWN_NAMES):
        before, after = packages
    else:
        before = context.imports.resolve(code.path, where) if where else None
        after = context.module_after(before) if before else None
    if before is None or before not in context.new_names:
        return None
    module = context.modules[before]
    if module.blob and not module.is_package:
        before = module.package
        after = after.rpartition(".")[0] if after else None
    folder = context.folder_of(before)
    home = None if after is None else _folder_after(before, folder, after, context)
    return DataRead(code, call, before, folder, home, _file(code, call))


# files("shop") / "a" / "b.json"        files("shop").joinpath("a.json")
def _file(code: Code, call: Call) -> str | None:
    position = _READERS[call.name.rpartition(".")[2]]
    if position is not None:
        return code.literal(call.argument(position, "resource"))
    parts: list[str] = []
    node: Node | None = call.node.parent
    below = call.node
    while node is not None:
        said = None
        if node.type == "binary_operator" and node.child_by_field_name("left") == below:
            said = code.literal(node.child_by_field_name("right"))
        elif node.type == "attribute" and code.text(node).endswith(".joinpath"):
            outer = node.parent
            given = outer.child_by_field_name("arguments") if outer is not None else None
            said = code.literal(given.named_children[0]) if given and given.named_children else None
            node = outer
        if said is None or node is None:
            break
        parts.append(said)
        below, node = node, node.parent
    return "/".join(parts) or None


def _is_resource_call(code: Code, call: Call, context: HazardContext) -> bool:
    origin = context.imports.resolve(code.path, call.name) or call.name
    return origin.startswith(("importlib", "pkgutil.", "pkg_resources.", "jinja2."))


def _misses(use: DataRead, context: HazardContext) -> Iterator[str]:
    for path in use.tracked(context):
        # a package that has no successor is reported by the kind `lost-name`
        if use.home is not None and context.new_paths[path] != use.home + path[len(use.folder) :]:
            yield path


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A module that moves and names, at an offset, a data file beside it that stays."""

    module: str
    file: str
    offset: int


@once
def staying_data(context: HazardContext) -> Mapping[str, list[str]]:
    """Return folder → the non-Python files directly in it that stay where they are."""
    found: dict[str, list[str]] = defaultdict(list)
    for old, new in context.new_paths.items():
        if old == new and not old.endswith(".py"):
            found[posixpath.dirname(old)].append(old)
    return found


@once
def named_and_left(context: HazardContext) -> list[NamedFile]:
    """Return the files that stay in the folder when a module that names them leaves it."""
    named: list[NamedFile] = []
    for path, module in context.by_path.items():
        target = context.new_paths[path]
        folder = posixpath.dirname(path)
        if target is None or target == path or posixpath.dirname(target) == folder:
            continue
        content = context.contents.get(path, b"")
        if module.syntax.anchors or b"resources" in content:
            continue  # read by its place or its package, which has its own rule
        for other in staying_data(context).get(folder, ()):
            name = posixpath.basename(other)
            at = content.find(name.encode())
            if at >= 0 and context.code(path).string_at(at):
                named.append(NamedFile(path, other, at))
    return named


# tests.unit.data in tests/unit/data/, beside the source root src/, becomes tests.data
def _folder_after(before: str, folder: str, after: str, context: HazardContext) -> str:
    """Return the folder of the package `after`, below the root in which `before` is found."""
    old_init = f"{folder}/__init__.py"
    new_init = context.new_paths.get(old_init)
    if new_init is not None and context.new_names.get(before) == after:
        return posixpath.dirname(new_init)
    root = folder.removesuffix(before.replace(".", "/"))
    return root + after.replace(".", "/")
