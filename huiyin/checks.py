"""The command `check-life`: what is stored equals what follows from the events."""

import argparse
import json
import sys
from itertools import islice

MOST = 1000


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("check-life", help="按事件重算状态、阶段和期限，与存储的核对")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=check_life)


def check_life(args: argparse.Namespace) -> int:
    """Exit code 0 where everything holds, 1 with a sentence for each place where it does not."""
    from django.db import connection

    from huiyin.journal import triggers
    from huiyin.proposals import check

    unprotected = triggers.sentence(connection)
    found = [unprotected] if unprotected else list(islice(check.problems(), MOST))
    if args.json:
        counted = {} if unprotected else check.counted()
        print(json.dumps({"ok": not found, "checked": counted, "problems": found}, ensure_ascii=False))
    elif not found:
        print("核对无误：状态、阶段、期限都与事件一致。")
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0
