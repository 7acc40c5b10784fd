"""The layout rule as data: the folder of each technology, and the names that no folder may have.

It is derived from a survey and a plan, and every guardrail is made from it, so that all of them
say the same.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from reorg_lib.model import ImportKind, Module, Plan, Survey
from reorg_lib.plan.outcome import folder_below, outcome_of
from reorg_lib.plan.proposal.backends import adapted, implemented_ports, wiring
from reorg_lib.plan.proposal.database_roles import ROLE_FOLDERS
from reorg_lib.python.dotted_names import resolve
from reorg_lib.survey.bounded_contexts import bounded_contexts
from reorg_lib.survey.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True, slots=True, order=True)
class ConcernFolder:
    """A folder below the package, the technologies that it adapts, and their libraries.

    `ports` are the names of the interfaces that its modules implement, without their modules;
    `named` says whether the folder is named after what it adapts.
    """

    folder: str
    technologies: tuple[str, ...]
    libraries: tuple[str, ...]
    ports: tuple[str, ...] = ()
    named: bool = True


@dataclass(frozen=True, slots=True)
class LayoutRule:
    """The rule that every later tree is compared with. `folder` is the package's, from the root.

    `contexts` are the names that no folder may have; `homes` are sorted by folder. `accepted` are
    pairs of a file or folder that breaks the rule after the plan, and its library or context: the
    team knows of them. Files with a name in `wiring` connect adapters and may import any library.
    """

    package: str
    folder: str
    contexts: tuple[str, ...]
    homes: tuple[ConcernFolder, ...]
    wiring: tuple[str, ...]
    accepted: tuple[tuple[str, str], ...]

    def homes_of(self, technology: str) -> tuple[str, ...]:
        """Return the folders in which `technology` is adapted."""
        return tuple(home.folder for home in self.homes if technology in home.technologies)


def layout_rule(survey: Survey, plan: Plan) -> LayoutRule:
    """Return the rule that the approved steps of `plan` establish.

    The homes of a technology are the folder named after it and the folders to which the plan moves
    its adapters. Without any, its home is the folder that contains most of its adapters, if it has
    more of them there than any other technology. A shared concern is one home for each backend's
    folder. The tree after the moves gives the same rule as the tree before them.
    """
    home = survey.scope.package_folder
    outcome = outcome_of(survey, plan)
    after, meant = outcome.module_paths, set(outcome.targets.values())
    words = load_vocabulary(survey.additions)
    contexts = frozenset(bounded_contexts(survey.modules_by_name(), words.layers).values())
    adapters = {n: t for n, t in adapted(survey).items() if n in after and not _is_quiet(t, words)}
    folders = {name: folder_below(after[name], home) for name in adapters}
    shared = _shared_concerns(adapters, folders)
    at = {n: _home_folder(folder, shared) for n, folder in folders.items() if folder}
    here: dict[str, Counter[str]] = defaultdict(Counter)
    there: dict[str, Counter[str]] = defaultdict(Counter)
    for name, folder in at.items():
        here[folder][adapters[name]] += 1
        there[adapters[name]][folder] += 1
    put = {(at[name], adapters[name]) for name in at if after[name] in meant}
    found: dict[str, set[str]] = defaultdict(set)
    for technology, places in there.items():
        named = {f for f in places if f.rpartition("/")[2] == words.concern_of(technology)}
        free = {f for f in places if f.rpartition("/")[2] not in contexts}
        chosen = {folder for folder in free if (folder, technology) in put}
        theirs = {f for f in free if here[f][technology] == max(here[f].values())}
        most = max((places[folder] for folder in theirs), default=0)
        for folder in named | chosen or {f for f in theirs if places[f] == most}:
            found[folder].add(technology)
    ports: dict[str, set[str]] = defaultdict(set)
    for name, implemented in implemented_ports(survey).items():
        ports[at.get(name, "")] |= {port.rpartition(".")[2] for port in implemented}
    homes = tuple(
        ConcernFolder(
            folder,
            tuple(sorted(technologies)),
            _libraries(technologies, words),
            tuple(sorted(ports[folder])),
            folder.rpartition("/")[2] in {words.concern_of(name) for name in technologies},
        )
        for folder, technologies in sorted(found.items())
    )
    wires = wiring(survey)
    stems = {n.rpartition(".")[2] for n in wires if n in after}
    banned = contexts - {part for h in homes for part in h.folder.split("/")} - ROLE_FOLDERS
    rule = LayoutRule(survey.package, home, tuple(sorted(banned)), homes, tuple(sorted(stems)), ())
    accepted = {
        (after[m.name].removeprefix(f"{home}/"), library)
        for m in survey.package_modules()
        if m.name in after and m.name not in wires
        for _, library in strangers(rule, m, after[m.name])
    }
    return LayoutRule(
        rule.package,
        rule.folder,
        rule.contexts,
        rule.homes,
        rule.wiring,
        tuple(sorted(accepted | set(_named_after(banned, after, home)))),
    )


def strangers(rule: LayoutRule, module: Module, path: str) -> Iterator[tuple[int, str]]:
    """Yield line and library of each import that belongs in another folder than that of `path`.

    Imports for type checkers only are left out.
    """
    homes: dict[str, list[str]] = defaultdict(list)
    for home in rule.homes:
        for library in home.libraries:
            homes[library].append(home.folder)
    inside = path.removeprefix(f"{rule.folder}/")
    for statement in module.syntax.imports:
        if statement.kind is ImportKind.TYPE_CHECKING:
            continue
        base = resolve(module.package, statement) if statement.is_from else ""
        names = {f"{base}.{n.name}".lstrip(".") for n in statement.names}
        for library in sorted({longest for n in names if (longest := _longest(n, homes))}):
            if not any(inside.startswith(f"{folder}/") for folder in homes[library]):
                yield statement.line, library


def _longest(dotted: str, known: Mapping[str, object]) -> str:
    while dotted and dotted not in known:
        dotted = dotted.rpartition(".")[0]
    return dotted


def _shared_concerns(adapters: Mapping[str, str], folders: Mapping[str, str]) -> frozenset[str]:
    """Return the top folders in which two or more technologies have a folder each."""
    below: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, folder in folders.items():
        if "/" in folder:
            top, second = folder.split("/")[:2]
            below[top][second].add(adapters[name])
    return frozenset(
        top
        for top, seconds in below.items()
        if len(frozenset().union(*seconds.values())) > 1
        and all(len(technologies) == 1 for technologies in seconds.values())
    )


def _home_folder(folder: str, shared: frozenset[str]) -> str:
    top, _, rest = folder.partition("/")
    return f"{top}/{rest.partition('/')[0]}".rstrip("/") if top in shared else top


def _libraries(technologies: Collection[str], words: Vocabulary) -> tuple[str, ...]:
    """Return the third-party libraries of the technologies, and of their general libraries."""
    known = words.technologies
    wanted = [known[name] for name in technologies if name in known]
    wanted += [t for t in known.values() if set(t.specific) & set(technologies)]
    standard = sys.stdlib_module_names
    return tuple(
        sorted(
            {lib for t in wanted for lib in t.libraries if lib.partition(".")[0] not in standard}
        )
    )


def _is_quiet(technology: str, words: Vocabulary) -> bool:
    known = words.technologies.get(technology)
    return known is not None and known.quiet


def _named_after(
    banned: Collection[str], after: Mapping[str, str], home: str
) -> Iterator[tuple[str, str]]:
    for path in after.values():
        parts = folder_below(path, home).split("/")
        for at, part in enumerate(parts, 1):
            if part in banned:
                yield "/".join(parts[:at]), part
