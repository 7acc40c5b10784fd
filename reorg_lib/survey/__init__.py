"""The survey: modules, imports, technologies, bounded contexts, ports and roles of one commit.

Owns all facts that are read from a commit, and the evidence for each. Never runs or imports the
code that it reads, and must not know where a module should go.
"""

from __future__ import annotations

from reorg_lib.survey.survey import take_survey

__all__ = ["take_survey"]
