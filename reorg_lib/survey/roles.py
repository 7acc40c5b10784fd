"""The role of a module inside its concern, by the role rules of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import PurePosixPath

from reorg_lib.model import Evidence, Module
from reorg_lib.survey.ports import imported_names
from reorg_lib.survey.vocabulary import RoleRule


def find_role(
    module: Module, rules: Iterable[RoleRule], content: bytes
) -> tuple[str, Evidence] | None:
    """Return the first role whose rule matches, with its evidence; packages have none."""
    if module.is_package:
        return None
    said = _Said(module, imported_names(module), content)
    for rule in _ready(tuple(rules)):
        shown = _fits(rule, said)
        if shown is not None:
            line, text, shows = shown
            return rule.name, Evidence(module.path, line, text, f"{shows}: {rule.name}")
    return None


def short_call(call: str, names: Mapping[str, str]) -> str:
    """Return "library.name" of a call, with aliases resolved.

    >>> short_call("pg_insert", {"pg_insert": "sqlalchemy.dialects.postgresql.insert"})
    'sqlalchemy.insert'
    """
    head, _, rest = call.partition(".")
    if head not in names:
        return call
    whole = f"{names[head]}.{rest}" if rest else names[head]
    return f"{whole.partition('.')[0]}.{whole.rpartition('.')[2]}"


class _Rule:
    """A rule with its words as sets and its patterns as compiled expressions."""

    def __init__(self, rule: RoleRule) -> None:
        self.name = rule.name
        self.stems, self.bases = frozenset(rule.stems), frozenset(rule.bases)
        self.libraries, self.calls = frozenset(rule.libraries), frozenset(rule.calls)
        self.methods = frozenset(rule.methods)
        self.classes = [re.compile(rf".*?(?:{ending})") for ending in rule.classes]
        self.functions = [re.compile(pattern) for pattern in rule.functions]
        self.texts = [re.compile(pattern) for pattern in rule.texts]


@cache
def _ready(rules: tuple[RoleRule, ...]) -> Sequence[_Rule]:
    return [_Rule(rule) for rule in rules]


class _Said:
    """The facts of a module that rules test; each is computed once, and only if it is needed."""

    def __init__(self, module: Module, names: Mapping[str, str], content: bytes) -> None:
        self.module = module
        self.content = content
        self.stem = PurePosixPath(module.path).stem
        self.words = frozenset(self.stem.split("_"))
        self._names = names

    @cached_property
    def libraries(self) -> frozenset[str]:
        return frozenset(name.partition(".")[0] for name in self._names.values())

    @cached_property
    def calls(self) -> Mapping[str, str]:
        """Short call → call as written; of several spellings, the first one."""
        return {short_call(call, self._names): call for call in reversed(self.module.syntax.calls)}

    @cached_property
    def methods(self) -> Mapping[str, str]:
        calls = reversed(self.module.syntax.calls)
        return {part: call for call in calls for part in _endings(call)}

    @cached_property
    def texts(self) -> Sequence[tuple[int, str]]:
        """Its strings: the position of the first letter, and the text from there."""
        found = []
        for start, end in self.module.syntax.texts:
            content = self.content[start:end]
            text = content.decode(errors="replace")
            stripped = text.lstrip()
            before = text[: len(text) - len(stripped)]
            found.append((start + len(before.encode()), stripped))
        return found

    @cached_property
    def own(self) -> Sequence[str]:
        """The names that it binds itself."""
        return sorted(self.module.syntax.bound - self._names.keys())

    def line_of(self, name: str) -> int:
        """Return the line on which a name is first called or defined, 0 if there is none."""
        found = re.search(rb"(?<![\w.])%s\s*[(=:]" % re.escape(name.encode()), self.content)
        return self.content.count(b"\n", 0, found.start()) + 1 if found else 0


def _fits(rule: _Rule, said: _Said) -> tuple[int, str, str] | None:
    """Return line, text and meaning of what matches, or None."""
    module = said.module
    if words := said.words & rule.stems:
        return 1, said.stem, f"is named {min(words)}"
    for definition in module.syntax.classes:
        bases = {base.rpartition(".")[2] for base in definition.bases if rule.bases} & rule.bases
        if bases and said.libraries & rule.libraries:
            shown = min(bases)
            return definition.line, f"class {definition.name}({shown})", f"derives from {shown}"
        is_own = not definition.name.startswith("_")
        if is_own and any(ending.fullmatch(definition.name) for ending in rule.classes):
            return definition.line, f"class {definition.name}", "its class is named as such"
    if rule.calls and (called := rule.calls & said.calls.keys()):
        written = said.calls[min(called)]
        return said.line_of(written), f"{written}(…)", f"calls {min(called)}"
    asks = rule.methods and said.libraries & rule.libraries
    if asks and (used := rule.methods & said.methods.keys()):
        written = said.methods[min(used)]
        return said.line_of(written), f"{written}(…)", f"calls {min(used)}"
    if match := _sql_match(rule, said):
        return match
    if rule.functions:
        fitting = [n for n in said.own if any(p.fullmatch(n) for p in rule.functions)]
        if fitting and len(fitting) * 2 >= len(said.own):
            return said.line_of(fitting[0]), fitting[0], "its functions are named as such"
    return None


def _endings(call: str) -> tuple[str, str]:
    """Return the last part of a call, and the last two: `self._session.add` is `session.add`."""
    words = [word.lstrip("_") for word in call.split(".")]
    return words[-1], ".".join(words[-2:])


def _sql_match(rule: _Rule, said: _Said) -> tuple[int, str, str] | None:
    """Return the match of an SQL statement in a string, or None."""
    for pattern in rule.texts:
        for start, text in said.texts:
            if match := pattern.match(text):
                line = said.content.count(b"\n", 0, start)
                verb = match[0].split()[0]
                return line + 1, verb, f"says {verb.upper()} to the database"
    return None
