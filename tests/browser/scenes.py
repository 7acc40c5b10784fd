"""What the browser tests look at: a package as large as a real project's, and a hostile one."""

from __future__ import annotations

from dataclasses import replace

from reorg_lib.model import DirectImport, ImportKind, Move, Plan, Survey
from reorg_lib.views.graph.live_graph import LiveGraph
from tests.unit.views.drawn import PLAN, ROOT, SURVEY, adapter, module

_LARGE = {
    "auth": "di orcid provider_registry role_repository session_store",
    "catalog": "postgres_catalog_read_store postgres_table_read_store schema_feature_reader",
    "cluster": "di errors health ingester_runner naming runner",
    "container": "di ingester_runner runner runner_configuration",
    "event": "di worker outbox_drainer schedule",
    "web": "client di headers retry ontology_fetcher transport",
    "persistence": "api_naming column_mapper database di feature_store feature_table keyset "
    "metadata_store metadata_table migrate seed tables",
    "persistence/adapter": "feature_reader ingest_storage readers spreadsheet storage",
    "persistence/mappers": "auth deposition record schema validation",
    "persistence/repository": "auth convention deposition event ingest ontology record schema "
    "validation session_rows",
    "buckets": "client ingest_storage storage multipart_upload",
}
_GOES = {
    "auth": "idp",
    "catalog": "postgres/query",
    "cluster": "runner/cluster",
    "container": "runner/container",
    "event": "worker",
    "persistence": "postgres/setup",
    "persistence/adapter": "postgres/query/adapter",
    "persistence/mappers": "postgres/repository/mappers",
    "persistence/repository": "postgres/repository",
    "buckets": "storage/buckets",
}
_TECHNOLOGY = {"auth": "http", "cluster": "k8s", "container": "oci", "web": "http", "event": "cron"}


def large() -> tuple[Survey, Plan]:
    """Seventy modules in the package, 1,200 imports around, nearly every module moved."""
    names = [f"{folder}/{stem}" for folder, stems in _LARGE.items() for stem in stems.split()]
    names += ["logging", "runner_utils", "settings", "clock", "metrics", "ids"]
    dotted = [f"shop.adapters.{name.replace('/', '.')}" for name in names]
    around = [f"shop.domain.{context}.m{n}" for context in "abcdefghij" for n in range(12)]
    around += [f"tests.unit.test_{n}" for n in range(60)]
    inside = [
        DirectImport(one, dotted[(7 * n + 3 * k) % len(dotted)], k + 1, ImportKind.TOP_LEVEL)
        for n, one in enumerate(dotted)
        for k in range(2)
    ]
    outside = [
        DirectImport(dotted[n % len(dotted)], around[n % 120], n, ImportKind.TOP_LEVEL)
        for n in range(700)
    ]
    tests = [
        DirectImport(around[120 + n % 60], dotted[(5 * n) % len(dotted)], n, ImportKind.FUNCTION)
        for n in range(360)
    ]
    survey = replace(
        SURVEY,
        modules=tuple(module(f"{ROOT}/{name}.py", 40) for name in sorted(names)),
        edges=tuple(sorted([*inside, *outside, *tests])),
        classifications=tuple(
            adapter(name.replace("/", "."), _TECHNOLOGY.get(name.partition("/")[0], "postgres"))
            for name in names
        ),
    )
    moves = tuple(
        Move(f"{ROOT}/{name}.py", f"{ROOT}/{_GOES[folder]}/{stem}.py")
        for folder, stems in _LARGE.items()
        if folder in _GOES
        for stem in stems.split()
        for name in [f"{folder}/{stem}"]
    )
    return survey, Plan(PLAN.scope, moves)


HOSTILE = (
    "<script>window.hurt = 1<script>",
    "<img src=x onerror='window.hurt = 1'>",
    "\"quoted' & \\N <b>bold<b>",
    "javascript:window.hurt=1",
    "long_" * 400,
    "ünïcödé_模块",
)


def hostile() -> tuple[Survey, Plan]:
    """Modules, folders, technologies and reasons named by somebody who means harm."""
    names = [f"folder{n}<i>/{name}" for n, name in enumerate(HOSTILE)]
    survey = replace(
        SURVEY,
        modules=(*SURVEY.modules, *(module(f"{ROOT}/{name}.py") for name in names)),
        classifications=(
            *SURVEY.classifications,
            *(adapter(name.replace("/", "."), name[-30:], (name, 1)) for name in names),
        ),
    )
    moves = tuple(
        Move(f"{ROOT}/{name}.py", f"{ROOT}/<u>new<u>/{name}.py", reason=name) for name in names
    )
    return survey, Plan(PLAN.scope, moves)


class Desk:
    """A live graph with somebody who judges: what is dropped is done, but for one package."""

    def __init__(self) -> None:
        self.survey, self.plan = large()
        self.graph = LiveGraph(self.survey, self.plan, retarget=self.retarget)

    def retarget(self, module: str, folder: str) -> str | None:
        """Move a module to a folder, unless that is `web`."""
        if folder == "web":
            return "web/ is full; choose another package"
        path = next(m.path for m in self.survey.modules if m.name == module)
        place = "/".join(filter(None, (ROOT, folder, path.rpartition("/")[2])))
        others = tuple(step for step in self.plan.steps if step.source != path)
        self.plan = replace(self.plan, steps=(*others, Move(path, place)))
        self.graph.show_plan(self.plan)
        return None


HOSTILE_BOARD = """\
import pathlib, tempfile
from dataclasses import replace
from reorg_lib.plan.plan_file import save_plan
from reorg_lib.views.board.board import Board
from tests.browser.scenes import hostile
survey, plan = hostile()
path = pathlib.Path(tempfile.mkdtemp()) / "plan.toml"
save_plan(path, plan)"""
"""A cell that makes a plan with those names."""

MANY_ROWS = """\
from tests.unit.views.drawn import PLAN, ROOT, SURVEY
from reorg_lib.model import Move
moves = tuple(Move(f"{ROOT}/m{n}.py", f"{ROOT}/p{n % 9}/m{n}.py", reason="r" * 60)
              for n in range(500))
save_plan(path, replace(PLAN, steps=moves))
many = Board(SURVEY, path)"""
"""A cell that makes a board of 500 moves, in the same place."""
