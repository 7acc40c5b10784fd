"""Which row fits the use of a text: as argument of a call, for a variable, for a key.

The rows are in the tables `calls` and `slots`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reorg_lib.model import NameClass
from reorg_lib.text_references import rule_tables as table
from reorg_lib.text_references.python_text import Given
from reorg_lib.text_references.rule_tables import Row

_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


@lru_cache(maxsize=4096)
def call_row(given: Given) -> Row | None:
    """Return the row for an argument of a call, or None."""
    last = given.name.rpartition(".")[2]
    for row in table.calls():
        if not row.names & {last, "*"} or (row.only and given.at not in row.only):
            continue
        if row.of is None or row.of.search(given.name):
            return row
    return None


@lru_cache(maxsize=512)
def slot_row(name: str) -> Row | None:
    """Return the row for the last word of a name, or for its last two words together."""
    last = name.rpartition(".")[2].strip("\"'")
    words = [w.lower() for w in _WORDS.findall(last)] if re.fullmatch(r"[\w-]+", last) else []
    ends = ["".join(words[-count:]) for count in (1, 2)] if words else []
    for row in table.slots():
        for word in ends:
            if word in row.names or word.removesuffix("s") in row.names:
                if row.means is NameClass.IS_NOT and word in table.words()["lists"]:
                    continue
                return row
    return None


def counts_words(row: Row) -> bool:
    """Return whether a row counts for a name of one segment."""
    return row.words or row.means is NameClass.IS_NOT
