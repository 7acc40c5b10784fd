"""What is known by the name of its module."""

from __future__ import annotations

import pytest

from tests.unit.plan.hazards import MOVES, OLD, PG, hazards_of, told

BY_NAME = [
    ("pickle", "import pickle\npickle.dumps(x)\n", True),
    ("shelve", "import shelve\nshelve.open('x')\n", True),
    ("registry", "\nALL[cls.__module__] = cls\n", True),
    ("comment", "# cls.__module__\n", False),
    ("text", "'''pickle.dumps'''\n", False),
    ("only the class", "\nALL[cls.__qualname__] = cls\n", False),
]


@pytest.mark.parametrize(
    ("code", "is_found"), [c[1:] for c in BY_NAME], ids=[c[0] for c in BY_NAME]
)
def test_classes_known_by_their_module(code: str, is_found: bool) -> None:
    found = hazards_of("identity-by-name", {"shop/app.py": code})
    assert told(found) == ([("shop/app.py:2", "note", None)] if is_found else [])
    assert hazards_of("identity-by-name", {"tests/test_app.py": code}) == ()
    assert hazards_of("identity-by-name", {"shop/app.py": code}, ("? " + MOVES[0],)) == ()


def test_all_files_are_one_note() -> None:
    code = "import pickle\npickle.dumps(x.__module__)\n"
    (found,) = hazards_of("identity-by-name", {"shop/app.py": code, f"{OLD}/db.py": "\n" + code})
    assert f"at shop/app.py:2, {OLD}/db.py:3;" in found.why


STORED = [
    ("pickle", "jobs.pkl", "\0cshop.infra.old.db\nJob\n", True),
    ("old protocol", "jobs.pickle", "cshop.infra.old.db\nJob\n", True),
    ("opcode apart", "jobs.pickle", "\x8c shop.infra.old.db\nJob\n", True),
    ("stays", "jobs.pkl", "\0 shop.infra.http.client", False),
    ("picture", "logo.png", "\0PNG", False),
    ("text", "jobs.txt", "shop.infra.old.db", False),
]


@pytest.mark.parametrize(
    ("path", "data", "is_found"), [c[1:] for c in STORED], ids=[c[0] for c in STORED]
)
def test_stored_data_that_names_what_moves(path: str, data: str, is_found: bool) -> None:
    found = hazards_of("stored-name", {path: data})
    assert told(found) == ([(f"{path}:1", "block", None)] if is_found else [])


_LOGS = {f"{OLD}/fs.py": "log = logging.getLogger(__name__)\n"}
_INIT = f"{OLD}/__init__.py > {PG}/__init__.py"
LOGGERS = [
    ("ini", "logging.ini", "[logger_old]\nqualname = shop.infra.old\n", True),
    ("yaml", "logging.yaml", "loggers:\n  shop.infra.old: {level: INFO}\n", True),
    ("dict", "shop/app.py", 'L = {"loggers":\n  {"shop.infra.old": {}}}\n', True),
    ("code", "shop/app.py", '\nlogging.getLogger("shop.infra.old").setLevel(1)\n', True),
    ("a module", "logging.ini", "[logger_old]\nqualname = shop.infra.old.db\n", False),
    ("the whole", "logging.ini", "[logger_old]\nqualname = shop.infra\n", False),
    ("moves whole", "logging.ini", "[logger_old]\nqualname = shop.infra.oci\n", False),
    ("no logging", "app.ini", "[app]\npackage = shop.infra.old\n", False),
]


@pytest.mark.parametrize(
    ("path", "text", "is_found"), [c[1:] for c in LOGGERS], ids=[c[0] for c in LOGGERS]
)
def test_a_logger_for_a_package_that_modules_leave(path: str, text: str, is_found: bool) -> None:
    found = hazards_of("logger-name", {path: text, **_LOGS}, (*MOVES, _INIT))
    assert told(found) == ([(f"{path}:2", "note", None)] if is_found else [])
    assert hazards_of("logger-name", {path: text}, (*MOVES, _INIT)) == ()  # nothing logs by name


def test_tasks_named_by_their_module() -> None:
    code = "from celery import shared_task\n@shared_task\ndef f(): ...\n@app.task(name='x')\n"
    (found,) = hazards_of("task-name", {f"{OLD}/db.py": code})
    assert found.severity.value == "note" and "1 of its tasks" in found.why
    assert hazards_of("task-name", {f"{OLD}/db.py": code.replace("@shared_task\n", "")}) == ()
    assert hazards_of("task-name", {f"{OLD}/db.py": code.replace("celery", "other")}) == ()
    assert hazards_of("task-name", {"shop/infra/http/client.py": code}) == ()


def test_a_django_app_under_another_label() -> None:
    apps = "shop/infra/oci/apps.py"
    files = {apps: "from django.apps import AppConfig\nclass C(AppConfig):\n    name = 'x'\n"}
    moves = ("shop/infra/oci/__init__.py > shop/infra/docker/__init__.py",)
    assert told(hazards_of("django-app", files, moves)) == [(f"{apps}:1", "block", None)]
    labelled = {apps: files[apps] + "    label = 'oci'\n"}
    assert hazards_of("django-app", labelled, moves) == ()
    assert hazards_of("django-app", files) == ()  # runner/oci keeps the label
    assert hazards_of("django-app", {apps: "x = 1\n"}, moves) == ()


MAPPED = [
    ("partial", "old.tables.User", "shop.infra.pg.tables.User"),
    ("attribute", "old.tables.User.id", "shop.infra.pg.tables.User.id"),
    ("end stays", "tables.User", None),
    ("class alone", "User.id", None),
    ("whole", "shop.infra.old.tables.User", None),
]


@pytest.mark.parametrize(("said", "fix"), [c[1:] for c in MAPPED], ids=[c[0] for c in MAPPED])
def test_a_relationship_by_part_of_a_module_name(said: str, fix: str | None) -> None:
    code = f'x = relationship("Other", order_by="{said}")\n'
    files = {f"{OLD}/tables.py": "class User: ...\n", "shop/app.py": code}
    found = hazards_of("mapped-by-name", files)
    assert told(found) == ([("shop/app.py:1", "block", fix)] if fix else [])
    assert all(code[h.start : h.end] == said for h in found)


@pytest.mark.parametrize(
    "code",
    [
        'KIND = __name__.split(".")[2]',
        'HOME = __name__.rpartition(".")[0]',
        "TAIL = __package__[5:]",
        'if __name__ in ("a", "b"): ...',
    ],
)
def test_a_module_name_that_is_taken_apart(code: str) -> None:
    (found,) = hazards_of("name-taken-apart", {f"{OLD}/db.py": code + "\n"})
    assert told((found,)) == [(f"{OLD}/db.py:1", "block", None)]
    assert hazards_of("name-taken-apart", {"shop/infra/http/client.py": code + "\n"}) == ()


@pytest.mark.parametrize(
    "code",
    [
        'APP = __name__.split(".")[0]',
        "APP = __name__.partition('.')[0]",
        'LAST = __name__.rsplit(".", 1)[-1]',
        'if __name__.split(".")[2] == "elsewhere": ...',
    ],
)
def test_a_part_of_the_name_that_stays_is_no_hazard(code: str) -> None:
    assert hazards_of("name-taken-apart", {f"{OLD}/db.py": code + "\n"}) == ()


@pytest.mark.parametrize(
    "code",
    [
        'if cls.__module__.split(".")[2] == "old": ...',
        'if cls.__module__.split(".")[2] != "pg": ...',
        'if cls.__module__.split(".")[2] in KNOWN: ...',
        'PLACE = cls.__module__.split(".", 2)[2]',
        'APP = cls.__module__.split("_")[0]',
        'PLACE = __package__.split(".")[-1]',
    ],
)
def test_a_part_of_the_name_that_may_change_is_one(code: str) -> None:
    (found,) = hazards_of("name-taken-apart", {f"{OLD}/db.py": code + "\n"})
    assert found.severity.value == "block"


def test_the_module_of_any_class_taken_apart() -> None:
    code = 'def key(cls):\n    return cls.__module__.rpartition(".")[0]\n'
    (found,) = hazards_of("name-taken-apart", {"shop/app.py": code})
    assert (found.line, found.severity.value) == (2, "block")
    for near in (
        "log = getLogger(__name__)\n",
        'if __name__ == "__main__": ...\n',
        "# __name__[1]\n",
        "if cls.__module__ in LIBRARIES: ...\n",
    ):
        assert hazards_of("name-taken-apart", {f"{OLD}/db.py": near}) == ()


@pytest.mark.parametrize(
    ("code", "severities"),
    [
        ('log.debug("%s", f.__module__.split(".")[-1])', ["note"]),
        ('print(f.__module__.split(".")[-1])', ["block"]),
        (
            'log.debug(TABLE[f.__module__.split(".")[-1]]); KEY = f.__module__[5:]',
            ["note", "block"],
        ),
        ('if f.__module__.startswith("shop.web."):\n    key = f.__module__[9:]', []),
        ('if f.__module__.startswith("shop.infra."):\n    key = f.__module__[11:]', ["block"]),
        ('if f.__module__.startswith("shop.web."): ...\nelse:\n    f.__module__[9:]', ["block"]),
        ("class Own:\n    def f(self):\n        return self.__class__.__module__[5:]", []),
        ("class Base:\n    def f(self):\n        return self.__class__.__module__[5:]", ["block"]),
    ],
)
def test_a_name_taken_apart_that_decides_nothing(code: str, severities: list[str]) -> None:
    files = {"shop/app.py": code + "\n", f"{OLD}/late.py": "class Kind(app.Base): ...\n"}
    moves = (*MOVES, f"{OLD}/late.py > shop/infra/pg/setup/late.py")
    found = hazards_of("name-taken-apart", files, moves)
    assert [hazard.severity.value for hazard in found] == severities


def test_a_reference_to_a_class_of_which_none_moves() -> None:
    said = "self.__class__.__module__ + ':' + self.__class__.__name__"
    code = f"class {{}}:\n    def f(self):\n        return {said}\n"
    late = {f"{OLD}/late.py": "class Kind(Base): ...\n"}
    moves = (*MOVES, f"{OLD}/late.py > shop/infra/pg/setup/late.py")
    for name, number in (("Own", 0), ("Base", 1)):
        files = {**late, "shop/app.py": code.format(name)}
        assert len(hazards_of("reference-by-name", files, moves)) == number


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ('CASES = ["def f(c): return c.__module__ == x"]', 0),
        ('CASES = """\ncls.__module__ + \':\' + cls.__name__\n"""', 0),
        ('WORD = re.compile(r"\\.__module__\\b")', 0),
        ("# pickle.dumps(x) keeps x.__module__", 0),
        ("exec(\"ref = c.__module__ + ':' + c.__name__\")", 1),
        ("ref = c.__module__ + ':' + c.__name__", 1),
        ('ref = f"{c.__module__}:{c.__name__}"', 1),
    ],
)
def test_a_reference_in_a_text_that_nothing_executes(code: str, number: int) -> None:
    assert len(hazards_of("reference-by-name", {"shop/app.py": code + "\n"})) == number


def test_the_module_of_a_split_class_in_a_text() -> None:
    source = f"{OLD}/kinds.py"
    for code, number in (("c.__module__", 1), ('"c.__module__"', 0), ('r"\\.__module__"', 0)):
        text = f"from shop.infra.old.kinds import A\nWHERE = {code}\n"
        files = {source: "class A: ...\nclass B: ...\n", "shop/app.py": text}
        found = hazards_of("reference-by-name", files, (f"{source} >> shop/infra/old/kinds",))
        assert len(found) == number
