"""Commands of the rule packs: `pack list`, `show`, `check`, `diff`, `publish`. A pack is named CODE or CODE@VERSION.

Exit code 0 done, 1 something refused or found wrong, 2 wrong use (argparse).
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from huiyin.journal.step import Refused
from huiyin.rulepacks.problems import PackError
from huiyin.rulepacks.schema import Pack

NAMED = "代码（取最新版本）、代码@版本，或者规则包文件"


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("pack", help="规则包")
    acts = parser.add_subparsers(dest="act", required=True, metavar="操作")
    listing = _reading(acts, "list", "已发布的规则包", run_list)
    listing.add_argument("--code", help="只列这个代码的各个版本")
    _reading(acts, "show", "规则包的内容", run_show).add_argument("pack", help=NAMED)
    check = _reading(acts, "check", "检查规则包文件，一次说出全部问题", run_check)
    check.add_argument("file", type=Path, metavar="FILE")
    check.set_defaults(needs_home=False)
    compare = _reading(acts, "diff", "两个规则包有什么不同", run_diff)
    compare.add_argument("before", metavar="A", help=NAMED)
    compare.add_argument("after", metavar="B", help=NAMED)
    publishing = acts.add_parser("publish", help="发布规则包的一个版本，发布后不能再改")
    publishing.add_argument("file", type=Path, metavar="FILE")
    publishing.set_defaults(run=run_publish)


def _reading(acts: Any, name: str, help_text: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = acts.add_parser(name, help=help_text)
    parser.add_argument("--json", action="store_true", help="输出JSON")
    parser.set_defaults(run=run)
    return parser


def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def find(name: str) -> Pack:
    """CODE: its latest version; CODE@VERSION; or a file. Raises Refused."""
    from huiyin.rulepacks.loader import load
    from huiyin.rulepacks.models import PackVersion

    if name.endswith(".toml"):
        try:
            return load(Path(name))
        except PackError as error:
            raise Refused(str(error)) from None
    code, _, version = name.partition("@")
    rows = PackVersion.objects.filter(code=code, published_at__isnull=False).order_by("valid_from", "pk")
    if not rows:
        raise Refused(f"没有名为“{code}”的规则包，可用 huiyin pack list 查看。")
    row = rows.filter(version=version).first() if version else rows.last()
    if row is None:
        known = "、".join(rows.values_list("version", flat=True))
        raise Refused(f"规则包“{code}”没有版本“{version}”，已发布的版本有：{known}。")
    return row.pack


def run_list(args: argparse.Namespace) -> int:
    from huiyin.rulepacks.store import published

    rows = [row for row in published() if args.code in (None, row.code)]
    if args.code and not rows:
        raise Refused(f"没有名为“{args.code}”的规则包，可用 huiyin pack list 查看。")
    listed = [
        {
            "code": row.code,
            "version": row.version,
            "label": row.label,
            "jurisdiction": row.jurisdiction,
            "valid_from": row.valid_from.isoformat(),
            "valid_to": row.valid_to.isoformat() if row.valid_to else None,
            "digest": row.digest,
        }
        for row in rows
    ]
    if args.json:
        _print(listed)
        return 0
    for entry in listed:
        until = f"至{entry['valid_to']}" if entry["valid_to"] else "起"
        print(f"{entry['code']}@{entry['version']}  {entry['label']}  自{entry['valid_from']}{until}施行")
    return 0


def run_show(args: argparse.Namespace) -> int:
    from huiyin.rulepacks.describe import statements
    from huiyin.rulepacks.diff import assumed, show

    pack = find(args.pack)
    if not args.json:
        print(show(pack), end="")
        return 0
    said = [
        {"topic": one.topic, "kind": one.scope.kind, "period": one.scope.period, "says": one.facets}
        for one in statements(pack)
    ]
    _print(_head(pack) | {"summary": pack.summary, "statements": said, "assumed": assumed(pack)})
    return 0


def _head(pack: Pack) -> dict[str, Any]:
    return {
        "code": pack.code,
        "version": pack.version,
        "label": pack.label,
        "jurisdiction": pack.jurisdiction,
        "valid_from": pack.valid_from.isoformat(),
        "valid_to": pack.valid_to.isoformat() if pack.valid_to else None,
    }


def run_check(args: argparse.Namespace) -> int:
    from huiyin.rulepacks.loader import check

    pack, problems = check(args.file)
    if args.json:
        _print(
            {
                "file": str(args.file),
                "ok": not problems,
                "pack": _head(pack) if pack else None,
                "problems": [vars(problem) for problem in problems],
            }
        )
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems or pack is None:
        return 1
    if not args.json:
        print(f"{args.file}：没有问题。{pack.label}（{pack.code}，版本{pack.version}）。")
    return 0


def run_diff(args: argparse.Namespace) -> int:
    from huiyin.rulepacks.diff import diff

    before, after = find(args.before), find(args.after)
    sentences = diff(before, after)
    if args.json:
        _print({"before": _head(before), "after": _head(after), "changes": sentences})
        return 0
    print("\n".join(sentences) if sentences else "没有不同。")
    return 0


def run_publish(args: argparse.Namespace) -> int:
    from huiyin.rulepacks.store import publish

    try:
        text = args.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"读不了{args.file}（{error.__class__.__name__}），请检查路径和编码。") from None
    try:
        row = publish(text, file=str(args.file))
    except PackError as error:
        raise Refused(str(error)) from None
    print(f"已发布{row}，自{row.valid_from}起施行。")
    return 0
