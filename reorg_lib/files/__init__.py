"""Files of this program outside the repository: its cache, and the lock on a plan file.

Must not know what is stored in the cache, or what the lock protects.
"""
