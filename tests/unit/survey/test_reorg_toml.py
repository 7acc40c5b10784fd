"""A project adds words of its own, and is told in one sentence what it got wrong."""

from __future__ import annotations

import pytest

from reorg_lib.errors import VocabularyError
from reorg_lib.files.cache import Cache
from reorg_lib.git import open_repository
from reorg_lib.plan.proposal.propose import propose
from reorg_lib.survey import take_survey
from reorg_lib.survey.vocabulary import load_vocabulary
from tests.conftest import MakeRepository
from tests.unit.survey.drawn import files, found_in

_TREE = """
    shop/
      core_model/
        orders/
          port.py  from typing import Protocol;;class Ledger(Protocol):;;····def book(self): ...
      infra/
        misc/
          books.py  import acme_ledger;;from shop.core_model.orders import port
          local.py  import httpx;;class Journal: ...
"""
_WORDS = """
[technology.acme]
concern = "ledger"
libraries = ["acme_ledger"]

[port]
Ledger = "ledger"

[layers]
domain = ["core_model"]

[[role]]
name = "journal"
classes = ["Journal"]
"""


def test_the_vocabulary_of_the_project_is_read_from_the_commit(
    make_repository: MakeRepository,
) -> None:
    root = make_repository({**files(_TREE), "reorg.toml": _WORDS})
    (root / "reorg.toml").write_text("[nonsense")
    survey = take_survey(open_repository(root), "shop.infra", Cache(None))
    found = found_in(survey)
    assert found["misc.books"].technology == "acme"
    assert found["misc.books"].domains == (("orders", 1),)
    assert found["misc.local"].role == "journal"
    assert survey.additions == _WORDS
    targets = {move.source: move.target for move in propose(survey).moves}
    assert targets["shop/infra/misc/books.py"] == "shop/infra/ledger/books.py"


def test_without_the_file_the_words_are_unknown(make_repository: MakeRepository) -> None:
    survey = take_survey(open_repository(make_repository(files(_TREE))), "shop.infra", Cache(None))
    assert found_in(survey)["misc.books"].technology is None
    assert survey.notes


def test_the_entry_of_a_project_overrides_ours() -> None:
    ours = load_vocabulary('[technology.rest]\nconcern = "rest"\nlibraries = ["httpx"]')
    known = ours.technology_of("httpx.AsyncClient")
    assert known is not None and known.name == "rest"
    more = load_vocabulary('[technology.http]\nlibraries = ["acme_http"]')
    names = [t.name for lib in ("acme_http", "httpx") if (t := more.technology_of(lib))]
    assert names == ["http", "http"]
    assert more.concern_of("http") == "http"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[technology.x", "reorg.toml is not TOML: "),
        ("[tecnology.x]", "[tecnology] is not known; use technology, port, layers, role"),
        ("[technology.x]\nlibs = []", "[technology.x] has no libs; use concern, libraries,"),
        ('[technology.x]\nlibraries = "a"', "libraries must be a list of words, as in libraries"),
        ("[technology.x]\nconcern = 3", "[technology.x] concern must be a name in quotes"),
        ('[technology.x]\nconcern = "a/b"', "[technology.x] concern must be a name in quotes"),
        ("[technology.x]\nquiet = 1", "[technology.x] quiet must be true or false"),
        ("[technology]\nx = 1", "[technology.x] must be a table of its own"),
        ('[technology.x]\nspecific = ["nope"]', "stands for nope, which is not known; add"),
        ("[port]\nLedger = 1", "[port] Ledger must be a folder's name, as in Ledger ="),
        ("[layers]\ndomain = 1", "[layers] domain must be a list of words"),
        ("[role]\nname = 'x'", "role must be written as [[role]]"),
        ("[[role]]\nstems = ['x']", "[[role]] needs a name"),
        ("[[role]]\nname = 'x'\nclasses = ['(']", "is no regular expression"),
    ],
)
def test_an_error_is_one_sentence_with_the_file(text: str, sentence: str) -> None:
    with pytest.raises(VocabularyError) as error:
        load_vocabulary(text)
    assert sentence in str(error.value)
    assert str(error.value).startswith("reorg.toml") and "\n" not in str(error.value)
