"""What should move: proposed steps, decisions, validation.

Owns the layout principle and the plan file. Knows the survey's records and nothing of how a step is
carried out.
"""
