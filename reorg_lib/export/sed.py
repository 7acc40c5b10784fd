r"""From exact edits to a sed program that a person can read.

Owns the two kinds of command. A *rule* renames one old name wherever it stands
(`s/old\.name/new.name/g`); all files share the rules. A *line edit* (`12s/old/new/`) is for what
no rule can say: relative imports, inserted lines, lines that a rule would get wrong. Must not
know the shell. Nothing leaves here that was not simulated from its final text and found to give
exactly `after`.

Only what every sed understands is used: basic expressions without `\b`, `\+`, `\|`, no `\n` in a
replacement, nothing behind a `}`, no in-place option. Every `s` pattern is literal text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reorg_lib.errors import RewriteError
from reorg_lib.export.lines import LineChange, line_changes, split_lines
from reorg_lib.export.sed_simulation import parse, run
from reorg_lib.model import ChangeSet, FileChange

_DELIMITERS = b"/|,#@%!:;~="
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")


@dataclass(frozen=True, slots=True)
class Rule:
    """Replace `old` by `new` wherever it stands; `reason` is the renaming behind it."""

    old: bytes
    new: bytes
    reason: str

    @property
    def command(self) -> bytes:
        """The rule as sed types it."""
        return substitution(self.old, self.new) + b"g"


@dataclass(frozen=True, slots=True)
class FileProgram:
    """How one file is typed: its own `edits` first, then (with `by_rules`) the common rules."""

    change: FileChange
    by_rules: bool
    edits: bytes

    @property
    def adds_newline(self) -> bool:
        """Whether the old text must be given a final line feed, which every sed keeps."""
        return not (self.change.before or b"").endswith(b"\n")

    @property
    def drops_newline(self) -> bool:
        """Whether the final line feed must be taken from what sed typed."""
        return bool(self.change.after) and not (self.change.after or b"").endswith(b"\n")


@dataclass(frozen=True, slots=True)
class SedProgram:
    """The common rules in the order in which they run, and every rewritten file, by source."""

    rules: tuple[Rule, ...]
    files: tuple[FileProgram, ...]


def compile_sed(changeset: ChangeSet) -> SedProgram:
    """Return the program that types every rewritten file of `changeset`.

    A file whose old text is empty has no line that sed could change: it is not among the files,
    and whoever writes the script must write its new text whole.

    Raises:
        RewriteError: a file cannot be rewritten by sed (it holds NUL bytes), or its edits do not
            give its new text.
    """
    rewritten = [change for change in changeset.changes if is_rewritten(change) and change.before]
    binary = tuple(f"{c.source}: holds NUL bytes" for c in rewritten if b"\0" in _both(c))
    if binary:
        raise RewriteError("sed cannot rewrite a binary file; leave its references out", binary)
    changed = {id(change): line_changes(change) for change in rewritten}
    rules = _rules(changeset, rewritten)
    while True:
        files = tuple(_file_program(change, changed[id(change)], rules) for change in rewritten)
        useful = _useful(rules, files, changed)
        if len(useful) == len(rules):
            break
        rules = useful
    program = SedProgram(rules, files)
    wrong = tuple(f"{f.change.source}: sed would type something else" for f in files
                  if simulate(program, f) != f.change.after)  # fmt: skip
    if wrong:
        raise RewriteError("the sed program is not exact; please report this", wrong)
    return program


def is_rewritten(change: FileChange) -> bool:
    """Whether the file is there before and after, with another text."""
    return None not in (change.source, change.target) and change.before != change.after


def rules_text(rules: Iterable[Rule]) -> bytes:
    """Return the rules as a sed file, each group of one reason under a comment."""
    out, reason = [], None
    for rule in rules:
        if rule.reason != reason:
            reason = rule.reason
            out.append(b"# " + reason.encode())
        out.append(rule.command)
    return b"".join(line + b"\n" for line in out)


def simulate(program: SedProgram, file: FileProgram) -> bytes:
    """Return what a file's program types, from the text that the script will hold."""
    common = rules_text(program.rules) if file.by_rules else b""
    text = (file.change.before or b"") + (b"\n" if file.adds_newline else b"")
    typed = run(parse(file.edits + b"\n" + common), text)
    return typed.rstrip(b"\n") if file.drops_newline else typed


def substitution(old: bytes, new: bytes) -> bytes:
    r"""Return `s/old/new/` for literal texts, with the delimiter that reads best.

    >>> substitution(b"a.b", b"c.d")
    b's/a\\.b/c.d/'
    """
    return _substitution(re.sub(rb"[.*\[^$\\]", rb"\\\g<0>", old), new)


def _substitution(pattern: bytes, new: bytes) -> bytes:
    free = [d for d in _DELIMITERS if d not in pattern and d not in new]
    delimiter = bytes([free[0] if free else _DELIMITERS[0]])
    replacement = re.sub(rb"[&\\\n]", rb"\\\g<0>", new)
    if not free:
        pattern = pattern.replace(delimiter, b"\\" + delimiter)
        replacement = replacement.replace(delimiter, b"\\" + delimiter)
    return delimiter.join((b"s", pattern, replacement, b""))


# ------------------------------------------------------------------------------------- the rules


def _rules(changeset: ChangeSet, rewritten: Sequence[FileChange]) -> tuple[Rule, ...]:
    """Turn the renamings that occur in a rewritten file into rules, in a safe order."""
    wanted: dict[bytes, Rule] = {}
    for renaming in (*changeset.modules, *changeset.paths):
        old, new = _encode(renaming.old), _encode(renaming.new)
        compound = b"." in old or b"/" in old  # a single word stands for too many other things
        plain = renaming.old.isprintable() and renaming.new.isprintable()
        if compound and plain and old != new and old not in wanted:
            wanted[old] = Rule(old, new, _concern(changeset, renaming.new))
    if not wanted:
        return ()
    texts = b"\0".join(change.before or b"" for change in rewritten)
    everything = texts + b"\0".join(change.after or b"" for change in rewritten)
    return _ordered([rule for old, rule in wanted.items() if old in texts], everything)


def _ordered(rules: list[Rule], texts: bytes) -> tuple[Rule, ...]:
    """Order rules so that none sees what an earlier one typed, and longer names come first.

    Where that is impossible (two names that are exchanged), the names of the circle first become
    tokens that occur in no file, and the tokens their new names at the very end.
    """
    waiting = sorted(rules, key=lambda rule: (rule.reason, rule.old))
    done: list[Rule] = []
    last: list[Rule] = []
    while waiting:
        ready = (r for r in waiting if not any(_precedes(other, r) for other in waiting))
        rule = next(ready, None)
        if rule is not None:
            done.append(rule)
        else:
            rule = max(waiting, key=lambda rule: len(rule.old))
            token = b"@name-%d@" % (len(last) + 1)
            while token in texts:
                token = token[:-1] + b"-@"
            done.append(Rule(rule.old, token, "set aside, since names change places"))
            last.append(Rule(token, rule.new, "and put in their new places"))
        waiting.remove(rule)
    return (*done, *last)


def _precedes(first: Rule, second: Rule) -> bool:
    """Whether `first` must run before `second`: it would otherwise see too much or too little."""
    if first is second:
        return False
    return second.old in first.old or first.old in second.new


def _concern(changeset: ChangeSet, new: str) -> str:
    """Return what a rule's comment says: the folder of the package that the name goes to."""
    package = changeset.scope.package
    folder = package.replace(".", "/") + "/"
    if new.startswith(package + "."):
        return new[len(package) + 1 :].split(".")[0]
    if folder in new:
        return new.partition(folder)[2].split("/")[0] + ", as paths"
    return "elsewhere"


def _apply(rules: Iterable[Rule], line: bytes) -> tuple[bytes, list[Rule]]:
    """Return a line after the rules, with those that changed it."""
    fired = []
    for rule in rules:
        if rule.old in line:
            line = line.replace(rule.old, rule.new)
            fired.append(rule)
    return line, fired


def _useful(
    rules: tuple[Rule, ...],
    files: Iterable[FileProgram],
    changed: dict[int, tuple[LineChange, ...]],
) -> tuple[Rule, ...]:
    """Return the rules that type more lines rightly than they would get wrong."""
    score: Counter[bytes] = Counter()
    for file in files:
        wanted = {change.line: change.new for change in changed[id(file.change)]}
        for number, line in _touched_lines(file.change, rules):
            typed, fired = _apply(rules, line)
            right = typed == wanted.get(number, line)
            if right and not file.by_rules:
                continue
            for rule in fired:
                score[rule.old] += 1 if right else -1
    useful = tuple(rule for rule in rules if score[rule.old] > 0)
    tokens = {rule.new for rule in useful} & {rule.old for rule in useful}
    aside = [rule for rule in rules if rule.reason.startswith(("set aside", "and put"))]
    if aside and len(tokens) * 2 != len(aside):  # half a circle would leave tokens in files
        return tuple(rule for rule in useful if rule not in aside)
    return useful


def _touched_lines(change: FileChange, rules: Iterable[Rule]) -> list[tuple[int, bytes]]:
    """Return the lines of the old text that hold an old name."""
    before = change.before or b""
    names = [re.escape(rule.old) for rule in rules if rule.old in before]
    if not names:
        return []
    found = re.compile(b"|".join(names))
    return [(n, line) for n, line in enumerate(split_lines(before), 1) if found.search(line)]


# -------------------------------------------------------------------------------- the line edits


def _file_program(
    change: FileChange, changes: tuple[LineChange, ...], rules: tuple[Rule, ...]
) -> FileProgram:
    """Choose between the common rules and line edits alone, whichever needs fewer line edits."""
    wanted = {c.line for c in changes}
    typed = {n: _apply(rules, line)[0] for n, line in _touched_lines(change, rules)}
    own = [c for c in changes if typed.get(c.line, c.old) != c.new]
    exempt = [n for n in typed if n not in wanted]
    by_rules = len(own) + len(exempt) < len(changes)
    commands = [_line_edit(c, alone=not by_rules) for c in (own if by_rules else changes)]
    if by_rules:
        commands += [(n, n, b"b") for n in exempt]
    lines = [
        (b"%d" % first if first == last else b"%d,%d" % (first, last)) + command
        for first, last, command in _joined(sorted(commands))
    ]
    # The `;` keeps toybox 0.8 from taking the next line's number for a flag of the `s`.
    parted = [e + b";" if re.match(rb"\d+s", e) else e for e in lines[:-1]] + lines[-1:]
    return FileProgram(change, by_rules, b"\n".join(parted))


def _line_edit(change: LineChange, *, alone: bool) -> tuple[int, int, bytes]:
    """Return a command and its lines; unless it is alone, the rules do not see the line."""
    if change.new is None:
        return change.line, change.line, b"d"
    command = _smallest(change.old, change.new)
    return change.line, change.line, command if alone else b"{\n%s\nb\n}" % command


def _joined(commands: Iterable[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
    """Join deletions of lines that follow one another."""
    out: list[tuple[int, int, bytes]] = []
    for first, last, command in commands:
        if out and command == b"d" == out[-1][2] and out[-1][1] == first - 1:
            out[-1] = (out[-1][0], last, command)
        else:
            out.append((first, last, command))
    return out


def _smallest(old: bytes, new: bytes) -> bytes:
    """Return the `s` that turns one line into another, naming no more than a reader needs."""
    if new.startswith(old + b"\n"):
        return _substitution(b"$", new[len(old) :])
    if new.endswith(b"\n" + old) or not old:
        return _substitution(b"^", new[: len(new) - len(old)])
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    stop, new_stop = len(old) - end, len(new) - end
    while start and old[start - 1] in _WORD:
        start -= 1
    while stop < len(old) and old[stop] in _WORD:
        stop, new_stop = stop + 1, new_stop + 1
    while start and (start == stop or old.index(old[start:stop]) != start):
        start -= 1
    if start == stop:  # something is put in front of the line
        return _substitution(b"^", new[:new_stop])
    return substitution(old[start:stop], new[start:new_stop])


def _common(left: bytes, right: bytes) -> int:
    """Return the length of the common beginning."""
    shorter = min(len(left), len(right))
    return next((i for i in range(shorter) if left[i] != right[i]), shorter)


def _encode(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _both(change: FileChange) -> bytes:
    return (change.before or b"") + (change.after or b"")
