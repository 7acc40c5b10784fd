"""The new names of modules, names and paths in a text, as the proof reads them.

It is the proof's own map from old to new names, and the form of a text in which a reference is
replaced by what it reaches. It shares no code with the rewriter's map.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

_NAME = r"\w+(?:[ \t]+as[ \t]+\w+)?"
_IMPORT_IN_TEXT = re.compile(
    rf"(?:\b|(?<=(?<!\\)\\[nrt]))from[ \t]+([\w.]+)[ \t]+"
    rf"import[ \t]+({_NAME}(?:[ \t]*,[ \t]*{_NAME})*)"
)
# a name may follow an escape: "\\ta.b", and a section's tool or an option: mypy-a.b, -pa.b
_BORDER = r"(?:(?<![\w.])|(?<=(?<!\\)\\[abfnrtv])|(?<=[\s\"'=,\[]-p))"
_PATH_BORDER = r"(?:(?<![\w.-])|(?<=(?<!\\)\\[abfnrtv]))"
_ESCAPED_DOT = re.compile(r"\\{1,2}(?=\.)")
_BACK = re.compile(r"\\+")
_SPELLED = re.compile(r"(?:⟨[^⟩]*⟩(?:; )?)+")


class NewNames:
    """The map from old to new names, for modules and for names and paths in a text.

    A module that stays below a package that moves is a pair of its name with itself. A map without
    pairs changes nothing; it is used for the side after the moves. Each text that names something
    renamed contains one of the `beginnings`. `words` are the pairs for texts, if they differ.
    """

    def __init__(
        self,
        modules: Mapping[str, str],
        paths: Mapping[str, str],
        words: Mapping[str, str] | None = None,
    ) -> None:
        self._modules = modules
        self._words = {**paths, **modules} if words is None else words
        self.beginnings = frozenset(re.split("[./]", word)[0] for word in self._words)

    def dotted(self, name: str) -> str:
        """Return the new form of an absolute dotted name, by its longest renamed prefix."""
        head, tail = name, ""
        while head and head not in self._modules:
            head, _, last = head.rpartition(".")
            tail = f".{last}{tail}"
        return self._modules[head] + tail if head else name

    def text(self, text: str) -> str:
        """Return a text with all renamed words in it replaced at once, and dots unescaped."""
        if not self._words:
            return text
        plain = _ESCAPED_DOT.sub("", text)
        if not any(beginning in plain for beginning in self.beginnings):
            return plain
        return self._pattern.sub(lambda match: self._words[_BACK.sub("/", match.group())], plain)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The pattern for the longest word at a position; a path is longer than a name."""
        names = _longest({tuple(w.split(".")) for w in self._words if "/" not in w}, r"\.")
        # app/db.py is the same as app\\db.py
        paths = _longest({tuple(w.split("/")) for w in self._words if "/" in w}, r"(?:/|\\{1,2})")
        return re.compile(rf"(?:{_PATH_BORDER}{paths}|{_BORDER}{names})(?![\w-])")


NOT_RENAMED = NewNames({}, {})


# a, a.b, a.c: (?:a(?:\.(?:b|c))?)
def _longest(words: Collection[tuple[str, ...]], separator: str) -> str:
    """Return a pattern for the longest word at a position; shared parts are in it only once."""
    below: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for word in words:
        below[word[0]].add(word[1:])
    said = []
    for part, rests in sorted(below.items(), key=lambda item: (-len(item[0]), item[0])):
        deeper = f"(?:{separator}{_longest(rests - {()}, separator)})" if rests != {()} else ""
        said.append(re.escape(part) + deeper + ("?" if deeper and () in rests else ""))
    return f"(?:{'|'.join(said) or '(?!)'})"


def normalized_text(text: str, new_names: NewNames) -> str:
    """Return a text with new names and paths, and with imports replaced by what they bind."""

    def bindings(match: re.Match[str]) -> str:
        said, plain = [], []
        for words in (name.split() for name in match[2].split(",")):
            name, target = words[-1], new_names.dotted(f"{match[1]}.{words[0]}")
            if "." in target:
                said.append(f"⟨{name} = {target}⟩")
            else:  # from a import b, where b is in no package after the moves: import b
                plain.append((len(said), target if target == name else f"{target} as {name}"))
        if not plain:
            return "".join(said)
        import_ = f"import {', '.join(written for _, written in plain)}"
        parts = [import_, "".join(said)] if plain[0][0] == 0 else ["".join(said), import_]
        return "; ".join(filter(None, parts))

    parts: list[str] = []
    at = 0
    # a name that was already renamed must not be renamed again, as in a swap
    spelled = _IMPORT_IN_TEXT.sub(bindings, text)
    for match in _SPELLED.finditer(spelled):
        parts += [new_names.text(spelled[at : match.start()]), _sorted_spelling(match)]
        at = match.end()
    return "".join([*parts, new_names.text(spelled[at:])])


def _sorted_spelling(match: re.Match[str]) -> str:
    return "".join(sorted(re.findall("⟨[^⟩]*⟩", match.group())))
