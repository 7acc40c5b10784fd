"""What one Python file says: its syntax, bindings, uses of `__file__`, dependency injection.

Owns the reading of Python source with tree-sitter, and the rules for dotted names. Must not know
which package is surveyed or what a plan does. Never runs or imports the code that it reads.
"""
