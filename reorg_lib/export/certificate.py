"""The certificate as text: JSON for machines, Markdown for a pull request.

Owns the wording. Must not decide whether a point holds.
"""

from __future__ import annotations

import json

from reorg_lib.model import Certificate, ProofPoint

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
                "count": point.count,
                "unit": point.unit,
                "failures": list(point.failures),
                "notes": list(point.notes),
            }
            for point in certificate.points
        ],
    }
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def certificate_markdown(certificate: Certificate) -> str:
    """Return the certificate as Markdown that can be pasted into a pull request."""
    verdict = "Every point holds." if certificate.holds else "**This script must not be run.**"
    lines = [
        "# Certificate",
        "",
        f"`reorganize.sh` (git blob `{certificate.script[:12]}`) was rehearsed on a scratch copy of"
        f" commit `{certificate.commit[:12]}`. {verdict}",
        "",
        f"Files: {certificate.moves} moved, {certificate.rewritten} rewritten,"
        f" {certificate.created} created, {certificate.deleted} deleted.",
        "",
        "| | what was shown | checked |",
        "|---|---|---|",
        *(_row(point) for point in certificate.points),
    ]
    for point in certificate.points:
        lines += _details(point)
    lines += [
        "",
        "Check it yourself: `git hash-object reorganize.sh` gives the blob id above, and",
        "`bash reorganize.sh --check` says whether your checkout is the one that was reviewed.",
        "",
    ]
    return "\n".join(lines)


def _row(point: ProofPoint) -> str:
    mark = "✓" if point.holds else "✗"
    return f"| {mark} {point.number} | {point.title} | {point.count:,} {point.unit} |"


def _details(point: ProofPoint) -> list[str]:
    lines: list[str] = []
    for title, places in (("fails", point.failures), ("notes", point.notes)):
        if places:
            lines += ["", f"Point {point.number}, {title}:", ""]
            lines += [f"- {place}" for place in places[:_SHOWN]]
            if len(places) > _SHOWN:
                lines.append(f"- and {len(places) - _SHOWN} more, in `certificate.json`")
    return lines
