"""The exact update of an open branch: the plan, carried out on the content of the branch itself.

The result is a merge commit of the branch with the moves. `update-branch.sh` is the alternative
for people who do not have this package.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reorg_lib.errors import PlanError
from reorg_lib.export.branch_impact import carried_out
from reorg_lib.export.deliver import planned_changes
from reorg_lib.git import Branch, Merge, Repository, ScratchRepository
from reorg_lib.model import ChangeSet, Plan
from reorg_lib.survey import take_survey


@dataclass(frozen=True, slots=True)
class BranchUpdate:
    """A new branch at `commit`, the merge of a branch with the moves.

    `left_behind` are files that the branch added in a folder from which the plan moves files.
    """

    branch: str
    commit: str
    left_behind: tuple[str, ...]


def update_branch(
    repository: Repository,
    plan: Plan,
    name: str,
    progress: Callable[[str], None] = lambda _: None,
) -> BranchUpdate:
    """Merge the branch `name` with the commits that the plan's script made, and keep the result.

    The branch is first merged with the commit before the moves. The plan is carried out on the
    result, which is then merged with the commits of the moves. All of this happens in memory. Only
    the objects of one commit and one branch, `NAME-updated`, are written to the repository: no
    checkout changes.

    Raises:
        PlanError: the commits of the moves are missing, the branch has them already, or a merge
            has conflicts.
        HazardError, RewriteError: the plan cannot be carried out on the content of the branch.
    """
    (branch,) = repository.branches([name])
    made = repository.commits_mentioning(f"reviewed at {plan.scope.commit}")
    if not made:
        raise PlanError(
            f"there is no commit made by reorganize.sh for the review at {plan.scope.commit};"
            " first fetch the branch with the moves"
        )
    before, after = f"{made[0]}~1", made[-1]
    progress("merging the branch with the commit before the moves")
    with repository.scratch_repository() as scratch:
        whole = _clean(scratch.merge(before, branch.commit), name, before)
        start = scratch.commit_tree(whole.tree, [before, branch.commit])
        progress("carrying out the plan on it")
        changes = _changes(Repository(scratch.folder, start), plan)
        progress("merging the result with the moves")
        planned = carried_out(
            scratch, _changes(Repository(scratch.folder, scratch.resolve(before)), plan)
        )
        base = scratch.commit_tree(scratch.tree_of(planned), [])
        ours = scratch.commit_tree(scratch.tree_of(carried_out(scratch, changes)), [base])
        theirs = scratch.commit_tree(scratch.tree_of(after), [base])
        result = _clean(scratch.merge(ours, theirs), name, after)
        message = f"Merge the moves of {plan.scope.package} into {name}"
        commit = scratch.commit_tree(
            result.tree, [branch.commit, after], message, repository.identity()
        )
        updated = f"{name.rpartition('/')[2] if branch.is_remote else name}-updated"
        repository.import_commit(scratch, commit, updated)
        return BranchUpdate(updated, commit, _left_behind(scratch, before, branch, changes))


def _changes(merged: Repository, plan: Plan) -> ChangeSet:
    plan = replace(plan, scope=replace(plan.scope, commit=merged.commit))
    return planned_changes(merged, take_survey(merged, plan.scope.package), plan)


def _clean(merge: Merge | None, branch: str, commit: str) -> Merge:
    if merge is None:
        raise PlanError(f"{branch} and {commit} have no common ancestor")
    if not merge.clean:
        places = ", ".join((*merge.unmerged, *(path for _, path in merge.conflicts)))
        raise PlanError(
            f"{branch} has conflicts with {commit} (first in {places[:200]}); type"
            f" `git merge {commit}` on {branch}, resolve the conflicts, and run this again"
        )
    return merge


def _left_behind(
    scratch: ScratchRepository, before: str, branch: Branch, changes: ChangeSet
) -> tuple[str, ...]:
    """Return the files that are new on the branch, in a folder from which the plan moves files."""
    moved = {move.source or "" for move in changes.moves()}
    folders = {path.rpartition("/")[0] for path in moved}
    new = {now.path for was, now in scratch.changed(before, branch.commit) if was is None and now}
    return tuple(sorted(path for path in new - moved if path.rpartition("/")[0] in folders))
