"""Tools that run on both sides: tests, type checkers, documentation builds, pydeps."""
