"""Files that a tool finds by their place or their file name."""

from __future__ import annotations

from reorg_lib.plan.hazard_kinds.tools import (
    extension_module,
    found_by_place,
    lost_fixture,
    namespace_folder,
    no_build_file,
    same_test_name,
    task_discovery,
    test_not_collected,
)

KINDS = (
    extension_module,
    found_by_place,
    lost_fixture,
    namespace_folder,
    no_build_file,
    same_test_name,
    task_discovery,
    test_not_collected,
)
