"""Split modules really run: the same tables, DDL, names and answers before and after."""

from __future__ import annotations

import importlib
import itertools
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, make_url
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from reorg_lib.errors import RewriteError
from reorg_lib.model import SplitChange
from tests.unit.rewrite.split.test_split_module import Parts, cut

DIALECTS = tuple(make_url(url).get_dialect()() for url in ("sqlite://", "postgresql+asyncpg://"))
Load = Callable[[str, SplitChange], tuple[ModuleType, ModuleType]]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Return an importer of both sides of a split: the module as it was, and the package."""
    known = set(sys.modules)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    count = itertools.count()

    def both(source: str, change: SplitChange) -> tuple[ModuleType, ModuleType]:
        number = next(count)
        (tmp_path / f"whole_{number}.py").write_bytes(change.before)
        folder = tmp_path / f"cut_{number}"
        folder.mkdir()
        (folder / "__init__.py").write_bytes(change.after)
        for part in change.parts:
            (folder / Path(part.path).name).write_bytes(part.content)
        importlib.invalidate_caches()
        before = importlib.import_module(f"whole_{number}")
        return before, importlib.import_module(f"cut_{number}")

    yield both
    for name in set(sys.modules) - known:
        if name.startswith(("whole_", "cut_")):
            del sys.modules[name]


def ddl(metadata: MetaData) -> list[str]:
    """Return all that both databases would be told, in the order of the tables' needs."""
    said = []
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        elements: list[DDLElement] = [CreateTable(table), *map(CreateIndex, indexes)]
        said += [str(e.compile(dialect=d)) for e in elements for d in DIALECTS]
    return said


def differences(schema: MetaData, target: MetaData) -> list[Any]:
    """Return what alembic's autogenerate sees between a database of `schema` and `target`."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        schema.create_all(connection)
        return list(compare_metadata(MigrationContext.configure(connection), target))


CORE = """
'''Tables.'''
import datetime
from sqlalchemy import (
    CheckConstraint, Column, DateTime, Enum, ForeignKey, Index, Integer, MetaData, String, Table,
    UniqueConstraint, event, text,
)

NAMING = {"ix": "ix_%(column_0_label)s", "fk": "fk_%(table_name)s_%(column_0_name)s"}
metadata = MetaData(naming_convention=NAMING)
LONG = 255
_Name = String(LONG)
seen = []

def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)

def _stamps():
    return [Column("created_at", DateTime, default=_now), Column("updated_at", DateTime)]

users = Table("users", metadata, Column("id", Integer, primary_key=True),
              Column("name", _Name, index=True), *_stamps())
Index("ix_users_created", users.c.created_at.desc())

@event.listens_for(users, "before_create")
def _about_to(target, connection, **kw):
    seen.append(target.name)

posts = Table(
    "posts", metadata,
    Column("id", Integer, primary_key=True),
    Column("author", ForeignKey(users.c.id, ondelete="CASCADE"), nullable=False),
    Column("state", Enum("draft", "out", name="post_state"), server_default=text("'draft'")),
    *_stamps(),
    UniqueConstraint("author", "id", name="uq_posts_author"),
)
Index("ix_posts_state", posts.c.state, sqlite_where=posts.c.state == "out",
      postgresql_where=posts.c.state == "out")
tags = Table("tags", metadata, Column("post", ForeignKey("posts.id")), Column("tag", _Name),
             CheckConstraint("tag <> ''", name="tag_said"))
users.info["kind"] = "people"
posts.append_constraint(CheckConstraint("id > 0", name="positive"))
for _table in (users, posts):
    _table.comment = "kept by hand"
"""


@pytest.mark.parametrize(
    "parts",
    [
        {"auth.py": ("users",), "content.py": ("posts", "tags")},
        {"auth.py": ("users",), "posts.py": ("posts",), "tags.py": ("tags",)},
        {"meta.py": ("metadata", "NAMING"), "users.py": ("users", "tags"), "posts.py": ("posts",)},
    ],
    ids=["two", "three", "shared part named"],
)
def test_core_tables_say_the_same_to_every_database(parts: Parts, load: Load) -> None:
    before, after = load(CORE, cut(CORE, parts))
    assert ddl(after.metadata) == ddl(before.metadata)
    assert len(after.metadata.tables) == 3
    assert after.users.info == {"kind": "people"}
    assert differences(before.metadata, after.metadata) == []
    assert after.seen == []
    after.metadata.create_all(create_engine("sqlite://"))
    assert after.seen == ["users"]


def test_the_metadata_is_one_and_a_part_imported_alone_registers_all(load: Load) -> None:
    parts: Parts = {"auth.py": ("users",), "posts.py": ("posts",), "tags.py": ("tags",)}
    _, after = load(CORE, cut(CORE, parts))
    alone = f"import {after.__name__}.tags as t; print(len(t.metadata.tables))"
    folder = Path(str(after.__file__)).parent.parent
    done = subprocess.run(
        [sys.executable, "-B", "-c", alone], cwd=folder, capture_output=True, text=True, check=True
    )
    assert done.stdout == "3\n"


def test_a_table_too_few_would_be_seen(load: Load) -> None:
    """The comparison itself: without one part's import, alembic wants to drop its table."""
    change = cut(CORE, {"auth.py": ("users", "posts"), "tags.py": ("tags",)})
    after = b"\n".join(line for line in change.after.split(b"\n") if b".tags" not in line)
    broken = type(change)(change.path, change.before, after.replace(b'"tags",', b""), change.parts)
    whole, package = load(CORE, broken)
    assert ddl(package.metadata) != ddl(whole.metadata)
    found = differences(whole.metadata, package.metadata)
    assert [step[0] for step in found if isinstance(step, tuple)] == ["remove_table"]


ORM = """
from __future__ import annotations
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

metadata = Base.metadata

class Stamped:
    created: Mapped[str] = mapped_column(String(30))

class User(Stamped, Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    posts = relationship("Post", back_populates="author")

class Post(Stamped, Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    author: Mapped[User] = relationship(back_populates="posts")
"""


def test_declarative_classes_find_each_other(load: Load) -> None:
    before, after = load(ORM, cut(ORM, {"users.py": ("User",), "posts.py": ("Post",)}))
    assert ddl(after.metadata) == ddl(before.metadata)
    post = after.Post(author=after.User(created="now"), created="now")
    assert post.author.posts == [post]


PLAIN = """
import dataclasses
import enum
from dataclasses import dataclass, field
from functools import cache

LIMIT = 3
UNITS = ("m", "s")

class Kind(enum.Enum):
    SMALL = LIMIT
    LARGE = LIMIT * 2

@dataclass(frozen=True)
class Point:
    x: int
    y: int = LIMIT

@dataclass
class Line:
    start: Point
    end: Point = field(default_factory=lambda: Point(0))
    kind: "Kind" = Kind.SMALL

@cache
def length(line: Line) -> int:
    return abs(line.end.x - line.start.x) + _wide(line)

def _wide(line):
    return abs(line.end.y - line.start.y) * LIMIT

def describe(line):
    return dataclasses.asdict(line) | {"unit": UNITS[0], "length": _wide(line)}
"""


def test_classes_constants_and_functions_answer_the_same(load: Load) -> None:
    parts: Parts = {
        "shapes.py": ("Point", "Line"),
        "kinds.py": ("Kind",),
        "measures.py": ("length", "describe"),
    }
    before, after = load(PLAIN, cut(PLAIN, parts))
    public = {n for n in vars(before) if not n.startswith("_")} - {
        "dataclasses", "enum", "dataclass", "field", "cache"
    }  # fmt: skip
    assert public == {"LIMIT", "UNITS", "Kind", "Point", "Line", "length", "describe"}
    assert public == set(after.__all__)
    for name in sorted(public):
        assert hasattr(after, name)
    line = [module.Line(module.Point(1, 2)) for module in (before, after)]
    told = [str(m.describe(one)).replace(m.__name__, "") for m, one in zip(
        (before, after), line, strict=True
    )]  # fmt: skip
    assert told[0] == told[1].replace(".kinds", "")
    assert after.Line.__dataclass_fields__["kind"].default is after.Kind.SMALL


HINTED = """
from __future__ import annotations
import inspect

class Tree:
    def __init__(self, leaves: list[Leaf] | None = None) -> None:
        self.leaves = leaves or []

class Leaf:
    def of(self, tree: Tree) -> Tree:
        tree.leaves.append(self)
        return tree
"""


def test_parts_that_annotate_each_other_run(load: Load) -> None:
    before, after = load(HINTED, cut(HINTED, {"tree.py": ("Tree",), "leaf.py": ("Leaf",)}))
    assert len(after.Leaf().of(after.Tree()).leaves) == 1
    for name in ("Tree.__init__", "Leaf.of"):
        owner, method = name.split(".")
        notes = [getattr(getattr(m, owner), method).__annotations__ for m in (before, after)]
        assert notes[0] == notes[1]


# ----------------------------------------------------------------------------------- at random


def drawn(count: int, seed: int) -> str:
    """Return a module of `count` tables with keys to earlier tables, indexes and helpers."""
    choose = random.Random(seed)
    lines = [
        '"""Drawn."""',
        "from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, text",
        "metadata = MetaData()",
        "SIZE = 40",
        "def _id():",
        '    return Column("id", Integer, primary_key=True)',
        "",
    ]
    indexes: list[str] = []
    for n in range(count):
        keys = sorted(choose.sample(range(n), min(n, choose.randint(0, 2))))
        spelled = [f"t{k}.c.id" if choose.random() < 0.3 else f'"t{k}.id"' for k in keys]
        columns = [
            f'    Column("k{k}", ForeignKey({s})),' for k, s in zip(keys, spelled, strict=True)
        ]
        lines += ["", f"# ---- t{n} ----", f't{n} = Table("t{n}", metadata, _id(),', *columns]
        lines += ['    Column("name", String(SIZE), server_default=text("\'\'")))']
        index = f'Index("ix_t{n}_name", t{n}.c.name)'
        (lines if choose.random() < 0.5 else indexes).append(index)
    return "\n".join([*lines, "", *indexes, ""])


@pytest.mark.parametrize("chunk", range(5))
def test_random_partitions_keep_the_ddl_or_name_the_cycle(chunk: int, load: Load) -> None:
    source = drawn(20, seed=chunk)
    tables = [f"t{n}" for n in range(20)]
    kept = 0
    for seed in range(chunk * 10, chunk * 10 + 10):
        choose = random.Random(seed)
        parts: dict[str, list[str]] = {}
        for table in tables:
            if choose.random() < 0.9:
                parts.setdefault(f"p{choose.randint(0, seed % 6 + 1)}.py", []).append(table)
        try:
            change = cut(source, {part: tuple(names) for part, names in sorted(parts.items())})
        except RewriteError as error:
            assert "would import each other" in str(error), f"seed {seed}: {error}"
            assert error.reasons
            continue
        before, after = load(source, change)
        assert ddl(after.metadata) == ddl(before.metadata), f"seed {seed}"
        assert set(tables) <= set(after.__all__), f"seed {seed}"
        kept += 1
    assert kept, "all ten were refused, so nothing was shown"


def drawn_plain(count: int, seed: int) -> str:
    """Return a module of constants, functions, classes, a registry and a log of what has run."""
    choose = random.Random(seed)
    lines = ["import functools", "log = []", "kept = {}", "", "def note(name):",
             "    log.append(name)", "    return name", "", "def keep(thing):",
             "    kept[thing.__name__] = len(kept)", "    return thing"]  # fmt: skip
    for n in range(count):
        earlier = [f"d{k}" for k in choose.sample(range(n), min(n, choose.randint(0, 2)))]
        others = [f"d{k}" for k in choose.sample(range(count), 1) if choose.random() < 0.2]
        shown = ", ".join(f"type({name}).__name__" for name in earlier)
        lines += ["", f"# ---- d{n}"]
        match choose.randrange(7):
            case 0:
                lines += [f"d{n} = ({n}, {shown})"]
            case 1:
                lines += [f"d{n} = note('d{n}')"]
            case 2:
                lines += ["@keep", f"class d{n}:", f"    held = [{shown}]"]
            case 3:
                lines += [f"class d{n}:", f'    """One of {n},', "", '    # no comment"""']
                lines += [f"    @functools.cache  # {n}", "    def get(self):"]
                lines += [f"        return [{', '.join([*earlier, *others])}]"]
            case 4:
                lines += ["@functools.lru_cache(", "    maxsize=None,", ")", f"def d{n}(x=1):"]
                lines += [f"    return x, [{', '.join([*earlier, *others])}]", "    # its end"]
            case 5:
                lines += [f"d{n} = {n}; e{n} = [{shown}]"]
            case _:
                lines += [f"if len(log) >= 0 and {n % 2}:", f"    d{n} = {n}", "else:"]
                lines += [f"    d{n} = [{shown}]"]
    return "\n".join([*lines, ""])


def told(module: ModuleType, count: int) -> list[str]:
    """Return all that a drawn module answers, addresses and the module's own name left out."""
    answers = [str(module.log), str(module.kept)]
    for n in range(count):
        thing = getattr(module, f"d{n}")
        if isinstance(thing, type):
            thing = [vars(thing).get("held"), thing.__doc__, getattr(thing, "get", str)(thing)]
        elif callable(thing):
            thing = thing()
        answers.append(f"{n}: {thing}")
    said = re.sub(r"(whole|cut)_\d+(\.\w+)*", "m", "\n".join(answers))
    return re.sub(r" at 0x\w+", "", said).splitlines()


@pytest.mark.parametrize("chunk", range(3))
def test_random_partitions_of_plain_code_answer_the_same(chunk: int, load: Load) -> None:
    count = 14
    kept = 0
    for seed in range(chunk * 20, chunk * 20 + 20):
        source = drawn_plain(count, seed)
        choose = random.Random(seed)
        parts: dict[str, list[str]] = {}
        for name in choose.sample([f"d{n}" for n in range(count)], choose.randint(2, 5)):
            parts.setdefault(f"p{choose.randint(0, seed % 3 + 1)}.py", []).append(name)
        try:
            change = cut(source, {part: tuple(names) for part, names in sorted(parts.items())})
        except RewriteError as error:
            assert error.reasons, f"seed {seed}: {error}"
            continue
        before, after = load(source, change)
        assert told(after, count) == told(before, count), f"seed {seed}"
        public = {name for name in vars(before) if not name.startswith("_")} - {"functools"}
        assert public == set(after.__all__), f"seed {seed}"
        kept += 1
    print(f"seeds {chunk * 20}-{chunk * 20 + 19}: {kept} carried out")
    assert kept, "all twenty were refused, so nothing was shown"
