"""The command `scores`: a dry run of the units' points, every one with the rows behind it (design: interfaces)."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from huiyin.reporting.commands import Subparsers, padded, plenary_named, read_day

if TYPE_CHECKING:
    from huiyin.proposals.models import Plenary
    from huiyin.rulepacks.models import PackVersion
    from huiyin.scores.formula import Line
    from huiyin.scores.sheets import Scored, Sheet


def add_parsers(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("scores", help="承办单位考核试算")
    parser.add_argument("--plenary", required=True, help="届次代码")
    parser.add_argument("--as-of", type=read_day, metavar="日期", help="统计到这一天结束，默认今天")
    parser.add_argument("--version", metavar="版本", help="按规则包的哪个版本，默认当天施行的版本")
    parser.add_argument("--json", action="store_true", help="输出JSON")
    parser.set_defaults(run=run_scores)


def run_scores(args: argparse.Namespace) -> int:
    from huiyin.clock.now import today
    from huiyin.scores.sheets import sheet_of

    plenary = plenary_named(args.plenary)
    sheet = sheet_of(plenary, args.as_of or today(), _version(plenary, args.version))
    if args.json:
        print(json.dumps(_as_json(sheet), ensure_ascii=False, indent=2))
        return 0
    print(f"{plenary.label}，截至{sheet.as_of.isoformat()}，按{sheet.version}的办法试算")
    for place, one in enumerate(sheet.units, start=1):
        score = "不计" if one.result.score is None else str(one.result.score)
        print(f"{place:>3}  {padded(one.unit.name, 30)}{score:>6}  {one.result.got} / {one.result.of}")
    return 0


def _version(plenary: "Plenary", wanted: str | None) -> "PackVersion | None":
    from huiyin.journal.step import Refused
    from huiyin.scores.sheets import versions_of

    if wanted is None:
        return None
    versions = versions_of(plenary)
    found = next((one for one in versions if one.version == wanted), None)
    if found is None:
        known = "、".join(one.version for one in versions)
        raise Refused(f"规则包“{plenary.pack_code}”没有版本“{wanted}”，已发布的有：{known}。")
    return found


def _as_json(sheet: "Sheet") -> dict[str, Any]:
    return {
        "plenary": sheet.plenary.code,
        "as_of": sheet.as_of.isoformat(),
        "pack": sheet.version.code,
        "version": sheet.version.version,
        "units": [_unit(one) for one in sheet.units],
    }


def _unit(one: "Scored") -> dict[str, Any]:
    score = one.result.score
    return {
        "unit": one.unit.name,
        "score": None if score is None else str(score),
        "got": str(one.result.got),
        "of": one.result.of,
        "lines": [_line(line) for line in one.result.lines],
    }


def _line(line: "Line") -> dict[str, Any]:
    from huiyin.scores.measures import ROWS

    return {
        "measure": line.measure,
        "label": line.label,
        "points": line.points,
        "got": str(line.got) if line.applies else None,
        "count": line.count,
        "of": None if line.against else line.of,
        "model": ROWS[line.measure].model,
        "rows": [{"id": row.pk, "worth": row.worth} for row in line.rows],
    }
