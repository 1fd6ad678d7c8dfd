"""The command `plenary`: a plenary is entered, and those entered are listed."""

import argparse
import json
from datetime import date

from huiyin.journal.step import Refused
from huiyin.words import Assembly


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    plenary = subparsers.add_parser("plenary", help="届次的登记和查看")
    acts = plenary.add_subparsers(dest="act", required=True, metavar="操作")
    add = acts.add_parser("add", help="登记一个届次")
    add.add_argument("code", help="代码，如 zb2020")
    add.add_argument("--jurisdiction", required=True, help="行政区划代码，如 370300")
    add.add_argument("--kind", required=True, choices=list(Assembly), help="政协 cppcc，人大 npc")
    add.add_argument("--term", required=True, type=int, help="第几届")
    add.add_argument("--meeting", required=True, type=int, help="第几次会议")
    add.add_argument("--opened", required=True, type=_day, help="开幕日期，如 2020-01-05")
    add.add_argument("--closed", required=True, type=_day, help="闭幕日期")
    add.add_argument("--pack", required=True, help="规则包代码")
    add.add_argument("--name", default="", help="地区名称，用于代码表里没有的区县")
    add.set_defaults(run=add_plenary)
    listing = acts.add_parser("list", help="已登记的届次")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=list_plenaries)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2020-01-05 的样式。") from None


def add_plenary(args: argparse.Namespace) -> int:
    """Takes in an unknown jurisdiction by its code; refuses with a sentence on stderr and exit code 1."""
    from huiyin.journal.work import work
    from huiyin.people.actor import Actor
    from huiyin.people.directory import take_in_jurisdiction
    from huiyin.proposals.steps import open_plenary
    from huiyin.rulepacks.models import PackVersion

    known = PackVersion.objects.filter(published_at__isnull=False).values_list("code", flat=True)
    if args.pack not in set(known):
        raise Refused(f"没有名为“{args.pack}”的规则包，可用 huiyin pack list 查看。")
    with work():
        jurisdiction = take_in_jurisdiction(args.jurisdiction, args.name)
        made = open_plenary(
            jurisdiction,
            actor=Actor.system(jurisdiction),
            code=args.code,
            assembly=args.kind,
            term=args.term,
            meeting=args.meeting,
            opened_on=args.opened,
            closed_on=args.closed,
            pack_code=args.pack,
        ).subject
    print(f"已登记{made.label}（{made.code}），规则包{made.pack_code}。")
    return 0


def list_plenaries(args: argparse.Namespace) -> int:
    from huiyin.proposals.models import Plenary

    rows = [
        {
            "code": plenary.code,
            "jurisdiction": plenary.jurisdiction.code,
            "kind": plenary.assembly,
            "label": plenary.label,
            "opened": plenary.opened_on.isoformat(),
            "closed": plenary.closed_on.isoformat(),
            "pack": plenary.pack_code,
        }
        for plenary in Plenary.objects.select_related("jurisdiction")
    ]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row['code']}\t{row['label']}\t{row['opened']}至{row['closed']}\t{row['pack']}")
    if not rows:
        print("还没有登记届次，可用 huiyin plenary add 登记。")
    return 0
