"""A split is proved like a move: one module's statements, graph and names, in several files."""

from __future__ import annotations

from dataclasses import replace

from reorg_lib.git import Repository, blob_id, open_repository
from reorg_lib.model import ChangeSet, Decision, Plan, ProofPoint, Scope, Split, TrackedFile
from reorg_lib.proof.points import prove
from reorg_lib.proof.rehearsal import Rehearsal
from reorg_lib.rewrite.build_changeset import build_changeset
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository

TREE = {
    "app/__init__.py": "",
    "app/infra/__init__.py": "",
    "app/infra/db/__init__.py": "",
    "app/infra/db/types.py": "class Column: ...\nclass Table:\n    def __init__(self, *a): ...\n",
    "app/infra/db/tables.py": '''"""All tables."""

from app.infra.db.types import Column, Table

metadata: list[Table] = []

# who
users = Table("users", metadata, Column())
metadata.append(users)

# what
records = Table("records", metadata, Column())
''',
    "app/main.py": "from app.infra.db.tables import metadata, users\n"
    "from app.infra.db import tables\n\nprint(tables.records, users, metadata)\n",
}
SPLIT = Split(
    "app/infra/db/tables.py",
    "app/infra/sql/tables",
    Decision.APPROVED,
    "tables of two contexts",
    parts=(("auth.py", ("users",)), ("records.py", ("records",))),
)


def carried_out(make_repository: MakeRepository) -> tuple[Repository, Plan, ChangeSet]:
    repository = open_repository(make_repository(TREE))
    survey = take_survey(repository, "app.infra")
    plan = Plan(Scope("app.infra", ".", survey.commit), (SPLIT,))
    return repository, plan, build_changeset(repository, survey, plan)


def rehearsed(repository: Repository, changes: ChangeSet) -> Rehearsal:
    """What a script would do that does exactly what the change set says."""
    before = repository.files()
    contents = dict(repository.contents(file.blob for file in before))
    gone = {change.source for change in changes.changes}
    after = [file for file in before if file.path not in gone]
    for path, (mode, content) in changes.results().items():
        contents[blob_id(content)] = content
        after.append(TrackedFile(path, mode, blob_id(content)))
    return Rehearsal(before, tuple(sorted(after)), contents, ())


def failing(points: tuple[ProofPoint, ...]) -> dict[int, tuple[str, ...]]:
    return {point.number: point.failures for point in points if not point.holds}


def test_users_keep_the_package_and_every_point_holds(make_repository: MakeRepository) -> None:
    repository, plan, changes = carried_out(make_repository)
    after = {path: content.decode() for path, (_, content) in changes.results().items()}
    assert after["app/main.py"] == TREE["app/main.py"].replace("infra.db", "infra.sql")
    assert "# who\nusers = Table" in after["app/infra/sql/tables/auth.py"]
    assert "records = Table" in after["app/infra/sql/tables/records.py"]
    assert "users" in after["app/infra/sql/tables/__init__.py"]
    assert failing(prove(changes, rehearsed(repository, changes), plan)) == {}


def test_a_statement_that_is_lost_or_doubled_fails_the_fourth_point(
    make_repository: MakeRepository,
) -> None:
    repository, plan, changes = carried_out(make_repository)
    (split,) = changes.splits
    for old, new, said in [
        (b"metadata.append(users)\n", b"", "no part holds"),
        (b"users = Table", b"print(1)\nusers = Table", "a part holds one statement more"),
        (b"# who\n", b"", "the comment `# who` is lost"),
    ]:
        parts = tuple(replace(p, content=p.content.replace(old, new)) for p in split.parts)
        assert parts != split.parts
        broken = replace(changes, splits=(replace(split, parts=parts),))
        failures = failing(prove(broken, rehearsed(repository, broken), plan))
        assert list(failures) == [4]
        assert failures[4][0].startswith(f"app/infra/sql/tables/__init__.py: {said}")


def test_a_name_that_is_not_exported_any_more_fails_the_second_point(
    make_repository: MakeRepository,
) -> None:
    repository, plan, changes = carried_out(make_repository)
    (split,) = changes.splits
    after = split.after.replace(b"metadata", b"metadata as _metadata")
    broken = replace(changes, splits=(replace(split, after=after),))
    failures = failing(prove(broken, rehearsed(repository, broken), plan))
    assert failures[2] == (
        "app/main.py:1: from app.infra.sql.tables import metadata does not resolve",
    )
