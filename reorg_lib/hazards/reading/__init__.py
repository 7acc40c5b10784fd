"""What the kinds of hazards read before they judge.

Owns one object for the survey, the plan and what becomes of each file (`context`), and the reading
of Python code, paths, patterns and settings without running anything. Must not know any kind.
"""
