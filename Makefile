# Every target makes .venv when it is missing or out of date; the second run is quick.
# It works with GNU Make 3.81 and later, which macOS has.

SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTEST_WORKERS ?= 2

# The newest supported Python that works and can make a virtual environment.
USABLE := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	if $$p -c '$(USABLE)' >/dev/null 2>&1; then echo $$p; break; fi; done)

# The repository that `make lab` opens; if all are empty, the example.
REPO ?=
PACKAGE ?=

# A clone of the reference project; if empty, it is fetched.
CLONE ?=
PLAN ?=

# A folder with clones of the benchmarks for `make real-projects`; if empty, they are fetched.
CLONES ?=

# Options of `make bench`, such as --only example --runs 1; see python -m benchmarks --help.
BENCH ?=

# The duration of the fuzzer, and its seed.
FUZZ_SECONDS ?= 600
FUZZ_SEED ?= 1

.PHONY: help
help: ## list the targets
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
test: $(STAMP) lint ## run all checks: lint, types, import contracts, tests, notebooks
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/pytest -n $(PYTEST_WORKERS) --dist worksteal

.PHONY: lint
lint: $(STAMP) ## run only ruff, mypy and the import contracts
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy
	@$(BIN)/lint-imports --cache-dir .work/import-linter

.PHONY: browser
browser: $(STAMP) ## run only the tests in a Chromium; root on Debian: installs one if none is there
	@for b in "$$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do \
	  command -v "$$b" >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get install -y -q chromium || true; fi
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/pytest -m browser tests/browser

.PHONY: nightly
nightly: $(STAMP) fuzz ## run the long tests and the fuzzer; prints seeds and counts
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/pytest -m nightly -n $(PYTEST_WORKERS) --dist worksteal -rP

.PHONY: fuzz
fuzz: $(STAMP) ## fuzz the rewriter with random bytes [FUZZ_SECONDS=600 FUZZ_SEED=1]
	@$(BIN)/python -m tests.fuzz.fuzz_rewriter --seconds $(FUZZ_SECONDS) --seed $(FUZZ_SEED) \
	  --crashes .work/crashes

.PHONY: coverage
coverage: $(STAMP) ## run the tests and list the lines of reorg_lib that no test runs
	@mkdir -p .work/coverage && rm -f .work/coverage/*
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/coverage run -m pytest -n $(PYTEST_WORKERS) --dist worksteal -q
	@$(BIN)/coverage combine --quiet && $(BIN)/coverage report

.PHONY: pythons
pythons: ## run the tests with every supported Python on this machine
	@ran=0; for p in python3.11 python3.12 python3.13; do \
	  if $$p -c '$(USABLE)' >/dev/null 2>&1; then \
	    echo "== $$p"; ran=1; $(MAKE) --no-print-directory test VENV=.work/venv-$$p PYTHON=$$p || exit 1; \
	  else echo "== $$p: not on this machine"; fi; \
	done; [ $$ran = 1 ]

.PHONY: format
format: $(STAMP) ## format the code and fix what ruff can fix
	@$(BIN)/ruff check --fix --quiet
	@$(BIN)/ruff format --quiet

.PHONY: docs-example
docs-example: $(STAMP) ## run the demo and update docs/example/
	@$(BIN)/python -m scripts.demo --out docs/example

.PHONY: screens
screens: $(STAMP) ## update docs/screens/, pictures of the widgets on the example
	@$(BIN)/python -m scripts.screens

.PHONY: real-project
real-project: $(STAMP) ## check the reference project before and after: tests, database, start [CLONE=path or address]
	@$(BIN)/python -m scripts.real_project $(if $(CLONE),--repo '$(CLONE)')

.PHONY: real-projects
real-projects: $(STAMP) ## do tasks of RefactorBench and run its tests [CLONES=folder with clones]
	@$(BIN)/python -m scripts.real_projects $(if $(CLONES),--clones '$(CLONES)')

.PHONY: bench
bench: $(VENV)/.bench ## measure against other tools, into docs/benchmarks.md [BENCH='--only example']
	@$(BIN)/python -m benchmarks $(BENCH)

.PHONY: lock
lock: $(STAMP) ## pin the newest version of every dependency in constraints.txt
	@$(BIN)/python scripts/lock.py

.PHONY: clean
clean: ## delete .venv, caches and results (outputs/README.md and what was decided in .work/lab stay)
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
