"""The sed rules that all files share: one old name, replaced everywhere.

It decides which renamings become rules, and their order.
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
    """Replaces `old` by `new` everywhere; rules of one `group` are listed together."""

    old: bytes
    new: bytes
    group: str


def make_rules(changeset: ChangeSet, rewritten: Sequence[FileChange]) -> tuple[SedRule, ...]:
    """Return a rule for each renaming that occurs in a rewritten file, in a safe order."""
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
    """Return the `kept` rules; of an exchange, either both rules or none."""
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
    """Return a line after the rules, and the rules that changed it."""
    fired = []
    for rule in rules:
        if rule.old in line:
            line = line.replace(rule.old, rule.new)
            fired.append(rule)
    return line, fired


def lines_with_names(rules: Sequence[SedRule], text: bytes) -> list[tuple[int, bytes]]:
    """Return the lines of a text that contain an old name, with their numbers."""
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

    If all old names share a word, the program skips lines without it: with hundreds of rules, this
    saves most of the time.
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
    """Return whether a name can have a rule: a single word has too many other meanings."""
    compound = "." in renaming.old or "/" in renaming.old
    plain = renaming.old.isprintable() and renaming.new.isprintable()
    return compound and plain and renaming.old != renaming.new


def _follows(rule: SedRule, rules: Mapping[bytes, SedRule]) -> bool:
    """Return whether the rule for a parent package or folder has the same effect."""
    cuts = (i for i in range(len(rule.old) - 1, 0, -1) if rule.old[i] in b"./")
    above = next((rules[rule.old[:i]] for i in cuts if rule.old[:i] in rules), None)
    return above is not None and rule.new == above.new + rule.old[len(above.old) :]


def _common_word(rules: Sequence[SedRule]) -> bytes | None:
    """Return the longest prefix, or else the longest part, that all old names share."""
    names = [rule.old for rule in rules if rule.group != _BACK]
    if not names:
        return None
    parts = names[0].split(b".")
    beginnings = [b".".join(parts[:n]) for n in range(len(parts), 0, -1)]
    words = sorted(re.split(rb"[./]", names[0]), key=len, reverse=True)
    shared = (w for w in (*beginnings, *words) if all(w in name for name in names))
    return next((word for word in shared if word and b"/" not in word), None)


def _ordered(rules: list[SedRule], texts: bytes) -> tuple[SedRule, ...]:
    """Order rules so that none changes the result of an earlier one, and longer names come first.

    Where no such order exists (two names are exchanged), the names of the cycle are first replaced
    by tokens that occur in no file, and at the end the tokens by the new names.
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
    """Return whether `first` must run before `second` to match exactly its own names."""
    return first is not second and (second.old in first.old or first.old in second.new)


def _group(changeset: ChangeSet, new: str) -> str:
    """Return the text of a rule's comment: the folder of the package that the name moves to."""
    package = changeset.scope.package
    folder = package.replace(".", "/") + "/"
    if new.startswith(package + "."):
        return new[len(package) + 1 :].split(".")[0]
    if folder in new:
        return new.partition(folder)[2].split("/")[0] + ", as paths"
    return "elsewhere"
