"""Which names of one file contain the names of modules, as far as the code shows.

It answers two questions about a file. Forwards: which names get a `__name__` or a `__module__`, and
what is looked up by them? Backwards: which names are passed to code that imports the module of that
name?
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from reorg_lib.text_references.argument_context import call_row
from reorg_lib.text_references.file_facts import Facts
from reorg_lib.text_references.python_text import Given
from reorg_lib.text_references.rule_tables import words
from reorg_lib.text_references.scopes import SYS_MODULES, Definition, Name

_OWN = frozenset((0, word) for word in ("__name__", "__module__", "__package__", SYS_MODULES[1]))
_PUBLIC = re.compile(r"[A-Z][A-Z0-9]+|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+")
_LOADED = {"0", "name", "module", "modname", "mod_name", "dotted_path", "import_name", "logger"}


@dataclass(frozen=True, slots=True)
class Loader:
    """A function or a constructor of the repository that imports some of its arguments.

    `owner` is the class of a method. `is_unique` means that nothing else has this name.
    """

    path: str
    owner: str
    taken: frozenset[str]
    is_unique: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """What the code of a whole repository does with names of modules.

    `loaders` are found by their names. `held` are variables, attributes and keys whose values are
    imported, those of a class as `Class.name`. `named` maps an own function to the arguments that
    get a module's name, and to a call that passes it; `asked` are containers with such a name as
    key.
    """

    loaders: Mapping[str, tuple[Loader, ...]] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    named: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FileFlow:
    """The flow through one file, when that of the whole repository is known."""

    facts: Facts
    flow: Flow

    @cached_property
    def loaded(self) -> frozenset[Name]:
        """The names whose values are imported."""
        found = set(self.facts.run)
        for call in self.facts.calls:
            for at, names in call.arguments:
                if names and self._loads(call.name, at):
                    found |= names
                elif call.name == "getattr" and at == "1":
                    found |= names & self.facts.walked
        for container, keys in self.facts.lookups:
            if SYS_MODULES in container:
                found |= keys
        for each in self.facts.scopes.all:  # class Base: load(self.path), class Own(Base): path = x
            if each.is_class:
                found |= {
                    (each.scope, said)
                    for base in each.bases
                    for said in each.bound
                    if f"{base}.{said}" in self.flow.held
                }
        return self._sources(found - _OWN)

    @cached_property
    def told(self) -> frozenset[Name]:
        """The names whose value is a module's own name."""
        return self._targets(_OWN)

    @cached_property
    def asked(self) -> frozenset[Name]:
        """The names that are compared with a module's own name, or looked up by it."""
        return self._looked_up(self.told)

    @cached_property
    def maybe_asked(self) -> Mapping[Name, str]:
        """The names that are asked for some call of the functions around, and such a call."""
        found: dict[Name, str] = {}
        for function in self.facts.functions():
            given = self.flow.named.get(function.called, {})
            for place, parameter in enumerate(function.taken):
                call = given.get(str(place)) or given.get(parameter)
                if call is not None and not function.is_class:
                    told = self._targets(frozenset([(function.scope, parameter)]))
                    found |= dict.fromkeys(self._looked_up(told) | told, call)
        return found

    def takes(self, called: str, at: str) -> bool:
        """Return whether a call is one of a function of the repository that imports this argument.

        If the tables say what such a call takes, a method does not count as an own one.
        """
        own = [f for f in self.facts.functions() if f.called == called and not f.owner]
        if own:
            return any(at in places(function, self.loaded) for function in own)
        return any(at in loader.taken for loader in self._loaders(called))

    def is_known(self, called: str) -> bool:
        """Return whether a call is one of a function that imports some of its arguments."""
        return any(True for _ in self._loaders(called))

    def uses(self, name: Name) -> bool:
        """Return whether the file passes a name's value to a call, or looks something up by it."""
        return self.facts.is_given({said for _, said in self._targets([name])})

    def published(self, names: Iterable[Name]) -> set[str]:
        """Return what other files may mean by those names."""
        classes = defaultdict(set)
        for each in self.facts.scopes.all:
            if each.is_class:
                classes[each.scope].add(each.name)
        found = set()
        for scope, said in names:
            if scope in classes:
                found |= {f"{name}.{said}" for name in classes[scope]}
            if scope in classes or (scope <= 0 and (scope, said) not in self.facts.passing):
                found |= {said} if _PUBLIC.fullmatch(said) else set()
        return found

    def _loads(self, called: str, at: str) -> bool:
        row = call_row(Given("call", called, at))
        if row is not None:
            is_relative = at in ("1", "package") and called.endswith("import_module")
            return row.loads and (at in _LOADED or is_relative)
        return any(at in loader.taken for loader in self._loaders(called))

    def _loaders(self, called: str) -> Iterator[Loader]:
        """Yield the functions that a call can mean: of this class or module, or the only one."""
        above, _, last = self.facts.whole(called).rpartition(".")
        if last not in self.flow.loaders or (
            "." in called and call_row(Given("call", called, "0")) is not None
        ):
            return
        base = re.sub(r"\(.*", "", above).rpartition(".")[2]
        own = {name for d in self.facts.scopes.all if d.is_class for name in (d.name, *d.bases)}
        for loader in self.flow.loaders[last]:
            if not above:
                is_meant = not loader.owner and loader.is_unique
            elif base in ("self", "cls", "super"):
                is_meant = loader.owner in own
            elif loader.owner and base[:1].isupper():
                is_meant = base == loader.owner
            else:
                is_module = not loader.owner and base in re.split(r"/|\.py$", loader.path)
                is_meant = is_module or (loader.is_unique and last not in words()["verbs"])
            if is_meant:
                yield loader

    def _looked_up(self, told: frozenset[Name]) -> frozenset[Name]:
        return self._sources(
            {n for asked, keys in self.facts.lookups if keys & told for n in asked}
        )

    def _sources(self, names: Iterable[Name]) -> frozenset[Name]:
        return _reached(names, self._back)

    def _targets(self, names: Iterable[Name]) -> frozenset[Name]:
        return _reached(names, self._forth)

    @cached_property
    def _back(self) -> Mapping[Name, set[Name]]:
        ways: dict[Name, set[Name]] = defaultdict(set)
        for target, said in self.facts.flows:
            ways[target] |= said
        return ways

    @cached_property
    def _forth(self) -> Mapping[Name, set[Name]]:
        ways: dict[Name, set[Name]] = defaultdict(set)
        for target, said in self.facts.flows:
            for name in said:
                ways[name].add(target)
        return ways


def places(function: Definition, names: frozenset[Name]) -> Iterator[str]:
    """Yield which parameters of a function are among the names: position and keyword of each."""
    for place, parameter in enumerate(function.taken):
        if (function.scope, parameter) in names:
            yield from (str(place), parameter)


def _reached(names: Iterable[Name], ways: Mapping[Name, set[Name]]) -> frozenset[Name]:
    """Return the names, and all names that get their values."""
    found: set[Name] = set()
    unseen = list(names)
    while unseen:
        name = unseen.pop()
        if name not in found:
            found.add(name)
            unseen += ways.get(name, ())
    return frozenset(found)
