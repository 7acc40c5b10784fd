"""The case table of the rewriter: what stands in the files before and after some moves.

Each case is (id, before, moves, after). Trees are drawn as text: a line `== path` starts a file.
`after` shows only the files that change or move; all others must keep every byte. A package file
that the draft leaves out (`pkg/__init__.py`) is not there: implicit namespace folders are cases
of their own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the table; `moves` are "old -> new" lines, `-` as new deletes the file.

    `run` is the path, before the moves, of a module that prints the same before and after.
    """

    id: str
    before: str
    moves: str
    after: str
    run: str = ""


PACKAGE = """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
"""

ENGINE = """== app/infra/db/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
"""

CASES = (
    # ------------------------------------------------------------------ from-imports, absolute
    Case(
        "from-module-import-name",
        PACKAGE
        + """
== app/infra/db/engine.py
def make(): ...
== app/main.py
from app.infra.db.engine import make
""",
        "app/infra/db/engine.py -> app/infra/sql/setup/engine.py",
        """
== app/infra/sql/setup/engine.py
def make(): ...
== app/main.py
from app.infra.sql.setup.engine import make
""",
    ),
    Case(
        "from-package-import-submodule",
        PACKAGE
        + """
== app/infra/db/engine.py
== app/main.py
from app.infra.db import engine

engine.make()
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
== app/main.py
from app.infra.sql import engine

engine.make()
""",
    ),
    Case(
        "from-package-import-submodule-that-is-renamed",
        PACKAGE
        + """
== app/infra/db/api_naming.py
== app/main.py
from app.infra.db import api_naming
from app.infra.db import api_naming as n
""",
        "app/infra/db/api_naming.py -> app/infra/sql/naming.py",
        """
== app/infra/sql/naming.py
== app/main.py
from app.infra.sql import naming as api_naming
from app.infra.sql import naming as n
""",
    ),
    Case(
        "one-statement-two-destinations",
        PACKAGE
        + """
== app/infra/db/engine.py
== app/infra/db/sheet.py
== app/main.py
def f():
    from app.infra.db import engine, sheet as s  # noqa: PLC0415
    return engine, s
""",
        """app/infra/db/engine.py -> app/infra/sql/engine.py
app/infra/db/sheet.py -> app/infra/sheet/sheet.py""",
        """
== app/infra/sql/engine.py
== app/infra/sheet/sheet.py
== app/main.py
def f():
    from app.infra.sql import engine  # noqa: PLC0415
    from app.infra.sheet import sheet as s  # noqa: PLC0415
    return engine, s
""",
    ),
    Case(
        "submodule-goes-symbol-stays",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
LIMIT = 3
== app/infra/db/engine.py
== app/main.py
from app.infra.db import engine, LIMIT  # both
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
== app/main.py
from app.infra.sql import engine
from app.infra.db import LIMIT  # both
""",
    ),
    Case(
        "parenthesised-with-comments-is-split",
        PACKAGE
        + """
== app/infra/db/engine.py
== app/infra/db/sheet.py
== app/infra/db/keys.py
== app/main.py
from app.infra.db import (  # what we need
    # the engine
    engine,  # noqa: F401
    # the sheet
    sheet,  # pages
    keys,
)
""",
        """app/infra/db/engine.py -> app/infra/sql/engine.py
app/infra/db/keys.py -> app/infra/sql/keys.py
app/infra/db/sheet.py -> app/infra/sheet/sheet.py""",
        """
== app/infra/sql/engine.py
== app/infra/sql/keys.py
== app/infra/sheet/sheet.py
== app/main.py
from app.infra.sql import (  # what we need
    # the engine
    engine,  # noqa: F401
    keys,
)
from app.infra.sheet import (
    # the sheet
    sheet,  # pages
)
""",
    ),
    Case(
        "backslash-continuation",
        PACKAGE
        + """
== app/infra/db/engine.py
== app/main.py
from app.infra.db.engine import make, \\
    drop
from app.infra.db \\
    import engine
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
== app/main.py
from app.infra.sql.engine import make, \\
    drop
from app.infra.sql \\
    import engine
""",
    ),
    Case(
        "joined-by-semicolons",
        PACKAGE
        + """
== app/infra/db/engine.py
== app/infra/db/sheet.py
== app/main.py
x = "ä𝄞"; from app.infra.db import engine, sheet; y = 2
if x: from app.infra.db import engine, sheet
""",
        """app/infra/db/engine.py -> app/infra/sql/engine.py
app/infra/db/sheet.py -> app/infra/sheet/sheet.py""",
        """
== app/infra/sql/engine.py
== app/infra/sheet/sheet.py
== app/main.py
x = "ä𝄞"; from app.infra.sql import engine; from app.infra.sheet import sheet; y = 2
if x: from app.infra.sql import engine; from app.infra.sheet import sheet
""",
    ),
    Case(
        "star-import",
        PACKAGE
        + """
== app/infra/db/tables.py
__all__ = ["users"]
users = 1
== app/main.py
from app.infra.db.tables import *
""",
        "app/infra/db/tables.py -> app/infra/sql/tables.py",
        """
== app/infra/sql/tables.py
__all__ = ["users"]
users = 1
== app/main.py
from app.infra.sql.tables import *
""",
    ),
    Case(
        "similar-names-stay",
        PACKAGE
        + """
== app/infra/db/table.py
== app/infra/db/tables.py
== app/infra/db/table_x.py
== app/main.py
from app.infra.db.table import a
from app.infra.db.tables import b
from app.infra.db.table_x import c
from myapp.infra.db.table import d
""",
        "app/infra/db/table.py -> app/infra/sql/table.py",
        """
== app/infra/sql/table.py
== app/main.py
from app.infra.sql.table import a
from app.infra.db.tables import b
from app.infra.db.table_x import c
from myapp.infra.db.table import d
""",
    ),
    Case(
        "attribute-of-an-init-wins-over-a-submodule",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
def engine(): ...
== app/infra/db/engine.py
== app/main.py
from app.infra.db import engine
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
""",
    ),
    Case(
        "kinds-of-import-stay-in-place",
        PACKAGE
        + """
== app/infra/db/engine.py
== app/main.py
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.infra.db.engine import Engine
try:
    from app.infra.db.engine import make
except ImportError:
    make = None


class C:
    from app.infra.db import engine


def f():
    import app.infra.db.engine as e
    return e
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
== app/main.py
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.infra.sql.engine import Engine
try:
    from app.infra.sql.engine import make
except ImportError:
    make = None


class C:
    from app.infra.sql import engine


def f():
    import app.infra.sql.engine as e
    return e
""",
    ),
    # ---------------------------------------------------------------------------- relative
    Case(
        "relative-both-move-together",
        PACKAGE
        + """
== app/infra/db/engine.py
from .keys import key
from . import keys
== app/infra/db/keys.py
key = 1
""",
        """app/infra/db/engine.py -> app/infra/sql/engine.py
app/infra/db/keys.py -> app/infra/sql/keys.py""",
        """
== app/infra/sql/engine.py
from .keys import key
from . import keys
== app/infra/sql/keys.py
key = 1
""",
    ),
    Case(
        "relative-parts-inside-one-concern",
        PACKAGE
        + """
== app/infra/db/engine.py
from .keys import key
== app/infra/db/keys.py
key = 1
""",
        """app/infra/db/engine.py -> app/infra/sql/setup/engine.py
app/infra/db/keys.py -> app/infra/sql/query/keys.py""",
        """
== app/infra/sql/setup/engine.py
from ..query.keys import key
== app/infra/sql/query/keys.py
key = 1
""",
    ),
    Case(
        "relative-apart-becomes-absolute",
        PACKAGE
        + """
== app/infra/db/engine.py
from .keys import key
from . import sheet, keys
== app/infra/db/keys.py
key = 1
== app/infra/db/sheet.py
""",
        """app/infra/db/engine.py -> app/infra/sql/engine.py
app/infra/db/sheet.py -> app/infra/sheet/sheet.py""",
        """
== app/infra/sql/engine.py
from app.infra.db.keys import key
from app.infra.sheet import sheet
from app.infra.db import keys
== app/infra/sheet/sheet.py
""",
    ),
    Case(
        "relative-user-stays",
        PACKAGE
        + """
== app/infra/db/engine.py
== app/infra/db/keys.py
== app/infra/api.py
from .db.engine import make
from .db import engine
from . import db
== app/main.py
from .infra.db.engine import make
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
== app/infra/api.py
from .sql.engine import make
from .sql import engine
from . import db
== app/main.py
from .infra.sql.engine import make
""",
    ),
    Case(
        "relative-module-goes-deeper",
        PACKAGE
        + """
== app/infra/db/engine.py
from ...domain.user import User
from .. import logging
== app/infra/logging.py
== app/domain/__init__.py
== app/domain/user.py
""",
        "app/infra/db/engine.py -> app/infra/sql/setup/engine.py",
        """
== app/infra/sql/setup/engine.py
from ....domain.user import User
from ... import logging
""",
    ),
    Case(
        "relative-without-spaces",
        PACKAGE
        + """
== app/infra/db/engine.py
from.import keys
from.keys import(key)
== app/infra/db/keys.py
key = 1
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
from app.infra.db import keys
from app.infra.db.keys import(key)
""",
    ),
    Case(
        "init-re-exports-follow",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/auth/__init__.py
from .di import Provider
from . import orcid

__all__ = ["Provider", "orcid"]
== app/infra/auth/di.py
class Provider: ...
== app/infra/auth/orcid.py
== app/main.py
from app.infra.auth import Provider, orcid
""",
        """app/infra/auth/__init__.py -> app/infra/idp/__init__.py
app/infra/auth/di.py -> app/infra/idp/di.py
app/infra/auth/orcid.py -> app/infra/idp/orcid.py""",
        """
== app/infra/idp/__init__.py
from .di import Provider
from . import orcid

__all__ = ["Provider", "orcid"]
== app/infra/idp/di.py
class Provider: ...
== app/infra/idp/orcid.py
== app/main.py
from app.infra.idp import Provider, orcid
""",
    ),
    Case(
        "module-becomes-a-package",
        PACKAGE
        + """
== app/infra/db/tables.py
from .keys import key
from . import keys
== app/infra/db/keys.py
key = 1
== app/main.py
from app.infra.db.tables import users
from app.infra.db import tables
""",
        """app/infra/db/tables.py -> app/infra/sql/tables/__init__.py
app/infra/db/keys.py -> app/infra/sql/keys.py""",
        """
== app/infra/sql/tables/__init__.py
from ..keys import key
from .. import keys
== app/infra/sql/keys.py
key = 1
== app/main.py
from app.infra.sql.tables import users
from app.infra.sql import tables
""",
    ),
    Case(
        "package-becomes-a-module",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
from .. import logging
URL = 1
== app/infra/logging.py
== app/main.py
from app.infra.db import URL
""",
        "app/infra/db/__init__.py -> app/infra/sql.py",
        """
== app/infra/sql.py
from . import logging
URL = 1
== app/main.py
from app.infra.sql import URL
""",
    ),
    Case(
        "namespace-folder",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/mappers/record.py
from .user import to_user
from app.infra.mappers import user
== app/infra/mappers/user.py
def to_user(): ...
""",
        """app/infra/mappers/record.py -> app/infra/sql/mappers/record.py
app/infra/mappers/user.py -> app/infra/sql/mappers/user.py""",
        """
== app/infra/sql/mappers/record.py
from .user import to_user
from app.infra.sql.mappers import user
== app/infra/sql/mappers/user.py
def to_user(): ...
""",
    ),
    # ------------------------------------------------------------------------ import a.b.c
    Case(
        "plain-import-and-use",
        PACKAGE
        + """
== app/infra/db/engine.py
== app/main.py
import os, app.infra.db.engine
import app.infra.db.engine as e

app.infra.db.engine.make(os.sep)["x"].infra.db.engine
print(app.infra.db.engine.URL, e)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
== app/main.py
import os, app.infra.sql.engine
import app.infra.sql.engine as e

app.infra.sql.engine.make(os.sep)["x"].infra.db.engine
print(app.infra.sql.engine.URL, e)
""",
    ),
    Case(
        "plain-import-keeps-the-packages-on-its-way",
        """
== app/__init__.py
== app/infra/__init__.py
== app/infra/db/__init__.py
LIMIT = 1
== app/infra/db/engine.py
== app/main.py
import app.infra.db.engine

app.infra.db.engine.make(app.infra.db.LIMIT)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
== app/main.py
import app.infra.sql.engine, app.infra.db

app.infra.sql.engine.make(app.infra.db.LIMIT)
""",
    ),
    Case(
        "plain-import-shadowed-by-a-local-name",
        PACKAGE
        + """
== app/infra/db/engine.py
== app/main.py
import app.infra.db.engine


def f(app):
    return app.infra.db.engine


def g():
    return app.infra.db.engine
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
== app/main.py
import app.infra.sql.engine


def f(app):
    return app.infra.db.engine


def g():
    return app.infra.sql.engine
""",
    ),
    Case(
        "submodule-loaded-by-someone-else",
        PACKAGE
        + """
== app/infra/db/engine.py
== app/main.py
import app
from app import infra

app.infra.db.engine.make()
infra.db.engine.make()
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
== app/main.py
import app
from app import infra

app.infra.sql.engine.make()
infra.sql.engine.make()
""",
    ),
    Case(
        "alias-of-a-package-that-moves",
        PACKAGE
        + """
== app/infra/db/engine.py
== app/main.py
import app.infra.db as store

store.engine.make()
""",
        """app/infra/db/__init__.py -> app/infra/sql/__init__.py
app/infra/db/engine.py -> app/infra/sql/setup/engine.py""",
        """
== app/infra/sql/__init__.py
== app/infra/sql/setup/engine.py
== app/main.py
import app.infra.sql as store

store.setup.engine.make()
""",
    ),
    # ---------------------------------------------------------------- simultaneous renames
    Case(
        "swap",
        PACKAGE
        + """
== app/infra/db/a.py
NAME = "a"
== app/infra/db/b.py
NAME = "b"
== app/main.py
from app.infra.db import a, b
from app.infra.db.a import NAME
from app.infra.db.b import NAME as OTHER
""",
        """app/infra/db/a.py -> app/infra/db/b.py
app/infra/db/b.py -> app/infra/db/a.py""",
        """
== app/infra/db/b.py
NAME = "a"
== app/infra/db/a.py
NAME = "b"
== app/main.py
from app.infra.db import b as a, a as b
from app.infra.db.b import NAME
from app.infra.db.a import NAME as OTHER
""",
    ),
    Case(
        "chain",
        PACKAGE
        + """
== app/infra/db/a.py
== app/infra/db/b.py
== app/main.py
import app.infra.db.a as a
import app.infra.db.b as b
""",
        """app/infra/db/a.py -> app/infra/db/b.py
app/infra/db/b.py -> app/infra/db/c.py""",
        """
== app/infra/db/b.py
== app/infra/db/c.py
== app/main.py
import app.infra.db.b as a
import app.infra.db.c as b
""",
    ),
    Case(
        "module-named-like-its-package",
        PACKAGE
        + """
== app/infra/db/sheet.py
== app/main.py
from app.infra.db.sheet import Sheet
""",
        "app/infra/db/sheet.py -> app/infra/sheet/sheet.py",
        """
== app/infra/sheet/sheet.py
== app/main.py
from app.infra.sheet.sheet import Sheet
""",
    ),
    # ----------------------------------------------------------------------------- strings
    Case(
        "strings-and-comments",
        PACKAGE
        + '''
== app/infra/db/engine.py
== app/infra/db/keys.py
== app/main.py
"""See :mod:`app.infra.db.engine` and :class:`~app.infra.db.engine.Engine`."""
from unittest.mock import patch
from importlib import import_module

# app.infra.db.engine is imported late
patch("app.infra.db.engine.make")
import_module("app.infra.db.engine")
a = f"app.infra.db.engine:{patch}"
b = b"app.infra.db.engine"
c: "app.infra.db.engine.Engine"
d = "app.infra.db.engine_x and xapp.infra.db.engine and app.infra.db.engines"
e = "app/infra/db/engine.py"
f = "app.infra.db"
''',
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        '''
== app/infra/sql/engine.py
== app/main.py
"""See :mod:`app.infra.sql.engine` and :class:`~app.infra.sql.engine.Engine`."""
from unittest.mock import patch
from importlib import import_module

# app.infra.sql.engine is imported late
patch("app.infra.sql.engine.make")
import_module("app.infra.sql.engine")
a = f"app.infra.sql.engine:{patch}"
b = b"app.infra.sql.engine"
c: "app.infra.sql.engine.Engine"
d = "app.infra.db.engine_x and xapp.infra.db.engine and app.infra.db.engines"
e = "app/infra/sql/engine.py"
f = "app.infra.db"
''',
    ),
    Case(
        "import-lines-in-docstrings",
        PACKAGE
        + '''
== app/infra/db/engine.py
== app/infra/db/sheet.py
== app/main.py
"""
>>> from app.infra.db import engine, sheet
>>> from app.infra.db.engine import make
"""
''',
        """app/infra/db/engine.py -> app/infra/sql/engine.py
app/infra/db/sheet.py -> app/infra/sheet/sheet.py""",
        '''
== app/infra/sql/engine.py
== app/infra/sheet/sheet.py
== app/main.py
"""
>>> from app.infra.sql import engine; from app.infra.sheet import sheet
>>> from app.infra.sql.engine import make
"""
''',
    ),
    Case(
        "other-files",
        PACKAGE
        + """
== app/infra/db/engine.py
== app/infra/jobs/run.py
== pyproject.toml
[project.scripts]
app = "app.infra.db.engine:main"
[tool.x]
files = ["app/infra/db/engine.py", "app/infra/jobs/*.py"]
== Dockerfile
COPY app/infra/db/engine.py /srv/app/infra/db/engine.py
== docs/guide.md
Look at `infra/db/engine.py` and other/infra/db/engine.py.
== logging.ini
[logger_db]
qualname=app.infra.db.engine
""",
        """app/infra/db/engine.py -> app/infra/sql/engine.py
app/infra/jobs/run.py -> app/infra/worker/run.py""",
        """
== app/infra/sql/engine.py
== app/infra/worker/run.py
== pyproject.toml
[project.scripts]
app = "app.infra.sql.engine:main"
[tool.x]
files = ["app/infra/sql/engine.py", "app/infra/worker/*.py"]
== Dockerfile
COPY app/infra/sql/engine.py /srv/app/infra/sql/engine.py
== docs/guide.md
Look at `infra/sql/engine.py` and other/infra/db/engine.py.
== logging.ini
[logger_db]
qualname=app.infra.sql.engine
""",
    ),
)
