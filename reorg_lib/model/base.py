"""Base of reorg_lib.model."""

from __future__ import annotations

NAMED_IN_TEXT = "named in text"
"""Why an edit is made that renames a module in a text."""
