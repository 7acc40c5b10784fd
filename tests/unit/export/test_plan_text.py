"""The plan as a page: what it says of names in texts."""

from __future__ import annotations

from reorg_lib.export.plan_text import plan_markdown
from reorg_lib.model import NameClass, NamedText, Plan, Scope

PLAN = Plan(Scope("shop.infra", ".", "a" * 40))
LEFT = NamedText("a.py", 2, "shop.orders", NameClass.COULD_BE, "may be a module, but it is a key")


def test_the_names_that_stay_come_first_with_their_line_and_why() -> None:
    renamed = NamedText("b.py", 1, "shop.orders|x", NameClass.MODULE, "is imported by this name")
    text = plan_markdown(PLAN, (), texts=(renamed, LEFT))
    stays = "| `a.py:2` | `shop.orders` | may be a module, but it is a key |"
    assert stays in text and "They could be modules and stay as they are: 1." in text
    changed = r"| `b.py:1` | `shop.orders\|x` | is imported by this name |"
    assert text.index(stays) < text.index(changed)


def test_a_long_list_says_how_many_more_there_are() -> None:
    many = [NamedText("a.py", n, "shop.orders", NameClass.COULD_BE, "x") for n in range(60)]
    text = plan_markdown(PLAN, (), texts=many)
    assert text.count("| `a.py:") == 50 and "10 more are in `review.html`" in text


def test_no_names_no_section() -> None:
    assert "Names in texts" not in plan_markdown(PLAN, ())
