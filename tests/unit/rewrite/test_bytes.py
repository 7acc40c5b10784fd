"""What was not renamed keeps every byte, whatever the bytes are."""

from __future__ import annotations

import pytest

from tests.conftest import MakeRepository
from tests.unit.rewrite.test_cases import change

MOVES = "app/infra/db/engine.py -> app/infra/sql/engine.py"
OLD, NEW = b"app.infra.db.engine", b"app.infra.sql.engine"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b"import os\r\nfrom OLD import make\r\n", id="crlf"),
        pytest.param(b"\xef\xbb\xbffrom OLD import make\n", id="bom"),
        pytest.param(b"\xef\xbb\xbfimport OLD\nOLD.f()\n", id="bom-and-chain"),
        pytest.param(b"# coding: latin-1\nx = '\xe9'; from OLD import make\n", id="latin-1"),
        pytest.param(
            b"# coding: latin-1\nimport OLD\nx = '\xe9', OLD.f(), 'OLD'\n", id="latin-1-chain"
        ),
        pytest.param(b"from OLD import make", id="no-final-newline"),
        pytest.param(b"if 1:\n\tfrom OLD import make\n\x0c\nimport OLD as e\n", id="tab-form-feed"),
        pytest.param(b"\x0cimport OLD\nOLD.f()\n\x0cOLD.f()\n\x0c\nOLD\n", id="form-feed-chain"),
        pytest.param(
            b"# coding: latin-1\n\x0cimport OLD; '\xe9'; OLD.f()\n", id="latin-1-form-feed"
        ),
        pytest.param("x = 'ä𝄞'; import OLD as e; y = 'OLD'\n".encode(), id="astral"),
        pytest.param(b"import OLD as e\r\nx = '''\nOLD\r\n'''\n", id="mixed-line-ends"),
        pytest.param(b"import OLD\nx = OLD.f()" + b" + OLD.f()" * 800 + b"\n", id="long-sum"),
        pytest.param(b"import OLD\nx = (\n" + b"'x'\n" * 800 + b")\nOLD.f()\n", id="long-text"),
        pytest.param(b"x = 'app/infra\\\n'; import OLD as e\n", id="continued-text"),
        pytest.param(b"import OLD\nif 1: x = OLD\n" + b"elif OLD.x: x = 2\n" * 400, id="long-elif"),
        pytest.param(b"x = 1\n\nfrom  OLD  import  ( make ) # OLD\n", id="odd-spaces"),
    ],
)
def test_only_the_name_changes(source: bytes, make_repository: MakeRepository) -> None:
    before = source.replace(b"OLD", OLD)
    root = make_repository(
        {
            "app/__init__.py": "",
            "app/infra/__init__.py": "",
            "app/infra/db/__init__.py": "LIMIT = 1\n",
            "app/infra/db/engine.py": "def make(): ...\n",
            "app/main.py": before,
        }
    )
    (main,) = [c for c in change(root, MOVES).changes if c.source == "app/main.py"]
    assert main.after == source.replace(b"OLD", NEW)


def test_crlf_stays_when_a_statement_becomes_two(make_repository: MakeRepository) -> None:
    root = make_repository(
        {
            "app/__init__.py": "",
            "app/infra/__init__.py": "",
            "app/infra/db/__init__.py": "LIMIT = 1\n",
            "app/infra/db/engine.py": "",
            "app/main.py": b"if 1:\r\n    from app.infra.db import LIMIT, engine\r\n",
        }
    )
    (main,) = [c for c in change(root, MOVES).changes if c.source == "app/main.py"]
    assert main.after == (
        b"if 1:\r\n    from app.infra.db import LIMIT\r\n    from app.infra.sql import engine\r\n"
    )


def test_a_file_that_names_nothing_that_moves_is_not_in_the_change_set(
    make_repository: MakeRepository,
) -> None:
    root = make_repository(
        {
            "app/__init__.py": "",
            "app/infra/__init__.py": "",
            "app/infra/db/__init__.py": "LIMIT = 1\n",
            "app/infra/db/engine.py": "",
            "app/other.py": "import os\nfrom app.infra.db import LIMIT\nx = 'app.infra.db'\n",
            "README.md": "app.infra.db is there\n",
            "data.bin": b"\0\1app.infra.db.engine",
        }
    )
    changes = change(root, MOVES, accepted=("stored-name:data.bin:1",))
    assert [c.source for c in changes.changes if c.source] == ["app/infra/db/engine.py"]
    assert [(left.path, left.text, left.why) for left in changes.left] == [
        ("data.bin", "app.infra.db.engine", "the file is binary")
    ]
