"""The product: `reorganize.sh`, written to be read by the maintainer who runs it.

Owns how a `ChangeSet` reads as a shell script; the parts that are the same for every script stand
in `reorganize.sh.in`. Must not know how the changes were found, and decides nothing: which order
moves need is `steps`' business, what sed types is `sed`'s, what quotes are needed is `shell`'s.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import resources
from itertools import groupby

from reorg_lib.errors import RewriteError
from reorg_lib.export.script_checks import checks_text, digest, make_ledger, source_root
from reorg_lib.export.sed import FileProgram, compile_sed, is_rewritten
from reorg_lib.export.sed_rules import rules_text
from reorg_lib.export.shell import (
    comment,
    decode,
    document,
    is_plain,
    quote,
    quote_text,
)
from reorg_lib.export.splits import splits_text
from reorg_lib.export.steps import Step, Steps, order_steps
from reorg_lib.model import ChangeSet, FileChange

_MODES = ("100644", "100755")


def render_script(changeset: ChangeSet) -> str:
    """Return the text of `reorganize.sh`; the same changes always give the same text.

    Raises:
        RewriteError: something in the changes cannot be carried out with git and sed.
    """
    _refuse_what_cannot_be_moved(changeset)
    steps = order_steps(changeset)
    program = compile_sed(changeset)
    created = _created(changeset)
    split = frozenset(split.path for split in changeset.splits)
    ledger = make_ledger(changeset, steps, program, created)
    parts = {
        "header": _header(changeset),
        "constants": [
            f"COMMIT={changeset.commit} # what was reviewed",
            f"LEDGER={digest(ledger)} # stands for all lists of part 9",
            f"ROOT={source_root(changeset)} # the folder of the top-level packages",
        ],
        "moves": _moves(changeset, steps),
        "deletions": _deletions(changeset),
        "rules": document("SED", decode(rules_text(program.rules)).splitlines()),
        "rewrites": [line for f in program.files for line in _rewrite(f, split)] or ["  :"],
        "creations": _creations(created),
        "splits": splits_text(changeset),
        "summary": document("SUMMARY", _summary(changeset)),
        "commit_message": document("MESSAGE", _message(changeset)),
        "split_message": document("MESSAGE", _split_message(changeset)),
        "post_commands": document("COMMANDS", changeset.scope.post_commands),
        "post_message": document("MESSAGE", _post_message(changeset)),
        **checks_text(changeset),
        **{name: document("FILES", lines) for name, lines in ledger.items()},
    }
    template = resources.files(__package__).joinpath("reorganize.sh.in").read_text("utf-8")
    return re.sub(r"^#@ (\w+)$", lambda m: "\n".join(parts[m[1]]), template, flags=re.MULTILINE)


def _refuse_what_cannot_be_moved(changeset: ChangeSet) -> None:
    wrong = tuple(
        f"{change.source or change.target}: has mode {change.mode}"
        for change in changeset.changes
        if change.mode not in _MODES
    )
    if wrong:
        raise RewriteError("only regular files can be moved or rewritten; leave these out", wrong)
    if len(changeset.commit) != 40:
        raise RewriteError("the repository does not use SHA-1 ids, on which the script relies")


# ------------------------------------------------------------------------ what a reader sees first


def _header(changeset: ChangeSet) -> list[str]:
    moves, rewritten = len(changeset.moves()), sum(map(is_rewritten, changeset.changes))
    created = len(_created(changeset)) - sum(1 for c in _created(changeset) if c.source)
    deleted = sum(c.target is None for c in changeset.changes)
    counts = [
        _count(moves, "file moves", "files move"),
        _count(rewritten, "is rewritten", "are rewritten"),
        _count(created, "is new", "are new"),
        _count(deleted, "is deleted", "are deleted"),
    ]
    splits = [
        f"# After that, {len(split.parts)} parts of {comment(split.path)} get files of their own."
        for split in changeset.splits
    ]
    return [
        f"# reorganize.sh: give the modules of {comment(changeset.scope.package)} their new places",
        "#",
        f"# {', '.join(counts[:-1])} and {counts[-1]}.",
        *splits,
        "# Only names change: imports, and texts that name a module or its path. No logic does.",
        *_new_texts(changeset),
        f"# Reviewed at commit {changeset.commit}.",
    ]


def _new_texts(changeset: ChangeSet) -> list[str]:
    texts = [change for change in changeset.changes if change.source is None and change.after]
    if not texts:
        return []
    names = ", ".join(comment(change.target or "") for change in texts)
    return [f"# Besides, it writes what keeps the layout from drifting: {names}."]


def _summary(changeset: ChangeSet) -> list[str]:
    lines = []
    moved = Counter(_concern(changeset, move.target or "") for move in changeset.moves())
    if moved:
        lines.append(_count(sum(moved.values()), "file moves:", "files move:"))
        width = max(map(len, moved))
        lines += [f"  to {name:{width}}  {count}" for name, count in sorted(moved.items())]
    rewritten = sum(map(is_rewritten, changeset.changes))
    new = sum(c.source is None for c in changeset.changes)
    deleted = sum(c.target is None for c in changeset.changes)
    lines += [
        f"{_count(rewritten, 'file is rewritten', 'files are rewritten')}, {new} created, "
        f"{deleted} deleted."
    ]
    lines += [f"{split.path} is split into {len(split.parts)} files." for split in changeset.splits]
    return [comment(line) if not line.startswith(" ") else line for line in lines]


def _message(changeset: ChangeSet) -> list[str]:
    package = comment(changeset.scope.package)
    return [
        f"Give the modules of {package} their new places",
        "",
        *_summary(replace(changeset, splits=())),
        "",
        "Only names change: imports, and texts that name a module or its path.",
        f"Made by reorganize.sh, which was reviewed at {changeset.commit}.",
    ]


def _split_message(changeset: ChangeSet) -> list[str]:
    if not changeset.splits:
        return []
    lines = ["Split modules into packages of the same name", ""]
    for split in changeset.splits:
        lines += [f"{comment(split.path)} becomes:"]
        lines += [f"  {comment(part.path)}" for part in split.parts]
    return [*lines, "", "Every name is still imported from where it was; no logic changes."]


def _post_message(changeset: ChangeSet) -> list[str]:
    commands = changeset.scope.post_commands
    if not commands:
        return []
    package = comment(changeset.scope.package)
    typed = [f"  {comment(command)}" for command in commands]
    return [f"Format the modules of {package} in their new places", "", "Typed:", *typed]


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _concern(changeset: ChangeSet, path: str) -> str:
    """Return the folder below the package that a path is in, or the folder that it is in."""
    package = _package_folder(changeset)
    if path.startswith(package + "/") and path.count("/") > package.count("/") + 1:
        return comment(path[len(package) + 1 :].split("/")[0]) + "/"
    return comment(path.rpartition("/")[0]) + "/"


def _package_folder(changeset: ChangeSet) -> str:
    folder = changeset.scope.package.replace(".", "/")
    root = changeset.scope.source_root
    return folder if root == "." else f"{root}/{folder}"


# ------------------------------------------------------------------------------ what is carried out


def _moves(changeset: ChangeSet, steps: Steps) -> list[str]:
    lines: list[str] = []
    if steps.first:
        lines += ["  # first: files that make room for others (.moving-1 is a name for in between)"]
        lines += _move_lines(steps.first)
    by_concern = sorted(
        enumerate(steps.rest), key=lambda pair: (_concern(changeset, pair[1].target), pair[0])
    )
    for concern, group in groupby(by_concern, lambda pair: _concern(changeset, pair[1].target)):
        chosen = [step for _, step in group]
        lines += ["", f"  # ---- {concern}", *_move_lines(chosen)]
    return lines[lines[:1] == [""] :] or ["  :"]


def _move_lines(steps: Sequence[Step]) -> list[str]:
    lines: list[str] = []
    reason = None
    for step in steps:
        if step.change.reason != reason:
            reason = step.change.reason
            lines += ["", f"  # {comment(reason)}"] if comment(reason) else [""]
        lines += [f"  git mv -- {quote(step.source)} \\", f"            {quote(step.target)}"]
    return lines


def _deletions(changeset: ChangeSet) -> list[str]:
    lines: list[str] = []
    for change in changeset.changes:
        if change.source is not None and change.target is None:
            lines += [f"  # {comment(change.reason)}"] if comment(change.reason) else []
            lines.append(f"  git rm -q -- {quote(change.source)}")
    return lines or ["  :"]


def _created(changeset: ChangeSet) -> list[FileChange]:
    """Return the files whose text is written whole: new ones, and those that had no text.

    Those that get a text come last: they are read as a section of their own.
    """
    whole = [
        change
        for change in changeset.changes
        if change.target is not None
        and (change.source is None or (change.before == b"" and change.after != b""))
    ]
    return sorted(whole, key=lambda change: bool(change.after))


def _rewrite(file: FileProgram, split: frozenset[str]) -> list[str]:
    name = quote(file.change.source or "")
    edits = decode(file.edits)
    if "\n" in edits:
        edits = "\n" + edits
    lines = [f"  add_newline {name}"] if file.adds_newline else []
    if not file.by_rules:
        lines.append(f"  by_lines {name} {quote_text(edits)}")
    elif edits:
        both = "by_most" if file.exempts else "by_both"
        lines.append(f"  {both} {name} {quote_text(edits)}")
    else:
        lines.append(f"  by_rules {name}")
    lines += ["  drop_newline"] if file.drops_newline else []
    return [*lines, *([f"  keep_for_split {name}"] if file.change.target in split else [])]


def _creations(created: Iterable[FileChange]) -> list[str]:
    lines: list[str] = []
    reason = ""
    for change in created:
        if change.reason != reason:
            reason = change.reason
            lines += [""] if change.after and lines else []
            lines += [f"  # {comment(reason)}"] if comment(reason) else []
        name, text = quote(change.source or change.target or ""), decode(change.after)
        if text.endswith("\n") and is_plain(text, "\n\t"):
            lines += document("TEXT", text[:-1].split("\n"), f"new_document {name}")
        else:
            lines.append(f"  new_file {name}{f' {quote_text(text)}' if text else ''}")
    return lines or ["  :"]
