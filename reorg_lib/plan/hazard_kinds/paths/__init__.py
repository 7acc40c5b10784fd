"""Paths of files, and the data files that modules read."""

from __future__ import annotations

from reorg_lib.plan.hazard_kinds.paths import (
    data_left,
    file_anchor,
    folder_listing,
    ignored_place,
    joined_path,
    module_file,
    named_beside,
    package_data,
    partial_path,
    path_by_variable,
    path_from_folder,
    path_pattern,
    shipped_data,
    symlink,
    web_folder,
)

KINDS = (
    data_left,
    file_anchor,
    folder_listing,
    ignored_place,
    joined_path,
    module_file,
    named_beside,
    package_data,
    partial_path,
    path_by_variable,
    path_from_folder,
    path_pattern,
    shipped_data,
    symlink,
    web_folder,
)
