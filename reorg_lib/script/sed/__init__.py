"""The sed programs of the script: rules that all files share, and edits of single lines.

Owns the way from exact edits to sed commands that every sed understands. Must not know the shell.
"""
