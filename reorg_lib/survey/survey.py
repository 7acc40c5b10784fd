"""From a commit to a `Survey`: the entry point of the package.

It reads the tracked files, calls the other modules, and lists the files that could not be read.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from reorg_lib.files.cache import Cache, user_cache
from reorg_lib.git import Repository
from reorg_lib.model import DirectImport, Module, Problem, Reference, Survey, Syntax, TrackedFile
from reorg_lib.python.di_registrations import Registration
from reorg_lib.python.dotted_names import module_name, path_name, reached_modules
from reorg_lib.python.parsing import LARGEST, nothing, parse_all
from reorg_lib.survey.bounded_contexts import bounded_contexts
from reorg_lib.survey.classify import classify
from reorg_lib.survey.findings import find_findings
from reorg_lib.survey.package_scope import find_scope
from reorg_lib.survey.reference_finder import ReferenceFinder
from reorg_lib.survey.vocabulary import PROJECT_FILE, load_vocabulary

_SYMLINK, _SUBMODULE = "120000", "160000"

_NO_CONTEXT = (
    "No bounded context was found: there is no package domain or domains, and no Django app. "
    'If it has another name, add that to reorg.toml, as in [layers] domain = ["model"].'
)


def take_survey(
    repository: Repository, package: str | None = None, cache: Cache | None = None
) -> Survey:
    """Survey one commit; `package` is a dotted name or a folder, None: one of the usual names.

    A file that cannot be read is a row in `problems`; such a module keeps its name and has an empty
    syntax, so that its importers are still known. Files and whole surveys that were read before
    come from `cache` (None: the user's own).

    Raises:
        PackageNotFound: there is no such package, or several fit.
        VocabularyError: the project's `reorg.toml` cannot be read.
    """
    cache = user_cache() if cache is None else cache
    key = f"{repository.commit} {package or ''}"
    known = cache.load([key], Survey)
    if key in known:
        return known[key]
    with _collector_paused():
        survey = _survey(repository, package, cache)
    cache.keep({key: survey})
    return survey


def _survey(repository: Repository, package: str | None, cache: Cache) -> Survey:
    files = repository.files()
    read = _read(files, repository.contents(f.blob for f in files if f.is_regular), cache)
    additions = read.texts.get(PROJECT_FILE, b"").decode(errors="replace")
    vocabulary = load_vocabulary(additions)
    scope = find_scope(read.syntaxes, package, vocabulary.layers.adapters)
    modules, hidden = _modules(files, read, scope.source_root)
    edges = _edges(modules)
    survey = Survey(
        commit=repository.commit,
        package=scope.package,
        source_root=scope.source_root,
        files=files,
        modules=tuple(modules.values()),
        edges=edges,
        references=_references(
            read, ReferenceFinder(modules.values(), scope.package, scope.source_root)
        ),
        classifications=classify(
            modules, edges, scope.package, read.texts, read.handed, vocabulary
        ),
        problems=tuple(sorted([*read.problems, *hidden, *_unread(files, scope.source_root)])),
        additions=additions,
        notes=() if bounded_contexts(modules, vocabulary.layers) else (_NO_CONTEXT,),
        outside=tuple(_outside(files, read, {module.path for module in modules.values()})),
    )
    return replace(survey, findings=find_findings(survey))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Switch the garbage collector off: it takes half of the time, and records have no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Read:
    """The files that were read: path → bytes of text files, path → result of parsing."""

    texts: Mapping[str, bytes]
    syntaxes: Mapping[str, Syntax]
    handed: Mapping[str, Collection[Registration]]
    problems: tuple[Problem, ...]


def _read(files: Iterable[TrackedFile], contents: Mapping[str, bytes], cache: Cache) -> _Read:
    texts: dict[str, bytes] = {}
    syntaxes: dict[str, Syntax] = {}
    handed: dict[str, Collection[Registration]] = {}
    problems: list[Problem] = []
    regular = [file for file in files if file.is_regular]
    python = {file.blob for file in regular if file.path.endswith(".py")}
    parsed = parse_all({blob: contents[blob] for blob in python}, cache)
    for file in regular:
        content = contents[file.blob]
        is_text = b"\0" not in content
        if is_text and len(content) <= LARGEST:
            texts[file.path] = content
        elif is_text:
            problems.append(
                Problem(
                    file.path,
                    0,
                    f"has {len(content):,} bytes, more than {LARGEST:,}, and is not read; "
                    "search it for old names manually",
                )
            )
        if file.path.endswith(".py"):
            read = parsed[file.blob]
            syntaxes[file.path] = read.syntax
            handed[file.path] = read.handed
            if read.problem:
                problems.append(Problem(file.path, read.line, read.problem))
    return _Read(texts, syntaxes, handed, tuple(problems))


def _unread(files: Iterable[TrackedFile], source_root: str) -> Iterator[Problem]:
    for file in files:
        inside = path_name(file.path, source_root) is not None
        if not inside and not file.path.endswith(".py"):
            continue
        if file.mode == _SYMLINK:
            yield Problem(file.path, 0, "is a symbolic link and is not followed; move it manually")
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
                    f"is never imported: Python imports {name} from {modules[name].path}; "
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
                modules[name] = Module(name, folder, "", True, 0, nothing())
    return dict(sorted(modules.items())), hidden


def _outside(files: Iterable[TrackedFile], read: _Read, known: set[str]) -> Iterator[Module]:
    for file in sorted(files):
        if file.path in read.syntaxes and file.path not in known:
            lines = len(read.texts.get(file.path, b"").splitlines())
            yield Module("", file.path, file.blob, False, lines, read.syntaxes[file.path])


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
