"""Names that two things share, one after the other or at once.

A name that one module gives up and another takes (swap, chain) still imports, and gives the other
module; names that differ in case only are one name for some file systems; a second source root is
a second name for every module below it, which is told where no rewrite knows it.
"""

from __future__ import annotations

import posixpath
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping

from reorg_lib.model import Hazard, ImportStatement, Module, Severity
from reorg_lib.plan.aftermath import folders
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed, note
from reorg_lib.survey.names import path_name
from reorg_lib.survey.roots import named_from, own_tops

HANDED_ON, CASE, SHADOWED = "name-handed-on", "case-rename", "shadowed-name"
SECOND, TESTS, NAMESPACE = "second-name", "same-test-name", "namespace-folder"
_PYTHONPATH = re.compile(rb"PYTHONPATH[\"']?\s*[=:]\s*[\"']?([\w./:${}-]+)")
_SYS_PATH = re.compile(rb"sys\.path\.(?:insert\(\s*0\s*,|append\()\s*([^\n]*)")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the names that mean two things."""
    yield from _handed_on(ground)
    yield from _case_only(ground)
    yield from _shadowed(ground)
    yield from _second_names(ground)
    yield from _test_files(ground)
    yield from _namespace_folders(ground)


def _handed_on(ground: Ground) -> Iterator[Hazard]:
    """Swaps and chains, told once."""
    moves = {m.source: m.target for m in ground.plan.approved_moves() if m.target.endswith(".py")}
    taken = [(s, t) for s, t in moves.items() if t in moves and s.casefold() != t.casefold()]
    if taken:
        pairs = listed(f"{t} (now {s})" for s, t in sorted(taken))
        yield note(
            HANDED_ON,
            min(taken)[0],
            1,
            f"another module takes over a path that stays in use: {pairs}; branches and notes that "
            "use the old name still import something, and it is the other module",
        )


def _case_only(ground: Ground) -> Iterator[Hazard]:
    found = [
        (m.source, m.target)
        for m in ground.plan.approved_moves()
        if m.source != m.target and m.source.casefold() == m.target.casefold()
    ]
    if found:
        pairs = listed(f"{s} to {posixpath.basename(t)}" for s, t in sorted(found))
        yield note(
            CASE,
            min(found)[0],
            1,
            f"only the case changes: {pairs}; checkouts on a case-insensitive file system may "
            "keep the old spelling until they are made anew",
        )


def _shadowed(ground: Ground) -> Iterator[Hazard]:
    before = {name.partition(".")[0] for name in ground.names}
    for old, new in ground.names.items():
        head = (new or "").partition(".")[0]
        if head and head not in before and head in sys.stdlib_module_names:
            yield hazard(
                SHADOWED,
                ground.modules[old].path,
                1,
                f"becomes {new}, and a module of the standard library is called {head}: every "
                "`import " + head + "` would reach this one; choose another name",
            )


# sys.path.insert(0, ".../server/app")     import db     where app.db is the module that moves
def _second_names(ground: Ground) -> Iterator[Hazard]:
    own = "" if ground.survey.source_root == "." else ground.survey.source_root
    roots = {r for r in _roots(ground) if r != own} | ({""} if own else set())
    second: dict[str, tuple[str, str]] = {}
    renamed = _renamed_tops(ground) if roots else {}
    for root in roots:
        for path, module in ground.by_path.items():
            name, target = path_name(path, root or "."), ground.fate[path]
            if name and name.partition(".")[0] in renamed.get(root or ".", ()):
                continue
            if name and ground.names[module.name] != module.name and name not in ground.names:
                second[name] = module.name, path_name(target or "", root or ".") or ""
    if not second:
        return
    for module in ground.files.values():
        for statement in module.syntax.imports:
            written = [n.name for n in statement.names]
            if statement.is_from:
                whole = [f"{statement.module}.{name}" for name in written]
                written = [w if w in second else statement.module for w in whole]
            for name in () if statement.level else dict.fromkeys(written):
                if name in second:
                    yield _second_name(name, *second[name], module, statement, ground)


def _renamed_tops(ground: Ground) -> Mapping[str, frozenset[str]]:
    """Return root → the top-level names below it whose imports are rewritten."""
    others = (named_from(ground.survey, root) for root in ground.roots.others)
    return own_tops((ground.survey, *others))


def _second_name(
    name: str, known: str, new: str, module: Module, statement: ImportStatement, ground: Ground
) -> Hazard:
    content = ground.contents.get(module.path, b"")
    at = content.find(name.encode(), statement.start, statement.end)
    # from src.shop.orders import f        import src.shop.orders as o
    is_plain = statement.is_from and statement.module == name
    is_plain |= not statement.is_from and all(n.alias for n in statement.names)
    return hazard(
        SECOND,
        module.path,
        statement.line,
        f"imports {name}, a second name of {known} through another folder on the path; its new "
        f"name by that folder is {new or 'nothing'}, and {ground.names[known]} by the source root",
        span=(at, at + len(name)) if at >= 0 else (0, 0),
        fix=new if new and is_plain and at >= 0 else None,
    )


def _roots(ground: Ground) -> Iterator[str]:
    """The folders that settings or code put on the import path, beside the source root."""
    known = {folder for path in ground.fate for folder in folders(path)}
    for path, content in ground.texts():
        here = posixpath.dirname(path)
        if path.endswith("pyproject.toml") and b"pythonpath" in content:
            for entry in _pytest_paths(content):
                yield _normal(posixpath.join(here, entry))
        if path.endswith((".ini", ".cfg")) and (
            match := re.search(rb"^pythonpath\s*=\s*(.+)$", content, re.M)
        ):
            for entry in match[1].decode(errors="replace").split():
                yield _normal(posixpath.join(here, entry))
        for match in _PYTHONPATH.finditer(content):
            for entry in match[1].decode().split(":"):
                inside = [f for f in known if f"/{entry}".endswith(f"/{f}")]
                yield from sorted(inside, key=len)[-1:]
        if path in ground.by_path and b"sys.path" in content:
            for match in _SYS_PATH.finditer(content):
                yield from _put_on_path(path, match, ground)


def _put_on_path(path: str, match: re.Match[bytes], ground: Ground) -> Iterator[str]:
    for anchor in ground.by_path[path].syntax.anchors:
        if match.start(1) <= anchor.start < match.end(1) and anchor.climbs:
            folder = "/".join(path.split("/")[: -anchor.climbs])
            more = re.findall(r"[\"']([\w./-]+)[\"']", match[1].decode(errors="replace"))
            yield _normal(posixpath.join(folder, *(m for m in more if ".." not in m)))
            return
    if literal := re.match(rb"[\"']([\w./-]+)[\"']", match[1]):
        yield _normal(literal[1].decode())


def _pytest_paths(content: bytes) -> list[str]:
    try:
        tools = tomllib.loads(content.decode())["tool"]
        paths = tools["pytest"]["ini_options"]["pythonpath"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError):
        return []
    return paths.split() if isinstance(paths, str) else [str(path) for path in paths]


def _normal(path: str) -> str:
    return posixpath.normpath(path).removeprefix(".").strip("/")


def _test_files(ground: Ground) -> Iterator[Hazard]:
    """pytest imports a test file without a package by its base name, which must be the only one."""
    if any(
        b"import-mode=importlib" in content
        for path, content in ground.texts()
        if path[-5:] in (".toml", "t.ini", "p.cfg", "x.ini")
    ):
        return
    met: dict[str, list[str]] = defaultdict(list)
    for path in ground.after:
        name = posixpath.basename(path)
        is_test = name.startswith("test_") or name.endswith("_test.py")
        if is_test and f"{posixpath.dirname(path)}/__init__.py" not in ground.after:
            met[name].append(path)
    for move in ground.plan.approved_moves():
        others = sorted(set(met[posixpath.basename(move.target)]) - {move.target})
        if others and move.target in met[posixpath.basename(move.target)]:
            yield hazard(
                TESTS,
                move.source,
                1,
                f"{move.target} and {listed(others)} have one base name and no package: pytest "
                "refuses the second one; rename it, or give the folders an `__init__.py`",
            )


def _namespace_folders(ground: Ground) -> Iterator[Hazard]:
    """Modules that come from a regular package into a folder that is none: one note for each."""
    come: dict[str, list[str]] = defaultdict(list)
    for path, module in ground.by_path.items():
        target = ground.fate[path]
        if target is None or target == path or "." not in module.name:
            continue
        folder, old = posixpath.dirname(target), posixpath.dirname(path)
        if f"{folder}/__init__.py" not in ground.after and f"{old}/__init__.py" in ground.fate:
            come[folder].append(path)
    for folder, paths in come.items():
        yield hazard(
            NAMESPACE,
            sorted(paths)[0],
            1,
            f"{listed(sorted(paths))} {'come' if len(paths) > 1 else 'comes'} into {folder}/, "
            "which has no `__init__.py`: packaging and tools that look for packages pass it over; "
            "add one if it is to be found",
            Severity.NOTE,
        )
