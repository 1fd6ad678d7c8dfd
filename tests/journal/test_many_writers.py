"""Many writers at once: one chain a jurisdiction without a gap, no deadlock, no number given twice.

Threads and processes write to PostgreSQL through the test's own database, to SQLite through a home of their own.
"""

import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.journal.writers import EACH, held, written_by_threads

THREADS, PROCESSES = 6, 4
on_postgresql = pytest.mark.skipif(
    os.environ.get("HUIYIN_TEST_DB") != "postgres", reason="SQLite is tried with files, below"
)


def started(act, name="", **environment):
    """A Python of its own that does one act of tests/journal/writers.py."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.journal.writers", act, name],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "huiyin.settings", "PYTHONPATH": os.getcwd()}
        | environment,
    )


def finished(process):
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 0, said
    return said


@on_postgresql
def test_threads_write_one_chain(shared_city):
    assert written_by_threads(shared_city, THREADS, "线程") == []
    assert held(THREADS) == []


@on_postgresql
def test_processes_write_one_chain(shared_city):
    database = str(connection.settings_dict["NAME"])
    for process in [started("write", f"进程{name}", TEST_DATABASE=database) for name in range(PROCESSES)]:
        finished(process)
    assert held(PROCESSES * 2) == []


def test_the_embedded_database_stands_it_too(tmp_path):
    home = {"HUIYIN_HOME": str(tmp_path), "DATABASE_URL": "", "TEST_DATABASE": ""}
    finished(started("prepare", **home))
    for process in [started("write", f"进程{name}", **home) for name in range(2)]:
        finished(process)
    assert f"{2 * 2 * EACH}件无误" in finished(started("verify", "4", **home))
