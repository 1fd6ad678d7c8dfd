"""Commands of the journal: `verify-journal` follows the chain, `protect-journal` puts missing triggers back."""

import argparse
import json
import sys
from itertools import islice

MOST = 1000


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verify = subparsers.add_parser("verify-journal", help="逐条核对日志的哈希链")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=verify_journal)
    protect = subparsers.add_parser("protect-journal", help="恢复日志缺失的保护触发器")
    protect.set_defaults(run=protect_journal)


def verify_journal(args: argparse.Namespace) -> int:
    """Exit code 0 where the chain holds, 1 with a sentence for each break. Refuses an unprotected journal."""
    from django.db import connection

    from huiyin.journal import chain, triggers
    from huiyin.journal.models import Event

    unprotected = triggers.sentence(connection)
    found = [unprotected] if unprotected else list(islice(chain.breaks(), MOST))
    if args.json:
        events = Event.objects.count()
        print(json.dumps({"ok": not found, "events": events, "problems": found}, ensure_ascii=False))
    elif not found:
        print("日志完整：哈希链逐条核对无误。")
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0


def protect_journal(args: argparse.Namespace) -> int:
    from django.db import connection

    from huiyin.journal import triggers

    missing = triggers.missing(connection)
    triggers.install(connection)
    print(f"已恢复{len(missing)}个触发器。" if missing else "保护触发器齐全。")
    return 0
