"""The text of `update-branch.sh`, for a branch that was created before the moves.

The names come from `branch_names`. The rest, which is the same in every such script, is
`update_branch.sh`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from reorg_lib.model import ChangeSet
from reorg_lib.script.branch_renames import names_for_a_person, names_of_one_meaning, new_names
from reorg_lib.script.quoting import comment, document


def render_update(changeset: ChangeSet) -> str:
    """Return the text of `update-branch.sh`; the same changes always give the same text."""
    lines = [
        *_header(changeset),
        "# shellcheck disable=SC2329 # some functions are called by name",
        "",
        "set -euo pipefail",
        f"REVIEWED={changeset.commit} # reorganize.sh names this in its commits",
        "",
        *_table(changeset),
        "# old names with two meanings, and names that are gone: these are only looked for",
        *_function("for_a_person", names_for_a_person(changeset)),
        "# new names that begin with one of those",
        *_function("but_not", names_of_one_meaning(changeset)),
        "",
        _frame(),
    ]
    return "\n".join(lines)


def renaming_program(changeset: ChangeSet) -> str:
    """Return a bash program that renames in its input as `update-branch.sh` does in a file.

    Its argument is a scratch folder.
    """
    functions = _frame().partition("\n\n")[0]
    return "\n".join([*_table(changeset), functions, "work=$1", "make_rules && renamed"])


def _header(changeset: ChangeSet) -> list[str]:
    return [
        "#!/usr/bin/env bash",
        "#",
        "# update-branch.sh: give a branch that was cut before the moves the new names of"
        f" {comment(changeset.scope.package)}",
        "#",
        "#   git merge BEFORE              the commit before them: conflicts that come anyway",
        "#   git merge -X ours AFTER       the moves only rename: the branch's lines stay",
        "#   bash update-branch.sh         new names in the files that the branch brought",
        "#   bash update-branch.sh COMMIT  where the moves were squashed into COMMIT",
        "#",
        "# What it changes is staged, not committed, and git reset --hard takes it back. It needs",
        "# a clean tree, bash, git and sed. Lines that no rule can tell are listed (exit 1): they",
        "# may mean what moved, and are for you. Whoever has the package reorg-lib gets the exact",
        "# answer, with nothing left to list: reorg update-branch REPO --plan plan.toml BRANCH",
    ]


def _table(changeset: ChangeSet) -> list[str]:
    pairs = new_names(changeset)
    width = max((len(old) for old, _ in pairs), default=0)
    return ["# old name, new name", *_function("new_names", [f"{o:{width}} {n}" for o, n in pairs])]


def _function(name: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return [f"{name}() {{ :; }}"]
    return [f"{name}() {{", *document("NAMES", lines), "}"]


def _frame() -> str:
    return resources.files(__package__).joinpath("update_branch.sh").read_text("utf-8")
