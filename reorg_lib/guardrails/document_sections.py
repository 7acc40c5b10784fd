"""The layout rule in words, and the place in an existing document where it is inserted.

It gives the text of the package's `CLAUDE.md`, of the structure section and of the hook. Each
replaces one place of a file; all other bytes of the file stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reorg_lib.guardrails.existing_tree import END, START, DrawnTree, find_drawn, find_marked
from reorg_lib.guardrails.layout_rule import LayoutRule
from reorg_lib.guardrails.proposal import HOOK_ID
from reorg_lib.guardrails.tree_drawing import adapts, concern_remarks, draw_folders, drawn_folders
from reorg_lib.model import Plan, Survey


@dataclass(frozen=True, slots=True)
class Splice:
    """Bytes `[start, end)` of a file become `new`."""

    start: int
    end: int
    new: bytes


def placement(survey: Survey, plan: Plan, rule: LayoutRule, before: bytes) -> Splice:
    """Return the text on where a module belongs: between the markers, or at the end of a file."""
    text = before.decode("utf-8", "surrogateescape")
    newline = "\r\n" if "\r\n" in text else "\n"
    section = newline.join(_placement(survey, plan, rule))
    marked = find_marked(text, "placement")
    if marked:
        new = f"{newline}{section}{newline}"
        return _splice(text, marked.start, marked.end, new)
    gap = "" if not text else newline if text.endswith("\n") else newline * 2
    lines = [START.format("placement"), section, END.format("placement"), ""]
    return _splice(text, len(text), len(text), gap + newline.join(lines))


def structure(survey: Survey, plan: Plan, rule: LayoutRule, before: bytes) -> Splice | None:
    """Return the new drawing of the package for the place in `before`; None if there is none."""
    text = before.decode("utf-8", "surrogateescape")
    newline = "\r\n" if "\r\n" in text else "\n"
    marked = find_marked(text, "structure")
    if marked:
        tree = [f"{rule.folder}/", *draw_folders(drawn_folders(survey, plan, rule))]
        new = newline.join(["", "```", *tree, "```", ""])
        return _splice(text, marked.start, marked.end, new)
    drawn = find_drawn(text, rule.folder)
    if drawn is None:
        return None
    lines = text.split("\n")
    shown = drawn_folders(survey, plan, rule, drawn)
    tree = draw_folders(shown, drawn.indent, _remark_column(lines, drawn), _remark_sign(drawn))
    start = sum(len(line) + 1 for line in lines[: drawn.first])
    end = sum(len(line) + 1 for line in lines[: drawn.last])
    end, last = (end, newline) if end <= len(text) else (len(text), "")
    return _splice(text, start, end, newline.join(tree) + last)


def hook(rule: LayoutRule, before: bytes) -> Splice | None:
    """Return the hook for the end of the list of repositories; None if there is no list."""
    text = before.decode("utf-8", "surrogateescape")
    newline = "\r\n" if "\r\n" in text else "\n"
    if not text.strip():
        return _splice(text, len(text), len(text), "repos:\n" + "\n".join(_hook(rule, "  ")) + "\n")
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if re.match(r"repos:\s*(#.*)?$", line)), None)
    if first is None:
        return None
    last, indent = first, None
    for number, line in enumerate(lines[first + 1 :], first + 1):
        if re.match(r"[^\s#-]", line):
            break
        if indent is None and (match := re.match(r"([ \t]*)- ", line)):
            indent = match[1]
        last = number if line.strip() else last
    at = min(sum(len(line) + 1 for line in lines[: last + 1]), len(text))
    entry = newline.join(_hook(rule, "  " if indent is None else indent)) + newline
    return _splice(text, at, at, entry if text[:at].endswith("\n") else newline + entry)


def _placement(survey: Survey, plan: Plan, rule: LayoutRule) -> list[str]:
    tree = draw_folders(drawn_folders(survey, plan, rule))
    remarks = dict(concern_remarks(rule, [b.path for b in drawn_folders(survey, plan, rule)]))
    inner = _roles(rule, remarks)
    remarks |= {home.folder: adapts(home) for home in rule.homes}
    rows = [f"| `{f}/` | {words} |" for f, words in sorted(remarks.items()) if f not in inner]
    roles = [f"| `{folder}/` | {remarks[folder]} |" for folder in inner]
    contexts = ", ".join(rule.contexts)
    lines = [
        f"# Where a module of `{rule.package}` belongs",
        "",
        "A top-level package here names an infrastructure concern: the external system that its",
        "modules adapt, or, where several backends implement one port, that port, with a folder",
        "for each backend. It is never named after a bounded context; a context's name is for a",
        "file.",
    ]
    if contexts:
        lines += [f"No folder is called {contexts}."]
    lines += ["", "| concern | what is adapted there |", "|---|---|", *rows]
    if roles:
        lines += [
            "",
            "Inside the database, set-up, tables, write side and read side are kept apart:",
            "",
            "| folder | what belongs there |",
            "|---|---|",
            *roles,
        ]
    return [
        *lines,
        "",
        "Before you add a module, ask what it adapts (which library it imports), not whom it",
        "serves. A second backend of a port goes beside the first. A system that nothing here",
        "adapts yet gets a new package that is named after it.",
        "",
        "```",
        f"{rule.folder.rpartition('/')[2]}/",
        *tree,
        "```",
    ]


def _roles(rule: LayoutRule, folders: Iterable[str]) -> list[str]:
    """Return the folders inside a home, which are named after roles."""
    homes = {home.folder for home in rule.homes}
    return sorted(f for f in folders if any(f.startswith(f"{home}/") for home in homes - {f}))


def _hook(rule: LayoutRule, indent: str) -> list[str]:
    lines = [
        "- repo: local",
        "  hooks:",
        f"    - id: {HOOK_ID}",
        f"      name: modules of {rule.package} lie where they belong",
        "      entry: reorg check . --staged --plan plan.toml",
        "      language: system",
        f"      files: ^{re.escape(rule.folder)}/",
        "      pass_filenames: false",
    ]
    return [f"{indent}{line}" for line in lines]


def _remark_column(lines: list[str], drawn: DrawnTree) -> int:
    columns = [
        lines[line.number].rstrip("\r").rindex(line.remark)
        for _, line in drawn.lines
        if line.remark
    ]
    return min(columns, default=0)


def _remark_sign(drawn: DrawnTree) -> str:
    """Return the sign that this tree has before each remark, such as `#`."""
    remarks = [line.remark for _, line in drawn.lines if line.remark]
    return "# " if remarks and all(r.startswith("#") for r in remarks) else ""


def _splice(text: str, start: int, end: int, new: str) -> Splice:
    def size(part: str) -> int:
        return len(part.encode("utf-8", "surrogateescape"))

    at = size(text[:start])
    return Splice(at, at + size(text[start:end]), new.encode("utf-8", "surrogateescape"))
