"""Imports in every form and place: plain, from, star, relative, in blocks, in namespace folders."""

# ruff: noqa: E501  (programs that are one line long on purpose)

from __future__ import annotations

from tests.unit.rewrite.cases import ENGINE, PACKAGE, Case

IMPORTS = (
    Case(
        "alias-of-the-same-name",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine as engine
print(engine.make())
""",
        "app/infra/db/engine.py -> app/infra/sql/motor.py",
        """
== app/infra/sql/motor.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.motor as engine
print(engine.make())
""",
        run="app/main.py",
    ),
    Case(
        "from-import-with-its-own-name-as-alias",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
from app.infra.db import engine as engine
from app.infra.db.engine import make as make
print(engine.URL, make())
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
from app.infra.sql.motor import make as make
print(engine.URL, make())
""",
        run="app/main.py",
    ),
    Case(
        "one-module-under-two-names",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
from app.infra.db import engine, engine as e
print(engine is e, e.URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/motor.py",
        """
== app/infra/sql/motor.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.sql import motor as engine, motor as e
print(engine is e, e.URL)
""",
        run="app/main.py",
    ),
    Case(
        "two-plain-imports-apart",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
import app.infra.db.engine, app.infra.db.keys
print(app.infra.db.engine.URL, app.infra.db.keys.K)
""",
        """app/infra/db/engine.py -> app/infra/sql/engine.py
app/infra/db/keys.py -> app/infra/key/ring/keys.py""",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/infra/key/ring/keys.py
K = 1
== app/main.py
import app.infra.sql.engine, app.infra.key.ring.keys
print(app.infra.sql.engine.URL, app.infra.key.ring.keys.K)
""",
        run="app/main.py",
    ),
    Case(
        "two-aliases-apart",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
import app.infra.db.engine as e, app.infra.db.keys as k
print(e.URL, k.K)
""",
        """app/infra/db/engine.py -> app/infra/sql/engine.py
app/infra/db/keys.py -> app/infra/key/keys.py""",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/infra/key/keys.py
K = 1
== app/main.py
import app.infra.sql.engine as e, app.infra.key.keys as k
print(e.URL, k.K)
""",
        run="app/main.py",
    ),
    Case(
        "submodule-goes-neighbour-stays",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
import app.infra.db.engine, app.infra.db.keys
print(app.infra.db.engine.URL, app.infra.db.keys.K)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine, app.infra.db.keys
print(app.infra.sql.engine.URL, app.infra.db.keys.K)
""",
        run="app/main.py",
    ),
    Case(
        "attribute-of-a-neighbour-that-someone-else-loads",
        PACKAGE
        + """\
from . import keys
== app/infra/db/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/infra/db/keys.py
K = 1
== app/main.py
import app.infra.db.engine
print(app.infra.db.engine.URL, app.infra.db.keys.K)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.sql.engine, app.infra.db
print(app.infra.sql.engine.URL, app.infra.db.keys.K)
""",
        run="app/main.py",
    ),
    Case(
        "re-exported-module",
        PACKAGE
        + """\
from . import engine
== app/infra/db/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra import db
from app.infra.db import engine
print(engine.URL, db.engine.make())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/db/__init__.py
from app.infra.sql import engine
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra import db
from app.infra.sql import engine
print(engine.URL, db.engine.make())
""",
        run="app/main.py",
    ),
    Case(
        "re-exported-module-that-is-renamed",
        PACKAGE
        + """\
from app.infra.db import engine
== app/infra/db/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.db as db
from app.infra.db import engine as e
print(e.URL, db.engine.make())
""",
        "app/infra/db/engine.py -> app/infra/sql/motor.py",
        """
== app/infra/db/__init__.py
from app.infra.sql import motor as engine
== app/infra/sql/motor.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.db as db
from app.infra.sql import motor as e
print(e.URL, db.engine.make())
""",
        run="app/main.py",
    ),
    Case(
        "re-exported-symbol",
        PACKAGE
        + """\
from .engine import make as make, URL
== app/infra/db/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.db import make
import app.infra.db as db
print(make(), db.make())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/db/__init__.py
from app.infra.sql.engine import make as make, URL
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
""",
        run="app/main.py",
    ),
    Case(
        "star-through-a-package",
        PACKAGE
        + """\
from .engine import *
from .engine import __doc__ as __doc__
== app/infra/db/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.db import *
print(make(), URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/db/__init__.py
from app.infra.sql.engine import *
from app.infra.sql.engine import __doc__ as __doc__
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
""",
        run="app/main.py",
    ),
    Case(
        "star-of-a-package-that-moves",
        PACKAGE
        + """\
__all__ = ['engine', 'make']
from .engine import make
== app/infra/db/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.db import *
print(sorted(n for n in globals() if n[0] != '_'))
""",
        """app/infra/db/__init__.py -> app/infra/sql/__init__.py
app/infra/db/engine.py -> app/infra/sql/engine.py""",
        """
== app/infra/sql/__init__.py
__all__ = ['engine', 'make']
from .engine import make
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.sql import *
print(sorted(n for n in globals() if n[0] != '_'))
""",
        run="app/main.py",
    ),
    Case(
        "into-the-package-above",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
from app.infra.db.engine import make
from app.infra.db import engine
import app.infra.db.engine
print(make(), engine.URL, app.infra.db.engine.URL)
""",
        "app/infra/db/engine.py -> app/engine.py",
        """
== app/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.engine import make
from app import engine
import app.engine
print(make(), engine.URL, app.engine.URL)
""",
        run="app/main.py",
    ),
    Case(
        "into-a-package-of-its-own-name",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
from app.infra.db.engine import make
from app.infra.db import engine
print(make(), engine.URL)
""",
        "app/infra/db/engine.py -> app/infra/db/engine/core.py",
        """
== app/infra/db/engine/core.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.db.engine.core import make
from app.infra.db.engine import core as engine
print(make(), engine.URL)
""",
        run="app/main.py",
    ),
    Case(
        "becomes-a-package-in-place",
        PACKAGE
        + """\
== app/infra/db/keys.py
K = 1
== app/infra/db/engine.py
from .keys import K
from . import keys
from .. import db
def make(): return keys.K
== app/main.py
from app.infra.db.engine import make
from .infra.db import engine
print(make(), engine.K)
""",
        "app/infra/db/engine.py -> app/infra/db/engine/__init__.py",
        """
== app/infra/db/engine/__init__.py
from ..keys import K
from .. import keys
from ... import db
def make(): return keys.K
""",
        run="app/main.py",
    ),
    Case(
        "in-a-conditional",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
import sys
if sys.version_info >= (3,):
    from app.infra.db import engine as m
elif sys.platform == 'x':
    import app.infra.db.keys as m
else:
    from app.infra.db import keys as m
print(m.URL)
""",
        """app/infra/db/engine.py -> app/infra/sql/engine.py
app/infra/db/keys.py -> app/infra/key/keys.py""",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/infra/key/keys.py
K = 1
== app/main.py
import sys
if sys.version_info >= (3,):
    from app.infra.sql import engine as m
elif sys.platform == 'x':
    import app.infra.key.keys as m
else:
    from app.infra.key import keys as m
print(m.URL)
""",
        run="app/main.py",
    ),
    Case(
        "in-a-try-that-falls-back",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
try:
    from app.infra.db.engine import make
except ImportError:
    make = lambda: 'fallback'
try:
    import app.infra.db.missing as x
except ImportError:
    from app.infra.db import engine as x
else:
    x = None
finally:
    from app.infra.db.engine import URL
print(make(), x.URL, URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
try:
    from app.infra.sql.engine import make
except ImportError:
    make = lambda: 'fallback'
try:
    import app.infra.sql.missing as x
except ImportError:
    from app.infra.sql import engine as x
else:
    x = None
finally:
    from app.infra.sql.engine import URL
print(make(), x.URL, URL)
""",
        run="app/main.py",
    ),
    Case(
        "type-checking-with-an-else",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from app.infra.db.engine import Engine
else:
    from app.infra.db.engine import make as Engine
def f(e: Engine, *, k: 'Engine' = 1) -> Engine: return Engine()
print(f(0))
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from app.infra.sql.engine import Engine
else:
    from app.infra.sql.engine import make as Engine
def f(e: Engine, *, k: 'Engine' = 1) -> Engine: return Engine()
print(f(0))
""",
        run="app/main.py",
    ),
    Case(
        "in-every-kind-of-block",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import asyncio
async def f():
    async with asyncio.Lock():
        from app.infra.db import engine
        return engine.URL
for i in range(1):
    from app.infra.db import engine
while True:
    import app.infra.db.engine as e; break
with open(__file__):
    from .infra.db import engine as r
match 1:
    case 1:
        from app.infra.db.engine import URL
print(asyncio.run(f()), engine is e is r, URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import asyncio
async def f():
    async with asyncio.Lock():
        from app.infra.sql import engine
        return engine.URL
for i in range(1):
    from app.infra.sql import engine
while True:
    import app.infra.sql.engine as e; break
with open(__file__):
    from .infra.sql import engine as r
match 1:
    case 1:
        from app.infra.sql.engine import URL
print(asyncio.run(f()), engine is e is r, URL)
""",
        run="app/main.py",
    ),
    Case(
        "class-body",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
class C:
    from app.infra.db import engine, keys
    import app.infra.db.engine as e
    url = engine.URL
print(C.url, C.e.URL, C.keys.K)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
class C:
    from app.infra.sql import engine
    from app.infra.db import keys
    import app.infra.sql.engine as e
    url = engine.URL
print(C.url, C.e.URL, C.keys.K)
""",
        run="app/main.py",
    ),
    Case(
        "one-line-class-and-function",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
class C: from app.infra.db import engine, keys; x = keys.K
def f(): from app.infra.db import engine, keys; return engine.URL, keys.K
print(f(), C.x)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
class C: from app.infra.sql import engine; from app.infra.db import keys; x = keys.K
def f(): from app.infra.sql import engine; from app.infra.db import keys; return engine.URL, keys.K
print(f(), C.x)
""",
        run="app/main.py",
    ),
    Case(
        "deleted-after-use",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
from app.infra.db import engine
x = engine.URL + app.infra.db.engine.URL
del engine, app
print(x)
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
from app.infra.sql import engine
x = engine.URL + app.infra.sql.engine.URL
del engine, app
print(x)
""",
        run="app/main.py",
    ),
    Case(
        "split-with-backslash-and-no-comma",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
from app.infra.db import engine, \\
    keys
print(engine.URL, keys.K)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.sql import engine
from app.infra.db import keys
print(engine.URL, keys.K)
""",
        run="app/main.py",
    ),
    Case(
        "split-with-tabs",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
def f():
	if 1:
		from app.infra.db import engine, keys  # type: ignore
		return engine.URL, keys.K
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
def f():
	if 1:
		from app.infra.sql import engine  # type: ignore
		from app.infra.db import keys  # type: ignore
		return engine.URL, keys.K
print(f())
""",
        run="app/main.py",
    ),
    Case(
        "comments-between-the-names",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
from app.infra.db import (
    # first
    keys as k,  # the keys

    # second: app.infra.db.engine
    engine
    # last
)
print(engine.URL, k.K)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.db import (
    # first
    keys as k,  # the keys
)
from app.infra.sql import (

    # second: app.infra.sql.engine
    engine
    # last
)
print(engine.URL, k.K)
""",
        run="app/main.py",
    ),
    Case(
        "parentheses-on-one-line",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
from app.infra.db import (engine as e, keys)
from app.infra.db import (engine)
from app.infra.db.engine import (make, URL,)
print(e is engine, keys.K, make(), URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.sql import (engine as e)
from app.infra.db import (keys)
from app.infra.sql import (engine)
from app.infra.sql.engine import (make, URL,)
print(e is engine, keys.K, make(), URL)
""",
        run="app/main.py",
    ),
    Case(
        "odd-spaces",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
from  app . infra . db  import  engine
import	app.infra.db.engine	as	e
from app.infra.db.engine import(make)
print(engine is e, make())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from  app.infra.sql  import  engine
import	app.infra.sql.engine	as	e
from app.infra.sql.engine import(make)
print(engine is e, make())
""",
        run="app/main.py",
    ),
    Case(
        "a-very-long-line",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
from app.infra.db.engine import make as make0, make as make1, make as make2, make as make3, make as make4, make as make5, make as make6, make as make7, make as make8, make as make9, make as make10, make as make11, make as make12, make as make13, make as make14, make as make15, make as make16, make as make17, make as make18, make as make19, make as make20, make as make21, make as make22, make as make23, make as make24, make as make25, make as make26, make as make27, make as make28, make as make29, make as make30, make as make31, make as make32, make as make33, make as make34, make as make35, make as make36, make as make37, make as make38, make as make39, make as make40, make as make41, make as make42, make as make43, make as make44, make as make45, make as make46, make as make47, make as make48, make as make49, make as make50, make as make51, make as make52, make as make53, make as make54, make as make55, make as make56, make as make57, make as make58, make as make59
print(make59())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.sql.engine import make as make0, make as make1, make as make2, make as make3, make as make4, make as make5, make as make6, make as make7, make as make8, make as make9, make as make10, make as make11, make as make12, make as make13, make as make14, make as make15, make as make16, make as make17, make as make18, make as make19, make as make20, make as make21, make as make22, make as make23, make as make24, make as make25, make as make26, make as make27, make as make28, make as make29, make as make30, make as make31, make as make32, make as make33, make as make34, make as make35, make as make36, make as make37, make as make38, make as make39, make as make40, make as make41, make as make42, make as make43, make as make44, make as make45, make as make46, make as make47, make as make48, make as make49, make as make50, make as make51, make as make52, make as make53, make as make54, make as make55, make as make56, make as make57, make as make58, make as make59
print(make59())
""",
        run="app/main.py",
    ),
    Case(
        "future-import-stays-first",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
\"\"\"Doc.\"\"\"
from __future__ import annotations
from app.infra.db import engine, keys
print(engine.URL, keys.K)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
\"\"\"Doc.\"\"\"
from __future__ import annotations
from app.infra.sql import engine
from app.infra.db import keys
print(engine.URL, keys.K)
""",
        run="app/main.py",
    ),
    Case(
        "script-outside-of-the-package",
        PACKAGE
        + ENGINE
        + """\
== run.py
from app.infra.db import engine
if __name__ == '__main__':
    print(engine.make())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== run.py
from app.infra.sql import engine
if __name__ == '__main__':
    print(engine.make())
""",
        run="run.py",
    ),
    Case(
        "test-beside-the-package",
        PACKAGE
        + ENGINE
        + """\
== tests/test_engine.py
import app.infra.db.engine
from app.infra.db.engine import make
assert make()
print(app.infra.db.engine.URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== tests/test_engine.py
import app.infra.sql.engine
from app.infra.sql.engine import make
assert make()
print(app.infra.sql.engine.URL)
""",
        run="tests/test_engine.py",
    ),
    Case(
        "unicode-names",
        PACKAGE
        + """\
== app/infra/db/größe.py
ä = 1
== app/main.py
from app.infra.db import größe
import app.infra.db.größe as ß
print('𝄞', größe.ä, ß.ä); print(größe is ß)
""",
        "app/infra/db/größe.py -> app/infra/maß/größe.py",
        """
== app/infra/maß/größe.py
ä = 1
== app/main.py
from app.infra.maß import größe
import app.infra.maß.größe as ß
print('𝄞', größe.ä, ß.ä); print(größe is ß)
""",
        run="app/main.py",
    ),
    Case(
        "symbol-and-module-of-one-name",
        PACKAGE
        + """\
from .engine import engine
== app/infra/db/engine.py
def engine(): return 'function'
== app/infra/db/keys.py
== app/main.py
from app.infra.db import engine
import app.infra.db.keys
print(engine())
""",
        "app/infra/db/engine.py -> app/infra/sql/motor.py",
        """
== app/infra/db/__init__.py
from app.infra.sql.motor import engine
== app/infra/sql/motor.py
def engine(): return 'function'
""",
        run="app/main.py",
    ),
    Case(
        "continued-from-the-line-above",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
if 1:\\
    from app.infra.db import engine, keys
print(engine.URL, keys.K)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
if 1:\\
    from app.infra.sql import engine; from app.infra.db import keys
print(engine.URL, keys.K)
""",
        run="app/main.py",
    ),
    Case(
        "symbol-hides-a-module-that-moves",
        PACKAGE
        + """\
from .engine import engine
== app/infra/db/engine.py
def engine(): return 'function'
== app/infra/db/keys.py
K = 1
== app/main.py
from app.infra.db import engine, keys
print(engine(), engine.__name__, keys.K)
""",
        """app/infra/db/engine.py -> app/infra/sql/engine.py
app/infra/db/keys.py -> app/infra/sql/keys.py""",
        """
== app/infra/db/__init__.py
from app.infra.sql.engine import engine
== app/infra/sql/engine.py
def engine(): return 'function'
== app/infra/sql/keys.py
K = 1
== app/main.py
from app.infra.db import engine
from app.infra.sql import keys
print(engine(), engine.__name__, keys.K)
""",
        run="app/main.py",
    ),
    # ----------------------------------------------------------------------------------- relative
    Case(
        "levels-in-the-moved-module",
        PACKAGE
        + """\
== app/infra/db/engine.py
from .keys import K
from ..log import L
from ...top import T
from ... import top
from . import keys as k
both = (K, L, T, top.T, k.K)
== app/infra/db/keys.py
K = 1
== app/infra/log.py
L = 2
== app/top.py
T = 3
== app/main.py
from app.infra.db.engine import both
print(both)
""",
        "app/infra/db/engine.py -> app/infra/sql/deep/engine.py",
        """
== app/infra/sql/deep/engine.py
from app.infra.db.keys import K
from ...log import L
from ....top import T
from .... import top
from app.infra.db import keys as k
both = (K, L, T, top.T, k.K)
== app/main.py
from app.infra.sql.deep.engine import both
print(both)
""",
        run="app/main.py",
    ),
    Case(
        "module-goes-up",
        PACKAGE
        + """\
== app/infra/db/x/__init__.py
== app/infra/db/x/engine.py
from .keys import K
from ..near import N
from ...far import F
both = K, N, F
== app/infra/db/x/keys.py
K = 1
== app/infra/db/near.py
N = 1
== app/infra/far.py
F = 1
== app/main.py
from .infra.db.x.engine import both
print(both)
""",
        "app/infra/db/x/engine.py -> app/infra/engine.py",
        """
== app/infra/engine.py
from app.infra.db.x.keys import K
from app.infra.db.near import N
from .far import F
both = K, N, F
== app/main.py
from .infra.engine import both
print(both)
""",
        run="app/main.py",
    ),
    Case(
        "from-the-parent-import-the-package",
        PACKAGE
        + ENGINE
        + """\
== app/infra/api.py
from . import db
from .db import engine
from .db.engine import URL
import app.infra.db.engine
def go(): return db.engine.URL, engine.make(), URL, app.infra.db.engine is engine
== app/main.py
from app.infra.api import go
print(go())
""",
        """app/infra/db/__init__.py -> app/infra/sql/__init__.py
app/infra/db/engine.py -> app/infra/sql/engine.py""",
        """
== app/infra/api.py
from . import sql as db
from .sql import engine
from .sql.engine import URL
import app.infra.sql.engine
def go(): return db.engine.URL, engine.make(), URL, app.infra.sql.engine is engine
== app/infra/sql/__init__.py
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
""",
        run="app/main.py",
    ),
    Case(
        "star-from-a-sibling",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/user.py
from .engine import *
== app/main.py
from app.infra.db.user import make
print(make())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/infra/db/user.py
from app.infra.sql.engine import *
""",
        run="app/main.py",
    ),
    Case(
        "init-of-the-package-imports-what-leaves",
        PACKAGE
        + """\
from .engine import make
from . import engine as e
== app/infra/db/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import app.infra.db
print(app.infra.db.make(), app.infra.db.e.URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/db/__init__.py
from app.infra.sql.engine import make
from app.infra.sql import engine as e
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
""",
        run="app/main.py",
    ),
    Case(
        "renamed-in-place",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/user.py
from . import engine
from .engine import URL
from . import engine as e
x = engine.URL, URL, e.make()
== app/main.py
from app.infra.db.user import x
print(x)
""",
        "app/infra/db/engine.py -> app/infra/db/motor.py",
        """
== app/infra/db/motor.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/infra/db/user.py
from . import motor as engine
from .motor import URL
from . import motor as e
x = engine.URL, URL, e.make()
""",
        run="app/main.py",
    ),
    Case(
        "split-relative-statement",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/infra/db/user.py
from . import (
    engine,  # moves
    keys,  # stays
)
x = engine.URL, keys.K
== app/main.py
from app.infra.db.user import x
print(x)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/infra/db/user.py
from app.infra.sql import (
    engine,  # moves
)
from . import (
    keys,  # stays
)
x = engine.URL, keys.K
""",
        run="app/main.py",
    ),
    Case(
        "whole-package-deeper",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/sub/__init__.py
from ..engine import URL
== app/infra/db/sub/leaf.py
from .. import engine
from . import URL
from ...log import L
X = engine.URL + URL + L
== app/infra/log.py
L = 'l'
== app/main.py
from app.infra.db.engine import URL
import app.infra.db.sub.leaf as leaf
print(URL, leaf.X)
""",
        """app/infra/db/__init__.py -> app/infra/store/sql/__init__.py
app/infra/db/engine.py -> app/infra/store/sql/engine.py
app/infra/db/sub/__init__.py -> app/infra/store/sql/sub/__init__.py
app/infra/db/sub/leaf.py -> app/infra/store/sql/sub/leaf.py""",
        """
== app/infra/store/sql/__init__.py
== app/infra/store/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/infra/store/sql/sub/__init__.py
from ..engine import URL
== app/infra/store/sql/sub/leaf.py
from .. import engine
from . import URL
from ....log import L
X = engine.URL + URL + L
== app/main.py
from app.infra.store.sql.engine import URL
import app.infra.store.sql.sub.leaf as leaf
print(URL, leaf.X)
""",
        run="app/main.py",
    ),
    Case(
        "whole-package-up",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/sub/__init__.py
U = 1
== app/infra/db/sub/leaf.py
from .. import engine
from ..engine import URL
from . import U
X = engine.URL, URL, U
== app/main.py
from app.infra.db.sub.leaf import X
print(X)
""",
        """app/infra/db/sub/__init__.py -> app/infra/sub/__init__.py
app/infra/db/sub/leaf.py -> app/infra/sub/leaf.py""",
        """
== app/infra/sub/__init__.py
U = 1
== app/infra/sub/leaf.py
from app.infra.db import engine
from app.infra.db.engine import URL
from . import U
X = engine.URL, URL, U
== app/main.py
from app.infra.sub.leaf import X
print(X)
""",
        run="app/main.py",
    ),
    Case(
        "init-becomes-a-module-and-uses-its-own",
        PACKAGE
        + """\
from .engine import URL
from ..log import L
X = URL + L
== app/infra/db/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/infra/log.py
L = 'l'
== app/main.py
from app.infra.db import X
print(X)
""",
        "app/infra/db/__init__.py -> app/infra/db/setup.py",
        """
== app/infra/db/setup.py
from .engine import URL
from ..log import L
X = URL + L
== app/main.py
from app.infra.db.setup import X
print(X)
""",
        run="app/main.py",
    ),
    Case(
        "in-the-main-module",
        PACKAGE
        + ENGINE
        + """\
== app/__main__.py
from .infra.db.engine import make
from . import infra
if __name__ == '__main__':
    print(make(), infra.__name__)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/__main__.py
from .infra.sql.engine import make
from . import infra
if __name__ == '__main__':
    print(make(), infra.__name__)
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
""",
        run="app/__main__.py",
    ),
    # ------------------------------------------------------------------- folders without __init__
    Case(
        "from-a-namespace-folder-to-a-package",
        PACKAGE
        + """\
== app/infra/maps/user.py
from .record import R
from app.infra.maps import record
U = record.R
== app/infra/maps/record.py
R = 1
== app/main.py
from app.infra.maps.user import U
import app.infra.maps.user as u
print(U, u.R)
""",
        "app/infra/maps/user.py -> app/infra/db/user.py",
        """
== app/infra/db/user.py
from app.infra.maps.record import R
from app.infra.maps import record
U = record.R
== app/main.py
from app.infra.db.user import U
import app.infra.db.user as u
print(U, u.R)
""",
        run="app/main.py",
    ),
    Case(
        "from-a-package-to-a-namespace-folder",
        PACKAGE
        + ENGINE
        + """\
== app/infra/maps/record.py
from ..db.engine import URL
== app/main.py
from app.infra.db.engine import make
from app.infra.db import engine
print(make(), engine.URL)
""",
        "app/infra/db/engine.py -> app/infra/maps/engine.py",
        """
== app/infra/maps/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/infra/maps/record.py
from .engine import URL
== app/main.py
from app.infra.maps.engine import make
from app.infra.maps import engine
print(make(), engine.URL)
""",
        run="app/main.py",
    ),
    Case(
        "whole-namespace-folder",
        PACKAGE
        + """\
== app/infra/maps/user.py
from .record import R
from . import record
U = record.R
== app/infra/maps/record.py
R = 1
== app/main.py
import app.infra.maps.user
from app.infra import maps
from app.infra.maps import record as r
print(app.infra.maps.user.U, maps.user.U, r.R)
""",
        """app/infra/maps/user.py -> app/infra/sql/maps/user.py
app/infra/maps/record.py -> app/infra/sql/maps/record.py""",
        """
== app/infra/sql/maps/record.py
R = 1
== app/infra/sql/maps/user.py
from .record import R
from . import record
U = record.R
== app/main.py
import app.infra.sql.maps.user
from app.infra.sql import maps
from app.infra.sql.maps import record as r
print(app.infra.sql.maps.user.U, maps.user.U, r.R)
""",
        run="app/main.py",
    ),
    Case(
        "between-namespace-folders",
        PACKAGE
        + """\
== app/infra/one/a.py
A = 1
== app/infra/one/c.py
from .a import A
== app/infra/two/b.py
from ..one.c import A
from .d import D
B = A + D
== app/infra/two/d.py
D = 1
== app/main.py
from app.infra.one.a import A
from app.infra.two.b import B
print(A, B)
""",
        """app/infra/one/a.py -> app/infra/two/a.py
app/infra/two/b.py -> app/infra/one/b.py""",
        """
== app/infra/two/a.py
A = 1
== app/infra/one/c.py
from app.infra.two.a import A
== app/infra/one/b.py
from ..one.c import A
from app.infra.two.d import D
B = A + D
== app/main.py
from app.infra.two.a import A
from app.infra.one.b import B
print(A, B)
""",
        run="app/main.py",
    ),
)
