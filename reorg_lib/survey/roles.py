"""Where in a concern a module sits, by what its code does.

Owns the matching of the vocabulary's role rules. Must not know what the roles are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from reorg_lib.model import Evidence, Module
from reorg_lib.survey.ports import imported_names
from reorg_lib.survey.vocabulary import RoleRule


def find_role(
    module: Module, rules: Iterable[RoleRule], content: bytes
) -> tuple[str, Evidence] | None:
    """Return the first role whose rule fits, with what shows it; packages have none."""
    if module.is_package:
        return None
    names = imported_names(module)
    calls = {
        short_call(call, names): call for call in reversed(module.syntax.calls)
    }  # of several spellings the first remains
    for rule in rules:
        shown = _fits(rule, module, names, calls, content)
        if shown is not None:
            line, text, shows = shown
            return rule.name, Evidence(module.path, line, text, f"{shows}: {rule.name}")
    return None


def short_call(call: str, names: Mapping[str, str]) -> str:
    """Return "library.name" of a call, aliases looked through.

    >>> short_call("pg_insert", {"pg_insert": "sqlalchemy.dialects.postgresql.insert"})
    'sqlalchemy.insert'
    """
    head, _, rest = call.partition(".")
    if head not in names:
        return call
    whole = f"{names[head]}.{rest}" if rest else names[head]
    return f"{whole.partition('.')[0]}.{whole.rpartition('.')[2]}"


def _fits(
    rule: RoleRule,
    module: Module,
    names: Mapping[str, str],
    calls: Mapping[str, str],
    content: bytes,
) -> tuple[int, str, str] | None:
    """Return line, text and meaning of what fits, or None."""
    stem = PurePosixPath(module.path).stem
    if words := sorted(set(stem.split("_")) & set(rule.stems)):
        return 1, stem, f"is named {words[0]}"
    libraries = {name.partition(".")[0] for name in names.values()}
    for definition in module.syntax.classes:
        bases = {base.rpartition(".")[2] for base in definition.bases} & set(rule.bases)
        if bases and libraries & set(rule.libraries):
            shown = min(bases)
            return definition.line, f"class {definition.name}({shown})", f"derives from {shown}"
        is_own = not definition.name.startswith("_")
        if is_own and any(
            re.fullmatch(rf".*?(?:{ending})", definition.name) for ending in rule.classes
        ):
            return definition.line, f"class {definition.name}", "its class is named as such"
    called = sorted(set(rule.calls) & calls.keys())
    if called:
        return _at(content, calls[called[0]]), f"{calls[called[0]]}(…)", f"calls {called[0]}"
    methods = {part: call for call in reversed(module.syntax.calls) for part in _endings(call)}
    if libraries & set(rule.libraries) and (used := sorted(set(rule.methods) & methods.keys())):
        return _at(content, methods[used[0]]), f"{methods[used[0]]}(…)", f"calls {used[0]}"
    if told := _told(rule, module, content):
        return told
    own = sorted(module.syntax.bound - names.keys())
    fitting = [n for n in own if any(re.fullmatch(pattern, n) for pattern in rule.functions)]
    if fitting and len(fitting) * 2 >= len(own):
        return _at(content, fitting[0]), fitting[0], "its functions are named as such"
    return None


def _endings(call: str) -> tuple[str, str]:
    """The last word of a call, and the last two: `self._session.add` is `session.add`."""
    words = [word.lstrip("_") for word in call.split(".")]
    return words[-1], ".".join(words[-2:])


def _told(rule: RoleRule, module: Module, content: bytes) -> tuple[int, str, str] | None:
    """A statement in a string: what a database is told in its own language."""
    for pattern in rule.texts:
        for start, end in module.syntax.texts:
            text = content[start:end].decode(errors="replace")
            if match := re.match(pattern, text.lstrip()):
                line = content.count(b"\n", 0, start) + text.count("\n", 0, text.index(match[0]))
                verb = match[0].split()[0]
                return line + 1, verb, f"says {verb.upper()} to the database"
    return None


def _at(content: bytes, name: str) -> int:
    """The line where a name is first called or defined, 0 if it is written in some other way."""
    found = re.search(rb"(?<![\w.])%s\s*[(=:]" % re.escape(name.encode()), content)
    return content.count(b"\n", 0, found.start()) + 1 if found else 0
