"""Splits as the script types them: a typed header, then ranges of lines that sed takes over.

Owns the text of the section "Splits" and its part of the ledger, and sees to it that header and
ranges really give the part. Must not know how a module was cut.
"""

from __future__ import annotations

from reorg_lib.errors import RewriteError
from reorg_lib.export.lines import split_lines
from reorg_lib.export.shell import comment, decode, document, is_plain, quote, quote_text
from reorg_lib.model import ChangeSet, FileChange, SplitChange, SplitPart


def cut_files(changeset: ChangeSet) -> list[tuple[str, bytes, str]]:
    """Return mode, content and path of what the splits type, in the order in which they do."""
    return [
        file
        for split in changeset.splits
        for file in (
            *(("100644", part.content, part.path) for part in split.parts),
            (_change(changeset, split).mode, split.after, split.path),
        )
    ]


def splits_text(changeset: ChangeSet) -> list[str]:
    """Return the lines of the section.

    Raises:
        RewriteError: a part is not its header with its ranges, or no change leads to the text
            that is split.
    """
    lines: list[str] = []
    for split in changeset.splits:
        name = quote(_change(changeset, split).source or "")
        lines += ["", f"  # ---- {comment(split.path)}", ""]
        lines.append(f"  split_file {name}")
        if not split.before.endswith(b"\n"):
            lines.append("  end_last_line")
        for part in split.parts:
            lines += ["", *_part(split, part)]
        lines += ["", f"  part {quote(split.path)}", *_typed(split.after)]
    return lines[1:] or ["  :"]


def _change(changeset: ChangeSet, split: SplitChange) -> FileChange:
    """Return the change that leads to the text that is split."""
    for change in changeset.changes:
        if change.target == split.path and change.source and change.after == split.before:
            return change
    raise RewriteError(f"{split.path}: is split, and no move leads to its text; export again")


def _part(split: SplitChange, part: SplitPart) -> list[str]:
    whole = split_lines(split.before)
    if any(not 1 <= first <= last <= len(whole) for first, last in part.ranges):
        raise RewriteError(f"{part.path}: takes lines that {split.path} does not have")
    kept = b"".join(line + b"\n" for a, b in part.ranges for line in whole[a - 1 : b])
    typed = part.header + kept
    if part.content not in (typed, typed.removesuffix(b"\n")):
        raise RewriteError(f"{part.path}: is not its header and its lines; export again")
    lines = [f"  part {quote(part.path)}", *_typed(part.header)]
    if part.ranges:
        lines.append("  lines " + " ".join(f"{a},{b}" for a, b in part.ranges))
    return [*lines, *(["  drop_newline"] if part.content != typed else [])]


def _typed(content: bytes) -> list[str]:
    """Return the command that types a text: readable where every character of it can be seen."""
    text = decode(content)
    unix = text.replace("\r\n", "\n")
    if not text:
        return []
    if not text.endswith("\n") or not is_plain(unix, "\n\t"):
        return [f"  typed_text {quote_text(text)}"]
    if text == unix:
        return document("PYTHON", unix[:-1].split("\n"), "typed")
    if unix.replace("\n", "\r\n") == text:
        return document("PYTHON", unix[:-1].split("\n"), "typed_crlf")
    return [f"  typed_text {quote_text(text)}"]
