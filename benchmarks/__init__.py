"""What this project costs beside what people use instead; see docs/benchmarks.md.

Not shipped. Nothing here is imported by the product, and none of it is timed by a test.
"""
