"""The text of the pull request with the script's commits, `pull-request.md`.

It says why, by which principle, what moves where, what is not mechanical, what was proved, how to
review it, and what open branches have to do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reorg_lib.export.package_graph import package_graphs
from reorg_lib.export.plan_text import noted
from reorg_lib.guardrails.layout_rule import layout_rule
from reorg_lib.guardrails.tree_drawing import draw_folders, drawn_folders
from reorg_lib.model import (
    Certificate,
    ChangeSet,
    Finding,
    Hazard,
    NameClass,
    Plan,
    Settlement,
    Survey,
)

_MOST = 8
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])")


def pull_request_markdown(
    survey: Survey, plan: Plan, changeset: ChangeSet, certificate: Certificate
) -> str:
    """Return the page; names from the repository are escaped, so that they cannot be markup."""
    title = f"# Give the modules of {_code(plan.scope.package)} their new places"
    parts = [
        [title, "", _in_short(changeset, certificate)],
        _problem(survey, changeset),
        _principle(survey, plan),
        package_graphs(survey, plan),
        _moves(plan, changeset),
        _not_mechanical(plan, changeset),
        _to_know(plan, changeset),
        _shown(certificate),
        _review(plan, changeset),
        _open_branches(changeset),
    ]
    return "\n".join("\n".join([*part, ""]) for part in parts if part)


def _in_short(changeset: ChangeSet, certificate: Certificate) -> str:
    counts = (
        f"moved {certificate.moves}, rewritten {certificate.rewritten},"
        f" new {certificate.created}, deleted {certificate.deleted}"
    )
    return f"Files: {counts}. Only names change; all other changes are listed below."


def _problem(survey: Survey, changeset: ChangeSet) -> list[str]:
    """Return the findings that this plan affects."""
    touched = {c.source for c in changeset.changes if c.source and c.source != c.target}
    paths = {module.name: module.path for module in survey.modules}
    found = [f for f in survey.findings if touched & {paths.get(name, "") for name in f.modules}]
    if not found:
        return []
    return [
        "## The problem",
        "",
        *_items((_finding(finding) for finding in found), len(found)),
    ]


def _finding(finding: Finding) -> str:
    return _text(finding.sentence)


def _principle(survey: Survey, plan: Plan) -> list[str]:
    tree = draw_folders(drawn_folders(survey, plan, layout_rule(survey, plan)))
    folder = plan.scope.package_folder.rpartition("/")[2]
    return [
        "## The principle, and the tree",
        "",
        "A top-level package names an infrastructure concern: the external system that its modules",
        "adapt, or, where several backends implement one port, that port. Never a bounded context.",
        "",
        *_block([f"{folder}/", *tree]),
    ]


def _moves(plan: Plan, changeset: ChangeSet) -> list[str]:
    folder = plan.scope.package_folder + "/"
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for move in changeset.moves():
        old, new = move.source or "", move.target or ""
        name, renamed = old.rpartition("/")[2], new.rpartition("/")[2]
        shown = _code(name) if name == renamed else f"{_code(name)} as {_code(renamed)}"
        places[new.rpartition("/")[0], old.rpartition("/")[0]].append(shown)
    if not places:
        return []
    rows = [
        f"| {_code(_below(new, folder))} | {_code(_below(old, folder))} | {', '.join(names)} |"
        for (new, old), names in sorted(places.items())
    ]
    intro = "The reason for each move is in `plan.md` and, as a comment, in `reorganize.sh`."
    head = ["| to | from | files |", "|---|---|---|"]
    return ["## What moved where", "", intro, "", *head, *rows]


def _not_mechanical(plan: Plan, changeset: ChangeSet) -> list[str]:
    fixed, accepted = _settled(plan, changeset.hazards)
    lines = [
        f"- split: {_code(step.source)} becomes {_code(step.target + '/')} with"
        f" {', '.join(_code(part) for part, _ in step.parts)}. {_text(step.reason)}".rstrip()
        for step in plan.approved().splits
    ]
    lines += [
        f"- deleted: {_code(step.source)}. {_text(step.reason)}".rstrip()
        for step in plan.approved().deletions
    ]
    lines += [
        f"- written: {_code(step.source)} ({step.form}). {_text(step.reason)}".rstrip()
        for step in plan.approved().guardrails
    ]
    lines += [
        f"- fixed: {_code(f'{hazard.path}:{hazard.line}')} (line before the move):"
        f" {_text(hazard.why)}"
        for hazard in fixed
    ]
    lines += [
        f"- accepted: {_code(f'{hazard.path}:{hazard.line}')}: {_text(note or hazard.why)}"
        for hazard, note in accepted
    ]
    lines += [
        f"- kept: the old name {_code(n.text)} in {_code(f'{n.path}:{n.line}')}: {_text(n.why)}"
        for n in changeset.left
        if n.kind is not NameClass.IS_NOT
    ]
    if plan.scope.post_commands:
        typed = ", then ".join(_code(command) for command in plan.scope.post_commands)
        lines.append(
            f"- to run after the script, in a separate commit: {typed}; this is not proved."
        )
    if not lines:
        return []
    return ["## What is not mechanical", "", "Please review each of these:", "", *lines]


def _to_know(plan: Plan, changeset: ChangeSet) -> list[str]:
    """Return what the moves change although every reference is right, one line for each note."""
    notes = noted(plan, changeset.hazards)
    if not notes:
        return []
    return [
        "## What to know before it is merged",
        "",
        "Nothing below blocks the moves; each line says what changes, and where (before the move):",
        "",
        *(f"- {_code(f'{hazard.path}:{hazard.line}')}: {_text(hazard.why)}" for hazard in notes),
    ]


def _settled(
    plan: Plan, hazards: Iterable[Hazard]
) -> tuple[list[Hazard], list[tuple[Hazard, str]]]:
    said = {settlement.id: settlement for settlement in plan.hazards}
    known = [hazard for hazard in hazards if hazard.id in said]
    fixed = [h for h in known if said[h.id].resolution is Settlement.FIX and h.fix is not None]
    accepted = [(h, said[h.id].note) for h in known if said[h.id].resolution is Settlement.ACCEPT]
    return fixed, accepted


def _shown(certificate: Certificate) -> list[str]:
    points = [
        f"- {p.title}: {_text(p.checked) if p.not_checked else p.checked}"
        for p in certificate.points
    ]
    return [
        "## What was proved",
        "",
        f"`reorganize.sh` was rehearsed on a scratch copy of {_code(certificate.commit[:12])};"
        " `certificate.md` has the details.",
        "",
        *points,
    ]


def _review(plan: Plan, changeset: ChangeSet) -> list[str]:
    commits = ["the moves and rewrites"]
    commits += ["the splits"] if changeset.splits else []
    commits += ["the result of the formatter"] if plan.scope.post_commands else []
    example = next((m.target or "" for m in changeset.moves()), "")
    lines = [
        "git show -M --stat COMMIT            # which files moved, and how much of each changed",
        "git show -M -w COMMIT                # only the lines that changed",
    ]
    if example and _is_plain(example):
        lines.append(f"git log --follow {example}")
    number = "one commit" if len(commits) == 1 else f"{len(commits)} commits"
    return [
        "## How to review it",
        "",
        f"There {'is' if len(commits) == 1 else 'are'} {number}: {'; '.join(commits)}. To repeat"
        f" and compare: check out {_code(changeset.commit[:12])}, then run"
        " `bash reorganize.sh --commit`.",
        "",
        *_block(lines),
    ]


def _open_branches(changeset: ChangeSet) -> list[str]:
    split = (
        ["", "If a branch changed a module that is split, move its change to the part manually."]
        if changeset.splits
        else []
    )
    return [
        "## What open branches do",
        "",
        "Where BEFORE is the commit before this pull request, and AFTER its last one:",
        "",
        *_block(
            [
                "git merge BEFORE          # conflicts that do not come from the moves",
                "git merge -X ours AFTER   # the moves only rename: the branch's lines are right",
                "bash update-branch.sh     # rename in them, and list what is left; then commit",
            ]
        ),
        "",
        "A person has to handle new files in a folder that moved, and files that the branch itself"
        " moved or deleted. `reorg impact` lists beforehand which branches have any.",
        *split,
    ]


def _items(items: Iterable[str], count: int) -> Iterator[str]:
    for number, item in enumerate(items):
        if number == _MOST:
            yield f"- and {count - _MOST} more"
            return
        yield f"- {item}"


def _below(path: str, folder: str) -> str:
    return (path + "/").removeprefix(folder) or "./"


def _block(lines: Sequence[str]) -> list[str]:
    """Return a fenced block whose fence does not occur in the lines."""
    text = [_printable(line) for line in lines]
    longest = max([2, *(len(run) for line in text for run in re.findall("`+", line))])
    fence = "`" * (longest + 1)
    return [fence, *text, fence]


def _code(name: str) -> str:
    """Return a name as Markdown code; it may contain backticks and bars."""
    text = _printable(name).replace("|", "\\|")
    runs = [len(run) for run in re.findall("`+", text)]
    if not runs:
        return f"`{text}`"
    fence = "`" * (max(runs) + 1)
    return f"{fence} {text} {fence}"


def _text(sentence: str) -> str:
    """Return text in which nothing is markup, a mention or the number of an issue."""
    plain = " ".join(_printable(" ".join(sentence.split())).split())
    return _SPECIAL.sub(r"\\\1", plain).replace("@", "&#64;")


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _is_plain(path: str) -> bool:
    return re.fullmatch(r"[\w./-]+", path) is not None
