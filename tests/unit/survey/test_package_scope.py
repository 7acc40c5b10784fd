"""Shapes of project: which package is meant, and which contexts there are."""

from __future__ import annotations

import pytest

from reorg_lib.errors import PackageNotFound
from tests.conftest import MakeRepository
from tests.unit.survey.drawn import found_in, surveyed

_SRC = """
    src/  (bare)
      shop/
        domain/
          orders/
            order.py  class Order: ...
        infrastructure/
          db.py  import asyncpg;;from shop.domain.orders.order import Order
    tests/
      infrastructure/
        test_db.py  import shop.infrastructure.db
"""
_FLAT = """
    shop/
      domain/
        orders.py  class Order: ...
      infra/
        db.py  import asyncpg;;from shop.domain.orders import Order
"""
_ROOTS = """
    server/  (bare)
      shop/
        domain/
          orders.py  class Order: ...
        adapters/
          db.py  import asyncpg;;from shop.domain.orders import Order
    client/  (bare)
      view/
        main.py  import shop.adapters.db
"""
_GATEWAYS = """
    shop/
      domain/
        orders.py  class Order: ...
      gateways/
        db.py  import asyncpg;;from shop.domain.orders import Order
"""


@pytest.mark.parametrize(
    ("drawing", "package", "source_root"),
    [
        (_SRC, "shop.infrastructure", "src"),
        (_FLAT, "shop.infra", "."),
        (_ROOTS, "shop.adapters", "server"),
        (_GATEWAYS, "shop.gateways", "."),
    ],
)
def test_the_package_is_found_by_its_usual_name(
    make_repository: MakeRepository, drawing: str, package: str, source_root: str
) -> None:
    survey = surveyed(make_repository, drawing)
    assert (survey.package, survey.source_root) == (package, source_root)
    assert found_in(survey)["db"].domains == (("orders", 1),)
    assert survey.notes == ()


_BY_CONTEXT = """
    modules/
      billing/
        domain/
          entities.py  class Bill: ...
          value_objects.py  class Money: ...
        infrastructure/
          repository.py  import asyncpg;;from modules.billing.domain.entities import Bill
          keys.py  x = 1
      sales/
        domain/
          entities.py  class Sale: ...
        infrastructure/
          repository.py  from ..domain.entities import Sale;;from modules.billing.domain import entities
      shared/
        domain/
          ids.py  class Id: ...
"""  # noqa: E501


def test_a_package_per_context_makes_contexts_of_the_packages(
    make_repository: MakeRepository,
) -> None:
    survey = surveyed(make_repository, _BY_CONTEXT, "modules.billing.infrastructure")
    found = found_in(survey)
    assert found["repository"].domains == (("billing", 1),)
    assert found["keys"].domains == (("billing", 0),)
    assert found["keys"].domain == "billing"
    assert found["keys"].evidence[0].shows == "lies in the context billing"
    whole = found_in(surveyed(make_repository, _BY_CONTEXT, "modules"))
    assert whole["sales.infrastructure.repository"].domains == (("billing", 1), ("sales", 1))
    assert whole["billing.domain.entities"].technology is None


def test_several_packages_are_refused_with_the_choices(
    make_repository: MakeRepository,
) -> None:
    with pytest.raises(PackageNotFound) as error:
        surveyed(make_repository, _BY_CONTEXT)
    assert str(error.value).splitlines() == [
        "there are several such packages; give one of",
        "  --package modules.billing.infrastructure",
        "  --package modules.sales.infrastructure",
        "or, for all of them at once,",
        "  --package modules",
    ]


_DJANGO = """
    manage.py  import django
    store/
      settings.py  DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql'}}
      apps/
        basket/
          apps.py  from django.apps import AppConfig;;class BasketConfig(AppConfig): ...
          models.py  from django.db import models;;class Basket(models.Model): ...
          views.py  from django.views import View;;class BasketView(View): ...
        orders/
          apps.py  from store.config import OwnConfig;;class OrdersConfig(OwnConfig): ...
          mail.py  from django.core.mail import send_mail;;from store.apps.basket.models import Basket
          migrations/
            0001_initial.py  from django.db import migrations;;class Migration(migrations.Migration): ...
"""  # noqa: E501


def test_without_a_usual_name_the_outermost_packages_are_listed(
    make_repository: MakeRepository,
) -> None:
    with pytest.raises(PackageNotFound, match=r"there are\n  --package store$"):
        surveyed(make_repository, _DJANGO)


def test_django_apps_are_contexts_where_no_domain_is(make_repository: MakeRepository) -> None:
    survey = surveyed(make_repository, _DJANGO, "store")
    found = found_in(survey)
    assert found["apps.orders.mail"].domains == (("orders", 0),)
    assert (found["apps.orders.mail"].technology, found["apps.basket.models"].technology) == (
        "smtp",
        "postgres",
    )
    assert found["apps.basket.models"].role == "tables"
    assert found["apps.basket.views"].role == "route"
    assert found["apps.orders.migrations.0001_initial"].role == "migration"
    assert found["settings"].domains == ()
    assert survey.notes == ()


@pytest.mark.parametrize(
    "domain",
    [
        "model.py  class Order: ...",
        "order_events.py  class Ordered: ...",
        "shared/",
        "entities/",
        "value_objects/",
        "read_models/",
        "error_codes.py  X = 1",
        "_private/",
    ],
)
def test_without_a_domain_there_is_no_context(make_repository: MakeRepository, domain: str) -> None:
    package, _, content = domain.partition("  ")
    inner = "" if content else "\n              order.py  class Order: ..."
    name = package.rstrip("/").removesuffix(".py")
    survey = surveyed(
        make_repository,
        f"""
        shop/
          domain/
            {domain}{inner}
          infra/
            db.py  import asyncpg;;import shop.domain.{name}
        """,
    )
    assert found_in(survey)["db"].domains == ()
    (note,) = survey.notes
    assert note.startswith("No bounded context was found")


def test_inner_layers_adapt_nothing_and_have_no_role_of_adapters(
    make_repository: MakeRepository,
) -> None:
    found = found_in(
        surveyed(
            make_repository,
            """
            app/
              domain/
                ports/
                  orders.py  from abc import ABC;;class OrderRepository(ABC):;;····def get(self): ...
                model.py  from app.domain.ports.orders import OrderRepository;;class A(OrderRepository): ...
              application/
                find.py  from sqlalchemy import select;;select(1)
                handler.py  c.execute('insert into a values (1)')
              db/
                orders.py  from app.domain.ports.orders import OrderRepository;;class B(OrderRepository): ...
            """,  # noqa: E501
            "app",
        )
    )
    roles = {name: (c.role, len(c.ports)) for name, c in found.items() if c.role or c.ports}
    assert roles == {"application.find": ("query", 0), "db.orders": (None, 1)}


def test_a_port_may_have_all_its_methods_from_a_generic_one(
    make_repository: MakeRepository,
) -> None:
    drawing = """
        app/
          seedwork/
            domain/
              repositories.py  from abc import ABC;;class Generic(ABC):;;····def get(self): ...
          sales/
            domain/
              ports.py  from app.seedwork.domain.repositories import Generic;;class Sales(Generic[int], ABC): ...;;class Mark(ABC): ...
            infrastructure/
              sql.py  from app.sales.domain.ports import Sales, Mark;;class SqlSales(Sales): ...;;class Marked(Mark): ...
    """  # noqa: E501
    found = found_in(surveyed(make_repository, drawing, "app.sales.infrastructure"))
    assert found["sql"].ports == ("app.sales.domain.ports.Sales",)


def test_an_app_inside_another_is_a_context_of_its_own(make_repository: MakeRepository) -> None:
    config = "from django.apps import AppConfig;;class A(AppConfig): ..."
    found = found_in(
        surveyed(
            make_repository,
            f"""
            store/
              apps.py  {config}
              catalogue/
                apps.py  {config}
                views.py  x = 1
                reviews/
                  apps.py  {config}
                  views.py  x = 1
              basket/
                apps.py  {config}
              core.py  x = 1
            """,
            "store",
        )
    )
    assert found["catalogue.views"].domain == "catalogue"
    assert found["catalogue.reviews.views"].domain == "reviews"
    assert found["core"].domain is None


def test_tests_with_a_folder_domain_are_no_contexts(make_repository: MakeRepository) -> None:
    survey = surveyed(
        make_repository,
        """
        app/
          infra/
            db.py  import asyncpg
        tests/
          unit/
            domain/
              test_a.py  x = 1
          contract/
            domain/
              test_a.py  x = 1
        """,
    )
    assert survey.notes
