"""Which definitions of a tables module go to which part, each rule on what shows it."""

from __future__ import annotations

from dataclasses import replace

from reorg_lib.model import Move, Split, Survey
from reorg_lib.plan.proposal.split_by_context import LONG, split_by_context
from tests.unit.plan.surveys import survey_of

_P = "shop/infra/"
_TABLES = "shop.infra.db.tables"
_NAMES = ["users", "roles", "orders", "order_lines", "outbox", "stock", "nobody_knows"]


def _text(lines: int = LONG) -> str:
    text = "from sqlalchemy import Table, MetaData\n\nmetadata = MetaData()\n_private = 1\n"
    text += "".join(f"{name}_table = Table('{name}', metadata)\n" for name in _NAMES)
    return text + "#\n" * (lines - text.count("\n"))


def _survey(lines: int = LONG) -> Survey:
    users = {
        "db/repository/auth.py": ("users", "roles"),
        "db/repository/event.py": ("outbox",),
        "db/repository/sale.py": ("stock",),
        "web/reader.py": ("stock", "users"),
    }
    files = {
        f"{_P}{path}": "".join(f"from {_TABLES} import {name}_table\n" for name in names)
        for path, names in users.items()
    }
    files |= {f"shop/domain/{context}/__init__.py": "" for context in ("auth", "order", "metadata")}
    files |= {f"shop/domain/{context}/__init__.py": "" for context in ("sale", "web")}
    survey = survey_of(
        files | {f"{_P}db/tables.py": _text(lines)},
        roles={
            "db.repository.auth": "repository",
            "db.repository.event": "repository",
            "db.repository.sale": "repository",
        },
    )
    served = {"auth": (("auth", 2),), "sale": (("sale", 1),), "reader": (("web", 9),)}
    return replace(
        survey,
        classifications=tuple(
            replace(entry, domains=served.get(entry.module.rpartition(".")[2], ()))
            for entry in survey.classifications
        ),
    )


def _split(survey: Survey, *taken: str, to: str = "pg/tables/__init__.py") -> Split | None:
    move = Move(f"{_P}db/tables.py", f"{_P}{to}")
    return split_by_context(survey, move, [f"{_P}pg/tables/{name}" for name in taken])


def test_who_writes_it_what_it_is_called_and_what_all_stand_on() -> None:
    split = _split(_survey())
    assert split is not None and split.target == f"{_P}pg/tables"
    assert dict(split.parts) == {
        "auth.py": ("roles_table", "users_table"),  # both are written there, one is read elsewhere
        "orders.py": ("order_lines_table", "orders_table"),  # nobody imports them: by name
        "event.py": ("outbox_table",),  # no context: who alone writes it
        "sale.py": ("stock_table",),  # written once beats read elsewhere
        "shared.py": ("metadata", "nobody_knows_table"),  # `metadata = MetaData()` is no context's
    }
    assert "(metadata, nobody_knows_table)" in split.reason
    assert f"{_P}pg/tables/__init__.py in place of this" in split.reason


def test_a_part_takes_no_name_that_is_there() -> None:
    split = _split(_survey(), "auth.py", "shared.py")
    assert split is not None
    assert {"auth_tables.py", "shared_tables.py"} <= dict(split.parts).keys()


def test_what_is_short_or_no_tables_module_is_not_split() -> None:
    assert _split(_survey(LONG - 1)) is None
    assert _split(_survey(), to="pg/setup/__init__.py") is None
    assert _split(_survey(), to="pg/tables/tables.py") is None
    alone = replace(
        _survey(),
        classifications=tuple(
            replace(entry, domains=(("auth", 1),) * bool(entry.domains), role=None)
            for entry in _survey().classifications
        ),
    )
    assert _split(alone) is None  # auth and order are two contexts, and two are too few
