"""The command `notices check`: whether the channels of this site are written down right, before anybody relies on them."""

import argparse
import sys


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("notices", help="邮件、短信和群机器人")
    acts = parser.add_subparsers(dest="act", required=True, metavar="操作")
    check_parser = acts.add_parser("check", help="核对notices.toml")
    check_parser.set_defaults(run=check, needs_home=False)


def check(args: argparse.Namespace) -> int:
    """Exit code 1 with a sentence for everything wrong; no secret is repeated."""
    from django.conf import settings

    from huiyin.notices.config import FILE, load

    config = load(settings.HOME)
    for problem in config.problems:
        print(problem, file=sys.stderr)
    if config.problems:
        return 1
    if not config.channels:
        print(f"没有开通邮件、短信等方式，通知只在页面上看。要开通的，请在{settings.HOME}里写{FILE}。")
    else:
        print(f"核对无误，开通的有：{'、'.join(channel.label for channel in config.channels)}。")
    return 0
