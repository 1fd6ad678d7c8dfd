"""`huiyin serve` on an empty home says where to begin and with which code; later it says nothing of the kind."""

import os
import stat
import subprocess
import sys
from pathlib import Path

from tests.project.source import ROOT


def first_lines(home: Path) -> list[str]:
    """What the server says until it waits; then it is stopped."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "huiyin", "serve", "--port", "0"]
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment | {"HUIYIN_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    said = []
    with server, server.stdout:
        for line in server.stdout:
            said.append(line.strip())
            if line.startswith("按 Ctrl+C"):
                break
        server.terminate()
    assert server.returncode == 0, "told to stop it ends in order"
    return said


def test_an_empty_home_is_served_with_its_code(tmp_path: Path) -> None:
    said = first_lines(tmp_path)
    file = tmp_path / "setup.code"
    address = said[0].removeprefix("回音已启动：")
    assert address.startswith("http://127.0.0.1:")
    assert said[1] == f"还没有系统管理员。请打开 {address}/setup/ ，开办码：{file.read_text().strip()}"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert first_lines(tmp_path)[1].endswith(file.read_text().strip())  # the same code after a restart
