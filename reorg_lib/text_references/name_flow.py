"""What the Python files of a whole repository do with the names of modules.

It defines which files are read, and passes the facts of one file to the next: if a function imports
its argument, its callers must be read too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from reorg_lib.text_references.argument_context import call_row
from reorg_lib.text_references.file_facts import facts_of
from reorg_lib.text_references.file_flow import FileFlow, Flow, Loader, places
from reorg_lib.text_references.python_text import Given
from reorg_lib.text_references.rule_tables import calls, words

_TOLD = re.compile(
    rb"\.__(?:module|package)__|(?<!getLogger)\(\s*(?:\w+\s*=\s*)?__(?:name|package)__"
    rb"|,\s*(?:\w+\s*=\s*)?__(?:name|package)__\b|[\[{]\s*__name__|\bin\s+__name__"
    rb"|=\s*__name__\s*$|__name__\s+(?:not\s+)?in\b|\b(?:record|logger)\.name\b",
    re.M,
)
_TOLD_WORDS = (b"__name__", b"__module__", b"__package__", b"record.name", b"logger.name")
_LOADING = re.compile(
    rb"\bsys\.modules\b|\bget_?[lL]ogger\(\s*[a-z]|\.split\([\"']\.[\"']\)|[\"']-m[\"']"
)
_LOADING_WORDS = (b"sys.modules", b"ogger(", b".split(", b'"-m"', b"'-m'")
_DEFINED = re.compile(rb"(?:def|class) +(\w+)")
_HOPS = 3


def flow_of(sources: Mapping[str, bytes]) -> Flow:
    """Return the flow through the Python files of a repository, path → bytes."""
    return _flow_of(tuple(sources.items()))


@lru_cache(maxsize=2)  # the rewriter and the proof ask about the same files
def _flow_of(files: tuple[tuple[str, bytes], ...]) -> Flow:
    sources = dict(files)
    defined = Counter(name for text in sources.values() for name in _DEFINED.findall(text))
    taken: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    held: set[str] = set()
    flow, wanted = Flow(), _calls(_loading())
    for hop in range(_HOPS):
        new = set()
        for path, content in sources.items():
            if not (wanted(content) or (not hop and _has(content, _LOADING_WORDS, _LOADING))):
                continue
            file = FileFlow(facts_of(content), flow)
            held |= file.published(file.loaded)
            for function in file.facts.functions():
                found = set(places(function, file.loaded))
                if found and not _is_passed_over(function.called):
                    known = taken[function.called][path, function.owner]
                    # a method called create() is one of many: its callers are not followed
                    is_one_of_many = function.owner and function.called in words()["verbs"]
                    if not found <= known and not is_one_of_many:
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
        wanted = _calls(new)
    told = {path: text for path, text in sources.items() if _has(text, _TOLD_WORDS, _TOLD)}
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
    """Return whether a function has no callers, or is in the tables."""
    is_known = call_row(Given("call", name, "0")) is not None
    return is_known or name.startswith(("__", "test_", "pytest_"))


def _loading() -> frozenset[str]:
    """The functions that load modules by their names."""
    found = {word for row in calls() if row.loads and row.of is None for word in row.names}
    return frozenset(word for word in found if "ogger" not in word)  # nearly every file has one


def _has(content: bytes, words: Iterable[bytes], pattern: re.Pattern[bytes]) -> bool:
    """Return whether a pattern is found; this is fast if none of its words is there."""
    return any(word in content for word in words) and pattern.search(content) is not None


# load(name), and not load("shop.orders"): nothing flows there
def _calls(functions: Iterable[str]) -> Callable[[bytes], bool]:
    """Return a test whether a file calls one of the functions with more than a text."""
    names = sorted(name.encode() for name in functions)
    either = b"|".join(names)
    call = re.compile(
        rb"\b(?:" + either + rb")\((?!\s*(?:[\"'][^\"']*[\"']\s*,?\s*)?\))|"
        rb"\bmap\((?:\w+\.)*(?:" + either + rb")\b"
    )
    return lambda content: bool(names) and _has(content, names, call)
