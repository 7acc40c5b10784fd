"""Which class is handed out as which port, in the forms of the usual containers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from reorg_lib.files.cache import Cache
from reorg_lib.git import open_repository
from reorg_lib.model import Classification
from reorg_lib.survey import take_survey
from tests.conftest import MakeRepository
from tests.unit.survey.drawn import files, found_in, surveyed

_SHOP = """
    shop/
      domain/
        orders/
          port.py  from typing import Protocol;;class Files(Protocol):;;····def put(self): ...;;class Clock(Protocol):;;····def now(self): ...
      infra/
        disk.py  class Anything: ...;;class Other: ...
        di.py  WIRING
"""  # noqa: E501
_PORT = "from shop.domain.orders.port import Files, Clock"
_CLASS = "from shop.infra.disk import Anything, Other"

_FORMS = {
    "dishka, a method": "class P:;;  @provide;;  def f(self) -> Files: return Anything(1)",
    "dishka, a generator": "def f() -> AsyncIterator[Files]:;;  one = Anything();;  yield one",
    "dishka, provide": "class P(Provider):;;  f = provide(Anything, provides=Files)",
    "dishka, source": "f = provide(source=Anything, provides=AnyOf[Files, Clock])",
    "dependency-injector": "f: providers.Provider[Files] = providers.Factory(Anything, 1)",
    "punq": "container.register(Files, Anything)",
    "punq, instance": "container.register(Files, instance=Anything(1))",
    "punq, factory": "container.register(Files, factory=lambda: Anything(1))",
    "lagom": "container[Files] = Anything",
    "lagom, lambda": "container[Files] = lambda c: Anything(c[Clock])",
    "lagom, singleton": "container[Files] = Singleton(Anything)",
    "injector": "binder.bind(Files, to=Anything)",
    "FastAPI, a parameter": "def view(files: Files = Depends(Anything)): ...",
    "FastAPI, annotated": "def view(files: Annotated[Files, Depends(Anything)]): ...",
    "FastAPI, an alias": "def f(a):;;  return Anything(a);;Given = Annotated[Files, Depends(f)]",
    "FastAPI, beside a method of that name": "def f(a):;;  return Anything(a);;"
    "class A:;;  def f(self):;;    return Other();;Given = Annotated[Files, Depends(f)]",
    "FastAPI, overrides": "def f() -> Files: ...;;app.dependency_overrides[f] = Anything",
    "a plain factory": "def f(kind: str) -> Files:;;  return Anything() if kind else None",
    "a string annotation": "def f() -> 'Files':;;  return Anything()",
}


@pytest.mark.parametrize("form", _FORMS)
def test_the_class_is_a_backend_of_the_port(make_repository: MakeRepository, form: str) -> None:
    drawn = files(_SHOP)
    drawn["shop/infra/di.py"] = f"{_PORT}\n{_CLASS}\n{_FORMS[form].replace(';;', chr(10))}\n"
    found = _survey(make_repository, drawn)
    pair = ("shop.domain.orders.port.Files", "shop.infra.disk.Anything")
    assert pair in found["di"].provides
    assert {implementation for _, implementation in found["di"].provides} == {pair[1]}
    assert "shop.domain.orders.port.Files" in found["disk"].ports
    assert any("Anything is provided as" in e.shows for e in found["disk"].evidence)
    assert any("provides Anything as Files" in e.shows and e.line for e in found["di"].evidence)


@pytest.mark.parametrize(
    "source",
    [
        "def files() -> Files:\n    return make_something()",
        "def files() -> Files:\n    def inner():\n        return Anything()\n    return Clock",
        "def files() -> Anything:\n    return Anything()",
        "x = Anything()\ncontainer.register(Anything)",
        "def view(files: Files, clock: Clock): Anything()",
    ],
)
def test_a_file_that_only_mentions_both_registers_nothing(
    make_repository: MakeRepository, source: str
) -> None:
    drawn = files(_SHOP)
    drawn["shop/infra/di.py"] = f"{_PORT}\n{_CLASS}\n{source}\n"
    found = _survey(make_repository, drawn)
    assert found["di"].provides == ()
    assert found["disk"].ports == ()


def test_wiring_outside_the_package_counts_too(make_repository: MakeRepository) -> None:
    survey = surveyed(
        make_repository,
        _SHOP.replace("WIRING", "")
        + f"      main.py  {_PORT};;{_CLASS};;def f() -> Files:;;····return Anything()\n",
        "shop.infra",
    )
    assert found_in(survey)["disk"].ports == ("shop.domain.orders.port.Files",)


def test_a_declared_port_has_no_second_evidence(make_repository: MakeRepository) -> None:
    survey = surveyed(
        make_repository,
        _SHOP.replace("class Anything: ...", f"{_PORT};;class Anything(Files): ...").replace(
            "WIRING", f"{_CLASS};;class C(Container):;;····f = providers.Factory(Anything)"
        ),
        "shop.infra",
    )
    assert found_in(survey)["di"].provides == (
        ("shop.domain.orders.port.Files", "shop.infra.disk.Anything"),
    )


def test_a_module_that_registers_is_wiring_whatever_its_name(
    make_repository: MakeRepository,
) -> None:
    drawing = _SHOP.replace("di.py", "start.py").replace(
        "WIRING", f"{_PORT};;{_CLASS};;def f() -> Files:;;····return Anything()"
    )
    assert found_in(surveyed(make_repository, drawing, "shop.infra"))["start"].role == "di"


def test_a_class_with_its_own_factory_beside_it_is_no_wiring(
    make_repository: MakeRepository,
) -> None:
    drawing = _SHOP.replace("di.py", "other.py").replace(
        "WIRING", f"{_PORT};;class Mine(Files): ...;;def f() -> Files:;;····return Mine()"
    )
    found = found_in(surveyed(make_repository, drawing, "shop.infra"))["other"]
    assert found.role is None
    assert found.provides == (("shop.domain.orders.port.Files", "shop.infra.other.Mine"),)


def _survey(make: MakeRepository, drawn: Mapping[str, str]) -> dict[str, Classification]:
    return found_in(take_survey(open_repository(make(drawn)), "shop.infra", Cache(None)))
