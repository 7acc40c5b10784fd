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
# before is kept, however often it is proposed. The file is plain text: read it, edit it, put it
# under version control.

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
# ## The graph
#
# The same modules and the same imports at two moments: as they are, and with the approved and the
# open steps done. Colours are technologies. Hover over a module to see what it imports and who
# imports it; click it, and the board below shows why it goes there. Drag it onto another package on
# the right, and it is retargeted. **Look whether each box has one colour.**

# %%
bench.live_graph()

# %% [markdown]
# ## The board
#
# One row per step, and beside the row why it is proposed, the exact diff that it makes, what it
# would break and the tree as it will be. Every decision is in the plan file before the next key, so
# closing this notebook loses nothing. Only approved steps are exported.
#
# Click into the table, then: `j` `k` go down and up, `a` approves, `r` rejects, `p` leaves open,
# `e` changes the target, `n` writes a note, `u` undoes and `U` does it again, `x` picks rows, `/`
# searches, `1` to `4` turn the page beside it, `?` shows all keys. Where no widget runs, the same
# table stands here without its buttons.

# %%
bench.board()

# %% [markdown]
# ## The walkthrough
#
# For the projector: one page per concern, with the graph zoomed on what moves, the reason, and
# what is still open. Click into it and press `F` for the full screen. Arrows turn the page, `j`
# `k` go through the steps, `a` approves one, `Enter` approves what is clear and goes on, a number
# answers the question on the page. What is decided here shows on the board, and the other way
# round.

# %%
bench.walkthrough()

# %% [markdown]
# ## The layout in figures
#
# Counted before, and as the approved and the open steps leave it; the figures follow each decision.
# Click one for the list of what it counts. **Which figure is the one that you wanted to change?**

# %%
bench.figures()

# %% [markdown]
# ## To take along
#
# - Is anything still pending? It will not be exported, and stays where it is.
# - Does somebody outside this room work on a branch that touches these files?
#
# Next: [3 · The hand-over](03_export.ipynb).
