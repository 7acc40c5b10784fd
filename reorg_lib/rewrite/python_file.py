"""The edits of one Python file: imports, attribute chains, strings and comments.

It combines these edits, and writes the text around a statement that becomes two.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, replace

import libcst as cst

from reorg_lib.errors import RewriteError
from reorg_lib.model import Edit, ImportStatement, Module, apply_edits
from reorg_lib.rewrite.attribute_chains import NO_CHAINS, Reach, rewrite_chains
from reorg_lib.rewrite.chain_collector import RespelledChain
from reorg_lib.rewrite.import_renaming import Importer, rewrite_import, stays
from reorg_lib.rewrite.import_statement import DIRECTIVE
from reorg_lib.rewrite.libcst_parsing import UNREADABLE
from reorg_lib.rewrite.name_map import NameMap
from reorg_lib.rewrite.text_names import StaleName, TextRenamer

_A_LOCAL_NAME = "a local name of the code, and not the module"


@dataclass(frozen=True, slots=True)
class FileEdits:
    """What happens inside one file.

    `stale` are old names that stay for the reason `why`; `refused` are sentences about code whose
    names would no longer exist.
    """

    edits: tuple[Edit, ...]
    stale: tuple[StaleName, ...] = ()
    refused: tuple[str, ...] = ()
    why: str = "the package is gone and its modules went to several places"


def edit_python(
    source: bytes,
    module: Module,
    importer: Importer,
    names: NameMap,
    renamer: TextRenamer,
    reach: Reach,
    asked: frozenset[str] = frozenset(),
) -> FileEdits:
    """Return the edits that give `module` the new names, and no others.

    Args:
        source: the file's bytes; everything outside the edits stays as it is.
        reach: how code reaches moved modules (`attribute_chains.reach_of`).
        asked: the names that other modules take from this one.
    """
    file = renamer.text_of(module.path, source)
    in_text = [item for span in module.syntax.texts for item in renamer.edits(file, *span)]
    stale = tuple(item for item in in_text if isinstance(item, StaleName))
    text_edits = [item for item in in_text if isinstance(item, Edit)]
    refused: list[str] = []
    chains = NO_CHAINS
    if reach.concerns(module, source):
        try:
            chains = rewrite_chains(source, module, names, asked)
        except UNREADABLE as error:
            line = error.raw_line if isinstance(error, cst.ParserSyntaxError) else 1
            refused.append(
                f"{module.path}:{line}: libcst cannot read it, and it imports a package"
                " that modules leave; correct the syntax, or import the modules themselves there"
            )
        stale += tuple(StaleName(*place, _A_LOCAL_NAME) for place in chains.local)
        for start, sentence in chains.unreachable:
            line = source.count(b"\n", 0, start) + 1
            refused.append(f"{module.path}:{line}: {sentence}")
    encoding = _encoding(source)
    statements: list[Edit] = []
    for statement in module.syntax.imports:
        respelled = chains.imports.get(statement.start, RespelledChain({}, ()))
        also = sorted({*_also(statement, module, names, chains.loads), *respelled.also})
        if not also and stays(statement, importer, names):
            continue
        inside = [e for e in text_edits if statement.start <= e.start < statement.end]
        old = source[statement.start : statement.end]
        code = apply_edits(old, inside, offset=statement.start).decode(encoding)
        try:
            said = rewrite_import(code, importer, names, also=also, bound=respelled.bound)
        except RewriteError as error:
            refused.append(f"{module.path}:{statement.line}: {error}")
            continue
        if said == (code,):
            continue
        text_edits = [e for e in text_edits if e not in inside]
        joined = _join(said, source, statement, encoding)
        statements.append(Edit(statement.start, statement.end, old, joined, "import"))
    edits = [_narrowed(edit) for edit in (*text_edits, *chains.edits, *statements)]
    return FileEdits(tuple(sorted(edits)), stale, tuple(refused))


def _join(
    statements: tuple[str, ...], source: bytes, statement: ImportStatement, encoding: str
) -> bytes:
    if len(statements) == 1:
        return statements[0].encode(encoding)
    line_start = source.rfind(b"\n", 0, statement.start) + 1
    line_end = source.find(b"\n", statement.end)
    rest = source[statement.end : line_end if line_end >= 0 else len(source)]
    before = source[line_start : statement.start].removeprefix(b"\xef\xbb\xbf")
    comment = rest.strip().decode(encoding)
    continued = source[:line_start].rstrip(b"\r\n").endswith(b"\\")
    if before.strip() or continued or (comment and not comment.startswith("#")):
        # x = 1; from a import b, c     or     if x: from a import b, c     or     if x: \ and so on
        return "; ".join(statements).encode(encoding)
    newline = "\r\n" if rest.endswith(b"\r") else "\n"
    directive = f"  {comment}" if DIRECTIVE.match(comment) else ""
    return f"{directive}{newline}{before.decode(encoding)}".join(statements).encode(encoding)


def _also(
    statement: ImportStatement,
    module: Module,
    names: NameMap,
    loads: frozenset[tuple[str, str]],
) -> list[str]:
    """Parent modules that `import a.b.c` loaded, that the file uses, and that go elsewhere.

    import a.b.c    loads a.b too; after c went to a.x, nothing would load a.b any more
    """
    if statement.is_from:
        return []
    plain = [n.name for n in statement.names if n.alias is None]
    everywhere = [
        names.modules.get(n.name, n.name) or ""
        for other in module.syntax.imports
        if not other.is_from
        for n in other.names
        if n.alias is None
    ]
    found = set()
    for old, _ in loads:
        # the module itself, or the parent package whose code loads it
        ways = (n for n in _upwards(old) if any(f"{p}.".startswith(n + ".") for p in plain))
        new = names.modules.get(next(ways, "")) or ""
        if "." in new and not any(f"{e}.".startswith(new + ".") for e in everywhere):
            found.add(new)
    return sorted(found)


def _upwards(module: str) -> Iterator[str]:
    while module:
        yield module
        module = module.rpartition(".")[0]


def _narrowed(edit: Edit) -> Edit:
    """Remove what both sides share from an edit, at the borders of words and dotted names."""
    old, new = edit.old, edit.new
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    while head and _inside_name(old, new, head):
        head -= 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    while tail and (_inside_name(old, new, len(old) - tail, len(new) - tail)):
        tail -= 1
    end = len(old) - tail
    return replace(
        edit,
        start=edit.start + head,
        end=edit.start + end,
        old=old[head:end],
        new=new[head : len(new) - tail],
    )


def _inside_name(old: bytes, new: bytes, at: int, at_new: int | None = None) -> bool:
    at_new = at if at_new is None else at_new
    sides = ((old, at), (new, at_new))
    return any(
        0 < i < len(text) and _is_name_byte(text[i - 1]) and _is_name_byte(text[i])
        for text, i in sides
    )


def _is_name_byte(byte: int) -> bool:
    return byte >= 0x80 or chr(byte).isalnum() or byte in b"_./"


def _encoding(source: bytes) -> str:
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    return "utf-8" if encoding == "utf-8-sig" else encoding
