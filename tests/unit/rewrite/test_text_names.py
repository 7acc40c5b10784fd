"""What becomes of one name in many contexts, and how people overrule it.

The rows beside the rules (`reorg_lib/text_references`) say what a context means; here whole files
are rewritten and held against the proof.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from reorg_lib.errors import HazardError
from reorg_lib.git import blob_id, open_repository
from reorg_lib.model import (
    ChangeSet,
    Decision,
    HazardSettlement,
    Move,
    NameClass,
    NameDecision,
    Plan,
    ReferenceRule,
    Scope,
    Settlement,
    TrackedFile,
)
from reorg_lib.proof.points import prove
from reorg_lib.proof.rehearsal import Rehearsal
from reorg_lib.rewrite.build_changeset import build_changeset
from reorg_lib.survey import take_survey

MakeRepository = Callable[[Mapping[str, str | bytes]], Path]
_SHOP = {
    "shop/__init__.py": "",
    "shop/sales/__init__.py": "",
    "shop/keep.py": "",
    "shop/orders.py": "def f(): ...\nclass Order: ...\napp = 1\n",
    "tasks.py": '@shared_task(name="shop.orders.f")\ndef f(): ...\n',
}
_OLD, _NEW = "shop.orders", "shop.sales.orders"

RENAMED = [
    ("x.py", 'NAMES = ["shop.orders", "shop.keep"]'),
    ("x.py", 'PLUGINS = {"table": "shop.orders.app", "url": "shop.orders.Order"}'),
    ("x.py", 'X: "shop.orders.Gone" = None'),
    ("x.py", 'exec("import shop.orders")'),
    ("x.py", 'run([python, "-m", "shop.orders"])'),
    ("x.py", 'warnings.filterwarnings("ignore", module="shop.orders")'),
    ("x.py", 'assert "ERROR:shop.orders:bad" in output'),
    ("x.py", 'TASK_QUEUE = "shop.orders:app"'),
    ("x.py", 'open("shop/orders.py")'),
    ("x.py", r'match = r"^shop\.orders$"'),
    ("serverless.yml", "functions:\n  a:\n    handler: shop/orders.f"),
    ("app.spec", r"a = Analysis(['shop\\orders.py'])"),
    ("run.bat", r"python shop\orders.py"),
    ("run.bat", r"python .\shop\orders.py"),
    ("x.py", r"x = r'shop\orders.py'"),
    ("Dockerfile", 'COPY shop/orders.py /srv/shop/orders.py\nCMD ["uvicorn", "shop.orders:app"]'),
    ("setup.cfg", "[mypy-shop.orders]\na = 1\n[tool:pytest]\naddopts = -pshop.orders"),
    (".pre-commit-config.yaml", r"exclude: ^shop/orders\.py$"),
    ("README.md", "[a](https://github.com/o/r/blob/main/shop/orders.py), `shop.orders`"),
    ("conf.yaml", "_target_: shop.orders.Gone\nloggers:\n  shop.orders: 1"),
    ("x.py", "logger.info(\"cannot load 'shop.orders'\")"),
    ("x.py", 'DATABASES = {"default": {"ENGINE": "shop.orders"}}'),
    ("data.csv", "job\nshop.orders:f"),
    (
        "ci.yml",
        "run: psql -c 'select a from b' && python -c 'import shop.orders; shop.orders.f()'",
    ),
    ("a.j2", "command: python -m shop.orders"),
    ("x.py", 'patch("shop.orders.f")\nimport_string("shop.orders.f")'),
    ("x.py", 'LOGGING = {"loggers": {"shop.orders": {"level": "INFO"}}}'),
    ("x.py", "def load(name):\n    return __import__(name)\nload('shop.orders')"),
    ("x.py", "KNOWN = {'shop.orders'}\ndef f(x):\n    return x.__module__ in KNOWN"),
]
LEFT = [
    ("x.py", 'fetch("https://shop.orders/x", mail="help@shop.orders")'),
    ("x.py", 'sql = "SELECT a FROM shop.orders WHERE shop.orders.a = 1"'),
    ("x.py", '"{shop.orders}".format(shop=1)'),
    ("x.py", '_("shop.orders")'),
    ("x.py", '@app.get("/shop/orders")\ndef g(): ...'),
    ("x.py", 'models.ForeignKey("shop.orders", CASCADE)'),
    ("x.py", '@shared_task(name="shop.orders.f")\ndef g(): ...'),
    ("x.py", 'app.send_task("shop.orders.f")'),
    ("x.py", 'channel.unary_unary("/shop.orders.Orders/List")'),
    ("x.py", 'TOPIC = "shop.orders"'),
    ("x.py", 'entry_points(group="shop.orders")'),
    ("x.py", 'statsd.incr("shop.orders")'),
    ("x.py", 'attrgetter("shop.orders")'),
    ("x.py", '__tablename__ = "shop.orders"'),
    ("schema.sql", "CREATE TABLE shop.orders (n int);"),
    ("app.js", "shop.orders.list()"),
    ("App.java", "package shop.orders;\nimport shop.orders.Order;"),
    ("api.proto", "package shop.orders;"),
    ("page.html", "{{ shop.orders.name }} <a href='/shop/orders'>"),
    ("conf.toml", "[shop.orders]\na = 1\n[x]\nshop.orders = 2"),
    ("locale/en.json", '{"shop.orders": "Orders"}'),
    ("main.tf", "a = shop.orders.id"),
    ("a.yaml", "a: ${shop.orders}\ntopic: shop.orders"),
    ("README.md", "```sql\nselect * from shop.orders\n```"),
    ("docs/index.rst", ".. toctree::\n\n   shop.orders"),
    ("requirements.txt", "shop.orders==1.0"),
]
LISTED = [
    ("README.md", "The event shop.orders.created."),
    ("x.py", 'raise ValueError("no shop.orders for you")'),
    ("x.py", 'logger.info("shop.orders started")'),
    ("run.bat", r"python vendor\shop\orders.py"),
    ("x.yaml", "features:\n  shop.orders: true"),
    ("accounts.txt", "shop.orders=7"),
    ("x.py", 'COUNTS = {"shop.orders": 1}'),
    ("x.py", 'ledger.lookup("shop.orders")'),
    ("x.py", 'COUNTS["shop.orders"] += 1'),
]
_RATES = """
RATES = {"shop.orders": 1}
def rate(name):
    return RATES.get(name, 0)
RATE = rate(__name__)
"""


def _carried_out(
    make_repository: MakeRepository,
    path: str,
    text: str,
    rules: Sequence[ReferenceRule] = (),
    settled: Sequence[HazardSettlement] = (),
) -> tuple[ChangeSet, str]:
    """Return the change and the text after it; every point of the proof holds."""
    before = {**_SHOP, path: text + "\n"}
    repository = open_repository(make_repository(before))
    survey = take_survey(repository, "shop")
    move = Move("shop/orders.py", "shop/sales/orders.py", Decision.APPROVED)
    scope = Scope("shop", survey.source_root, survey.commit)
    plan = Plan(scope, (move,), hazards=tuple(settled), references=tuple(rules))
    changes = build_changeset(repository, survey, plan)
    after = {**before, "shop/sales/orders.py": before["shop/orders.py"]}
    del after["shop/orders.py"]
    after |= {c.target: c.after.decode() for c in changes.changes if c.target and c.after}
    contents = {blob_id(t.encode()): t.encode() for t in (*before.values(), *after.values())}
    points = prove(changes, Rehearsal(_tracked(before), _tracked(after), contents, ()), plan)
    assert not [point.failures for point in points if not point.holds]
    return changes, after[path].removesuffix("\n")


def _tracked(tree: Mapping[str, str]) -> tuple[TrackedFile, ...]:
    return tuple(TrackedFile(p, "100644", blob_id(t.encode())) for p, t in sorted(tree.items()))


@pytest.mark.parametrize(("path", "text"), RENAMED, ids=[text for _, text in RENAMED])
def test_a_module_is_renamed(make_repository: MakeRepository, path: str, text: str) -> None:
    _, after = _carried_out(make_repository, path, text)
    pairs = ((_OLD, _NEW), ("shop/orders", "shop/sales/orders"), (r"shop\.", r"shop\.sales\."))
    for old, new in (*pairs, (r"shop\\orders", r"shop\\sales\\orders"), (r"p\o", r"p\sales\o")):
        text = text.replace(old, new)
    assert after == text


@pytest.mark.parametrize(("path", "text"), LEFT, ids=[text for _, text in LEFT])
def test_what_is_no_module_is_left(make_repository: MakeRepository, path: str, text: str) -> None:
    changes, after = _carried_out(make_repository, path, text)
    assert after == text
    assert {name.kind for name in changes.left if name.path == path} <= {NameClass.IS_NOT}


@pytest.mark.parametrize(("path", "text"), LISTED, ids=[text for _, text in LISTED])
def test_what_could_be_one_is_left_and_listed(
    make_repository: MakeRepository, path: str, text: str
) -> None:
    changes, after = _carried_out(make_repository, path, text)
    assert after == text
    (name,) = (name for name in changes.left if name.path == path)
    assert (name.kind, name.text, bool(name.why)) == (
        NameClass.COULD_BE,
        r"shop\orders.py" if path == "run.bat" else _OLD,
        True,
    )


def test_people_overrule_both(make_repository: MakeRepository) -> None:
    text = 'TOPIC = "shop.orders"\nM = "shop.orders"'
    rules = (
        ReferenceRule("x.py", 1, "", NameDecision.REWRITE),
        ReferenceRule("x.py", 2, "shop.orders", NameDecision.KEEP, "another program's"),
    )
    _, after = _carried_out(make_repository, "x.py", text, rules)
    assert after == 'TOPIC = "shop.sales.orders"\nM = "shop.orders"'


def test_what_may_be_compared_with_a_module_has_to_be_decided(
    make_repository: MakeRepository,
) -> None:
    with pytest.raises(HazardError, match=r"x\.py:5.*decision = \"rewrite\" or \"keep\"") as caught:
        _carried_out(make_repository, "x.py", _RATES)
    assert caught.value.ids == ("silent-name:x.py:2",)


@pytest.mark.parametrize("how", ["rewrite", "keep", "fix", "accept"])
def test_each_decision_about_it_holds(make_repository: MakeRepository, how: str) -> None:
    rules = (
        [ReferenceRule("x.py", 2, _OLD, NameDecision(how))] if how in ("rewrite", "keep") else []
    )
    id = "silent-name:x.py:2"
    settled = [] if rules else [HazardSettlement(id, Settlement(how), "as it should be")]
    changes, after = _carried_out(make_repository, "x.py", _RATES, rules, settled)
    is_new = how in ("rewrite", "fix")
    assert after == (_RATES.replace(_OLD, _NEW) if is_new else _RATES)
    left = [name.text for name in changes.left if name.path == "x.py"]
    assert left == ([] if is_new else [_OLD])
