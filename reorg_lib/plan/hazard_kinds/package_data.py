"""Files that are no modules, and the modules that read them.

`importlib.resources.files("shop.infra.old") / "rows.json"` is renamed as text to the package's new
name, which says nothing about where `rows.json` goes. A file that all modules of its folder leave
behind is told as well: nobody may find it there again.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from reorg_lib.model import Hazard
from reorg_lib.plan.aftermath import has_code
from reorg_lib.plan.hazard_kinds.code import Call, Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed, note
from reorg_lib.survey.names import path_name

KIND, LEFT = "package-data", "data-left"
_READERS = {
    **dict.fromkeys(("files", "contents", "resource_listdir"), None),
    **dict.fromkeys(("path", "open_text", "open_binary", "read_text", "read_binary"), 1),
    **dict.fromkeys(("is_resource", "get_data"), 1),
    **dict.fromkeys(("resource_filename", "resource_stream", "resource_string"), 1),
    **dict.fromkeys(("resource_exists", "resource_isdir"), 1),
    "PackageLoader": 1,
}
"""What is called → where the name of the file stands, None where it comes by `/` or not at all."""
_OWN = ("__package__", "__name__", "__spec__.parent", "__spec__.name")
_HOMES = (
    b"importlib.resources",
    b"importlib_resources",
    b"pkgutil",
    b"pkg_resources",
    b"jinja2",
    b" resources",
)


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield reads of package data that miss it after the moves, and data without its modules."""
    missed: set[str] = set()
    for code in ground.python(*_HOMES):
        for call in code.calls_of(*_READERS):
            use = _use(code, call, ground)
            if use is not None and _is_resource_call(code, call, ground):
                found = tuple(_misses(use, ground))
                missed.update(found)
                if found:
                    yield _missing(use, found, ground)
    yield from _named_and_left(ground, missed)
    yield from _left_alone(ground, missed)


@dataclass(frozen=True, slots=True)
class _Use:
    """One read: the package as text, its folder before and after, and the file if it is said."""

    code: Code
    call: Call
    package: str
    folder: str
    home: str | None
    file: str | None

    def tracked(self, ground: Ground) -> tuple[str, ...]:
        """The tracked files that it can mean."""
        start = f"{self.folder}/{self.file}" if self.file else f"{self.folder}/"
        return tuple(
            path
            for path in ground.fate
            if (path == start or path.startswith(start.rstrip("/") + "/"))
            and not path.endswith(".py")
        )


def _use(code: Code, call: Call, ground: Ground) -> _Use | None:
    given = call.argument(0, "package") or call.argument(0, "anchor")
    said, where = code.literal(given), code.text(given) if given is not None else ""
    packages = ground.package_of(code.path)
    before: str | None
    after: str | None
    if said is not None:
        before, after = said, ground.module_after(said)
    elif packages and where in ("", *_OWN):
        before, after = packages
    else:
        before = ground.origin(code.path, where) if where else None
        after = ground.module_after(before) if before else None
    if before is None or before not in ground.names:
        return None
    module = ground.modules[before]
    if module.blob and not module.is_package:
        before = module.package
        after = after.rpartition(".")[0] if after else None
    folder = _folder(before, ground)
    home = None if after is None else _folder_after(before, folder, after, ground)
    return _Use(code, call, before, folder, home, _file(code, call))


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


def _is_resource_call(code: Code, call: Call, ground: Ground) -> bool:
    origin = ground.origin(code.path, call.name) or call.name
    return origin.startswith(("importlib", "pkgutil.", "pkg_resources.", "jinja2."))


def _misses(use: _Use, ground: Ground) -> Iterator[str]:
    for path in use.tracked(ground):
        # a package that has no successor is told by the kind `lost-name`
        if use.home is not None and ground.fate[path] != use.home + path[len(use.folder) :]:
            yield path


def _missing(use: _Use, missed: tuple[str, ...], ground: Ground) -> Hazard:
    verb = "lie" if len(missed) > 1 else "lies"
    places = listed(dict.fromkeys(ground.fate[path] or "nowhere" for path in missed))
    told = (
        f"which will be {use.home}/; {listed(missed)} {verb} then at {places}: move data and "
        "package to the same place"
    )
    given, package = use.call.argument(0, "package"), _keeper(use, ground) or _taker(use, ground)
    if given is not None and package and _is_free(use, given, ground):
        span, fix = (given.start_byte, given.end_byte), f'"{package}"'
    else:
        span, fix = (0, 0), None
    return hazard(
        KIND,
        use.code.path,
        use.code.line(use.call.node),
        f"`{use.code.text(use.call.node)}` reads from {use.folder}/, {told}"
        + (f", or read it from {package}" if fix else ""),
        span=span,
        fix=fix,
    )


def _keeper(use: _Use, ground: Ground) -> str | None:
    """The package that the data is in before the moves, where it stays there with all of it."""
    module = ground.modules[use.package]
    stays = module.blob and ground.names[use.package] == use.package
    kept = all(ground.fate[path] == path for path in use.tracked(ground))
    return use.package if stays and kept else None


def _taker(use: _Use, ground: Ground) -> str | None:
    """The one package that all of the data goes to, each file as deep below it as before."""
    homes = set()
    for path in use.tracked(ground):
        target, tail = ground.fate[path], path[len(use.folder) :]
        homes.add(target.removesuffix(tail) if target and target.endswith(tail) else None)
    home = homes.pop() if len(homes) == 1 else None
    if home is None or f"{home}/__init__.py" not in ground.after:
        return None
    return path_name(f"{home}/__init__.py", ground.survey.source_root)


def _is_free(use: _Use, given: Node, ground: Ground) -> bool:
    """Whether no other edit changes the argument: it names no package, or one that stays."""
    return use.code.text(given) in _OWN or (
        use.code.literal(given) is not None and ground.names[use.package] == use.package
    )


def _named_and_left(ground: Ground, missed: set[str]) -> Iterator[Hazard]:
    """A module that goes, a file beside it that does not, and the file's name in the module."""
    for path, module in ground.by_path.items():
        target = ground.fate[path]
        folder = path.rpartition("/")[0]
        if target is None or target == path or target.rpartition("/")[0] == folder:
            continue
        if module.syntax.anchors or b"resources" in ground.contents.get(path, b""):
            continue  # read by its place or its package, which has its own rule
        content = ground.contents.get(path, b"")
        for other in ground.fate:
            name = other.rpartition("/")[2]
            if other.rpartition("/")[0] != folder or name.endswith(".py") or other in missed:
                continue
            at = content.find(name.encode())
            if at >= 0 and ground.fate[other] == other and ground.code(path).string_at(at):
                line = content.count(b"\n", 0, at) + 1
                missed.add(other)
                yield hazard(
                    KIND,
                    path,
                    line,
                    f'names "{name}", which lies beside it in {folder}/ and stays there, while '
                    f"the module goes to {target}: move it along if it is read from there",
                )


def _left_alone(ground: Ground, missed: set[str]) -> Iterator[Hazard]:
    """Data in a folder that all modules leave: one note for a folder."""
    left: dict[str, list[str]] = defaultdict(list)
    python_after = {
        path.rpartition("/")[0]
        for path in ground.after
        if path.endswith(".py")
        and not ((old := ground.by_path.get(path)) and old.is_package and not has_code(old))
    }
    gone = {
        path.rpartition("/")[0]
        for path in ground.by_path
        if ground.fate[path] != path and path.rpartition("/")[0] not in python_after
    }
    # a module that reads beside itself: the kind `file-anchor` has told it
    gone -= {
        posixpath.dirname(path)
        for path, module in ground.by_path.items()
        if any(anchor.climbs in (0, 1, None) for anchor in module.syntax.anchors)
    }
    for path, target in ground.fate.items():
        folder = posixpath.dirname(path)
        if folder in gone and target == path and path not in missed and not path.endswith(".py"):
            left[folder].append(path)
    for folder, paths in left.items():
        yield note(
            LEFT,
            sorted(paths)[0],
            1,
            f"{listed(sorted(paths))} {'stay' if len(paths) > 1 else 'stays'} in {folder}/, which "
            "all modules leave: move what belongs to them",
        )


def _folder(package: str, ground: Ground) -> str:
    module = ground.modules[package]
    return posixpath.dirname(module.path) if module.blob else module.path


# tests.unit.data in tests/unit/data/, beside the source root src/, becomes tests.data
def _folder_after(before: str, folder: str, after: str, ground: Ground) -> str:
    """Return where the package `after` lies, seen from the root that `before` is found below."""
    old_init = f"{folder}/__init__.py"
    new_init = ground.fate.get(old_init)
    if new_init is not None and ground.names.get(before) == after:
        return posixpath.dirname(new_init)
    root = folder.removesuffix(before.replace(".", "/"))
    return root + after.replace(".", "/")
