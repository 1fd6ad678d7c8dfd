# Huiyin: everything starts here. Needs Python 3.11 or later and make; the rest is fetched by lock file.
#   make run     set up, fill the made city on first use, serve it     (PORT and HUIYIN_HOME are heeded)
#   make test    every test, on SQLite and on PostgreSQL, and in a browser
#   make explore the properties, searched much longer: random lives, registers, calendars   (DEPTH is heeded)
#   make check   format, lint, types, imports, migrations, templates, packs, budgets
#   make bench   measure and write docs/benchmarks.md
#   make setup   only the environment: .venv, Python packages, front-end packages
.DEFAULT_GOAL := help
.PHONY: help setup run test explore check bench format lock clean

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
PY := $(VENV)/bin/python
HUIYIN := $(PY) -m huiyin
VENDOR := huiyin/components/static/vendor
# Browser tests run in one process: they share the two cores with the browser itself.
WORKERS ?= 2
DEPTH ?= 25

help:
	@sed -n 's/^#   //p' Makefile

# --- environment ---------------------------------------------------------------------------------

$(VENV)/made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later was not found; name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "This Python has no venv module (Debian: apt-get install python3-venv)" >&2; exit 1; }
	@touch $@

$(VENV)/installed: $(VENV)/made requirements/dev.lock pyproject.toml
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Node of the machine, else Node from a Python package; either way the packages come by lock file.
$(VENDOR)/.made: $(VENV)/installed frontend/package-lock.json frontend/build.mjs frontend/npm.sh requirements/node.lock
	sh frontend/npm.sh $(PY)
	@touch $@

setup: $(VENV)/installed $(VENDOR)/.made

# --- use -----------------------------------------------------------------------------------------

run: setup
	$(HUIYIN) demo
	$(HUIYIN) serve $(if $(PORT),--port $(PORT))

test: setup
	sh tests/run.sh $(PY) $(WORKERS)

explore: setup
	HUIYIN_DEPTH=$(DEPTH) $(PY) -m pytest -n $(WORKERS) -m hypothesis --ignore=tests/browser
	HUIYIN_DEPTH=$(DEPTH) $(PY) -m pytest -n $(WORKERS) tests/reporting/test_circulars.py

# The settings make a home when they are read: these checks get one of their own.
check: export HUIYIN_HOME = $(CURDIR)/$(VENV)/check-home
check: setup
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo
	$(PY) -m django makemigrations --check --dry-run --settings huiyin.settings
	$(PY) -m djlint --lint --quiet huiyin
	for pack in packs/*/*.toml; do $(HUIYIN) pack check $$pack || exit 1; done
	$(PY) -m pytest -q -p no:randomly tests/project

bench: setup
	$(PY) -m benchmarks --out docs/benchmarks.md

format: setup
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

# Only when a dependency changes: writes the lock files anew, for every platform and Python from 3.11 on.
lock: $(VENV)/made
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet uv
	for group in runtime:"pyproject.toml" dev:"pyproject.toml --group dev" node:"requirements/node.in"; do \
		$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			$${group#*:} --output-file requirements/$${group%%:*}.lock || exit 1; done
	cd frontend && npm install --package-lock-only

clean:
	rm -rf $(VENV) $(VENDOR) frontend/node_modules .mypy_cache .ruff_cache .pytest_cache
