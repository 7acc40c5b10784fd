"""The kinds of hazards: one module for each id, named like the id, in a package for each theme.

Each owns its rule: a docstring that says what breaks, with examples that the tests run, the
sentence that a reviewer reads, and a function `find` from the context to hazards. Must not know
another kind; shared code is in `hazards.reading`.
"""
