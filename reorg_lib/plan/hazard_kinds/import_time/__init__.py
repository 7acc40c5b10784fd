"""What runs, and in which order, because a module is imported."""

from __future__ import annotations

from reorg_lib.plan.hazard_kinds.import_time import (
    import_order,
    init_may_refuse,
    lost_registration,
    package_init,
    target_metadata,
)

KINDS = (
    import_order,
    init_may_refuse,
    lost_registration,
    package_init,
    target_metadata,
)
