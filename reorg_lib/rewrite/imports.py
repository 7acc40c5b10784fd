"""One import statement, renamed by libcst.

Owns which part of a statement changes and what a statement becomes when the names it imports go
to different places. Works on the text of a single statement, so a file's other bytes are never
in danger and only the statements that matter are parsed. Must not know where in a file the
statement stands, nor how the change is written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import libcst as cst
from libcst.helpers import get_full_name_for_node_or_raise

from reorg_lib.errors import RewriteError
from reorg_lib.model import ImportStatement
from reorg_lib.rewrite.alias_layout import only_names
from reorg_lib.rewrite.renaming import NameMap
from reorg_lib.survey.names import absolute_base


@dataclass(frozen=True, slots=True)
class Importer:
    """Whose statement it is: the package that its relative imports start from, before and after.

    `shared` is the package below which two modules are close enough that a relative import may
    stay relative even when it has to climb further than it did.
    """

    package_before: str
    package_after: str
    shared: str = ""


def stays(statement: ImportStatement, importer: Importer, names: NameMap) -> bool:
    """Tell, without parsing it, that a statement names nothing that moves, seen from its file."""
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
    """Return the statements that say after the moves what `code` said before them.

    One statement comes back as one, unchanged to the byte where nothing in it moved, unless the
    names that it imports go to several modules. `also` lists modules that the file reaches
    through this statement's root name and that the new dotted name alone would no longer load;
    they are added to an `import a.b.c`. `bound` says under which local name the file reaches a
    module of an `import a.b.c` that goes below another root: "" for the new dotted name itself.

    Raises:
        RewriteError: the statement imports a module that is gone after the moves.
    """
    statement = cst.parse_statement(code)
    if not isinstance(statement, cst.SimpleStatementLine):
        raise RewriteError(f"not an import statement: {code}")
    node = statement.body[0]
    if isinstance(node, cst.Import):
        nodes: Sequence[cst.CSTNode] = (_rewrite_plain(node, names, tuple(also), bound or {}),)
    elif isinstance(node, cst.ImportFrom):
        nodes = _rewrite_from(node, importer, names)
    else:
        raise RewriteError(f"not an import statement: {code}")
    if len(nodes) == 1 and nodes[0] is node:
        return (code,)
    blank = cst.Module(body=())
    return tuple(
        blank.code_for_node(n.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)) for n in nodes
    )


# import a.b.c, d.e as f
#        ^^^^^  ^^^
def _rewrite_plain(
    node: cst.Import, names: NameMap, also: Sequence[str], bound: Mapping[str, str]
) -> cst.Import | cst.ImportFrom:
    aliases = list(node.names)
    changed = False
    for index, alias in enumerate(aliases):
        old = _dotted(alias.name)
        new = _successor(old, names)
        if new == old:
            continue
        local = _local_name(old, new, bound) if alias.asname is None else ""
        if local and len(aliases) == 1 and not also and "." in new:
            return _from_home(node, alias, new, local)
        if local:
            as_name = cst.AsName(
                name=cst.Name(local), whitespace_before_as=cst.SimpleWhitespace(" ")
            )
            alias = alias.with_changes(asname=as_name)
        aliases[index] = alias.with_changes(name=_name_node(new))
        changed = True
    present = {_dotted(alias.name) for alias in aliases if alias.asname is None}
    missing = [m for m in also if not any(f"{p}.".startswith(f"{m}.") for p in present)]
    if not changed and not missing:
        return node
    for module in missing:
        comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
        aliases[-1] = aliases[-1].with_changes(comma=comma)
        aliases.append(cst.ImportAlias(name=_name_node(module)))
    return node.with_changes(names=aliases)


# import a          binds a           import n.a as a
# import a.b.c      binds a           import n.c          if `bound` says that the code says n.c
def _local_name(old: str, new: str, bound: Mapping[str, str]) -> str:
    """Return the name that a plain import needs behind `as`, or "" if it binds its new root."""
    root = old.split(".")[0]
    if old in bound:
        return bound[old]
    if old == root:
        return old
    if new.split(".")[0] != root:
        raise RewriteError(f"`import {old}` binds `{root}`, and {new} starts otherwise")
    return ""


# import a      ->      from n import a
def _from_home(node: cst.Import, alias: cst.ImportAlias, new: str, local: str) -> cst.ImportFrom:
    home, _, leaf = new.rpartition(".")
    as_name = cst.AsName(name=cst.Name(local)) if leaf != local else None
    return cst.ImportFrom(
        module=_name_node(home),
        names=[cst.ImportAlias(name=cst.Name(leaf), asname=as_name)],
        whitespace_after_from=node.whitespace_after_import,
    )


def _rewrite_from(
    node: cst.ImportFrom, importer: Importer, names: NameMap
) -> tuple[cst.Import | cst.ImportFrom, ...]:
    level = len(node.relative)
    written = _dotted(node.module) if node.module else ""
    base = absolute_base(importer.package_before, level, written)
    if base is None or names.known(base) is None:
        return (node,)
    if isinstance(node.names, cst.ImportStar):
        return (_with_base(node, _successor(base, names), importer),)

    # from a.b import c, D
    #                 ^  ^   each goes with its own new base
    groups: dict[str, list[int]] = {}
    aliases = list(node.names)
    for index, alias in enumerate(aliases):
        name = _dotted(alias.name)
        if names.is_submodule(base, name):
            target = _successor(f"{base}.{name}", names)
            home, _, leaf = target.rpartition(".")
            if leaf != name:
                aliases[index] = _renamed(alias, leaf)
        else:
            home = _successor(base, names)
        groups.setdefault(home, []).append(index)

    if "" not in groups and len(groups) == 1:
        (home,) = groups
        changed = any(new is not old for new, old in zip(aliases, node.names, strict=True))
        result = node.with_changes(names=aliases) if changed else node
        return (_with_base(result, home, importer),)
    return tuple(
        _with_base(only_names(node, aliases, picked), home, importer)
        if home
        else _top_level(node, aliases, picked)
        for home, picked in sorted(groups.items(), key=lambda item: item[1])
    )


# from a.b import c, d as e     ->      import c, d as e
def _top_level(
    node: cst.ImportFrom, aliases: Sequence[cst.ImportAlias], picked: Sequence[int]
) -> cst.Import:
    if "#" in cst.Module(body=()).code_for_node(node):
        names = ", ".join(_dotted(aliases[index].name) for index in picked)
        raise RewriteError(
            f"{names} would be imported from no package, and there are comments between the names"
            " of this statement; import it in a statement of its own there first"
        )
    commas = [cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")) for _ in picked[1:]]
    return cst.Import(
        names=[
            aliases[index].with_changes(comma=comma)
            for index, comma in zip(picked, [*commas, cst.MaybeSentinel.DEFAULT], strict=True)
        ]
    )


# from a.b import c
#      ^^^
def _with_base(node: cst.ImportFrom, base: str, importer: Importer) -> cst.ImportFrom:
    level = len(node.relative)
    written = _dotted(node.module) if node.module else ""
    old = absolute_base(importer.package_before, level, written)
    if absolute_base(importer.package_after, level, written) == base:
        return node
    anchor = absolute_base(importer.package_before, level, "") if level else None
    new_level, module = _spelling(base, importer, relative_to=anchor if old else None)
    return node.with_changes(
        relative=[cst.Dot() for _ in range(new_level)],
        module=_name_node(module) if module else None,
        # from.a import b, from .import b: legal, until the name there changes its shape
        whitespace_after_from=_at_least_a_space(node.whitespace_after_from),
        whitespace_before_import=_at_least_a_space(node.whitespace_before_import),
    )


def _spelling(base: str, importer: Importer, *, relative_to: str | None) -> tuple[int, str]:
    """Return (level, module): relative where it was and both ends still share a package."""
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


# from a import b        ->  from x import c as b
#               ^                          ^^^^^^
def _renamed(alias: cst.ImportAlias, leaf: str) -> cst.ImportAlias:
    if alias.asname is not None:
        return alias.with_changes(name=cst.Name(leaf))
    return alias.with_changes(
        name=cst.Name(leaf), asname=cst.AsName(name=cst.Name(_dotted(alias.name)))
    )


def _successor(module: str, names: NameMap) -> str:
    known = names.known(module)
    if known is None:
        return module
    new = names.modules[known]
    if new is None:
        raise RewriteError(f"{known} is gone after the approved steps, and is still imported")
    return new + module[len(known) :]


def _at_least_a_space(
    space: cst.BaseParenthesizableWhitespace,
) -> cst.BaseParenthesizableWhitespace:
    return space if not space.empty else cst.SimpleWhitespace(" ")


def _dotted(node: cst.CSTNode) -> str:
    return get_full_name_for_node_or_raise(node)


def _name_node(dotted: str) -> cst.Attribute | cst.Name:
    head, _, tail = dotted.rpartition(".")
    if not head:
        return cst.Name(tail)
    return cst.Attribute(value=_name_node(head), attr=cst.Name(tail))
