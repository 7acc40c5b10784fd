"""A small survey and plan, drawn by hand, that every view is shown."""

from __future__ import annotations

from reorg_lib.model import (
    Classification,
    Decision,
    Deletion,
    DirectImport,
    Evidence,
    ImportKind,
    Module,
    Move,
    Plan,
    Problem,
    Scope,
    Survey,
    Syntax,
)

ROOT = "src/shop/adapters"
COMMIT = "0123456789012345678901234567890123456789"
NOTHING = Syntax((), (), (), (), frozenset(), ())


def module(path: str, lines: int = 10) -> Module:
    """A module below src/, or (without `.py`) a folder that has no `__init__.py`."""
    is_file = path.endswith(".py")
    dotted = path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__")
    is_package = path.endswith("/__init__.py") or not is_file
    blob = "b" * 40 if is_file else ""
    return Module(dotted.replace("/", "."), path, blob, is_package, lines, NOTHING)


def adapter(
    name: str,
    technology: str | None,
    *domains: tuple[str, int],
    role: str | None = None,
    ports: tuple[str, ...] = (),
) -> Classification:
    path = f"{ROOT}/{name.replace('.', '/')}.py"
    evidence = (Evidence(path, 3, f"import {technology}", "technology"),) if technology else ()
    return Classification(f"shop.adapters.{name}", technology, domains, role, ports, evidence)


def edge(importer: str, imported: str, kind: ImportKind = ImportKind.TOP_LEVEL) -> DirectImport:
    return DirectImport(f"shop.adapters.{importer}", f"shop.adapters.{imported}", 1, kind)


SURVEY = Survey(
    commit=COMMIT,
    package="shop.adapters",
    source_root="src",
    files=(),
    modules=(
        module("src/shop/__init__.py", 0),
        module("src/shop/adapters/__init__.py", 0),
        module("src/shop/adapters/db/__init__.py", 1),
        module("src/shop/adapters/db/disk.py", 20),
        module("src/shop/adapters/db/tables.py", 40),
        module("src/shop/adapters/empty/__init__.py", 0),
        module("src/shop/adapters/log.py", 5),
        module("src/shop/adapters/orders"),
        module("src/shop/adapters/orders/reader.py", 30),
        module("src/shop/adapters/s3/__init__.py", 0),
        module("src/shop/adapters/s3/bucket.py", 25),
        module("src/shop/main.py", 3),
    ),
    edges=(
        edge("db.disk", "log"),
        edge("db.tables", "log", ImportKind.FUNCTION),
        edge("db.tables", "log", ImportKind.TYPE_CHECKING),
        edge("orders.reader", "db"),
        edge("orders.reader", "db.tables"),
        edge("orders.reader", "db.tables", ImportKind.FUNCTION),
        DirectImport("shop.main", "shop.adapters.orders.reader", 2, ImportKind.TOP_LEVEL),
    ),
    references=(),
    classifications=(
        adapter("db.disk", "filesystem", ("orders", 1), role="backend", ports=("d.Storage",)),
        adapter("db.tables", "postgres", ("orders", 2), ("users", 1), role="tables"),
        adapter("log", None),
        adapter("orders.reader", "postgres", ("orders", 4), role="query"),
        adapter("s3.bucket", "s3", ("orders", 1), role="backend", ports=("d.Storage",)),
    ),
    problems=(Problem("src/shop/odd.py", 4, "is not UTF-8"),),
)

PLAN = Plan(
    Scope("shop.adapters", "src", COMMIT),
    (
        Move(f"{ROOT}/orders/reader.py", f"{ROOT}/postgres/query/reader.py", reason="reads"),
        Move(
            f"{ROOT}/db/disk.py",
            f"{ROOT}/storage/disk.py",
            Decision.APPROVED,
            "implements Storage",
            candidates=(f"{ROOT}/files/disk.py",),
            confidence=0.6,
            arguments=("it writes files",),
        ),
        Move(f"{ROOT}/db/tables.py", f"{ROOT}/postgres/tables.py", Decision.REJECTED, "tables"),
        Move(f"{ROOT}/s3/bucket.py", f"{ROOT}/storage/bucket.py", reason="implements Storage"),
        Deletion(f"{ROOT}/empty/__init__.py", reason="empty"),
    ),
)
