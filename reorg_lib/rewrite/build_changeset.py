"""A plan carried out in memory: the exact new bytes of every file that it changes.

Owns the ChangeSet: which files move, change, appear and go, and the refusal when a plan cannot be
carried out exactly. Must not know how a change is written in a shell script.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reorg_lib.errors import HazardError, RewriteError
from reorg_lib.git import Repository
from reorg_lib.hazards.find import find_hazards
from reorg_lib.hazards.reading.context import judge_of
from reorg_lib.model import (
    ChangeSet,
    Edit,
    FileChange,
    Hazard,
    LeftName,
    Module,
    NameClass,
    Plan,
    Settlement,
    Severity,
    Split,
    SplitChange,
    Survey,
    apply_edits,
)
from reorg_lib.plan.companions import with_companions
from reorg_lib.plan.outcome import Outcome, outcome_of
from reorg_lib.plan.validation import validate
from reorg_lib.python.dotted_names import path_name, resolve
from reorg_lib.rewrite.attribute_chains import reach_of
from reorg_lib.rewrite.import_renaming import Importer
from reorg_lib.rewrite.name_collisions import find_collisions
from reorg_lib.rewrite.name_map import NameMap, map_modules
from reorg_lib.rewrite.python_file import FileEdits, edit_python
from reorg_lib.rewrite.split.split_module import split_module
from reorg_lib.rewrite.split.used_names import place_that_looks_up, wanted_names
from reorg_lib.rewrite.stubs_and_notebooks import SUFFIXES, import_edits
from reorg_lib.rewrite.text_names import StaleName, TextRenamer, text_renamer
from reorg_lib.survey.import_roots import ImportRoots, beside, named_outside, source_roots

_BEGINNING = re.compile(rb"(?<![\w.])([A-Za-z_]\w*)\s*\.")

TEXT_LIMIT = 5_000_000
"""Bytes; a larger file is listed in the survey's problems and never rewritten."""

_ASCII = bytes(range(128)) + b" " * 128
"""In a binary file a byte that is no ASCII ends a name."""


def build_changeset(repository: Repository, survey: Survey, plan: Plan) -> ChangeSet:
    """Return what the approved steps of `plan` do to every file of the surveyed commit.

    Raises:
        PlanError: the plan contradicts itself or the repository.
        HazardError: a blocking hazard is not settled.
        RewriteError: code would import or reach a name that no longer exists.
    """
    plan = with_companions(survey, plan)
    validate(plan, survey)
    contents = repository.contents_by_path(survey.files)
    hazards = find_hazards(survey, plan, contents)
    fixes = _settled_fixes(hazards, plan)
    outcome = outcome_of(survey, plan)
    roots = source_roots(survey)
    names = map_modules(outcome, roots)
    gone = [(folder, None) for folder in outcome.dissolved_folders]
    spelled = [*((r.old, r.new) for r in outcome.renamed_paths), *gone]
    judge = judge_of(survey, plan, contents)
    renamer = text_renamer(plan.scope, names, spelled, judge, plan.references)
    rewriter = _Rewriter(outcome, names, renamer, contents, roots)

    regular = {file.path: file for file in survey.files if file.is_regular}
    steps = plan.approved().steps
    reasons = {step.source: step.reason for step in steps if step.source in outcome.leaving}

    changes: list[FileChange] = []
    left: list[LeftName] = []
    refused = list(find_collisions(outcome, names))
    for path, file in regular.items():
        source = contents[path]
        target = outcome.after(path)
        if target is None:
            reason = reasons.get(path, "its package is left empty")
            changes.append(FileChange(path, None, file.mode, source, None, (), reason))
            continue
        found = rewriter.edits(path, source)
        refused += found.refused
        fixed = [_fix(hazard, source) for hazard in fixes.get(path, ())]
        edits = tuple(sorted((*found.edits, *fixed)))
        after = apply_edits(source, edits)
        left += [
            _left(target, source, edits, stale, found.why)
            for stale in found.stale
            if not any(e.start <= stale.start < e.end for e in fixed)
        ]
        if target != path or after != source:
            reason = reasons.get(path, "")
            changes.append(FileChange(path, target, file.mode, source, after, edits, reason))
    if refused:
        raise RewriteError(
            "the approved steps would leave code without what it names:", tuple(sorted(refused))
        )
    changes += [
        FileChange(None, path, "100644", None, b"", (), "the new folder is a package")
        for path in outcome.created
    ]
    return ChangeSet(
        commit=survey.commit,
        scope=plan.scope,
        changes=tuple(sorted(changes, key=lambda c: (c.source or "", c.target or ""))),
        modules=names.changed(),
        paths=tuple(sorted(outcome.renamed_paths)),
        left=tuple(sorted(left)),
        hazards=hazards,
        splits=tuple(_cut(split, survey, contents, changes) for split in plan.approved().splits),
        references=plan.references,
    )


def _cut(
    split: Split,
    survey: Survey,
    contents: Mapping[str, bytes],
    changes: Sequence[FileChange],
) -> SplitChange:
    """Split a module that the moves have made a package, and keep the names that its users take."""
    (change,) = (change for change in changes if change.source == split.source)
    assert change.target is not None and change.after is not None
    (module,) = (module for module in survey.modules if module.path == split.source)
    wanted = wanted_names(module, survey, contents)
    folder = change.target.removesuffix("__init__.py")
    beside = (c.target for c in changes if c.target and c.target.startswith(folder))
    taken = frozenset(path.removeprefix(folder) for path in beside) - {"__init__.py"}
    name = path_name(change.target, survey.source_root) or ""
    asked = place_that_looks_up(contents)
    return split_module(
        change.target, change.after, split, name, wanted=wanted, taken=taken, asked=asked
    )


class _Rewriter:
    """Chooses for each file how its names are found: by syntax, as text, or not at all."""

    def __init__(
        self,
        outcome: Outcome,
        names: NameMap,
        renamer: TextRenamer,
        contents: Mapping[str, bytes],
        roots: ImportRoots,
    ) -> None:
        survey = outcome.survey
        named = (*survey.outside, *named_outside(survey, roots), *survey.modules)
        self._by_path = {module.path: module for module in named if module.blob}
        self._tops = {m.name: m.path for m in survey.modules if m.blob and "." not in m.name}
        self._roots = roots
        self._names = names
        self._renamer = renamer
        self._reach = reach_of(names)
        self._outcome = outcome
        self._package = survey.package
        self._asked = _asked_names(self._by_path.values(), contents)

    def edits(self, path: str, source: bytes) -> FileEdits:
        module = self._by_path.get(path)
        if len(source) > TEXT_LIMIT or b"\0" in source:
            kind = "binary" if b"\0" in source else "too large to rewrite"
            text = self._renamer.text_of(path, source.translate(_ASCII))
            named = self._renamer.edits(text, 0, len(source))
            stale = tuple(StaleName(n.start, n.end, _text(source, n), kind=_kind(n)) for n in named)
            return FileEdits((), stale, why=f"the file is {kind}")
        if module is not None and module.syntax.error_line is None:
            own = self._beside(module)
            names = self._names.without(own) if own else self._names
            return edit_python(
                source,
                module,
                self._importer(module),
                names,
                self._renamer,
                reach_of(names) if own else self._reach,
                self._asked.get(module.name, frozenset()),
            )
        imports = tuple(self._imports(path, source))
        found = [
            item
            for item in self._renamer.edits(self._renamer.text_of(path, source), 0, len(source))
            if not any(item.start < edit.end and edit.start < item.end for edit in imports)
        ]
        return FileEdits(
            (*imports, *(item for item in found if isinstance(item, Edit))),
            tuple(item for item in found if isinstance(item, StaleName)),
        )

    def _beside(self, module: Module) -> frozenset[str]:
        """The top-level names that mean a file beside a module, where neither of the two moves."""
        said = [
            name
            for statement in module.syntax.imports
            if not statement.level
            for name in (
                [statement.module] if statement.is_from else [n.name for n in statement.names]
            )
        ]
        tops = {name.partition(".")[0] for name in said} & self._tops.keys()
        here, root = module.path, self._outcome.survey.source_root
        own = {top: beside(here, top, self._by_path, root) for top in tops}
        stay = {
            path for path in (here, *own.values()) if path and self._outcome.after(path) == path
        }
        return frozenset(
            top
            for top, path in own.items()
            if path != self._tops[top] and path in stay and here in stay
        )

    # from .core cimport h
    def _imports(self, path: str, source: bytes) -> Iterator[Edit]:
        if path.endswith(SUFFIXES):
            target = self._outcome.after(path) or path
            before, after = (self._roots.package(_as_module(p)) for p in (path, target))
            importer = Importer(before, after, self._package)
            yield from import_edits(path, source, importer, self._names)

    def _importer(self, module: Module) -> Importer:
        target = self._outcome.after(module.path) or module.path
        return Importer(module.package, self._roots.package(target), self._package)


def _asked_names(
    modules: Iterable[Module], contents: Mapping[str, bytes]
) -> Mapping[str, frozenset[str]]:
    """Return module → the names that others import from it.

    For a star import these are all names that the importer uses with a dot after them and does not
    bind itself.
    """
    asked: dict[str, set[str]] = defaultdict(set)
    for module in modules:
        for statement in module.syntax.imports:
            base = resolve(module.package, statement)
            for imported in statement.names if base else ():
                asked[base or ""].add(imported.name)
                if imported.name == "*":
                    begun = {w.decode() for w in _BEGINNING.findall(contents[module.path])}
                    asked[base or ""] |= begun - module.syntax.bound
    return {module: frozenset(names) for module, names in asked.items()}


def _as_module(path: str) -> str:
    """The path of the module that a stub or a Cython file describes."""
    return path.rpartition(".")[0] + ".py"


def _settled_fixes(hazards: Sequence[Hazard], plan: Plan) -> Mapping[str, list[Hazard]]:
    """Return the hazards to fix, by path; refuse those that are neither fixed nor accepted."""
    settled = {settlement.id: settlement for settlement in plan.hazards}
    fixes: dict[str, list[Hazard]] = defaultdict(list)
    open_ids = []
    for hazard in hazards:
        said = settled.get(hazard.id)
        if said is None or (said.resolution is Settlement.FIX and hazard.fix is None):
            if hazard.severity is Severity.BLOCK:
                open_ids.append(hazard.id)
        elif said.resolution is Settlement.FIX:
            fixes[hazard.path].append(hazard)
    if open_ids:
        listing = "\n".join(f"  {h.id}: {h.why}" for h in hazards if h.id in open_ids)
        raise HazardError(
            "a blocking hazard is not settled; add a [[hazard]] entry with its id and"
            f' resolution = "fix" or "accept" to the plan:\n{listing}',
            tuple(sorted(open_ids)),
        )
    return fixes


def _fix(hazard: Hazard, source: bytes) -> Edit:
    old = source[hazard.start : hazard.end]
    return Edit(hazard.start, hazard.end, old, (hazard.fix or "").encode(), hazard.kind)


def _kind(found: Edit | StaleName) -> NameClass:
    return found.kind if isinstance(found, StaleName) else NameClass.MODULE


def _text(source: bytes, found: Edit | StaleName) -> str:
    return source[found.start : found.end].decode(errors="replace")


def _left(path: str, source: bytes, edits: Sequence[Edit], stale: StaleName, why: str) -> LeftName:
    line = source.count(b"\n", 0, stale.start) + 1
    line += sum(e.new.count(b"\n") - e.old.count(b"\n") for e in edits if e.end <= stale.start)
    return LeftName(path, line, stale.text, stale.why or why, stale.kind)
