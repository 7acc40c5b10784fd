"""Each contestant is a program of its own, so that its time and memory are its own.

A program for moves gets the tree that it may change and the moves as JSON; a program for graphs
gets the repository, the package and the file for its edges.
"""
