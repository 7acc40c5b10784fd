# Every target makes .venv when it is missing or out of date; the second run is quick.
# Written for GNU Make 3.81 and later, so that it runs on macOS as it is.

SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTEST_WORKERS ?= 2

# The newest supported Python that starts and can make a virtual environment.
USABLE := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	if $$p -c '$(USABLE)' >/dev/null 2>&1; then echo $$p; break; fi; done)

# What `make lab` opens; all empty: the example.
REPO ?=
PACKAGE ?=

# A clone of the reference project; empty: it is fetched.
CLONE ?=
PLAN ?=

# A folder with clones of the benchmarks that `make real-projects` needs; empty: they are fetched.
CLONES ?=

# What `make bench` is told, such as --only example --runs 1; see python -m benchmarks --help.
BENCH ?=

# How long the fuzzer searches, and where it starts.
FUZZ_SECONDS ?= 600
FUZZ_SEED ?= 1

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(STAMP) ## run the full workflow on the example, leave the results in outputs/
	@$(BIN)/python -m scripts.demo

.PHONY: lab
lab: $(STAMP) ## open the notebooks in JupyterLab [REPO=path PACKAGE=dotted.name PLAN=file]
	@$(BIN)/python -m scripts.lab $(if $(REPO),--repo '$(REPO)') \
	  $(if $(PACKAGE),--package '$(PACKAGE)') $(if $(PLAN),--plan '$(PLAN)')

.PHONY: review
review: $(STAMP) ## serve the review as a page, without code [REPO=path PACKAGE=dotted.name PLAN=file]
	@$(BIN)/python -m scripts.lab --page $(if $(REPO),--repo '$(REPO)') \
	  $(if $(PACKAGE),--package '$(PACKAGE)') $(if $(PLAN),--plan '$(PLAN)')

.PHONY: test
test: $(STAMP) lint ## run everything: lint, types, import contract, tests, notebooks
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/pytest -n $(PYTEST_WORKERS) --dist worksteal

.PHONY: lint
lint: $(STAMP) ## run ruff, mypy and the import contract only
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy
	@$(BIN)/lint-imports --cache-dir .work/import-linter

.PHONY: browser
browser: $(STAMP) ## run the tests in a Chromium only; Debian's is installed where it is missing and root asks
	@for b in "$$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do \
	  command -v "$$b" >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get install -y -q chromium || true; fi
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/pytest -m browser tests/browser

.PHONY: nightly
nightly: $(STAMP) fuzz ## run the tests that take long, and the fuzzer; prints seeds and counts
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/pytest -m nightly -n $(PYTEST_WORKERS) --dist worksteal -rP

.PHONY: fuzz
fuzz: $(STAMP) ## fuzz the rewriter on bytes [FUZZ_SECONDS=600 FUZZ_SEED=1]
	@$(BIN)/python -m tests.fuzz.fuzz_rewriter --seconds $(FUZZ_SECONDS) --seed $(FUZZ_SEED) \
	  --crashes .work/crashes

.PHONY: coverage
coverage: $(STAMP) ## run the tests and list the lines of reorg_lib that none of them reaches
	@mkdir -p .work/coverage && rm -f .work/coverage/*
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/coverage run -m pytest -n $(PYTEST_WORKERS) --dist worksteal -q
	@$(BIN)/coverage combine --quiet && $(BIN)/coverage report

.PHONY: pythons
pythons: ## run the tests on every supported Python that is on this machine
	@ran=0; for p in python3.11 python3.12 python3.13; do \
	  if $$p -c '$(USABLE)' >/dev/null 2>&1; then \
	    echo "== $$p"; ran=1; $(MAKE) --no-print-directory test VENV=.work/venv-$$p PYTHON=$$p || exit 1; \
	  else echo "== $$p: not on this machine"; fi; \
	done; [ $$ran = 1 ]

.PHONY: format
format: $(STAMP) ## format the code and mend what ruff can mend
	@$(BIN)/ruff check --fix --quiet
	@$(BIN)/ruff format --quiet

.PHONY: docs-example
docs-example: $(STAMP) ## refresh docs/example/ from a run of the demo
	@$(BIN)/python -m scripts.demo --out docs/example

.PHONY: screens
screens: $(STAMP) ## refresh docs/screens/, pictures of the live graph on the example
	@$(BIN)/python -m scripts.screens

.PHONY: real-project
real-project: $(STAMP) ## the reference project, before and after: tests, database, start [CLONE=path or address]
	@$(BIN)/python -m scripts.real_project $(if $(CLONE),--repo '$(CLONE)')

.PHONY: real-projects
real-projects: $(STAMP) ## tasks of RefactorBench by our plans, judged by its tests [CLONES=folder with clones]
	@$(BIN)/python -m scripts.real_projects $(if $(CLONES),--clones '$(CLONES)')

.PHONY: bench
bench: $(VENV)/.bench ## measure against what people use instead, into docs/benchmarks.md [BENCH='--only example']
	@$(BIN)/python -m benchmarks $(BENCH)

.PHONY: lock
lock: $(STAMP) ## pin every dependency anew in constraints.txt
	@$(BIN)/python scripts/lock.py

.PHONY: clean
clean: ## remove .venv, caches and results (outputs/README.md and what was decided in .work/lab stay)
	@rm -rf $(VENV) .ruff_cache build dist
	@if [ -d .work ]; then find .work -mindepth 1 -maxdepth 1 ! -name lab -exec rm -rf {} +; fi
	@find outputs -mindepth 1 ! -name README.md -delete
	@find reorg_lib tests scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# ------------------------------------------------------------------------- environment

# PIP_CONSTRAINT reaches the isolated build as well, which `-c` does not.
$(STAMP): pyproject.toml constraints.txt
	@if [ -z "$(PYTHON)" ]; then \
	  echo "No usable Python found: this project needs Python 3.11, 3.12 or 3.13 with venv and pip." >&2; \
	  echo "Install one (Debian: apt-get install python3 python3-venv) or say which: make $(or $(MAKECMDGOALS),test) PYTHON=/path/to/python3.12" >&2; \
	  exit 1; fi
	@echo "Making $(VENV) with $$($(PYTHON) --version); the first time takes a minute or two ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --no-input --editable '.[test,example]'
	@touch $@

$(VENV)/.bench: $(STAMP)
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --no-input --editable '.[bench]'
	@touch $@
