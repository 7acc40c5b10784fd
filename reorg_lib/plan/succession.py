"""What becomes of the module names: the one rule by which a package goes where its modules go.

Owns the map from every name before the approved steps to its name after them, all steps at once.
Must not know how it was decided where a file goes, nor who asks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from reorg_lib.model import Module, Survey
from reorg_lib.python.dotted_names import path_name
from reorg_lib.survey.import_roots import ImportRoots


def names_after(
    survey: Survey,
    after: Callable[[str], str | None],
    created: Collection[str],
    roots: ImportRoots | None = None,
) -> Mapping[str, str | None]:
    """Return module name → new name, sorted; None where it is gone without one successor.

    A package goes where its `__init__` goes. One without a file of its own, or whose file is
    removed, goes where its modules went if they all kept their place below one new package; it
    stays if some of them stayed, and is gone otherwise.

    Args:
        after: tracked path → its path after the steps, None if it is removed.
        created: the `__init__.py` files that the steps need.
        roots: where else imports start from; what leaves the source root is named from there.
    """
    root = survey.source_root
    known = roots or ImportRoots(root, ())
    names: dict[str, str | None] = {}
    orphans: list[Module] = []
    for module in survey.modules:
        path = after(module.path) if module.blob else None
        if path is None:
            orphans.append(module)
        else:
            names[module.name] = known.name(path, root)
    reborn = {path_name(path, root) for path in created}
    for module in sorted(orphans, key=lambda m: (-m.name.count("."), m.name)):
        kept = _successor(module.name, names, module.name in reborn) if module.is_package else None
        names[module.name] = kept
    return dict(sorted(names.items()))


def _successor(package: str, names: Mapping[str, str | None], is_reborn: bool) -> str | None:
    prefix = package + "."
    homes: set[str | None] = set()
    for old, new in names.items():
        if new is None or not old.startswith(prefix):
            continue
        if new.startswith(prefix):
            return package
        tail = old[len(package) :]
        homes.add(new.removesuffix(tail) if new.endswith(tail) else None)
    if is_reborn:
        return package
    return homes.pop() if len(homes) == 1 else None
