"""Where `logger-name` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import MOVES, OLD, PG, hazards_of, told

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
