r"""From exact edits to a sed program that a person can read.

There are two kinds of command. A *rule* renames one old name everywhere (`s/old\.name/new.name/g`);
all files share the rules. A *line edit* (`12s/old/new/`) is for what no rule can do: relative
imports, inserted lines, lines that a rule would get wrong. The rehearsal shows with a real sed that
the program gives exactly `after`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reorg_lib.errors import RewriteError
from reorg_lib.model import ChangeSet, FileChange
from reorg_lib.script.sed.commands import line_edits
from reorg_lib.script.sed.line_changes import LineChange, line_changes
from reorg_lib.script.sed.rules import (
    SedRule,
    apply_rules,
    keep_rules,
    lines_with_names,
    make_rules,
)


@dataclass(frozen=True, slots=True)
class FileProgram:
    """The program for one file: its own `edits` first, then (with `by_rules`) the common rules.

    If the edits exclude some lines from the rules (`exempts`), one sed run does both.
    """

    change: FileChange
    by_rules: bool
    edits: bytes
    exempts: bool = False

    @property
    def line_feeds(self) -> int | None:
        """The line feeds at the end of the new text, if different seds disagree; None if not.

        They disagree if the last line of the old or of the new text has no line feed.
        """
        before, after = self.change.before or b"", self.change.after or b""
        if before.endswith(b"\n") and (after.endswith(b"\n") or not after):
            return None
        return len(after) - len(after.rstrip(b"\n"))


@dataclass(frozen=True, slots=True)
class SedProgram:
    """The common rules in the order in which they run, and all rewritten files, by source."""

    rules: tuple[SedRule, ...]
    files: tuple[FileProgram, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """A file to rewrite, with its changed lines and the lines that contain an old name."""

    change: FileChange
    lines: Mapping[int, LineChange]
    named: tuple[tuple[int, bytes], ...]


def compile_sed(changeset: ChangeSet) -> SedProgram:
    """Return the program that writes every rewritten file of `changeset`.

    A file whose old text is empty has no line that sed could change. It is not among the files;
    the script must write its new text completely.

    Raises:
        RewriteError: a file cannot be rewritten by sed (it contains NUL bytes), or its edits do
            not give its new text.
    """
    rewritten = [change for change in changeset.changes if is_rewritten(change) and change.before]
    binary = tuple(f"{c.source}: contains NUL bytes" for c in rewritten if _is_binary(c))
    if binary:
        raise RewriteError("sed cannot rewrite a binary file; leave its references out", binary)
    rules = make_rules(changeset, rewritten)
    files = [_file(change, rules) for change in rewritten]
    while (useful := keep_rules(rules, _useful(rules, files))) != rules:
        rules = useful
    return SedProgram(rules, tuple(_file_program(file, rules) for file in files))


def is_rewritten(change: FileChange) -> bool:
    """Return whether the file exists before and after, with different text."""
    return None not in (change.source, change.target) and change.before != change.after


def _is_binary(change: FileChange) -> bool:
    return b"\0" in (change.before or b"") or b"\0" in (change.after or b"")


def _file(change: FileChange, rules: tuple[SedRule, ...]) -> _File:
    lines = {line.line: line for line in line_changes(change)}
    return _File(change, lines, tuple(lines_with_names(rules, change.before or b"")))


def _useful(rules: tuple[SedRule, ...], files: Iterable[_File]) -> list[SedRule]:
    """Return the rules that give more right lines than wrong ones."""
    score: Counter[SedRule] = Counter()
    for file in files:
        by_rules = _file_program(file, rules).by_rules
        for number, line in file.named:
            typed, fired = apply_rules(rules, line)
            right = typed == _wanted(file, number, line)
            if by_rules or not right:
                score.update(dict.fromkeys(fired, 1 if right else -1))
    return [rule for rule in rules if score[rule] > 0]


def _file_program(file: _File, rules: tuple[SedRule, ...]) -> FileProgram:
    """Return a program with the common rules or without them: the one with fewer line edits."""
    typed = {number: text for number, text, fired in _typed(file, rules) if fired}
    own = [c for c in file.lines.values() if typed.get(c.line, c.old) != c.new]
    exempt = [number for number in typed if number not in file.lines]
    if len(own) + len(exempt) < len(file.lines):
        spoiled = [c.line for c in own if c.new and apply_rules(rules, c.new)[1]]
        lines = [*spoiled, *exempt]
        return FileProgram(file.change, True, line_edits(own, lines), bool(lines))
    return FileProgram(file.change, False, line_edits(file.lines.values()))


def _typed(file: _File, rules: tuple[SedRule, ...]) -> Iterable[tuple[int, bytes, list[SedRule]]]:
    for number, line in file.named:
        yield number, *apply_rules(rules, line)


def _wanted(file: _File, number: int, line: bytes) -> bytes | None:
    return file.lines[number].new if number in file.lines else line
