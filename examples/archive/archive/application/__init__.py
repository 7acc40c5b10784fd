"""Composition root, commands and the command line."""
