"""The project's settings as the tests run them: in a home of this process's own, on the database asked for.

HUIYIN_TEST_DB=postgres makes a PostgreSQL cluster for this run; the default is SQLite. Settings read the
environment when they are imported, so it is laid out before that.
"""

import atexit
import contextlib
import os
import tempfile

from tests import postgres

_for_this_process = contextlib.ExitStack()
atexit.register(_for_this_process.close)


def _lay_out() -> None:
    """Parallel workers are handed the environment of the process that starts them: the cluster's address, and the
    home, in which each has its own, so that nothing of them outlives it."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    os.environ["HUIYIN_HOME"] = _for_this_process.enter_context(
        tempfile.TemporaryDirectory(
            prefix="huiyin-home-",
            dir=os.environ["HUIYIN_HOME"] if is_worker else None,
            ignore_cleanup_errors=True,
        )
    )
    if is_worker:
        return
    os.environ.pop("DATABASE_URL", None)
    chosen = os.environ.get("HUIYIN_TEST_DB", "sqlite")
    if chosen == "postgres":
        os.environ["DATABASE_URL"] = _for_this_process.enter_context(postgres.cluster())
    elif chosen != "sqlite":
        raise RuntimeError(f"HUIYIN_TEST_DB is sqlite or postgres, not {chosen}")


_lay_out()

from huiyin.settings import *  # noqa: E402
from huiyin.settings import DATABASES, HOME  # noqa: E402

# Tests log in often and keep nobody's secret.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A file, as on a site: tables held in memory are locked for whoever reads while another connection writes.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "tests.sqlite3")}
