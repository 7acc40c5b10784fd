"""What code does with an imported package: chains, local names that hide it, and moves at one time."""

# ruff: noqa: E501  (programs that are one line long on purpose)

from __future__ import annotations

from tests.unit.rewrite.cases import ENGINE, PACKAGE, Case

SCOPES = (
    Case(
        "decorator-base-and-default",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
@app.infra.db.engine.register
def f(x=app.infra.db.engine.URL, *, y: app.infra.db.engine.Engine = None) -> 'app.infra.db.engine.Engine':
    return x
class C(app.infra.db.engine.Engine, metaclass=type(app.infra.db.engine.Engine)):
    z = app.infra.db.engine.URL
print(f(), C.name, C.z)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
@app.infra.sql.engine.register
def f(x=app.infra.sql.engine.URL, *, y: app.infra.sql.engine.Engine = None) -> 'app.infra.sql.engine.Engine':
    return x
class C(app.infra.sql.engine.Engine, metaclass=type(app.infra.sql.engine.Engine)):
    z = app.infra.sql.engine.URL
print(f(), C.name, C.z)
""",
        run="app/main.py",
    ),
    Case(
        "comprehensions",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
class A: infra = None
print([app.infra.db.engine.URL for _ in (1,)], [app for app in [app.infra.db.engine.URL]], {k: app.infra.db.engine.URL for k in (1,)}, list(app for app in (1,)))
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
class A: infra = None
print([app.infra.sql.engine.URL for _ in (1,)], [app for app in [app.infra.sql.engine.URL]], {k: app.infra.sql.engine.URL for k in (1,)}, list(app for app in (1,)))
""",
        run="app/main.py",
    ),
    Case(
        "lambda-parameter",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
class N:
    class infra:
        class db:
            class engine: URL = 'other'
print((lambda app: app.infra.db.engine.URL)(N), (lambda x=app.infra.db.engine.URL: x)())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
class N:
    class infra:
        class db:
            class engine: URL = 'other'
print((lambda app: app.infra.db.engine.URL)(N), (lambda x=app.infra.sql.engine.URL: x)())
""",
        run="app/main.py",
    ),
    Case(
        "walrus-in-a-function",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
class N:
    class infra:
        class db:
            class engine: URL = 'other'
def f():
    if (app := N):
        return app.infra.db.engine.URL
print(f(), app.infra.db.engine.URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
class N:
    class infra:
        class db:
            class engine: URL = 'other'
def f():
    if (app := N):
        return app.infra.db.engine.URL
print(f(), app.infra.sql.engine.URL)
""",
        run="app/main.py",
    ),
    Case(
        "match-capture",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
class N:
    class infra:
        class db:
            class engine: URL = 'other'
def f(x):
    match x:
        case {'k': app}: return app.infra.db.engine.URL
def g(x):
    match x:
        case app.infra.db.engine.URL: return 'value'
print(f({'k': N}), g('u'))
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
class N:
    class infra:
        class db:
            class engine: URL = 'other'
def f(x):
    match x:
        case {'k': app}: return app.infra.db.engine.URL
def g(x):
    match x:
        case app.infra.sql.engine.URL: return 'value'
print(f({'k': N}), g('u'))
""",
        run="app/main.py",
    ),
    Case(
        "global-statement",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
def f():
    global app
    import app.infra.db.engine
f()
print(app.infra.db.engine.URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
def f():
    global app
    import app.infra.sql.engine
f()
print(app.infra.sql.engine.URL)
""",
        run="app/main.py",
    ),
    Case(
        "nonlocal-and-closure",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
def f():
    import app.infra.db.engine
    def g():
        return app.infra.db.engine.URL
    return g
print(f()())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
def f():
    import app.infra.sql.engine
    def g():
        return app.infra.sql.engine.URL
    return g
print(f()())
""",
        run="app/main.py",
    ),
    Case(
        "for-and-with-and-except-targets",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
class N:
    class infra:
        class db:
            class engine: URL = 'other'
    def __enter__(s): return N
    def __exit__(s, *a): pass
def f():
    for app in [N]: return app.infra.db.engine.URL
def g():
    with N() as app: return app.infra.db.engine.URL
print(f(), g(), app.infra.db.engine.URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
class N:
    class infra:
        class db:
            class engine: URL = 'other'
    def __enter__(s): return N
    def __exit__(s, *a): pass
def f():
    for app in [N]: return app.infra.db.engine.URL
def g():
    with N() as app: return app.infra.db.engine.URL
print(f(), g(), app.infra.sql.engine.URL)
""",
        run="app/main.py",
    ),
    Case(
        "class-attribute-does-not-shadow-methods",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
class C:
    infra = 1
    def f(self): return app.infra.db.engine.URL
print(C().f())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
class C:
    infra = 1
    def f(self): return app.infra.sql.engine.URL
print(C().f())
""",
        run="app/main.py",
    ),
    Case(
        "chain-in-an-f-string",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
print(f'{app.infra.db.engine.URL!r:>5}', f"{app.infra.db.engine.make(f'{app.infra.db.engine.URL}')}")
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
print(f'{app.infra.sql.engine.URL!r:>5}', f"{app.infra.sql.engine.make(f'{app.infra.sql.engine.URL}')}")
""",
        run="app/main.py",
    ),
    Case(
        "chain-changes-in-two-places",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine

print(app.infra.db.engine.make(), [app.infra.db.engine.Engine.name])
""",
        "app/infra/db/engine.py -> app/infra/sql/motor.py",
        """
== app/infra/sql/motor.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.motor

print(app.infra.sql.motor.make(), [app.infra.sql.motor.Engine.name])
""",
        run="app/main.py",
    ),
    Case(
        "chain-over-lines",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
print((app
    .infra.db  # here
    .engine.URL), app.infra.db.engine \\
    .URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
print((app
    .infra.sql  # here
    .engine.URL), app.infra.sql.engine \\
    .URL)
""",
        run="app/main.py",
    ),
    Case(
        "chain-as-a-value",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
engine = app.infra.db.engine
m = {'k': app.infra.db.engine, app.infra.db.engine.URL: 1}
print(engine.URL, m['k'].URL, getattr(app.infra.db.engine, 'URL'))
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
engine = app.infra.sql.engine
m = {'k': app.infra.sql.engine, app.infra.sql.engine.URL: 1}
print(engine.URL, m['k'].URL, getattr(app.infra.sql.engine, 'URL'))
""",
        run="app/main.py",
    ),
    Case(
        "chain-is-assigned-and-deleted",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
app.infra.db.engine.URL = 'v'
app.infra.db.engine.URL += 'w'
print(app.infra.db.engine.URL)
del app.infra.db.engine.URL
print(hasattr(app.infra.db.engine, 'URL'))
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
app.infra.sql.engine.URL = 'v'
app.infra.sql.engine.URL += 'w'
print(app.infra.sql.engine.URL)
del app.infra.sql.engine.URL
print(hasattr(app.infra.sql.engine, 'URL'))
""",
        run="app/main.py",
    ),
    Case(
        "other-objects-with-such-attributes",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
class N: pass
self = N(); self.app = N
print(self.app.__name__, app.infra.db.engine.URL, dict(app=app.infra.db.engine.URL)['app'])
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
class N: pass
self = N(); self.app = N
print(self.app.__name__, app.infra.sql.engine.URL, dict(app=app.infra.sql.engine.URL)['app'])
""",
        run="app/main.py",
    ),
    Case(
        "awaited-and-yielded",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import asyncio, app.infra.db.engine
async def f():
    await asyncio.sleep(0); return app.infra.db.engine.URL
def g():
    yield app.infra.db.engine.URL
print(asyncio.run(f()), *g(), *[app.infra.db.engine.URL])
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import asyncio, app.infra.sql.engine
async def f():
    await asyncio.sleep(0); return app.infra.sql.engine.URL
def g():
    yield app.infra.sql.engine.URL
print(asyncio.run(f()), *g(), *[app.infra.sql.engine.URL])
""",
        run="app/main.py",
    ),
    Case(
        "alias-of-a-package-that-stays",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra as i
from app import infra
import app.infra.db.engine
print(i.db.engine.URL, infra.db.engine.make())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra as i
from app import infra
import app.infra.sql.engine
print(i.sql.engine.URL, infra.sql.engine.make())
""",
        run="app/main.py",
    ),
    Case(
        "function-imports-its-own",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
import app.infra.db.engine
def f():
    import app.infra.db.keys
    return app.infra.db.keys.K, app.infra.db.engine.URL
print(f())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine
def f():
    import app.infra.db.keys
    return app.infra.db.keys.K, app.infra.sql.engine.URL
print(f())
""",
        run="app/main.py",
    ),
    Case(
        "two-functions-import-different-modules-under-one-name",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
def f():
    from app.infra.db import engine
    return engine.URL
def g():
    from app.infra.db import keys as engine
    return engine.K
print(f(), g())
""",
        "app/infra/db/engine.py -> app/infra/sql/motor.py",
        """
== app/infra/sql/motor.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
def f():
    from app.infra.sql import motor as engine
    return engine.URL
def g():
    from app.infra.db import keys as engine
    return engine.K
print(f(), g())
""",
        run="app/main.py",
    ),
    Case(
        "alias-that-hides-a-library",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
try:
    import app.infra.db.engine as json
except ImportError:
    import json
print(json.URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/motor.py",
        """
== app/infra/sql/motor.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
try:
    import app.infra.sql.motor as json
except ImportError:
    import json
print(json.URL)
""",
        run="app/main.py",
    ),
    Case(
        "parameter-named-like-the-module",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
from app.infra.db import engine
def f(engine, *, keys=engine): return engine, keys.URL
print(f(1), (lambda engine: engine)(2), engine.URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/motor.py",
        """
== app/infra/sql/motor.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.sql import motor as engine
def f(engine, *, keys=engine): return engine, keys.URL
print(f(1), (lambda engine: engine)(2), engine.URL)
""",
        run="app/main.py",
    ),
    # -------------------------------------------------------------------------------- at one time
    Case(
        "swap-across-packages",
        PACKAGE
        + """\
== app/infra/a/__init__.py
== app/infra/a/util.py
N = 'a'
== app/infra/b/__init__.py
== app/infra/b/util.py
N = 'b'
== app/main.py
from app.infra.a.util import N
from app.infra.b.util import N as M
from app.infra.a import util
import app.infra.b.util
print(N, M, util.N, app.infra.b.util.N)
""",
        """app/infra/a/util.py -> app/infra/b/util.py
app/infra/b/util.py -> app/infra/a/util.py""",
        """
== app/infra/b/util.py
N = 'a'
== app/infra/a/util.py
N = 'b'
== app/main.py
from app.infra.b.util import N
from app.infra.a.util import N as M
from app.infra.b import util
import app.infra.a.util
print(N, M, util.N, app.infra.a.util.N)
""",
        run="app/main.py",
    ),
    Case(
        "rotation-of-three",
        PACKAGE
        + """\
== app/infra/db/x.py
N = 'x'
== app/infra/db/y.py
N = 'y'
== app/infra/db/z.py
N = 'z'
== app/main.py
from app.infra.db import x, y, z
import app.infra.db.x, app.infra.db.y
print(x.N, y.N, z.N, app.infra.db.x.N, app.infra.db.y.N)
print('app.infra.db.x app.infra.db.y app.infra.db.z'.count('app'))
""",
        """app/infra/db/x.py -> app/infra/db/y.py
app/infra/db/y.py -> app/infra/db/z.py
app/infra/db/z.py -> app/infra/db/x.py""",
        """
== app/infra/db/y.py
N = 'x'
== app/infra/db/z.py
N = 'y'
== app/infra/db/x.py
N = 'z'
== app/main.py
from app.infra.db import y as x, z as y, x as z
import app.infra.db.y, app.infra.db.z
print(x.N, y.N, z.N, app.infra.db.y.N, app.infra.db.z.N)
print('app.infra.db.y app.infra.db.z app.infra.db.x'.count('app'))
""",
        run="app/main.py",
    ),
    Case(
        "packages-change-places",
        PACKAGE
        + """\
== app/infra/a/__init__.py
== app/infra/a/util.py
N = 'a'
== app/infra/b/__init__.py
== app/infra/b/util.py
N = 'b'
== app/main.py
from app.infra.a import util
from app.infra.b.util import N
import app.infra.a.util as au
print(util.N, N, au.N)
""",
        """app/infra/a/__init__.py -> app/infra/b/__init__.py
app/infra/a/util.py -> app/infra/b/util.py
app/infra/b/__init__.py -> app/infra/a/__init__.py
app/infra/b/util.py -> app/infra/a/util.py""",
        """
== app/infra/b/__init__.py
== app/infra/b/util.py
N = 'a'
== app/infra/a/__init__.py
== app/infra/a/util.py
N = 'b'
== app/main.py
from app.infra.b import util
from app.infra.a.util import N
import app.infra.b.util as au
print(util.N, N, au.N)
""",
        run="app/main.py",
    ),
    Case(
        "package-takes-the-place-of-one-that-leaves",
        PACKAGE
        + """\
== app/infra/a/__init__.py
== app/infra/a/util.py
N = 'a'
== app/infra/b/__init__.py
== app/infra/b/util.py
N = 'b'
== app/main.py
from app.infra.a import util
from app.infra.b import util as u
print(util.N, u.N)
""",
        """app/infra/a/__init__.py -> app/infra/b/__init__.py
app/infra/a/util.py -> app/infra/b/util.py
app/infra/b/__init__.py -> app/infra/c/__init__.py
app/infra/b/util.py -> app/infra/c/util.py""",
        """
== app/infra/b/__init__.py
== app/infra/b/util.py
N = 'a'
== app/infra/c/__init__.py
== app/infra/c/util.py
N = 'b'
== app/main.py
from app.infra.b import util
from app.infra.c import util as u
print(util.N, u.N)
""",
        run="app/main.py",
    ),
    Case(
        "module-and-package-change-places",
        PACKAGE
        + ENGINE
        + """\
== app/infra/box/__init__.py
B = 'b'
== app/main.py
from app.infra.db.engine import URL
from app.infra.box import B
from app.infra import box
print(URL, B, box.B)
""",
        """app/infra/db/engine.py -> app/infra/box/__init__.py
app/infra/box/__init__.py -> app/infra/db/engine.py""",
        """
== app/infra/db/engine.py
B = 'b'
== app/infra/box/__init__.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.box import URL
from app.infra.db.engine import B
from app.infra.db import engine as box
print(URL, B, box.B)
""",
        run="app/main.py",
    ),
    Case(
        "two-of-one-name-into-one-package",
        PACKAGE
        + """\
== app/infra/a/__init__.py
== app/infra/a/util.py
N = 'a'
== app/infra/b/__init__.py
== app/infra/b/util.py
N = 'b'
== app/main.py
from app.infra.a import util
from app.infra.b import util as other
print(util.N, other.N)
""",
        """app/infra/a/util.py -> app/infra/both/first.py
app/infra/b/util.py -> app/infra/both/util.py""",
        """
== app/infra/both/first.py
N = 'a'
== app/infra/both/util.py
N = 'b'
== app/main.py
from app.infra.both import first as util
from app.infra.both import util as other
print(util.N, other.N)
""",
        run="app/main.py",
    ),
    Case(
        "old-name-of-one-is-the-new-name-of-another",
        PACKAGE
        + """\
== app/infra/a/__init__.py
== app/infra/a/util.py
N = 'a'
== app/infra/b/__init__.py
== app/infra/b/util.py
N = 'b'
== app/main.py
import app.infra.a.util
import app.infra.b.util
print(app.infra.a.util.N, app.infra.b.util.N)
""",
        """app/infra/a/util.py -> app/infra/b/util.py
app/infra/b/util.py -> app/infra/c/util.py""",
        """
== app/infra/b/util.py
N = 'a'
== app/infra/c/util.py
N = 'b'
== app/main.py
import app.infra.b.util
import app.infra.c.util
print(app.infra.b.util.N, app.infra.c.util.N)
""",
        run="app/main.py",
    ),
    Case(
        "all-of-a-package-and-a-newcomer",
        PACKAGE
        + ENGINE
        + """\
== app/infra/a/__init__.py
== app/infra/a/util.py
N = 'a'
== app/infra/b/__init__.py
== app/infra/b/util.py
N = 'b'
== app/main.py
from app.infra.a import util
from app.infra.db.engine import URL
import app.infra.a
print(util.N, URL, app.infra.a.util.N)
""",
        """app/infra/a/__init__.py -> app/infra/c/__init__.py
app/infra/a/util.py -> app/infra/c/util.py
app/infra/db/engine.py -> app/infra/a/engine.py""",
        """
== app/infra/c/__init__.py
== app/infra/c/util.py
N = 'a'
== app/infra/a/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.c import util
from app.infra.a.engine import URL
import app.infra.c
print(util.N, URL, app.infra.c.util.N)
""",
        run="app/main.py",
    ),
)
