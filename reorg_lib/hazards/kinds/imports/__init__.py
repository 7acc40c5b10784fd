"""Imports that no import statement with the module's whole name says."""
