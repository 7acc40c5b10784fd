"""From a commit to a `Survey`: the room's one way in.

Owns the walk over the tracked files and the list of what could not be read. Must not know how
syntax, names, scope or classification are found, nor what a plan makes of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reorg_lib.model import DirectImport, Module, Problem, Reference, Survey, Syntax, TrackedFile
from reorg_lib.repository import Repository
from reorg_lib.survey.classify import classify
from reorg_lib.survey.names import module_name, path_name, reached_modules
from reorg_lib.survey.references import ReferenceFinder
from reorg_lib.survey.scope import find_scope
from reorg_lib.survey.syntax import UnreadableSource, read_syntax

LARGEST = 5_000_000
"""Bytes; a larger file is listed as a problem and not read."""

_SYMLINK, _SUBMODULE = "120000", "160000"


def take_survey(repository: Repository, package: str | None = None) -> Survey:
    """Survey one commit; `package` is a dotted name or a folder, None looks for the usual names.

    What cannot be read is a row in `problems`; a module among it keeps its name and has an empty
    syntax, so that its importers are still known.

    Raises:
        PackageNotFound: the package is not there, or several could be meant.
    """
    files = repository.files()
    read = _read(files, repository.contents(f.blob for f in files if f.is_regular))
    scope = find_scope(read.syntaxes, package)
    modules, hidden = _modules(files, read, scope.source_root)
    edges = _edges(modules)
    return Survey(
        commit=repository.commit,
        package=scope.package,
        source_root=scope.source_root,
        files=files,
        modules=tuple(modules.values()),
        edges=edges,
        references=_references(
            read, ReferenceFinder(modules.values(), scope.package, scope.source_root)
        ),
        classifications=classify(modules, edges, scope.package, read.texts),
        problems=tuple(sorted([*read.problems, *hidden, *_unread(files, scope.source_root)])),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What came out of the files: path → bytes of all text, path → syntax of all Python."""

    texts: Mapping[str, bytes]
    syntaxes: Mapping[str, Syntax]
    problems: tuple[Problem, ...]


def _read(files: Iterable[TrackedFile], contents: Mapping[str, bytes]) -> _Read:
    texts: dict[str, bytes] = {}
    syntaxes: dict[str, Syntax] = {}
    problems: list[Problem] = []
    parsed: dict[str, tuple[Syntax, Problem | None]] = {}
    for file in files:
        if not file.is_regular:
            continue
        content = contents[file.blob]
        is_python = file.path.endswith(".py")
        is_text = b"\0" not in content
        if is_text and len(content) <= LARGEST:
            texts[file.path] = content
        elif is_text:
            problems.append(
                Problem(
                    file.path,
                    0,
                    f"has {len(content):,} bytes, more than {LARGEST:,}, and is not read; "
                    "look for old names in it yourself",
                )
            )
        if is_python:
            if file.blob not in parsed:
                parsed[file.blob] = _parse(content)
            syntaxes[file.path], problem = parsed[file.blob]
            if problem is not None:
                problems.append(Problem(file.path, problem.line, problem.message))
    return _Read(texts, syntaxes, tuple(problems))


def _parse(content: bytes) -> tuple[Syntax, Problem | None]:
    if len(content) > LARGEST:
        return _nothing(1), None
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        return _nothing(line), Problem(
            "", line, "holds a NUL byte and is no Python source; take it out of the package"
        )
    try:
        syntax = read_syntax(content)
    except UnreadableSource as error:
        return _nothing(error.line), Problem("", error.line, f"cannot be read: {error}")
    if syntax.error_line is None:
        return syntax, None
    return syntax, Problem(
        "",
        syntax.error_line,
        "does not parse here; what could be read is used, correct the syntax to be sure of it",
    )


def _nothing(error_line: int | None = None) -> Syntax:
    return Syntax((), (), (), (), frozenset(), (), error_line)


def _unread(files: Iterable[TrackedFile], source_root: str) -> Iterator[Problem]:
    for file in files:
        inside = path_name(file.path, source_root) is not None
        if not inside and not file.path.endswith(".py"):
            continue
        if file.mode == _SYMLINK:
            yield Problem(file.path, 0, "is a symbolic link and is not followed; move it by hand")
        elif file.mode == _SUBMODULE:
            yield Problem(
                file.path, 0, "is a submodule and is not read; survey it in its own repository"
            )


def _modules(
    files: Iterable[TrackedFile], read: _Read, source_root: str
) -> tuple[dict[str, Module], list[Problem]]:
    modules: dict[str, Module] = {}
    hidden: list[Problem] = []
    packages_first = sorted(
        (f for f in files if f.path in read.syntaxes),
        key=lambda file: (not file.path.endswith("/__init__.py"), file.path),
    )
    for file in packages_first:
        name = path_name(file.path, source_root)
        if name is None:
            continue
        if name in modules:
            hidden.append(
                Problem(
                    file.path,
                    0,
                    f"is hidden: Python imports {name} from {modules[name].path}; "
                    "rename one of the two",
                )
            )
            continue
        lines = len(read.texts.get(file.path, b"").splitlines())
        is_package = file.path.endswith("/__init__.py")
        syntax = read.syntaxes[file.path]
        modules[name] = Module(name, file.path, file.blob, is_package, lines, syntax)
    for module in list(modules.values()):
        for folder in _folders_above(module.path, source_root):
            name = module_name(folder, source_root)
            if name is not None and name not in modules:
                modules[name] = Module(name, folder, "", True, 0, _nothing())
    return dict(sorted(modules.items())), hidden


def _folders_above(path: str, source_root: str) -> Iterator[str]:
    folder = path.rpartition("/")[0]
    while folder and folder != source_root:
        yield folder
        folder = folder.rpartition("/")[0]


def _edges(modules: Mapping[str, Module]) -> tuple[DirectImport, ...]:
    edges = {
        DirectImport(module.name, imported, statement.line, statement.kind)
        for module in modules.values()
        for statement in module.syntax.imports
        for imported in reached_modules(statement, module.package, modules)
        if imported != module.name
    }
    return tuple(sorted(edges))


def _references(read: _Read, finder: ReferenceFinder) -> tuple[Reference, ...]:
    return tuple(
        sorted(
            reference
            for path, content in read.texts.items()
            for reference in finder.find(path, content, read.syntaxes.get(path))
        )
    )
