"""Things that are known by the name of their module.

Loggers, pickled classes, registries and task queues take `__name__` or `__module__` for an
identity. The code goes on working; what was written down elsewhere under the old name (a queue, a
cache, a logging configuration for a whole package) does not find it again. Blocks where the
repository itself holds what would not be found.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from reorg_lib.model import Hazard, Module, Severity
from reorg_lib.plan.hazard_kinds.code import Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed, note
from reorg_lib.plan.hazard_kinds.name_parts import reads_the_same
from reorg_lib.plan.hazard_kinds.named_class import (
    begins_like_what_moves,
    is_logged,
    may_be_of_what_moves,
)
from reorg_lib.plan.hazard_kinds.places import is_prose, line_of

KIND, STORED, LOGGER, TASK = "identity-by-name", "stored-name", "logger-name", "task-name"
DJANGO, MAPPED, APART = "django-app", "mapped-by-name", "name-taken-apart"
REFERENCE = "reference-by-name"
_OWN = rb"(?<![\w.])(?:__name__|__package__|__spec__\.(?:name|parent))"
_APART = re.compile(
    rb"(?:(?P<own>" + _OWN + rb")|\.__module__)"
    rb"(?:\.(?:r?split|r?partition|removeprefix|removesuffix|replace|find|index|count)\(|\[)"
)
_COMPARED = re.compile(rb"(?P<own>" + _OWN + rb")\s*(?:[=!]=|(?:not )?in\b)\s*(?!\s*[\"']__main__)")
_STORES = rb"\b(?:pickle|cPickle|dill|cloudpickle|joblib)\.(?:dumps?|loads?|Pickler|Unpickler)\b"
_BY_NAME = re.compile(rb"\.__module__\b|\bshelve\.open\b|" + _STORES)
_ASKED = re.compile(rb"\.__module__(?:\.startswith\(|\s*[!=]=\s*)[\"']([\w.]+)")
_SERIALIZED = re.compile(rb"\bAddSerializedFile\(|\bserialized_pb\s*=")
_REFERENCE = re.compile(
    rb"\{[\w.]+\.__module__\}:\{[\w.]+\.__(?:qual)?name__\}"
    rb"|[\w.]+\.__module__ \+ [\"']:[\"'] \+ [\w.]+\.__(?:qual)?name__"
)
_TASK = re.compile(rb"^[ \t]*@(?:[\w.]+\.)?(?:shared_task|task)\b(?P<given>\([^\n]*\))?", re.M)
_PICKLES = (".pkl", ".pickle", ".joblib", ".dill", ".shelve", ".dat", ".db")


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield what is known by a name that changes."""
    yield from _split(ground)
    if not any(old != new for old, new in ground.names.items()):
        return
    yield from _in_code(ground)
    yield from _references(ground)
    yield from _serialized(ground)
    yield from _taken_apart(ground)
    yield from _stored(ground)
    yield from _loggers(ground)
    yield from _tasks(ground)
    yield from _django(ground)
    yield from _mapped(ground)


def _in_code(ground: Ground) -> Iterator[Hazard]:
    """All files that pickle, or that keep classes by `__module__`, in one note."""
    places: list[tuple[str, int]] = []
    for code in ground.python(b".__module__", b"pickle", b"shelve", b"joblib", b"dill"):
        if not ground.is_product(code.path):
            continue
        for match in _BY_NAME.finditer(code.content):
            if not _is_text(code, match.start()):
                places.append((code.path, line_of(code.content, match.start())))
                break
    if places:
        path, line = min(places)
        yield note(
            KIND,
            path,
            line,
            "classes are known by the name of their module (`__module__`, pickle) at "
            f"{listed(f'{path}:{line}' for path, line in sorted(places))}; what was stored before "
            "the moves, outside of the repository, still says the old names: write it anew, or "
            "keep those names importable",
        )


# f"{fn.__module__}:{fn.__qualname__}"
def _references(ground: Ground) -> Iterator[Hazard]:
    """Code that makes references `module:name`, which are looked up again, or compared, later."""
    for code in ground.python(b".__module__"):
        is_test = posixpath.basename(code.path).startswith(("test_", "conftest"))
        for match in () if is_test else _REFERENCE.finditer(code.content):
            if _is_text(code, match.start()) or not may_be_of_what_moves(
                code, match.start(), ground
            ):
                continue
            yield hazard(
                REFERENCE,
                code.path,
                line_of(code.content, match.start()),
                f"`{match.group().decode(errors='replace')}` names a thing by its module; what was "
                "stored outside of the repository still says the old names: bring it up to date "
                "with the moves, or keep the old modules importable",
            )


# DESCRIPTOR = _pool.Default().AddSerializedFile(b'\n\x17shop/proto/orders.proto...')
def _serialized(ground: Ground) -> Iterator[Hazard]:
    """Generated code that holds names with their lengths: they stay as they are.

    A program that only reads the descriptor works with the old name in it: it is a key, and what
    depends on it says the same key.
    """
    changed = {old.encode() for old, new in ground.names.items() if new != old}
    changed |= {old.encode() for old, new in ground.fate.items() if new != old}
    for path, content in ground.texts():
        match = _SERIALIZED.search(content) if path.endswith(".py") else None
        end = content.find(b"\n", match.end()) if match else -1
        said = content[match.end() : end] if match else b""
        found = sorted(name.decode() for name in changed if name in said)
        if match and found:
            is_kept = match.group().startswith(b"Add")
            advice = (
                "which it keeps and works with; before you generate it anew, change the path that "
                "the generator is called with, and generate what depends on it as well"
                if is_kept
                else "so another name does not fit: leave the files of the generator where they "
                "are, or generate the code anew at the new place before the move"
            )
            yield hazard(
                STORED,
                path,
                line_of(content, match.start()),
                f"this generated code holds {listed(found)} with its length, {advice}",
                Severity.NOTE if is_kept else Severity.BLOCK,
            )


# shop/m.py becomes shop/m/a.py and shop/m/b.py, and pickle.dumps(A())
def _split(ground: Ground) -> Iterator[Hazard]:
    """Classes of a split module whose `__module__` is written down by a file that uses them."""
    for split in ground.plan.approved_splits():
        source = ground.by_path.get(split.source)
        for code in ground.python(b".__module__", b"pickle", b"shelve", b"joblib", b"dill"):
            user = ground.files.get(code.path)
            if source is None or user is None:
                continue
            match = _kept_by_name(code, source.name)
            if match is None:
                continue
            taken = ground.imported_by(user).values()
            if user is source or any(f"{whole}.".startswith(f"{source.name}.") for whole in taken):
                name = ground.names[source.name]
                parts = listed(f"{name}.{part.removesuffix('.py')}" for part, _ in split.parts)
                yield hazard(
                    REFERENCE,
                    code.path,
                    line_of(code.content, match.start()),
                    f"`{match.group().decode()}` writes or compares the `__module__` of what "
                    f"{source.name} defines, which becomes {parts}: set `__module__` there to "
                    f'"{name}", or see that nothing stored or compared says the old name',
                )


# x.__module__.startswith("ipykernel.") asks about the classes of somebody else
def _kept_by_name(code: Code, module: str) -> re.Match[bytes] | None:
    """Return the first place where a class may be known by the name of `module`."""
    top = module.partition(".")[0].encode()
    for match in _BY_NAME.finditer(code.content):
        asked = _ASKED.match(code.content, match.start())
        if asked is not None and asked[1].partition(b".")[0] != top:
            continue
        if not _is_text(code, match.start()):
            return match
    return None


# "cls.__module__" is a text; exec("cls.__module__") is code
def _is_text(code: Code, at: int) -> bool:
    """Tell whether a place lies in a comment or in a literal that nothing here executes."""
    node = code.at(at)
    if node is None or node.type not in ("comment", "string", "string_content", "escape_sequence"):
        return node is None
    literal = code.string_at(at)
    outer = literal.parent if literal is not None else None
    call = outer.parent if outer is not None and outer.type == "argument_list" else None
    called = call.child_by_field_name("function") if call is not None else None
    return called is None or code.text(called) not in ("exec", "eval", "compile")


# __name__.split(".")[-1]        cls.__module__.rpartition(".")[2]
def _taken_apart(ground: Ground) -> Iterator[Hazard]:
    """A part of a module's name that decides something: in the module, or for any class."""
    split = {step.source for step in ground.plan.approved_splits()}  # what is in it has other names
    renamed = {
        old: None if ground.modules[old].path in split else new
        for old, new in ground.names.items()
        if old != new
    }
    for code in ground.python(b"__name__", b"__package__", b"__spec__", b"__module__"):
        module = ground.by_path.get(code.path)
        for match in (*_APART.finditer(code.content), *_COMPARED.finditer(code.content)):
            node = code.at(match.start() + 1)
            if node is None or _is_text(code, match.start() + 1):
                continue
            own = match["own"] is not None
            new = ground.names[module.name] if own and module is not None else None
            if own and (module is None or new in (None, module.name)):
                continue
            if not own and not ground.is_product(code.path):
                continue
            if not own and not (
                may_be_of_what_moves(code, match.start(), ground)
                and begins_like_what_moves(node, code, ground)
            ):
                continue
            changed = {module.name: renamed[module.name]} if own and module is not None else renamed
            rest = code.content[match.start() :].partition(b"\n")[0].decode(errors="replace")
            taken = re.sub(r"\A(?:__name__|\.__module__)", "", rest)
            if reads_the_same(taken, changed):
                continue
            said = match.group().decode().strip().rstrip("([")
            yield hazard(
                APART,
                code.path,
                code.line(node),
                f"`{said}` takes the module's name for more than a name; "
                + (f"it becomes {new}" if new else "those of the classes that move change")
                + ": see whether what follows still holds",
                Severity.NOTE if is_logged(node, code) else Severity.BLOCK,
            )


def _stored(ground: Ground) -> Iterator[Hazard]:
    """Pickles and other binary files of the repository that name what moves."""
    word = re.compile(re.escape(ground.root.encode()) + rb"(?:\.[A-Za-z_]\w*)+")
    # cshop.orders\nOrder\n        is how the protocols 0 to 3 of pickle name a class
    pickled = re.compile(rb"c" + re.escape(ground.root.encode()) + rb"(?:\.\w+)+\n\w+\n")
    texts = {path for path, _ in ground.texts()}
    for path, content in ground.contents.items():
        if path in texts and not (path.endswith(_PICKLES) or pickled.search(content)):
            continue
        for match in word.finditer(content):
            known = ground.known(match.group().decode())
            if known is not None and ground.names[known] != known:
                yield hazard(
                    STORED,
                    path,
                    1,
                    f"stored data names {known}, which becomes {ground.names[known] or 'nothing'}: "
                    "it cannot be read any more; write it anew, or keep the old name importable",
                )
                break


def _loggers(ground: Ground) -> Iterator[Hazard]:
    """A logger of a whole package, from which modules leave that log by `__name__`."""
    names = re.compile(rb"(?<![\w./-])" + re.escape(ground.root.encode()) + rb"(?:\.\w+)+(?![\w/])")
    for path, content in ground.texts():
        if path.endswith(".py"):
            if b"getLogger(" not in content and b"loggers" not in content:
                continue
        elif is_prose(path) or not re.search(rb"\bloggers?\b|\bqualname\b", content):
            continue
        for match in names.finditer(content):
            package = match.group().decode()
            home = ground.names.get(package)
            if home is None or not ground.modules[package].is_package:
                continue
            before = content[max(0, match.start() - 80) : match.start()]
            if path.endswith(".py") and not re.search(
                rb"(?:getLogger\(\s*|[{,]\s*)[\"']\Z", before
            ):
                continue
            out = [
                name
                for name in ground.strays(package)
                if not (ground.names[name] or "").startswith(home + ".")
                and _logs_by_name(ground.modules[name], ground)
            ]
            if out:
                yield note(
                    LOGGER,
                    path,
                    line_of(content, match.start()),
                    f"the logger {package} speaks for all modules below it; {listed(out)} "
                    f"{'leave' if len(out) > 1 else 'leaves'} it and will log under another name: "
                    "configure a logger for that name as well",
                )


def _logs_by_name(module: Module, ground: Ground) -> bool:
    return b"getLogger(__name__" in ground.contents.get(module.path, b"")


# @app.task
def _tasks(ground: Ground) -> Iterator[Hazard]:
    for path, module in ground.by_path.items():
        content = ground.contents.get(path, b"")
        if ground.names[module.name] == module.name or not re.search(rb"\bcelery\b", content, re.I):
            continue
        auto = [m for m in _TASK.finditer(content) if b"name=" not in (m["given"] or b"")]
        if auto:
            yield note(
                TASK,
                path,
                line_of(content, auto[0].end()),
                f"{len(auto)} of its tasks take their names from the module, which becomes "
                f"{ground.names[module.name]}: what waits in the queue or in a schedule still says "
                f"{module.name}; drain it first, or give the tasks names",
            )


def _django(ground: Ground) -> Iterator[Hazard]:
    """An app's label is the last segment of its package: tables and migrations are named by it."""
    for name, module in ground.modules.items():
        new = ground.names[name]
        if not module.is_package or new is None:
            continue
        if new.rpartition(".")[2] == name.rpartition(".")[2]:
            continue
        parts = [ground.modules.get(f"{name}.{part}") for part in ("apps", "models")]
        texts = [ground.contents.get(part.path, b"") for part in parts if part is not None]
        if any(b"django" in text for text in texts) and not any(
            re.search(rb"\bapp_label\b|^\s+label\s*=", text, re.M) for text in texts
        ):
            path = next(part.path for part in parts if part is not None)
            yield hazard(
                DJANGO,
                path,
                1,
                f'the app {name} has the label "{name.rpartition(".")[2]}" from its package, which '
                f"becomes {new}: tables, migrations and content types are named by it; give the "
                "app its old label",
            )


# relationship("old.tables.User"): SQLAlchemy takes any end of the module's path
def _mapped(ground: Ground) -> Iterator[Hazard]:
    dotted = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
    for code in ground.python(b"relationship("):
        for call in code.calls_of("relationship"):
            for node in (*call.arguments, *call.keywords.values()):
                span = code.inside(node) if node.type == "string" else None
                said = code.literal(node) or ""
                if span is None or not dotted.fullmatch(said):
                    continue
                found = _by_tail(said, ground)
                if found is None:
                    continue
                module, tail = found
                new = ground.names[module]
                if new is not None and not f".{new}".endswith(f".{tail}"):
                    yield hazard(
                        MAPPED,
                        code.path,
                        code.line(node),
                        f'"{said}" is found by the end of its module\'s name, {module}, which '
                        f"becomes {new}: name the whole of it",
                        span=span,
                        fix=new + said[len(tail) :],
                    )


def _by_tail(said: str, ground: Ground) -> tuple[str, str] | None:
    parts = said.split(".")
    if parts[0] == ground.root:
        return None  # a whole name is renamed as text
    for end in range(len(parts) - 1, 0, -1):
        tail = ".".join(parts[:end])
        for name, module in ground.modules.items():
            defined = {c.name for c in module.syntax.classes} | module.syntax.bound
            if name.endswith(f".{tail}") and parts[end] in defined:
                return name, tail
    return None
