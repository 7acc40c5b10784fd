"""What follows from the approved steps by rule, without a step of its own.

Owns which `__init__.py` files appear and go, and thereby the tree after the plan:

- a new folder below a regular package becomes a regular package, and a regular package whose
  `__init__.py` moves away but that keeps modules gets an empty one;
- an `__init__.py` without code goes when the approved steps leave nothing else in its folder.

A folder that has no `__init__.py` today is left that way. Must not know whether the plan is sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reorg_lib.model import Module, Plan, Survey
from reorg_lib.plan.steps import arriving, leaving

_INIT = "__init__.py"


def files_after(survey: Survey, plan: Plan) -> frozenset[str]:
    """Return the paths of all tracked files as the approved steps and the rules leave them."""
    stepped = _files_after_steps(survey, plan)
    gone = _emptied(survey, plan, stepped)
    return stepped - frozenset(gone) | frozenset(_needed(survey, plan, stepped))


def new_packages(survey: Survey, plan: Plan) -> tuple[str, ...]:
    """Return the paths of the empty `__init__.py` files that the approved steps need, sorted."""
    return tuple(sorted(_needed(survey, plan, _files_after_steps(survey, plan))))


def emptied_packages(survey: Survey, plan: Plan) -> tuple[str, ...]:
    """Return the paths of the `__init__.py` files that go with the rest of their folder, sorted.

    One that holds code stays, unless the plan moves or deletes it.
    """
    return tuple(sorted(_emptied(survey, plan, _files_after_steps(survey, plan))))


def has_code(module: Module) -> bool:
    """Tell whether a module is more than docstring, comments and `__all__`."""
    syntax = module.syntax
    return bool(
        syntax.imports
        or syntax.classes
        or syntax.calls
        or syntax.anchors
        or syntax.bound - {"__all__"}
        or syntax.error_line is not None
    )


def folders(path: str) -> Iterator[str]:
    """Yield the folders that hold `path`, the innermost first, without the repository's root."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _files_after_steps(survey: Survey, plan: Plan) -> frozenset[str]:
    return frozenset(f.path for f in survey.files) - leaving(plan) | frozenset(arriving(plan))


def _needed(survey: Survey, plan: Plan, after: frozenset[str]) -> Iterator[str]:
    before = frozenset(f.path for f in survey.files)
    folders_before = _folders_of(before)
    moved_inits = {m.source for m in plan.approved_moves() if m.source.endswith("/" + _INIT)}
    for folder in sorted(_folders_of(path for path in after if path.endswith(".py"))):
        init = f"{folder}/{_INIT}"
        if init in after:
            continue
        if init in before:
            if init in moved_inits:
                yield init
        elif folder not in folders_before and _parent_is_regular(
            survey, folder, before, folders_before
        ):
            yield init


def _parent_is_regular(
    survey: Survey, folder: str, before: frozenset[str], folders_before: frozenset[str]
) -> bool:
    """The nearest folder that exists decides; below the source root itself, the top package."""
    inside = _inside(folder, survey.source_root)
    for parent in folders(folder):
        if parent in folders_before and (_inside(parent, survey.source_root) or not inside):
            return f"{parent}/{_INIT}" in before
    if not inside:
        return False
    top = survey.package.partition(".")[0]
    return _below(survey.source_root, f"{top}/{_INIT}") in before


def _emptied(survey: Survey, plan: Plan, after: frozenset[str]) -> tuple[str, ...]:
    left = {f for path in leaving(plan) for f in folders(path)}
    put = frozenset(arriving(plan))
    bare = {
        module.path
        for module in (*survey.modules, *survey.outside)
        if module.blob and module.path.endswith("/" + _INIT) and not has_code(module)
    }
    full = _folders_of(path for path in after if path not in bare or path in put)
    return tuple(
        path
        for path in sorted(bare & after - put)
        if (folder := path.removesuffix("/" + _INIT)) in left and folder not in full
    )


def _folders_of(paths: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for path in paths:
        for folder in folders(path):
            if folder in found:
                break  # and so are those above it
            found.add(folder)
    return frozenset(found)


def _inside(path: str, source_root: str) -> bool:
    return source_root == "." or path.startswith(source_root + "/")


def _below(source_root: str, path: str) -> str:
    return path if source_root == "." else f"{source_root}/{path}"
