"""Names in strings, comments and other tracked files."""

# ruff: noqa: E501  (programs that are one line long on purpose)

from __future__ import annotations

from tests.unit.rewrite.cases import ENGINE, PACKAGE, Case

TEXTS = (
    Case(
        "folder-whose-modules-get-other-names",
        PACKAGE
        + ENGINE
        + """\
== README.md
`app/infra/db/` holds `app/infra/db/engine.py`; read app/infra/db/*.py.
""",
        """app/infra/db/__init__.py -> app/infra/sql/__init__.py
app/infra/db/engine.py -> app/infra/sql/motor.py""",
        """
== README.md
`app/infra/sql/` holds `app/infra/sql/motor.py`; read app/infra/sql/*.py.
== app/infra/sql/__init__.py
== app/infra/sql/motor.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
""",
    ),
    Case(
        "folder-before-an-escaped-quote",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
from app.infra.db.engine import make
SEE = "see \\\"app/infra/db\\\""
print(make())
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from app.infra.sql.engine import make
SEE = "see \\\"app/infra/sql\\\""
print(make())
""",
        run="app/main.py",
    ),
    Case(
        "patch-and-import-module",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
from importlib import import_module
from unittest.mock import patch
import sys
with patch('app.infra.db.engine.make', return_value='patched'):
    print(import_module('app.infra.db.engine').make())
print('app.infra.db.engine' in sys.modules, __import__('app.infra.db.engine', fromlist=['URL']).URL)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
from importlib import import_module
from unittest.mock import patch
import sys
with patch('app.infra.sql.engine.make', return_value='patched'):
    print(import_module('app.infra.sql.engine').make())
print('app.infra.sql.engine' in sys.modules, __import__('app.infra.sql.engine', fromlist=['URL']).URL)
""",
        run="app/main.py",
    ),
    Case(
        "string-annotations",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import typing
import app.infra.db.engine
from app.infra.db import engine
def f(a: 'app.infra.db.engine.Engine', b: "list[app.infra.db.engine.Engine]", c: 'engine.Engine'): ...
print([str(t).replace('db', 'sql').split('.')[-1] for t in typing.get_type_hints(f).values()])
""",
        "app/infra/db/engine.py -> app/infra/sql/motor.py",
        """
== app/infra/sql/motor.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import typing
import app.infra.sql.motor
from app.infra.sql import motor as engine
def f(a: 'app.infra.sql.motor.Engine', b: "list[app.infra.sql.motor.Engine]", c: 'engine.Engine'): ...
print([str(t).replace('db', 'sql').split('.')[-1] for t in typing.get_type_hints(f).values()])
""",
        run="app/main.py",
    ),
    Case(
        "type-comment",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
from app.infra.db import engine
x = None  # type: app.infra.db.engine.Engine
y = []  # type: list[engine.Engine]
print(engine.URL)
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
x = None  # type: app.infra.sql.engine.Engine
y = []  # type: list[engine.Engine]
print(engine.URL)
""",
        run="app/main.py",
    ),
    Case(
        "doctest",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
K = 1
== app/main.py
\"\"\"
>>> import app.infra.db.engine
>>> app.infra.db.engine.make()
'made'
>>> from app.infra.db import engine, keys  # both
>>> engine.URL, keys.K
('u', 1)
\"\"\"
import doctest, sys
print(doctest.testmod(sys.modules[__name__]))
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
\"\"\"
>>> import app.infra.sql.engine
>>> app.infra.sql.engine.make()
'made'
>>> from app.infra.sql import engine; from app.infra.db import keys  # both
>>> engine.URL, keys.K
('u', 1)
\"\"\"
import doctest, sys
print(doctest.testmod(sys.modules[__name__]))
""",
        run="app/main.py",
    ),
    Case(
        "executed-text",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
exec('from app.infra.db import engine\\nprint(engine.URL)')
exec('import app.infra.db.engine as e; print(e.URL)')
print(eval('__import__("app.infra.db.engine")').__name__)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
exec('from app.infra.sql import engine\\nprint(engine.URL)')
exec('import app.infra.sql.engine as e; print(e.URL)')
print(eval('__import__("app.infra.sql.engine")').__name__)
""",
        run="app/main.py",
    ),
    Case(
        "kinds-of-literals",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import sys, app.infra.db.engine as e
names = ['app.infra.db.engine', "app.infra.db.engine", '''app.infra.db.engine''', r'app.infra.db.engine', u'app.infra.db.engine', b'app.infra.db.engine'.decode(), f'app.infra.db.{"engine"}'[:0] or 'app.infra.db.engine', '\\tapp.infra.db.engine\\n'.strip()]
print([n == e.__name__ for n in names])
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import sys, app.infra.sql.engine as e
names = ['app.infra.sql.engine', "app.infra.sql.engine", '''app.infra.sql.engine''', r'app.infra.sql.engine', u'app.infra.sql.engine', b'app.infra.sql.engine'.decode(), f'app.infra.sql.{"engine"}'[:0] or 'app.infra.sql.engine', '\\tapp.infra.sql.engine\\n'.strip()]
print([n == e.__name__ for n in names])
""",
        run="app/main.py",
    ),
    Case(
        "sentences-and-marks",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
\"\"\"Uses app.infra.db.engine. See `app.infra.db.engine`, (app.infra.db.engine), app.infra.db.engine:make,
:py:func:`app.infra.db.engine.make`, <app.infra.db.engine>, app.infra.db.engine's, app.infra.db.engine-like,
@app.infra.db.engine, path=app.infra.db.engine;x, my.app.infra.db.engine, app.infra.db.engines, app.infra.db.engine2.\"\"\"
print(len(__doc__))
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
\"\"\"Uses app.infra.sql.engine. See `app.infra.sql.engine`, (app.infra.sql.engine), app.infra.sql.engine:make,
:py:func:`app.infra.sql.engine.make`, <app.infra.sql.engine>, app.infra.sql.engine's, app.infra.sql.engine-like,
@app.infra.sql.engine, path=app.infra.sql.engine;x, my.app.infra.db.engine, app.infra.db.engines, app.infra.db.engine2.\"\"\"
print(len(__doc__))
""",
    ),
    Case(
        "logger-and-task-names",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
import logging
from app.infra.db import engine
logging.getLogger('app.infra.db.engine').setLevel(10)
task = {'task': 'app.infra.db.engine.make', 'path': 'app.infra.db.engine:make'}
print(logging.getLogger(engine.__name__).level, task['task'].startswith(engine.__name__), task['path'].split(':')[0] == engine.__name__)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
import logging
from app.infra.sql import engine
logging.getLogger('app.infra.sql.engine').setLevel(10)
task = {'task': 'app.infra.sql.engine.make', 'path': 'app.infra.sql.engine:make'}
print(logging.getLogger(engine.__name__).level, task['task'].startswith(engine.__name__), task['path'].split(':')[0] == engine.__name__)
""",
        run="app/main.py",
    ),
    Case(
        "paths-of-its-own-file",
        PACKAGE
        + ENGINE
        + """\
== app/main.py
# app/infra/db/keys.py and app/infra/db/engine.py: see
print('./app/infra/db/engine.py'[-9:], 'app/infra/db/engine.py::test'[-6:], 'x/app/infra/db/engine.pyc'[:1])
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== app/main.py
# app/infra/sql/keys.py and app/infra/sql/engine.py: see
print('./app/infra/sql/engine.py'[-9:], 'app/infra/sql/engine.py::test'[-6:], 'x/app/infra/db/engine.pyc'[:1])
""",
        run="app/main.py",
    ),
    Case(
        "names-that-only-look-alike",
        PACKAGE
        + ENGINE
        + """\
== app/infra/db/keys.py
== app/main.py
engine = {'app.infra.db': 1, 'app.infra.dbx.engine': 2, 'xapp.infra.db.engine': 3, 'app.infra.db.engine_': 4, 'infra.db.engine': 5}
print(engine)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
""",
        run="app/main.py",
    ),
    Case(
        "settings-of-logging",
        PACKAGE
        + """\
== app/infra/db/engine.py
import logging
class Plain(logging.Formatter): pass
== app/main.py
import logging.config
from app.infra.db import engine
logging.config.dictConfig({'version': 1, 'formatters': {'f': {'()': 'app.infra.db.engine.Plain'}}, 'loggers': {'app.infra.db.engine': {'level': 'INFO'}}})
print(logging.getLogger(engine.__name__).level)
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
import logging
class Plain(logging.Formatter): pass
== app/main.py
import logging.config
from app.infra.sql import engine
logging.config.dictConfig({'version': 1, 'formatters': {'f': {'()': 'app.infra.sql.engine.Plain'}}, 'loggers': {'app.infra.sql.engine': {'level': 'INFO'}}})
print(logging.getLogger(engine.__name__).level)
""",
        run="app/main.py",
    ),
    # -------------------------------------------------------------------------------- other files
    Case(
        "packaging-tables",
        PACKAGE
        + ENGINE
        + """\
== pyproject.toml
[project.scripts]
app = "app.infra.db.engine:make"
[project.entry-points."app.plugins"]
x = "app.infra.db.engine"
[tool.mypy.overrides]
module = ["app.infra.db.engine", "app.infra.db.*"]
[tool.ruff.lint.per-file-ignores]
"app/infra/db/engine.py" = ["E501"]
[tool.coverage.run]
omit = ["./app/infra/db/engine.py"]
== setup.cfg
[options.entry_points]
console_scripts =
    app = app.infra.db.engine:make [extra]
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== pyproject.toml
[project.scripts]
app = "app.infra.sql.engine:make"
[project.entry-points."app.plugins"]
x = "app.infra.sql.engine"
[tool.mypy.overrides]
module = ["app.infra.sql.engine", "app.infra.sql.*"]
[tool.ruff.lint.per-file-ignores]
"app/infra/sql/engine.py" = ["E501"]
[tool.coverage.run]
omit = ["./app/infra/sql/engine.py"]
== setup.cfg
[options.entry_points]
console_scripts =
    app = app.infra.sql.engine:make [extra]
""",
    ),
    Case(
        "build-and-delivery",
        PACKAGE
        + ENGINE
        + """\
== Makefile
run:
	python -m app.infra.db.engine && cat app/infra/db/engine.py $(wildcard app/infra/db/*.py)
== Justfile
run: (py "app.infra.db.engine")
== .github/workflows/ci.yml
on:
  push: {paths: ['app/infra/db/engine.py', '!app/infra/db/engine.py']}
jobs: {t: {steps: [{run: python -m app.infra.db.engine --x=app.infra.db.engine}]}}
== Dockerfile
CMD ["python", "-m", "app.infra.db.engine"]
COPY --chown=x app/infra/db/engine.py app/infra/db/engine.py
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== .github/workflows/ci.yml
on:
  push: {paths: ['app/infra/sql/engine.py', '!app/infra/sql/engine.py']}
jobs: {t: {steps: [{run: python -m app.infra.sql.engine --x=app.infra.sql.engine}]}}
== Dockerfile
CMD ["python", "-m", "app.infra.sql.engine"]
COPY --chown=x app/infra/sql/engine.py app/infra/sql/engine.py
== Justfile
run: (py "app.infra.sql.engine")
== Makefile
run:
	python -m app.infra.sql.engine && cat app/infra/sql/engine.py $(wildcard app/infra/sql/*.py)
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
""",
    ),
    Case(
        "data-that-names-modules",
        PACKAGE
        + ENGINE
        + """\
== settings.json
{"m": "app.infra.db.engine.make", "n": ["app.infra.db.engine"], "é": "app.infra.db.engine"}
== settings.yaml
engine: app.infra.db.engine.Engine
class: !!python/name:app.infra.db.engine.Engine
list: [app.infra.db.engine, 'app.infra.db.engine']
== alembic.ini
[alembic]
script = app.infra.db.engine:make
file = %(here)s/app/infra/db/engine.py
""",
        "app/infra/db/engine.py -> app/infra/sql/engine.py",
        """
== alembic.ini
[alembic]
script = app.infra.sql.engine:make
file = %(here)s/app/infra/sql/engine.py
== app/infra/sql/engine.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== settings.json
{"m": "app.infra.sql.engine.make", "n": ["app.infra.sql.engine"], "é": "app.infra.sql.engine"}
== settings.yaml
engine: app.infra.sql.engine.Engine
class: !!python/name:app.infra.sql.engine.Engine
list: [app.infra.sql.engine, 'app.infra.sql.engine']
""",
    ),
    Case(
        "prose-with-code",
        PACKAGE
        + ENGINE
        + """\
== docs/guide.md
# app.infra.db.engine

```python
from app.infra.db import engine
import app.infra.db.engine as e
```

[source](../app/infra/db/engine.py#L3), `app/infra/db/engine.py`, infra/db/engine.py, db/engine.py
== docs/api.rst
.. automodule:: app.infra.db.engine
   :members:

:mod:`~app.infra.db.engine`, ``app/infra/db/engine.py``
""",
        "app/infra/db/engine.py -> app/infra/sql/motor.py",
        """
== app/infra/sql/motor.py
URL = "u"
def make(*a, **k): return "made"
class Engine: name = "E"
def register(f): return f
== docs/api.rst
.. automodule:: app.infra.sql.motor
   :members:

:mod:`~app.infra.sql.motor`, ``app/infra/sql/motor.py``
== docs/guide.md
# app.infra.sql.motor

```python
from app.infra.sql import motor as engine
import app.infra.sql.motor as e
```

[source](../app/infra/sql/motor.py#L3), `app/infra/sql/motor.py`, infra/sql/motor.py, db/engine.py
""",
    ),
)
