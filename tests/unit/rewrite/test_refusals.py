"""Plans that would leave code without what it names are refused, each place by path and line."""

from __future__ import annotations

import pytest

from reorg_lib.errors import HazardError, PlanError, RewriteError
from tests.conftest import MakeRepository
from tests.unit.rewrite.test_cases import change

TREE = {
    "app/__init__.py": "",
    "app/infra/__init__.py": "",
    "app/infra/db/__init__.py": "",
    "app/infra/db/engine.py": "",
    "app/infra/db/sheet.py": "",
}


def test_a_package_that_is_scattered_cannot_be_imported_any_more(
    make_repository: MakeRepository,
) -> None:
    root = make_repository({**TREE, "app/main.py": "import os\nimport app.infra.db as db\n"})
    with pytest.raises(RewriteError, match=r"app/main\.py:2: app\.infra\.db is gone"):
        change(
            root,
            "app/infra/db/engine.py -> app/infra/sql/engine.py\n"
            "app/infra/db/sheet.py -> app/infra/sheet/sheet.py",
        )


def test_a_module_that_leaves_the_package_it_is_reached_through(
    make_repository: MakeRepository,
) -> None:
    main = "from app.infra import db\n\ndb.engine.make()\n"
    root = make_repository({**TREE, "app/main.py": main})
    with pytest.raises(RewriteError, match=r"app/main\.py:3: `db\.engine` reaches a module"):
        change(root, "app/infra/db/engine.py -> app/infra/sql/engine.py")


def test_a_test_beside_the_source_root_is_read_as_code_too(
    make_repository: MakeRepository,
) -> None:
    tree = {f"src/{path}": text for path, text in TREE.items()}
    move = "src/app/infra/db/engine.py -> src/app/infra/sql/engine.py"
    test = "from app.infra import db\n\ndb.engine.make()\n"
    root = make_repository({**tree, "tests/test_db.py": test})
    with pytest.raises(RewriteError, match=r"tests/test_db\.py:3: `db\.engine` reaches a module"):
        change(root, move)
    other = make_repository({**tree, "tests/test_db.py": "from app.infra import db\nlook(db)\n"})
    with pytest.raises(HazardError, match=r"package-passed-on:tests/test_db\.py:2"):
        change(other, move)


ROOT_IN_USE = {
    "bound otherwise": (
        "try:\n    import app.infra.db.engine\nexcept ImportError:\n    app = None\n",
        r"app/main\.py:2: `import app\.infra\.db\.engine` binds `app`.*bound by something else",
    ),
    "an attribute of a class": (
        "class C:\n    import app.infra.db.engine\nprint(C.app.NAME)\n",
        r"app/main\.py:2: .*an attribute of the class",
    ),
    "deleted": (
        "import shop.a\ndel shop\n",
        r"app/main\.py:2: `shop` reaches a module",
    ),
}


@pytest.mark.parametrize(("main", "said"), ROOT_IN_USE.values(), ids=ROOT_IN_USE.keys())
def test_a_plain_import_below_another_root_that_no_spelling_saves(
    main: str, said: str, make_repository: MakeRepository
) -> None:
    root = make_repository(
        {
            **TREE,
            "base/__init__.py": "",
            "shop/__init__.py": "",
            "shop/a.py": "",
            "app/main.py": main,
        }
    )
    with pytest.raises(RewriteError, match=said):
        change(
            root,
            "app/infra/db/engine.py -> base/engine.py\n"
            "shop/__init__.py -> app/shop/__init__.py\n"
            "shop/a.py -> app/shop/a.py",
        )


@pytest.mark.parametrize("take", ["from app.wiring import app", "from app.wiring import *"])
def test_a_root_that_another_module_takes_from_the_importer(
    take: str, make_repository: MakeRepository
) -> None:
    wiring = "import app.infra.db.engine\n"
    user = f"{take}\nprint(app.infra.NAME)\n"
    root = make_repository(
        {**TREE, "base/__init__.py": "", "app/wiring.py": wiring, "app/main.py": user}
    )
    with pytest.raises(RewriteError, match=r"app/wiring\.py:1: .*another module takes `app`"):
        change(root, "app/infra/db/engine.py -> base/engine.py")


def test_comments_between_names_that_come_from_no_package_any_more(
    make_repository: MakeRepository,
) -> None:
    main = "from app.infra.db import (\n    engine,  # fast\n    sheet,\n)\n"
    root = make_repository({**TREE, "app/main.py": main})
    with pytest.raises(RewriteError, match=r"app/main\.py:1: engine would be imported from no"):
        change(root, "app/infra/db/engine.py -> engine.py")


def test_a_deleted_module_that_is_still_imported(make_repository: MakeRepository) -> None:
    root = make_repository({**TREE, "app/main.py": "from app.infra.db import engine\n"})
    with pytest.raises((PlanError, RewriteError), match=r"app[./]infra[./]db[./]engine"):
        change(root, "app/infra/db/engine.py -> -")


def test_two_imports_under_one_name_that_would_need_two_new_names(
    make_repository: MakeRepository,
) -> None:
    main = "try:\n    from app.infra import a as m\nexcept ImportError:\n"
    main += "    from app.infra import b as m\nm.x.f()\n"
    packages = {f"app/infra/{p}/{f}.py": "" for p in "ab" for f in ("__init__", "x", "y")}
    root = make_repository({**TREE, **packages, "app/main.py": main})
    with pytest.raises(RewriteError, match=r"app/main\.py:5: `m\.x`"):
        change(root, "app/infra/a/x.py -> app/infra/a/z.py")


HIDING = {
    "a function of that name": "def make(): ...\n",
    "a star import that brings it": "from app.infra.db.engine import *\n",
    "a module of that name from elsewhere": "from app.infra.db import sheet as make\n",
    "the name of the top package": "import app.infra.db.sheet\n",
}


@pytest.mark.parametrize("init", HIDING.values(), ids=HIDING.keys())
def test_a_module_that_its_new_package_would_hide(
    init: str, make_repository: MakeRepository
) -> None:
    name = "app" if init.startswith("import") else "make"
    engine = "def make(): ...\n"
    root = make_repository(
        {**TREE, "app/infra/sql/__init__.py": init, "app/infra/db/engine.py": engine}
    )
    with pytest.raises(RewriteError, match=rf"app/infra/sql/__init__\.py: `{name}` is bound here"):
        change(root, f"app/infra/db/engine.py -> app/infra/sql/{name}.py")


def test_two_submodules_that_their_package_imports_cannot_change_names(
    make_repository: MakeRepository,
) -> None:
    root = make_repository({**TREE, "app/infra/db/__init__.py": "from . import engine, sheet\n"})
    with pytest.raises(RewriteError, match=r"app/infra/db/__init__\.py: `engine` is bound here"):
        change(
            root,
            "app/infra/db/engine.py -> app/infra/db/sheet.py\n"
            "app/infra/db/sheet.py -> app/infra/db/engine.py",
        )


def test_a_package_that_hides_its_submodule_today_may_take_it_along(
    make_repository: MakeRepository,
) -> None:
    init = "from .engine import engine\n"
    root = make_repository({**TREE, "app/infra/db/__init__.py": init})
    moves = (f"app/infra/db/{n}.py -> app/infra/sql/{n}.py" for n in ("__init__", "engine"))
    assert len(change(root, "\n".join(moves)).moves()) == 2


def test_a_file_that_only_one_of_two_parsers_reads_and_that_imports_a_package_modules_leave(
    make_repository: MakeRepository,
) -> None:
    root = make_repository({**TREE, "app/main.py": "import app.infra.db as d\n\nd.engine as e\n"})
    with pytest.raises(RewriteError, match=r"app/main\.py:3: libcst cannot read it"):
        change(root, "app/infra/db/engine.py -> app/infra/sql/engine.py")


def test_brackets_deeper_than_any_parser_goes_are_named_and_no_crash(
    make_repository: MakeRepository,
) -> None:
    main = "import app.infra.db as d\nd.engine.make()\n" + "[" * 4000 + "]" * 4000 + "\n"
    root = make_repository({**TREE, "app/main.py": main})
    with pytest.raises(RewriteError, match=r"app/main\.py:1: libcst cannot read it"):
        change(root, "app/infra/db/engine.py -> app/infra/sql/engine.py")


def test_a_statement_that_cannot_be_read_again_is_named_and_no_traceback(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_repository({**TREE, "app/main.py": "\nfrom app.infra.db.engine import make\n"})
    monkeypatch.setattr("reorg_lib.rewrite.import_renaming._spelling", lambda *_, **__: (0, ""))
    with pytest.raises(RewriteError, match=r"app/main\.py:2: cannot read the import: from "):
        change(root, "app/infra/db/engine.py -> app/infra/sql/engine.py")


def test_a_module_that_stays_below_a_package_whose_init_leaves(
    make_repository: MakeRepository,
) -> None:
    main = "from app.infra import db\n\ndb.engine.make()\n"
    init = "from .engine import make\n"
    root = make_repository({**TREE, "app/infra/db/__init__.py": init, "app/main.py": main})
    with pytest.raises(RewriteError, match=r"app/main\.py:3: `db\.engine` reaches a module"):
        change(root, "app/infra/db/__init__.py -> app/infra/setup.py")
