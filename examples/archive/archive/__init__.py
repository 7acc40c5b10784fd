"""A small archive server for research data."""

__version__ = "0.4.0"
