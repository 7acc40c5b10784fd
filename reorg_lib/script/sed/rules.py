"""The sed rules that all files share: one old name, replaced wherever it stands.

Owns which renamings become rules, their order, and how they read. Must not know the files' own
edits or the shell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reorg_lib.model import ChangeSet, FileChange, Renaming
from reorg_lib.script.sed.commands import escape, substitution

_ASIDE = "set aside, since they change places"
_BACK = "and put in their new places"


@dataclass(frozen=True, slots=True)
class SedRule:
    """Replace `old` by `new` wherever it stands; rules of one `group` stand together."""

    old: bytes
    new: bytes
    group: str


def make_rules(changeset: ChangeSet, rewritten: Sequence[FileChange]) -> tuple[SedRule, ...]:
    """Turn the renamings that occur in a rewritten file into rules, in a safe order."""
    wanted: dict[bytes, SedRule] = {}
    for renaming in (*changeset.modules, *changeset.paths):
        old = renaming.old.encode("utf-8", "surrogateescape")
        if _is_fit(renaming) and old not in wanted:
            wanted[old] = SedRule(old, renaming.new.encode(), _group(changeset, renaming.new))
    old_texts = b"\0".join(change.before or b"" for change in rewritten)
    all_texts = old_texts + b"\0".join(change.after or b"" for change in rewritten)
    found = {old: rule for old, rule in wanted.items() if old in old_texts}
    return _ordered([rule for rule in found.values() if not _follows(rule, found)], all_texts)


def keep_rules(rules: tuple[SedRule, ...], kept: Iterable[SedRule]) -> tuple[SedRule, ...]:
    """Return the `kept` ones of the rules; of an exchange either both halves or none."""
    chosen = set(kept)
    tokens = {rule.new for rule in chosen if rule.group == _ASIDE}
    tokens &= {rule.old for rule in chosen if rule.group == _BACK}
    return tuple(
        rule
        for rule in rules
        if rule in chosen
        and (rule.group != _ASIDE or rule.new in tokens)
        and (rule.group != _BACK or rule.old in tokens)
    )


def apply_rules(rules: Iterable[SedRule], line: bytes) -> tuple[bytes, list[SedRule]]:
    """Return a line after the rules, with those that changed it."""
    fired = []
    for rule in rules:
        if rule.old in line:
            line = line.replace(rule.old, rule.new)
            fired.append(rule)
    return line, fired


def lines_with_names(rules: Sequence[SedRule], text: bytes) -> list[tuple[int, bytes]]:
    """Return the lines of a text that hold an old name, with their numbers."""
    names = [re.escape(rule.old) for rule in rules if rule.old in text]
    found: list[tuple[int, bytes]] = []
    if not names:
        return found
    number, start, end = 1, 0, -1
    for match in re.finditer(b"|".join(names), text):
        if match.start() < end:
            continue  # a second name on one line
        line = text.rfind(b"\n", start, match.start()) + 1 or start
        number += text.count(b"\n", start, line)
        start, end = line, text.find(b"\n", line)
        end = end if end >= 0 else len(text)
        found.append((number, text[start:end]))
    return found


def rules_text(rules: Sequence[SedRule]) -> bytes:
    """Return the rules as a sed file, each group under a comment.

    Where all old names share a word, lines without it are left at once: with hundreds of rules
    that is most of the time.
    """
    out = []
    common = _common_word(rules)
    if common and len(rules) > 1:
        out += [b"# skip lines without this word", b"/%s/!b" % escape(common)]
    group = None
    for rule in rules:
        if rule.group != group:
            group = rule.group
            out.append(b"# " + group.encode())
        out.append(substitution(rule.old, rule.new) + b"g")
    return b"".join(line + b"\n" for line in out)


def _is_fit(renaming: Renaming) -> bool:
    """Whether a name can be a rule: a single word stands for too many other things."""
    compound = "." in renaming.old or "/" in renaming.old
    plain = renaming.old.isprintable() and renaming.new.isprintable()
    return compound and plain and renaming.old != renaming.new


def _follows(rule: SedRule, rules: Mapping[bytes, SedRule]) -> bool:
    """Whether the rule for the package or folder above does what this one does."""
    cuts = (i for i in range(len(rule.old) - 1, 0, -1) if rule.old[i] in b"./")
    above = next((rules[rule.old[:i]] for i in cuts if rule.old[:i] in rules), None)
    return above is not None and rule.new == above.new + rule.old[len(above.old) :]


def _common_word(rules: Sequence[SedRule]) -> bytes | None:
    """Return the longest beginning, or else the longest part, of a name that all names hold."""
    names = [rule.old for rule in rules if rule.group != _BACK]
    if not names:
        return None
    parts = names[0].split(b".")
    beginnings = [b".".join(parts[:n]) for n in range(len(parts), 0, -1)]
    words = sorted(re.split(rb"[./]", names[0]), key=len, reverse=True)
    shared = (w for w in (*beginnings, *words) if all(w in name for name in names))
    return next((word for word in shared if word and b"/" not in word), None)


def _ordered(rules: list[SedRule], texts: bytes) -> tuple[SedRule, ...]:
    """Order rules so that none sees what an earlier one typed, and longer names come first.

    Where that is impossible (two names that are exchanged), the names of the circle first become
    tokens that occur in no file, and the tokens their new names at the very end.
    """
    waiting = sorted(rules, key=lambda rule: (rule.group, rule.old))
    before = {r.old: {o.old for o in waiting if _precedes(o, r)} for r in waiting}
    done: list[SedRule] = []
    last: list[SedRule] = []
    while waiting:
        rule = next((r for r in waiting if not before[r.old]), None)
        if rule is not None:
            done.append(rule)
        else:
            rule = max(waiting, key=lambda rule: len(rule.old))
            token = b"@name-%d@" % (len(last) + 1)
            while token in texts:
                token = token[:-1] + b"-@"
            done.append(SedRule(rule.old, token, _ASIDE))
            last.append(SedRule(token, rule.new, _BACK))
        waiting.remove(rule)
        for others in before.values():
            others.discard(rule.old)
    return (*done, *last)


def _precedes(first: SedRule, second: SedRule) -> bool:
    """Whether `first` must run before `second`: it would otherwise see too much or too little."""
    return first is not second and (second.old in first.old or first.old in second.new)


def _group(changeset: ChangeSet, new: str) -> str:
    """Return what a rule's comment says: the folder of the package that the name goes to."""
    package = changeset.scope.package
    folder = package.replace(".", "/") + "/"
    if new.startswith(package + "."):
        return new[len(package) + 1 :].split(".")[0]
    if folder in new:
        return new.partition(folder)[2].split("/")[0] + ", as paths"
    return "elsewhere"
