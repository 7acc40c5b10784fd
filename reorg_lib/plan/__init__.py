"""What should be: proposed steps, decisions, validation, hazards.

Owns the layout principle and the plan file. Knows the survey's records and nothing of how a step is
carried out.
"""
