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
# # 1 · What is there
#
# A package that grew for years is often filed by two taxonomies at once: some modules lie in a
# folder named after the **technology** that they adapt (Postgres, S3, HTTP), others in a folder
# named after the **bounded context** that they serve (auth, records, events). Whoever looks for a
# module then has to know which of the two its author had in mind.
#
# This notebook shows how the package is filed today. It reads one commit. It runs none of the code
# that it reads and changes nothing.

# %%
from reorg_lib.workbench import Workbench

bench = Workbench.from_environment()
survey = bench.tables
survey

# %% [markdown]
# `make lab` opens this on the example, and `make lab REPO=../yours PACKAGE=your.package` on a
# repository of your own. Opened in another way? Then put `bench = Workbench.open("../yours",
# "your.package")` into the cell above. A project that calls things by names of its own says so in
# a `reorg.toml`; the README has the words.

# %% [markdown]
# ## Every module of the package
#
# One row per module: where it lies, which technology it adapts, which bounded context it serves
# most, what role it plays, how large it is, and how many modules it imports and is imported by.
# *Evidence* is the line of code that gave the technology or the port away; nobody has to believe
# the table. Where a module shows several technologies, *technologies* has all of them with their
# points: 2 for an import, 1 for one that only types need, 1 for a class's name. **Look for rows
# that you would have called something else.**

# %%
survey.modules.drop(columns=["folder", "path", "provides"])

# %% [markdown]
# ## The two taxonomies, crossed
#
# Rows are technologies, columns are bounded contexts, cells count modules and their lines. A
# folder per *row* is a layout by technology, a folder per *column* one by context. Almost every
# adapter of a technology serves several contexts, so a layout by context tears the rows apart.

# %%
survey.matrix

# %% [markdown]
# ## What speaks against the layout
#
# Nine questions, asked of the table above; the heaviest answer comes first.
#
# 1. Which technology is **scattered**? Who changes the driver has to find all of its places.
# 2. Which **backends** of one port lie far **apart**? They are read and changed together.
# 3. Which module is a **stranger** among its neighbours? Nobody looks for it there.
# 4. Which package is **empty**? It promises something that is not there.
# 5. Which folder is a **grab-bag** of many roles at one level? Its name says little.
# 6. Which folder is **named after a bounded context**? It looks as if that context owned it.
# 7. Which modules import each other in a **cycle**? None can be read or moved alone.
# 8. Which module **serves several contexts**? A folder named after any of them would be wrong.
# 9. Which **base names** stand twice? A tab or a traceback does not say which is meant.
#
# **Go through the rows: is each a problem that you know from your own work?**

# %%
survey.findings

# %% [markdown]
# ## Who imports whom
#
# Boxes are packages, nested as on disk. Fills are technologies. Hover over a module to see what
# it imports and who imports it; click it for everything that it reaches; choose *paths to* for
# all ways to another one.
# **Look for one colour in several boxes, and for several colours in one.**

# %%
bench.graph_today()

# %% [markdown]
# ## A second pair of eyes
#
# The picture above rests on our own reading of the imports.
# [pydeps](https://github.com/thebjorn/pydeps) shares no code with it: it follows the compiled
# byte code. What it draws of the same package, in its own colours, is folded here.

# %%
bench.witness()

# %% [markdown]
# How far do the two agree? pydeps also counts the packages that Python loads on the way to a
# module, which we leave out on purpose. **Look at the rows *only us* and *only pydeps*:** there
# should be none, or each should have an explanation.

# %%
agreement = bench.agreement()
agreement.value_counts("seen_by").to_frame("imports")

# %%
agreement[~agreement["seen_by"].isin(["both", "pydeps, as a package on the way"])]

# %% [markdown]
# ## What could not be read
#
# A file that is no valid Python, or that is no ordinary file, is listed here and not guessed at.
# **Decide whether one of them matters** before going on.

# %%
survey.problems

# %% [markdown]
# ## To take along
#
# - Which findings does the team want to be rid of?
# - Which row of the first table is wrong? Say so in the review, where a target can be changed.
#
# Next: [2 · The review](02_review.ipynb).
