"""The commands in a home of their own: what they print, how they end, and what a kill leaves."""

import json

import pytest

from tests.ledgers.importing.homes import Home
from tests.ledgers.importing.makers import bare, ledger, many, row
from tests.ledgers.reading.makers import text, xls

HEADING = ("编号", "案由", "主办单位", "交办日期", "答复日期", "办理结果")


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    made = Home(tmp_path_factory.mktemp("home"))
    for meeting, code in enumerate(("zx", "again", "dry", "other", "killed"), 1):
        made.add_plenary(code, meeting)
    return made


def counts(report: dict) -> tuple[int, ...]:
    return tuple(report[name] for name in ("rows", "created", "updated", "unchanged", "refused"))


def test_what_it_prints_and_how_it_ends(home, tmp_path):
    path = ledger(tmp_path / "台账.xlsx", row(编号="1", 分类=""), row(编号="2", 案由="", 分类=""))
    code, report, said = home.take_in(path, "--new-units")
    assert code == 1
    assert set(report) == {"rows", "created", "updated", "unchanged", "refused", "ignored", "problems"}
    assert counts(report) == (2, 1, 0, 0, 1)
    assert report["ignored"] == []
    assert {frozenset(problem) for problem in report["problems"]} == {
        frozenset({"sheet", "row", "column", "kind", "sentence"})
    }
    (refused,) = [problem for problem in report["problems"] if problem["kind"] == "refused"]
    assert (refused["sheet"], refused["row"], refused["column"]) == ("台账", 3, "案由")
    assert said == [refused["sentence"]]


def test_gaps_alone_end_well(home, tmp_path):
    code, report, said = home.take_in(ledger(tmp_path / "台账.xlsx", bare(案由="只有标题")))
    assert (code, said) == (0, [])
    assert {problem["kind"] for problem in report["problems"]} == {"gap"}


def test_a_dry_run_changes_nothing_and_reports_the_same(home, tmp_path):
    path = ledger(tmp_path / "台账.xlsx", row(编号="1", 分类="", 主办单位="试行局", 会办单位=""))
    first = home.take_in(path, "--new-units", "--dry-run", plenary="dry")
    assert first == home.take_in(path, "--new-units", "--dry-run", plenary="dry")
    assert first == home.take_in(path, "--new-units", plenary="dry")
    assert counts(home.take_in(path, plenary="dry")[1]) == (1, 0, 0, 1, 0)


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "没有这个文件.xlsx", "--plenary", "zx"),
        ("import", __file__),
        ("import", __file__, "--plenary", "zx", "--map", "没有等号"),
        ("import", __file__, "--plenary", "zx", "--map", "甲=不是列名"),
        ("undo-import", "不是数"),
    ],
)
def test_wrong_use(home, arguments):
    done = home.huiyin(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_an_unknown_plenary_and_an_unreadable_file_are_told(home, tmp_path):
    path = ledger(tmp_path / "台账.xlsx", row())
    done = home.huiyin("import", path, "--plenary", "nowhere", "--json")
    assert (done.returncode, "没有代码为“nowhere”的届次" in done.stderr) == (1, True)
    assert [problem["kind"] for problem in json.loads(done.stdout)["problems"]] == ["refused"]
    done = home.huiyin("export-ledger", "--plenary", "zx", tmp_path / "没有" / "台账.xlsx", "--json")
    assert (done.returncode, json.loads(done.stdout), "写不进去" in done.stderr) == (1, {"rows": 0}, True)
    nothing = text(tmp_path / "别的.csv", [("甲", "乙"), ("1", "2")])
    code, report, said = home.take_in(nothing)
    assert (code, counts(report)) == (1, (0, 0, 0, 0, 0))
    assert [problem["sentence"] for problem in report["problems"]] == said


def test_other_kinds_of_files_and_a_map(home, tmp_path):
    csv = text(
        tmp_path / "一.csv",
        [("件号码", *HEADING[1:]), ("甲1", "第一件", "市教育局", "2020.3.1", "2020年5月8日", "A类")],
        encoding="gb18030",
    )
    code, report, _ = home.take_in(csv, "--new-units", "--map", "件号码=编号", plenary="other")
    assert (code, counts(report)) == (0, (1, 1, 0, 0, 0))
    old = xls(
        tmp_path / "二.xls",
        [
            HEADING,
            ("甲1", "第一件", "市教育局", "2020/3/1", "2020-05-08", "A"),
            ("甲2", "第二件", "", "", "", ""),
        ],
    )
    code, report, _ = home.take_in(old, plenary="other")
    assert (code, counts(report)) == (0, (2, 1, 0, 1, 0))


def test_a_ledger_goes_out_and_is_undone(home, tmp_path):
    home.take_in(ledger(tmp_path / "台账.xlsx", row(编号="1", 分类="")), "--new-units", plenary="again")
    done = home.huiyin("export-ledger", "--plenary", "again", tmp_path / "导出.xlsx")
    assert done.returncode == 0, done.stderr
    code, report, _ = home.take_in(tmp_path / "导出.xlsx", plenary="again")
    assert (code, counts(report)) == (0, (1, 0, 0, 1, 0))
    told = home.huiyin(
        "import", ledger(tmp_path / "二.xlsx", row(编号="2", 案由="乙", 分类="")), "--plenary", "again"
    )
    number = told.stdout.split("undo-import ")[1].split()[0]
    assert home.huiyin("undo-import", number).returncode == 0
    again = home.huiyin("undo-import", number)
    assert (again.returncode, "已经撤销" in again.stderr) == (1, True)


KILLED = """
import os, signal, sys
import django
django.setup()
from huiyin.ledgers.importing import answers
from huiyin.cli import main

left = int(sys.argv[1])
take = answers._issue

def killed(*arguments):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    take(*arguments)

answers._issue = killed
main(["import", sys.argv[2], "--plenary", "killed", "--new-units"])
"""
WHOLE = """
import django
django.setup()
from django.db.models import Count
from huiyin.proposals.models import Proposal
made = Proposal.objects.filter(plenary__code="killed").annotate(count=Count("events"))
print(made.count(), len(set(made.values_list("count", flat=True))), made.filter(answer_stage="evaluated").count())
"""


def test_a_kill_in_the_middle_leaves_whole_rows_and_the_next_run_goes_on(home, tmp_path):
    path = ledger(tmp_path / "台账.xlsx", *many(300))
    for already in (100, 200):
        killed = home.python("-c", KILLED, "130", str(path))
        assert killed.returncode == -9
        whole, lengths, finished = map(int, home.python("-c", WHOLE).stdout.split())
        assert (whole, lengths, finished) == (already, 1, already)
        assert home.huiyin("check-life").returncode == 0
    _, report, _ = home.take_in(path, "--new-units", plenary="killed")
    assert counts(report) == (300, 100, 0, 200, 0)
    assert home.huiyin("check-life").returncode == 0
    assert home.huiyin("verify-journal").returncode == 0
