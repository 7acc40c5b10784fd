"""Files and modules that settings and scripts name by a part of their path.

Valid (told):   `WORKDIR /app/shop` and then `python orders.py`       `cd shop && python orders.py`
                `SRC = shop` and then `$(SRC)/orders.py`              `python -m shop.$m` in a loop
                `srcs = ["orders.py"]` in a `BUILD` file beside it
Invalid (not):  `python shop/orders.py` is renamed as text; a file of the same name elsewhere.

The whole path stands nowhere, so no rewrite finds it. Python code has the kind `joined-path`.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reorg_lib.model import Hazard, Severity
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed
from reorg_lib.plan.hazard_kinds.places import Places, is_prose, is_remark, line_of, places_of

FROM_FOLDER, BESIDE, VARIABLE = "path-from-folder", "named-beside", "path-by-variable"
NO_BUILD = "no-build-file"

DIRECTORIES = (
    r"^[ \t]*WORKDIR[ \t]+(?P<at>\S+)",  # Dockerfile
    r"(?:\bcd|\bpushd)[ \t]+(?P<at>[^\s;&|]+)",  # shell, make, batch
    r"\bworking[-_]directory[ \t]*:[ \t]*(?P<at>\S+)",  # GitHub Actions, CircleCI
    r"\b(?:cwd|chdir|changedir|directory|WorkingDirectory|working_dir|workdir)[\"']?"
    r"[ \t]*[=:][ \t]*(?P<at>[^\s,;]+)",  # VS Code, uWSGI, tox, supervisor, systemd, compose
    r"--(?:chdir|app-dir|directory|pythonpath)[ =](?P<at>\S+)",  # gunicorn, uvicorn, uv
    r"(?:\bmake|\bgit)[ \t]+-C[ \t]+(?P<at>\S+)",
)
"""How tools say from which folder the rest of the text is read."""

_DIRECTORY = re.compile("|".join(DIRECTORIES).replace("?P<at>", ""), re.M)
_NAME = r"(?<![\w./\\*${}()%-])(?:[\w-]+/)*[\w-]+\.py(?![\w/.-])"
_BARE = re.compile(_NAME)
_BARE_MODULE = re.compile(r"-m[ \t\"',]+(\w+)(?![\w.])|(?<![\w./:-])(\w+):\w+(?![\w:/.])")
_VARIABLE = re.compile(
    r"(?:\$\((\w+)\)|\$\{\{\s*(?:env\.)?(\w+)\s*\}\}|\$\{(\w+)\}|\$(\w+)|\{\{\s*(\w+)\s*\}\}|%(\w+)%)"
    r"(?P<tail>[/.\\][\w./\\-]*\w)"
)
_ASSIGNED = (
    r"^[ \t]*(?:export |set |ENV |ARG |- )?[\"']?{name}[\"']?[ \t]*(?::=|\?=|=|:|[ \t])[ \t]*"
    r"[\"']?([\w./-]+)"
)
_OPEN = r"[./\\](?:\$[\w({{]|%[.\w]|\{{)"
_WORD = re.compile(rb"[\w-]+")
_BUILDS = ("BUILD", "BUILD.bazel", "BUILD.pants", "meson.build")
_CODE = (".py", ".pyi", ".pyx")
_PASSED_OVER = (*_CODE, ".gitignore", ".dockerignore", ".ipynb", ".lock", ".csv", ".json.gz")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the parts of paths that mean a file at its old place."""
    moved = {old: new for old, new in ground.fate.items() if new not in (None, old)}
    if not moved:
        return
    places = places_of(ground)
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in moved:
        by_name[posixpath.basename(path)].append(path)
    stems = {posixpath.basename(path).partition(".")[0].encode() for path in moved}
    open_ends = _open_ends(ground)
    for path, content in ground.texts():
        if is_prose(path) or path.endswith(_PASSED_OVER):
            continue
        if stems.isdisjoint(_WORD.findall(content)):
            continue
        text = _Text(path, content, content.decode("latin-1"))
        yield from _from_a_folder(text, ground, by_name)
        yield from _by_variable(text, ground, places)
        yield from _in_a_loop(text, ground, open_ends)
    yield from _without_build_file(ground, moved)


@dataclass(frozen=True, slots=True)
class _Text:
    """One file; `said` has one character for each byte, so that offsets are the same."""

    path: str
    content: bytes
    said: str

    def tell(
        self, kind: str, match: re.Match[str], why: str, *, group: str | int = 0, fix: str | None
    ) -> Hazard:
        line = line_of(self.content, match.start(group))
        return hazard(kind, self.path, line, why, span=match.span(group), fix=fix)


# WORKDIR /app/shop          srcs = ["orders.py"]
def _from_a_folder(
    text: _Text, ground: Ground, by_name: Mapping[str, list[str]]
) -> Iterator[Hazard]:
    here = posixpath.dirname(text.path)
    said = [
        (m.end(), _plain(next(g for g in m.groups() if g))) for m in _DIRECTORY.finditer(text.said)
    ]
    for match in _BARE.finditer(text.said):
        if is_remark(text.content, match.start()):
            continue
        for old in by_name.get(posixpath.basename(match[0]), ()):
            folder = old.removesuffix(match[0]).rstrip("/")
            if not old.endswith(match[0]) or not folder or f"{folder}/{match[0]}" != old:
                continue
            new = ground.fate[old] or ""
            if any(end <= match.start() and _ends_with(at, folder) for end, at in said):
                yield text.tell(
                    FROM_FOLDER,
                    match,
                    f"`{match[0]}` is read from {folder}/ and is {old}, which moves to {new}: name "
                    "the new place from there",
                    fix=posixpath.relpath(new, folder),
                )
            elif folder == here and not _goes_along(text.path, old, ground):
                yield text.tell(
                    BESIDE,
                    match,
                    f"`{match[0]}` is {old} beside it, which moves to {new}: take it out here and "
                    "name it at the new place, or move both",
                    fix=None,
                )
    stems = {name.removesuffix(".py"): paths for name, paths in by_name.items()}
    for match in _BARE_MODULE.finditer(text.said) if said else ():
        stem = match[1] or match[2]
        for old in stems.get(stem, ()):
            folder = posixpath.dirname(old)
            inside = any(end <= match.start() and _ends_with(at, folder) for end, at in said)
            if folder and inside and not is_remark(text.content, match.start()):
                yield text.tell(
                    FROM_FOLDER,
                    match,
                    f"`{match[0]}` is imported from {folder}/ and is {old}, which moves to "
                    f"{ground.fate[old]}: name the folder and the module anew",
                    fix=None,
                )


def _plain(written: str) -> str:
    return re.sub(r"^\$\{\w+\}|^\$\w+", "", written.strip("\"',;)]}")).strip("/").removeprefix("./")


def _ends_with(written: str, folder: str) -> bool:
    return f"/{written}".endswith(f"/{folder}")


def _goes_along(path: str, old: str, ground: Ground) -> bool:
    own, new = ground.fate[path], ground.fate[old]
    return own is not None and posixpath.dirname(own) == posixpath.dirname(new or "") != ""


# SRC = shop          python $(SRC)/orders.py          python -m $(SRC).orders
def _by_variable(text: _Text, ground: Ground, places: Places) -> Iterator[Hazard]:
    for match in _VARIABLE.finditer(text.said):
        name = next(group for group in match.groups()[:6] if group)
        assigned = re.compile(_ASSIGNED.format(name=re.escape(name)), re.M)
        values = set(assigned.findall(text.said))
        if len(values) != 1 or is_remark(text.content, match.start()):
            continue
        value, tail = values.pop().rstrip("/"), match["tail"].replace("\\", "/")
        if tail.startswith("."):
            value = value.replace("/", ".")
            new = ground.module_after(value + tail)
            start = ground.module_after(value) or value
        else:
            known = places.spelled(value.removeprefix("./") + tail)
            new = places.after(known) if known else value + tail
            new = new and known and _as_written(new, known, value.removeprefix("./") + tail)
            start = places.after(value) or value if "/" in value else value
        if known_after := (new if new not in (None, value + tail, start + tail) else None):
            short = known_after[len(start) :] if known_after.startswith(start + tail[0]) else None
            yield text.tell(
                VARIABLE,
                match,
                f"`{match[0]}` is {value}{tail}, which becomes {known_after}: name the new place",
                group="tail",
                fix=short,
            )


def _as_written(new: str, known: str, written: str) -> str:
    """The new path without what was left out in front of the old one."""
    return new.removeprefix(known.removesuffix(written))


# for m in orders users; do python -m shop.$m; done
def _in_a_loop(
    text: _Text, ground: Ground, ends: Mapping[str, tuple[str, ...]]
) -> Iterator[Hazard]:
    for written, leaves in ends.items():
        if written not in text.said:
            continue
        pattern = re.compile(rf"(?<![\w./-]){re.escape(written)}" + _OPEN.format())
        for match in pattern.finditer(text.said):
            named = [leaf for leaf in leaves if re.search(rf"(?<![\w.]){leaf}(?!\w)", text.said)]
            if is_remark(text.content, match.start()):
                continue
            yield hazard(
                VARIABLE,
                text.path,
                line_of(text.content, match.start()),
                f"`{match[0]}` is put together when it runs, and {listed(named or leaves)} "
                f"{'leave' if len(named or leaves) > 1 else 'leaves'} {written}: name the new "
                "place of each",
                Severity.BLOCK if named else Severity.NOTE,
            )
            break


def _open_ends(ground: Ground) -> Mapping[str, tuple[str, ...]]:
    """Package, dotted and as a folder → the last names of the modules that leave it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, module in ground.modules.items():
        if not module.is_package:
            continue
        start = len(name) + 1
        leaves = tuple(sorted(s[start:] for s in ground.strays(name) if "." not in s[start:]))
        if leaves:
            folder = posixpath.dirname(module.path) if module.blob else module.path
            found[name] = found[folder] = leaves
    return found


def _without_build_file(ground: Ground, moved: Mapping[str, str | None]) -> Iterator[Hazard]:
    """Modules that a `BUILD` file owns today and none does at the new place."""
    builds = {posixpath.dirname(p): p for p in ground.fate if posixpath.basename(p) in _BUILDS[:3]}
    kept = {posixpath.dirname(p) for p in ground.after if posixpath.basename(p) in _BUILDS[:3]}
    lost: dict[str, list[str]] = defaultdict(list)
    for old, new in sorted(moved.items()):
        folder = posixpath.dirname(old)
        if old.endswith(".py") and folder in builds and posixpath.dirname(new or "") not in kept:
            lost[builds[folder]].append(new or "")
    for build, targets in lost.items():
        yield hazard(
            NO_BUILD,
            build,
            1,
            f"{build} owns the files of its folder, and no such file lies where {listed(targets)} "
            f"will be: add one there, or move {build} in the plan as well",
        )
