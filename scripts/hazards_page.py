"""docs/hazards.md, made from the docstrings of the kinds of hazards.

python -m scripts.hazards_page          write it

The docstring of a kind begins with one line and two or three sentences, and ends with examples:

    Breaks:                              the hazard is found and stops the export
        shop/app.py:                     a file and, indented, its text
            import_module(".di", package="shop.old")
        shop/old/di.py, a.txt            files with nothing in them
        link docs/a to ../shop           a symbolic link
        move shop/old/di.py to shop/di.py
        split shop/m.py to shop/m: a.py = A B, b.py = C
        delete shop/b.py
        fix: ..di                        the text that the fix types; no line where there is no fix
    Noted:                               the hazard is found and only told
    Safe:                                the hazard is not found

Each folder of `shop/` has an `__init__.py`, and a folder is moved with all that is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from types import ModuleType

from reorg_lib.hazards import kinds as kind_modules
from reorg_lib.hazards.find import KINDS
from reorg_lib.model import Decision, Deletion, Move, Severity, Split, Step

PAGE = Path(__file__).parent.parent / "docs" / "hazards.md"
_FOUND = {"Breaks": Severity.BLOCK, "Noted": Severity.NOTE, "Safe": None}
_SAID = {Severity.BLOCK: "Blocks", Severity.NOTE: "Is noted", None: "Safe"}
_INTRODUCTION = """# Hazards

A hazard is something that a move would break although every import is rewritten correctly. This
page is made from the docstrings in [`hazards/kinds/`](../reorg_lib/hazards/kinds) by
`python -m scripts.hazards_page`; the tests run each example.

A hazard that **blocks** stops `reorg export` until the plan settles it; a **note** is only
reported. `hazards.json` has the id, place and sentence of each. Settle a hazard in the review,
or in the plan:

```toml
[[hazard]]
id = "file-anchor:shop/old/db.py:12"
resolution = "fix"        # apply the fix that is offered; or "accept", with a note that says why
note = ""
```

Where the fix is *by hand*, change the code or the plan as the sentence says, or accept the hazard.

How to read an example: a path followed by `:` is a file with its text; the other paths are files
whose text does not matter; each folder of `shop/` has an `__init__.py`. The line `fix:` is what the
offered fix types.
"""
_SECTION = re.compile(r"^(Breaks|Noted|Safe):\n((?:(?: {4}.*)?(?:\n|\Z))+)", re.M)
_STEP = re.compile(r"(move|split|link) (\S+) to ([^\s:]+)(?:: (.+))?|(delete|fix:) (.+)")


@dataclass(frozen=True, slots=True)
class Example:
    """A small repository and the steps of a plan; `found` is None where there is no hazard."""

    kind: str
    found: Severity | None
    text: str
    files: Mapping[str, str]
    links: Mapping[str, str]
    steps: tuple[Step, ...]
    fix: str | None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of hazard, as its module describes it."""

    id: str
    theme: str
    title: str
    about: str
    examples: tuple[Example, ...]


def kinds() -> tuple[Kind, ...]:
    """Return every kind of hazard, by theme and id."""
    return tuple(sorted(map(_kind, KINDS), key=lambda kind: (kind.theme, kind.id)))


def _kind(module: ModuleType) -> Kind:
    doc = f"{dedent(module.__doc__ or '').strip()}\n"
    head = _SECTION.split(doc)[0]
    title, _, about = head.partition("\n")
    examples = tuple(
        example_of(module.KIND, match[1], dedent(match[2]).strip("\n"))
        for match in _SECTION.finditer(doc)
    )
    theme = module.__name__.split(".")[-2]
    return Kind(module.KIND, theme, title.strip(), about.strip(), examples)


def example_of(kind: str, section: str, text: str) -> Example:
    """Read one example."""
    files: dict[str, str] = {}
    links: dict[str, str] = {}
    steps: list[tuple[str, str, str]] = []
    splits: list[Split] = []
    fix: str | None = None
    current = ""
    for line in text.split("\n"):
        step = _STEP.fullmatch(line)
        if line.startswith("    ") or not line:
            files[current] += f"{line[4:]}\n"
        elif step is None and line.endswith(":"):
            current = line[:-1]
            files[current] = ""
        elif step is None:
            files |= dict.fromkeys(line.split(", "), "")
        elif step[1] == "link":
            links[step[2]] = step[3]
        elif step[1] == "split":
            pairs = (part.split(" = ") for part in step[4].split(", "))
            named = tuple((name, tuple(said.split())) for name, said in pairs)
            splits.append(Split(step[2], step[3], Decision.APPROVED, parts=named))
        elif step[5] == "fix:":
            fix = step[6]
        else:
            steps.append((step[1] or step[5], step[2] or step[6], step[3] or ""))
    files.setdefault("shop/__init__.py", "")
    for path in [path for path in files if path.startswith("shop/") and path.endswith(".py")]:
        parts = path.split("/")[:-1]
        for end in range(1, len(parts) + 1):
            files.setdefault("/".join([*parts[:end], "__init__.py"]), "")
    moves = tuple(
        Move(path, target + path[len(source) :], Decision.APPROVED)
        for verb, source, target in steps
        for path in sorted(files)
        if verb == "move" and (path == source or path.startswith(f"{source}/"))
    )
    deletions = tuple(
        Deletion(p, decision=Decision.APPROVED) for verb, p, _ in steps if verb == "delete"
    )
    return Example(kind, _FOUND[section], text, files, links, (*moves, *splits, *deletions), fix)


def page() -> str:
    """Return the text of the page."""
    found = kinds()
    themes = {kind.theme: import_module(f"{kind_modules.__name__}.{kind.theme}") for kind in found}
    lines = [_INTRODUCTION]
    for theme, module in themes.items():
        lines += [f"## {(module.__doc__ or '').strip().rstrip('.')}", ""]
        lines += ["| id | what breaks | severity | fix |", "|---|---|---|---|"]
        lines += [_row(kind) for kind in found if kind.theme == theme]
        lines += ["", *(line for kind in found if kind.theme == theme for line in _shown(kind))]
    return "\n".join(lines).rstrip() + "\n"


def _row(kind: Kind) -> str:
    severities = {example.found for example in kind.examples}
    said = [
        name
        for one, name in ((Severity.BLOCK, "blocks"), (Severity.NOTE, "note"))
        if one in severities
    ]
    fix = (
        "offered where it is certain"
        if any(example.fix for example in kind.examples)
        else "by hand"
    )
    title = kind.title.replace("|", "\\|")
    return f"| [`{kind.id}`](#{kind.id}) | {title} | {' or '.join(said)} | {fix} |"


def _shown(kind: Kind) -> Iterator[str]:
    yield from (f"### {kind.id}", "", kind.title, "", kind.about, "")
    for example in kind.examples:
        yield from (f"{_SAID[example.found]}:", "", "```text", example.text, "```", "")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
