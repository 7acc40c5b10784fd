"""Imports that no import statement with the module's whole name says."""

from __future__ import annotations

from reorg_lib.plan.hazard_kinds.imports import (
    composed_name,
    dynamic_import,
    lazy_import,
    lazy_submodule,
    module_discovery,
    name_prefix,
    name_through_another,
    named_submodule,
    package_passed_on,
    package_scanned,
    run_package,
    second_name,
    shadowed_import,
    shadowed_name,
    shared_name,
    sibling_import,
    star_submodule,
    wired_module,
)

KINDS = (
    composed_name,
    dynamic_import,
    lazy_import,
    lazy_submodule,
    module_discovery,
    name_prefix,
    name_through_another,
    named_submodule,
    package_passed_on,
    package_scanned,
    run_package,
    second_name,
    shadowed_import,
    shadowed_name,
    shared_name,
    sibling_import,
    star_submodule,
    wired_module,
)
