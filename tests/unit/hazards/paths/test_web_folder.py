"""Where `web-folder` is found, and where not."""

from __future__ import annotations

import pytest

from tests.unit.hazards.drawn import MOVES, OLD, PG, hazards_of, told

LEAVES = (f"{OLD}/db.py > {PG}/db.py",)


WEB = [
    ("blueprint", 'Blueprint("o", __name__, template_folder="templates")', "../old/templates"),
    ("application", "Flask(__name__)", ', template_folder="../old/templates"'),
    ("no folder", 'Blueprint("o", __name__)', None),
    ("another name", 'Flask("x")', None),
]


@pytest.mark.parametrize(("code", "fix"), [c[1:] for c in WEB], ids=[c[0] for c in WEB])
def test_a_folder_beside_a_web_module(code: str, fix: str | None) -> None:
    files = {f"{OLD}/db.py": f"x = {code}\n", f"{OLD}/templates/a.html": ""}
    found = hazards_of("web-folder", files, LEAVES)
    assert told(found) == ([(f"{OLD}/db.py:1", "block", fix)] if fix else [])
    along = (*LEAVES, f"{OLD}/templates/a.html > {PG}/templates/a.html")
    assert hazards_of("web-folder", files, along) == ()
    assert hazards_of("web-folder", files, MOVES[3:]) == ()


def test_an_application_of_a_test_that_reads_no_template() -> None:
    move = ("tests/test_app.py > tests/unit/test_app.py",)
    both = {"tests/templates/a.html": "", "tests/static/a.css": ""}
    template, static = ', template_folder="../templates"', ', static_folder="../static"'
    for code, fixes in (
        ("app.jinja_env.auto_reload", []),
        ("render_template('a.html')", [template]),
        ("get('/static/a.css'); render_template('a.html')", [template + static]),
        ("app.open_resource('static/a.css')", [None]),
    ):
        text = f"def test_a():\n    app = Flask(__name__)\n    {code}\n"
        found = hazards_of("web-folder", {"tests/test_app.py": text, **both}, move)
        assert [hazard.fix for hazard in found] == fixes
    rooted = "app = Flask(__name__, root_path=x)\nrender_template('a.html')\n"
    assert hazards_of("web-folder", {"tests/test_app.py": rooted, **both}, move) == ()
