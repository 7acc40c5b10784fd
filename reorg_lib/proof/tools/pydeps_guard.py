"""Run pydeps so that none of the code that it reads can run.

This file is started as a script and never imported. pydeps 3.0.9 compiles the code that it reads
and walks the byte code, which runs nothing. But while it works, the scanned source root is first on
`sys.path` and pydeps imports lazily (`import yaml`), so a scanned `yaml.py` would run. Therefore
imports use the paths that were there at the start, and no others.

`sys.path` itself is emptied: pydeps looks there for the modules that the scanned code imports, and
would follow thousands of files of the installed libraries, only to leave them out at the end.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import BuiltinImporter, FrozenImporter, ModuleSpec, PathFinder
from types import ModuleType

_TRUSTED = tuple(sys.path)
sys.path.clear()


class _TrustedPaths:
    """Finds modules on the paths from before the scanned source root was added to `sys.path`."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return PathFinder.find_spec(name, list(_TRUSTED) if path is None else path, target)


if __name__ == "__main__":
    sys.meta_path[:] = [BuiltinImporter, FrozenImporter, _TrustedPaths]
    from pydeps.pydeps import pydeps

    pydeps()
