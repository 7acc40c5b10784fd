"""A module that registers something when it is imported, and that is no longer imported.

Today the module is loaded because the `__init__.py` of a package imports it before another module
of the package. When that other module leaves the package, nothing loads the registering module any
more. Import it where it is needed.

Breaks:
    shop/registry.py:
        def register(function): ...
    shop/old/__init__.py:
        from shop.old import views
    shop/old/views.py:
        from shop.registry import register
        @register
        def index(): ...
    shop/old/app.py
    move shop/old/app.py to shop/web/app.py

Safe:
    shop/registry.py:
        def register(function): ...
    shop/old/__init__.py:
        from shop.old import views
    shop/old/views.py:
        from shop.registry import register
        @register
        def index(): ...
    shop/old/app.py:
        import shop.old.views
    move shop/old/app.py to shop/web/app.py
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard, listed
from reorg_lib.hazards.reading.load_graph import inits_above, load_graph, loaded_by
from reorg_lib.hazards.reading.moved_paths import line_of
from reorg_lib.model import Hazard, Module

KIND = "lost-registration"
_REGISTERED = re.compile(rb"^(?:@[\w.]+\.register\b|[\w.]+\.register\()", re.M)
# @task        @routes.get("/")        handlers.add(f)        class Csv(Format):
_AT_IMPORT = re.compile(
    rb"^(?:@(?P<decorator>[A-Za-z_]\w*)|(?P<called>[A-Za-z_]\w*)[\w.]*\("
    rb"|class \w+\((?P<bases>[^)]*)\))",
    re.M,
)
_KNOWS_ITS_OWN = (b"__init_subclass__", b"__subclasses__")


# @show.register        codecs.register(search)
def find(context: HazardContext) -> Iterator[Hazard]:
    """Modules that register something, and were only loaded because of one that moves."""
    inits = inits_above(context)
    gone = {p for name in inits.before for p in inits.before[name] - inits.after[name]}
    if not gone:
        return
    known = load_graph(context)
    loaded = {name for p in gone for name in loaded_by(p, known.edges, known.before)}
    registering = {
        name: at
        for name in loaded
        if (at := _registers(context.modules[name], context)) is not None
    }
    if not registering:
        return
    imported = {edge.imported for edge in context.survey.edges}
    losing: dict[str, list[str]] = defaultdict(list)
    for name, module in context.modules.items():
        if module.blob and name not in imported and context.is_product(module.path):
            before = loaded_by(name, known.edges, known.before)
            for lost in registering.keys() & (before - loaded_by(name, known.edges, known.after)):
                losing[lost].append(name)
    for lost, starts in sorted(losing.items()):
        path = context.modules[lost].path
        yield hazard(
            KIND,
            path,
            line_of(context.contents[path], registering[lost]),
            f"{lost} registers something when it is imported, and after the moves nothing that "
            f"{listed(sorted(starts))} imports loads it: import it there",
        )


def _registers(module: Module, context: HazardContext) -> int | None:
    """Where a module registers something in another one when it is imported, or seems to.

    By the word, or because it passes something to an import from the own code: a decorator, a call
    whose result is not kept, a base class that collects its subclasses.
    """
    content = context.contents.get(module.path, b"")
    if (said := _REGISTERED.search(content)) is not None:
        return said.start()
    imported = context.imports.imported_by(module)
    for match in _AT_IMPORT.finditer(content):
        head = match["decorator"] or match["called"]
        if head is not None and context.module_prefix(imported.get(head.decode(), "")):
            return match.start()
        for base in (match["bases"] or b"").split(b","):
            origin = context.imports.resolve(module.path, base.strip().decode(errors="replace"))
            home = context.module_prefix(origin) if origin else None
            there = context.contents.get(context.modules[home].path, b"") if home else b""
            if any(word in there for word in _KNOWS_ITS_OWN):
                return match.start()
    return None
