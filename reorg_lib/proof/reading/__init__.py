"""The proof's own reader of Python files: imports, scopes, and a normal form to compare."""
