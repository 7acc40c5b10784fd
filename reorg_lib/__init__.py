"""From a package filed by two taxonomies at once to one script that provably sorts it out.

Owns nothing but the name; the rooms below it are described in CONTRIBUTING.md.
"""
