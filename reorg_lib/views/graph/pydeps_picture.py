"""The picture of the package that pydeps draws.

`proof.tools.pydeps_graph` calls pydeps without running any of the scanned code.
"""

from __future__ import annotations

from dataclasses import dataclass

from reorg_lib.errors import ReorgError
from reorg_lib.git import Repository
from reorg_lib.proof.tools.pydeps_graph import PydepsGraph, run_pydeps
from reorg_lib.views.graph.picture import render_svg


@dataclass(frozen=True, slots=True)
class PydepsPicture:
    """What pydeps found in a package.

    `edges` are (importer, imported), both in the package, sorted. `error` is "" unless it failed;
    then there are no edges and no picture.
    """

    edges: tuple[tuple[str, str], ...] = ()
    svg: str = ""
    error: str = ""


def draw_pydeps(repository: Repository, source_root: str, package: str) -> PydepsPicture:
    """Let pydeps read the commit's Python files and return its result for `package`.

    A failure is a result too (`PydepsPicture.error`), because the survey does not need pydeps.
    """
    try:
        files = [f for f in repository.files() if f.is_regular and f.path.endswith(".py")]
        contents = repository.contents(file.blob for file in files)
        return pydeps_picture(run_pydeps(files, contents, source_root, package))
    except ReorgError as error:
        return PydepsPicture(error=f"pydeps failed: {error}")


def pydeps_picture(said: PydepsGraph) -> PydepsPicture:
    """Return the result of pydeps, with its own DOT text as a picture."""
    return PydepsPicture(said.edges, render_svg(said.dot) if said.dot else "", said.error)
