"""Settings files and scripts that name a file without its folder.

It reads the folder that a command works in (`WORKDIR`, `cd`, `cwd=`), and finds the names of moved
files in a text.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from reorg_lib.hazards.reading.cached_readings import once
from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.moved_paths import (
    is_prose,
    is_remark,
    line_of,
)
from reorg_lib.model import Hazard

DIRECTORIES = (
    r"^[ \t]*WORKDIR[ \t]+(?P<at>\S+)",  # Dockerfile
    r"(?:\bcd|\bpushd)[ \t]+(?P<at>[^\s;&|]+)",  # shell, make, batch
    r"\bworking[-_]directory[ \t]*:[ \t]*(?P<at>\S+)",  # GitHub Actions, CircleCI
    r"\b(?:cwd|chdir|changedir|directory|WorkingDirectory|working_dir|workdir)[\"']?"
    r"[ \t]*[=:][ \t]*(?P<at>[^\s,;]+)",  # VS Code, uWSGI, tox, supervisor, systemd, compose
    r"--(?:chdir|app-dir|directory|pythonpath)[ =](?P<at>\S+)",  # gunicorn, uvicorn, uv
    r"(?:\bmake|\bgit)[ \t]+-C[ \t]+(?P<at>\S+)",
)
"""How tools say from which folder the rest of the text is read."""
_DIRECTORY_WORDS = (b"WORKDIR", b"cd", b"pushd", b"irectory", b"cwd", b"dir", b"pythonpath", b"-C")
"""Each of them has one of these in it, which is found faster."""
_DIRECTORY = re.compile("|".join(DIRECTORIES).replace("?P<at>", ""), re.M)
_NAME = r"(?<![\w./\\*${}()%-])(?:[\w-]+/)*[\w-]+\.py(?![\w/.-])"
_BARE = re.compile(_NAME)
_WORD = re.compile(rb"[\w-]+")
_RUN = rb"(?:python[\w.]*|streamlit run|uv run|\brun)[^\n]*?[ /\"']"
_CODE = (".py", ".pyi", ".pyx")
_PASSED_OVER = (*_CODE, ".gitignore", ".dockerignore", ".ipynb", ".lock", ".csv", ".json.gz")


@dataclass(frozen=True, slots=True)
class BareName:
    """A file named without its folder; `from_folder` if the text sets the working folder."""

    text: SettingsText
    match: re.Match[str]
    old: str
    folder: str
    from_folder: bool


@once
def bare_names(context: HazardContext) -> list[BareName]:
    """Return the names of files that move, relative to their folder or to one above."""
    found: list[BareName] = []
    by_name = moved_by_name(context)
    for text in settings_texts(context):
        if b".py" not in text.content:
            continue
        here = posixpath.dirname(text.path)
        said = working_directories(text)
        for match in _BARE.finditer(text.said):
            if is_remark(text.content, match.start()):
                continue
            for old in by_name.get(posixpath.basename(match[0]), ()):
                folder = old.removesuffix(match[0]).rstrip("/")
                if not old.endswith(match[0]) or not folder or f"{folder}/{match[0]}" != old:
                    continue
                if is_below_one(said, match, folder):
                    found.append(BareName(text, match, old, folder, True))
                elif folder == here:
                    found.append(BareName(text, match, old, folder, False))
    return found


@once
def moved_by_name(context: HazardContext) -> Mapping[str, list[str]]:
    """Return base name → the files of this name that move."""
    found: dict[str, list[str]] = defaultdict(list)
    for old, new in context.new_paths.items():
        if new not in (None, old):
            found[posixpath.basename(old)].append(old)
    return found


@once
def settings_texts(context: HazardContext) -> list[SettingsText]:
    """Return the settings and scripts that contain the stem of a moved file's name as a word."""
    stems = {name.partition(".")[0].encode() for name in moved_by_name(context)}
    found: list[SettingsText] = []
    for path, content in context.texts() if stems else ():
        if is_prose(path) or path.endswith(_PASSED_OVER):
            continue
        if not stems.isdisjoint(_WORD.findall(content)):
            found.append(SettingsText(path, content, content.decode("latin-1")))
    return found


def working_directories(text: SettingsText) -> list[tuple[int, str]]:
    """Return the working folders in a text, each with the offset from which it applies."""
    if not any(word in text.content for word in _DIRECTORY_WORDS):
        return []
    return [
        (m.end(), _plain(next(g for g in m.groups() if g))) for m in _DIRECTORY.finditer(text.said)
    ]


def is_below_one(said: list[tuple[int, str]], match: re.Match[str], folder: str) -> bool:
    """Return whether a text sets a working folder before a match."""
    return any(end <= match.start() and f"/{at}".endswith(f"/{folder}") for end, at in said)


@dataclass(frozen=True, slots=True)
class SettingsText:
    """One file; `said` has one character for each byte, so that offsets are the same."""

    path: str
    content: bytes
    said: str

    def tell(
        self, kind: str, match: re.Match[str], why: str, *, group: str | int = 0, fix: str | None
    ) -> Hazard:
        line = line_of(self.content, match.start(group))
        return hazard(kind, self.path, line, why, span=match.span(group), fix=fix)


def _plain(written: str) -> str:
    return re.sub(r"^\$\{\w+\}|^\$\w+", "", written.strip("\"',;)]}")).strip("/").removeprefix("./")


def is_run_by_path(path: str, context: HazardContext) -> bool:
    """Return whether a tracked file runs a Python file by its path."""
    run = re.compile(_RUN + re.escape(path.encode()) + rb"(?![\w/.])")
    word = path.encode()
    return any(word in content and run.search(content) for _, content in context.texts())
