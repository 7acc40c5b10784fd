"""Old names that a merged branch would keep without a conflict.

They are searched with the code of the proof. Whether `update-branch.sh` renames a place is found
out by running its own functions.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reorg_lib.errors import ToolError
from reorg_lib.git import Merge, ScratchRepository
from reorg_lib.model import ChangeSet, TrackedFile
from reorg_lib.proof.leftover_names import LeftoverNames
from reorg_lib.proof.reading.source_tree import Reading, SourceTree, read_file
from reorg_lib.script.move_order import folders_of
from reorg_lib.script.update_branch import renaming_program

# A conflict as git writes it: both sides changed the same lines; the second one is the branch's.
_SIDES = re.compile(
    rb"^<{7} .*?\n(?:.*?\n)??={7}\r?\n((?:.*?\n)??)>{7} .*?(?:\n|\Z)", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True, order=True)
class OldPlace:
    """A line that uses an old name after the merge, or (line 0) a file in an old folder.

    `renamed` says whether `update-branch.sh` fixes it.
    """

    path: str
    line: int
    text: str
    renamed: bool = False


class BranchNames:
    """Searches one merge after another; files that branches share are read once."""

    def __init__(
        self,
        scratch: ScratchRepository,
        changeset: ChangeSet,
        before: Sequence[TrackedFile],
        after: Sequence[TrackedFile],
        tip: str,
    ) -> None:
        """Prepare the search; `tip` is the commit after the moves."""
        self._scratch = scratch
        self._root = changeset.scope.source_root
        self._before = before
        self._after = after
        self._commit, self._tip = changeset.commit, tip
        self._sources = {c.target: c.source for c in changeset.changes if c.target and c.source}
        named = self._modules(file.path for file in after)
        self._search = LeftoverNames(changeset, named.packages | named.modules.keys())
        there = [file.path for file in after if file.path.endswith(".py")]
        sources = sorted({c.source for c in changeset.changes if c.source} - {*there})
        left = {*folders_of(sources)} - {*folders_of(there)}
        self._left_folders = tuple(f"{folder}/" for folder in sorted(left))
        self._sed = _Sed(renaming_program(changeset))
        self._suspect = _suspect(changeset, self._modules(f.path for f in before), named)
        self._texts: dict[str, bytes] = {}
        self._found: dict[bytes, tuple[tuple[int, str], ...]] = {}
        self._suspects: dict[bytes, bool] = {}
        self._readings: dict[bytes, Reading | None] = {}
        self._kept = self._read_kept(changeset)
        self._spared = {p for p, lines in self._kept.items() if self._sed.changes(lines)}

    def find(self, today: Merge, after: Merge) -> tuple[OldPlace, ...]:
        """Return the old names in the files that the branch changes in the merge `after`, sorted.

        Where both sides changed the same lines, the branch's side is searched: the other side only
        renames, so the branch's side is right. Files with other conflicts are left out.
        """
        changes = self._scratch.changed(self._tip, after.tree)
        beside = {*after.unmerged} - {path for kind, path in after.conflicts if kind == "contents"}
        brought = [f for _, f in changes if f and f.is_regular and f.path not in beside]
        self._read(brought)
        old = self._modules(_paths(self._before, self._scratch.changed(self._commit, today.tree)))
        new = self._modules(_paths(self._after, changes))
        found = [
            OldPlace(file.path, 0, "lies in a folder that all others have left")
            for file in brought
            if file.path.endswith(".py") and file.path.startswith(self._left_folders)
        ]
        lines = {
            file: chosen
            for file in brought
            if (chosen := self._lines(file.path, self._texts[file.blob], old, new))
        }
        split = {file: self._texts[file.blob].split(b"\n") for file in lines}
        self._sed.learn(split[file][n - 1] for file, numbers in lines.items() for n in numbers)
        for file, numbers in lines.items():
            spared = file.path in self._spared
            typed = self._sed.type_lines(split[file], () if spared else numbers)
            still = self._lines(file.path, typed, old, new)
            found += (
                OldPlace(file.path, n, _shown(split[file][n - 1]), n not in still) for n in numbers
            )
        return tuple(sorted(found))

    def _lines(self, path: str, text: bytes, old: SourceTree, new: SourceTree) -> set[int]:
        """Return the lines that contain an old name, or import a module that no longer exists."""
        lines = {*self._named(path, text)}
        if path.endswith(".py") and self._is_suspect(text):
            lines |= {*self._lost_imports(path, text, old, new)}
        return lines

    def _is_suspect(self, text: bytes) -> bool:
        if text not in self._suspects:
            self._suspects[text] = self._suspect.search(text) is not None
        return self._suspects[text]

    def _read(self, files: Iterable[TrackedFile]) -> None:
        """Read the files that were not read for another branch; a binary file counts as empty."""
        missing = {file.blob for file in files} - self._texts.keys()
        for blob, text in self._scratch.contents(missing).items():
            self._texts[blob] = b"" if b"\0" in text else _SIDES.sub(rb"\1", text)

    def _named(self, path: str, text: bytes) -> Iterator[int]:
        """Yield the lines that contain an old name, except lines that keep it on purpose."""
        if text not in self._found:
            names = (name for name in self._search.find(text) if not name.is_word)
            self._found[text] = tuple((name.line, name.text) for name in names)
        lines = [line for line, _ in self._found[text]]
        if path in self._kept:
            split = text.split(b"\n")
            lines = [line for line in lines if split[line - 1] not in self._kept[path]]
        yield from lines

    def _read_kept(self, changeset: ChangeSet) -> Mapping[str, frozenset[bytes]]:
        """Return the reviewed lines of each file that keeps an old name on purpose."""
        paths = {name.path for name in changeset.left}
        files = [file for file in self._after if file.path in paths and file.is_regular]
        self._read(files)
        return {f.path: frozenset(self._texts[f.blob].split(b"\n")) for f in files}

    def _lost_imports(
        self, path: str, text: bytes, old: SourceTree, new: SourceTree
    ) -> Iterator[int]:
        """Yield the lines whose import reaches a module without the moves, and none with them."""
        if text not in self._readings:
            self._readings[text] = read_file(text)
        reading = self._readings[text]
        if reading is None:
            return
        there = old.absolute(self._sources.get(path) or path, reading)
        here = new.absolute(path, reading)
        for line, before, after in zip(reading.imports, there, here, strict=True):
            if old.is_module(f"{before.base}.{before.name}"):
                reached = f"{after.base}.{after.name}"
            elif old.is_module(before.base):
                reached = after.base
            else:
                continue
            if not new.is_module(reached):
                yield line.line

    def _modules(self, paths: Iterable[str]) -> SourceTree:
        return SourceTree({p: b"" for p in paths if p.endswith(".py")}, self._root)


class _Sed:
    """The renaming of `update-branch.sh`, done by its own code."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._typed: dict[bytes, bytes] = {}

    def learn(self, lines: Iterable[bytes]) -> None:
        """Rename in many lines with one sed process, and remember the results."""
        wanted = sorted({*lines} - self._typed.keys())
        if wanted:
            self._typed |= zip(wanted, self._run(wanted), strict=True)

    def changes(self, lines: Iterable[bytes]) -> bool:
        """Return whether the renaming changes any of these lines."""
        known = {*lines}
        self.learn(known)
        return any(self._typed[line] != line for line in known)

    def type_lines(self, lines: Sequence[bytes], numbers: Iterable[int]) -> bytes:
        """Return a text with the renaming applied to some of its lines; `learn` had them before."""
        typed = list(lines)
        for number in numbers:
            typed[number - 1] = self._typed.get(lines[number - 1], lines[number - 1])
        return b"\n".join(typed)

    def _run(self, lines: Sequence[bytes]) -> list[bytes]:
        try:
            with tempfile.TemporaryDirectory(prefix="reorg-") as folder:
                program = Path(folder) / "renaming.sh"
                program.write_text(self._program)
                done = subprocess.run(
                    ["bash", str(program), folder],
                    input=b"".join(line + b"\n" for line in lines),
                    capture_output=True,
                    check=False,
                )
        except FileNotFoundError as error:
            raise ToolError("bash is not installed, or not on PATH") from error
        if done.returncode:
            raise ToolError(f"sed failed: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout.split(b"\n")[:-1]


def _paths(
    files: Iterable[TrackedFile],
    changes: Iterable[tuple[TrackedFile | None, TrackedFile | None]],
) -> set[str]:
    """Return the paths of a tree after some changes."""
    paths = {file.path for file in files}
    for old, new in changes:
        if old and not new:
            paths.discard(old.path)
        if new:
            paths.add(new.path)
    return paths


def _suspect(changeset: ChangeSet, old: SourceTree, new: SourceTree) -> re.Pattern[bytes]:
    """Return a pattern for files that may have a lost import without an old name in it.

    from .store import Store     from pkg.old import store     import pkg.gone
    """
    packages = {renaming.old.rpartition(".")[0] for renaming in changeset.modules}
    gone = {*old.modules, *old.packages} - {*new.modules, *new.packages}
    names = [f"{re.escape(name)}(?![\\w.])" for name in packages]
    names += [f"{re.escape(name)}(?!\\w)" for name in gone - {r.old for r in changeset.modules}]
    known = "|".join(sorted(names)) or "(?!)"
    return re.compile(rf"\bfrom\s*\.|\b(?:from|import)\s[^\n]*?(?<![\w.])(?:{known})".encode())


def _shown(line: bytes) -> str:
    return line.decode(errors="replace").strip()
