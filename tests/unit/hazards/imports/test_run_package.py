"""Where `run-package` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import OLD, PG, hazards_of, told

RUNS = [
    ("Procfile", "web: python -m shop.infra.old", "shop.infra.pg"),
    ("shop/app.py", 'run([sys.executable, "-m", "shop.infra.old"])', "shop.infra.pg"),
    ("shop/app.py", 'runpy.run_module("shop.infra.old")', "shop.infra.pg"),
    ("Procfile", "web: python -m shop.infra.old.db", None),
    ("README.md", "python -m shop.infra.old", None),
]


def test_a_folder_that_is_run() -> None:
    move = (f"{OLD}/__main__.py > {PG}/__main__.py",)
    files = {f"{OLD}/__main__.py": "", "run.sh": f"python -B {OLD}/ --all\n"}
    assert told(hazards_of("run-package", files, move)) == [("run.sh:1", "block", None)]
    other = {**files, "run.sh": f"python {OLD}/db.py\n"}
    assert hazards_of("run-package", other, move) == ()


@pytest.mark.parametrize(("path", "text", "fix"), RUNS)
def test_a_package_that_is_run(path: str, text: str, fix: str | None) -> None:
    files = {f"{OLD}/__main__.py": "", path: text + "\n"}
    found = hazards_of("run-package", files, (f"{OLD}/__main__.py > {PG}/__main__.py",))
    assert told(found) == ([(f"{path}:1", "block", fix)] if fix else [])
