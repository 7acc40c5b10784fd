"""What the live graph is sent: both moments, imports by kind, and what stands around."""

from __future__ import annotations

import json
from dataclasses import replace

from reorg_lib.model import Decision, ImportKind, Move, Plan, Split
from reorg_lib.views.graph.data import Drawing, graph_data
from tests.unit.views.drawn import PLAN, ROOT, SURVEY, edge

DATA = graph_data(SURVEY, PLAN)
NODES = {node["id"].removeprefix("shop.adapters."): node for node in DATA["nodes"]}


def test_it_is_plain_json_and_repeatable() -> None:
    shuffled = replace(
        SURVEY, edges=SURVEY.edges[::-1], classifications=SURVEY.classifications[::-1]
    )
    assert json.dumps(graph_data(shuffled, PLAN)) == json.dumps(DATA)


def test_a_module_knows_where_it_was_and_will_be() -> None:
    reader = NODES["orders.reader"]
    assert reader["before"]["path"] == "orders/reader.py"
    assert reader["after"]["path"] == "postgres/query/reader.py"
    assert reader["after"]["package"] == "postgres/query/"
    assert (reader["step"], reader["technology"]) == ("move", "postgres")


def test_a_deleted_module_is_nowhere_after() -> None:
    assert NODES["empty"]["step"] == "deletion"
    assert NODES["empty"]["before"]["label"] == "__init__"
    assert NODES["empty"]["after"] is None


def test_a_rejected_step_is_not_done() -> None:
    rejected = replace(
        PLAN, steps=tuple(replace(m, decision=Decision.REJECTED) for m in PLAN.steps)
    )
    for node in graph_data(SURVEY, rejected)["nodes"]:
        assert node["after"] is None or node["after"]["path"] == node["before"]["path"]


def test_a_split_module_stands_in_the_package_that_it_becomes() -> None:
    split = Split(
        f"{ROOT}/db/tables.py", f"{ROOT}/db/tables", parts=(("a.py", ("A",)), ("b.py", ("B",)))
    )
    nodes = graph_data(SURVEY, Plan(PLAN.scope, (split,)))["nodes"]
    tables = next(node for node in nodes if node["id"] == "shop.adapters.db.tables")
    assert tables["after"]["path"] == "db/tables/__init__.py"
    assert tables["parts"] == 2


def kinds(plan: Plan) -> dict[tuple[str, str], str]:
    short = len("shop.adapters.")
    edges = graph_data(SURVEY, plan)["edges"]
    return {(e["from"][short:], e["to"][short:]): e["kind"] for e in edges}


def test_an_import_is_kept_healed_or_new_by_the_concerns_of_its_ends() -> None:
    move = Move(f"{ROOT}/orders/reader.py", f"{ROOT}/db/reader.py")
    healed = kinds(Plan(PLAN.scope, (move,)))
    assert healed["orders.reader", "db.tables"] == "healed"
    assert healed["db.disk", "log"] == "kept"
    together = replace(SURVEY, edges=(edge("db.disk", "db.tables"),))
    away = Plan(PLAN.scope, (Move(f"{ROOT}/db/disk.py", f"{ROOT}/storage/disk.py"),))
    assert [e["kind"] for e in graph_data(together, away)["edges"]] == ["new"]


def test_an_import_says_when_it_first_runs() -> None:
    both = (ImportKind.FUNCTION, ImportKind.TYPE_CHECKING)
    for imports, when in (
        ((ImportKind.TOP_LEVEL, *both), "now"),
        ((ImportKind.TRY,), "now"),
        (both, "later"),
        ((ImportKind.TYPE_CHECKING,), "types"),
    ):
        survey = replace(SURVEY, edges=tuple(edge("db.disk", "log", kind) for kind in imports))
        assert [e["when"] for e in graph_data(survey, PLAN)["edges"]] == [when]


def test_the_rail_has_what_stands_around() -> None:
    (main,) = DATA["rail"]
    assert (main["id"], main["group"], main["label"]) == ("main", "main", "main")
    assert main["uses"] == [
        {"module": "shop.adapters.orders.reader", "how": "imported by", "count": 1}
    ]


def test_technologies_come_with_their_looks_and_none_is_last() -> None:
    assert [one["name"] for one in DATA["technologies"]][-1] == ""
    assert {node["technology"] for node in DATA["nodes"]} <= {
        one["name"] for one in DATA["technologies"]
    }


def test_a_changed_plan_leaves_the_before_graph_and_what_did_not_move_alone() -> None:
    drawing = Drawing(SURVEY, PLAN)
    steps = (*PLAN.steps, Move(f"{ROOT}/log.py", f"{ROOT}/storage/log.py"))
    changed = replace(PLAN, steps=steps)
    drawing.show(changed)
    data = drawing.data
    assert data["moments"]["before"] == DATA["moments"]["before"]
    places = {node["id"]: node["after"] for node in data["nodes"]}
    assert places["shop.adapters.log"]["package"] == "storage/"
    for node in DATA["nodes"]:
        if node["after"] and node["id"] != "shop.adapters.log":
            assert places[node["id"]]["box"][0] == node["after"]["box"][0]
