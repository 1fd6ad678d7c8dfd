"""The command `huiyin`. Exit code 0 done, 1 something refused or found wrong, 2 wrong use (design: interfaces)."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = (
    "huiyin.serving",
    "huiyin.proposals.commands",
    "huiyin.rulepacks.commands",
    "huiyin.clock.commands",
    "huiyin.ledgers.commands",
    "huiyin.reporting.commands",
    "huiyin.scores.commands",
    "huiyin.journal.commands",
    "huiyin.notices.commands",
    "huiyin.checks",
    "huiyin.demo.commands",
)


def build_parser() -> argparse.ArgumentParser:
    """Every command stands in the app it belongs to, which adds its own parser."""
    parser = argparse.ArgumentParser(prog="huiyin", description="回音：提案和建议办理系统")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="命令")
    for module in COMMANDS:
        import_module(module).add_parsers(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings")
    import django

    django.setup()
    args = build_parser().parse_args(argv)
    if getattr(args, "needs_home", True):
        from huiyin.home import prepare

        prepare()
    try:
        return answer(args)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        return 1


def answer(args: argparse.Namespace) -> int:
    """Run the command that was read; what is refused is said on stderr, and on stdout too where JSON is awaited."""
    from huiyin.journal.step import Refused

    try:
        return int(args.run(args) or 0)
    except Refused as refused:
        if getattr(args, "json", False):
            print(json.dumps({"refused": refused.sentence}, ensure_ascii=False))
        print(refused.sentence, file=sys.stderr)
        return 1
