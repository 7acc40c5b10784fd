"""Where `symlink` is found, and where not."""

from __future__ import annotations

from tests.unit.hazards.drawn import MOVES, hazards_of, told


def test_links_to_what_moves() -> None:
    def links(target: str, moves: tuple[str, ...] = MOVES) -> list[tuple[str, str, str | None]]:
        modes = {"bin/link": "120000"}
        return told(hazards_of("symlink", {"bin/link": target}, moves, modes=modes))

    assert links("../shop/infra/old/db.py") == [("bin/link:1", "block", None)]
    assert links("../shop/infra/oci") == [("bin/link:1", "block", None)]
    assert links("../shop/infra") == [("bin/link:1", "note", None)]
    assert links("../shop/infra/http") == []
    assert links("/usr/share/x") == links("nowhere") == []
    assert hazards_of("symlink", {"bin/link": "../shop/infra/old/db.py"}) == ()
