"""The hazard for a pattern that matches other files or modules after the moves.

It has a sentence, a severity and a fix: the names that left are written beside the pattern if the
place allows a list.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, changes, hazard
from reorg_lib.hazards.reading.list_items import Replacement, expand_name
from reorg_lib.hazards.reading.moved_paths import line_of
from reorg_lib.hazards.reading.parsed_file import Call, Code
from reorg_lib.model import Hazard, Severity
from reorg_lib.text_references.settings_keys import key_path


def pattern_hazards(
    kind: str,
    path: str,
    content: bytes,
    match: re.Match[bytes],
    matched: tuple[set[str], set[str]],
    more: Sequence[str],
) -> Iterator[Hazard]:
    """One hazard for a pattern that matches other files; `more` are the names to add beside it."""
    before, after = matched
    lost, new = sorted(before - after), sorted(after - before)
    if not before or not (lost or new):
        return
    fix = _widened(path, content, match, more) if after else None
    if fix is None and after:
        fix = expand_name(path, content, match.span(), more, keep=True)
    severe = not after or fix is not None
    yield hazard(
        kind,
        path,
        line_of(content, match.start()),
        f"the pattern `{match.group().decode()}` matches {changes(lost, new)} after the "
        + ("moves, and so nothing: correct it" if not after else "moves: check whether it should"),
        Severity.BLOCK if severe else Severity.NOTE,
        span=(fix.start, fix.end) if fix is not None else (0, 0),
        fix=fix.text if fix is not None else None,
    )


# paths: ["shop/heavy/**"]      ->      paths: ["shop/**"]
def _widened(
    path: str, content: bytes, match: re.Match[bytes], more: Sequence[str]
) -> Replacement | None:
    """A filter for CI runs may match more files, and then needs no list of files."""
    written = match.group().decode()
    if not more or not path.startswith(".github/workflows/") or not written.endswith("/**"):
        return None
    text = content.decode(errors="replace")
    place = key_path("yaml", text, len(content[: match.start()].decode(errors="replace")))
    common = posixpath.commonpath([written.removesuffix("/**"), *more])
    if place.keys[-1:] != ("paths",) or not common:
        return None
    return Replacement(match.start(), match.end(), f"{common}/**")


def members_change(
    kind: str, code: Code, call: Call, string: Node, package: str, context: HazardContext
) -> Iterator[Hazard]:
    """Yield the hazard of a call that means all modules of `package`, where those change."""
    if not context.is_package(package) or context.new_names[package] is None:
        return  # a package without a successor is reported by the kind `lost-name`
    left, come = context.leaving(package), context.arriving(package)
    if left or come:
        yield hazard(
            kind,
            code.path,
            code.line(string),
            f"`{code.text(call.node)}` means the modules of {package}: {changes(left, come)} "
            "after the moves; name the new places too",
            span=(string.start_byte, string.end_byte),
        )
