"""What a path in a text means: a file or folder of the repository, or something else.

A path counts if it exists: at the root, below the source root, or relative to the file that names
it.
"""

from __future__ import annotations

import posixpath
import re

from reorg_lib.model import NameClass
from reorg_lib.text_references import rule_tables as table
from reorg_lib.text_references.repository_tree import RepositoryTree

_REST = re.compile(r"(?:/[\w.@+~\x80-\U0010ffff-]+)*")
_LEAD = re.compile(r"[^\s\"'`<>()\[\]{},;=|&!^:]*$")
_HOSTED = re.compile(
    r"/(?:blob|tree|raw|edit|src|blame|commits|main|master|HEAD)/|githubusercontent\.com/"
)
# %(here)s/a.py   $(SRC)/a.py   ${ROOT}/a.py   {root}/a.py   ~/a.py   <root>/a.py
_VARIABLE = re.compile(r"(?:\$\w+|%\(\w+\)s|[)}>]|~)/$")

_COMMANDS_IN = ("shell", "yaml", "toml", "ini", "ignore", "plain", "prose", "json")

Answer = tuple[NameClass, str]


class PathClassifier:
    """Classifies paths in one file."""

    def __init__(self, tree: RepositoryTree, path: str) -> None:
        self._tree = tree
        self._folder = posixpath.dirname(path)

    def judge(self, known: str, line: str, rest: str, kind: str) -> Answer:
        """Return what a path means.

        Args:
            known: the part that names a file or folder that moves.
            line: the text before it on its line.
            rest: the text after it.
            kind: the kind of text, as in files.toml.
        """
        found = _LEAD.search(line)
        lead = found.group() if found is not None else ""
        tail = (_REST.match(rest) or [""])[0].rstrip(".")
        after = rest[len(tail) :][:1]
        whole = known + tail
        is_file = "." in known.rpartition("/")[2] and not tail
        address = re.search(r"[A-Za-z][\w+.-]*://[^\s\"'<>]*$", line)
        if address is not None and not address.group().startswith("file:"):
            if _HOSTED.search(address.group()) or (is_file and "." in known):
                return NameClass.MODULE, "is a file of the repository, seen on a server"
            return NameClass.IS_NOT, "is a part of a URL"
        if "/" not in whole and not is_file:
            return self._folder_alone(line, rest, lead, kind)
        if is_file:
            return self._file(known, lead, line, kind)
        if lead.endswith("/") and lead.strip("./") == "" and ".." not in lead and lead[:1] == "/":
            if kind in ("ignore",) or after in "*?[":
                return NameClass.MODULE, "is a path from the root of the repository"
            if kind in ("string", "code", "template", "data", "locale"):
                return NameClass.IS_NOT, "is the path of a URL"
            if not tail and kind in (
                "toml",
                "ini",
                "plain",
                "prose",
                "comment",
                "docstring",
                "shell",
            ):
                return NameClass.MODULE, "is a path from the root of the repository"
            return NameClass.COULD_BE, "may be a folder, or the path of a URL"
        if tail and not self._exists(whole, lead) and after not in "*?[":
            if self._tree.below_another(whole):
                return NameClass.IS_NOT, "lies below another folder"
            if kind in ("string", "template", "code", "locale", "data"):
                return NameClass.COULD_BE, f"there is no {whole}"
        return self._file(known, lead, line, kind)

    # mypy shop        COPY shop /srv/shop        cp -r shop/ x
    def _folder_alone(self, line: str, rest: str, lead: str, kind: str) -> Answer:
        """A folder at the root: an ordinary word, except with a slash or after a command."""
        at_root = lead.lstrip("!-").lstrip("/") in ("", "./")
        if kind in _COMMANDS_IN and at_root:
            if rest[:1] == "/" and (not lead.endswith("/") or kind in ("ignore", "shell")):
                return NameClass.MODULE, "is a folder of the repository"
            words = re.split(r"&&|\|\||;|\$\(", line)[-1].replace('"', " ").split()
            if (
                words
                and words[-1] not in ("=", ":")
                and any(word.rpartition("/")[2] in table.words()["commands"] for word in words)
            ):
                return NameClass.MODULE, "is a folder that a command is given"
        if kind == "shell" and lead.startswith("/") and re.match(r"\s*(?:COPY|ADD)\s", line):
            return NameClass.MODULE, "is a folder that an image is given"
        return NameClass.IS_NOT, "is a word like any other"

    def _file(self, known: str, lead: str, line: str, kind: str) -> Answer:
        above = lead.rstrip("/")
        if not lead.endswith("/") or above in ("", ".") or _VARIABLE.search(line):
            return NameClass.MODULE, "is a file or folder of the repository"
        if lead[:1] in ".":
            return NameClass.MODULE, "is a path seen from another folder"
        if above.startswith("/") and ("/" in known or kind == "shell"):
            return NameClass.MODULE, "is a file or folder of the repository, at an absolute place"
        seen = f"{above.lstrip('!-')}/{known}"
        if self._tree.is_path(posixpath.normpath(seen)):
            return NameClass.IS_NOT, "lies below another folder"
        if _HOSTED.search(f"{above}/"):
            return NameClass.MODULE, "is a file of the repository, seen on a server"
        return NameClass.COULD_BE, f"may be a path below {above}"

    def _exists(self, path: str, lead: str) -> bool:
        if self._tree.is_path(path):
            return True
        seen = posixpath.normpath(posixpath.join(self._folder, lead.lstrip("/") + path))
        return self._tree.is_path(seen)
