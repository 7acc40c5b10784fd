"""The effect of the moves on open branches: each is merged in memory, as it is and after the moves.

The two merges are compared: conflicts without the moves, conflicts that the moves add, and old
names that a merge without conflict would keep. The result includes advice on when to merge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reorg_lib.errors import PlanError, ToolError
from reorg_lib.export.branch_old_names import BranchNames, OldPlace
from reorg_lib.git import Branch, Merge, Repository, ScratchRepository, git_version
from reorg_lib.model import ChangeSet, TrackedFile

_NEEDED = (2, 38)
_CONFLICT = re.compile(rb"^<{7} .*?\n(.*?)^>{7} ", re.MULTILINE | re.DOTALL)
_IMPORT_LINE = re.compile(
    rb"\s*(?:from\s.*|import\s.*|\w+(?:\s+as\s+\w+)?,?|[()]|#.*|[|=]{7}.*)?\s*(?:#.*)?"
)


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """A path with a merge conflict, and its kind.

    A conflict is `mechanical` if both sides changed the same lines, and the side of the move only
    renames: then the branch's side is right (`git merge -X ours`), and `update-branch.sh` renames
    in it.
    """

    path: str
    kind: str
    mechanical: bool = False


@dataclass(frozen=True, slots=True)
class BranchImpact:
    """The results of merging one branch, today and after the moves.

    `names` are all branches at this commit. `today` are the conflicts with the surveyed commit,
    `added` those that only the moves cause. `places` are old names in files that merge without a
    conflict. If there is no common ancestor, `related` is False and the rest is empty. `merged` are
    the two merges themselves, to compare them with real ones.
    """

    names: tuple[str, ...]
    commit: str
    date: str
    related: bool
    today: tuple[Conflict, ...] = ()
    added: tuple[Conflict, ...] = ()
    places: tuple[OldPlace, ...] = ()
    merged: tuple[Merge, Merge] | None = None

    @property
    def by_hand(self) -> tuple[Conflict, ...]:
        """The conflicts that the moves add and that no rule resolves."""
        return tuple(conflict for conflict in self.added if not conflict.mechanical)

    @property
    def left(self) -> tuple[OldPlace, ...]:
        """The old names that `update-branch.sh` leaves to a person."""
        return tuple(place for place in self.places if not place.renamed)

    @property
    def stale_files(self) -> tuple[str, ...]:
        """The files that would silently keep an old name, sorted."""
        return tuple(sorted({place.path for place in self.places}))

    @property
    def remedy(self) -> str:
        """What `update-branch.sh` does for the branch once it is merged, in a few words."""
        if not self.related:
            return "cannot be merged"
        if not self.places:
            return "not needed"
        where = ", after today's conflicts" if self.today else ""
        if not self.left:
            return f"renames all{where}"
        count = len({place.path for place in self.left})
        return f"leaves {count} {'file' if count == 1 else 'files'} to a person{where}"

    @property
    def pain(self) -> tuple[int, ...]:
        """The cost of the moves for the branch, as a sort key: the worst kind of cost first."""
        costs = (self.by_hand, self.left, self.added, self.stale_files, self.today)
        return tuple(map(len, costs))


def assess_branches(
    repository: Repository,
    changeset: ChangeSet,
    names: Iterable[str] = (),
    progress: Callable[[str], None] | None = None,
) -> tuple[BranchImpact, ...]:
    """Merge every open branch twice in memory, and return the results, the worst first.

    Args:
        repository: is only read; the merges are made in a scratch repository.
        names: the branches to merge; by default all, local and remote, that are not merged into
            the surveyed commit.

    Raises:
        ToolError: git is older than 2.38, which cannot merge in memory.
        PlanError: no step is approved, so there is nothing to merge with.
    """
    version = git_version()
    if version < _NEEDED:
        raise ToolError(
            f"git {'.'.join(map(str, version))} cannot merge in memory; `reorg impact` needs git"
            " 2.38 or newer (the export and its script do not)"
        )
    if not changeset.changes:
        raise PlanError("no step of the plan is approved, so no branch is touched; approve some")
    step = progress or (lambda _: None)
    at: dict[str, list[Branch]] = {}
    for branch in repository.branches(names):
        at.setdefault(branch.commit, []).append(branch)
    with repository.scratch_repository() as scratch:
        assessor = _Assessor(repository, scratch, changeset)
        found = []
        for same in at.values():
            step(f"merging {same[0].name}")
            found.append(assessor.assess(same))
    return tuple(sorted(found, key=lambda one: (*(-cost for cost in one.pain), one.names)))


def advise(impacts: Sequence[BranchImpact], default: str | None = None) -> str:
    """Return a sentence or two on when to merge the moves; `default` is the default branch."""
    ahead = next((one for one in impacts if default in one.names), None)
    if ahead and (ahead.added or ahead.places):
        return (
            f"{default} is ahead of the surveyed commit, and the plan fits neither it nor a branch"
            " that contains it: make a new plan there, then run this again."
        )
    open_ones = [one for one in impacts if one is not ahead]
    apart = [one for one in open_ones if one.today or not one.related]
    hurt = [one for one in open_ones if one not in apart and (one.by_hand or one.left)]
    rest = [one for one in open_ones if one not in (*hurt, *apart)]
    helped = sum(1 for one in rest if one.places or one.added)
    said = []
    if not open_ones:
        said.append("Merge the moves now: there is no open branch.")
    elif not hurt:
        said.append("Merge the moves now: no branch that merges today would need manual work.")
    else:
        few = ", ".join(one.names[0] for one in hurt[:8])
        more = f" and {len(hurt) - 8} more" if len(hurt) > 8 else ""
        said.append(f"Merge the moves after {few}{more}: merged later, these need manual work.")
    if helped:
        said.append(
            f"{_branches(helped)} need{'s' * (helped == 1)} no more than `git merge -X ours` and"
            " `bash update-branch.sh`."
        )
    if apart:
        do_not = "does not" if len(apart) == 1 else "do not"
        said.append(f"{_branches(len(apart))} {do_not} merge today either: no reason to wait.")
    return " ".join(said)


def _branches(count: int) -> str:
    return f"{count} {'branch' if count == 1 else 'branches'}"


class _Assessor:
    def __init__(
        self, repository: Repository, scratch: ScratchRepository, changeset: ChangeSet
    ) -> None:
        self._scratch = scratch
        self._commit = changeset.commit
        self._after = carried_out(scratch, changeset)
        self._sources = {c.target: c.source for c in changeset.moves()}
        self._homes = _homes(changeset)
        self._splits = {part.path: s.path for s in changeset.splits for part in s.parts}
        before = repository.files()
        self._names = BranchNames(
            scratch, changeset, before, self._files_after(before), self._after
        )

    def assess(self, same: Sequence[Branch]) -> BranchImpact:
        names = tuple(branch.name for branch in same)
        first = same[0]
        today = self._scratch.merge(self._commit, first.commit)
        after = self._scratch.merge(self._after, first.commit)
        if today is None or after is None:
            return BranchImpact(names, first.commit, first.date, related=False)
        changed = [f for _, f in self._scratch.changed(self._after, after.tree) if f]
        there = {self._place(path) for path in (*today.unmerged, *(p for _, p in today.conflicts))}
        new = [(kind, path) for kind, path in after.conflicts if self._place(path) not in there]
        return BranchImpact(
            names,
            first.commit,
            first.date,
            related=True,
            today=tuple(sorted({Conflict(path, kind) for kind, path in today.conflicts})),
            added=self._kinds(new, changed),
            places=self._names.find(today, after),
            merged=(today, after),
        )

    def _place(self, path: str) -> str:
        """Return the path after the moves; all parts of a split module count as one path."""
        path = self._homes.get(path, path)
        return self._splits.get(path, path)

    def _kinds(
        self, conflicts: Sequence[tuple[str, str]], changed: Iterable[TrackedFile]
    ) -> tuple[Conflict, ...]:
        marked = {file.path: file.blob for file in changed if file.is_regular}
        texts = self._scratch.contents(marked[p] for _, p in conflicts if p in marked)
        kinds: dict[str, Conflict] = {}
        for kind, path in conflicts:
            text = texts.get(marked.get(path, ""), b"")
            ours = self._in_our_words(kind, path, text)
            kinds[path] = Conflict(path, ours, kind == "contents" and bool(text))
        return tuple(sorted(kinds.values()))

    def _in_our_words(self, kind: str, path: str, text: bytes) -> str:
        if kind == "contents":
            if text and _only_imports(text):
                return "import lines"
            return "rename/edit" if path in self._sources else "edit/edit"
        if kind == "modify/delete":
            return "split/edit" if self._place(path) in self._splits.values() else "delete/edit"
        if kind == "directory rename split":
            return "new file in a folder that went several ways"
        if kind == "directory rename suggested":
            return "new file in a folder that moved"
        return kind

    def _files_after(self, before: Iterable[TrackedFile]) -> tuple[TrackedFile, ...]:
        files = {file.path: file for file in before}
        for old, new in self._scratch.changed(self._commit, self._after):
            if old:
                files.pop(old.path)
            if new:
                files[new.path] = new
        return tuple(sorted(files.values()))


def carried_out(scratch: ScratchRepository, changeset: ChangeSet) -> str:
    """Return the commit that the script would make: moves and rewrites, then the splits."""
    gone = dict.fromkeys(c.source for c in changeset.changes if c.source is not None)
    moved = replace(changeset, splits=()).results()
    commit = scratch.commit(changeset.commit, {**gone, **moved})
    if not changeset.splits:
        return commit
    cut = {p: f for p, f in changeset.results().items() if moved.get(p) != f}
    return scratch.commit(commit, cut)


def _homes(changeset: ChangeSet) -> Mapping[str, str]:
    """Return old path → new path of the files that move, and of folders that move as a whole."""
    homes = {renaming.old: renaming.new for renaming in changeset.paths}
    return homes | {move.source or "": move.target or "" for move in changeset.moves()}


def _only_imports(text: bytes) -> bool:
    """Return whether there are only lines of import statements between the conflict markers."""
    regions = _CONFLICT.findall(text)
    lines = [line for region in regions for line in region.splitlines()]
    return bool(lines) and all(_IMPORT_LINE.fullmatch(line) for line in lines)
