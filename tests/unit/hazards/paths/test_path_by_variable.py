"""Where `path-by-variable` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import hazards_of, told

VARIABLES = [
    ("make", "Makefile", "SRC = shop/infra\nrun:\n\tpython $(SRC)/old/db.py", "/pg/setup/db.py"),
    ("module", "run.sh", "PKG=shop.infra\npython -m $PKG.old.db", ".pg.setup.db"),
    ("braces", "run.sh", 'DIR="shop"\npython "${DIR}/infra/old/db.py"', "/infra/pg/setup/db.py"),
    ("docker", "Dockerfile", "ENV SRC shop/infra\nCMD python $SRC/old/db.py", "/pg/setup/db.py"),
]


NO_VARIABLES = [
    ("stays", "Makefile", "SRC = shop/infra\nrun:\n\tpython $(SRC)/http/client.py"),
    ("two values", "Makefile", "SRC = shop/infra\nSRC = x\nrun:\n\tpython $(SRC)/old/db.py"),
    ("of others", "Makefile", "SRC = vendor\nrun:\n\tpython $(SRC)/old/db.py"),
    ("remark", "Makefile", "SRC = shop/infra\n# python $(SRC)/old/db.py"),
]


@pytest.mark.parametrize(
    ("path", "text", "fix"), [c[1:] for c in VARIABLES], ids=[c[0] for c in VARIABLES]
)
def test_a_path_behind_a_variable(path: str, text: str, fix: str) -> None:
    (found,) = hazards_of("path-by-variable", {path: text + "\n"})
    assert (found.severity.value, found.fix) == ("block", fix)


@pytest.mark.parametrize(
    ("path", "text"), [c[1:] for c in NO_VARIABLES], ids=[c[0] for c in NO_VARIABLES]
)
def test_a_path_behind_a_variable_that_stays(path: str, text: str) -> None:
    assert hazards_of("path-by-variable", {path: text + "\n"}) == ()


def test_a_loop_over_modules() -> None:
    loop = "for m in db other; do python -m shop.infra.old.$m; done\n"
    assert told(hazards_of("path-by-variable", {"run.sh": loop})) == [("run.sh:1", "block", None)]
    files = "for m in db other; do python shop/infra/old/$m.py; done\n"
    assert told(hazards_of("path-by-variable", {"run.sh": files})) == [("run.sh:1", "block", None)]
    whole = "for m in di; do python -m shop.infra.oci.$m; done\n"
    assert hazards_of("path-by-variable", {"run.sh": whole}) == ()
