"""The database layer.

The two names below are all that most callers need; paging is offered as a module.
"""

from . import keyset
from .database import Database

__all__ = ["Database", "keyset"]
