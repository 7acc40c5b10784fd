"""A name at a place and its class, with the facts that its letters alone show.

These are the records that the classifiers use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reorg_lib.model import NameClass
from reorg_lib.text_references import rule_tables as table
from reorg_lib.text_references.repository_tree import RepositoryTree

_SQL = re.compile(
    r"\b(?:select\b[\s\S]+?\bfrom|insert\s+(?:or\s+\w+\s+)?into|update\s+\S+\s+set|delete\s+from"
    r"|(?:create|drop|alter|truncate)\s+(?:or\s+replace\s+)?(?:temp\w*\s+|external\s+)?"
    r"(?:table|view|index|schema|sequence|materialized|unique|function|type|database)"
    r"|copy\s+\S+\s+(?:from|to)\b|(?:left|inner|right|full|cross)\s+join|merge\s+into"
    r"|grant\s+\w+\s+on|vacuum\s|analyze\s|attach\s+|^\s*from\s+\S+\s*$|references\s+\S+\s*\()",
    re.IGNORECASE,
)
_LIST = re.compile(r"[^\w]{0,3}[A-Za-z_]\w*(?:(?:\\{1,2})?\.(?:\w+|\*+))*\.?(?::[\w.]+)?[^\w]{0,6}")


@dataclass(frozen=True, slots=True)
class NamedInText:
    """A name at a place.

    `known` is the module, `whole` the dotted name with everything that follows, `attribute` the
    part after a colon.
    """

    known: str
    whole: str
    attribute: str

    @property
    def is_word(self) -> bool:
        """Whether the module is a single word."""
        return "." not in self.known

    @property
    def tail(self) -> str:
        """The part after the module, "" for none."""
        return self.whole[len(self.known) + 1 :] or self.attribute

    @property
    def asked(self) -> str:
        """The module with the part after it, dotted."""
        return f"{self.whole}.{self.attribute}" if self.attribute else self.whole


@dataclass(frozen=True, slots=True)
class Verdict:
    """The class of a name at a place, and why."""

    kind: NameClass
    why: str


def is_sure(name: NamedInText, tree: RepositoryTree) -> bool:
    """Return whether a name can hardly be anything else: `a.b:f` or `a.b.C`, and it exists."""
    return tree.resolves(name.asked) and bool(name.attribute or name.tail[:1].isupper())


def is_domain(name: NamedInText) -> bool:
    """Return whether a name may be that of a host."""
    parts = name.whole.split(".")
    return len(parts) == 2 and parts[1] in table.words()["domains"] and not name.attribute


def is_query(text: str) -> bool:
    """Return whether a text is a query, in which a name is a table or a column."""
    return _SQL.search(text) is not None


def is_lone(name: NamedInText, text: str) -> bool:
    """Return whether a text is a name, or a list of names, and nothing else."""
    words = re.split(r"[\s,|]+", text.strip())
    return all(
        _LIST.fullmatch(word)
        and ("." in word or ":" in word or not name.is_word or len(words) == 1)
        for word in words
    ) and (" " not in text.strip() or _all_dotted(text))


def _all_dotted(text: str) -> bool:
    """Return whether a text is a list of names and nothing else."""
    return all("." in word or ":" in word for word in re.split(r"[\s,|]+", text.strip()))
