"""What the script checks, as text: names, folders, and the ledger of all files.

Owns parts 6 and 9 of the script. Must not know what is done to the files, nor in which order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from reorg_lib.export.sed import SedProgram
from reorg_lib.export.shell import document, git_path, quote, quote_text
from reorg_lib.export.splits import cut_files
from reorg_lib.export.stale import (
    double_rules,
    only_doubles,
    plain_names,
    stale_rules,
    without_doubles,
)
from reorg_lib.export.steps import Steps, folders_of
from reorg_lib.export.unreviewed import gone_packages, old_modules, old_names
from reorg_lib.model import ChangeSet, FileChange
from reorg_lib.repository import blob_id


def checks_text(changeset: ChangeSet) -> dict[str, list[str]]:
    """Return the lines of each function of part 6, by its name."""
    return {
        "old_names": document("NAMES", old_names(changeset)),
        "old_modules": document("MODULES", old_modules(changeset)),
        "gone_packages": document("MODULES", gone_packages(changeset)),
        "stale_rules": document("SED", stale_rules(changeset)),
        **_doubles(changeset),
        "left_folders": _names(_left_folders(changeset)),
        "needed_folders": _names(folders_of(sorted(changeset.results()))),
        "is_same_file": _same_files(changeset),
    }


def source_root(changeset: ChangeSet) -> str:
    """Return the source root with a `/` before it, or nothing for the repository itself."""
    root = changeset.scope.source_root
    return "" if root == "." else quote("/" + root)


def _doubles(changeset: ChangeSet) -> dict[str, list[str]]:
    """Return the lists that tell old names which are new ones, too, from those that are not."""
    doubles = only_doubles(changeset)
    clear = without_doubles(changeset)
    if not (doubles.modules or doubles.paths):
        nothing = {name: ["  :"] for name in ("double_names", "double_modules", "plain_names")}
        same = {"stale_names": ["  old_names"], "stale_modules": ["  old_modules"]}
        return {**nothing, **same, "double_rules": ["  cat"]}
    return {
        "stale_names": document("NAMES", old_names(clear)),
        "stale_modules": document("MODULES", old_modules(clear)),
        "double_names": document("NAMES", old_names(doubles)),
        "double_modules": document("MODULES", [r.old for r in doubles.modules]),
        "plain_names": document("MODULES", plain_names(changeset)),
        "double_rules": [f"  sed -n {quote_text(double_rules(changeset))}"],
    }


def _left_folders(changeset: ChangeSet) -> tuple[str, ...]:
    sources = {c.source for c in changeset.changes if c.source}
    targets = set(changeset.results())
    return tuple(
        sorted(set(folders_of(sorted(sources - targets))) - set(folders_of(list(targets))))
    )


def _names(folders: Iterable[str]) -> list[str]:
    """Return a shell command that prints names, each with a NUL behind it, inner folders first."""
    names = sorted(folders, reverse=True)
    if not names:
        return ["  :"]
    return [
        "  printf '%s\\0' \\",
        *(f"    {quote(name)} \\" for name in names[:-1]),
        f"    {quote(names[-1])}",
    ]


def _same_files(changeset: ChangeSet) -> list[str]:
    pairs = [
        (move.target or "", move.source or "")
        for move in changeset.moves()
        if (move.target or "").casefold() == (move.source or "").casefold()
    ]
    if not pairs:
        return ["  false # no file changes its name so"]
    cases = [f"    {quote(new)}) [ {quote(new)} -ef {quote(old)} ] ;;" for new, old in pairs]
    return ["  case $1 in", *cases, "    *) false ;;", "  esac"]


def make_ledger(
    changeset: ChangeSet, steps: Steps, program: SedProgram, created: Sequence[FileChange]
) -> dict[str, list[str]]:
    """Return the lists of part 9 by name, as `git update-index --index-info` reads them."""
    typed = [*(file.change for file in program.files), *created]
    changes = changeset.changes
    moved = {id(step.change) for step in (*steps.first, *steps.rest)}
    underway = [(path, change) for path, change in steps.temporary()] + [
        (c.target or "", c) for c in changes if id(c) in moved and c.before != c.after
    ]
    written = {id(change) for change in typed}
    return {
        "reviewed": [_entry(c.mode, c.before, c.source) for c in changes if c.source],
        "written": [_entry(c.mode, c.after, c.target) for c in typed],
        "moved_unchanged": [
            _entry(c.mode, c.after, c.target) for c in changes if c.target and id(c) not in written
        ],
        "underway": [_entry(c.mode, c.before, path) for path, c in underway],
        "cut": [_entry(*cut) for cut in cut_files(changeset)],
        "left_on_purpose": sorted({f"-\t{git_path(left.path)}" for left in changeset.left}),
    }


def _entry(mode: str, content: bytes | None, path: str | None) -> str:
    return f"{mode} {blob_id(content or b'')}\t{git_path(path or '')}"


def digest(ledger: dict[str, list[str]]) -> str:
    """Return an id that stands for the whole ledger."""
    text = repr(sorted(ledger.items())).encode("utf-8", "surrogateescape")
    return hashlib.sha1(text, usedforsecurity=False).hexdigest()
