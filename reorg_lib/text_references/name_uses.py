"""How the code of the repository uses one text of a Python file.

The flow of names shows whether code imports a text, compares it with the name of a module, or
passes it to unknown code.
"""

from __future__ import annotations

from functools import cached_property

from reorg_lib.model import NameClass
from reorg_lib.text_references.argument_context import call_row
from reorg_lib.text_references.file_facts import facts_of
from reorg_lib.text_references.file_flow import FileFlow
from reorg_lib.text_references.python_text import Given, Spot
from reorg_lib.text_references.repository_tree import RepositoryTree
from reorg_lib.text_references.scopes import KEY


class Uses:
    """The uses of the texts of one file; the flow is read for the first text."""

    def __init__(self, content: bytes, tree: RepositoryTree) -> None:
        self._content = content
        self._tree = tree

    @cached_property
    def file(self) -> FileFlow:
        """The flow through this file."""
        return FileFlow(facts_of(self._content), self._tree.flow)

    def takes_target(self, spot: Spot | None) -> bool:
        """Return whether a text is passed to a call that takes a module or something in one."""
        for given in spot.given if spot is not None and spot.kind == "string" else ():
            if given.how == "call":
                row = call_row(given)
                if row is not None:
                    return row.means is NameClass.MODULE and row.needs != "no pinned name"
                if self.file.takes(given.name, given.at):
                    return True
        return False

    def loaded_by(self, spot: Spot) -> str:
        """Return why the code itself uses a text as the name of a module, or ""."""
        flow, whole = self.file, self.file.flow
        for given in spot.given:
            if given.how == "call" and flow.takes(given.name, given.at):
                return "is imported by a function of this repository"
            if given.how == "call" and given.name.rpartition(".")[2] in ("append", "add", "extend"):
                given = Given("slot", given.name.rpartition(".")[0], "variable")
            if given.how == "slot":
                said = (KEY, given.name.rpartition(".")[2])
                if given.at == "variable":
                    said = flow.facts.scopes.written(spot.start, given.name)
                is_shared = said[0] <= 0
                if said in flow.loaded or (is_shared and said[1] in whole.held):
                    return "is imported by the code that reads it"
                if said in flow.asked or (is_shared and said[1] in whole.asked):
                    return "is compared with names of modules"
        if flow.facts.read_at(spot.start) & flow.told:
            return "is compared with the name of a module"
        return ""

    def unsaid(self, spot: Spot) -> str:
        """Return why nothing around a text shows that it is a module, or ""."""
        for given in spot.given:
            match given.how:
                case "call":
                    return f"nothing says that {given.name}() takes one"
                case "key":
                    return "it is a key"
                case "subscript" | "compared":
                    return f"nothing says that `{given.name}` reads one"
                case "slot" if given.at == "variable":
                    name = self.file.facts.scopes.written(spot.start, given.name)
                    if self.file.uses(name):
                        return f"nothing that {given.name} is given to says so"
        return ""

    def read_silently(self, spot: Spot) -> str:
        """Return a call by which a text may be compared with a module's name, "" for none.

        Nothing fails if that finds no equal name.
        """
        asked = self.file.maybe_asked
        names = {
            self.file.facts.scopes.written(spot.start, given.name)
            for given in spot.given
            if given.how == "slot" and given.at == "variable"
        }
        names |= self.file.facts.read_at(spot.start)
        return min((asked[name] for name in names if name in asked), default="")
