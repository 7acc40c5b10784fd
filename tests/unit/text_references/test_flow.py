"""Which texts the code of a repository itself takes for names of modules."""

from __future__ import annotations

import pytest

from reorg_lib.model import NameClass
from reorg_lib.text_references import Classifier, read_repository_tree

_LOAD = "from importlib import import_module\n"
_CREATE = "class Config:\n    def create(self, path):\n        __import__(path)"
_PLUG = "class Registry:\n    def plug_in(self, path):\n        __import__(path)"

# id → file → its source; the one name `shop.orders` in a.py is judged
MODULE = {
    "own_function": {
        "a.py": 'load("shop.orders")',
        "b.py": _LOAD + "def load(name):\n    return import_module(name)",
    },
    "own_function_in_the_file": {
        "a.py": _LOAD + 'def load(name):\n    return import_module(name)\nload("shop.orders")'
    },
    "by_keyword": {
        "a.py": 'b.load(1, path="shop.orders")',
        "b.py": "def load(n, *, path):\n    return __import__(path)",
    },
    "one_hop": {
        "a.py": 'get("shop.orders")',
        "b.py": _LOAD + "def load(name):\n    return import_module(name)",
        "c.py": "from b import load\ndef get(path):\n    return load(path)",
    },
    "method": {
        "a.py": 'Registry().plug("shop.orders")',
        "b.py": "class Registry:\n    def plug(self, path):\n        __import__(path)",
    },
    "constructor": {
        "a.py": 'Plugin("shop.orders")',
        "b.py": "class Plugin:\n    def __init__(self, path):\n        self.path = path\n"
        "    def load(self):\n        return __import__(self.path)",
    },
    "field": {
        "a.py": 'Plugin("shop.orders")',
        "b.py": "@dataclass\nclass Plugin:\n    path: str\n    def load(self):\n"
        "        return __import__(self.path)",
    },
    "method_of_an_object": {
        "a.py": 'from b import Config\nmade = Config()\nmade.create("shop.orders")',
        "b.py": _CREATE,
    },
    "method_of_its_own_class": {
        "a.py": _CREATE + '\n    def all(self):\n        self.create("shop.orders")'
    },
    "method_of_a_base": {
        "a.py": "from b import Config\nclass Own(Config):\n    def all(self):\n"
        '        self.create("shop.orders")',
        "b.py": _CREATE,
    },
    "method_that_no_other_class_has": {"a.py": 'x.plug_in("shop.orders")', "b.py": _PLUG},
    "by_another_name": {
        "a.py": 'from b import load as bring\nbring("shop.orders")',
        "b.py": "def load(name):\n    return __import__(name)",
        "c.py": "def load(name):\n    return open(name)",
    },
    "attribute_of_a_base": {
        "a.py": 'from b import Base\nclass Own(Base):\n    path = "shop.orders"',
        "b.py": "class Base:\n    def load(self):\n        return __import__(self.path)",
    },
    "attribute_of_an_object": {
        "a.py": 'class Plugin:\n    path = "shop.orders"\n'
        "def load(plugin):\n    return __import__(plugin.path)"
    },
    "attribute_by_getattr": {
        "a.py": 'BACK_END = "shop.orders"',
        "b.py": '__import__(getattr(settings, "BACK_END", None))',
    },
    "mapped": {"a.py": 'LAZY = ["shop.orders"]\nfound = list(map(__import__, LAZY))'},
    "start_of_a_name": {"a.py": 'PACKAGE = "shop.orders"\n__import__(f"{PACKAGE}.urls")'},
    "list_that_is_loaded": {
        "a.py": 'LAZY = tuple(["shop.orders"])\nfor name in LAZY:\n    __import__(name)'
    },
    "list_that_another_file_loads": {
        "a.py": 'LAZY = tuple(["shop.orders"])',
        "b.py": "from a import LAZY\nmods = [__import__(name) for name in sorted(LAZY)]",
    },
    "keys_that_are_loaded": {
        "a.py": 'TABLE = {"shop.orders": 1}\nfor n, x in TABLE.items():\n    __import__(n)'
    },
    "added": {"a.py": 'LAZY = []\nLAZY.append("shop.orders")\nfor n in LAZY:\n    __import__(n)'},
    "setting": {
        "a.py": 'conf = dict(BACK_END=str("shop.orders"))',
        "b.py": "import settings\n__import__(settings.BACK_END)",
    },
    "parametrized": {
        "a.py": '@pytest.mark.parametrize("m", ["shop.orders"])\ndef test(m):\n    __import__(m)'
    },
    "parametrized_by_a_variable": {
        "a.py": 'LAZY = ("shop.orders",)\n@pytest.mark.parametrize("m", LAZY, ids=["x"])\n'
        "def test(m):\n    __import__(m)"
    },
    "looked_up_in_what_is_loaded": {"a.py": 'NAME = "shop.orders"\nprint(NAME in sys.modules)'},
    "among_those_loaded": {"a.py": 'now = set(sys.modules)\nassert "shop.orders" in now'},
    "run": {"a.py": 'run([python, "-m",\n     "shop.orders"])'},
    "run_by_a_variable": {"a.py": 'NAME = "shop.orders"\nrun([python, "-m", NAME])'},
    "runpy": {"a.py": 'NAME = "shop.orders"\nrunpy.run_module(NAME)'},
    "walker": {
        "a.py": 'find("shop.orders")',
        "b.py": 'def find(path):\n    at = root\n    for part in path.split("."):\n'
        "        at = getattr(at, part)\n    return at",
    },
    "own_logger": {
        "a.py": 'log_of("shop.orders")',
        "b.py": "import logging\ndef log_of(name):\n    return logging.getLogger(name)",
    },
    "compared": {"a.py": 'def f(cls):\n    return cls.__module__ == "shop.orders"'},
    "compared_by_a_variable": {
        "a.py": 'def f(cls):\n    home = cls.__module__\n    return home == "shop.orders"'
    },
    "in_a_set": {
        "a.py": 'KNOWN = {"shop.orders"}\ndef f(x):\n    return type(x).__module__ in KNOWN'
    },
    "key_of_a_table": {"a.py": 'RATES = {"shop.orders": 1}\nf = lambda c: RATES.get(c.__module__)'},
    "key_of_a_table_elsewhere": {
        "a.py": 'RATES = {"shop.orders": 1}',
        "b.py": "from a import RATES\nRATE = RATES.get(__name__)",
    },
    "asked_of_what_holds_modules": {
        "a.py": "MADE = {}\ndef add(cls):\n    MADE[cls.__module__] = cls\n"
        'def get():\n    return MADE.get("shop.orders")'
    },
    "environment": {
        "a.py": 'os.environ["APP_MODULE"] = "shop.orders"\nrun(env=os.environ)',
    },
    "record": {"a.py": 'def f(record):\n    return record.name == "shop.orders"'},
    "something_in_it": {"a.py": 'lookup("shop.orders.Order")'},
    "target": {"a.py": 'lookup("shop.orders:main")'},
    "setting_that_nobody_reads_here": {"a.py": 'A_THING = "shop.orders"'},
}
COULD_BE = {
    "key": {"a.py": 'x = {"shop.orders": 1}'},
    "unknown_call": {"a.py": 'registry.lookup("shop.orders")'},
    "list_in_a_call": {"a.py": 'x = frozenset(["shop.orders"])'},
    "value_in_a_call": {"a.py": 'send({"a": "shop.orders"})'},
    "subscript": {"a.py": 'x = made["shop.orders"]'},
    "compared_with_anything": {"a.py": 'if kind == "shop.orders":\n    pass'},
    "variable": {"a.py": 'NAME = "shop.orders"\nregistry.lookup(NAME)'},
    "key_by_a_variable": {"a.py": 'NAME = "shop.orders"\nx = made[NAME]'},
    "another_function_of_this_name": {
        "a.py": 'def load(name):\n    return open(name)\nload("shop.orders")',
        "b.py": "def load(name):\n    return __import__(name)",
    },
    "another_argument": {
        "a.py": 'load("shop.orders", "x")',
        "b.py": "def load(label, name):\n    return __import__(name)",
    },
    "another_argument_in_a_list_of_plugins": {
        "a.py": 'PLUGINS = [load("shop.orders", "x")]',
        "b.py": "def load(label, name):\n    return __import__(name)",
    },
    "method_of_an_unknown_object": {"a.py": 'x.create("shop.orders")', "b.py": _CREATE},
    "method_of_another_class": {
        "a.py": 'from c import Order\nOrder().plug_in("shop.orders")',
        "b.py": _PLUG,
    },
    "method_that_two_classes_have": {
        "a.py": 'x.plug_in("shop.orders")',
        "b.py": _PLUG,
        "c.py": "class Socket:\n    def plug_in(self, path):\n        return open(path)",
    },
    "function_of_another_module": {
        "a.py": 'from c import load\nload("shop.orders")',
        "b.py": "def load(name):\n    return __import__(name)",
        "c.py": "def load(name):\n    return open(name)",
    },
    "attribute_of_another_class": {
        "a.py": 'class A:\n    path = "shop.orders"\n    def show(self):\n        show(self.path)\n'
        "class B:\n    def load(self):\n        self.path = x\n        __import__(self.path)"
    },
    "end_of_a_name": {"a.py": 'name = "shop.orders"\n__import__(f"lib.{name}")'},
    "added_to_a_name": {"a.py": 'name = "shop.orders"\n__import__("lib." + name)'},
    "condition_of_what_is_loaded": {
        "a.py": 'name = "shop.orders"\n__import__("x" if find(name) else "y")'
    },
    "what_a_function_makes_of_it": {"a.py": 'name = "shop.orders"\n__import__(table_of(name))'},
    "level_of_a_logger": {
        "a.py": 'level = "shop.orders"\nself.assertLogs(logger, level)\nshow(level)'
    },
    "method_of_another": {
        "a.py": 'plug("shop.orders")',
        "b.py": "class Registry:\n    def plug(self, path):\n        __import__(path)",
    },
    "local_of_another_function": {
        "a.py": 'def f():\n    name = "shop.orders"\n    show(name)\n'
        "def g(name):\n    return __import__(name)"
    },
}
IS_NOT = {
    "row_before_a_method": {
        "a.py": 'config.get("shop.orders")',
        "b.py": "class Config:\n    def get(self, path):\n        return __import__(path)",
    },
    "topic": {"a.py": 'TOPIC = "shop.orders"'},
}
# read silently by what may hold a module's name
SILENT = {
    "table": {
        "a.py": 'RATES = {"shop.orders": 1}\ndef rate(name):\n    return RATES.get(name, 0)',
        "shop/orders.py": "from a import rate\nRATE = rate(__name__)",
    },
    "literal": {
        "a.py": 'def is_new(name):\n    return name == "shop.orders"',
        "shop/orders.py": "from a import is_new\nNEW = is_new(name=__name__)",
    },
}


def _judged(files: dict[str, str]) -> tuple[NameClass, str]:
    tree = read_repository_tree(
        {
            "shop": frozenset({"f"}),
            "shop.orders": frozenset({"Order", "main"}),
            "shop.keep": frozenset(),
        },
        {},
        ["shop/__init__.py", "shop/orders.py"],
        ("",),
        {path: text.encode() for path, text in files.items()},
    )
    content = files["a.py"].encode()
    view = Classifier(tree).view("a.py", content)
    start = content.index(b"shop.orders")
    assert content.count(b"shop.orders") == 1
    verdict = view.dotted(start, start + len(b"shop.orders"))
    return verdict.kind, view.read_silently(start)


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        pytest.param(files, kind, id=name)
        for kind, cases in (
            (NameClass.MODULE, MODULE),
            (NameClass.COULD_BE, {**COULD_BE, **SILENT}),
            (NameClass.IS_NOT, IS_NOT),
        )
        for name, files in cases.items()
    ],
)
def test_a_text_means_what_the_code_does_with_it(files: dict[str, str], kind: NameClass) -> None:
    assert _judged(files)[0] is kind


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_what_may_be_compared_with_the_name_of_a_module_is_told(files: dict[str, str]) -> None:
    assert _judged(files)[1] == "shop/orders.py:2"


@pytest.mark.parametrize("files", COULD_BE.values(), ids=COULD_BE)
def test_nothing_else_is_told(files: dict[str, str]) -> None:
    assert not _judged(files)[1]
