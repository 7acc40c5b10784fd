"""pyrefly as an editor uses it: `workspace/willRenameFiles` for all files in one request.

    python -m benchmarks.contestants.pyrefly_moves TREE MOVES.json

The editor's part is done here: the answer's edits are applied and the files are moved. The server
answers before it has read the whole workspace, so the request is sent after its log says that it
has. If two of its edits are for one place, as when a package and its module both move, the longer
one is used, which is right more often.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from benchmarks.contestants.moves import Moves, move_files, read_moves

_READY = b"Populated all files in the workspace"
_PATIENCE, _PAUSE = 600, 0.02
"""Seconds to wait for that line at most, and between two looks."""


class Server:
    """A language server on pipes; requests one after another."""

    def __init__(self, command: list[str], tree: Path) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=tree,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._number = 0
        self._ready = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def ask(self, method: str, parameters: Any) -> Any:
        """Send a request and return its result; the server's own requests get an empty answer."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": parameters})
        while True:
            said = self._receive()
            if "method" in said:
                if "id" in said:
                    self._send({"id": said["id"], "result": _answer(said)})
            elif said.get("id") == self._number:
                if "error" in said:
                    sys.exit(f"{method}: {said['error']['message']}")
                return said.get("result")

    def tell(self, method: str, parameters: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": parameters})

    def wait_until_ready(self) -> None:
        """Wait until the server's log says that it knows the workspace, or until the server ends.

        Meanwhile it requests settings and waits for an answer, so its messages are read.
        """
        until = time.monotonic() + _PATIENCE
        while not self._ready.wait(_PAUSE) and time.monotonic() < until:
            self.ask("workspace/willRenameFiles", {"files": []})

    def close(self) -> None:
        """Shut the server down and wait for its end, so that its cost is counted."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        self._process.wait()

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stderr
        for line in self._process.stderr:
            if _READY in line:
                self._ready.set()
        self._ready.set()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            sys.exit("pyrefly ended without an answer")
        found: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return found


def main() -> None:
    """Ask for the edits, apply them, move the files."""
    tree, moves = Path(sys.argv[1]).resolve(), read_moves(Path(sys.argv[2]))
    server = _start(tree, moves)
    files = [
        {"oldUri": (tree / source).as_uri(), "newUri": (tree / target).as_uri()}
        for source, target in moves.pairs
    ]
    server.wait_until_ready()
    edits = server.ask("workspace/willRenameFiles", {"files": files})
    server.close()
    for path, changes in _by_file(edits or {}).items():
        path.write_bytes(edited(path.read_bytes(), changes))
    move_files(tree, moves)


def _start(tree: Path, moves: Moves) -> Server:
    root = tree / moves.source_root
    server = Server([str(Path(sys.executable).with_name("pyrefly")), "lsp"], root)
    operations = {"willRename": True, "didRename": True}
    capabilities = {
        "workspace": {
            "workspaceFolders": True,
            "configuration": True,
            "fileOperations": operations,
            "workspaceEdit": {"documentChanges": True},
        }
    }
    folders = [{"uri": root.as_uri(), "name": root.name}]
    server.ask(
        "initialize",
        {
            "processId": None,
            "rootUri": root.as_uri(),
            "workspaceFolders": folders,
            "capabilities": capabilities,
        },
    )
    server.tell("initialized", {})
    for source, _ in moves.pairs:  # an open file in the editor starts the indexing
        if source.endswith(".py"):
            text = (tree / source).read_text(encoding="utf-8")
            document = {"uri": (tree / source).as_uri(), "languageId": "python", "version": 1}
            server.tell("textDocument/didOpen", {"textDocument": {**document, "text": text}})
            break
    return server


def _answer(request: dict[str, Any]) -> Any:
    if request["method"] == "workspace/configuration":
        return [None for _ in request["params"]["items"]]
    return None


def _by_file(edits: dict[str, Any]) -> dict[Path, list[dict[str, Any]]]:
    found: dict[Path, list[dict[str, Any]]] = {}
    pairs = [
        (change["textDocument"]["uri"], change["edits"])
        for change in edits.get("documentChanges") or ()
        if "textDocument" in change
    ]
    for uri, changes in [*(edits.get("changes") or {}).items(), *pairs]:
        found.setdefault(Path(unquote(urlsplit(uri).path)), []).extend(changes)
    return found


def edited(source: bytes, changes: list[dict[str, Any]]) -> bytes:
    """Apply edits, whose places are lines and UTF-16 units, from the last to the first."""
    lines = source.decode("utf-8").splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode("utf-16-le")))
    text = source.decode("utf-8").encode("utf-16-le")

    def at(place: dict[str, int]) -> int:
        return starts[min(place["line"], len(lines))] + 2 * place["character"]

    spans = {(at(c["range"]["start"]), at(c["range"]["end"]), c["newText"]) for c in changes}
    untouched = len(text)
    for start, end, new in sorted(spans, key=lambda span: (span[0], len(span[2])), reverse=True):
        if end <= untouched:
            text = text[:start] + new.encode("utf-16-le") + text[end:]
            untouched = start
    return text.decode("utf-16-le").encode("utf-8")


if __name__ == "__main__":
    main()
