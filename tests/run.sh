#!/bin/sh
# Every test: on SQLite, on PostgreSQL, in a browser.   usage: tests/run.sh PYTHON WORKERS
# Without PostgreSQL or Chromium their run is left out, which is said last; with HUIYIN_TEST_ALL=1 (CI) it is a failure.
set -u
python=$1
workers=$2
notes=$(mktemp -d "${TMPDIR:-/tmp}/huiyin-tests-XXXXXX")
trap 'rm -rf "$notes"' EXIT
trap 'exit 130' INT TERM
wrong=0

# A run that fails does not keep the next from telling what it knows.
run() { # NAME DATABASE PYTEST-ARGUMENTS...
  name=$1
  database=$2
  shift 2
  printf '\n== tests %s\n' "$name"
  { HUIYIN_TEST_DB=$database "$python" -m pytest "$@" 2>&1; echo $? >"$notes/code"; } | tee "$notes/said"
  closing=$(tail -n 1 "$notes/said" | sed 's/^=* *//; s/ *=*$//')
  if [ "$(cat "$notes/code")" = 0 ]; then
    printf '== tests %s: ok, %s\n' "$name" "$closing" >>"$notes/closings"
  else
    wrong=1
    printf '== tests %s: FAILED, %s\n' "$name" "$closing" >>"$notes/closings"
    grep -E '^(FAILED|ERROR) ' "$notes/said" >>"$notes/closings"
  fi
}

leave_out() { # NAME REASON
  echo
  echo "== tests $1: LEFT OUT, $2" | tee -a "$notes/closings"
  [ -z "${HUIYIN_TEST_ALL:-}" ] || wrong=1
}

# Each worker keeps to its part of the files, so that what a file shares is made once; who is done takes over from others.
parallel="-n $workers --dist worksteal --ignore=tests/browser"
run "on SQLite" sqlite $parallel

# Left out: what no database plays a part in (the code's own rules, packs, sheets before they are taken in, the printed
# circulars, forms and sentences of pages; every page of every role is opened here too), and what works in homes of its
# own, on the embedded database whatever the run is on (the made city, the set-up, the import as a command).
if reason=$("$python" -m tests.postgres 2>&1); then
  run "on PostgreSQL" postgres $parallel --ignore=tests/project --ignore=tests/rulepacks --ignore=tests/ledgers/reading \
    --ignore=tests/demo --ignore=tests/setup --ignore=tests/notices/test_year.py \
    --ignore=tests/ledgers/importing/test_commands.py \
    --ignore=tests/reporting/test_circulars.py $(for name in desk_empty desk_sizes errors following inquiries kept_forms \
      named_stories requests rights steps ways writing; do echo "--ignore=tests/pages/test_$name.py"; done)
else
  leave_out "on PostgreSQL" "$reason"
fi

# In one process: the browser itself wants the other core.
if reason=$("$python" -m tests.browser.program 2>&1); then
  run "in a browser" sqlite tests/browser
else
  leave_out "in a browser" "$reason"
fi

printf '\nAll runs:\n'
cat "$notes/closings"
exit $wrong
