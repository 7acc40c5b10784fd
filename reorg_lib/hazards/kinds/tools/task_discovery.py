"""A module of tasks that Celery finds by its name in a package.

`app.autodiscover_tasks(["shop.old"])` imports `shop.old.tasks`. After that module has left the
package its tasks are unknown to the worker. The fix names the package that has the module now.

Breaks:
    shop/app.py:
        def start(app):
            app.autodiscover_tasks(["shop.old"])
    shop/old/tasks.py, shop/old/db.py
    move shop/old/tasks.py to shop/jobs/tasks.py
    fix: shop.jobs

Safe:
    shop/app.py:
        def start(app):
            app.autodiscover_tasks(["shop.old"])
    shop/old/tasks.py, shop/old/db.py
    move shop/old to shop/jobs
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.parsed_file import Call, Code
from reorg_lib.model import Hazard

KIND = "task-discovery"


# app.autodiscover_tasks(["shop"])
def find(context: HazardContext) -> Iterator[Hazard]:
    for code in context.python_files(b"autodiscover_tasks"):
        for call in code.calls_of("autodiscover_tasks"):
            related = call.argument(1, "related_name")
            leaf = (code.literal(related) if related is not None else None) or "tasks"
            given = call.argument(0, "packages")
            listed = given is not None and given.type in ("list", "tuple", "set")
            if given is not None and listed:
                for string in code.strings(given):
                    yield from _of_package(code, string, leaf, context)
            else:
                yield from _of_any(code, call, leaf, context)


def _of_package(code: Code, string: Node, leaf: str, context: HazardContext) -> Iterator[Hazard]:
    package = code.literal(string) or ""
    old = f"{package}.{leaf}"
    if (
        old not in context.new_names
        or context.new_names[old] == f"{context.new_names.get(package)}.{leaf}"
    ):
        return
    new = context.new_names[old] or ""
    stays = context.new_names.get(package) == package and code.inside(string)
    span = code.inside(string) or (0, 0)
    yield hazard(
        KIND,
        code.path,
        code.line(string),
        f'Celery imports the module "{leaf}" of the package {package}, and {old} becomes '
        f"{new or 'nothing'}: name the package that has it",
        span=span,
        fix=new.rpartition(".")[0] if stays and new.endswith(f".{leaf}") else None,
    )


def _of_any(code: Code, call: Call, leaf: str, context: HazardContext) -> Iterator[Hazard]:
    for name, new in context.new_names.items():
        package = name.rpartition(".")[0]
        if name.endswith(f".{leaf}") and new != f"{context.new_names.get(package)}.{leaf}":
            yield hazard(
                KIND,
                code.path,
                code.line(call.node),
                f'Celery imports the module "{leaf}" of each package, and {name} becomes '
                f"{new or 'nothing'}: give `{code.text(call.node)}` the new package, or keep the "
                "module there",
            )
