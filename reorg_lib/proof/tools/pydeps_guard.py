"""Run pydeps so that nothing of the code that it reads can run.

Started as a script of its own, never imported. pydeps 3.0.9 compiles what it reads and walks the
byte code, which runs nothing. But while it works it keeps the scanned source root first on
`sys.path` and imports lazily (`import yaml`), so that a scanned `yaml.py` would be run. Here an
import is answered from the paths that were there at the start, and from nowhere else.

`sys.path` itself is emptied: it is where pydeps looks for what the scanned code imports, and it
would follow every installed library, thousands of files, only to leave them out at the end.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import BuiltinImporter, FrozenImporter, ModuleSpec, PathFinder
from types import ModuleType

_TRUSTED = tuple(sys.path)
sys.path.clear()


class _TrustedPaths:
    """Finds modules where they were before the scanned source root came onto `sys.path`."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return PathFinder.find_spec(name, list(_TRUSTED) if path is None else path, target)


if __name__ == "__main__":
    sys.meta_path[:] = [BuiltinImporter, FrozenImporter, _TrustedPaths]
    from pydeps.pydeps import pydeps

    pydeps()
