"""The evidence for a technology in the module itself: imports, class names, started programs.

Each kind of evidence gives points. The names of libraries are in the vocabulary.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reorg_lib.model import Evidence, ImportKind, ImportStatement, Module
from reorg_lib.survey.database_dialect import find_dialect, source_line
from reorg_lib.survey.ports import camel_words
from reorg_lib.survey.vocabulary import Technology, Vocabulary

IMPORT, FOR_TYPES, CLASS_NAME, PROGRAM, FILE_NAME = 2.0, 1.0, 1.0, 2.0, 3.0
"""Points for: an import that runs, one for types only, a class name, a program, a file name."""

_STARTERS = frozenset(
    {"run", "Popen", "call", "check_call", "check_output", "create_subprocess_exec"}
    | {"create_subprocess_shell", "run_process", "open_process", "system"}
)
_NO_ADAPTER = ("Error", "Exception", "Warning")
_LAST_WORDS = frozenset({"Adapter", "Backend", "Service", "Impl", "Client", "Base", "Provider"})


@dataclass(frozen=True, slots=True)
class TechnologyScore:
    """Technologies with their points, best first, and the evidence for the first of them.

    `clear` is False where several have the same points, so that none is preferred.
    """

    weights: tuple[tuple[str, float], ...]
    evidence: tuple[Evidence, ...]
    clear: bool = True

    @property
    def technology(self) -> str:
        """The one with the most points."""
        return self.weights[0][0]


@dataclass(slots=True)
class TechnologyEvidence:
    """Finds the evidence of one module after another; `members` are the package's, by name.

    `first_party` are the top-level names of the repository itself: where it has a package
    `docker`, `import docker` imports no library.
    """

    members: Mapping[str, Module]
    first_party: frozenset[str]
    texts: Mapping[str, bytes]
    vocabulary: Vocabulary
    _dialects: dict[tuple[str, str], tuple[str, Evidence] | None] = field(default_factory=dict)
    _named: list[tuple[re.Pattern[str], Technology]] = field(init=False)
    _any_named: re.Pattern[str] = field(init=False)
    _programs: dict[str, Technology] = field(init=False)

    def __post_init__(self) -> None:
        known = self.vocabulary.technologies.values()
        self._named = [(_as_a_word(t.names), t) for t in known if t.names]
        self._any_named = _as_a_word(name for t in known for name in t.names)
        self._programs = {program: t for t in known for program in t.programs}

    def of(self, module: Module) -> TechnologyScore | None:
        """Return the technologies by imports, class names and programs, or None."""
        points: dict[str, float] = defaultdict(float)
        shown: dict[str, list[Evidence]] = defaultdict(list)
        dialects: dict[str, Evidence] = {}
        for technology, weight, evidence in self._signs(module):
            name = technology.name
            dialect = self._dialect(technology, module) if technology.specific else None
            if dialect is not None:
                name = dialect[0]
                dialects.setdefault(name, dialect[1])
            points[name] += weight
            shown[name].append(evidence)
        if not points:
            return None
        self._settle(points, shown)
        ranked = tuple(sorted(points.items(), key=lambda item: (-item[1], item[0])))
        best = ranked[0][0]
        return TechnologyScore(
            ranked, (*shown[best], *([dialects[best]] if best in dialects else []))
        )

    def _settle(self, points: dict[str, float], shown: dict[str, list[Evidence]]) -> None:
        """Give the points of a library for several systems to the one named elsewhere here."""
        for name in sorted(points):
            known = self.vocabulary.technologies[name]
            named = [other for other in known.specific if other in points]
            if named:
                best = max(named, key=lambda other: points[other])
                points[best] += points.pop(name)
                shown[best] = shown.pop(name) + shown[best]

    def behind_name(self, module: Module, ports: Sequence[str]) -> TechnologyScore | None:
        """Return the technology of a standard library that a port or class name asks for."""
        asked = {w.lower(): port for port in ports for w in camel_words(port.rpartition(".")[2])}
        own = {_last_word(c.name): c.name for c in module.syntax.classes}
        for statement, technology in self._imports(module):
            for word in technology.behind:
                if word in asked:
                    why = f"behind a port named {word}"
                elif word in own:
                    why = f"in a class named {own[word]}"
                else:
                    continue
                line = self._line(module, statement, technology)
                shown = Evidence(line.path, line.line, line.text, f"{line.shows} {why}")
                return TechnologyScore(((technology.name, IMPORT),), (shown,))
        return None

    def _signs(self, module: Module) -> Iterator[tuple[Technology, float, Evidence]]:
        for statement, technology in self._imports(module):
            if technology.behind or not self._speaks(technology, module):
                continue
            weight = FOR_TYPES if statement.kind is ImportKind.TYPE_CHECKING else IMPORT
            weight += FILE_NAME if technology.quiet else 0
            yield technology, weight, self._line(module, statement, technology)
        for definition in module.syntax.classes:
            if definition.name.endswith(_NO_ADAPTER) or not self._any_named.search(definition.name):
                continue
            for pattern, technology in self._named:
                if pattern.search(definition.name):
                    text = f"class {definition.name}"
                    shows = f"its class is named after {technology.name}"
                    line = Evidence(module.path, definition.line, text, shows)
                    yield technology, CLASS_NAME, line
        yield from self._started(module)

    def _started(self, module: Module) -> Iterator[tuple[Technology, float, Evidence]]:
        # subprocess.run(["docker", "build", "."])        os.system("pg_dump shop")
        if _STARTERS.isdisjoint(call.rpartition(".")[2] for call in module.syntax.calls):
            return
        content, seen = self.texts.get(module.path, b""), set()
        for start, end in module.syntax.texts:
            word = content[start:end].decode(errors="replace").partition(" ")[0]
            if word in self._programs and word not in seen and content[start - 1 : start] in b"'\"":
                seen.add(word)
                line = content.count(b"\n", 0, start) + 1
                shows = f"starts the program {word}"
                shown = Evidence(module.path, line, source_line(content, line), shows)
                yield self._programs[word], PROGRAM, shown

    def _imports(self, module: Module) -> Iterable[tuple[ImportStatement, Technology]]:
        written_first = sorted(
            module.syntax.imports, key=lambda s: (s.kind is ImportKind.TYPE_CHECKING, s.start)
        )
        for statement in written_first:
            if statement.level:
                continue
            # from google.cloud import storage    as    import google.cloud.storage
            written = [
                f"{statement.module}.{n.name}" if statement.is_from else n.name
                for n in statement.names
            ]
            third_party = (w for w in written if w.partition(".")[0] not in self.first_party)
            found = (self.vocabulary.technology_of(dotted) for dotted in third_party)
            for technology in {t.name: t for t in found if t is not None}.values():
                yield statement, technology

    def _speaks(self, technology: Technology, module: Module) -> bool:
        """Return whether the module's name says that a common library is its main subject."""
        if not technology.quiet:
            return True
        package = min(self.members, key=len, default="")
        inside = module.name[len(package) + 1 :].split(".")
        words = {word for part in inside for word in part.split("_") if len(word) > 3}
        words.update(inside)
        return not words.isdisjoint(technology.stems)

    def _dialect(self, general: Technology, module: Module) -> tuple[str, Evidence] | None:
        alone = self._ask(general, module.name, [module]) if general.each else None
        return alone or self._ask(general, "", self.members.values())

    def _ask(
        self, general: Technology, key: str, modules: Iterable[Module]
    ) -> tuple[str, Evidence] | None:
        if (general.name, key) not in self._dialects:
            asked = list(modules)
            texts = {m.path: self.texts[m.path] for m in asked if m.path in self.texts}
            found = find_dialect(general, asked, texts if key else self.texts, self.vocabulary)
            self._dialects[general.name, key] = found
        return self._dialects[general.name, key]

    def _line(self, module: Module, statement: ImportStatement, technology: Technology) -> Evidence:
        text = source_line(self.texts.get(module.path, b""), statement.line)
        lazily = " inside a function" if statement.kind is ImportKind.FUNCTION else ""
        only = " for types only" if statement.kind is ImportKind.TYPE_CHECKING else ""
        shows = f"imports a library for {technology.name}{lazily}{only}"
        return Evidence(module.path, statement.line, text, shows)


def _as_a_word(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for one of the names as a whole word of a class name: `PgOrders`."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?:^_*|(?<=[a-z0-9]))(?:{'|'.join(longest_first)})(?=[A-Z_]|$)")


def _last_word(class_name: str) -> str:
    words = [word for word in camel_words(class_name) if word not in _LAST_WORDS]
    return words[-1].lower() if words else ""
