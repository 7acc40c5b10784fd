"""The proof: whether a rehearsal of the script did what the plan says, and nothing else.

Owns the points of the certificate, the rehearsal on scratch copies, and its own reader of Python
source. Must not import anything of what it judges: no survey, plan, hazards, rewriter, script or
guardrails. A second reader, written separately, makes an error in the first one visible.
"""
