"""The certificate as text: JSON for machines, Markdown for a pull request."""

from __future__ import annotations

import json
from collections.abc import Iterable

from reorg_lib.model import Certificate, DetectedRename, ProofPoint

_SHOWN = 20


def certificate_json(certificate: Certificate) -> str:
    """Return the certificate as indented JSON, keys in a fixed order, one newline at the end."""
    record = {
        "schema": 1,
        "holds": certificate.holds,
        "commit": certificate.commit,
        "script": certificate.script,
        "files": {
            "moved": certificate.moves,
            "rewritten": certificate.rewritten,
            "created": certificate.created,
            "deleted": certificate.deleted,
        },
        "points": [
            {
                "number": point.number,
                "title": point.title,
                "holds": point.holds,
                "informs": point.informs,
                "count": point.count,
                "unit": point.unit,
                "not_checked": point.not_checked or None,
                "failures": list(point.failures),
                "notes": list(point.notes),
            }
            for point in certificate.points
        ],
        "renames": [
            {
                "source": move.source,
                "target": move.target,
                "similarity": move.similarity,
                "taken_from": move.taken_from or None,
            }
            for move in certificate.renames
        ],
    }
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def certificate_markdown(certificate: Certificate) -> str:
    """Return the certificate as Markdown that can be pasted into a pull request."""
    lines = [
        "# Certificate",
        "",
        f"`reorganize.sh` (git blob `{certificate.script[:12]}`) was rehearsed on a scratch copy of"
        f" commit `{certificate.commit[:12]}`. {_verdict(certificate)}",
        "",
        f"Files: {certificate.moves} moved, {certificate.rewritten} rewritten,"
        f" {certificate.created} created, {certificate.deleted} deleted.",
        "",
        "| | what was proved | checked |",
        "|---|---|---|",
        *(_row(point) for point in certificate.points),
    ]
    for point in certificate.points:
        lines += _details(point)
    lines += _history(certificate.renames)
    lines += [
        "",
        "Check it yourself: `git hash-object reorganize.sh` gives the blob id above, and",
        "`bash reorganize.sh --check` tests whether it gives the same result in your checkout.",
        "",
    ]
    return "\n".join(lines)


def _verdict(certificate: Certificate) -> str:
    if not certificate.holds:
        return "**This script must not be run.**"
    not_checked = [
        f"point {point.number} was not checked" for point in certificate.points if point.not_checked
    ]
    differs = [
        f"point {point.number} differs, which is for information only"
        for point in certificate.points
        if not point.holds
    ]
    return (
        "; ".join(
            ["Every other point holds" if differs else "Every point holds", *differs, *not_checked]
        )
        + "."
    )


def _row(point: ProofPoint) -> str:
    mark = "✗" if point.blocks else "-" if point.not_checked else "✓" if point.holds else "!"
    checked = point.checked.replace("|", "\\|")
    return f"| {mark} {point.number} | {point.title} | {checked} |"


def _details(point: ProofPoint) -> list[str]:
    lines: list[str] = []
    failures = "differs" if point.informs else "fails"
    for title, places in ((failures, point.failures), ("notes", point.notes)):
        if places:
            lines += ["", f"Point {point.number}, {title}:", "", *_short(places)]
    return lines


def _history(renames: tuple[DetectedRename, ...]) -> list[str]:
    """Return the text on how git's history follows the files, and on `git blame`."""
    blame = [
        "",
        "To make `git blame` ignore the commits: `--commit` prints their ids at its end. Put them",
        "into `.git-blame-ignore-revs`, one per line, in a commit after the merge (a squash or",
        "rebase gives new ids). GitHub reads that file automatically; git reads it after",
        "`git config blame.ignoreRevsFile .git-blame-ignore-revs`.",
    ]
    if not renames:
        return ["", "## History", *blame]
    seen = [move.similarity for move in renames if move.similarity is not None]
    sources = {move.source for move in renames}
    unseen = [move for move in renames if move.similarity is None and not move.taken_from]
    lost = [move for move in unseen if move.target not in sources]
    heirs = [move for move in unseen if move.target in sources]
    twins = [move for move in renames if move.taken_from]
    lines = ["", "## History", ""]
    if seen:
        number = f"{len(seen)} of {len(renames)} moves"
        lines.append(
            f"git sees {'every move' if len(seen) == len(renames) else number} as a rename"
            f" (measured with `git diff -M`), the lowest at {min(seen)} % similarity;"
            f" {sum(score == 100 for score in seen)} are at 100 %."
            " `git log --follow` shows their history."
        )
    changed = sorted((m for m in renames if (m.similarity or 100) < 100), key=_by_similarity)
    if changed:
        lines += ["", "Below 100 %, since something in them is rewritten, the lowest first:", ""]
        lines += _short((f"{m.similarity} % `{m.target}`, from `{m.source}`" for m in changed), 8)
    if twins:
        lines += ["", "Git cannot tell files of the same content apart, such as empty ones. It"]
        lines += ["shows these as renamed from another one of them, which loses nothing:", ""]
        lines += _short(f"`{m.target}`, from `{m.source}`" for m in twins)
    if heirs:
        lines += [
            "",
            "**git does not see these as renames**, since each takes the place of a file that",
            "moves on in the same commit: git shows a change in place, and `git log --follow` goes",
            "on with that other file. Where COMMIT is the one that moves, their history is",
            "`git log COMMIT^ -- OLD`:",
            "",
        ]
        lines += _short(f"`{m.target}`, from `{m.source}`" for m in heirs)
    if lost:
        lines += [
            "",
            "**git does not see these as renames**, since too little of them stays as it is: their",
            "history ends at the commit. Where that matters, do `--apply`, put the old text at the",
            "new place (`git show HEAD:OLD > NEW`), commit, put the new text back, commit again.",
            "",
        ]
        lines += _short(f"`{m.target}`, from `{m.source}`" for m in lost)
    return [*lines, *blame]


def _by_similarity(move: DetectedRename) -> tuple[int, str]:
    return move.similarity or 0, move.target


def _short(items: Iterable[str], shown: int = _SHOWN) -> list[str]:
    """Return a Markdown list with at most `shown` items; the rest is counted."""
    lines = [f"- {item}" for item in items]
    if len(lines) > shown:
        lines[shown:] = [f"- and {len(lines) - shown} more, in `certificate.json`"]
    return lines
