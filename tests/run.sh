#!/bin/sh
# Every test: on SQLite, on PostgreSQL, in a browser.   usage: tests/run.sh PYTHON WORKERS
# HUIYIN_REQUIRE_POSTGRES=1 and HUIYIN_REQUIRE_BROWSER=1 (CI) make a missing program a failure.
set -eu
python=$1
workers=$2

echo "== tests on SQLite"
# The long explorations (many random lives, the whole made city built anew) run by `make explore`.
HUIYIN_TEST_DB=sqlite "$python" -m pytest -n "$workers" --ignore=tests/browser \
  --ignore=tests/demo/test_build.py --ignore=tests/demo/test_whole.py --ignore=tests/demo/test_totals.py --ignore=tests/demo/test_desks.py

if reason=$("$python" -m tests.postgres 2>&1); then
  echo "== tests on PostgreSQL"
  # What the database decides: the journal and its chain, the clock. The other folders follow as they are tried there.
  HUIYIN_TEST_DB=postgres "$python" -m pytest -n "$workers" tests/journal tests/clock tests/test_database.py
elif [ -n "${HUIYIN_REQUIRE_POSTGRES:-}" ]; then
  echo "The PostgreSQL run is required but cannot be made: $reason" >&2
  exit 1
else
  echo "== SKIPPED the run on PostgreSQL: $reason"
fi

echo "== tests in a browser"
HUIYIN_TEST_DB=sqlite "$python" -m pytest tests/browser
