"""Commands of the figures: `figures` and `circular` (design: interfaces).

Exit code 0 done, 1 something refused or found wrong (sentences on stderr), 2 wrong use.
"""

import argparse
import json
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from huiyin.journal.step import Refused

if TYPE_CHECKING:
    from huiyin.proposals.models import Plenary
    from huiyin.reporting.models import Snapshot
    from huiyin.reporting.scope import Figure

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_parsers(subparsers: Subparsers) -> None:
    figures = _common(subparsers.add_parser("figures", help="统计数字"))
    figures.add_argument(
        "--printed",
        action="append",
        default=[],
        type=_printed,
        metavar="代码=百分比",
        help="核对别处印出的百分比，可以写多次",
    )
    figures.set_defaults(run=run_figures)
    circular = _common(subparsers.add_parser("circular", help="办理情况通报（Word文件）"))
    circular.add_argument("--out", type=Path, required=True, metavar="F.docx", help="写到这个文件")
    circular.add_argument("--number", default="", metavar="文号")
    circular.add_argument("--snapshot", type=int, metavar="编号", help="按已冻结的统计数字写")
    circular.set_defaults(run=run_circular)


def _common(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--plenary", required=True, help="届次代码")
    parser.add_argument("--as-of", type=read_day, metavar="日期", help="统计到这一天结束，默认今天")
    parser.add_argument("--decimals", type=int, choices=(0, 1, 2), default=1, help="百分比的小数位数，默认1")
    parser.add_argument("--json", action="store_true", help="输出JSON")
    return parser


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成2021-02-20这样。") from None


def _printed(text: str) -> tuple[str, str]:
    from huiyin.reporting.percent import NotAPercentage, read

    code, sign, share = text.rpartition("=")
    if not sign or not code:
        raise argparse.ArgumentTypeError(f"“{text}”请写成“代码=百分比”，例如mark.A=52.8。")
    try:
        read(share)
    except NotAPercentage as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None
    return code, share


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def plenary_named(code: str) -> "Plenary":
    from huiyin.proposals.models import Plenary

    found = Plenary.objects.select_related("jurisdiction").filter(code=code).first()
    if found is None:
        raise Refused(
            f"没有代码为“{code}”的届次，可用 huiyin plenary list 查看，用 huiyin plenary add 增加。"
        )
    return found


def run_figures(args: argparse.Namespace) -> int:
    from huiyin.clock.now import today
    from huiyin.reporting.figures import figures_of

    plenary, as_of = plenary_named(args.plenary), args.as_of or today()
    try:
        figures = figures_of(plenary, as_of, args.decimals)
    except LookupError as wrong:
        raise Refused(str(wrong.args[0])) from None
    if args.json:
        print(json.dumps(_as_json(plenary, as_of, figures), ensure_ascii=False, indent=2))
    else:
        print(f"{plenary.label}，截至{as_of.isoformat()}")
        print("\n".join(_lines(figures)))
    wrong_ones = list(_held_against(figures, args.printed))
    for sentence in wrong_ones:
        say(sentence)
    return 1 if wrong_ones else 0


def _as_json(plenary: "Plenary", as_of: date, figures: "Iterable[Figure]") -> dict[str, object]:
    return {
        "plenary": plenary.code,
        "as_of": as_of.isoformat(),
        "pack": plenary.pack_code,
        "figures": [asdict(figure) for figure in figures],
    }


def _lines(figures: "Iterable[Figure]") -> list[str]:
    """A table for people: label, count, share and base; the code at the end."""
    made = []
    for figure in figures:
        share = f"{figure.percent}%" if figure.percent is not None else ""
        of = f"/ {figure.of}" if figure.of is not None else ""
        about = "；".join(text for text in (figure.base, figure.note) if text)
        counted = f"{figure.count:>7} {of:<8} {share:>8}"
        made.append(f"{padded(figure.label, 40)}{counted}  {padded(figure.code, 36)} {about}".rstrip())
    return made


def padded(text: str, width: int) -> str:
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(1, width - taken)


def _held_against(figures: "Iterable[Figure]", printed: list[tuple[str, str]]) -> "Iterable[str]":
    """Sentences about printed percentages that the counts, or no count at all, can give."""
    from huiyin.reporting.check import Printed, check

    by_code = {figure.code: figure for figure in figures}
    for code, share in printed:
        figure = by_code.get(code)
        if figure is None or figure.of is None:
            yield f"没有带基数的“{code}”这个数字，可先运行 huiyin figures 查看全部代码。"
        elif found := check(Printed(figure.label, share, figure.of, figure.count)):
            yield found.sentence


def run_circular(args: argparse.Namespace) -> int:
    from huiyin.clock.now import today
    from huiyin.reporting.circular import circular_of, frozen_circular_of, numbers_of

    plenary = plenary_named(args.plenary)
    snapshot = _snapshot(args.snapshot, plenary) if args.snapshot else None
    as_of = snapshot.as_of if snapshot else args.as_of or today()
    try:
        made = (
            frozen_circular_of(snapshot, today(), args.number)
            if snapshot
            else circular_of(plenary, as_of, args.decimals, args.number)
        )
        args.out.write_bytes(made)
    except LookupError as wrong:
        raise Refused(str(wrong.args[0])) from None
    except OSError as wrong:
        raise Refused(f"写不到“{args.out}”（{wrong.strerror}），请换一个位置。") from None
    figures = sum(":" not in tag for tag in numbers_of(BytesIO(made)))
    if args.json:
        told = {
            "plenary": plenary.code,
            "as_of": as_of.isoformat(),
            "file": str(args.out),
            "figures": figures,
        }
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"通报已写到{args.out}，统计数字{figures}项，截至{as_of.isoformat()}。")
    return 0


def _snapshot(number: int, plenary: "Plenary") -> "Snapshot":
    from huiyin.reporting.models import Snapshot

    found = Snapshot.objects.filter(pk=number, plenary=plenary).first()
    if found is None:
        raise Refused(f"本届次没有编号为{number}的冻结统计。")
    return found
