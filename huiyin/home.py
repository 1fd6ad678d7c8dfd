"""A home (HUIYIN_HOME): migrated and filled with the shipped packs by the first command that needs it."""

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from huiyin.clock.holidays import sync_shipped_notices
from huiyin.journal import triggers
from huiyin.rulepacks.store import load_shipped


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time prepares a home."""
    with open(settings.HOME / "prepare.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def prepare() -> None:
    """Migrate what is not migrated and publish the shipped packs; costs a look where all is done."""
    with alone():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False, stdout=sys.stderr)
        load_shipped()
        sync_shipped_notices()
        _keep_statistics()


def _keep_statistics() -> None:
    """SQLite picks its indexes by what it knows of the tables; it looks again where they have grown. PostgreSQL does so
    by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize = 0x10002")


def missing_triggers() -> str | None:
    """The sentence that stops `serve`, `verify-journal` and `check-life` when the journal is not protected."""
    return triggers.sentence(connection)
