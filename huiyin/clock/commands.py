"""Commands of the clock: `due`, `run-clock`, `calendar load`, `calendar list`."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from huiyin.journal.step import Refused
from huiyin.words import DeadlineName, Kind, Period


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    due_parser = subparsers.add_parser("due", help="按规则包计算期限并说明理由")
    due_parser.add_argument("--pack", required=True, help="规则包代码")
    due_parser.add_argument("--rule", required=True, help="期限名称，如 reply")
    due_parser.add_argument("--start", required=True, type=_day, help="起算日，如 2020-02-24")
    due_parser.add_argument("--kind", default=Kind.PROPOSAL, choices=list(Kind))
    due_parser.add_argument("--period", default=Period.IN_PLENARY, choices=list(Period))
    due_parser.add_argument("--json", action="store_true")
    due_parser.set_defaults(run=show_due)

    clock_parser = subparsers.add_parser("run-clock", help="记录到期提醒并发出通知，按新的放假通知核定期限")
    clock_parser.add_argument("--once", action="store_true", help="只运行一轮")
    clock_parser.set_defaults(run=run_clock_command)

    calendar_parser = subparsers.add_parser("calendar", help="放假通知")
    acts = calendar_parser.add_subparsers(dest="act", required=True, metavar="操作")
    load_parser = acts.add_parser("load", help="录入一份放假通知（TOML）")
    load_parser.add_argument("file", type=Path)
    load_parser.set_defaults(run=load_calendar)
    list_parser = acts.add_parser("list", help="已知的放假通知")
    list_parser.add_argument("--json", action="store_true")
    list_parser.set_defaults(run=list_calendar)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2020-02-24 的样式。") from None


def show_due(args: argparse.Namespace) -> int:
    from huiyin.clock.holidays import calendars_in_force
    from huiyin.clock.running import begun, recount
    from huiyin.clock.runs import Terms
    from huiyin.rulepacks import say
    from huiyin.rulepacks.store import version_in_force

    try:
        version = version_in_force(args.pack, args.start)
    except LookupError as unknown:
        raise Refused(str(unknown.args[0])) from None
    terms = Terms(version.pack, args.kind, args.period, args.start)
    rule = terms.rule(args.rule)
    if rule is None:
        known = sorted({entry.name for entry in version.pack.deadlines})
        named = "、".join(f"{name}（{DeadlineName.label_of(name)}）" for name in known)
        raise Refused(f"规则包“{args.pack}”没有期限“{args.rule}”，可用的有：{named}。")
    try:
        found = recount(begun(rule, args.start), (), terms, calendars_in_force().in_full())
    except (ValueError, OverflowError):
        raise Refused(f"从{args.start}起算，到期日超出了能表示的日期，请核对起算日。") from None
    early = ""
    if args.start < version.valid_from:
        early = f"规则包“{args.pack}”的首个版本自{version.valid_from}起施行，此前的日期按该版本计算。"
    said: dict[str, Any] = {
        "due_on": found.due_on.isoformat(),
        "provisional": found.provisional,
        "rule": found.rule,
        "source": say.source(rule),
        "skipped": [{"date": day.isoformat(), "why": why} for day, why in found.skipped],
        "explanation": found.explanation + early,
    }
    print(
        json.dumps(said, ensure_ascii=False, indent=2)
        if args.json
        else f"{said['due_on']}\n{said['explanation']}"
    )
    return 0


def run_clock_command(args: argparse.Namespace) -> int:
    from huiyin.clock.alerts import run_clock

    sent = run_clock(once=args.once)
    print(f"已记录提醒{sent}条。")
    return 0


def load_calendar(args: argparse.Namespace) -> int:
    """Take in a notice and settle what rests on it."""
    from huiyin.clock.notices import NoticeError, read_notice
    from huiyin.clock.now import now
    from huiyin.clock.settling import settle_notices
    from huiyin.clock.steps import load_notice
    from huiyin.people.actor import Actor
    from huiyin.people.models import Jurisdiction

    jurisdiction = Jurisdiction.objects.order_by("pk").first()
    if jurisdiction is None:
        raise Refused("还没有地区，不能录入放假通知。请先用 huiyin plenary add 建立届次。")
    try:
        notice = read_notice(args.file, now())
        load_notice(jurisdiction, actor=Actor.system(jurisdiction), notice=notice)
    except NoticeError as refused:
        raise Refused(str(refused)) from None
    moved = settle_notices()
    print(
        f"已录入{notice.title}：放假{len(notice.off)}天，调休上班{len(notice.work)}天；重新核定{moved}件的期限。"
    )
    return 0


def list_calendar(args: argparse.Namespace) -> int:
    from huiyin.clock.holidays import calendars_in_force

    notices = [
        {
            "year": notice.year,
            "title": notice.title,
            "number": notice.number,
            "known_from": notice.known_from.isoformat(),
            "off": len(notice.off),
            "work": len(notice.work),
        }
        for notice in calendars_in_force().notices
    ]
    if args.json:
        print(json.dumps(notices, ensure_ascii=False, indent=2))
        return 0
    for notice in notices:
        print(
            f"{notice['year']} {notice['number'] or notice['title']}：放假{notice['off']}天，上班{notice['work']}天"
        )
    return 0
