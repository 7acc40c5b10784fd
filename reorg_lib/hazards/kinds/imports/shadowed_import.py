"""A module whose new name hides another module from a script in the same folder.

A script that is run by its path has its own folder first on the import path. A module that becomes
`shop/logging.py` is then what `import logging` finds there. The same holds for third-party packages
and for test folders without an `__init__.py`. Choose another name.

Breaks:
    shop/log.py
    shop/tool.py:
        #!/usr/bin/env python
        import logging
    move shop/log.py to shop/logging.py

Noted:
    shop/log.py
    shop/tool.py:
        import logging
        if __name__ == "__main__":
            logging.info("started")
    move shop/log.py to shop/logging.py

Safe:
    shop/log.py
    shop/tool.py:
        import logging
    move shop/log.py to shop/logging.py
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator

from reorg_lib.hazards.reading.context import HazardContext, hazard
from reorg_lib.hazards.reading.settings_texts import is_run_by_path
from reorg_lib.model import Hazard, Severity

KIND = "shadowed-import"
_IS_SCRIPT = re.compile(rb"__name__\s*==\s*[\"']__main__[\"']")


def find(context: HazardContext) -> Iterator[Hazard]:
    """Yield the new modules that hide another one, one hazard for each."""
    outside: dict[str, str] | None = None
    for path in context.by_path:
        target = context.new_paths[path]
        if target is None or target == path:
            continue
        folder, name = _folder_and_name(target)
        if not folder or (folder, name) == _folder_and_name(path):
            continue
        if name not in sys.stdlib_module_names:
            outside = _outside(context) if outside is None else outside
            if name not in outside:
                continue
        script, is_certain = _script(folder, context)
        if script is not None and script != target:
            yield hazard(
                KIND,
                path,
                1,
                f"becomes {target}; {script} is run by its path, which puts {folder}/ first on the "
                f"import path, so `import {name}` would find this module: choose another name",
                Severity.BLOCK if is_certain else Severity.NOTE,
            )


def _folder_and_name(path: str) -> tuple[str, str]:
    whole = path.removesuffix(".py").removesuffix("/__init__")
    return posixpath.dirname(whole), posixpath.basename(whole)


def _outside(context: HazardContext) -> dict[str, str]:
    """The names that files of the repository import and that are not modules of it → one file."""
    own = {name.partition(".")[0] for name in context.new_names}
    found: dict[str, str] = {}
    for path, module in context.files.items():
        for statement in module.syntax.imports:
            if not statement.level:
                written = (statement.module,) if statement.is_from else ()
                for name in written or tuple(n.name for n in statement.names):
                    found.setdefault(name.partition(".")[0], path)
    return {name: path for name, path in found.items() if name not in own}


def _script(folder: str, context: HazardContext) -> tuple[str | None, bool]:
    """A file of a folder after the moves that may be run by its path, and whether it certainly is.

    A file that only tests for `__main__` and is in a package may be run by its name as well.
    """
    inits = f"{folder}/__init__.py"
    maybe = None
    for old, new in sorted(context.new_paths.items()):
        if new is None or posixpath.dirname(new) != folder or not new.endswith(".py"):
            continue
        content = context.contents.get(old, b"")
        is_test = posixpath.basename(new).startswith("test_") and inits not in context.files_after
        if is_test or content.startswith(b"#!") or is_run_by_path(old, context):
            return new, True
        if _IS_SCRIPT.search(content):
            if inits not in context.files_after:
                return new, True
            maybe = maybe or new
    return maybe, False
