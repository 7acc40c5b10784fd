"""The problems of a layout, as sentences with their modules and evidence.

Each method of `_Reader` looks for one kind of finding. Technology, context, port and role come
from the classification; nothing is classified here. The module is longer than 300 lines because
the nine kinds read best side by side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from reorg_lib.cycles import cycles
from reorg_lib.model import (
    DirectImport,
    Evidence,
    Finding,
    FindingKind,
    ImportKind,
    Survey,
)
from reorg_lib.survey.bounded_contexts import bounded_contexts
from reorg_lib.survey.module_places import FiledModule, filed_modules
from reorg_lib.survey.phrases import by_count, counted, listed, named, plural
from reorg_lib.survey.vocabulary import Vocabulary, load_vocabulary

_ORDINARY = frozenset({"di", "error"})
"""Roles that any folder may have in addition to its own."""


def find_findings(survey: Survey) -> tuple[Finding, ...]:
    """Return the problems in the layout of the surveyed package, the most important first."""
    reader = _Reader(survey)
    found = [
        *reader.scattered(),
        *reader.apart(),
        *reader.strangers(),
        *reader.empty(),
        *reader.grab_bags(),
        *reader.context_named(),
        *reader.cycles(),
        *reader.several_contexts(),
        *reader.duplicates(),
    ]
    order = tuple(FindingKind)
    return tuple(sorted(found, key=lambda f: (-f.weight, order.index(f.kind), f.sentence)))


class _Reader:
    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.vocabulary: Vocabulary = load_vocabulary(survey.additions)
        self.filed = filed_modules(survey)
        self.contexts = bounded_contexts(survey.modules_by_name(), self.vocabulary.layers)
        self.adapters = [
            f
            for f in self.filed.values()
            if f.found.technology and f.found.role != "di"
            if not f.module.is_package or f.module.syntax.classes
            if not self._is_quiet(f.found.technology)
        ]

    def scattered(self) -> Iterator[Finding]:
        by_technology: dict[str, list[FiledModule]] = defaultdict(list)
        for filed in self.adapters:
            if any(p.rpartition(".")[2] in self.vocabulary.ports for p in filed.found.ports):
                continue  # its port names a concern of its own, whatever it adapts
            by_technology[filed.found.technology or ""].append(filed)
        for technology, modules in sorted(by_technology.items()):
            places = Counter(f.top for f in modules)
            if len(places) < 2:
                continue
            outside = places.total() - max(places.values())
            yield _finding(
                FindingKind.TECHNOLOGY_SCATTERED,
                0.7 + min(outside, 10) * 0.02,
                f"{technology} is adapted in {len(places)} places, {counted(places)}: whoever "
                "changes how it is used must find all of them.",
                modules,
                (f.found.evidence[:1] for f in _one_of_each(modules)),
            )

    def apart(self) -> Iterator[Finding]:
        """Ports whose backends are in the same folders give one finding."""
        backends: dict[str, list[FiledModule]] = defaultdict(list)
        for filed in self.filed.values():
            for port in filed.found.ports:
                backends[port].append(filed)
        together: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for port, modules in sorted(backends.items()):
            technologies = {f.found.technology for f in modules}
            folders = tuple(sorted({f.folder for f in modules}))
            if len({f.top for f in modules}) > 1 and len(technologies) > 1:
                together[folders].append(port)
        for folders, ports in sorted(together.items()):
            modules = sorted({f.path: f for p in ports for f in backends[p]}.values(), key=_path)
            where = " and ".join(
                f"{', '.join(_technologies(modules, folder))} in {named(folder)}"
                for folder in folders
            )
            names = listed([port.rpartition(".")[2] for port in ports])
            verb = "has" if len(ports) == 1 else "have"
            yield _finding(
                FindingKind.BACKENDS_APART,
                0.85 + min(len(ports), 5) * 0.02,
                f"{names} {verb} interchangeable backends in different folders, {where} "
                f"({len(modules)} modules), although they are read and changed together.",
                modules,
                (
                    [e for e in f.found.evidence if any(p in e.shows for p in ports)][:1]
                    for f in modules
                ),
            )

    def strangers(self) -> Iterator[Finding]:
        near: dict[str, list[FiledModule]] = defaultdict(list)
        for filed in self.adapters:
            if filed.top:
                near[filed.top].append(filed)
        for top, modules in sorted(near.items()):
            counts = Counter(f.found.technology or "" for f in modules)
            usual, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
            if most * 2 <= len(modules) or most < 3:
                continue
            shared = {f.folder for f in modules if f.found.technology == usual}
            others: dict[str, list[FiledModule]] = defaultdict(list)
            for filed in modules:
                if filed.folder not in shared:
                    continue  # it has a folder of its own
                technology = filed.found.technology or ""
                own = {technology, self.vocabulary.concern_of(technology)}
                if technology != usual and own.isdisjoint(filed.folder.split("/")):
                    others[technology].append(filed)
            for technology, strange in sorted(others.items()):
                verb = "adapts" if len(strange) == 1 else "adapt"
                yield _finding(
                    FindingKind.STRANGER,
                    0.75 - min(len(strange), 5) * 0.01,
                    f"{listed([f.path for f in strange])} {verb} {technology}, although {most} of "
                    f"the {len(modules)} adapters in {named(top)} adapt {usual}: nobody expects "
                    f"{technology} there.",
                    strange,
                    (f.found.evidence[:1] for f in strange),
                )

    def empty(self) -> Iterator[Finding]:
        held: dict[str, list[FiledModule]] = defaultdict(list)
        for filed in self.filed.values():
            parts = filed.folder.split("/") if filed.folder else []
            for depth in range(1, len(parts) + 1):
                held["/".join(parts[:depth])].append(filed)
        bare = {folder for folder, inside in held.items() if all(f.is_empty for f in inside)}
        for folder in sorted(bare):
            if folder.rpartition("/")[0] in bare:
                continue
            first = held[folder][0]
            lines = [Evidence(first.module.path, 1, "", "no import, no definition, no statement")]
            yield _finding(
                FindingKind.EMPTY_PACKAGE,
                0.7,
                f"{named(folder)} contains no code, although its name suggests some.",
                held[folder],
                [lines],
            )

    def grab_bags(self) -> Iterator[Finding]:
        level: dict[str, list[FiledModule]] = defaultdict(list)
        for filed in self.filed.values():
            if not filed.module.is_package:
                level[filed.folder].append(filed)
        adapted: dict[str, set[str]] = defaultdict(set)
        for filed in self.adapters:
            adapted[filed.folder].add(filed.found.technology or "")
        for folder, modules in sorted(level.items()):
            if f"{self.survey.package}.{folder.replace('/', '.')}" in self.contexts:
                continue  # an app or a context that has everything of its own
            roles = {f.found.role for f in modules if f.found.role} - _ORDINARY
            spoken = adapted[folder]
            if len(roles) >= 3 and len(modules) > 4 and len(spoken) < 3:
                held = sorted({f.found.role for f in modules if f.found.role})
                does = f"do {len(held)} different things at one level ({', '.join(held)})"
            elif len(spoken) >= 3 and len(modules) > 5 and len(spoken) * 4 >= len(modules):
                does = (
                    f"adapt {len(spoken)} technologies at one level ({', '.join(sorted(spoken))})"
                )
            else:
                continue
            yield _finding(
                FindingKind.GRAB_BAG,
                0.6 + min(len(modules), 20) * 0.01,
                f"{named(folder)} has no single purpose: its {len(modules)} modules {does}.",
                modules,
                (_role_line(f) for f in modules),
            )

    def context_named(self) -> Iterator[Finding]:
        names = set(self.contexts.values())
        adapters = {f.path for f in self.adapters}
        inside: dict[str, list[FiledModule]] = defaultdict(list)
        for filed in self.filed.values():
            if filed.top and not filed.is_empty and not filed.module.is_package:
                inside[filed.top].append(filed)
        for top, modules in sorted(inside.items()):
            if top not in names:
                continue
            spoken = Counter(f.found.technology for f in modules if f.path in adapters)
            concerns = {self.vocabulary.concern_of(t or "") for t in spoken} | set(spoken)
            whole = f"{self.survey.package}.{top}" in self.contexts
            if top in concerns or whole:
                continue
            adapts = ", ".join(f"{t} ({n})" for t, n in sorted(spoken.items(), key=by_count))
            verb = f"adapts {adapts}" if adapts else "wires adapters of other folders"
            yield _finding(
                FindingKind.CONTEXT_NAMED,
                0.72 + min(len(modules), 8) * 0.01,
                f"{named(top)} is named after the bounded context {top} and {verb}: its "
                f"{len(modules)} {plural('module', len(modules))} seem to belong to {top}.",
                modules,
                (f.found.evidence[:1] for f in modules),
            )

    def cycles(self) -> Iterator[Finding]:
        inner = [
            e
            for e in self.survey.edges
            if e.importer in self.filed and e.imported in self.filed
            if e.kind in (ImportKind.TOP_LEVEL, ImportKind.TRY)
            if not f"{e.importer}.".startswith(f"{e.imported}.")
            if not f"{e.imported}.".startswith(f"{e.importer}.")
        ]
        graph = {name: frozenset(e.imported for e in own) for name, own in _by_importer(inner)}
        for names in cycles(graph):
            modules = [self.filed[name] for name in sorted(names)]
            lines = [e for e in inner if e.importer in names and e.imported in names]
            yield _finding(
                FindingKind.CYCLE,
                0.5,
                f"{listed([f.path for f in modules])} import each other in a cycle of "
                f"{len(modules)} modules: none can be understood or moved without the others.",
                modules,
                ([self._import_line(e)] for e in lines),
            )

    def several_contexts(self) -> Iterator[Finding]:
        served = [
            (f, [name for name, count in f.found.domains if count])
            for f in self.filed.values()
            if f.found.role != "di" and not f.module.is_package
        ]
        many = sorted(
            ((f, names) for f, names in served if len(names) > 2),
            key=lambda item: (-len(item[1]), item[0].path),
        )
        if many:
            first, names = many[0]
            others = f" and {len(many) - 1} more serve three or more" if len(many) > 1 else ""
            yield _finding(
                FindingKind.SEVERAL_CONTEXTS,
                0.3 + min(len(many), 10) * 0.01,
                f"{first.path} serves {len(names)} contexts ({', '.join(names)}){others}: a folder "
                "named after any one of them would be wrong.",
                [f for f, _ in many],
                ([e for e in f.found.evidence if "context" in e.shows][:3] for f, _ in many),
            )

    def duplicates(self) -> Iterator[Finding]:
        usual = {stem for rule in self.vocabulary.roles for stem in rule.stems}
        folders: dict[str, list[FiledModule]] = defaultdict(list)
        for filed in self.filed.values():
            name = filed.path.rpartition("/")[2]
            if not filed.module.is_package and name.removesuffix(".py") not in usual:
                folders[name].append(filed)
        around = {f.folder for f in self.filed.values() if not f.module.is_package}
        found = {
            name: modules
            for name, modules in sorted(folders.items())
            if len({f.top for f in modules}) > 1
            if len(modules) * 2 <= len(around) or len(modules) < 4
        }
        if found:
            shown = [
                f"{name} ({', '.join(named(f.folder) for f in modules)})"
                for name, modules in found.items()
            ]
            count = len(found)
            verb = "exists" if count == 1 else "exist"
            yield _finding(
                FindingKind.DUPLICATE_NAMES,
                0.2 + min(count, 10) * 0.01,
                f"{count} {plural('file name', count)} {verb} in several folders, "
                f"{listed(shown)}: an editor tab or a traceback does not show which one it is.",
                [f for modules in found.values() for f in modules],
                (),
            )

    def _import_line(self, edge: DirectImport) -> Evidence:
        path = self.filed[edge.importer].module.path
        return Evidence(path, edge.line, "", f"imports {edge.imported}")

    def _is_quiet(self, technology: str) -> bool:
        known = self.vocabulary.technologies.get(technology)
        return known is not None and known.quiet


def _finding(
    kind: FindingKind,
    weight: float,
    sentence: str,
    modules: Iterable[FiledModule],
    evidence: Iterable[Iterable[Evidence]],
) -> Finding:
    return Finding(
        kind=kind,
        weight=round(weight, 2),
        sentence=sentence,
        modules=tuple(sorted(f.module.name for f in modules)),
        evidence=tuple(sorted({e for lines in evidence for e in lines})),
    )


def _by_importer(
    edges: Iterable[DirectImport],
) -> Iterable[tuple[str, list[DirectImport]]]:
    found: dict[str, list[DirectImport]] = defaultdict(list)
    for edge in edges:
        found[edge.importer].append(edge)
    return found.items()


def _role_line(filed: FiledModule) -> list[Evidence]:
    return [e for e in filed.found.evidence if e.shows.endswith(f": {filed.found.role}")][:1]


def _one_of_each(modules: Iterable[FiledModule]) -> Iterable[FiledModule]:
    """Return the first module of each top-level folder: that is enough evidence for a finding."""
    return {f.top: f for f in sorted(modules, key=_path, reverse=True)}.values()


def _technologies(modules: Iterable[FiledModule], folder: str) -> list[str]:
    return sorted({f.found.technology or "another" for f in modules if f.folder == folder})


def _path(filed: FiledModule) -> str:
    return filed.path
