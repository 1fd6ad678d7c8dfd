"""The memory of a server that answers from a large home."""

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

REQUESTS = 60
PAGES = ("/ledger/?plenary=zx12-4", "/", "/promises/", "/ledger/?plenary=all", "/figures/?plenary=zx12-4")


def peak(home: Path, root: Path) -> dict[str, float]:
    """MiB that `huiyin serve` held at most while the registrar opened page after page."""
    environment = os.environ | {"HUIYIN_HOME": str(home), "DATABASE_URL": ""}
    key = subprocess.run(
        [sys.executable, "-m", "benchmarks.session"],
        env=environment,
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    command = [sys.executable, "-m", "huiyin", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, cwd=root, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://[\d.:]+", server.stdout.readline())
            assert address is not None
            started = _held(server.pid)
            for number in range(REQUESTS):
                page = address.group() + PAGES[number % len(PAGES)]
                request = urllib.request.Request(page, headers={"Cookie": f"sessionid={key}"})
                with urllib.request.urlopen(request, timeout=300) as answer:
                    answer.read()
            return {"started": started, "peak": _held(server.pid), "requests": REQUESTS}
        finally:
            server.terminate()


def _held(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found.group(1)) / 1024
