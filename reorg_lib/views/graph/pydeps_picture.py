"""pydeps' own picture of the package, beside ours.

Contains the picture only; how pydeps is called, and that it runs none of the scanned code, is
`export.witness`.
"""

from __future__ import annotations

from dataclasses import dataclass

from reorg_lib.errors import ReorgError
from reorg_lib.git import Repository
from reorg_lib.proof.tools.pydeps_graph import PydepsGraph, run_pydeps
from reorg_lib.views.graph.picture import render_svg


@dataclass(frozen=True, slots=True)
class PydepsPicture:
    """What pydeps saw of a package.

    `edges` are (importer, imported), both in the package, sorted. `error` is "" unless it failed;
    then there are no edges and no picture.
    """

    edges: tuple[tuple[str, str], ...] = ()
    svg: str = ""
    error: str = ""


def draw_pydeps(repository: Repository, source_root: str, package: str) -> PydepsPicture:
    """Let pydeps read the commit's Python files and return what it says about `package`.

    A failure is an answer too (`PydepsPicture.error`), for the survey stands without a witness.
    """
    try:
        files = [f for f in repository.files() if f.is_regular and f.path.endswith(".py")]
        contents = repository.contents(file.blob for file in files)
        return pydeps_picture(run_pydeps(files, contents, source_root, package))
    except ReorgError as error:
        return PydepsPicture(error=f"pydeps failed: {error}")


def pydeps_picture(said: PydepsGraph) -> PydepsPicture:
    """Return what pydeps said, with its own DOT text laid out."""
    return PydepsPicture(said.edges, render_svg(said.dot) if said.dot else "", said.error)
