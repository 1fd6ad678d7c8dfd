"""`huiyin serve`: the embedded default: SQLite, migrations, static files, the clock running, a production server."""

import argparse
import os
import sys
import threading

from django.db import close_old_connections

from huiyin.home import missing_triggers, prepare

CLOCK_SECONDS = 60


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
    stop = threading.Event()
    clock = threading.Thread(target=run_clock, args=(stop,), daemon=True)
    clock.start()
    print(f"回音已启动：http://{args.host}:{server.effective_port}", flush=True)
    if code := offered():
        print(
            f"还没有系统管理员。请打开 http://{args.host}:{server.effective_port}/setup/ ，开办码：{code}",
            flush=True,
        )
    print("按 Ctrl+C 停止。", flush=True)
    try:
        server.run()
    finally:
        stop.set()
        clock.join(timeout=5)
    return 0


def run_clock(stop: threading.Event) -> None:
    """Alerts and notices fall due while the server runs; a failure is reported and tried again at the next turn."""
    from huiyin.clock.alerts import run_once

    while not stop.is_set():
        close_old_connections()
        run_once()
        close_old_connections()
        stop.wait(CLOCK_SECONDS)
