"""One import statement with the new names.

This includes a statement whose imported names go to different places. It works on the text of a
single statement, so the file's other bytes never change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reorg_lib.errors import RewriteError
from reorg_lib.model import ImportStatement
from reorg_lib.python.dotted_names import absolute_base
from reorg_lib.rewrite.import_statement import ImportItem, WrittenImport, read_import
from reorg_lib.rewrite.name_map import NameMap


@dataclass(frozen=True, slots=True)
class Importer:
    """The importing file: the package that its relative imports start from, before and after.

    `shared` is the package below which two modules are close enough that a relative import may stay
    relative even if it needs more dots than before.
    """

    package_before: str
    package_after: str
    shared: str = ""


def stays(statement: ImportStatement, importer: Importer, names: NameMap) -> bool:
    """Return, without parsing, whether a statement names nothing that moves, seen from its file."""
    if not statement.is_from:
        return all(names.keeps(name.name) for name in statement.names)
    base = absolute_base(importer.package_before, statement.level, statement.module)
    if base is None or names.known(base) is None:
        return True
    if statement.level and importer.package_before != importer.package_after:
        return False
    return names.keeps(base) and all(names.keeps(f"{base}.{n.name}") for n in statement.names)


def rewrite_import(
    code: str,
    importer: Importer,
    names: NameMap,
    *,
    also: Iterable[str] = (),
    bound: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Return the statements that mean after the moves what `code` meant before them.

    The result is one statement, byte for byte the same if nothing in it moved, unless the names
    that it imports go to several modules. `also` lists modules that the file reaches through this
    statement's root name and that the new dotted name alone would no longer load; they are added to
    an `import a.b.c`. `bound` says under which local name the file reaches a module of an `import
    a.b.c` that goes below another root: "" for the new dotted name itself.

    Raises:
        RewriteError: the statement imports a module that is gone after the moves.
    """
    statement = read_import(code)
    if statement.is_from:
        found = _rewrite_from(statement, importer, names)
    else:
        found = (_rewrite_plain(statement, names, tuple(also), bound or {}),)
    said = tuple(one.code() for one in found)
    for text in said:
        read_import(text)
    return said


# import a.b.c, d.e as f
#        ^^^^^  ^^^
def _rewrite_plain(
    statement: WrittenImport, names: NameMap, also: Sequence[str], bound: Mapping[str, str]
) -> WrittenImport:
    items = list(statement.items)
    for index, item in enumerate(items):
        old = item.dotted
        new = _successor(old, names)
        if new == old:
            continue
        local = "" if item.alias else _local_name(old, new, bound)
        if local and len(items) == 1 and not also and "." in new:
            return _from_home(statement, new, local)
        as_part = f" as {local}" if local else item.as_part
        items[index] = replace(item, name=new, as_part=as_part)
    present = {item.dotted for item in items if not item.alias}
    for module in also:
        if not any(f"{name}.".startswith(f"{module}.") for name in present):
            items[-1] = replace(items[-1], comma=",")
            items.append(ImportItem(module))
    return replace(statement, items=tuple(items))


# import a          binds a           import n.a as a
# import a.b.c      binds a           import n.c          if `bound` says that the code says n.c
def _local_name(old: str, new: str, bound: Mapping[str, str]) -> str:
    """Return the name that a plain import needs after `as`, or "" if it binds its new root."""
    root = old.split(".")[0]
    if old in bound:
        return bound[old]
    if old == root:
        return old
    if new.split(".")[0] != root:
        raise RewriteError(f"`import {old}` binds `{root}`, and {new} starts otherwise")
    return ""


# import a      ->      from n import a
def _from_home(statement: WrittenImport, new: str, local: str) -> WrittenImport:
    home, _, leaf = new.rpartition(".")
    item = ImportItem(leaf, f" as {local}" if leaf != local else "")
    start = "from" + statement.items[0].before
    return WrittenImport(start, home, f" {statement.word}", "", (item,))


def _rewrite_from(
    statement: WrittenImport, importer: Importer, names: NameMap
) -> tuple[WrittenImport, ...]:
    base = absolute_base(importer.package_before, statement.level, statement.module)
    if base is None or names.known(base) is None:
        return (statement,)
    # from a.b import c, D
    #                 ^  ^   each goes with its own new base
    groups: dict[str, list[int]] = {}
    items = list(statement.items)
    for index, item in enumerate(items):
        if names.is_submodule(base, item.name):
            home, _, leaf = _successor(f"{base}.{item.name}", names).rpartition(".")
            if leaf != item.name:
                # from a import b        ->  from x import c as b
                as_part = item.as_part or f" as {item.name}"
                items[index] = replace(item, name=leaf, as_part=as_part)
        else:
            home = _successor(base, names)
        groups.setdefault(home, []).append(index)
    renamed = replace(statement, items=tuple(items))
    return tuple(
        _with_base(renamed.only(picked), home, importer) if home else _top_level(renamed, picked)
        for home, picked in sorted(groups.items(), key=lambda group: group[1])
    )


# from a.b import c, d as e     ->      import c, d as e
def _top_level(statement: WrittenImport, picked: Sequence[int]) -> WrittenImport:
    items = [statement.items[index] for index in picked]
    if statement.has_comment():
        names = ", ".join(item.name for item in items)
        raise RewriteError(
            f"{names} would be imported from no package, and there are comments between the names"
            " of this statement; import it in a statement of its own there first"
        )
    commas = [","] * (len(items) - 1) + [""]
    plain = (ImportItem(i.name, i.as_part, comma=c) for i, c in zip(items, commas, strict=True))
    return WrittenImport(statement.word, "", "", "", tuple(plain))


# from a.b import c
#      ^^^
def _with_base(statement: WrittenImport, base: str, importer: Importer) -> WrittenImport:
    level, module = statement.level, statement.module
    old = absolute_base(importer.package_before, level, module)
    if absolute_base(importer.package_after, level, module) == base:
        return statement
    anchor = absolute_base(importer.package_before, level, "") if level else None
    new_level, new = _spelling(base, importer, relative_to=anchor if old else None)
    return statement.with_base("." * new_level + new)


def _spelling(base: str, importer: Importer, *, relative_to: str | None) -> tuple[int, str]:
    """Return (level, module): relative if it was and both ends still share a package."""
    if relative_to is None:
        return 0, base
    here = importer.package_after.split(".")
    there = base.split(".")
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    shared = ".".join(here[:common])
    inside = bool(importer.shared) and shared.startswith(importer.shared + ".")
    if not common or not (inside or shared == relative_to):
        return 0, base
    return len(here) - common + 1, ".".join(there[common:])


def _successor(module: str, names: NameMap) -> str:
    known = names.known(module)
    if known is None:
        return module
    new = names.modules[known]
    if new is None:
        raise RewriteError(f"{known} is gone after the approved steps, and is still imported")
    return new + module[len(known) :]
