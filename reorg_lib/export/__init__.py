"""The export: everything that a maintainer gets, made from a plan with decisions.

Owns the order of the export, the texts beside the script, and the comparison with open branches.
Must not decide how a plan is carried out or whether a point of the proof holds.
"""
