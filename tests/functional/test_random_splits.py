"""Random splits of real modules pass the proof, import, and behave the same; or are refused.

A module of an installed package with ten definitions or more becomes a package of the same name,
by a plan that a seed draws: a few definitions named in each part, the others left to the rules.
`REORG_SEED=7 pytest -k 'splits and click'` runs one seed (or `3-9`) of a package.
"""

from __future__ import annotations

import ast
import os
import random
from collections import Counter

import pytest

from reorg_lib.errors import ReorgError
from reorg_lib.hazards.find import find_hazards
from reorg_lib.model import (
    Decision,
    HazardSettlement,
    Module,
    Plan,
    Scope,
    Settlement,
    Split,
)
from reorg_lib.proof.points import prove
from reorg_lib.proof.rehearsal import rehearse
from reorg_lib.rewrite.build_changeset import build_changeset
from reorg_lib.script.render import render_script
from tests.functional.random_plans import (
    Subject,
    changed,
    installed,
    look_after,
    printed_otherwise,
)
from tests.functional.smoke_runs import SMOKE_RUNS

QUICK = ("click", "h11", "httpx", "jinja2", "tomlkit", "markdown_it")
QUICK_SEEDS = range(1, 4)
NIGHTLY_SEEDS = range(100, 120)
FEWEST = 10


def definitions(subject: Subject, module: Module) -> list[str]:
    """Return the functions, classes and constants at the top level, in order."""
    found: dict[str, None] = {}
    for node in ast.parse(subject.contents[module.path]).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[node.name] = None
        elif isinstance(node, ast.Assign):
            found.update((t.id, None) for t in node.targets if isinstance(t, ast.Name))
    return [name for name in found if not name.startswith("__")]


def draw_split(subject: Subject, chance: random.Random) -> Split | None:
    modules = [
        module
        for module in subject.survey.package_modules()
        if module.blob and not module.is_package and len(definitions(subject, module)) >= FEWEST
    ]
    if not modules:
        return None
    module = chance.choice(modules)
    names = definitions(subject, module)
    chance.shuffle(names)
    parts = []
    for number in range(chance.randint(2, 4)):
        taken, names = names[: chance.randint(1, 3)], names[3:]
        if taken:
            parts.append((f"part_{number}.py", tuple(taken)))
    return Split(
        module.path, module.path.removesuffix(".py"), Decision.APPROVED, "drawn", parts=tuple(parts)
    )


def try_split(subject: Subject, split: Split) -> list[str]:
    """Carry the split out as an export does, and return what is not as before."""
    survey = subject.survey
    plan = Plan(Scope(survey.package, survey.source_root, survey.commit), steps=(split,))
    hazards = find_hazards(survey, plan, subject.contents)
    fixes = tuple(HazardSettlement(h.id, Settlement.FIX) for h in hazards if h.fix is not None)
    plan = Plan(plan.scope, steps=(split,), hazards=fixes)
    changeset = build_changeset(subject.repository, survey, plan)
    rehearsal = rehearse(subject.repository, render_script(changeset))
    failed = [p for p in prove(changeset, rehearsal, plan) if not p.holds]
    problems = [f"proof, point {p.number}: {f}" for p in failed for f in p.failures[:3]]
    after = look_after(subject, changeset, rehearsal)
    (whole,) = (module for module in survey.modules if module.path == split.source)
    public = {name for name in definitions(subject, whole) if not name.startswith("_")}
    for name, held in sorted(subject.before.modules.items()):
        now = after.modules[name]
        if not isinstance(held, dict) or not isinstance(now, dict):
            problems += [f"{name}: {now}"] if held != now else []
            continue
        kept = {n: kind for n, kind in held.items() if name != whole.name or n in public}
        if kept != {n: kind for n, kind in now.items() if n in kept or name != whole.name}:
            problems.append(f"{name}: {changed(kept, now)}")
    return problems + list(printed_otherwise(subject.before, after))


@pytest.mark.parametrize("package", QUICK)
def test_random_splits(package: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert _try_all(package, QUICK_SEEDS, tmp_path_factory)["carried out"]


@pytest.mark.nightly
@pytest.mark.parametrize("package", SMOKE_RUNS)
def test_many_random_splits(package: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    if not installed(package):
        pytest.skip(f"{package} is not installed")
    _try_all(package, NIGHTLY_SEEDS, tmp_path_factory)


def _try_all(package: str, usual: range, tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    first, _, last = os.environ.get("REORG_SEED", "").partition("-")
    seeds = range(int(first), int(last or first) + 1) if first else usual
    subject = Subject(package, tmp_path_factory.mktemp(package).resolve())
    counts: Counter[str] = Counter()
    failed = []
    for seed in seeds:
        split = draw_split(subject, random.Random(f"{package} {seed}"))
        if split is None:
            pytest.skip(f"no module of {package} has {FEWEST} definitions")
        drawn = f"seed {seed}: {split.source} {dict(split.parts)}"
        try:
            problems = try_split(subject, split)
        except ReorgError as error:
            counts["refused"] += 1
            print(f"{drawn}\n{error}")
            continue
        counts["carried out"] += 1
        if problems:
            failed.append("\n".join([drawn, *problems]))
    print(f"{package}: seeds {seeds.start}-{seeds.stop - 1}, {dict(counts)}")
    assert not failed, "\n".join(failed)
    return counts
