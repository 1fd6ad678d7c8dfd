"""Commands of the ledgers: `import`, `export-ledger`, `undo-import` (design: interfaces), `run-imports`."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from huiyin.ledgers.importing import Report
    from huiyin.proposals.models import Plenary

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_parsers(subparsers: Subparsers) -> None:
    taking_in = subparsers.add_parser("import", help="导入台账（xlsx、xls、csv）")
    taking_in.add_argument("file", type=_file)
    taking_in.add_argument("--plenary", required=True, help="届次代码")
    taking_in.add_argument("--dry-run", action="store_true", help="只检查并报告，不改动任何内容")
    taking_in.add_argument(
        "--map", action="append", default=[], type=_mapped, metavar="列名=标准列名", help="可以写多次"
    )
    taking_in.add_argument("--new-units", action="store_true", help="台账中的新单位随之增加")
    taking_in.add_argument("--new-classes", default="", metavar="分类法", help="新类别归入这种分类法")
    taking_in.add_argument("--json", action="store_true")
    taking_in.set_defaults(run=import_command)

    exporting = subparsers.add_parser("export-ledger", help="导出台账")
    exporting.add_argument("--plenary", required=True, help="届次代码")
    exporting.add_argument("file", type=Path)
    exporting.add_argument("--json", action="store_true")
    exporting.set_defaults(run=export_command)

    undoing = subparsers.add_parser("undo-import", help="撤销一次导入")
    undoing.add_argument("id", type=int, help="导入的编号")
    undoing.set_defaults(run=undo_command)

    working = subparsers.add_parser("run-imports", help="检查和导入网页上传的台账；serve 运行时自动进行")
    working.set_defaults(run=work_command)


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"没有找到文件“{text}”。")
    return path


def _mapped(text: str) -> tuple[str, str]:
    from huiyin.ledgers.reading.columns import CHOICES

    name, sign, standard = text.rpartition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(f"“{text}”请写成“列名=标准列名”。")
    if standard.strip() not in CHOICES:
        known = "、".join(CHOICES)
        raise argparse.ArgumentTypeError(f"“{standard}”不是标准列名，可用：{known}。")
    return name.strip(), standard.strip()


def _plenary(code: str) -> "Plenary":
    from huiyin.ledgers.reading import LedgerError
    from huiyin.proposals.models import Plenary

    found = Plenary.objects.select_related("jurisdiction").filter(code=code).first()
    if found is None:
        raise LedgerError(
            f"没有代码为“{code}”的届次，可用 huiyin plenary list 查看，用 huiyin plenary add 增加"
        )
    return found


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def import_command(args: argparse.Namespace) -> int:
    from huiyin.ledgers.importing import Options, Report, import_ledger
    from huiyin.ledgers.reading import LedgerError, Problem, ProblemKind
    from huiyin.people.actor import Actor

    options = Options(
        new_units=args.new_units,
        new_classes=args.new_classes,
        column_map=dict(args.map),
        dry_run=args.dry_run,
    )
    try:
        plenary = _plenary(args.plenary)
        with _progress("导入") as told:
            report = import_ledger(
                args.file, plenary, actor=Actor.system(plenary.jurisdiction), options=options, **told
            )
    except LedgerError as error:
        report = Report(problems=[Problem("", 0, "", ProblemKind.REFUSED, f"{error}。", "file")])
    _print(report, as_json=args.json, dry_run=args.dry_run)
    return 1 if report.wrong else 0


def _print(report: "Report", *, as_json: bool, dry_run: bool) -> None:
    for problem in report.wrong:
        say(problem.sentence)
    if as_json:
        print(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
        return
    print(
        f"共{report.rows}行：新建{report.created}件，补充{report.updated}件，未变{report.unchanged}件，"
        f"未导入{report.refused}行；缺项{len(report.problems) - len(report.wrong)}处。"
    )
    if report.ignored:
        print(f"没有采用的列：{'、'.join(report.ignored)}。")
    if dry_run:
        print("这是试运行，没有改动任何内容。")
    elif report.import_id:
        print(f"本次导入编号{report.import_id}，可用 huiyin undo-import {report.import_id} 撤销。")


@contextmanager
def _progress(label: str) -> Iterator[dict[str, Any]]:
    """A bar on stderr where that is a terminal."""
    from tqdm import tqdm

    with tqdm(desc=label, unit="行", disable=not sys.stderr.isatty(), file=sys.stderr) as bar:
        yield {"started": bar.reset, "advanced": bar.update}


def export_command(args: argparse.Namespace) -> int:
    from huiyin.ledgers.exporting import export_ledger
    from huiyin.ledgers.reading import LedgerError

    count, refusal = 0, ""
    try:
        with _progress("导出") as told:
            count = export_ledger(_plenary(args.plenary), args.file, **told)
    except LedgerError as error:
        refusal = f"{error}。"
        say(refusal)
    if args.json:
        print(json.dumps({"rows": count}))
    elif not refusal:
        print(f"已导出{count}件到{args.file}。")
    return 1 if refusal else 0


def undo_command(args: argparse.Namespace) -> int:
    from huiyin.journal.step import Refused
    from huiyin.ledgers.importing import undo_import
    from huiyin.ledgers.models import LedgerImport
    from huiyin.people.actor import Actor

    found = LedgerImport.objects.select_related("jurisdiction", "plenary").filter(pk=args.id).first()
    if found is None:
        say(f"没有编号为{args.id}的导入。")
        return 1
    try:
        with _progress("撤销") as told:
            voided = undo_import(found, actor=Actor.system(found.jurisdiction), **told)
    except Refused as refused:
        say(refused.sentence)
        return 1
    print(f"已撤销导入“{found.file_name}”，作废{voided}件。")
    return 0


def work_command(args: argparse.Namespace) -> int:
    """Do what waits and return; told to stop, it leaves the rest free for the next run."""
    import signal

    from huiyin.ledgers.working import work_off

    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    print(f"已处理网页上传的台账{work_off()}份。")
    return 0
