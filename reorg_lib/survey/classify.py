"""What each module of the package adapts and serves.

Owns the putting together: technology, bounded contexts, ports and role become one
`Classification` with its evidence. Must not know how each of them is recognised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reorg_lib.model import Classification, DirectImport, Module


def classify(
    modules: Mapping[str, Module],
    edges: Sequence[DirectImport],
    package: str,
    texts: Mapping[str, bytes],
) -> tuple[Classification, ...]:
    """Classify each module of `package`, sorted by name."""
    return tuple(
        Classification(name, None, (), None, (), ())
        for name in modules
        if f"{name}.".startswith(f"{package}.")
    )
