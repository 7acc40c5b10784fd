"""From a survey to a proposal: a plan of pending steps, each with its reason.

Owns the target path of every file of the package: concern, role, file name, and what follows
(package data, `__init__.py` files, empty packages). Must not know how concerns and roles are
recognised, nor what people decide; `merge` keeps their decisions in a new proposal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from reorg_lib.model import Deletion, Module, Move, Plan, Split, Survey
from reorg_lib.plan.outcome import folders
from reorg_lib.plan.proposal.backends import database_concerns
from reorg_lib.plan.proposal.concern_assignment import ConcernPlace, find_places
from reorg_lib.plan.proposal.database_roles import SETUP, TABLES, Role, helper_role, own_role
from reorg_lib.plan.proposal.split_by_context import split_by_context
from reorg_lib.survey.vocabulary import load_vocabulary

UNSURE = 0.7
"""Below this confidence a move is ambiguous: people have to choose among its candidates."""

_INIT = "__init__.py"
_NAMED_ANEW = 0.8


def propose(survey: Survey) -> Plan:
    """Return a plan that arranges the surveyed package by concern and role.

    Modules that are already in the right place get no step. If there is evidence for several
    places, the move has the others as `candidates`, best first, each with its argument; below a
    confidence of `UNSURE` it always has.
    """
    layout = _Layout(survey)
    moves = _without_collisions(layout.moves(), {file.path for file in survey.files})
    splits = {split.source: split for split in _splits(survey, moves)}
    kept = [move for move in moves if move.source not in splits]
    kept.sort(key=lambda move: (move.target, move.source))
    return Plan(survey.scope, (*kept, *splits.values(), *_empty_packages(survey, moves)))


def _splits(survey: Survey, moves: Iterable[Move]) -> Iterable[Split]:
    """A split replaces the move of the same file, so that both are never approved."""
    modules = {module.path for module in survey.modules if module.blob}
    targets = [move.target for move in moves]
    for move in moves:
        if move.source in modules and (split := split_by_context(survey, move, targets)):
            yield split


class _Layout:
    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.home = survey.scope.package_folder
        self.modules = {
            m.name: m for m in survey.package_modules() if m.blob and m.name != survey.package
        }
        self.places = find_places(survey)
        self.databases = database_concerns(survey)
        self.facts = {entry.module: entry for entry in survey.classifications}
        self.roles = self._roles()
        self.siblings: dict[str, list[str]] = defaultdict(list)  # folder's own name → modules
        for module in self.modules.values():
            if not module.is_package:
                *_, folder, file = ("", *module.path.split("/"))
                self.siblings[folder].append(file.removesuffix(".py"))

    def moves(self) -> list[Move]:
        moves = [
            self._move(module, self.places[name])
            for name, module in self.modules.items()
            if name in self.places and (module.lines or not module.is_package)
        ]
        moves += self._data_moves(moves)
        return [move for move in moves if move.source != move.target]

    def _move(self, module: Module, place: ConcernPlace) -> Move:
        path = PurePosixPath(module.path)
        role = self.roles.get(module.name)
        folder = f"{place.folder}/{role.folder}" if role else place.folder
        name, named = self._file_name(module, folder)
        if role and role.noun and role.noun != path.stem:
            name, named = f"{role.noun}.py", f"inside {folder}/ the prefix says nothing"
        offered: dict[str, str] = {}  # candidate → argument
        if name != path.name and not module.is_package and named:
            offered[f"{folder}/{path.name}"] = "keeps the name of the file"
        for other, argument in role.others if role else ():
            offered[f"{place.folder}/{other}/{name}"] = argument
        for choice in () if module.is_package else place.others:
            at = f"{choice.folder}/{SETUP}" if choice.folder in self.databases else choice.folder
            offered[f"{at}/{name}"] = choice.argument
        offered.pop(module.path.removeprefix(f"{self.home}/"), None)  # to stay is to reject
        sure = min(place.sure, role.sure if role else 1.0, _NAMED_ANEW if named else 1.0)
        return Move(
            module.path,
            f"{self.home}/{folder}/{name}",
            reason="; ".join(filter(None, (place.reason, role.reason if role else "", named))),
            candidates=tuple(f"{self.home}/{other}" for other in offered),
            confidence=round(sure if offered else max(sure, UNSURE), 2),
            arguments=tuple(offered.values()),
        )

    def _file_name(self, module: Module, folder: str) -> tuple[str, str]:
        """Return the file's name in its new folder, and the reason if it is another name."""
        path = PurePosixPath(module.path)
        if module.is_package:
            return _INIT, ""
        here = folder.rpartition("/")[2]
        stem = path.stem
        words = stem.split("_")
        if here == TABLES and stem == TABLES:
            return _INIT, (
                "as the package itself it keeps one import name, so that splitting it later "
                "touches no user"
            )
        rest = set(words) - {here}
        if (
            "/" not in folder
            and here in words
            and rest
            and rest <= load_vocabulary().layout.shared_words
        ):
            return "shared.py", "its backends share it"
        if words[-1] == here and len(words) > 1 and not self._habit_is_to_say(here):
            return f"{'_'.join(words[:-1])}.py", f"its siblings do not repeat {here} either"
        return f"{stem.lower()}.py", "" if stem.islower() else "module names are lower-case"

    def _habit_is_to_say(self, word: str) -> bool:
        """Whether modules in folders of this name have the word in their own names."""
        siblings = self.siblings.get(word, [])
        saying = [stem for stem in siblings if stem.split("_")[-1] == word]
        return not siblings or len(saying) * 2 > len(siblings)

    def _roles(self) -> Mapping[str, Role]:
        inside = {
            name: module
            for name, module in self.modules.items()
            if not module.is_package
            and name in self.places
            and self.places[name].folder in self.databases
        }
        own = {
            name: own_role(self.facts[name], self._folders(module))
            for name, module in inside.items()
            if name in self.facts
        }
        roles = {name: role for name, role in own.items() if role}
        users: dict[str, dict[str, str]] = defaultdict(dict)  # imported → importer → its role
        for edge in self.survey.edges:
            if role := own.get(edge.importer):
                users[edge.imported][edge.importer] = role.folder
        for name in sorted(inside.keys() - roles.keys()):
            helper = helper_role(inside[name], users.get(name, {}))
            if helper:
                roles[name] = helper
        return roles

    def _folders(self, module: Module) -> tuple[str, ...]:
        inner = module.name[len(self.survey.package) + 1 :].split(".")
        return tuple(inner[:-1])

    def _data_moves(self, moves: list[Move]) -> Iterable[Move]:
        """Other files follow the module that reads its own folder, or the majority."""
        by_folder: dict[str, list[Move]] = defaultdict(list)
        for move in moves:
            by_folder[str(PurePosixPath(move.source).parent)].append(move)
        readers = {
            m.path
            for m in self.modules.values()
            if any(a.climbs is None or a.climbs < 2 for a in m.syntax.anchors)
        }
        homes: dict[str, tuple[str, str]] = {}
        for file in self.survey.files:
            if file.path.endswith(".py") or not file.path.startswith(self.home + "/"):
                continue
            near = next((f for f in folders(file.path) if f in by_folder), None)
            if near is None or not near.startswith(self.home + "/"):
                continue
            if near not in homes:
                asking = [m for m in by_folder[near] if m.source in readers] or by_folder[near]
                homes[near] = _home_of_data(asking)
            goal, who = homes[near]
            yield Move(
                file.path,
                goal + file.path[len(near) :],
                reason=f"package data, stays beside {who} that lay with it",
            )


def _home_of_data(asking: Sequence[Move]) -> tuple[str, str]:
    """Return the folder where most of the modules that read the data go, and who they are."""
    goals = Counter(str(PurePosixPath(move.target).parent) for move in asking)
    goal = min(goals, key=lambda g: (-goals[g], g))
    return goal, PurePosixPath(asking[0].source).name if len(asking) == 1 else "the modules"


def _without_collisions(moves: list[Move], tracked: set[str]) -> list[Move]:
    """Add the name of the file's old folder in front of a target or candidate that is taken."""
    taken = tracked - {move.source for move in moves}
    counts = Counter(move.target for move in moves)
    free = [
        replace(move, target=_prefixed(move.source, move.target))
        if move.target in taken or counts[move.target] > 1
        else move
        for move in moves
    ]
    taken |= {move.target for move in free}
    return [
        replace(
            move,
            candidates=tuple(
                _prefixed(move.source, c) if c in taken else c for c in move.candidates
            ),
        )
        if move.candidates
        else move
        for move in free
    ]


def _prefixed(source: str, target: str) -> str:
    folder = source.rpartition("/")[0].rpartition("/")[2]
    above, slash, name = target.rpartition("/")
    return f"{above}{slash}{folder}_{name.strip('_')}"


def _empty_packages(survey: Survey, moves: Iterable[Move]) -> tuple[Deletion, ...]:
    """Packages that are empty, or empty after the moves."""
    used = {edge.imported for edge in survey.edges}
    targets = {move.source: move.target for move in moves}
    bare = {
        module.path
        for module in survey.package_modules()
        if module.blob
        and module.is_package
        and module.name != survey.package
        and module.name not in used
        and not module.has_code
        and module.path not in targets
    }
    kept_below: dict[str, list[str]] = {path.rpartition("/")[0]: [] for path in bare}
    for file in survey.files:
        folder = "" if file.path in bare else file.path.rpartition("/")[0]
        while folder:
            if folder in kept_below:
                kept_below[folder].append(file.path)
            folder = folder.rpartition("/")[0]
    found = []
    for path in sorted(bare):
        kept = kept_below[path.rpartition("/")[0]]
        if all(p in targets for p in kept):
            goals = sorted({_concern_below(survey, targets[p]) for p in kept})
            found.append(Deletion(path, reason=_why_empty(goals)))
    return tuple(found)


def _why_empty(goals: list[str]) -> str:
    if not goals:
        return "empty package, nothing imports it"
    if len(goals) == 1:
        return f"empty once its modules have moved to {goals[0]}/"
    return f"disbanded: its modules go to {', '.join(goals[:-1])} and {goals[-1]}"


def _concern_below(survey: Survey, path: str) -> str:
    return str(PurePosixPath(survey.scope.below_package(path)).parent)
