"""The shell scripts: `reorganize.sh` and `update-branch.sh`.

Owns how a `ChangeSet` becomes shell text that a maintainer reads and runs. Must not know how the
changes were found, and changes nothing in them.
"""
