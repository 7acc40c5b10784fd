"""Which names of a program hold the names of modules, as far as its own code shows.

Owns two questions. Forwards: which names get a `__name__` or a `__module__`, and what is looked up
by them? Backwards: which names are given to something that imports what they say, also through the
repository's own functions? Must not know a plan.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from reorg_lib.text_references.argument_context import call_row
from reorg_lib.text_references.file_facts import SYS_MODULES, Facts, Function, Name, facts_of
from reorg_lib.text_references.python_text import Given
from reorg_lib.text_references.rule_tables import calls

_OWN = frozenset(
    (0, word) for word in ("__name__", "__module__", "__qualname__", "__package__", SYS_MODULES[1])
)
_TOLD = re.compile(
    rb"\.__(?:module|qualname|package)__|(?<!getLogger)\(\s*(?:\w+\s*=\s*)?__(?:name|package)__"
    rb"|,\s*(?:\w+\s*=\s*)?__(?:name|package)__\b|[\[{]\s*__name__|\bin\s+__name__"
    rb"|=\s*__name__\s*$|__name__\s+(?:not\s+)?in\b|\b(?:record|logger)\.name\b",
    re.M,
)
_OWN_WORDS = (b"__module__", b"__qualname__", b"__package__", b"__name__", b".name")
"""One of them is in whatever `_TOLD` finds."""
_HOPS = 3
_PUBLIC = re.compile(r"[A-Z][A-Z0-9]+|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+")
_LOADING = rb"\bsys\.modules\b|\bget_?[lL]ogger\(\s*[a-z]|\.split\([\"']\.[\"']\)|[\"']-m[\"']"


@dataclass(frozen=True, slots=True)
class Flow:
    """What the code of a whole repository does with names of modules.

    `loaders` maps an own function to the arguments whose modules it loads, methods with a dot in
    front; `held` are variables, attributes and keys whose values are loaded. `named` maps an own
    function to the arguments that get a module's name, and to a call that does so; `asked` are
    containers that are looked up by such a name.
    """

    loaders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    named: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()


def flow_of(sources: Mapping[str, bytes]) -> Flow:
    """Return the flow through the Python files of a repository, path → bytes."""
    return _flow_of(tuple(sources.items()))


@lru_cache(maxsize=2)  # the rewriter and the proof ask about the same files
def _flow_of(files: tuple[tuple[str, bytes], ...]) -> Flow:
    sources = dict(files)
    loaders: dict[str, set[str]] = {}
    held: set[str] = set()
    wanted = _loading()
    for _ in range(_HOPS):
        found: dict[str, set[str]] = {}
        flow = Flow({name: frozenset(at) for name, at in loaders.items()}, frozenset(held))
        for content in sources.values():
            if wanted.search(content):
                file = FileFlow(facts_of(content), flow)
                held |= file.published(file.loaded)
                for function, at in file.takers(file.loaded):
                    if function.lstrip(".").startswith("__"):
                        continue
                    found.setdefault(function, set()).add(at)
        new = {name for name, at in found.items() if not at <= loaders.get(name, set())}
        if not new:
            break
        for name in new:
            loaders.setdefault(name, set()).update(found[name])
        wanted = _any_of(name.lstrip(".") for name in new)
    named = _named(sources)
    done = Flow({n: frozenset(at) for n, at in loaders.items()}, frozenset(held), named)
    asked: set[str] = set()
    for content in sources.values():
        if _tells(content):
            file = FileFlow(facts_of(content), done)
            asked |= file.published(file.asked)
    return Flow(done.loaders, done.held, named, frozenset(asked))


def _tells(content: bytes) -> bool:
    return any(word in content for word in _OWN_WORDS) and _TOLD.search(content) is not None


def _named(sources: Mapping[str, bytes]) -> Mapping[str, Mapping[str, str]]:
    """Function → argument → a call that gives it a module's own name."""
    found: dict[str, dict[str, str]] = {}
    for path, content in sources.items():
        if not _tells(content):
            continue
        file = FileFlow(facts_of(content), Flow())
        for call in file.facts.calls:
            for at, names in call.arguments:
                if names & file.told:
                    function = call.name.rpartition(".")[2]
                    found.setdefault(function, {}).setdefault(at, f"{path}:{call.line}")
    return found


@dataclass(frozen=True)
class FileFlow:
    """The flow through one file, of which the whole repository's is known."""

    facts: Facts
    flow: Flow

    @cached_property
    def loaded(self) -> frozenset[Name]:
        """The names whose values something imports."""
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
        return self._sources(found - {SYS_MODULES})

    @cached_property
    def told(self) -> frozenset[Name]:
        """The names that have a module's own name as their value."""
        return self._targets(_OWN)

    @cached_property
    def asked(self) -> frozenset[Name]:
        """The names that are compared with a module's own name, or looked up by it."""
        return self._looked_up(self.told)

    @cached_property
    def maybe_asked(self) -> Mapping[Name, str]:
        """The names that are so for some call of the functions around, and such a call."""
        found: dict[Name, str] = {}
        for function in self.facts.functions:
            given = self.flow.named.get(function.name, {})
            for place, parameter in enumerate(function.parameters):
                call = given.get(str(place)) or given.get(parameter)
                if call is not None and function.scope:
                    told = self._targets(frozenset([(function.scope, parameter)]))
                    found |= dict.fromkeys(self._looked_up(told) | told, call)
        return found

    def takes(self, called: str, at: str) -> bool:
        """Tell whether a call is one of a function of the repository that imports this argument.

        Where the tables say what such a call takes, a method is not taken for an own one.
        """
        last = called.rpartition(".")[2]
        own = [f for f in self.facts.functions if f.name == last and not f.is_method]
        if own and "." not in called:
            return any(at in _places(function, self.loaded) for function in own)
        return self._is_loader(called, at)

    def is_known(self, called: str) -> bool:
        """Tell whether a call is one of a function that imports some of its arguments."""
        return called.rpartition(".")[2] in self.flow.loaders

    def uses(self, name: Name) -> bool:
        """Tell whether the file gives a name's value to a call, or looks something up by it."""
        held = self._targets([name])
        return any(names & held for call in self.facts.calls for _, names in call.arguments) or any(
            names & held for _, names in self.facts.lookups
        )

    def _loads(self, called: str, at: str) -> bool:
        row = call_row(Given("call", called, at))
        return (row is not None and row.loads) or self._is_loader(called, at)

    def _is_loader(self, called: str, at: str) -> bool:
        last = called.rpartition(".")[2]
        if at in self.flow.loaders.get(last, ()):
            return True
        is_known = call_row(Given("call", called, at)) is not None
        return "." in called and not is_known and at in self.flow.loaders.get(f".{last}", ())

    def takers(self, names: frozenset[Name]) -> Iterator[tuple[str, str]]:
        """Yield the functions with a parameter among the names: its place, and its keyword."""
        for function in self.facts.functions:
            for at in _places(function, names):
                yield ("." if function.is_method else "") + function.name, at

    def published(self, names: Iterable[Name]) -> set[str]:
        """Return those names that other files may mean as well."""
        return {
            said
            for scope, said in names
            if not scope and (scope, said) not in self.facts.passing and _PUBLIC.fullmatch(said)
        }

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


def _reached(names: Iterable[Name], ways: Mapping[Name, set[Name]]) -> frozenset[Name]:
    """Return the names, and all that the ways lead to."""
    found: set[Name] = set()
    unseen = list(names)
    while unseen:
        name = unseen.pop()
        if name not in found:
            found.add(name)
            unseen += ways.get(name, ())
    return frozenset(found)


def _places(function: Function, names: frozenset[Name]) -> Iterator[str]:
    for place, parameter in enumerate(function.parameters):
        if (function.scope, parameter) in names:
            yield from (str(place), parameter)


def _loading() -> re.Pattern[bytes]:
    """What a file holds that loads modules by their names."""
    words = {word for row in calls() if row.loads and row.of is None for word in row.names}
    loggers = {word for word in words if "ogger" in word}  # nearly every file has one
    return re.compile(_any_of(words - loggers).pattern + b"|" + _LOADING)


def _any_of(words: Iterable[str]) -> re.Pattern[bytes]:
    return re.compile(rb"\b(?:" + "|".join(sorted(map(re.escape, words))).encode() + rb")[ \t]*\(")
