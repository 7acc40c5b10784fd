"""What the kinds of hazards read in a repository.

Owns one object for the survey, the plan and the new place of each file (`context`), and the reading
of Python code, paths, patterns and settings without running anything. Must not know any kind.
"""
