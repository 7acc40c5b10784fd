"""What a name in a string of a Python file means.

The use of the string is checked first, then the words around the name, then the name alone.
"""

from __future__ import annotations

import re

from reorg_lib.model import NameClass
from reorg_lib.text_references.argument_context import call_row, counts_words, slot_row
from reorg_lib.text_references.name_uses import Uses
from reorg_lib.text_references.named_in_text import (
    NamedInText,
    Verdict,
    is_domain,
    is_lone,
    is_query,
    is_sure,
)
from reorg_lib.text_references.python_text import Spot
from reorg_lib.text_references.repository_tree import RepositoryTree


class StringClassifier:
    """Classifies names in the strings of one file."""

    def __init__(self, tree: RepositoryTree, content: bytes, uses: Uses) -> None:
        self._tree = tree
        self._content = content
        self._uses = uses

    def judge(self, name: NamedInText, spot: Spot, start: int, stop: int) -> Verdict | None:
        """Return what a name means that is at `[start, stop)` of the file, in a string."""
        lone = is_lone(name, spot.text)
        if not name.is_word and any(given.how == "annotation" for given in spot.given):
            return Verdict(NameClass.MODULE, "is the name of a type")
        found = self._given_to(name, spot, is_lone=lone)
        if found is not None and (lone or found.kind is NameClass.IS_NOT):
            return found
        if not lone:
            return self._embedded(name, spot, start, stop)
        for given in spot.given:
            if given.how in ("compared", "subscript") and re.search(
                r"sys\.modules|__name__|__module__|__package__", given.name
            ):
                return Verdict(NameClass.MODULE, "is compared with the name of a module")
        return self._by_itself(name, spot)

    def _given_to(self, name: NamedInText, spot: Spot, *, is_lone: bool) -> Verdict | None:
        """Return what a text is by its use, from the innermost level outwards.

        `PLUGINS = {"table": "shop.table.f"}`: a key is weaker evidence than the name of the whole.
        """
        slots = [
            row for given in spot.given if given.how == "slot" if (row := slot_row(given.name))
        ]
        sure = is_lone and (
            is_sure(name, self._tree)
            or (
                self._tree.resolves(name.asked)
                and any(row.means is NameClass.MODULE for row in slots)
            )
        )
        if is_lone and (why := self._uses.loaded_by(spot)) and self._tree.resolves(name.asked):
            return Verdict(NameClass.MODULE, why)
        for given in spot.given:
            found = None
            if given.how == "call":
                found = call_row(given)
                if found is None and self._uses.file.is_known(given.name):
                    break  # an own function that imports another argument
            elif given.how == "slot":
                found = slot_row(given.name)
                if found is not None and sure and found.means is NameClass.IS_NOT:
                    found = None
            if found is not None and not (name.is_word and not counts_words(found)):
                return Verdict(found.means, found.why)
        return None

    def _embedded(self, name: NamedInText, spot: Spot, start: int, stop: int) -> Verdict | None:
        if is_query(spot.text):
            return Verdict(NameClass.IS_NOT, "is a table or a column in a query")
        if name.is_word:
            return None
        around = self._content[start - 1 : start] + self._content[stop : stop + 1]
        is_inside = start > spot.start and stop < spot.start + len(spot.text.encode())
        quoted = is_inside and around in (b"''", b'""', b"``", b"<>", b"[]", b"()")
        return self._sentence(name, quoted=quoted)

    def _by_itself(self, name: NamedInText, spot: Spot) -> Verdict | None:
        """A text that is just this name."""
        if name.is_word:
            if name.attribute and self._tree.resolves(name.asked):
                return Verdict(NameClass.MODULE, "is a module with something of it")
            if name.whole != name.known and self._tree.resolves(name.asked):
                return Verdict(NameClass.COULD_BE, "may be a module with something of it")
            return None
        if is_domain(name):
            return Verdict(NameClass.COULD_BE, "may be a module, or the name of a host")
        if not self._tree.resolves(name.asked):
            return Verdict(NameClass.COULD_BE, f"{name.known} has no {name.tail}")
        if not name.tail and (why := self._uses.unsaid(spot)):
            return Verdict(NameClass.COULD_BE, f"may be a module, but {why}")
        return Verdict(NameClass.MODULE, "is a module or something in it")

    def _sentence(self, name: NamedInText, *, quoted: bool) -> Verdict:
        """A name among other words."""
        if is_domain(name) and not quoted:
            return Verdict(NameClass.COULD_BE, "may be a module, or the name of a host")
        if not self._tree.resolves(name.asked):
            return Verdict(NameClass.COULD_BE, f"{name.known} has no {name.tail}")
        if quoted or name.whole != name.known or name.attribute or name.known.count(".") > 1:
            return Verdict(NameClass.MODULE, "is a module or something in it")
        return Verdict(NameClass.COULD_BE, "may be a module, or two words of a message")
