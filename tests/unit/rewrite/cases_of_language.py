"""Younger and rarer parts of the language: matching, groups of exceptions, generics, f-strings.

Each program says OLD where the module stands that moves, and HOME for its package; everything else
keeps every byte. What Python 3.11 does not read yet is rewritten too, and is not run.
"""

from __future__ import annotations

from tests.unit.rewrite.cases import PACKAGE, Case

_MODULE = """\
== app/infra/{0}/engine.py
import enum
from functools import singledispatch
class Lost(Exception): pass
class Late(Exception): pass
class Kind(enum.Enum):
    A = 1
    B = 2
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
LIMIT = 3
NAMES = ["a", "b"]
OPTIONS = {{"x": 1}}
def make(*a, **k): return f"made {{a}} {{k}}"
@singledispatch
def show(x): return "any"
"""


def _case(id: str, program: str, *, runs: bool = True) -> Case:
    def drawn(folder: str) -> str:
        home = f"app.infra.{folder}"
        main = program.replace("OLD", f"{home}.engine").replace("HOME", home)
        return f"{_MODULE.format(folder)}== app/main.py\n{main}"

    before = f"{PACKAGE}== app/infra/db/sheet.py\n{drawn('db')}"
    moves = "app/infra/db/engine.py -> app/infra/sql/engine.py"
    return Case(id, before, moves, f"\n{drawn('sql')}", run="app/main.py" if runs else "")


LANGUAGE = (
    _case(
        "match-on-moved-names",
        """\
import OLD
from HOME import engine as k
from OLD import Kind, Point

def tell(value):
    match value:
        case OLD.Kind.A: return "a"
        case k.Kind.B | OLD.LIMIT: return "b or limit"
        case OLD.Point(0, y=OLD.LIMIT): return "edge"
        case Point(x, y) if x == OLD.LIMIT: return "right"
        case {"kind": OLD.Kind.A, **rest}: return f"dict {rest}"
        case [OLD.Point() as p, *others]: return f"list {p.x} {others}"
        case (Kind() | k.Late()): return "never"
        case _: return "?"

values = Kind.A, Kind.B, 3, Point(0, 3), Point(3, 1), {"kind": Kind.A, "o": 1}, [Point(1, 1), 2], 9
match OLD.LIMIT:
    case k.LIMIT: print([tell(value) for value in values])
""",
    ),
    _case(
        "groups-of-exceptions",
        """\
import OLD
from HOME import engine as e
from OLD import Late

try:
    raise ExceptionGroup("g", [OLD.Lost("l"), Late()])
except* OLD.Lost as group:
    print("lost", group.exceptions)
except* (e.Late, ValueError) as app_:
    import OLD as again
    print("late", again is e)
""",
    ),
    _case(
        "f-strings-in-f-strings",
        """\
import OLD

def f(app): return f"{app!r:>{9}}"
WIDE = {"w": 40}
print(f"{OLD.make(f'{OLD.LIMIT}'):>{WIDE['w']}} {f('x')}")
print(f\"\"\"{
    OLD.make(
        f'''{OLD.LIMIT!r:0{OLD.LIMIT}}'''
    )
}\"\"\")
print(f"{[OLD.LIMIT for _ in 'ab']}", f"{(lambda app: app.upper())('s')}")
""",
    ),
    _case(
        "f-strings-with-the-same-quotes",
        """\
import OLD

print(f"{OLD.make(f"{OLD.LIMIT}")} {"OLD.make"}")
print(f"{
    OLD.make(  # OLD
        "\\n".join(f"{OLD.NAMES}")
    )
}")
""",
        runs=False,
    ),
    _case(
        "generics-and-type-aliases",
        """\
import OLD
from OLD import Point, make

type Place = OLD.Point
type Places[T] = dict[T, OLD.Point] | 'OLD.Point'
class Box[T: OLD.Point, *Ts, **P](OLD.Point): pass
class Late[T = OLD.Point]: pass
def f[T: (OLD.Point, Point)](x: T) -> OLD.Point: return OLD.make(x)
async def g[app](x: app) -> 'app': return x
""",
        runs=False,
    ),
    _case(
        "exceptions-without-parentheses-and-templates",
        """\
import OLD

try:
    pass
except OLD.Lost, OLD.Late:
    x = t"{OLD.LIMIT} OLD"
""",
        runs=False,
    ),
    _case(
        "spread-arguments-and-lists",
        """\
import OLD
from HOME import engine as e

x, *y = *OLD.NAMES, 1
print([*OLD.NAMES, * e.NAMES], {*OLD.NAMES} == {"a", "b"}, y)
print(*OLD.NAMES, {**OLD.OPTIONS}, OLD.make(*e.NAMES, **OLD.OPTIONS))
for z in *OLD.NAMES, "c": print(z)
""",
    ),
    _case(
        "registered-for-a-type",
        """\
import OLD
from HOME import engine as e
from OLD import show

@show.register
def _(x: int): return "int"

@e.show.register(str)
def _(x): return "str"

@OLD.show.register(list)
def _(x): return "list"

OLD.show.register(OLD.Point, lambda x: "point")
print(show(1), show("a"), show([]), show(None), show(e.Point(1, 2)))
""",
    ),
    _case(
        "in-a-class-body-and-used-by-methods",
        """\
class A:
    from HOME import engine
    from OLD import make
    import OLD as e
    limit = engine.LIMIT
    def f(self): return self.engine.make(self.e.LIMIT)

print(A().f(), A.limit, A.engine.LIMIT, A.make(1))
""",
    ),
    _case(
        "with-del-and-annotations",
        """\
import contextlib
import OLD
from OLD import make

with (contextlib.nullcontext(OLD.LIMIT) as a, contextlib.nullcontext(make(1)) as b): print(a, b)
OLD.LIMIT += 1
OLD.extra: int = OLD.LIMIT
print(OLD.extra, (app_ := OLD.make)(2), not OLD.LIMIT, -OLD.LIMIT)
del OLD.extra
print(hasattr(OLD, "extra"))
""",
    ),
    _case(
        "async-generators-and-type-checking-names",
        """\
from __future__ import annotations
import asyncio, OLD
import typing as t
if t.TYPE_CHECKING:
    from OLD import Point as P
async def run(p: P) -> t.AsyncIterator[OLD.Point]:
    async for x in several(): yield x.x
async def several():
    for n in range(OLD.LIMIT): yield OLD.Point(n, n)
async def main(): print([x async for x in run(None)], run.__annotations__ != {})
asyncio.run(main())
""",
    ),
    Case(
        "directive-behind-the-parenthesis-is-for-each-half",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
== app/infra/db/engine.py
== app/infra/db/sheet.py
== app/main.py
from app.infra.db import (  # noqa: F401
    engine,
    sheet,  # type: ignore
)
from app.infra.db import (  # of both
    engine as e,
    sheet as s,
)  # noqa: E402
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
== app/main.py
from app.infra.sql import (  # noqa: F401
    engine,
)
from app.infra.db import (  # noqa: F401
    sheet,  # type: ignore
)
from app.infra.sql import (  # of both
    engine as e,
)  # noqa: E402
from app.infra.db import (
    sheet as s,
)  # noqa: E402
""",
    ),
    Case(
        "tests-and-scripts-beside-a-source-root",
        """
== src/app/__init__.py
== src/app/infra/__init__.py
== src/app/infra/db/__init__.py
== src/app/infra/db/engine.py
def make(x=0): return f"made {x}"
== src/app/infra/db/sheet.py
== tests/test_engine.py
import app.infra.db.engine
from app.infra.db import (
    engine,  # the one
    sheet,
)
def f(app): return app.infra
def g():
    from app.infra.db import engine as e, sheet  # noqa: F401
    return e.make() + app.infra.db.engine.make(sheet is not None)
print(g(), engine.make(1))
== tools/run-it.py
from app.infra.db import engine, sheet; print(engine.make())
""",
        "src/app/infra/db/engine.py -> src/app/infra/sql/engine.py",
        """
== src/app/infra/sql/engine.py
def make(x=0): return f"made {x}"
== tests/test_engine.py
import app.infra.sql.engine
from app.infra.sql import (
    engine,  # the one
)
from app.infra.db import (
    sheet,
)
def f(app): return app.infra
def g():
    from app.infra.sql import engine as e  # noqa: F401
    from app.infra.db import sheet  # noqa: F401
    return e.make() + app.infra.sql.engine.make(sheet is not None)
print(g(), engine.make(1))
== tools/run-it.py
from app.infra.sql import engine; from app.infra.db import sheet; print(engine.make())
""",
        run="tests/test_engine.py",
    ),
    Case(
        "package-that-is-left-empty-is-imported",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
== app/infra/db/engine.py
def make(): return "made"
== app/main.py
from app.infra import db
import app.infra.db.engine
import app.infra.db as d
print(db.engine.make(), d.engine.make())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
def make(): return "made"
== app/main.py
from app.infra import sql as db
import app.infra.sql.engine
import app.infra.sql as d
print(db.engine.make(), d.engine.make())
""",
        run="app/main.py",
    ),
)
