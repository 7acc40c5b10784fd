"""Module names put together from a package and the rest.

`f"shop.infra.{backend}.storage"` is no name of a module, so there is nothing to rename; when some
of the modules that it can mean leave their place, it means nothing any more. Fixed by hand, since
only people know which names are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from reorg_lib.model import Hazard, Severity
from reorg_lib.plan.hazard_kinds.code import Code
from reorg_lib.plan.hazard_kinds.ground import Ground, hazard, listed

KIND = "composed-name"
_OPEN = "\0"
_BORDER = rb"(?<![\w.\x80-\xff])"


def find(ground: Ground) -> Iterator[Hazard]:
    """Yield the strings that begin with a package and are completed at run time."""
    absolute = re.compile(
        _BORDER + rb"(" + re.escape(ground.root.encode()) + rb"(?:\.\w+)*)\.(?=[\"'{%])"
    )
    for path, content in ground.texts():
        if not path.endswith(".py"):
            continue
        for match in absolute.finditer(content):
            code = ground.code(path)
            string = code.string_at(match.start())
            package: str = match[1].decode()
            if string is not None and package in ground.names:
                starts = content[string.start_byte : match.start()].strip(b"rbfuRBFU\"'") == b""
                if starts:
                    yield from _judge(_Use(code, string, package, False), ground)
        if b'".' in content or b"'." in content or b"{__" in content or b"__ +" in content:
            yield from _own(ground.code(path), ground)


@dataclass(frozen=True, slots=True)
class _Use:
    """One string that begins with a package; `direct` when it can only name its own children."""

    code: Code
    string: Node
    package: str
    direct: bool


def _own(code: Code, ground: Ground) -> Iterator[Hazard]:
    """`import_module(f".{name}", __package__)` and `import_module(f"{__name__}.{name}")`."""
    module = ground.by_path.get(code.path)
    if module is None or b"import_module" not in code.content:
        return
    for call in code.calls_of("import_module"):
        given = call.argument(0, "name")
        if given is None or code.literal(given) is not None:
            continue
        text = code.text(given).lstrip("rfRF").lstrip("\"'")
        relative = code.argument_text(call, 1, "package")
        package = None
        # "." + name        f".{name}"
        if re.match(r"\.(?:\{|[\"'])", text) and relative in ("__package__", "__name__"):
            package = module.name if relative == "__name__" else module.package
        # f"{__package__}.{name}"        __name__ + "." + name
        elif own := re.match(r"\{?(__name__|__package__)(?:\}\.|\s*\+\s*[\"']\.)", text):
            package = module.name if own[1] == "__name__" else module.package
        if package is not None and package in ground.names:
            yield from _judge(_Use(code, given, package, True), ground)


def _judge(use: _Use, ground: Ground) -> Iterator[Hazard]:
    whole = _whole(use.string)
    is_prefix = not use.direct and not _is_completed(whole, use.code)
    if is_prefix:  # name.startswith("shop.infra."): only what goes out of the package matters
        strays = [name for name in ground.strays(use.package) if _goes_out(name, use, ground)]
    else:
        meant = _meant(use, ground)
        strays = [name for name in ground.strays(use.package) if meant.fullmatch(name)]
    if not strays:
        return
    leave = f"{listed(strays)} {'leave' if len(strays) > 1 else 'leaves'} that place"
    said = f"`{use.code.text(whole)}`"
    yield hazard(
        KIND,
        use.code.path,
        use.code.line(use.string),
        f"{said} means all that lies in {use.package}, but {leave}: see whether it still should"
        if is_prefix
        else f"{said} begins with {use.package} and is completed when it runs, but {leave}: "
        "write out what it means",
        Severity.NOTE if is_prefix else Severity.BLOCK,
    )


def _goes_out(name: str, use: _Use, ground: Ground) -> bool:
    new, home = ground.names[name], ground.names[use.package]
    return new is None or home is None or not new.startswith(home + ".")


def _is_completed(whole: Node, code: Code) -> bool:
    """An f-string with something in it, a sum, `%`, `.format()` or `.join()`."""
    if whole.type == "binary_operator":
        return True
    if any(child.type == "interpolation" for child in whole.named_children):
        return True
    outer = whole.parent
    return outer is not None and outer.type == "attribute" and code.text(outer).endswith(".format")


def _meant(use: _Use, ground: Ground) -> re.Pattern[str]:
    """The modules that the string can become, as a pattern of their old names."""
    anything = re.compile(re.escape(use.package) + r"\.[\w.]+")
    if use.direct or use.string.type != "string":
        return anything
    template = re.split(rf"[^\w.{_OPEN}]", _template(use.string))[0]
    if _OPEN not in template:  # "shop." + name
        return anything
    while _OPEN in template:  # f"shop.{a}.di.make" can mean something in shop.x.di
        pattern = re.compile(re.escape(template).replace(re.escape(_OPEN), r"[\w.]+"))
        if any(map(pattern.fullmatch, ground.names)):
            return pattern
        template = template.rpartition(".")[0]
    return anything


def _template(string: Node) -> str:
    """What an f-string, a `%` or a `.format` string says, `_OPEN` for what is put in."""
    said = []
    for child in string.named_children:
        if child.type == "interpolation":
            said.append(_OPEN)
        elif child.type == "string_content":
            text = (child.text or b"").decode(errors="replace")
            said.append(re.sub(r"%\(?\w*\)?s|\{\w*\}", _OPEN, text))
    return "".join(said)


def _whole(string: Node) -> Node:
    """`"shop." + name` around its first piece."""
    node = string
    while node.parent is not None and node.parent.type in (
        "binary_operator",
        "concatenated_string",
    ):
        node = node.parent
    return node
