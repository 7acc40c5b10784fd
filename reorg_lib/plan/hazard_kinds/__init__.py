"""One module for each kind of hazard, or family of kinds.

Each owns its rule: a docstring that says what breaks, the sentence that a reviewer reads, and a
function `find` from the ground to hazards. None knows another kind; what they share is the
`ground` (what is there, and what becomes of it) and `code` (reading Python without running it).
"""
