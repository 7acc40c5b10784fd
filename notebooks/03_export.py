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
# # 3 · The hand-over
#
# The approved steps become one shell script of `git mv` and sed lines, which a maintainer reads and
# runs. Before it is handed over it is rehearsed on a scratch copy, and what the rehearsal showed is
# written down. Your checkout is not touched.

# %%
from reorg_lib.workbench import Workbench

bench = Workbench.from_environment()
bench

# %% [markdown]
# ## What a move alone would break
#
# Some things break although every import is rewritten: a path that is computed from `__file__`, for
# example, means another folder once the file lies deeper. Such places are found here. One of
# severity *block* stops the export until somebody settles it, on the board (key `3`) or here:
# `bench.settle(id, "fix")` takes the fix that is shown, `bench.settle(id, "accept", "why it does no
# harm")` leaves it as it is. **Settle what is not settled.**

# %%
hazards = bench.hazards()
hazards[["severity", "kind", "path", "line", "why", "fix", "settled", "id"]]

# %% [markdown]
# ## Export
#
# Rewrite in memory, write the script, run it on a scratch copy, compare, prove: a bar for each.
# It can be stopped at any time without harm; results appear all at once, at the end. If the plan
# cannot be carried out, one sentence says which step and why, and no script is written.

# %%
done = bench.export()

# %% [markdown]
# ## The certificate
#
# What the rehearsal showed, point by point, each with the number of things that were looked at.
# **A point that does not hold would have stopped the export.**

# %%
bench.certificate()

# %% [markdown]
# ## The script
#
# This is all that the maintainer gets to run: it needs bash, git and sed, not this package. The
# first line says how many lines there are to read; below it, each part can be unfolded.
# **Read it as if somebody else had written it.**

# %%
bench.script()

# %% [markdown]
# ## Before and after
#
# The same modules in the same colours: as they are, and as the script leaves them.

# %%
bench.graph("before")

# %%
bench.graph("after")

# %% [markdown]
# ## The independent witness
#
# pydeps shares no code with the survey. It read the scratch copy that the script ran on. Its
# picture of the commit is in the first notebook. **The boxes have other names, the arrows between
# them are the same.**

# %%
bench.witness("after")

# %% [markdown]
# ## To take along
#
# Each link holds the whole file. `review.html` is the review for people without a notebook: one
# page with the live graph, the decisions and the certificate, to attach to a pull request.

# %%
bench.downloads()

# %% [markdown]
# ## What to do now
#
# The output folder holds `reorganize.sh`, `certificate.md` and `.json`, `plan.md`, `hazards.json`,
# `before.svg` and `after.svg`. Give the script and the certificate to the maintainer, who runs, in
# a clean checkout of the commit above:
#
# ```
# bash reorganize.sh --check     # dry run in a scratch copy, changes nothing
# bash reorganize.sh --apply     # moves and rewrites, staged, not committed
# bash reorganize.sh --commit    # the same, committed
# bash reorganize.sh --undo      # back to where it started
# ```
