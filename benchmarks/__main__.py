"""`python -m benchmarks --out docs/benchmarks.md`: every part in a process and a home of its own, then the page."""

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import machine, page, serving
from tests import postgres

SIZES = (100_000, 1_000_000)
QUICK = SIZES[:1]
ROOT = Path(__file__).parents[1]


class Bench:
    """Runs the parts and keeps what they tell."""

    def __init__(self, folder: Path, cluster: str | None, keep: Path | None) -> None:
        self.folder, self.cluster, self.keep = folder, cluster, keep
        self.began = time.monotonic()
        self.found: dict[str, Any] = {"machine": machine.described(), "parts": [], "failed": []}

    def part(self, name: str, home: str, *arguments: object, database: str = "") -> dict[str, Any]:
        """Run one part; `database` names one of the PostgreSQL cluster, else it is the SQLite of the home."""
        place = self.folder / home
        place.mkdir(exist_ok=True)
        environment = os.environ | {"HUIYIN_HOME": str(place), "DATABASE_URL": ""}
        if database:
            environment["DATABASE_URL"] = self.database(database)
        print(f"{name} {' '.join(map(str, arguments))} ({home})", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", *map(str, arguments)]
        done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        if done.returncode:  # the other parts still tell what they can; the page names what is missing
            self.found["failed"].append(" ".join(map(str, (name, home, *arguments))))
            return {}
        told: dict[str, Any] = json.loads(done.stdout)
        self.found["parts"].append({"part": name, **told})
        self.write_down()
        return told

    def write_down(self) -> None:
        """The raw numbers so far: a run that is broken off has told what it found."""
        self.found["minutes"] = (time.monotonic() - self.began) / 60
        if self.keep:
            self.keep.write_text(json.dumps(self.found, indent=1, ensure_ascii=False))

    def database(self, name: str) -> str:
        """The address of a database of the cluster, made on first use."""
        import psycopg

        assert self.cluster is not None
        with psycopg.connect(self.cluster, autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if not known:
                connection.execute(f"CREATE DATABASE {name}")
        return self.cluster.replace("/postgres?", f"/{name}?")

    def copy(self, home: str, to: str) -> None:
        shutil.rmtree(self.folder / to, ignore_errors=True)
        shutil.copytree(self.folder / home, self.folder / to)

    def run(self, sizes: tuple[int, ...], rows: int) -> None:
        self.part("steps", "steps", 50)
        if self.cluster:
            self.part("steps", "steps-pg", 50, database="steps")
        self.part("importing", "import", rows)
        self.part("grow", "base")
        self._measure("base")
        if self.cluster:
            self.part("grow", "pg", database="items")
            self._measure("pg", "items")
            self.part("grow", "pg", sizes[0], database="items")
            self._measure("pg", "items")
        for size in sizes:
            self.copy("base", "large")
            self.part("grow", "large", size)
            self._measure("large")
            if size == sizes[-1]:
                self.found["serve"] = serving.peak(self.folder / "large", ROOT)
            shutil.rmtree(self.folder / "large")
        self.write_down()

    def _measure(self, home: str, database: str = "") -> None:
        self.part("figures", home, database=database)
        self.part("pages", home, database=database)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    parser.add_argument("--quick", action="store_true", help="no table of a million items")
    parser.add_argument("--rows", type=int, default=10_000, help="rows of the ledger that is taken in")
    parser.add_argument("--keep", type=Path, help="a JSON file for the raw numbers")
    parser.add_argument(
        "--write-from", type=Path, help="write the page from such a file, and measure nothing"
    )
    args = parser.parse_args()
    if args.write_from:
        args.out.write_text(page.text(json.loads(args.write_from.read_text())))
        return 0
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="huiyin-bench-")))
        why_not = postgres.missing()
        if why_not:
            print(why_not, file=sys.stderr)
        bench = Bench(folder, None if why_not else stack.enter_context(postgres.cluster()), args.keep)
        bench.run(QUICK if args.quick else SIZES, args.rows)
    args.out.write_text(page.text(bench.found))
    return 1 if bench.found["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
