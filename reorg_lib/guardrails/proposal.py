"""Which files keep the layout: four kinds of step, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from reorg_lib.guardrails.existing_tree import END, START, find_drawn, find_marked
from reorg_lib.model import Guardrail, GuardrailKind, Plan, Survey

HOOK_ID = "reorg-check"
HOOK_FILE = ".pre-commit-config.yaml"
_TESTS = ("tests", "test")
_ROOT_DOCUMENTS = ("CLAUDE.md", "AGENTS.md", "README.md")


def propose_guardrails(
    survey: Survey, plan: Plan, contents: Mapping[str, bytes]
) -> tuple[Guardrail, ...]:
    """Return the guardrail steps for a plan that moves anything, sorted by path.

    `contents` is path → bytes of the tracked files; only root documents and the hook configuration
    are read. A guardrail that exists already is not proposed again.
    """
    if not plan.steps:
        return ()
    home = survey.scope.package_folder
    steps = [
        Guardrail(
            f"{home}/CLAUDE.md",
            form=GuardrailKind.PLACEMENT,
            reason="says where a new module belongs, in the folder of the package",
        ),
        Guardrail(
            _test_path(survey),
            form=GuardrailKind.TEST,
            reason="fails with a sentence when a package is named after a bounded context, or a"
            " module imports what another concern adapts; needs only Python",
        ),
        *_structure(home, contents),
        *_hook(contents),
    ]
    return tuple(sorted(steps, key=lambda step: step.source))


def _structure(home: str, contents: Mapping[str, bytes]) -> Iterator[Guardrail]:
    """Yield a step for the first document that draws the tree, or one that says how to get one."""
    known = [path for path in _documents(home) if path in contents]
    for path in known:
        text = contents[path].decode("utf-8", "replace")
        if find_marked(text, "structure"):
            where = "between its markers"
        elif find_drawn(text, home):
            where = "in the tree that it draws, below the package"
        else:
            continue
        reason = f"shows the new tree {where}; the rest keeps every byte"
        yield Guardrail(path, form=GuardrailKind.STRUCTURE, reason=reason)
        return
    if known:
        yield Guardrail(
            known[0],
            form=GuardrailKind.STRUCTURE,
            reason=f"draws no tree of {home}/, so nothing is changed; to have one, put"
            f" {START.format('structure')} and {END.format('structure')} where it should stand,"
            " commit that, and propose again",
        )


def _documents(home: str) -> Iterator[str]:
    """Yield the root documents first, then those of the folders above the package."""
    folders = ["", *(f"{p}/" for p in reversed(PurePosixPath(home).parents) if str(p) != ".")]
    for folder in folders:
        yield from (folder + name for name in _ROOT_DOCUMENTS)


def _hook(contents: Mapping[str, bytes]) -> Iterator[Guardrail]:
    there = contents.get(HOOK_FILE, b"")
    if f"id: {HOOK_ID}".encode() not in there:
        how = "one more local hook, the rest keeps every byte" if there else "a first hook"
        yield Guardrail(
            HOOK_FILE,
            form=GuardrailKind.HOOK,
            reason=f"{how}: `reorg check` before each commit that touches the package; needs"
            " reorg on PATH, and this plan committed as plan.toml",
        )


def _test_path(survey: Survey) -> str:
    """Return the path of a new file in the outermost test folder nearest to the package."""
    root = "" if survey.source_root == "." else f"{survey.source_root}/"
    name = f"test_layout_of_{survey.package.rpartition('.')[2]}.py"
    folders = sorted(
        {
            str(path.parent)
            for file in survey.files
            if file.path.endswith(".py")
            and (path := PurePosixPath(file.path)).name.startswith("test_")
            and set(path.parts[:-1]) & set(_TESTS)
            and not file.path.startswith(f"{survey.scope.package_folder}/")
        },
        key=lambda folder: (
            not f"{folder}/".startswith(root),
            folder.count("/"),
            "unit" not in folder.split("/"),
            folder,
        ),
    )
    return f"{folders[0] if folders else f'{root}tests'}/{name}"
