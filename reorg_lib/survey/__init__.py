"""What is there: modules, imports, technologies, bounded contexts, ports and roles.

Owns everything that is read off a commit and the evidence for it. Never runs or imports what it
reads, and knows nothing of where a module should go.
"""

from __future__ import annotations

from reorg_lib.survey.survey import take_survey

__all__ = ["take_survey"]
