"""Relative names of modules, as `importlib.util.resolve_name` reads them."""

from __future__ import annotations


def relative_name(target: str, package: str) -> str:
    """Return the dots and names that lead from a package to a module; absolute if none do.

    >>> relative_name("a.x.m", "a.b")
    '..x.m'
    """
    wanted, start = target.split("."), package.split(".")
    common = 0
    while common < min(len(wanted), len(start)) and wanted[common] == start[common]:
        common += 1
    if not common:
        return target
    return "." * (len(start) - common + 1) + ".".join(wanted[common:])
