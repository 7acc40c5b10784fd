"""Guardrails: files that keep the new layout, and the check of a later tree.

Owns the layout rule and the texts made from it. Must not know how a layout is proposed, and never
runs code of the repository.
"""
