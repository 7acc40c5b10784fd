"""Patterns in settings that match other files after the moves.

`persistence/*.py` in a linter's exceptions, in CODEOWNERS or in CI names nobody, so nothing is
renamed but a literal folder in front; package data is shipped by pattern; and a folder that
`.gitignore` happens to name swallows every file that is added later.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator, Sequence

from reorg_lib.mentions.keys import place_of
from reorg_lib.model import Hazard, Severity
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed
from reorg_lib.plan.hazard_kinds.listing import Listed, several
from reorg_lib.plan.hazard_kinds.places import Places, is_prose, is_remark, line_of, places_of

PATHS, MODULES, SHIPPED, IGNORED = "path-pattern", "module-pattern", "shipped-data", "ignored-place"
_GLOB = re.compile(rb"[\w./*?\[\]-]+")
_SETS, _NAMES = re.compile(r"\[[^\]]*\]"), re.compile(r"\w\w")
_SIGN = re.compile(rb"[*?]")
_PIECE = frozenset(b"./*?[]-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_NO_SETTINGS = (".py", ".pyi", ".ipynb", ".lock", ".js", ".ts", ".tsx", ".css", ".csv", ".sql")
_IGNORES = (".gitignore", ".dockerignore")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the patterns whose meaning changes."""
    places = places_of(ground)
    for path, content in ground.texts():
        name = posixpath.basename(path)
        if path.endswith(_NO_SETTINGS) or is_prose(path):
            continue
        if name == ".gitignore":
            yield from _ignored(path, content, ground)
        elif name not in _IGNORES:
            yield from _paths(path, content, ground, places)
            yield from _modules(path, content, ground)
        if name == "pyproject.toml":
            yield from _shipped(path, content, ground)
        if name == "MANIFEST.in":
            yield from _in_manifest(path, content, ground, places)


def _paths(path: str, content: bytes, ground: Ground, places: Places) -> Iterator[Hazard]:
    for match in _globs(content):
        written = match.group().decode()
        if "/" not in written or not _NAMES.search(_SETS.sub("", written)):
            continue  # [_a-z0-9]*/ is of a grammar, not of a path
        if is_remark(content, match.start()):
            continue
        literal = re.split(r"/?[^/]*[*?\[]", written)[0]
        here = f"{posixpath.dirname(path)}/" if "/" in path else ""
        for base in dict.fromkeys((*places.prefixes, here)):
            old = _as_regex(base + written)
            matched = {file for file in ground.fate if old.fullmatch(file)}
            if not matched:
                continue
            folder = places.after(base + literal) if literal else base + literal
            if folder is None:
                break  # the literal folder itself is lost: the kind `lost-name` tells it
            new = _as_regex(folder + (base + written)[len(base + literal) :])
            after = {
                file for file, target in ground.fate.items() if target and new.fullmatch(target)
            }
            kept = {file for file in matched if ground.fate[file] is not None}
            given = base if literal else ""
            new_paths = _written(kept - after, ground, given)
            more = new_paths if folder == base + literal else ()
            yield from _told(PATHS, path, content, match, (kept, after), more)
            break


def _written(lost: set[str], ground: Ground, base: str) -> tuple[str, ...]:
    """The new places of files, written as the pattern is: from `base` on; none if one cannot be."""
    places = sorted(str(ground.fate[file]) for file in lost if ground.fate[file])
    if not all(place.startswith(base) for place in places):
        return ()
    return tuple(place.removeprefix(base) for place in places)


def _globs(content: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the words with a `*` or `?` in them, a slash in front left out."""
    end = 0
    for sign in _SIGN.finditer(content):
        start = sign.start()
        while start > end and content[start - 1] in _PIECE:
            start -= 1
        while content[start] in b"/[]":
            start += 1
        if sign.start() >= end and (match := _GLOB.match(content, start)):
            yield match
            end = match.end()


# archive.infrastructure.persistence.*
def _modules(path: str, content: bytes, ground: Ground) -> Iterator[Hazard]:
    root = re.escape(ground.root.encode())
    behind = rb"(?<![\w./*-]" + root + rb")"  # a search begins with a plain text, for speed
    pattern = re.compile(root + behind + rb"(?:\.\w+)*(?:\.\*+)+(?:\.\w+)*")
    for match in pattern.finditer(content):
        written = match.group().decode()
        package = written.partition(".*")[0]
        new = ground.module_after(package)
        if new is None or package not in ground.names or is_remark(content, match.start()):
            continue
        old_names = _dotted_regex(written)
        new_names = _dotted_regex(new + written[len(package) :])
        before = {n for n in ground.below(package) if old_names.fullmatch(n) and ground.names[n]}
        after = {o for o, n in ground.names.items() if n and new_names.fullmatch(n)}
        after = {name for name in after if ground.modules[name].blob}
        more = sorted(str(ground.names[name]) for name in before - after)
        stays = new == package
        yield from _told(MODULES, path, content, match, (before, after), more if stays else ())


def _told(
    kind: str,
    path: str,
    content: bytes,
    match: re.Match[bytes],
    matched: tuple[set[str], set[str]],
    more: Sequence[str],
) -> Iterator[Hazard]:
    """One hazard for a pattern that matches other files: `more` are to be named beside it."""
    before, after = matched
    lost, new = sorted(before - after), sorted(after - before)
    if not before or not (lost or new):
        return
    changes = [f"no longer {listed(lost)}"] if lost else []
    changes += [f"{listed(new)} as well"] if new else []
    fix = _widened(path, content, match, more) if after else None
    if fix is None and after:
        fix = several(path, content, match.span(), more, keep=True)
    severe = not after or fix is not None
    yield hazard(
        kind,
        path,
        line_of(content, match.start()),
        f"the pattern `{match.group().decode()}` matches {', and '.join(changes)} after the "
        + ("moves, and so nothing: correct it" if not after else "moves: see whether it should"),
        Severity.BLOCK if severe else Severity.NOTE,
        span=(fix.start, fix.end) if fix is not None else (0, 0),
        fix=fix.text if fix is not None else None,
    )


# paths: ["shop/heavy/**"]      ->      paths: ["shop/**"]
def _widened(
    path: str, content: bytes, match: re.Match[bytes], more: Sequence[str]
) -> Listed | None:
    """A filter that says when CI runs may let in more, and then needs no list of files."""
    written = match.group().decode()
    if not more or not path.startswith(".github/workflows/") or not written.endswith("/**"):
        return None
    text = content.decode(errors="replace")
    place = place_of("yaml", text, len(content[: match.start()].decode(errors="replace")))
    common = posixpath.commonpath([written.removesuffix("/**"), *more])
    if place.keys[-1:] != ("paths",) or not common:
        return None
    return Listed(match.start(), match.end(), f"{common}/**")


# [tool.setuptools.package-data]
def _shipped(path: str, content: bytes, ground: Ground) -> Iterator[Hazard]:
    try:
        tools = tomllib.loads(content.decode()).get("tool", {})
        table = tools.get("setuptools", {}).get("package-data", {})
        rows = [(str(k), str(p)) for k, patterns in table.items() for p in patterns]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, TypeError):
        return
    before: set[str] = set()
    after: set[str] = set()
    for package, pattern in rows:
        new = ground.module_after(package)
        for file, target in ground.fate.items():
            if not file.endswith(".py") and target is not None:
                if _ships(package, pattern, file, ground):
                    before.add(file)
                if new is not None and _ships(new, pattern, target, ground):
                    after.add(file)
    line = line_of(content, max(content.find(b"package-data"), 0))
    yield from _unshipped(path, line, "row of package-data", before - after, ground)


# recursive-include shop/infra/old *.json        graft shop/infra/old
def _in_manifest(path: str, content: bytes, ground: Ground, places: Places) -> Iterator[Hazard]:
    """Data that a source distribution leaves out, because its line names the folder it was in."""
    base = f"{posixpath.dirname(path)}/" if "/" in path else ""
    data = {f: new for f, new in ground.fate.items() if new is not None and not f.endswith(".py")}
    lost: dict[str, int] = {}
    found: set[str] = set()
    for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
        for pattern in _included(line.split()):
            literal = base + re.split(r"/?[^/]*[*?\[]", pattern)[0]
            moved = places.after(literal) or literal
            old, new = (
                _as_regex(base + pattern),
                _as_regex(moved + (base + pattern)[len(literal) :]),
            )
            lost |= {file: lost.get(file, number) for file in data if old.fullmatch(file)}
            found |= {file for file, target in data.items() if new.fullmatch(target)}
    for number in sorted({lost[file] for file in lost.keys() - found}):
        files = {file for file in lost.keys() - found if lost[file] == number}
        yield from _unshipped(path, number, "line", files, ground)


def _included(words: list[str]) -> list[str]:
    match words:
        case ["include", *patterns]:
            return patterns
        case ["global-include", *patterns]:
            return [f"**/{pattern}" for pattern in patterns]
        case ["recursive-include", folder, *patterns]:
            return [f"{folder.rstrip('/')}/**/{pattern}" for pattern in patterns]
        case ["graft", folder]:
            return [f"{folder.rstrip('/')}/**"]
    return []


def _unshipped(
    path: str, line: int, what: str, files: set[str], ground: Ground
) -> Iterator[Hazard]:
    if lost := sorted(files):
        yield hazard(
            SHIPPED,
            path,
            line,
            f"{listed(lost)} would no longer be shipped: no {what} matches the new place "
            f"({listed(str(ground.fate[file]) for file in lost)}); add one",
        )


def _ships(package: str, pattern: str, file: str, ground: Ground) -> bool:
    root = "" if ground.survey.source_root == "." else ground.survey.source_root + "/"
    if package in ("", "*"):
        return re.fullmatch(rf"{re.escape(root)}.+/" + _glob(pattern), file) is not None
    folder = re.escape(root + package.replace(".", "/") + "/")
    return re.fullmatch(folder + _glob(pattern), file) is not None


def _ignored(path: str, content: bytes, ground: Ground) -> Iterator[Hazard]:
    """New places that git passes over: what is added there later is silently left out."""
    base = f"{posixpath.dirname(path)}/" if "/" in path else ""
    arriving = sorted(p for p in ground.after if p not in ground.fate and p.startswith(base))
    lines = content.decode(errors="replace").splitlines()
    for number, line in enumerate(lines, 1):
        pattern = line.strip()
        if not pattern or pattern[0] in "#!":
            continue
        found = [p for p in arriving if _ignores(pattern, p[len(base) :])]
        again = [other.strip()[1:] for other in lines[number:] if other.strip()[:1] == "!"]
        found = [p for p in found if not any(_ignores(a, p[len(base) :]) for a in again)]
        if found:
            yield hazard(
                IGNORED,
                path,
                number,
                f"`{pattern}` makes git pass over {listed(found)}: what is added there later is "
                "left out of every commit; choose another name, or anchor the pattern",
            )


def _ignores(pattern: str, path: str) -> bool:
    only_folders = pattern.endswith("/")
    body = pattern.strip("/")
    anchored = "/" in pattern.rstrip("/")
    regex = re.compile(("" if anchored else "(?:.*/)?") + _glob(body))
    parts = path.split("/")
    names = ["/".join(parts[: i + 1]) for i in range(len(parts))]
    return any(map(regex.fullmatch, names[:-1] if only_folders else names))


def _as_regex(pattern: str) -> re.Pattern[str]:
    """A pattern that matches a folder matches all that lies in it."""
    return re.compile(_glob(pattern.rstrip("/")) + "(?:/.*)?")


def _glob(pattern: str) -> str:
    said = []
    for piece in re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]]*\])", pattern):
        said.append(
            {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(piece)
            or (piece if piece[:1] == "[" else re.escape(piece))
        )
    return "".join(said)


def _dotted_regex(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*\*", r"[\w.]+").replace(r"\*", r"[\w.]+"))
