"""The section "splits" of the script: for each part a written header, then lines cut out by sed.

It also checks that header and lines together are exactly the part.
"""

from __future__ import annotations

from collections.abc import Iterable

from reorg_lib.errors import RewriteError
from reorg_lib.model import ChangeSet, SplitChange, SplitPart
from reorg_lib.script.quoting import decode, document, is_plain, quote_text, word
from reorg_lib.script.sed.line_changes import split_lines


def splits_section(changeset: ChangeSet) -> list[str]:
    """Return the lines of the section.

    Raises:
        RewriteError: a part differs from its header and its lines, or no change gives the text
            that is split.
    """
    lines: list[str] = []
    for split in changeset.splits:
        _require_its_change(changeset, split)
        name = word(split.path)
        lines += [""] if lines else ["  local module"]
        lines.append(f"  module={name}")
        if not split.before.endswith(b"\n"):
            lines.append("  printf '\\n' >> \"$module\"")
        for part in split.parts:
            lines += ["", *_part(split, part)]
        lines += ["", *_typed(split.after, f"create {name}")]
    return lines


def _require_its_change(changeset: ChangeSet, split: SplitChange) -> None:
    if not any(c.target == split.path and c.after == split.before for c in changeset.changes):
        raise RewriteError(f"{split.path}: is split, but no change gives its text; export again")


def _part(split: SplitChange, part: SplitPart) -> list[str]:
    whole = split_lines(split.before)
    if any(not 1 <= first <= last <= len(whole) for first, last in part.ranges):
        raise RewriteError(f"{part.path}: contains lines that {split.path} does not have")
    kept = b"".join(line + b"\n" for a, b in part.ranges for line in whole[a - 1 : b])
    typed = part.header + kept
    if part.content not in (typed, typed.removesuffix(b"\n")):
        raise RewriteError(f"{part.path}: differs from its header and its lines; export again")
    if not part.content:
        return [f"  create {word(part.path)} < /dev/null"]
    lines = ["  {"]
    lines += [f"  {line}" if i == 0 else line for i, line in enumerate(_typed(part.header, "cat"))]
    lines += [f"    sed -n '{ranges}' < \"$module\"" for ranges in _ascending(part.ranges)]
    name = word(part.path)
    lines.append(f"  }} | create {name}")
    if part.content != typed:
        lines.append(f'  text=$(cat {name}) && printf %s "$text" | create {name}')
    return lines


def _ascending(ranges: Iterable[tuple[int, int]]) -> list[str]:
    """Return the fewest sed programs that print the line ranges in their order."""
    programs: list[str] = []
    last = 0
    for first, end in ranges:
        if programs and first > last:
            programs[-1] += f";{first},{end}p"
        else:
            programs.append(f"{first},{end}p")
        last = end
    return programs


def _typed(content: bytes, command: str) -> list[str]:
    """Return lines that pass a text to a command, as a here-document if all of it is printable."""
    text = decode(content)
    unix = text.replace("\r\n", "\n")
    if not text:
        return [f"  {command} < /dev/null"] if command != "cat" else []
    if text.endswith("\n") and is_plain(unix, "\n\t"):
        if text == unix:
            return document("PYTHON", unix[:-1].split("\n"), command)
        if unix.replace("\n", "\r\n") == text:
            crlf = """sed "s/\\$/$(printf '\\r')/\""""
            then = f" | {command}" if command != "cat" else ""
            lines = document("PYTHON", unix[:-1].split("\n"), crlf)
            return [lines[0] + then, *lines[1:]]
    if command == "cat":
        return [f"  printf %s {quote_text(text)}"]
    return [f"  printf %s {quote_text(text)} | {command}"]
