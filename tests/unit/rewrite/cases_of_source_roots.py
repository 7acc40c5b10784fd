"""Several folders that imports start from: `src/` with its tests, and packages side by side."""

from __future__ import annotations

from tests.unit.rewrite.cases import Case

SRC = """
== src/app/__init__.py
== src/app/infra/__init__.py
== src/app/infra/db/__init__.py
== src/app/infra/db/engine.py
URL = "u"
"""
ENGINE_TO_SQL = "src/app/infra/db/engine.py -> src/app/infra/sql/engine.py"
ENGINE_IN_SQL = """
== src/app/infra/sql/engine.py
URL = "u"
"""

SOURCE_ROOTS = (
    Case(
        "a-test-moves-with-its-module",
        SRC
        + """
== tests/test_engine.py
from app.infra.db.engine import URL
import app.infra.db.engine
print(URL, app.infra.db.engine.URL)
""",
        ENGINE_TO_SQL + "\ntests/test_engine.py -> tests/sql/test_engine.py",
        ENGINE_IN_SQL
        + """
== tests/sql/test_engine.py
from app.infra.sql.engine import URL
import app.infra.sql.engine
print(URL, app.infra.sql.engine.URL)
""",
        run="tests/test_engine.py",
    ),
    Case(
        "tests-that-are-a-package",
        SRC
        + """
== tests/__init__.py
== tests/keys.py
K = 1
== tests/lib/__init__.py
== tests/lib/deep.py
from ..keys import K
== tests/test_engine.py
from app.infra.db.engine import URL
from .keys import K
from . import keys as k
from .lib import deep
print(URL, K, k.K, deep.K)
""",
        "tests/test_engine.py -> tests/sql/test_engine.py",
        """
== tests/sql/test_engine.py
from app.infra.db.engine import URL
from ..keys import K
from .. import keys as k
from ..lib import deep
print(URL, K, k.K, deep.K)
""",
        run="tests/test_engine.py",
    ),
    Case(
        "a-module-of-the-tests-moves",
        SRC
        + """
== tests/__init__.py
== tests/keys.py
K = 1
== tests/test_engine.py
from tests.keys import K
from tests import keys
from .keys import K as same
import tests.keys, app
print(K, tests.keys.K, keys.K, same, app.__name__)
""",
        "tests/keys.py -> tests/lib/keys.py",
        """
== tests/lib/keys.py
K = 1
== tests/test_engine.py
from tests.lib.keys import K
from tests.lib import keys
from .lib.keys import K as same
import tests.lib.keys, app
print(K, tests.lib.keys.K, keys.K, same, app.__name__)
""",
        run="tests/test_engine.py",
    ),
    Case(
        "tests-without-init-that-are-imported-from-the-root",
        SRC
        + """
== tests/keys.py
K = 1
== tests/test_engine.py
from tests.keys import K
print(K)
""",
        "tests/keys.py -> tests/lib/keys.py",
        """
== tests/lib/keys.py
K = 1
== tests/test_engine.py
from tests.lib.keys import K
print(K)
""",
        run="tests/test_engine.py",
    ),
    Case(
        "one-module-under-two-roots",
        SRC
        + """
== src/__init__.py
== main.py
from src.app.infra.db.engine import URL
from app.infra.db.engine import URL as same
from app.infra.db import engine
print(URL, same, engine.URL)
""",
        ENGINE_TO_SQL,
        ENGINE_IN_SQL
        + """
== main.py
from src.app.infra.sql.engine import URL
from app.infra.sql.engine import URL as same
from app.infra.sql import engine
print(URL, same, engine.URL)
""",
        run="main.py",
    ),
    Case(
        "packages-side-by-side",
        SRC
        + """
== other/src/base/__init__.py
== other/src/base/keys.py
K = 1
== other/src/base/more.py
from .keys import K
from . import keys
import base.keys
M = K + base.keys.K + keys.K
== main.py
import sys
sys.path.append("other/src")
from base.keys import K
from base import more
import base.more as m
import app.infra.db.engine
print(K, more.M, m.M, app.infra.db.engine.URL)
""",
        ENGINE_TO_SQL + "\nother/src/base/keys.py -> other/src/base/lib/keys.py",
        ENGINE_IN_SQL
        + """
== other/src/base/lib/keys.py
K = 1
== other/src/base/more.py
from .lib.keys import K
from .lib import keys
import base.lib.keys
M = K + base.lib.keys.K + keys.K
== main.py
import sys
sys.path.append("other/src")
from base.lib.keys import K
from base import more
import base.more as m
import app.infra.sql.engine
print(K, more.M, m.M, app.infra.sql.engine.URL)
""",
        run="main.py",
    ),
    Case(
        "a-module-goes-to-the-package-beside",
        SRC.rstrip()
        + """
== other/src/base/__init__.py
NAME = "base"
== other/src/base/more.py
M = 1
== main.py
import sys
sys.path.append("other/src")
from base.more import M
import app.infra.db.engine
print(M, app.infra.db.engine.URL)
""",
        "src/app/infra/db/engine.py -> other/src/base/engine.py",
        """
== other/src/base/engine.py
URL = "u"
== main.py
import sys
sys.path.append("other/src")
from base.more import M
import base.engine
print(M, base.engine.URL)
""",
        run="main.py",
    ),
    Case(
        "a-library-that-is-called-like-a-file-elsewhere",
        SRC
        + """
== tools/json.py
J = 1
== tools/click.py
C = 1
== src/app/main.py
import json
try:
    import click
except ImportError:
    click = json
print(json.dumps([1]), click.__name__ in ("json", "click"))
""",
        "tools/json.py -> tools/lib/json.py\ntools/click.py -> tools/lib/click.py",
        """
== tools/lib/json.py
J = 1
== tools/lib/click.py
C = 1
""",
        run="src/app/main.py",
    ),
)
