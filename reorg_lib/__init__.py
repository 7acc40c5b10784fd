"""From a package filed by two taxonomies at once to one script that provably sorts it out.

CONTRIBUTING.md describes its packages.
"""
