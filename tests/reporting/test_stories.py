"""A small register made by the real steps, its figures worked out here, and how they grow from day to day."""

from datetime import date

import pytest

from huiyin.handling import steps as handling_steps
from huiyin.journal.work import work
from huiyin.ledgers.models import ImportRow, LedgerImport
from huiyin.promises import steps as promise_steps
from huiyin.proposals import steps as intake_steps
from huiyin.reporting.figures import (
    UnknownFigure,
    base_of,
    figure_of,
    figures_in,
    figures_of,
    rows_of,
    scope_of_year,
)
from tests.stories import answering, evaluating, handling, intake
from tests.stories.moments import at

pytestmark = pytest.mark.django_db


def on(city, day, plenary=None):
    return {figure.code: figure for figure in figures_of(plenary or city.plenary, date.fromisoformat(day))}


def numbers(figures, *codes):
    return [(figures[code].count, figures[code].of, figures[code].percent) for code in codes]


@pytest.fixture
def year(city):
    """One answered, kept; one answered twice; one half answered; one only handed over; one not handed over."""
    reply = answering.issued(city, answering.at_work(city, title="关于增加学位的提案"), mark="B")
    evaluating.evaluated(city, reply)
    answering.kept(city, reply.assignment.promises.get())
    second = evaluating.dissatisfied(
        city, answering.issued(city, answering.at_work(city, title="关于校车的提案"), mark="B")
    )
    evaluating.answered_again(city, second, mark="C")
    half = handling.assigned(
        city, intake.classified(city, title="关于路口的提案"), separate=[city.education, city.police]
    )
    answering.issued(city, answering.at_work_on(city, half), mark="C")
    intake.handed_over(city, title="关于桥梁的提案")
    intake.filed(city, title="关于湿地的提案")
    return city


def test_the_year_at_its_end(year):
    found = on(year, "2020-12-31")
    assert found["received.total"].count == 4
    assert numbers(found, "filed.total", "received.in_plenary") == [(5, 5, "100.0"), (4, 4, "100.0")]
    assert numbers(found, "class.category.科教文卫体", "class.category.其他") == [
        (3, 4, "75.0"),
        (0, 4, "0.0"),
    ]
    assert numbers(found, "mark.A", "mark.B", "mark.C") == [(0, 4, "0.0"), (1, 4, "25.0"), (2, 4, "50.0")]
    assert found["mark.A"].note == "另有1件尚无办理结果"
    assert numbers(found, "reply.rate", "contact.rate") == [(2, 3, "66.7"), (3, 3, "100.0")]
    assert numbers(found, "second_handling.count") == [(1, None, None)]


def test_a_reply_is_in_time_by_the_deadline_and_silence_past_it_is_late(year):
    assert numbers(on(year, "2020-04-30"), "reply.on_time") == [(2, 2, "100.0")]
    assert numbers(on(year, "2020-12-31"), "reply.on_time") == [(2, 3, "66.7")]


def test_satisfaction_counts_the_forms_of_the_round_that_is_named(year):
    before, after = on(year, "2020-04-19"), on(year, "2020-04-20")
    assert numbers(before, "satisfaction.result.rate") == [(0, 0, None)]
    assert numbers(after, "satisfaction.result.rate", "satisfaction.result.dissatisfied") == [
        (5, 6, "83.3"),
        (1, 6, "16.7"),
    ]
    assert numbers(after, "satisfaction.attitude.rate") == [(6, 6, "100.0")]
    assert after["satisfaction.result.rate"].base == "收回的征询意见表"
    assert "最近一轮" in after["satisfaction.result.rate"].note


def test_answered_is_not_carried_out(year):
    codes = ("promise.total", "promise.carried_out", "fulfilment.rate")
    assert numbers(on(year, "2020-12-31"), *codes) == [(2, None, None), (0, 2, "0.0"), (0, 2, "0.0")]
    assert numbers(on(year, "2021-11-20"), *codes) == [(2, None, None), (1, 2, "50.0"), (1, 2, "50.0")]
    assert numbers(on(year, "2021-12-31"), "promise.overdue") == [(0, 2, "0.0")]
    assert numbers(on(year, "2022-01-01"), "promise.overdue") == [(1, 2, "50.0")]


def test_figures_of_an_earlier_day_are_those_of_that_day(year):
    assert on(year, "2020-01-12")["received.total"].count == 0
    assert on(year, "2020-01-13")["received.total"].count == 4
    assert on(year, "2020-03-01")["reply.rate"].of == 0
    assert numbers(on(year, "2020-03-02"), "reply.rate") == [(0, 3, "0.0")]
    assert numbers(on(year, "2020-04-10"), "mark.B", "mark.C") == [(2, 4, "50.0"), (1, 4, "25.0")]
    assert numbers(on(year, "2020-05-12"), "mark.B", "mark.C") == [(1, 4, "25.0"), (2, 4, "50.0")]


def test_a_number_opens_its_list(year):
    titles = set(rows_of(year.plenary, "mark.C", date(2020, 12, 31)).values_list("title", flat=True))
    assert titles == {"关于路口的提案", "关于校车的提案"}
    late = rows_of(year.plenary, "reply.on_time", date(2020, 12, 31))
    everybody = base_of(year.plenary, "reply.on_time", date(2020, 12, 31))
    assert set(everybody.exclude(pk__in=late).values_list("title", flat=True)) == {"关于路口的提案"}


@pytest.mark.parametrize(
    "code", ["", "mark", "received.all", "satisfaction.x.rate", "meeting.picnic", "gap.none"]
)
def test_a_code_that_is_none_is_told(city, code):
    with pytest.raises(UnknownFigure, match="没有"):
        rows_of(city.plenary, code)


def test_merged_and_withdrawn_items(city):
    head, other = intake.registered(city, title="甲"), intake.registered(city, title="乙")
    handling_steps.merge(other, actor=city.lin_lan, at=at("2020-02-03"), into=head)
    assert numbers(on(city, "2020-02-02"), "received.total", "merged.count")[0][0] == 2
    found = on(city, "2020-02-03")
    assert (found["received.total"].count, found["merged.count"].count) == (1, 1)


def test_an_item_taken_out_again_was_merged_until_then(city):
    head, other = intake.registered(city, title="甲"), intake.registered(city, title="乙")
    handling_steps.merge(other, actor=city.lin_lan, at=at("2020-02-03"), into=head)
    handling_steps.unmerge(other, actor=city.lin_lan, at=at("2020-02-10"), reason="内容不同")
    counted = [
        (on(city, day)["received.total"].count, on(city, day)["merged.count"].count)
        for day in ("2020-02-02", "2020-02-03", "2020-02-09", "2020-02-10")
    ]
    assert counted == [(2, 0), (1, 1), (1, 1), (2, 0)]
    assert list(rows_of(city.plenary, "merged.count", date(2020, 2, 9))) == [other]


def test_a_cancelled_share_still_stood_before(city):
    share = handling.assigned(city)
    handling_steps.cancel(share, actor=city.lin_lan, at=at("2020-06-20"), reason="重新研究承办单位")
    assert numbers(on(city, "2020-06-19"), "reply.rate", "reply.on_time") == [(0, 1, "0.0"), (0, 1, "0.0")]
    assert numbers(on(city, "2020-06-20"), "reply.rate", "reply.on_time") == [(0, 0, None), (0, 0, None)]


def test_a_pause_stops_the_clock_of_the_figures_too(city):
    share = handling.signed(city)
    handling_steps.pause(
        share, actor=city.lin_lan, at=at("2020-05-20"), reason="等待省里复函", superior="省教育厅"
    )
    assert numbers(on(city, "2020-06-19"), "reply.rate", "reply.on_time") == [(0, 1, "0.0"), (0, 0, None)]


def test_what_lies_between_assignment_and_answer_is_counted_on_its_day(city):
    lead = handling.planned(city, handling.signed(city, handling.assigned(city, co=[city.police])))
    handling.opinion_given(city, handling.share(lead.proposal, city.police), when="2020-03-20")
    given = {"reason": "不属于本单位职责", "proposed": city.land}
    back, kept = (
        handling.assigned(city, intake.classified(city, title=title), when="2020-03-02")
        for title in ("甲", "乙")
    )
    for share, ruling in ((back, "granted"), (kept, "refused")):
        handling_steps.ask_return(share, actor=city.chen_jing, at=at("2020-03-04"), **given)
        to = {"to": city.land} if ruling == "granted" else {}
        handling_steps.rule_return(
            share, actor=city.lin_lan, at=at("2020-03-06"), ruling=ruling, reason="经核对职责", **to
        )
    asked, ruled, later = on(city, "2020-03-05"), on(city, "2020-03-06"), on(city, "2020-03-20")
    returns = ("handling.returns_asked", "handling.returns_granted")
    assert numbers(asked, *returns) == [(2, None, None), (0, 2, "0.0")]
    assert numbers(ruled, *returns) == [(2, None, None), (1, 2, "50.0")]
    assert (ruled["handling.opinions"].count, later["handling.opinions"].count) == (0, 1)
    assert later["handling.plans"].count == 1
    assert rows_of(city.plenary, "handling.returns_granted", date(2020, 3, 6)).get().assignment == back


def test_what_was_voided_leaves_the_figures(city):
    item = intake.registered(city)
    handling_steps.void(item, actor=city.lin_lan, at=at("2020-02-03"), reason="重复录入")
    found = on(city, "2020-02-03")
    assert (found["received.total"].count, found["filed.total"].of) == (0, 0)


def test_gaps_are_counted_by_name_in_items(city):
    with work(history=True):
        item = intake.handed_over(city)
    brought = LedgerImport.objects.create(
        jurisdiction=city.here,
        plenary=city.plenary,
        file_name="台账.xlsx",
        digest="",
        started_at=at("2020-06-01"),
    )
    gap = {"kind": "gap", "name": "assigned_on", "sheet": "", "row": 2, "column": "交办日期", "sentence": ""}
    refused = {"kind": "refused", "name": "date", "sheet": "", "row": 2, "column": "答复日期", "sentence": ""}
    ImportRow.objects.create(
        ledger_import=brought,
        sheet="1",
        row=2,
        cells={},
        outcome="created",
        proposal=item,
        problems=[gap, gap, refused],
        unattributed={"答复文号": "教函8号"},
    )
    found = on(city, "2020-12-31")
    assert numbers(found, "gap.assigned_on", "gap.unattributed") == [(1, 1, "100.0"), (1, 1, "100.0")]
    assert "gap.date" not in found
    assert list(rows_of(city.plenary, "gap.assigned_on", date(2020, 12, 31))) == [item]


def test_the_other_assembly_and_the_other_city_are_left_out(city):
    intake.handed_over(city, plenary=city.congress, title="关于公交的建议")
    assert on(city, "2020-12-31")["received.total"].count == 0
    assert on(city, "2020-12-31", city.congress)["received.total"].count == 1


def test_a_year_holds_all_its_plenaries_of_an_assembly(city):
    intake.handed_over(city)
    scope = scope_of_year(city.here, "cppcc", 2020, date(2020, 12, 31))
    assert {figure.code: figure.count for figure in figures_in(scope)}["received.total"] == 1
    with pytest.raises(LookupError, match="2019年没有录入届次"):
        scope_of_year(city.here, "cppcc", 2019)


def test_decimals_are_as_asked(city):
    for title in ("一", "二", "三"):
        intake.handed_over(city, title=title)
    intake.classified(city, title="四")
    shares = [
        {figure.code: figure.percent for figure in figures_of(city.plenary, date(2020, 12, 31), decimals)}
        for decimals in (0, 1, 2)
    ]
    assert [found["class.category.科教文卫体"] for found in shares] == ["25", "25.0", "25.00"]


def test_an_item_in_two_taxonomies_counts_in_both(city):
    item = intake.classified(city)
    intake_steps.classify(
        item, actor=city.lin_lan, at=at("2020-02-01"), taxonomy="topic", item_class="学前教育"
    )
    found = on(city, "2020-12-31")
    assert found["class.category.科教文卫体"].count == found["class.topic.学前教育"].count == 1


@pytest.mark.parametrize("step", [promise_steps.set_date, promise_steps.move_date])
def test_a_promise_from_paper_had_no_date_until_it_was_given_one(city, step):
    reply = answering.issued(city)
    entering = city.lin_lan.standing_in_for(city.education)
    with work(history=True):
        promise = promise_steps.make(
            reply.assignment, actor=entering, at=at("2020-05-20"), what="改造操场"
        ).subject
    given = {} if step is promise_steps.set_date else {"reason": "与单位商定"}
    step(promise, actor=city.zhou_ning, at=at("2020-10-10"), due_on=date(2020, 9, 30), **given)
    overdue, judged = (
        [figure_of(city.plenary, code, date(2020, 10, day)) for day in (9, 10)]
        for code in ("promise.overdue", "promise.first_date")
    )
    assert [(figure.count, figure.of) for figure in overdue] == [(0, 2), (1, 2)]
    assert [figure.of for figure in judged] == ([0, 1] if step is promise_steps.set_date else [0, 0])
