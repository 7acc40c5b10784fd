"""What the Python files of a whole repository do with the names of modules.

Owns which files are read for it, and how what one file shows is carried into the next: a function
that imports its argument makes its callers interesting. Must not know a plan.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from reorg_lib.mentions.facts import facts_of
from reorg_lib.mentions.file_flow import FileFlow, Flow, Loader, places
from reorg_lib.mentions.given import call_row
from reorg_lib.mentions.python_text import Given
from reorg_lib.mentions.table import calls, words

_TOLD = re.compile(
    rb"\.__(?:module|package)__|(?<!getLogger)\(\s*(?:\w+\s*=\s*)?__(?:name|package)__"
    rb"|,\s*(?:\w+\s*=\s*)?__(?:name|package)__\b|[\[{]\s*__name__|\bin\s+__name__"
    rb"|=\s*__name__\s*$|__name__\s+(?:not\s+)?in\b|\b(?:record|logger)\.name\b",
    re.M,
)
_HOPS = 3
_LOADING = re.compile(
    rb"\bsys\.modules\b|\bget_?[lL]ogger\(\s*[a-z]|\.split\([\"']\.[\"']\)|[\"']-m[\"']"
)
_DEFINED = re.compile(rb"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.M)


def flow_of(sources: Mapping[str, bytes]) -> Flow:
    """Return the flow through the Python files of a repository, path → bytes."""
    return _flow_of(tuple(sources.items()))


@lru_cache(maxsize=2)  # the rewriter and the proof ask about the same files
def _flow_of(files: tuple[tuple[str, bytes], ...]) -> Flow:
    sources = dict(files)
    defined = Counter(name for text in sources.values() for name in _DEFINED.findall(text))
    taken: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    held: set[str] = set()
    flow, wanted = Flow(), _loading()
    for hop in range(_HOPS):
        new = set()
        for path, content in sources.items():
            if not (_calls_any(content, wanted) or (not hop and _LOADING.search(content))):
                continue
            file = FileFlow(facts_of(content), flow)
            held |= file.published(file.loaded)
            for function in file.facts.functions():
                found = set(places(function, file.loaded))
                if found and not _is_passed_over(function.called):
                    known = taken[function.called][path, function.owner]
                    if not found <= known:
                        new.add(function.called)
                    known |= found
        flow = Flow(
            {
                name: tuple(
                    Loader(path, owner, frozenset(at), defined[name.encode()] == 1)
                    for (path, owner), at in taken[name].items()
                )
                for name in sorted(taken)
            },
            frozenset(held),
        )
        wanted = frozenset(new)
    told = {path: text for path, text in sources.items() if _TOLD.search(text)}
    done = Flow(flow.loaders, flow.held, _named(told))
    asked: set[str] = set()
    for content in told.values():
        file = FileFlow(facts_of(content), done)
        asked |= file.published(file.asked)
    return Flow(done.loaders, done.held, done.named, frozenset(asked))


def _named(told: Mapping[str, bytes]) -> Mapping[str, Mapping[str, str]]:
    """Function → argument → a call that gives it a module's own name."""
    found: dict[str, dict[str, str]] = {}
    for path, content in told.items():
        file = FileFlow(facts_of(content), Flow())
        for call in file.facts.calls:
            above, _, function = call.name.rpartition(".")
            if above and function in words()["verbs"]:
                continue
            for at, names in call.arguments:
                if names & file.told:
                    found.setdefault(function, {}).setdefault(at, f"{path}:{call.line}")
    return found


def _is_passed_over(name: str) -> bool:
    """Tell whether a function is called by nobody, or is one that the tables know."""
    is_known = call_row(Given("call", name, "0")) is not None
    return is_known or name.startswith(("__", "test_", "pytest_"))


def _loading() -> frozenset[str]:
    """What is called that loads modules by their names."""
    found = {word for row in calls() if row.loads and row.of is None for word in row.names}
    return frozenset(word for word in found if "ogger" not in word)  # nearly every file has one


def _calls_any(content: bytes, functions: Iterable[str]) -> bool:
    return any(f"{name}(".encode() in content for name in functions)
