"""Each contestant is a program of its own, so that its time and memory are its own.

A program for moves is called with the tree that it may change and the moves as JSON, one for
graphs with the repository, the package and the file that its edges go to.
"""
