"""Reports on promises fall due by themselves, period after period, until the promise is settled; silence shows."""

from datetime import date

import pytest

from huiyin.clock.alerts import run_once
from huiyin.clock.hear import mismatches
from huiyin.clock.models import Deadline
from huiyin.clock.now import at as clock_at
from huiyin.journal.step import Refused
from huiyin.people.steps import correct
from huiyin.promises import steps
from huiyin.rulepacks.schema import Length
from huiyin.words import DeadlineName
from tests.packs_for_tests import pack_version, yearly_report
from tests.stories import answering
from tests.stories.moments import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(city):
    pack_version(more_rules=(yearly_report(),))
    made = answering.promise_in_force(city)
    yield made
    assert mismatches(made.proposal) == []


def reports(promise):
    return Deadline.objects.named(DeadlineName.PROMISE_REPORT).filter(promise=promise).order_by("round")


def owed(promise):
    return [deadline.due_on for deadline in reports(promise).open()]


def reported(city, promise, when, share=30, text="完成设计"):
    return steps.report(promise, actor=city.zhou_ning, at=at(when), share_done=share, text=text).subject


def test_the_first_is_owed_from_the_day_the_promise_holds(city, promise):
    assert owed(promise) == [date(2020, 12, 31)]
    assert reports(promise).get().unit == city.education


def test_a_draft_and_a_pack_without_the_rule_owe_none(city):
    answering.promised(city, answering.at_work(city))
    assert not Deadline.objects.named(DeadlineName.PROMISE_REPORT).exists()
    pack_version(more_rules=(yearly_report(),))
    answering.promised(city, answering.at_work(city, title="关于校车的提案"))
    assert not Deadline.objects.named(DeadlineName.PROMISE_REPORT).exists()


def test_a_report_meets_it_and_the_next_one_falls_due(city, promise):
    reported(city, promise, "2020-12-10", share=40)
    first, second = reports(promise)
    assert first.met_at == at("2020-12-10")
    assert (second.due_on, second.round, second.is_open) == (date(2021, 12, 31), 2, True)
    made = promise.reports.get()
    assert (made.share_done, made.due_on, str(made)) == (40, date(2020, 12, 31), "完成40%：完成设计")


def test_five_reports_in_one_period_are_one(city, promise):
    """A unit that reports five times at once has not reported for five years."""
    for day in ("2020-12-01", "2020-12-02", "2020-12-03"):
        reported(city, promise, day)
    assert owed(promise) == [date(2021, 12, 31)]
    assert promise.reports.count() == 3


def test_a_late_report_meets_one_period_and_the_next_goes_on_from_there(city, promise):
    reported(city, promise, "2021-02-10")
    first, second = reports(promise)
    assert first.met_at == at("2021-02-10")
    assert list(reports(promise).met_late()) == [first]
    assert second.due_on == date(2021, 12, 31)


def test_with_a_period_in_months_it_comes_every_so_many_months(city):
    pack_version(more_rules=(yearly_report(Length(6, "months")),))
    promise = answering.promise_in_force(city)
    assert owed(promise) == [date(2020, 10, 10)]
    reported(city, promise, "2020-09-20")
    assert owed(promise) == [date(2021, 4, 12)]
    assert mismatches(promise.proposal) == []


@pytest.mark.parametrize("end", ["kept", "dropped"])
def test_none_is_owed_once_it_is_settled(city, promise, end):
    if end == "kept":
        answering.kept(city, promise)
    else:
        told = {"told_how": "电话", "told_on": date(2020, 6, 1)}
        steps.drop(promise, actor=city.gao_yuan, at=at("2020-06-02"), reason="规划调整", **told)
    assert owed(promise) == []
    assert reports(promise).last().cancelled_at is not None


def test_it_is_skipped_with_a_reason_and_not_twice_running(city, promise):
    with pytest.raises(Refused, match="请填写“本期没有进展可报的原因”"):
        steps.skip_report(promise, actor=city.zhou_ning, text=" ")
    steps.skip_report(promise, actor=city.zhou_ning, at=at("2020-12-20"), text="等省里批复")
    assert owed(promise) == [date(2021, 12, 31)]
    with pytest.raises(Refused, match="上一期已经说明没有进展可报，这一期请报告进展"):
        steps.skip_report(promise, actor=city.zhou_ning, at=at("2021-12-20"), text="还在等")
    reported(city, promise, "2021-12-21")
    steps.skip_report(promise, actor=city.zhou_ning, at=at("2022-12-20"), text="验收中")
    assert [row.skipped for row in promise.reports.all()] == [True, False, True]


def test_where_none_is_owed_there_is_nothing_to_skip(city):
    promise = answering.promise_in_force(city)
    with pytest.raises(Refused, match="现在没有要报告的进展"):
        steps.skip_report(promise, actor=city.zhou_ning, text="没有进展")


@pytest.mark.parametrize("share", [101, 1000])
def test_a_share_is_one_of_a_hundred(city, promise, share):
    with pytest.raises(Refused, match="0到100之间"):
        reported(city, promise, "2020-12-10", share=share)


@pytest.fixture
def on_its_day(city):
    """Undertaken, and recorded, on the day itself: reminders are for what lies ahead of that."""
    pack_version(more_rules=(yearly_report(),))
    with clock_at(at(answering.ISSUED)) as held:
        yield answering.promise_in_force(city), held


def test_who_owes_it_is_reminded_and_from_the_day_on_the_leaders_and_the_office(city, on_its_day):
    promise, held = on_its_day
    held.move(at("2020-12-01"))
    run_once()
    (early,) = promise.proposal.events.filter(code="clock.alert")
    held.move(at("2020-12-31"))
    run_once()
    late = promise.proposal.events.filter(code="clock.alert").last()
    told = [set(event.deliveries.values_list("receiver", flat=True)) for event in (early, late)]
    assert city.chen_jing.person.pk in told[0]
    assert not {city.gao_yuan.person.pk, city.lin_lan.person.pk} & told[0]
    assert {city.chen_jing.person.pk, city.gao_yuan.person.pk, city.lin_lan.person.pk} <= told[1]
    assert early.target_unit == city.education


def test_the_unit_that_has_taken_it_over_owes_it(city, on_its_day):
    promise, held = on_its_day
    steps.take_over(promise, actor=city.lin_lan, at=at("2020-11-01"), unit=city.land, reason="职责划转")
    held.move(at("2020-12-31"))
    run_once()
    alert = promise.proposal.events.filter(code="clock.alert").last()
    told = set(alert.deliveries.values_list("receiver", flat=True))
    assert city.he_shan.person.pk in told
    assert city.chen_jing.person.pk not in told


def test_a_corrected_report_moves_what_follows_from_it(city, promise):
    event = steps.report(promise, actor=city.zhou_ning, at=at("2020-12-10"), share_done=30, text="完成设计")
    correct(event, actor=city.lin_lan, to=at("2021-01-06"), reason="日期写错")
    first, second = reports(promise)
    assert (first.met_at, second.starts_on) == (at("2021-01-06"), date(2021, 1, 7))
    assert promise.reports.get().reported_at == at("2021-01-06")
