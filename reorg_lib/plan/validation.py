"""Whether a plan can be carried out on the surveyed commit.

Each reason to refuse a step is one sentence: what, where, what to do. Approved steps are checked
against the tree after them; pending and rejected steps need only a known source and a well-formed
target. It is longer than 300 lines because the reasons to refuse are easier to read in one place.
"""

from __future__ import annotations

import keyword
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from reorg_lib.errors import PlanError
from reorg_lib.model import (
    Decision,
    Deletion,
    Guardrail,
    GuardrailKind,
    Module,
    Move,
    Plan,
    Split,
    Step,
    Survey,
)
from reorg_lib.plan.outcome import Outcome, folders, folders_of, outcome_of
from reorg_lib.survey.import_roots import ImportRoots, source_roots

_ENDINGS = {
    GuardrailKind.PLACEMENT: (".md",),
    GuardrailKind.STRUCTURE: (".md", ".rst", ".txt"),
    GuardrailKind.TEST: (".py",),
    GuardrailKind.HOOK: (".yaml", ".yml"),
}


def validate(plan: Plan, survey: Survey) -> None:
    """Check that every step of `plan` can be carried out on the surveyed commit.

    Raises:
        PlanError: with one line for each step that cannot, in the order of the plan.
    """
    _check_scope(plan, survey)
    tree = _Tree.of(survey, plan)
    problems = []
    for step in plan.steps:
        problem = next(_problems(step, tree), None)
        if problem:
            problems.append(f"{step.kind} of {step.source}: {problem}")
    if len(problems) == 1:
        raise PlanError(problems[0])
    if problems:
        lines = "\n".join(f"  {problem}" for problem in problems)
        raise PlanError(f"{len(problems)} steps of the plan cannot be carried out:\n{lines}")


@dataclass(frozen=True, slots=True)
class _Tree:
    """The outcome of the steps with the files of the guardrails, and the tree of today."""

    survey: Survey
    outcome: Outcome
    modes: dict[str, str]
    after: frozenset[str]
    folders: frozenset[str]
    folded: dict[str, set[str]]
    modules: dict[str, Module]
    approved_sources: tuple[str, ...]
    roots: ImportRoots

    @classmethod
    def of(cls, survey: Survey, plan: Plan) -> _Tree:
        outcome = outcome_of(survey, plan)
        after = outcome.files.union(step.source for step in plan.approved().guardrails)
        held = folders_of(after)
        spellings: dict[str, set[str]] = defaultdict(set)
        for name in after | held:
            spellings[_folded(name)].add(name)
        return cls(
            survey=survey,
            outcome=outcome,
            modes={file.path: file.mode for file in survey.files},
            after=after,
            folders=held,
            folded=spellings,
            modules={module.path: module for module in survey.modules if module.blob},
            approved_sources=tuple(
                step.source for step in plan.approved().steps if not isinstance(step, Guardrail)
            ),
            roots=_roots(survey, plan),
        )


def _roots(survey: Survey, plan: Plan) -> ImportRoots:
    """The other roots are searched only if a step names a file outside the source root."""
    main = ImportRoots(survey.source_root, ())
    steps = [step for step in plan.steps if isinstance(step, Move | Split)]
    inside = all(main.home(path) for step in steps for path in (step.source, step.target))
    return main if inside else source_roots(survey)


def _check_scope(plan: Plan, survey: Survey) -> None:
    scope = plan.scope
    if (scope.package, scope.source_root) != (survey.package, survey.source_root):
        raise PlanError(
            f"the plan is about {scope.package} below {scope.source_root!r}, but "
            f"{survey.package} below {survey.source_root!r} was surveyed; give that package, or "
            "another plan file",
            where="scope",
        )
    if scope.commit != survey.commit:
        raise PlanError(
            f"the plan was made for commit {scope.commit[:12]}, but {survey.commit[:12]} was "
            "surveyed; run `reorg propose` again to refresh it (decisions are kept)",
            where="scope",
        )


def _problems(step: Step, tree: _Tree) -> Iterator[str]:
    source = step.source
    if isinstance(step, Guardrail):
        yield from _bad_guardrail(step, tree)
        return
    if source not in tree.modes:
        yield "no tracked file has this path; correct it, or remove the step"
        return
    if not isinstance(step, Deletion):
        yield from _malformed(step.target)
        yield from _outside(source, step.target, tree)
    if step.decision is not Decision.APPROVED:
        return
    if tree.approved_sources.count(source) > 1:
        yield "two approved steps are about this file; keep one and reject the other"
    yield from _bad_source(source, tree)
    if isinstance(step, Move):
        yield from _bad_target(source, step.target, tree)
    elif isinstance(step, Split):
        yield from _bad_split(step, tree)
    else:
        yield from _bad_deletion(source, tree)


def _malformed(target: str) -> Iterator[str]:
    segments = target.split("/")
    if any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") for c in target):
        yield f"the target {target!r} has a control character; write it without"
    if target.startswith("/"):
        yield f"the target {target} is an absolute path; write it from the repository's root"
    if "\\" in target:
        yield f"the target {target} has a backslash; separate folders with /"
    if target.endswith("/"):
        yield f"the target {target} ends with /; name the file, too"
    if any(segment in ("", ".", "..") for segment in segments):
        yield f"the target {target} has an empty, `.` or `..` segment; write the plain path"
    if any(segment.casefold() == ".git" for segment in segments):
        yield f"the target {target} lies in git's own folder; choose another"


def _outside(source: str, target: str, tree: _Tree) -> Iterator[str]:
    """A module stays below an import root; any other file stays outside of them."""
    root = tree.survey.source_root
    was, will_be = tree.roots.home(source), tree.roots.home(target)
    if was is not None and will_be is None:
        yield f"the target {target} lies outside the source root {root}/; stay below it"
    elif was is None and will_be == root:
        yield f"the source lies outside the source root {root}/; remove the step"


def _bad_source(source: str, tree: _Tree) -> Iterator[str]:
    mode = tree.modes[source]
    if mode == "120000":
        yield "the source is a symlink; move the file that it points to"
    elif mode == "160000":
        yield "the source is a submodule; move it with `git mv` by hand"
    elif not mode.startswith("100"):
        yield f"the source is no regular file (mode {mode}); remove the step"


def _bad_target(source: str, target: str, tree: _Tree) -> Iterator[str]:
    if target == source:
        yield "the target is the source itself; remove the step"
    if source.endswith(".py") != target.endswith(".py"):
        yield f"{source} and {target} are not both Python files; keep the ending"
    yield from _bad_names(source, target, tree)
    yield from _occupied(target, tree)


def _bad_names(source: str, target: str, tree: _Tree) -> Iterator[str]:
    """A file that can be imported must stay so; another file may keep a name that cannot."""
    if not target.endswith(".py"):
        return
    package = tree.survey.scope.package_folder
    if target.startswith(package + "/") or not any(_wrong_segments(source, tree.survey)):
        for segment in _wrong_segments(target, tree.survey):
            kind = "a Python keyword" if keyword.iskeyword(segment) else "no Python identifier"
            yield f"the target {target} cannot be imported: {segment!r} is {kind}; rename it"


def _wrong_segments(path: str, survey: Survey) -> Iterator[str]:
    root = survey.source_root
    inner = path if root == "." else path.removeprefix(root + "/")
    for segment in inner.removesuffix(".py").split("/"):
        if not segment.isidentifier() or keyword.iskeyword(segment):
            yield segment


def _occupied(target: str, tree: _Tree) -> Iterator[str]:
    if tree.outcome.arriving.count(target) > 1:
        yield f"another approved step has the target {target}, too; give one of them another"
    if target in tree.modes and target not in tree.outcome.leaving:
        yield f"the target {target} exists and stays where it is; move that file away or rename"
    for name in (target, *folders(target)):
        others = sorted(tree.folded[_folded(name)] - {name})
        if others:
            yield (
                f"{name} and {others[0]} differ only in case, which is one path on "
                "case-insensitive file systems; rename one of them"
            )
    for folder in folders(target):
        if folder in tree.after:
            yield f"the target {target} needs a folder where the file {folder} is; rename one"
    if target in tree.folders:
        inside = min(path for path in tree.after if path.startswith(target + "/"))
        yield f"the target {target} is a folder, with {inside} in it; name a file"
    yield from _module_and_package(target, tree)


def _module_and_package(target: str, tree: _Tree) -> Iterator[str]:
    """`a.py` beside a folder `a/` of modules: Python sees only one of them."""
    if not target.endswith(".py"):
        return
    for folder in folders(target):
        if f"{folder}.py" in tree.after:
            yield f"{folder}.py and {target} would be a module and a package of one name; rename"
    beneath = target.removesuffix(".py")
    if beneath not in tree.folders:
        return
    modules = (p for p in tree.after if p.startswith(beneath + "/") and p.endswith(".py"))
    other = min(modules, default=None)
    if other:
        yield f"{target} and {other} would be a module and a package of one name; rename one"


def _bad_split(split: Split, tree: _Tree) -> Iterator[str]:
    if split.source.endswith("/__init__.py") or not split.source.endswith(".py"):
        yield "only a module can be split; remove the step"
    if split.target.endswith(".py"):
        yield f"the target {split.target} of a split is a folder; write it without .py"
    if tree.roots.home(split.source) != tree.survey.source_root:
        yield f"the source lies outside the source root {tree.survey.source_root}/; remove the step"
    seen: dict[str, str] = {}
    for part, names in split.parts:
        if "/" in part or not part.endswith(".py"):
            yield f'the part "{part}" is no file name that ends with .py; rename it'
        for name in names:
            if seen.setdefault(name, part) != part:
                yield f"{name} is in the parts {seen[name]} and {part}; keep it in one"
        target = f"{split.target}/{part}"
        yield from _malformed(target)
        yield from _outside(split.source, target, tree)
        yield from _bad_names(split.source, target, tree)
        yield from _occupied(target, tree)


def _bad_deletion(path: str, tree: _Tree) -> Iterator[str]:
    module = tree.modules.get(path)
    if module is None:
        return
    folder = path.rpartition("/")[0]
    kept = sorted(p for p in tree.after if p.startswith(folder + "/") and p.endswith(".py"))
    if module.is_package and kept:
        yield f"{kept[0]} would stay in a folder without __init__.py; move it, or keep the package"
    paths = {m.name: m.path for m in tree.survey.modules}
    users = sorted(
        f"{paths[edge.importer]}:{edge.line}"
        for edge in tree.survey.edges
        if edge.imported == module.name
        and edge.importer != module.name
        and paths[edge.importer] not in tree.outcome.deleted
    )
    if users:
        more = f" and {len(users) - 1} more" if len(users) > 1 else ""
        yield f"{users[0]}{more} still imports {module.name}; move the module instead"


def _bad_guardrail(step: Guardrail, tree: _Tree) -> Iterator[str]:
    yield from _malformed(step.source)
    endings = _ENDINGS[step.form]
    if not step.source.endswith(endings):
        yield f"a {step.form} file ends with {' or '.join(endings)}; correct the path"
    if step.decision is not Decision.APPROVED:
        return
    if step.source in tree.outcome.leaving or step.source in tree.outcome.arriving:
        yield f"another approved step moves or deletes {step.source}; reject one of the two"
    mode = tree.modes.get(step.source, "100644")
    if not mode.startswith("100"):
        yield f"{step.source} is no regular file (mode {mode}); give another path"
    elif step.source not in tree.modes:
        yield from _occupied(step.source, tree)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
