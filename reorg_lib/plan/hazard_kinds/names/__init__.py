"""Names of modules that are kept in texts, in stored data or by other programs."""

from __future__ import annotations

from reorg_lib.plan.hazard_kinds.names import (
    case_rename,
    chain_in_text,
    django_app,
    identity_by_name,
    import_in_text,
    logger_name,
    lost_name,
    mapped_by_name,
    module_pattern,
    name_handed_on,
    name_taken_apart,
    reference_by_name,
    replaced_name,
    silent_name,
    stored_name,
    task_name,
)

KINDS = (
    case_rename,
    chain_in_text,
    django_app,
    identity_by_name,
    import_in_text,
    logger_name,
    lost_name,
    mapped_by_name,
    module_pattern,
    name_handed_on,
    name_taken_apart,
    reference_by_name,
    replaced_name,
    silent_name,
    stored_name,
    task_name,
)
