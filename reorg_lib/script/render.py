"""The text of `reorganize.sh`, from the header to the splits.

The end of the script, which is the same for every repository, is `frame.sh`. The order of the moves
is in `move_order`, the sed programs are in `sed`, quoting is in `quoting`.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import resources

from reorg_lib.errors import RewriteError
from reorg_lib.git import blob_id
from reorg_lib.model import ChangeSet
from reorg_lib.script.branch_renames import names_with_two_meanings
from reorg_lib.script.move_order import order_moves
from reorg_lib.script.move_section import concern_of, moves_section
from reorg_lib.script.quoting import comment, decode, document, is_plain, quote_text, word, wrapped
from reorg_lib.script.sed.program import FileProgram, SedProgram, compile_sed, is_rewritten
from reorg_lib.script.sed.rules import rules_text
from reorg_lib.script.split_section import splits_section

_MODES = ("100644", "100755")
_NOTHING = "0" * 40
_WIDTH = 96
_FOLDERS = 12
"""The most folders that the commit message names: those to which most files go."""


def render_script(changeset: ChangeSet) -> str:
    """Return the text of `reorganize.sh`; the same changes always give the same text.

    Raises:
        RewriteError: something in the changes cannot be carried out with git and sed.
    """
    _refuse_what_cannot_be_moved(changeset)
    program = compile_sed(changeset)
    steps = order_moves(changeset)
    sections = {
        "deletions": _deletions(changeset),
        "moves": moves_section(changeset, steps) if steps.first or steps.rest else [],
        "rewrites": _rewrites(program),
        "new_files": _new_files(changeset),
    }
    lines = [*_header(changeset), "", *_constants(changeset)]
    for number, name in enumerate(("moves", "deletions", "rewrites", "new_files"), 1):
        if sections[name]:
            lines += ["", f"# ---- {number}. {_TITLES[name]}", "", *_function(name, sections[name])]
        if name == "rewrites" and program.rules:
            rules = decode(rules_text(program.rules)).splitlines()
            lines += ["", *_function("rules", document("SED", rules))]
    calls = [f"  {name}" for name in sections if sections[name]]
    lines += ["", *_function("reorganize", calls or ["  :"])]
    if changeset.splits:
        lines += ["", f"# ---- 5. {_TITLES['split']}", ""]
    lines += _function("split", splits_section(changeset) or ["  :"])
    frame = resources.files(__package__).joinpath("frame.sh").read_text("utf-8")
    return "\n".join([*lines, "", frame])


def _function(name: str, lines: Iterable[str]) -> list[str]:
    return [f"{name}() {{", *lines, "}"]


_TITLES = {
    "moves": "moves: from, to, why",
    "deletions": "deletions",
    "rewrites": "rewrites: edits of one file by line number, then the rules that files share",
    "new_files": "new files",
    "split": "splits: a module that became a package is divided into files",
}


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


# ------------------------------------------------------------------------ the start of the script


def _header(changeset: ChangeSet) -> list[str]:
    """Return the comment at the top, which `frame.sh` also prints as the usage."""
    texts = [c.target or "" for c in changeset.changes if c.source is None and c.after]
    return [
        "#!/usr/bin/env bash",
        "#",
        f"# reorganize.sh: give the modules of {comment(changeset.scope.package)} their new places",
        "#",
        "#   bash reorganize.sh            dry run: work in a scratch copy only, change nothing",
        "#   bash reorganize.sh --apply    move and rewrite; staged, not committed",
        "#   bash reorganize.sh --commit   the same, committed"
        + (": the moves and rewrites first, then the splits" if changeset.splits else ""),
        "#   bash reorganize.sh --undo     back to where --apply started, also after a crash",
        "#",
        *(f"# {line}" for line in _paragraph(_summary(changeset), 88)),
        "# Only names change: imports, and texts that name a module or its path. Names outside",
        "# the repository (queued jobs, deployed settings) are not updated.",
        *([f"# Also new: {comment(', '.join(texts))}."] if texts else []),
        "# It needs bash, git and sed; no code of the repository runs (but git hooks at --commit).",
        "#",
        "# Everything is done in a scratch copy first. Your checkout changes only at the end, and",
        "# only if the result is, byte for byte, what was tested when this script was generated.",
    ]


def _paragraph(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _summary(changeset: ChangeSet) -> str:
    return f"{'; '.join(_counts(changeset))}."


def _counts(changeset: ChangeSet) -> Iterator[str]:
    changes = changeset.changes
    yield _count(len(changeset.moves()), "file moves", "files move")
    yield _count(sum(map(is_rewritten, changes)), "is rewritten", "are rewritten")
    created = sum(change.source is None for change in changes)
    deleted = sum(change.target is None for change in changes)
    if created:
        yield _count(created, "is new", "are new")
    if deleted:
        yield _count(deleted, "is deleted", "are deleted")
    for split in changeset.splits:
        yield f"{len(split.parts)} parts of {comment(split.path)} become files"


def _constants(changeset: ChangeSet) -> list[str]:
    root = changeset.scope.source_root
    start = f"Made by reorganize.sh, reviewed at {changeset.commit}."
    first = f"Give the modules of {comment(changeset.scope.package)} their new places"
    said = (f"{_summary(changeset)} Only names change, no logic.", _destinations(changeset))
    body = "\n".join(line for paragraph in said for line in _paragraph(paragraph, 72))
    second = "Split modules into packages of the same name"
    commands = changeset.scope.post_commands
    then = f"; then type: {' && '.join(commands)}" if commands else ""
    done = f"done; git status, git diff --cached -M or git log show it{then}"
    lines = [
        "set -euo pipefail",
        f"REVIEWED={changeset.commit} # the commit that was reviewed",
        f"RESULT={result_id(changeset)} # hash over path, mode and content of all changes",
        f"MESSAGE={quote_text(chr(10).join((first, '', body, start)))}",
        f"DONE={quote_text(comment(done))}",
    ]
    if changeset.splits:
        moved = result_id(changeset, splits=False)
        lines.insert(3, f"MOVED={moved} # the same, before the splits")
        lines.append(f"SPLIT_MESSAGE={quote_text(chr(10).join((second, '', start)))}")
    if root != ".":
        lines.append(f"ROOT={word(root)}/ # the folder that imports start from")
    if twice := [name for name in names_with_two_meanings(changeset) if word(name) == name]:
        lines.append(
            f"REUSED_NAMES='{' '.join(twice)}' # old names that another module has afterwards"
        )
    return lines


def _destinations(changeset: ChangeSet) -> str:
    moved = Counter(concern_of(changeset.scope, move.target or "") for move in changeset.moves())
    if not moved:
        return ""
    most = sorted(moved.most_common(_FOLDERS))
    told = [f"to {name} {count}" for name, count in most]
    if others := len(moved) - len(most):
        told.append(f"and {moved.total() - sum(n for _, n in most)} to {others} other folders")
    return f"Files moved {', '.join(told)}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def result_id(changeset: ChangeSet, *, splits: bool = True) -> str:
    """Return the hash of all changes, as `git diff-index --cached --no-renames --no-abbrev -z`.

    That output has each changed path with mode and content before and after, in the order of the
    paths' bytes. Without `splits`, the hash is of the result before them.
    """
    before = {c.source: (c.mode, c.before) for c in changeset.changes if c.source}
    after = {c.target: (c.mode, c.after) for c in changeset.changes if c.target}
    if splits:
        after |= changeset.results()
    lines = []
    for path in sorted({*before, *after}, key=_bytes):
        old, new = before.get(path), after.get(path)
        if old != new:
            kind = "A" if old is None else "D" if new is None else "M"
            modes = f"{old[0] if old else '000000'} {new[0] if new else '000000'}"
            blobs = f"{_blob(old)} {_blob(new)}"
            lines.append(f":{modes} {blobs} {kind}\0{path}\0")
    return blob_id(_bytes("".join(lines)))


def _blob(file: tuple[str, bytes | None] | None) -> str:
    return blob_id(file[1] or b"") if file else _NOTHING


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


# ------------------------------------------------------------------------------------- the sections


def _deletions(changeset: ChangeSet) -> list[str]:
    gone = [c for c in changeset.changes if c.source is not None and c.target is None]
    width = max((len(word(change.source or "")) for change in gone), default=0)
    return [
        f"  git rm -q -- {word(change.source or ''):{width}} # {comment(change.reason)}".rstrip(
            "# "
        )
        for change in gone
    ]


def _rewrites(program: SedProgram) -> list[str]:
    lines: list[str] = []
    if program.rules:
        lines += ["  local rules; rules=$(rules)"]
    for file in program.files:
        lines += _own_edits(file)
    shared = [f for f in program.files if f.by_rules and not f.exempts]
    if shared:
        names = (word(file.change.target or "") for file in shared)
        lines += ["", '  sed -i.before -e "$rules" -- \\', *_continued(names)]
    for file in program.files:
        if file.line_feeds is not None:
            name, end = word(file.change.target or ""), "\\n" * file.line_feeds
            lines.append(
                f"  text=$(cat {name}); printf '%s{end}' \"$text\" > {name} # its last line"
            )
    return lines


def _own_edits(file: FileProgram) -> Iterator[str]:
    name = word(file.change.target or "")
    edits = decode(file.edits)
    if "\n" in edits:
        edits = "\n" + edits
    if file.exempts:
        yield f'  edit {name} {quote_text(edits + chr(10))}"$rules"'
    elif edits:
        yield f"  edit {name} {quote_text(edits)}"


def _new_files(changeset: ChangeSet) -> list[str]:
    """Return the lines for files that are written completely: new files, and empty ones."""
    whole = [
        change
        for change in changeset.changes
        if change.target is not None
        and (change.source is None or (change.before == b"" and change.after != b""))
    ]
    lines: list[str] = []
    empty = [word(change.target or "") for change in whole if not change.after]
    if empty:
        lines += _each(empty, "create {} < /dev/null")
    for change in whole:
        if change.after:
            lines += [""] if lines else []
            lines += [f"  # {comment(change.reason)}"] if comment(change.reason) else []
            lines += _written(word(change.target or ""), decode(change.after))
    return lines


def _written(name: str, text: str) -> list[str]:
    if text.endswith("\n") and is_plain(text, "\n\t"):
        return document("TEXT", text[:-1].split("\n"), f"create {name}")
    return [f"  printf %s {quote_text(text)} | create {name}"]


def _each(names: list[str], command: str) -> Iterator[str]:
    """Yield a command for each name, which replaces `{}` in it."""
    if len(names) == 1:
        yield "  " + command.format(names[0])
    else:
        yield from ("  local file", "  for file in \\", *_continued(names))
        yield f"""  do {command.format('"$file"')}; done"""


def _continued(words: Iterable[str]) -> list[str]:
    """Return words in lines that continue with a backslash."""
    lines = [f"    {line}" for line in wrapped(words, _WIDTH)]
    return [*(f"{line} \\" for line in lines[:-1]), *lines[-1:]]
