"""A pattern of paths in a settings file that matches other files after the moves.

`shop/old/*.py` in the settings of a linter, in CODEOWNERS or in CI names no file, so only the
folder in front is renamed. The fix adds the files that left where the place can hold a list;
elsewhere this is a note. A pattern that matches nothing any more blocks.

Breaks:
    setup.cfg:
        [flake8]
        exclude = shop/old/*.py
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py
    fix: , shop/pg/db.py

Noted:
    run.sh:
        lint shop/old/*.py --strict
    shop/old/db.py, shop/old/fs.py
    move shop/old/db.py to shop/pg/db.py

Safe:
    setup.cfg:
        [flake8]
        exclude = shop/old/*.py
    shop/old/db.py, shop/old/fs.py
    move shop/old to shop/pg
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext
from reorg_lib.hazards.reading.globs import glob_regex, settings_files
from reorg_lib.hazards.reading.moved_paths import (
    MovedPaths,
    is_remark,
    moved_paths,
)
from reorg_lib.hazards.reading.pattern_changes import pattern_hazards
from reorg_lib.model import Hazard

KIND = "path-pattern"
_GLOB = re.compile(rb"[\w./*?\[\]-]+")
_SETS = re.compile(r"\[[^\]]*\]")
_NAMES = re.compile(r"\w\w")
_SIGN = re.compile(rb"[*?]")
_PIECE = frozenset(b"./*?[]-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_IGNORES = (".gitignore", ".dockerignore")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the patterns of paths whose meaning changes."""
    places = moved_paths(context)
    for path, content in settings_files(context):
        if posixpath.basename(path) not in _IGNORES:
            yield from _paths(path, content, context, places)


def _paths(
    path: str, content: bytes, context: HazardContext, places: MovedPaths
) -> Iterator[Hazard]:
    for match in _globs(content):
        written = match.group().decode()
        if "/" not in written or not _NAMES.search(_SETS.sub("", written)):
            continue  # [_a-z0-9]*/ belongs to a grammar, not to a path
        if is_remark(content, match.start()):
            continue
        literal = re.split(r"/?[^/]*[*?\[]", written)[0]
        here = f"{posixpath.dirname(path)}/" if "/" in path else ""
        for base in dict.fromkeys((*places.prefixes, here)):
            old = glob_regex(base + written)
            matched = {file for file in context.new_paths if old.fullmatch(file)}
            if not matched:
                continue
            folder = places.after(base + literal) if literal else base + literal
            if folder is None:
                break  # the literal folder itself is lost: the kind `lost-name` reports it
            new = glob_regex(folder + (base + written)[len(base + literal) :])
            after = {
                file
                for file, target in context.new_paths.items()
                if target and new.fullmatch(target)
            }
            kept = {file for file in matched if context.new_paths[file] is not None}
            given = base if literal else ""
            new_paths = _written(kept - after, context, given)
            more = new_paths if folder == base + literal else ()
            yield from pattern_hazards(KIND, path, content, match, (kept, after), more)
            break


def _written(lost: set[str], context: HazardContext, base: str) -> tuple[str, ...]:
    """The new paths of files in the form of the pattern, from `base` on; none if one has none."""
    places = sorted(str(context.new_paths[file]) for file in lost if context.new_paths[file])
    if not all(place.startswith(base) for place in places):
        return ()
    return tuple(place.removeprefix(base) for place in places)


def _globs(content: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the words with a `*` or `?` in them, without a leading slash."""
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
