"""Plain imports of modules that go below another top-level name, or come from below none."""

# ruff: noqa: E501  (programs that are one line long on purpose)

from __future__ import annotations

from tests.unit.rewrite.cases import ENGINE, PACKAGE, Case

KEYS = """== app/infra/db/keys.py
K = 1
"""
BASE = "== base/__init__.py\n"
FOO = """== foo.py
X = "x"
def f(): return "f"
"""
TO_BASE = "app/infra/db/engine.py -> base/engine.py"
FOO_IN = "foo.py -> app/infra/foo.py"

ENGINE_IN_BASE = ENGINE.replace("app/infra/db/engine.py", "base/engine.py")
FOO_INSIDE = FOO.replace("foo.py", "app/infra/foo.py")


def _reached(id: str, main: str, after: str, *, more: str = "", run: str = "app/main.py") -> Case:
    """`app.infra.db.engine` becomes `base.engine`, seen from `app/main.py`."""
    before = f"{PACKAGE}{BASE}{ENGINE}{KEYS}{more}== app/main.py\n{main}"
    return Case(id, before, TO_BASE, f"{ENGINE_IN_BASE}== app/main.py\n{after}", run)


def _taken_in(id: str, main: str, after: str, *, more: str = "", run: str = "app/main.py") -> Case:
    """The top-level module `foo` becomes `app.infra.foo`, seen from `app/main.py`."""
    before = f"{PACKAGE}{FOO}{more}== app/main.py\n{main}"
    return Case(id, before, FOO_IN, f"{FOO_INSIDE}== app/main.py\n{after}", run)


ROOTS = (
    # --------------------------------------------------------- import a.b.c, below another root
    _reached(
        "other-root",
        "import app.infra.db.engine\nprint(app.infra.db.engine.make(), app.infra.db.engine.URL)\n",
        "import base.engine\nprint(base.engine.make(), base.engine.URL)\n",
    ),
    _reached(
        "other-root-and-what-stays",
        "import app.infra.db.engine\nimport app.infra.db.keys\nprint(app.infra.db.engine.URL, app.infra.db.keys.K)\n",
        "import base.engine\nimport app.infra.db.keys\nprint(base.engine.URL, app.infra.db.keys.K)\n",
    ),
    _reached(
        "other-root-and-a-module-beside-it",
        "import app.infra.names\nimport app.infra.db.engine\nprint(app.infra.names.NAME, app.infra.db.engine.URL)\n",
        "import app.infra.names\nimport base.engine\nprint(app.infra.names.NAME, base.engine.URL)\n",
        more='== app/infra/names.py\nNAME = "infra"\n',
    ),
    Case(
        "other-root-and-what-the-package-on-the-way-says",
        """
== app/__init__.py
== app/infra/__init__.py
NAME = "infra"
== app/infra/db/__init__.py
"""
        + BASE
        + ENGINE
        + """\
== app/main.py
import app.infra.db.engine
print(app.infra.NAME, app.infra.db.engine.URL)
""",
        TO_BASE,
        ENGINE_IN_BASE
        + """\
== app/main.py
import base.engine, app.infra
print(app.infra.NAME, base.engine.URL)
""",
        run="app/main.py",
    ),
    _reached(
        "other-root-one-statement-of-two",
        "import os, app.infra.db.engine, app.infra.db.keys as k\nprint(os.sep, app.infra.db.engine.URL, k.K)\n",
        "import os, base.engine, app.infra.db.keys as k\nprint(os.sep, base.engine.URL, k.K)\n",
    ),
    _reached(
        "other-root-two-statements-on-a-line",
        "import os; import app.infra.db.engine; print(os.sep, app.infra.db.engine.URL)\n",
        "import os; import base.engine; print(os.sep, base.engine.URL)\n",
    ),
    _reached(
        "other-root-twice-with-an-alias",
        "import app.infra.db.engine as e\nimport app.infra.db.engine\nimport app.infra.db.engine as e2\nprint(e.URL, app.infra.db.engine.URL, e2 is e)\n",
        "import base.engine as e\nimport base.engine\nimport base.engine as e2\nprint(e.URL, base.engine.URL, e2 is e)\n",
    ),
    _reached(
        "other-root-is-a-parameter",
        "def g(base):\n    import app.infra.db.engine\n    return base + app.infra.db.engine.URL\nprint(g('1'))\n",
        "def g(base):\n    from base import engine\n    return base + engine.URL\nprint(g('1'))\n",
    ),
    _reached(
        "other-root-and-last-name-are-taken",
        "import app.infra.db.engine\nbase, engine = 1, 2\nprint(base, engine, app.infra.db.engine.URL)\n",
        "from base import engine as base_engine\nbase, engine = 1, 2\nprint(base, engine, base_engine.URL)\n",
    ),
    _reached(
        "other-root-is-a-local-of-one-function-only",
        "import app.infra.db.engine\ndef g():\n    base = 1\n    return base, app.infra.db.engine.URL\nprint(g())\n",
        "from base import engine\ndef g():\n    base = 1\n    return base, engine.URL\nprint(g())\n",
    ),
    _reached(
        "other-root-is-bound-by-another-import",
        "from app.infra.db import keys as base\nimport app.infra.db.engine\nprint(base.K, app.infra.db.engine.URL)\n",
        "from app.infra.db import keys as base\nfrom base import engine\nprint(base.K, engine.URL)\n",
    ),
    _reached(
        "other-root-is-imported-already",
        "import base.more\nimport app.infra.db.engine\nprint(base.more.M, app.infra.db.engine.URL)\n",
        "import base.more\nimport base.engine\nprint(base.more.M, base.engine.URL)\n",
        more="== base/more.py\nM = 3\n",
    ),
    _reached(
        "other-root-in-nested-functions",
        "import app.infra.db.engine\ndef outer():\n    def inner(x=app.infra.db.engine.URL):\n        return [app.infra.db.engine.make() for _ in range(2)], x\n    return inner\nprint(outer()())\n",
        "import base.engine\ndef outer():\n    def inner(x=base.engine.URL):\n        return [base.engine.make() for _ in range(2)], x\n    return inner\nprint(outer()())\n",
    ),
    _reached(
        "other-root-hidden-by-a-parameter-of-the-old-name",
        "import app.infra.db.engine\ndef g(app): return app\nprint(g(1), (lambda app: app)(2), [app for app in 'x'], app.infra.db.engine.URL)\n",
        "import base.engine\ndef g(app): return app\nprint(g(1), (lambda app: app)(2), [app for app in 'x'], base.engine.URL)\n",
    ),
    _reached(
        "other-root-in-a-class-body-decorator-annotation-and-default",
        "import app.infra.db.engine\n@app.infra.db.engine.register\ndef g(e: app.infra.db.engine.Engine = app.infra.db.engine.Engine()) -> app.infra.db.engine.Engine: return e\nclass C(app.infra.db.engine.Engine):\n    url = app.infra.db.engine.URL\nprint(g().name, C.url)\n",
        "import base.engine\n@base.engine.register\ndef g(e: base.engine.Engine = base.engine.Engine()) -> base.engine.Engine: return e\nclass C(base.engine.Engine):\n    url = base.engine.URL\nprint(g().name, C.url)\n",
    ),
    _reached(
        "other-root-imported-in-a-class-body",
        "class C:\n    import app.infra.db.engine\n    url = app.infra.db.engine.URL\nprint(C.url)\n",
        "class C:\n    import base.engine\n    url = base.engine.URL\nprint(C.url)\n",
    ),
    _reached(
        "other-root-in-try-and-else",
        "try:\n    import app.infra.db.engine\nexcept ImportError:\n    print('none')\nelse:\n    print(app.infra.db.engine.URL)\n",
        "try:\n    import base.engine\nexcept ImportError:\n    print('none')\nelse:\n    print(base.engine.URL)\n",
    ),
    _reached(
        "other-root-in-two-branches",
        "import sys\nif sys.argv:\n    import app.infra.db.engine\nelse:\n    import app.infra.db.keys\nprint(app.infra.db.engine.URL)\n",
        "import sys\nif sys.argv:\n    import base.engine\nelse:\n    import app.infra.db.keys\nprint(base.engine.URL)\n",
    ),
    _reached(
        "other-root-for-types-only",
        "from __future__ import annotations\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import app.infra.db.engine\ndef g(e: app.infra.db.engine.Engine | None) -> None: print(e)\ng(None)\n",
        "from __future__ import annotations\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import base.engine\ndef g(e: base.engine.Engine | None) -> None: print(e)\ng(None)\n",
    ),
    _reached(
        "other-root-declared-global",
        "def load():\n    global app\n    import app.infra.db.engine\nload()\nprint(app.infra.db.engine.URL)\n",
        "def load():\n    global base\n    import base.engine\nload()\nprint(base.engine.URL)\n",
    ),
    _reached(
        "other-root-declared-nonlocal",
        "def outer():\n    import app.infra.db.engine\n    def again():\n        nonlocal app\n        import app.infra.db.engine\n        return app.infra.db.engine.URL\n    return again()\nprint(outer())\n",
        "def outer():\n    import base.engine\n    def again():\n        nonlocal base\n        import base.engine\n        return base.engine.URL\n    return again()\nprint(outer())\n",
    ),
    _reached(
        "other-root-in-two-functions",
        "def f():\n    import app.infra.db.engine\n    return app.infra.db.engine.URL\ndef g():\n    import app.infra.db.keys\n    return app.infra.db.keys.K\nprint(f(), g())\n",
        "def f():\n    import base.engine\n    return base.engine.URL\ndef g():\n    import app.infra.db.keys\n    return app.infra.db.keys.K\nprint(f(), g())\n",
    ),
    _reached(
        "other-root-only-for-its-effect",
        "import app.infra.db.engine\nprint('loaded')\n",
        "import base.engine\nprint('loaded')\n",
    ),
    _reached(
        "other-root-matched-by-value",
        "import app.infra.db.engine\nmatch 'u':\n    case app.infra.db.engine.URL: print('yes')\n",
        "import base.engine\nmatch 'u':\n    case base.engine.URL: print('yes')\n",
    ),
    _reached(
        "other-root-from-import-with-a-plain-one",
        "from app.infra.db import engine, keys\nimport app.infra.db.engine\nprint(engine is app.infra.db.engine, keys.K)\n",
        "from base import engine\nfrom app.infra.db import keys\nimport base.engine\nprint(engine is base.engine, keys.K)\n",
    ),
    Case(
        "other-root-inside-the-package-whose-init-would-be-hidden",
        "== app/infra/__init__.py\n== app/infra/db/__init__.py\n"
        + BASE
        + ENGINE
        + """\
== app/base.py
HERE = 1
== app/__init__.py
import app.infra.db.engine
URL = app.infra.db.engine.URL
== app/main.py
import app
from app import base
print(app.URL, base.HERE)
""",
        TO_BASE,
        ENGINE_IN_BASE
        + """\
== app/__init__.py
from base import engine
URL = engine.URL
""",
        run="app/main.py",
    ),
    # ---------------------------------------------------------------------- out of every package
    Case(
        "out-of-every-package",
        PACKAGE
        + ENGINE
        + KEYS
        + """\
== app/infra/db/user.py
from . import engine, keys
from .engine import URL
print(engine.URL, keys.K, URL)
== app/main.py
import app.infra.db.engine
import app.infra.db.engine as e
from app.infra.db import engine, keys as k
from app.infra.db.engine import make
from app.infra.db.engine import *
from app.infra.db import user
print(app.infra.db.engine.URL, e.URL, engine.URL, k.K, make(), Engine.name)
""",
        "app/infra/db/engine.py -> motor.py",
        ENGINE.replace("app/infra/db/engine.py", "motor.py")
        + """\
== app/infra/db/user.py
import motor as engine
from . import keys
from motor import URL
print(engine.URL, keys.K, URL)
== app/main.py
import motor
import motor as e
import motor as engine
from app.infra.db import keys as k
from motor import make
from motor import *
from app.infra.db import user
print(motor.URL, e.URL, engine.URL, k.K, make(), Engine.name)
""",
        run="app/main.py",
    ),
    Case(
        "out-of-every-package-with-its-own-relative-imports",
        PACKAGE
        + KEYS
        + """\
== app/infra/db/tool.py
from .keys import K
from . import keys
from ... import infra
print(K, keys.K, infra.__name__)
""",
        "app/infra/db/tool.py -> tool.py",
        """
== tool.py
from app.infra.db.keys import K
from app.infra.db import keys
from app import infra
print(K, keys.K, infra.__name__)
""",
    ),
    Case(
        "out-of-every-package-in-a-text",
        PACKAGE
        + ENGINE
        + KEYS
        + """\
== app/main.py
CODE = "from app.infra.db import engine, keys as k"
TWO = "from app.infra.db import keys as k, engine as e; x = 1"
ONE = "from app.infra.db import engine"
exec(CODE); exec(TWO); exec(ONE)
print(engine.URL, k.K, e.URL)
""",
        "app/infra/db/engine.py -> motor.py",
        ENGINE.replace("app/infra/db/engine.py", "motor.py")
        + """\
== app/main.py
CODE = "import motor as engine; from app.infra.db import keys as k"
TWO = "from app.infra.db import keys as k; import motor as e; x = 1"
ONE = "import motor as engine"
exec(CODE); exec(TWO); exec(ONE)
print(engine.URL, k.K, e.URL)
""",
        run="app/main.py",
    ),
    # ------------------------------------------------------- a top-level module goes into a package
    _taken_in(
        "top-level-module",
        "import foo\nprint(foo.f(), foo.X)\n",
        "from app.infra import foo\nprint(foo.f(), foo.X)\n",
    ),
    _taken_in(
        "top-level-module-as-a-value",
        "import foo\ndef g(m, foo=foo): return m.f(), foo.X\nprint(g(foo), [foo][0] is foo)\n",
        "from app.infra import foo\ndef g(m, foo=foo): return m.f(), foo.X\nprint(g(foo), [foo][0] is foo)\n",
    ),
    _taken_in(
        "top-level-module-in-every-form",
        "import foo as g, os\nimport foo, sys\nfrom foo import f, X as y\nfrom foo import *\nprint(g.f(), foo.X, f(), y, X)\n",
        "import app.infra.foo as g, os\nimport app.infra.foo as foo, sys\nfrom app.infra.foo import f, X as y\nfrom app.infra.foo import *\nprint(g.f(), foo.X, f(), y, X)\n",
    ),
    _taken_in(
        "top-level-module-that-may-be-missing",
        "try:\n    import foo\nexcept ImportError:\n    foo = None\nprint(foo and foo.X)\n",
        "try:\n    from app.infra import foo\nexcept ImportError:\n    foo = None\nprint(foo and foo.X)\n",
    ),
    _taken_in(
        "top-level-module-late-and-deleted",
        "def late():\n    import foo  # noqa: PLC0415\n    x = foo.X\n    del foo\n    return x\nprint(late())\n",
        "def late():\n    from app.infra import foo  # noqa: PLC0415\n    x = foo.X\n    del foo\n    return x\nprint(late())\n",
    ),
    _taken_in(
        "top-level-module-global",
        "foo = None\ndef load():\n    global foo\n    import foo\nload()\nprint(foo.X)\n",
        "foo = None\ndef load():\n    global foo\n    from app.infra import foo\nload()\nprint(foo.X)\n",
    ),
    Case(
        "top-level-module-reached-through-its-importer",
        PACKAGE
        + FOO
        + """\
== app/wiring.py
import foo
== app/main.py
from app import wiring
from app.wiring import foo
print(wiring.foo.X, foo.f())
""",
        FOO_IN,
        FOO_INSIDE
        + """\
== app/wiring.py
from app.infra import foo
""",
        run="app/main.py",
    ),
    Case(
        "top-level-module-renamed-beside-itself",
        PACKAGE
        + FOO
        + """\
== app/main.py
import foo
import foo as g
from foo import f as foo_f
print(foo.X, g.X, foo_f())
""",
        "foo.py -> bar.py",
        FOO.replace("foo.py", "bar.py")
        + """\
== app/main.py
import bar as foo
import bar as g
from bar import f as foo_f
print(foo.X, g.X, foo_f())
""",
        run="app/main.py",
    ),
    # ---------------------------------------------------------------- whole top-level packages
    Case(
        "top-level-package-renamed",
        PACKAGE
        + """
== shop/__init__.py
from . import a
from shop.b import B
NAME = "shop"
== shop/a.py
A = 1
== shop/b.py
import shop.a
B = shop.a.A + 1
== shop/sub/__init__.py
== shop/sub/c.py
from ..a import A
from .. import b
import shop
C = A + b.B + len(shop.NAME)
== app/main.py
import shop
import shop.sub.c, os
from shop import a, NAME as n
def late(x=shop):
    import shop.b
    return shop.b.B, x.NAME
print(shop.NAME, shop.sub.c.C, shop.B, a.A, n, late(), [shop][0].NAME)
""",
        """shop/__init__.py -> store/__init__.py
shop/a.py -> store/a.py
shop/b.py -> store/b.py
shop/sub/__init__.py -> store/sub/__init__.py
shop/sub/c.py -> store/sub/c.py""",
        """
== store/__init__.py
from . import a
from store.b import B
NAME = "shop"
== store/a.py
A = 1
== store/b.py
import store.a
B = store.a.A + 1
== store/sub/__init__.py
== store/sub/c.py
from ..a import A
from .. import b
import store as shop
C = A + b.B + len(shop.NAME)
== app/main.py
import store
import store.sub.c, os
from store import a, NAME as n
def late(x=store):
    import store.b
    return store.b.B, x.NAME
print(store.NAME, store.sub.c.C, store.B, a.A, n, late(), [store][0].NAME)
""",
        run="app/main.py",
    ),
    Case(
        "top-level-package-goes-into-another",
        PACKAGE
        + """
== shop/__init__.py
NAME = "shop"
== shop/a.py
from . import NAME
A = NAME
== app/main.py
import shop.a
import shop
print(shop.a.A, shop.NAME)
== app/other.py
import shop
import shop.a as a
print(shop.NAME, shop.a is a)
""",
        """shop/__init__.py -> app/infra/shop/__init__.py
shop/a.py -> app/infra/shop/a.py""",
        """
== app/infra/shop/__init__.py
NAME = "shop"
== app/infra/shop/a.py
from . import NAME
A = NAME
== app/main.py
import app.infra.shop.a
import app.infra.shop
print(app.infra.shop.a.A, app.infra.shop.NAME)
== app/other.py
from app.infra import shop
import app.infra.shop.a as a
print(shop.NAME, shop.a is a)
""",
        run="app/main.py",
    ),
    Case(
        "namespace-folder-goes-below-another-root",
        PACKAGE
        + """
== plugins/one.py
import plugins.two
P = plugins.two.T
== plugins/two.py
T = 2
== app/main.py
import plugins.one, plugins.two
print(plugins.one.P, plugins.two.T)
""",
        """plugins/one.py -> app/plug/one.py
plugins/two.py -> app/plug/two.py""",
        """
== app/plug/one.py
import app.plug.two
P = app.plug.two.T
== app/plug/two.py
T = 2
== app/main.py
import app.plug.one, app.plug.two
print(app.plug.one.P, app.plug.two.T)
""",
        run="app/main.py",
    ),
    Case(
        "relative-imports-of-a-package-that-goes-below-another-root",
        "== app/__init__.py\n"
        + BASE
        + ENGINE
        + """\
== app/infra/db/__init__.py
from .engine import make as build
== app/infra/db/sub/__init__.py
from ..engine import URL
from .. import engine
== app/infra/db/sub/deep.py
from ..engine import make
from ... import NAME
from . import URL
print(make(), NAME, URL)
== app/infra/__init__.py
NAME = "infra"
== app/main.py
import app.infra.db.sub.deep
from app.infra.db import build, sub
print(app.infra.db.sub.deep.URL, build(), sub.engine.URL)
""",
        """app/infra/db/__init__.py -> base/db/__init__.py
app/infra/db/engine.py -> base/db/engine.py
app/infra/db/sub/__init__.py -> base/db/sub/__init__.py
app/infra/db/sub/deep.py -> base/db/sub/deep.py""",
        ENGINE.replace("app/infra/db", "base/db")
        + """\
== base/db/__init__.py
from .engine import make as build
== base/db/sub/__init__.py
from ..engine import URL
from .. import engine
== base/db/sub/deep.py
from ..engine import make
from app.infra import NAME
from . import URL
print(make(), NAME, URL)
== app/main.py
import base.db.sub.deep
from base.db import build, sub
print(base.db.sub.deep.URL, build(), sub.engine.URL)
""",
        run="app/main.py",
    ),
)
