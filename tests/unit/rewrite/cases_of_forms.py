"""Forms that are named where tools for moving modules are compared or tested, written anew."""

# ruff: noqa: E501  (programs that are one line long on purpose)

from __future__ import annotations

from tests.unit.rewrite.cases import Case

FORMS = (
    Case(
        "keyword-named-like-the-module",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
== app/infra/db/engine.py
def make(engine=0): return engine
== app/infra/db/sheet.py
== app/main.py
import app.infra.db.engine
from app.infra.db import engine
print(engine.make(engine=1), app.infra.db.engine.make(engine=2), dict(engine=engine.make())["engine"])
""",
        "app/infra/db/engine.py -> app/infra/sql/motor.py",
        """
== app/infra/sql/motor.py
def make(engine=0): return engine
== app/main.py
import app.infra.sql.motor
from app.infra.sql import motor as engine
print(engine.make(engine=1), app.infra.sql.motor.make(engine=2), dict(engine=engine.make())["engine"])
""",
        run="app/main.py",
    ),
    Case(
        "module-that-imports-itself",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
== app/infra/db/engine.py
import app.infra.db.engine
import sys
from . import engine as me
from .engine import sys as s
N = 1
def again(): return app.infra.db.engine.N + me.N
== app/infra/db/sheet.py
== app/main.py
from app.infra.db import engine
print(engine.again(), engine.s.__name__)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
import app.infra.sql.engine
import sys
from . import engine as me
from .engine import sys as s
N = 1
def again(): return app.infra.sql.engine.N + me.N
== app/main.py
from app.infra.sql import engine
print(engine.again(), engine.s.__name__)
""",
        run="app/main.py",
    ),
    Case(
        "package-as-a-value",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
LIMIT = 3
== app/infra/db/deep/__init__.py
== app/infra/db/deep/keys.py
K = 1
== app/main.py
\"\"\"Two lines apart from the imports.


Nothing here is touched.\"\"\"


import app.infra.db
from app.infra import db
import app.infra.db.deep.keys as keys


mine = app.infra.db
print(mine.LIMIT, db is mine, keys.K, mine.deep.keys.K)
""",
        """app/infra/db/__init__.py -> app/infra/sql/store/__init__.py
app/infra/db/deep/__init__.py -> app/infra/sql/store/deep/__init__.py
app/infra/db/deep/keys.py -> app/infra/sql/store/deep/keys.py""",
        """
== app/infra/sql/store/__init__.py
LIMIT = 3
== app/infra/sql/store/deep/keys.py
K = 1
== app/main.py
\"\"\"Two lines apart from the imports.


Nothing here is touched.\"\"\"


import app.infra.sql.store
from app.infra.sql import store as db
import app.infra.sql.store.deep.keys as keys


mine = app.infra.sql.store
print(mine.LIMIT, db is mine, keys.K, mine.deep.keys.K)
""",
        run="app/main.py",
    ),
    Case(
        "monkeypatch-and-patch-object",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
== app/infra/db/engine.py
def make(): return "made"
class Engine:
    def run(self): return "run"
== app/infra/db/sheet.py
== app/main.py
from importlib import import_module
from unittest import mock
import app.infra.db.engine
from app.infra.db import engine

class MonkeyPatch:
    def setattr(self, name, value):
        module, _, attribute = name.rpartition(".")
        setattr(import_module(module), attribute, value)

monkeypatch = MonkeyPatch()
with mock.patch("app.infra.db.engine.Engine.run", return_value="patched"), mock.patch.object(engine, "make", lambda: "object"):
    print(engine.Engine().run(), app.infra.db.engine.make())
with mock.patch.dict("app.infra.db.engine.__dict__", make=lambda: "dict"):
    print(engine.make())
monkeypatch.setattr("app.infra.db.engine.make", lambda: "monkey")
print(engine.make())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
def make(): return "made"
class Engine:
    def run(self): return "run"
== app/main.py
from importlib import import_module
from unittest import mock
import app.infra.sql.engine
from app.infra.sql import engine

class MonkeyPatch:
    def setattr(self, name, value):
        module, _, attribute = name.rpartition(".")
        setattr(import_module(module), attribute, value)

monkeypatch = MonkeyPatch()
with mock.patch("app.infra.sql.engine.Engine.run", return_value="patched"), mock.patch.object(engine, "make", lambda: "object"):
    print(engine.Engine().run(), app.infra.sql.engine.make())
with mock.patch.dict("app.infra.sql.engine.__dict__", make=lambda: "dict"):
    print(engine.make())
monkeypatch.setattr("app.infra.sql.engine.make", lambda: "monkey")
print(engine.make())
""",
        run="app/main.py",
    ),
    Case(
        "state-of-a-module-under-several-names",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
== app/infra/db/engine.py
calls = []
def make(): calls.append(1); return len(calls)
== app/infra/db/sheet.py
from .engine import calls
from . import engine as e
def page(): e.make(); return calls
== app/main.py
import app.infra.db.engine as one
from app.infra.db import sheet, engine as two
import app.infra.db.engine
one.make()
print(sheet.page() is two.calls, app.infra.db.engine.calls)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
calls = []
def make(): calls.append(1); return len(calls)
== app/infra/db/sheet.py
from app.infra.sql.engine import calls
from app.infra.sql import engine as e
def page(): e.make(); return calls
== app/main.py
import app.infra.sql.engine as one
from app.infra.db import sheet
from app.infra.sql import engine as two
import app.infra.sql.engine
one.make()
print(sheet.page() is two.calls, app.infra.sql.engine.calls)
""",
        run="app/main.py",
    ),
    Case(
        "only-the-case-changes",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
== app/infra/db/Engine.py
def make(): return "made"
== app/infra/db/sheet.py
from .Engine import make
from . import Engine
== app/main.py
import app.infra.db.Engine
from app.infra.db import Engine as E, sheet
print(app.infra.db.Engine.make(), E is sheet.Engine, sheet.make())
""",
        "app/infra/db/Engine.py -> app/infra/db/engine.py",
        """
== app/infra/db/engine.py
def make(): return "made"
== app/infra/db/sheet.py
from .engine import make
from . import engine as Engine
== app/main.py
import app.infra.db.engine
from app.infra.db import engine as E, sheet
print(app.infra.db.engine.make(), E is sheet.Engine, sheet.make())
""",
        run="app/main.py",
    ),
    Case(
        "chain-of-three-that-use-one-another",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/h/__init__.py
== app/infra/h/client.py
from . import transport
def build(): return "client " + transport.build()
== app/infra/h/transport.py
from .retry import build as b
def build(): return "transport " + b()
== app/infra/h/retry.py
def build(): return "retry"
== app/main.py
from app.infra.h import client, transport
import app.infra.h.retry
print(client.build(), transport.build(), app.infra.h.retry.build())
""",
        """app/infra/h/client.py -> app/infra/h/transport.py
app/infra/h/transport.py -> app/infra/h/retry.py
app/infra/h/retry.py -> app/infra/h/last.py""",
        """
== app/infra/h/transport.py
from . import retry as transport
def build(): return "client " + transport.build()
== app/infra/h/last.py
def build(): return "retry"
== app/infra/h/retry.py
from .last import build as b
def build(): return "transport " + b()
== app/main.py
from app.infra.h import transport as client, retry as transport
import app.infra.h.last
print(client.build(), transport.build(), app.infra.h.last.build())
""",
        run="app/main.py",
    ),
    Case(
        "swap-of-what-a-try-falls-back-to",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/s/__init__.py
== app/infra/s/keys.py
def render(): return "keys"
== app/infra/s/paths.py
def render(): return "paths"
== app/main.py
try:
    from app.infra.s.keys import render
except ImportError:
    from app.infra.s.paths import render
try:
    from app.infra.s import fast as p
except ImportError:
    from app.infra.s import paths as p
class A:
    if True:
        from app.infra.s import keys
    else:
        from app.infra.s import paths as keys
print(render(), p.render(), A.keys.render())
""",
        """app/infra/s/keys.py -> app/infra/s/paths.py
app/infra/s/paths.py -> app/infra/s/keys.py""",
        """
== app/infra/s/paths.py
def render(): return "keys"
== app/infra/s/keys.py
def render(): return "paths"
== app/main.py
try:
    from app.infra.s.paths import render
except ImportError:
    from app.infra.s.keys import render
try:
    from app.infra.s import fast as p
except ImportError:
    from app.infra.s import keys as p
class A:
    if True:
        from app.infra.s import paths as keys
    else:
        from app.infra.s import keys as keys
print(render(), p.render(), A.keys.render())
""",
        run="app/main.py",
    ),
    Case(
        "relative-imports-below-namespace-folders",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/p/__init__.py
== app/infra/p/tables.py
T = 1
== app/infra/p/repository/users.py
from ..tables import T
from ..mappers.user import M
from .base import B
def get():
    from ..mappers import user
    return T, M, B, user.M
== app/infra/p/repository/base.py
B = 3
== app/infra/p/mappers/user.py
from ..tables import T
M = T + 1
== app/main.py
from app.infra.p.repository.users import get
print(get())
""",
        """app/infra/p/repository/users.py -> app/infra/q/repository/users.py
app/infra/p/mappers/user.py -> app/infra/q/mappers/user.py""",
        """
== app/infra/q/mappers/user.py
from app.infra.p.tables import T
M = T + 1
== app/infra/q/repository/users.py
from app.infra.p.tables import T
from ..mappers.user import M
from app.infra.p.repository.base import B
def get():
    from ..mappers import user
    return T, M, B, user.M
== app/main.py
from app.infra.q.repository.users import get
print(get())
""",
        run="app/main.py",
    ),
    Case(
        "relative-imports-of-a-neighbour-package",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
from .engine import make as make
== app/infra/db/engine.py
def make(): return "made"
== app/infra/db/sheet.py
== app/infra/user.py
from .db import engine, sheet
def f():
    from .db import engine as e
    from .db import make
    from . import db
    return e.make(), make(), db.make(), engine is e
== app/main.py
from app.infra import user
print(user.f())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/db/__init__.py
from app.infra.sql.engine import make as make
== app/infra/sql/engine.py
def make(): return "made"
== app/infra/user.py
from .sql import engine
from .db import sheet
def f():
    from .sql import engine as e
    from .db import make
    from . import db
    return e.make(), make(), db.make(), engine is e
""",
        run="app/main.py",
    ),
    Case(
        "all-that-names-a-submodule",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
from . import engine
from .engine import make
__all__ = ["engine", "make", "LIMIT"]
LIMIT = 1
== app/infra/db/engine.py
def make(): return "made"
== app/main.py
from app.infra.db import *
print(engine.make(), make(), LIMIT)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/db/__init__.py
from app.infra.sql import engine
from app.infra.sql.engine import make
__all__ = ["engine", "make", "LIMIT"]
LIMIT = 1
== app/infra/sql/engine.py
def make(): return "made"
""",
        run="app/main.py",
    ),
    Case(
        "lines-of-a-manifest",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
== app/infra/db/engine.py
== app/infra/db/rows.json
{}
== MANIFEST.in
include app/infra/db/rows.json README.md
recursive-include app/infra/db *.json
graft app/infra/db
exclude app/infra/db/engine.py
global-exclude *.pyc
""",
        """app/infra/db/__init__.py -> app/infra/sql/__init__.py
app/infra/db/engine.py -> app/infra/sql/engine.py
app/infra/db/rows.json -> app/infra/sql/rows.json""",
        """
== MANIFEST.in
include app/infra/sql/rows.json README.md
recursive-include app/infra/sql *.json
graft app/infra/sql
exclude app/infra/sql/engine.py
global-exclude *.pyc
== app/infra/sql/engine.py
== app/infra/sql/rows.json
{}
""",
    ),
)
