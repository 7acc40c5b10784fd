"""The part of docs/proof.md on names in texts, made from the tables of `text_references`.

python -m scripts.mentions_page          write it
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reorg_lib.model import NameClass
from reorg_lib.text_references.rule_tables import Row, calls, file_kinds, slots, texts, tools

PAGE = Path(__file__).parent.parent / "docs" / "proof.md"
START, END = "<!-- mentions: start -->\n", "<!-- mentions: end -->\n"
_TITLES = {
    NameClass.MODULE: "It is a module, and is renamed",
    NameClass.COULD_BE: "It could be one: left, and listed with its line",
    NameClass.IS_NOT: "It is none: left",
}


def section() -> str:
    """Return the generated text, markers included."""
    lines = [START.rstrip(), ""]
    for kind, title in _TITLES.items():
        rows = [row for row in (*calls(), *slots(), *texts()) if row.means is kind]
        if rows:
            lines += [f"### {title}", "", "| because it | for example |", "|---|---|"]
            lines += _by_reason(rows)
            lines.append("")
    lines += ["### Settings of known tools", "", "| tool | files | a name there |", "|---|---|---|"]
    for row in tools():
        files = ", ".join(map(_code, row.files[:3])) + (" …" if len(row.files) > 3 else "")
        lines.append(f"| {row.name} | {files} | {row.means}: {row.why} |")
    lines += ["", "### Kinds of files", "", "| kind | files |", "|---|---|"]
    lines += [f"| {r.kind} | {', '.join(map(_code, r.globs[:8]))} |" for r in file_kinds()]
    return "\n".join([*lines, "", END])


def page(text: str) -> str:
    """Return the page with a new generated part."""
    head, _, rest = text.partition(START)
    return head + section() + rest.partition(END)[2]


def _by_reason(rows: Iterable[Row]) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.why, []).extend(row.valid)
    for why, examples in found.items():
        yield f"| {why} | {'; '.join(_code(text) for text in examples[:3])} |"


def _code(text: str) -> str:
    said = text.replace("|", "\\|")
    return f"`` {said} ``" if "`" in said else f"`{said}`"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
