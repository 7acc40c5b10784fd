"""Where `stored-name` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import hazards_of, told


def test_generated_code_that_holds_names_with_their_lengths() -> None:
    code = "D = pool.AddSerializedFile(b'\\n\\x14shop/infra/old/db.py')\n"
    found = hazards_of("stored-name", {"shop/db_pb2.py": code})
    assert told(found) == [("shop/db_pb2.py:1", "note", None)]
    old = {"shop/db_pb2.py": "D = descriptor(serialized_pb=b'\\n\\x14shop/infra/old/db.py')\n"}
    assert told(hazards_of("stored-name", old)) == [("shop/db_pb2.py:1", "block", None)]
    other = code.replace("old/db", "http/client")
    assert hazards_of("stored-name", {"shop/db_pb2.py": other}) == ()


PICKLED = [
    ("by its ending", "a.pkl", "shop.infra.old.db", True),
    ("protocol 0", "a.state", "ccopy_reg\n_reconstructor\np0\n(cshop.infra.old.db\nDb\np1\n", True),
    ("of what stays", "a.state", "(cshop.infra.http.client\nDb\np1\n", False),
    ("a text", "a.state", "see shop.infra.old.db\nand more\n", False),
]


@pytest.mark.parametrize(
    ("path", "text", "is_told"), [c[1:] for c in PICKLED], ids=[c[0] for c in PICKLED]
)
def test_stored_data_that_names_a_class(path: str, text: str, is_told: bool) -> None:
    found = hazards_of("stored-name", {path: text})
    assert told(found) == ([(f"{path}:1", "block", None)] if is_told else [])


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
