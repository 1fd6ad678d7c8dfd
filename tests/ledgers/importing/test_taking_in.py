"""A row goes in by the real steps, entered by the importing person on behalf of its units."""

from datetime import date

import pytest

from huiyin.clock.now import day_of
from huiyin.journal import chain
from huiyin.journal.models import Delivery, Event
from huiyin.ledgers.models import ImportRow, LedgerImport
from huiyin.proposals import check
from tests.ledgers.importing.makers import bare, gaps, ledger, row, take_in, wrong


def taken(city, tmp_path, *rows, **options):
    """The items of these rows, in their order."""
    report = take_in(city, ledger(tmp_path / "台账.xlsx", *rows), **options)
    assert wrong(report) == []
    return list((options.get("plenary") or city.plenary).proposals.order_by("pk"))


def dated(proposal, code):
    """The day of each event of a code, None where it is not known."""
    events = proposal.events.filter(code=code).order_by("pk")
    return [str(day_of(event.at)) if event.at_known else None for event in events]


def test_a_finished_row_is_a_whole_life(city, tmp_path):
    (proposal,) = taken(city, tmp_path, row())
    assert (proposal.number, proposal.state, proposal.kind) == ("12", "registered", "proposal")
    assert (proposal.answer_stage, proposal.fulfilment_stage) == ("evaluated", "being_carried_out")
    assert [one.proposer.name for one in proposal.proposerships.all()] == ["张三", "李四", "王五"]
    assert [point.text for point in proposal.points.all()] == ["增设路灯", "更换老旧线路"]
    assert (proposal.is_key, proposal.publicity, proposal.remarks) == (True, "full", "列入实事")
    assert str(proposal.classifications.get().item_class) == "工交城建"
    lead, co = proposal.assignments.order_by("pk")
    assert (lead.unit.name, lead.role, lead.state) == ("市教育局", "lead", "answered")
    assert (co.unit.name, co.role, co.state) == ("市公安局", "co", "signed")
    reply = lead.replies.get()
    assert (reply.mark, reply.document_number, reply.state) == ("B", "教函〔2020〕8号", "issued")
    assert [(one.what, one.due_on) for one in proposal.promises.all()] == [
        ("完成设计", date(2020, 12, 31)),
        ("全部更换", date(2021, 12, 31)),
    ]
    assert all(promise.undertaken_at for promise in proposal.promises.all())
    form = proposal.evaluations.get()
    assert {one.dimension: one.grade for one in form.ratings.all()} == {
        "attitude": "satisfied",
        "result": "basic",
    }
    assert form.counted_at is not None


def test_its_dates_are_those_of_the_row(city, tmp_path):
    (proposal,) = taken(city, tmp_path, row())
    assert dated(proposal, "proposal.receive") == ["2020-01-06"]
    assert dated(proposal, "assignment.assign") == ["2020-03-02"] * 2
    assert dated(proposal, "assignment.sign") == ["2020-03-03"] * 2
    assert dated(proposal, "contact.log") == ["2020-03-20", "2020-05-20"]
    assert dated(proposal, "reply.issue") == ["2020-05-08"]
    assert [one.phase for one in proposal.contacts.order_by("at")] == ["during", "after"]
    assert [one.way for one in proposal.contacts.order_by("at")] == ["phone", "talk"]
    deadline = proposal.deadlines.get(name="reply")
    assert (str(deadline.due_on), day_of(deadline.met_at)) == ("2020-06-02", date(2020, 5, 8))


def test_a_step_without_a_date_happens_with_the_next_date_known(city, tmp_path):
    (proposal,) = taken(
        city, tmp_path, bare(主办单位="市教育局", 签收日期="2020-03-03", 答复日期="2020-05-08")
    )
    event = proposal.events.get(code="assignment.assign")
    assert (event.at_known, day_of(event.at)) == (False, date(2020, 3, 3))
    event = proposal.events.get(code="proposal.receive")
    assert (event.at_known, day_of(event.at)) == (False, date(2020, 3, 3))
    assert not proposal.assignments.get().offered_known


def test_a_row_without_any_date_happens_when_the_plenary_opened(city, tmp_path):
    (proposal,) = taken(city, tmp_path, bare(主办单位="市教育局"))
    moments = {(event.at_known, day_of(event.at)) for event in proposal.events.all()}
    assert moments == {(False, date(2020, 1, 5))}


def test_what_follows_the_hand_in_does_not_happen_before_it(city, tmp_path):
    (proposal,) = taken(city, tmp_path, bare(提出时间="2020-06-01", 主办单位="市教育局"))
    assert day_of(proposal.events.get(code="assignment.assign").at) == date(2020, 6, 1)
    assert proposal.period == "between"


def test_an_unknown_moment_starts_no_clock(city, tmp_path):
    (proposal,) = taken(city, tmp_path, bare(主办单位="市教育局", 答复日期="2020-05-08"))
    assert not proposal.deadlines.exists()


def test_the_office_enters_it_for_the_unit(city, tmp_path):
    (proposal,) = taken(city, tmp_path, row(), actor=city.lin_lan)
    signed = proposal.events.filter(code="assignment.sign").first()
    assert (signed.actor.name, signed.unit.name, signed.on_paper, signed.history) == (
        "林岚",
        "市教育局",
        True,
        True,
    )
    assert LedgerImport.objects.get().by == city.lin_lan.person


def test_a_unit_may_not_import(city, tmp_path):
    from huiyin.journal.step import Refused

    with pytest.raises(Refused):
        take_in(city, ledger(tmp_path / "台账.xlsx", row()), actor=city.chen_jing)
    with pytest.raises(Refused):
        take_in(city, ledger(tmp_path / "台账.xlsx", row()), actor=city.stranger)
    assert not city.plenary.proposals.exists()


def test_nobody_is_told(city, tmp_path):
    taken(city, tmp_path, row())
    assert not Delivery.objects.exists()


def test_what_the_life_requires_and_paper_does_not_say_is_a_gap(city, tmp_path):
    report = take_in(
        city, ledger(tmp_path / "台账.xlsx", row(承诺事项="", 承诺期限="", 沟通日期="", 沟通方式=""))
    )
    assert gaps(report) == {"points", "co_opinion", "contact", "promise", "reason"}
    (promise,) = [problem for problem in report.problems if problem.name == "promise"]
    assert promise.sentence.startswith("第2行“承诺事项”：")
    kept = ImportRow.objects.get()
    assert {problem["name"] for problem in kept.problems} == gaps(report)


def test_a_mark_with_several_meanings_that_the_row_does_not_tell_apart(city, tmp_path):
    assert "meaning" in gaps(take_in(city, ledger(tmp_path / "台账.xlsx", row(办理结果="A"))))
    reply = city.plenary.proposals.get().assignments.get(role="lead").replies.get()
    assert (reply.mark, reply.meaning) == ("A", "")


def test_the_cells_are_kept_as_they_stood(city, tmp_path):
    taken(city, tmp_path, row(备注="见附件 "))
    assert ImportRow.objects.get().cells["承诺事项"] == "1. 完成设计\n2. 全部更换"


def test_a_kind_without_a_name(city, tmp_path):
    first, second, third = taken(
        city,
        tmp_path,
        bare(案由="甲", 提案者="专委会"),
        bare(案由="乙", 提案者="党派(民进市委)"),
        bare(案由="丙", 提案者="委员", 联名="李四、王五"),
    )
    assert (first.proposer_kind, first.proposerships.count()) == ("committee", 0)
    assert (second.proposer_kind, second.proposers.get().name) == ("party", "民进市委")
    assert second.proposers.get().kind == "party"
    assert (third.proposer_kind, [one.order for one in third.proposerships.all()]) == ("member", [1, 2])


def test_a_deputys_suggestion_is_accepted(city, tmp_path):
    (proposal,) = taken(city, tmp_path, bare(类型="议案", 编号="闭字1", 提案者="钱进"), plenary=city.congress)
    assert proposal.events.filter(code="proposal.accept").exists()
    assert (proposal.kind, proposal.origin, proposal.number) == ("suggestion", "议案", "闭字1")
    assert (proposal.period, proposal.proposers.get()) == ("between", city.deputy)


def test_the_stored_life_and_the_chain_hold(city, tmp_path):
    taken(
        city,
        tmp_path,
        row(),
        bare(主办单位="市教育局、市水利局", 会办单位="市公安局"),
        bare(案由="无单位", 答复日期="2020-05-01"),
    )
    assert list(check.problems()) == []
    assert list(chain.breaks()) == []


def test_a_reply_without_a_unit_is_kept_on_the_row(city, tmp_path):
    cells = {"会办单位": "市公安局", "答复日期": "2020年5月8日", "办理结果": "B", "结果评价": "满意"}
    (proposal,) = taken(city, tmp_path, bare(**cells))
    kept = proposal.import_rows.get()
    assert kept.unattributed == {"答复日期": "2020年5月8日", "办理结果": "B", "结果评价": "满意"}
    assert not proposal.events.filter(code="reply.issue").exists()


def test_every_lead_answers_with_a_letter_of_its_own(city, tmp_path):
    (proposal,) = taken(city, tmp_path, row(主办单位="市教育局、市水利局", 会办单位=""))
    assert [share.state for share in proposal.assignments.all()] == ["answered", "answered"]
    assert proposal.events.filter(code="reply.issue").count() == 2
    assert proposal.evaluations.count() == 1


def test_leads_that_answer_in_common_have_one_letter(city, tmp_path):
    from tests.packs_for_tests import pack_version

    pack_version(several_leads="one_agreed_reply", valid_from=date(2019, 6, 1))
    (proposal,) = taken(city, tmp_path, row(主办单位="市教育局、市水利局", 会办单位=""))
    assert [share.state for share in proposal.assignments.all()] == ["answered", "answered"]
    assert proposal.events.filter(code="reply.issue").count() == 1
    assert "agreement" not in {name for event in proposal.events.all() for name in event.gaps}


def test_separate_units_each_have_a_share(city, tmp_path):
    (proposal,) = taken(city, tmp_path, bare(分办单位="市教育局、市水利局", 答复日期="2020-05-08"))
    assert [share.role for share in proposal.assignments.all()] == ["separate", "separate"]
    assert [share.state for share in proposal.assignments.all()] == ["answered", "answered"]


def test_a_unit_in_two_columns_has_one_share(city, tmp_path):
    report = take_in(
        city, ledger(tmp_path / "台账.xlsx", bare(主办单位="市教育局", 会办单位="市教育局、市公安局"))
    )
    assert [problem.name for problem in report.wrong] == ["unit_twice"]
    shares = city.plenary.proposals.get().assignments.order_by("pk")
    assert [(share.unit.name, share.role) for share in shares] == [("市教育局", "lead"), ("市公安局", "co")]


def test_a_unit_is_known_by_its_short_name_and_whatever_its_spaces(city, tmp_path):
    city.education.short_name = "教育局"
    city.education.save()
    (proposal,) = taken(city, tmp_path, bare(主办单位="教育局", 会办单位="市 公安局"), new_units=False)
    assert {share.unit for share in proposal.assignments.all()} == {city.education, city.police}


def test_names_that_come_new_with_a_ledger_come_in_by_their_own_steps(city, tmp_path):
    rows = [
        row(主办单位="市新设局", 会办单位="市公安局", 提案者="孙一", 联名="孙二、刘敏"),
        bare(案由="关于另一件的提案", 主办单位="市新设局", 提案者="孙一"),
    ]
    taken(city, tmp_path, *rows, actor=city.lin_lan)
    entered = Event.objects.filter(code__in=("unit.enter", "proposer.enter")).order_by("pk")
    named = [(event.code, event.actor, event.history) for event in entered]
    assert named == [
        ("proposer.enter", city.lin_lan.person, True),
        ("proposer.enter", city.lin_lan.person, True),
        ("unit.enter", city.lin_lan.person, True),
    ]
    assert list(chain.breaks()) == []


def test_a_name_that_no_step_takes_in_keeps_its_row_out_and_no_other(city, tmp_path):
    rows = [bare(主办单位="市教育局、绝密"), bare(案由="关于另一件的提案", 主办单位="市教育局")]
    report = take_in(city, ledger(tmp_path / "台账.xlsx", *rows))
    assert (report.created, report.refused) == (1, 1)
    (said,) = (problem.sentence for problem in report.problems if problem.kind == "refused")
    assert said.startswith("第2行“主办单位”：标有“绝密”")
