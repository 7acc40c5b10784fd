"""Paths of files, and the data files that modules read."""
