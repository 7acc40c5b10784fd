# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: -all
#     formats: ipynb,py:percent
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 2 · The review
#
# One principle decides where a module goes: **a top-level package is named after a concern**, which
# is the external system that it adapts (`postgres/`, `http/`) or, where several backends implement
# one port, that port (`storage/`, `runner/`). Never after a bounded context. Inside a concern,
# modules are arranged by role. Names of contexts appear at file level only.
#
# Here the team goes through the moves that follow from it, and decides each of them.

# %%
from reorg_lib.workbench import Workbench

bench = Workbench.from_environment()
bench

# %% [markdown]
# ## The proposal
#
# `propose` writes the plan file: one step per file, each with a reason. What was decided there
# before is kept, so this cell can be run as often as one likes. The file is plain text: read it,
# edit it, put it under version control.

# %%
plan = bench.propose()
decisions = bench.decisions()
decisions.value_counts(["step", "decision"], sort=False).to_frame("steps")

# %% [markdown]
# What goes where, by concern. **Read the reasons aloud; stop where somebody disagrees.**

# %%
decisions[["from", "to", "technology", "domain", "decision", "reason"]]

# %% [markdown]
# ## What people must decide
#
# For these steps the code gives no single answer. The target is our best guess, and *candidates*
# are the others, best first. **Decide each: which of them would you look in first?**

# %%
decisions[decisions["candidates"] != ""][["from", "to", "candidates", "reason"]]

# %% [markdown]
# ## The board
#
# Approve, reject or retarget each step. Each click is written to the plan file at once, so closing
# this notebook loses nothing; *undo* takes the last click back. Only approved steps are exported.
#
# Click into the table, then `j` and `k` go down and up, `a` approves, `r` rejects, `p` leaves open,
# `e` changes the target, `u` undoes, `/` filters. Where no widget runs, the same table stands here
# without its buttons.

# %%
bench.board()

# %% [markdown]
# ## The package afterwards
#
# The same modules and the same imports, with the approved and the pending steps done. No arrow is
# added or lost, only the boxes change. **Look whether each box has one colour, and whether backends
# of one port are siblings.** Run this cell again after deciding.

# %%
bench.graph("after")

# %% [markdown]
# ## To take along
#
# - Is anything still pending? It will not be exported, and stays where it is.
# - Does somebody outside this room work on a branch that touches these files?
#
# Next: [3 · The hand-over](03_export.ipynb).
