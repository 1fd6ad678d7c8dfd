"""A second import runs the steps that newly filled cells stand for; what contradicts is a problem, never an overwrite."""

from datetime import date

import pytest

from huiyin.clock.now import day_of
from huiyin.journal import chain
from huiyin.journal.models import Event
from huiyin.proposals import check
from huiyin.reporting.figures import figures_of
from tests.ledgers.importing.makers import FINISHED, bare, ledger, many, row, take_in, wrong

NUMBERED = {"编号": "12", "案由": FINISHED["案由"]}


def counts(report):
    return {name: count for name, count in report.counts().items() if count and name != "rows"}


def twice(city, tmp_path, first, second, **options):
    """The report of the second import of one row, and the item."""
    take_in(city, ledger(tmp_path / "一.xlsx", first), **options)
    report = take_in(city, ledger(tmp_path / "二.xlsx", second), **options)
    assert list(check.problems()) == []
    assert list(chain.breaks()) == []
    return report, city.plenary.proposals.get()


def test_the_same_file_again_changes_nothing(city, tmp_path):
    path = ledger(tmp_path / "台账.xlsx", *many(30), bare(案由="无编号", 提案者="张三"), bare(案由="无编号"))
    assert counts(take_in(city, path)) == {"created": 32}
    life = set(Event.objects.filter(proposal__isnull=False).values_list("pk", flat=True))
    assert counts(take_in(city, path)) == {"unchanged": 32}
    assert set(Event.objects.filter(proposal__isnull=False).values_list("pk", flat=True)) == life


@pytest.mark.parametrize("heading", [name for name in FINISHED if name not in ("编号", "案由")])
def test_a_cell_that_was_missing_is_filled_in(city, tmp_path, heading):
    together = {"沟通日期": ("沟通方式",), "承诺事项": ("承诺期限",), "主办单位": ()}
    left_out = (heading, *together.get(heading, ()))
    without = {name: text for name, text in row().items() if name not in left_out}
    report, _ = twice(city, tmp_path, without, row())
    assert wrong(report) == []
    assert counts(report) == {"updated": 1}
    third = take_in(city, ledger(tmp_path / "三.xlsx", row()))
    assert (counts(third), wrong(third)) == ({"unchanged": 1}, [])


def test_a_bare_list_is_filled_up_to_a_finished_ledger(city, tmp_path):
    report, proposal = twice(city, tmp_path, NUMBERED, row())
    assert (counts(report), wrong(report)) == ({"updated": 1}, [])
    assert (proposal.answer_stage, proposal.proposerships.count()) == ("evaluated", 3)
    assert [one.order for one in proposal.proposerships.all()] == [0, 1, 2]


def test_an_assignment_date_that_comes_later_starts_the_clock(city, tmp_path):
    first = NUMBERED | {"主办单位": "市教育局", "答复日期": "2020-05-08"}
    report, proposal = twice(city, tmp_path, first, first | {"交办日期": "2020-03-02"})
    assert counts(report) == {"updated": 1}
    share = proposal.assignments.get()
    assert (share.offered_known, day_of(share.offered_at)) == (True, date(2020, 3, 2))
    assert str(proposal.deadlines.get(name="reply").due_on) == "2020-06-02"


def test_a_reply_date_that_comes_later_dates_the_mark(city, tmp_path):
    first = NUMBERED | {"主办单位": "市教育局", "交办日期": "2020-03-02", "办理结果": "B"}
    report, proposal = twice(city, tmp_path, first, first | {"答复日期": "2020-05-08"})
    assert counts(report) == {"updated": 1}
    reply = proposal.assignments.get().replies.get()
    assert (reply.issued_known, day_of(reply.issued_at)) == (True, date(2020, 5, 8))
    mark = proposal.marks.get()
    assert (mark.since_known, day_of(mark.since)) == (True, date(2020, 5, 8))
    assert proposal.deadlines.get(name="reply").met_known


def test_a_date_that_falls_on_the_guess_is_known_from_then_on(city, tmp_path):
    first = NUMBERED | {"主办单位": "市教育局", "答复日期": "2020-05-08"}
    report, proposal = twice(city, tmp_path, first, first | {"交办日期": "2020-05-08"})
    assert (counts(report), proposal.assignments.get().offered_known) == ({"updated": 1}, True)


def test_a_unit_that_comes_later_takes_the_reply_that_had_none(city, tmp_path):
    first = NUMBERED | {"答复日期": "2020-05-08", "办理结果": "B"}
    report, proposal = twice(city, tmp_path, first, first | {"主办单位": "市教育局"})
    assert counts(report) == {"updated": 1}
    assert proposal.assignments.get().state == "answered"


def test_a_number_and_a_proposer_that_come_later(city, tmp_path):
    first = {"案由": "关于增设路灯的提案", "提案者": "委员"}
    report, proposal = twice(
        city, tmp_path, first, {"编号": "DH0271", "案由": "关于增设路灯的提案", "提案者": "张三"}
    )
    assert counts(report) == {"updated": 1}
    assert (proposal.number, proposal.proposers.get().name) == ("DH0271", "张三")


def test_one_more_contact_and_one_more_co_unit(city, tmp_path):
    more = {
        "沟通日期": "2020-03-20、2020-05-20、2020-06-30",
        "沟通方式": "电话、面商、走访",
        "会办单位": "市公安局、市水利局",
    }
    report, proposal = twice(city, tmp_path, row(), row(**more))
    assert (counts(report), wrong(report)) == ({"updated": 1}, [])
    assert proposal.contacts.count() == 3
    assert proposal.assignments.filter(role="co").count() == 2


@pytest.mark.parametrize(
    ("heading", "stored", "said"),
    [("会办单位", "市公安局、市水利局", "市公安局"), ("联名", "李四、王五", "王五、孙七")],
)
def test_a_list_that_leaves_out_what_is_stored_contradicts_it(city, tmp_path, heading, stored, said):
    report, proposal = twice(city, tmp_path, row(**{heading: stored}), row(**{heading: said}))
    assert counts(report) == {"unchanged": 1}
    assert [(problem.kind, problem.column) for problem in report.wrong] == [("conflict", heading)]
    assert proposal.proposerships.count() == 3


def test_what_a_later_ledger_states_is_no_gap_any_more(city, tmp_path):
    first = NUMBERED | {"主办单位": "市教育局", "答复日期": "2020-05-08"}
    twice(
        city,
        tmp_path,
        first,
        {"案由": first["案由"], "编号": "12", "提案者": "张三", "交办日期": "2020-03-02"},
    )
    lacking = {one.code: one.count for one in figures_of(city.plenary, date(2021, 12, 31))}
    assert "gap.mark" in lacking
    assert not {"gap.proposer", "gap.assigned_on", "gap.unit", "gap.number"} & set(lacking)


CONTRADICTIONS = {
    "正文": "另一篇正文。",
    "具体建议": "全部拆除",
    "提案者": "赵六",
    "联名": "孙七",
    "提出时间": "2020-01-07",
    "分类": "科教文卫体",
    "重点": "否",
    "类型": "建议",
    "主办单位": "市水利局",
    "会办单位": "市水利局",
    "交办日期": "2020-03-09",
    "签收日期": "2020-03-10",
    "沟通日期": "2020-04-01",
    "答复日期": "2020-05-09",
    "答复文号": "教函〔2020〕9号",
    "办理结果": "C",
    "承诺事项": "另一件事",
    "承诺期限": "1. 2020-11-30\n2. 2021年底",
    "态度评价": "不满意",
    "结果评价": "满意",
    "公开属性": "不公开",
    "备注": "另有安排",
}


@pytest.mark.parametrize("heading", CONTRADICTIONS)
def test_a_cell_that_contradicts_is_told_and_changes_nothing(city, tmp_path, heading):
    take_in(city, ledger(tmp_path / "一.xlsx", row()))
    before = set(Event.objects.filter(proposal__isnull=False).values_list("pk", flat=True))
    report = take_in(city, ledger(tmp_path / "二.xlsx", row(**{heading: CONTRADICTIONS[heading]})))
    assert counts(report) == {"unchanged": 1}
    assert [(problem.kind, problem.column, problem.row) for problem in report.wrong] == [
        ("conflict", heading, 2)
    ]
    assert set(Event.objects.filter(proposal__isnull=False).values_list("pk", flat=True)) == before


def test_the_rows_other_new_cells_go_in_beside_a_contradiction(city, tmp_path):
    first = NUMBERED | {"提案者": "张三"}
    report, proposal = twice(city, tmp_path, first, first | {"提案者": "李四", "主办单位": "市教育局"})
    assert [problem.column for problem in report.wrong] == ["提案者"]
    assert counts(report) == {"updated": 1}
    assert proposal.assignments.count() == 1


def test_a_number_met_before_with_another_title_is_refused(city, tmp_path):
    report, _ = twice(city, tmp_path, row(), row(案由="关于修建停车场的提案"))
    assert counts(report) == {"refused": 1}
    assert [(problem.kind, problem.column) for problem in report.wrong] == [("refused", "编号")]


def test_a_number_is_known_exactly(city, tmp_path):
    take_in(city, ledger(tmp_path / "一.xlsx", row(编号="94")))
    report = take_in(city, ledger(tmp_path / "二.xlsx", row(编号="0094", 案由="另一件")))
    assert counts(report) == {"created": 1}


def test_without_a_number_the_title_and_the_lead_proposer_tell(city, tmp_path):
    take_in(city, ledger(tmp_path / "一.xlsx", bare(提案者="张三"), bare(提案者="李四")))
    report = take_in(
        city,
        ledger(
            tmp_path / "二.xlsx",
            bare(案由="关于“增设路灯”的提案。", 提案者="李四", 主办单位="市教育局"),
            bare(提案者="王五"),
        ),
    )
    assert counts(report) == {"created": 1, "updated": 1}
    assert city.plenary.proposals.get(assignments__isnull=False).proposers.get().name == "李四"


def test_two_rows_of_one_file_may_mean_one_item(city, tmp_path):
    report = take_in(city, ledger(tmp_path / "一.xlsx", NUMBERED, row(), NUMBERED))
    assert counts(report) == {"created": 1, "updated": 1, "unchanged": 1}


def test_what_has_been_done_on_the_page_since_stays(city, tmp_path):
    from huiyin.contacts import steps as contacts

    first = NUMBERED | {"主办单位": "市教育局", "沟通日期": "2020-03-20", "沟通方式": "电话"}
    take_in(city, ledger(tmp_path / "一.xlsx", first))
    share = city.plenary.proposals.get().assignments.get()
    contacts.log(share, actor=city.zhou_ning, phase="during", way="visit")
    report = take_in(city, ledger(tmp_path / "二.xlsx", first))
    assert (counts(report), wrong(report)) == ({"unchanged": 1}, [])
