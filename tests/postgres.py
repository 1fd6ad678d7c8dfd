"""A PostgreSQL cluster of the tests' own: made in a temporary folder, reached by socket only, thrown away.

Debian's `postgresql` package brings the programs. They refuse to run as root, so root lends them an
unprivileged user. `python -m tests.postgres` says whether such a cluster can be had (exit code 0) or why not.
"""

import contextlib
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OLDEST = 15
# Safety against power cuts is not what is tested here; without it the cluster is several times faster.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "''",
    "max_connections": "60",
    "log_min_messages": "warning",
}


def programs() -> Path | None:
    """The folder with initdb and pg_ctl of the newest PostgreSQL that is new enough."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    if found := shutil.which("initdb"):
        folders.append(Path(found).parent)
    known = {version(folder): folder for folder in folders if (folder / "pg_ctl").exists()}
    newest = max(known, default=0)
    return known[newest] if newest >= OLDEST else None


def version(folder: Path) -> int:
    said = subprocess.run([folder / "pg_ctl", "--version"], capture_output=True, text=True, check=True).stdout
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0


def missing() -> str | None:
    """Why there is no PostgreSQL to test with, or None."""
    if programs() is None:
        return f"PostgreSQL {OLDEST} or later is not installed (Debian: apt-get install postgresql)"
    return None


def unprivileged() -> dict[str, Any]:
    """For subprocess: who runs the cluster when the tests run as root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    owner = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


# Whoever started the cluster may be killed before it can tidy up. This waits for its end, however it comes.
KEEPER = """
read nothing
"$1"/pg_ctl stop -w -m immediate -D "$2"/data
rm -rf "$2"
"""


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; gives the DATABASE_URL of an empty database in it. It goes when this process does."""
    programs_in = programs()
    if programs_in is None:
        raise RuntimeError(missing())
    folder = Path(tempfile.mkdtemp(prefix="huiyin-pg-"))
    owner = unprivileged()
    if owner:
        shutil.chown(folder, owner["user"], owner["group"])
        folder.chmod(0o755)
    log = folder / "log"

    def call(program: str, *arguments: str) -> None:
        with log.open("ab") as out:
            done = subprocess.run(
                [programs_in / program, *arguments],
                cwd="/",
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                **owner,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{log.read_text(errors='replace')}")

    keeper = subprocess.Popen(
        ["sh", "-c", KEEPER, "keeper", programs_in, folder],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # an interruption from the keyboard is not for it
        **owner,
    )
    data = str(folder / "data")
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    try:
        call(
            "initdb", "-D", data, "-U", "huiyin", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        call("pg_ctl", "start", "-w", "-D", data, "-o", f"{options} -k {folder}")
        yield f"postgresql://huiyin@/postgres?host={folder}"
    finally:
        keeper.communicate()


if __name__ == "__main__":
    sys.exit(missing() or 0)
