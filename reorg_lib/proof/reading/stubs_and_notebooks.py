"""Stubs, Cython files and notebooks in a form in which an import is replaced by what it binds.

These files are code and no modules. Their import statements are read here without any code of the
rewriter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from reorg_lib.proof.reading.new_names import NewNames
from reorg_lib.proof.reading.source_tree import SourceTree

SUFFIXES = (".pyi", ".pyx", ".pxd", ".pxi", ".ipynb")

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+(c?)import[ \t]*(\([^()]*\)|[^\n#;(]+)"
    r"|(c?)import[ \t]+([\w., \t]+))",
    re.M,
)
_RUN = re.compile(r"(?:⟨[^⟩]*⟩\s*)+")


def other_code_form(path: str, text: str, tree: SourceTree, new_names: NewNames) -> str:
    """Return the text with imports replaced by what they bind, and with new names."""
    name = tree.module_of(path.rpartition(".")[0] + ".py") or ""
    package = name if path.rpartition("/")[2].startswith("__init__.") else name.rpartition(".")[0]
    return "\n\0\n".join(_form(part, package, new_names) for part in _parts(path, text))


def _parts(path: str, text: str) -> Iterator[str]:
    """Yield the cells of a notebook and the text around them; any other file is one part."""
    try:
        book = json.loads(text) if path.endswith(".ipynb") else None
    except ValueError:
        book = None
    if not isinstance(book, dict) or not isinstance(book.get("cells"), list):
        yield text
        return
    for cell in book["cells"]:
        source: Any = cell.pop("source", "")
        yield source if isinstance(source, str) else "".join(map(str, source))
    yield json.dumps(book, sort_keys=True, indent=1)


def _form(text: str, package: str, new_names: NewNames) -> str:
    def bound(match: re.Match[str]) -> str:
        dots, base, kind, taken, plain_kind, plain = match.groups()
        said = []
        if plain is not None:
            for words in (item.split() for item in plain.split(",")):
                if words:
                    # import a.b.c        binds a, and loads a.b.c; import a binds it
                    alias = words[-1] if len(words) == 3 or "." not in words[0] else "load"
                    said.append(f"⟨{plain_kind}{alias} = {new_names.dotted(words[0])}⟩")
            return "".join(sorted(said))
        above = package.split(".")[: len(package.split(".")) - len(dots) + 1] if dots else []
        whole = ".".join([*above, *([base] if base else [])])
        for words in (item.split() for item in re.sub(r"#[^\n]*|[()\\]", " ", taken).split(",")):
            if words:
                said.append(f"⟨{kind}{words[-1]} = {new_names.dotted(f'{whole}.{words[0]}')}⟩")
        return "".join(said)

    parts: list[str] = []
    at = 0
    spelled = _IMPORT.sub(bound, text)
    for match in _RUN.finditer(spelled):
        parts += [new_names.text(spelled[at : match.start()]), *sorted(_pieces(match.group()))]
        at = match.end()
    return "".join([*parts, new_names.text(spelled[at:])])


def _pieces(run: str) -> list[str]:
    return re.findall("⟨[^⟩]*⟩", run)
