"""`huiyin serve`: the embedded default: SQLite, migrations, static files, clock and imports, a production server."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import traceback

from django.db import DatabaseError, close_old_connections

from huiyin.home import missing_triggers, prepare

CLOCK_SECONDS = 60
IMPORT_SECONDS = 2


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve_parser = subparsers.add_parser("serve", help="启动服务")
    # A default given as text is read like what is typed, and only where this command is asked for.
    serve_parser.add_argument("--port", type=_port, default=os.environ.get("PORT") or "8000")
    serve_parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只在本机")
    serve_parser.set_defaults(run=serve)
    migrate_parser = subparsers.add_parser("migrate", help="升级数据库并恢复日志保护")
    migrate_parser.set_defaults(run=migrate)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"“{text}”不是端口号，请用1至65535的整数。")
    return int(text)


def migrate(args: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    prepare()
    return 0


def serve(args: argparse.Namespace) -> int:
    """Serve until stopped. Prints the address once the socket is open."""
    from waitress.server import create_server

    from huiyin.setup.code import offered
    from huiyin.wsgi import application

    if said := missing_triggers():
        print(said, file=sys.stderr)
        return 1
    try:
        server = create_server(application, host=args.host, port=args.port, threads=8, ident="huiyin")
    except OSError as error:
        print(
            f"端口{args.port}打不开（{error.strerror}），请换一个端口：huiyin serve --port 8001",
            file=sys.stderr,
        )
        return 1
    for problem in wrong_channels():
        print(problem, file=sys.stderr)
    _stops_when_told()
    stop = threading.Event()
    beside = [threading.Thread(target=work, args=(stop,), daemon=True) for work in (run_clock, run_imports)]
    for thread in beside:
        thread.start()
    print(f"回音已启动：http://{args.host}:{server.effective_port}", flush=True)
    if code := offered():
        print(
            f"还没有系统管理员。请打开 http://{args.host}:{server.effective_port}/setup/ ，开办码：{code}",
            flush=True,
        )
    try:
        print("按 Ctrl+C 停止。", flush=True)
        server.run()
    except KeyboardInterrupt:
        pass  # told before the server had begun to listen for it; from then on it ends by itself
    finally:
        stop.set()
        for thread in beside:
            thread.join(timeout=5)
    return 0


def _stops_when_told() -> None:
    """Ctrl+C and the service manager's SIGTERM both end it in order, also where it was started in the background, with
    SIGINT ignored."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def wrong_channels() -> tuple[str, ...]:
    """Why no mail, short message or robot is used although the site has a file of them; pages work all the same."""
    from django.conf import settings

    from huiyin.notices.config import load

    return load(settings.HOME).problems


def run_clock(stop: threading.Event) -> None:
    """Alerts and notices fall due while the server runs; a failure is reported and tried again at the next turn."""
    from huiyin.clock.alerts import run_once

    while not stop.is_set():
        close_old_connections()
        try:
            run_once()
        except Exception:  # noqa: BLE001  whatever it was, the next turn is not to be missed
            traceback.print_exc(file=sys.stderr)
        close_old_connections()
        stop.wait(CLOCK_SECONDS)


def run_imports(stop: threading.Event) -> None:
    """A process of its own does the imports that wait: one that fails or is killed takes no page with it."""
    from huiyin.clock.now import now
    from huiyin.ledgers.models import ImportDraft

    while not stop.wait(IMPORT_SECONDS):
        close_old_connections()
        try:
            waiting = ImportDraft.objects.waiting(now()).exists()
        except DatabaseError:
            traceback.print_exc(file=sys.stderr)
            waiting = False
        close_old_connections()
        if waiting:
            _run_until(stop, [sys.executable, "-m", "huiyin", "run-imports"])


def _run_until(stop: threading.Event, command: list[str]) -> None:
    """Wait for a child process; told to stop, tell it so."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while child.poll() is None:
        if stop.wait(0.2):
            child.terminate()
            child.wait()
