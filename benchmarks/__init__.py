"""The cost of this project compared with alternatives; see docs/benchmarks.md.

It is not shipped. The product imports nothing from here, and no test measures its time.
"""
