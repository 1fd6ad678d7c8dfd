"""定期调度: the next round comes by itself on a working day, once, for what is still open; who stays silent is counted."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from huiyin.clock.alerts import TURNS
from huiyin.clock.holidays import calendar_today
from huiyin.clock.now import at as clock_at
from huiyin.handling import steps as handling_steps
from huiyin.journal.models import Event
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.people.actor import Actor
from huiyin.supervision import steps
from huiyin.supervision.asking import asked_about
from huiyin.supervision.models import DispatchRound, DispatchSeries
from huiyin.supervision.series import silent_running, table_of
from huiyin.supervision.steps.series import open_what_is_due
from huiyin.supervision.words import Sent
from tests.stories import answering, evaluating, handling, supervising
from tests.stories.moments import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    with clock_at(at("2020-04-01")) as held:
        yield lambda text: held.move(at(text))


def begun(city, **given):
    return supervising.asked_again_and_again(city, when=None, **given)


def opened(series):
    return [
        (found.opened_at.date().isoformat(), found.due_on.isoformat())
        for found in series.rounds.order_by("period")
    ]


def every_day(day, first, last):
    """The clock turns once a day, rest days too."""
    for ordinal in range(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1):
        day(date.fromordinal(ordinal).isoformat())
        open_what_is_due()


def test_the_clock_opens_each_round_once_and_never_on_a_rest_day(city, day):
    """1 May to 5 May 2020 was a holiday, 1 October to 8 October too; 1 August and 1 November were at a weekend."""
    handling.signed(city)
    series = begun(city)
    assert open_what_is_due in TURNS
    every_day(day, "2020-04-01", "2021-01-10")
    assert opened(series) == [
        ("2020-04-01", "2020-04-08"),
        ("2020-05-06", "2020-05-13"),
        ("2020-06-01", "2020-06-08"),
        ("2020-07-01", "2020-07-08"),
        ("2020-08-03", "2020-08-10"),
        ("2020-09-01", "2020-09-08"),
        ("2020-10-09", "2020-10-16"),
        ("2020-11-02", "2020-11-09"),
        ("2020-12-01", "2020-12-08"),
    ]
    calendar = calendar_today()
    for found in series.rounds.all():
        assert calendar.is_workday(found.opened_at.date())
        assert calendar.is_workday(found.due_on)
    last = Event.objects.filter(code="dispatch.open_next").order_by("id").last()
    assert last.actor is None
    assert set(last.deliveries.values_list("receiver", flat=True)) >= {city.chen_jing.person.pk}
    assert str(series.rounds.get(pk=last.subject_id)) == "提案办理进度调度（第9次）"


def test_every_week_and_begun_on_a_rest_day_it_starts_on_the_next_working_day(city, day):
    handling.signed(city)
    day("2020-04-04")  # 清明
    series = begun(city, every="week", until=date(2020, 4, 24))
    assert opened(series) == []
    every_day(day, "2020-04-05", "2020-04-30")
    assert [found for found, _ in opened(series)] == ["2020-04-07", "2020-04-14", "2020-04-21"]


def test_a_clock_that_stood_still_makes_up_for_one_round_not_for_all(city, day):
    handling.signed(city)
    series = begun(city)
    day("2020-08-20")
    for _ in range(3):
        open_what_is_due()
    assert list(series.rounds.order_by("period").values_list("period", flat=True)) == [
        date(2020, 4, 1),
        date(2020, 8, 1),
    ]


def test_killed_or_run_twice_a_period_has_one_round(city, day):
    handling.signed(city)
    series = begun(city)
    day("2020-05-06")
    system = Actor.system(city.here)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        steps.series.open_next(series, actor=system)
        raise KeyboardInterrupt
    assert series.rounds.count() == 1
    open_what_is_due()
    assert series.rounds.count() == 2
    with pytest.raises(AlreadyDone, match="已经发出"):
        steps.series.open_next(series, actor=system)
    known = series.rounds.order_by("period").last()
    with pytest.raises(IntegrityError), transaction.atomic():
        DispatchRound.objects.create(
            jurisdiction=city.here,
            plenary=city.plenary,
            title="再来一次",
            asks="再问",
            due_on=known.due_on,
            opened_at=at("2020-05-06"),
            series=series,
            period=known.period,
        )


def test_only_what_is_still_open_is_asked_again(city, day):
    """An item that is answered, evaluated and closed with nothing promised is left alone; the other one is asked."""
    done = answering.issued(city, title="关于办成的提案", mark="A")
    handling.signed(city, handling.assigned(city, title="关于在办的提案", lead=city.land))
    day("2020-04-15")
    series = begun(city)
    assert {sheet.unit for sheet in series.rounds.get().sheets.all()} == {city.education, city.land}
    evaluating.evaluated(city, done, when="2020-04-20")
    closed = handling_steps.close_answer(done.proposal, actor=city.lin_lan, at=at("2020-04-21")).subject
    closed.refresh_from_db()
    assert (closed.answer_stage, closed.fulfilment_stage) == ("answer_closed", "done_at_reply")
    day("2020-05-15")
    open_what_is_due()
    last = series.rounds.order_by("period").last()
    assert {sheet.unit for sheet in last.sheets.all()} == {city.land}
    assert closed.pk in {
        item for _, item, _ in asked_about(city.plenary)
    }  # a single round may still ask about it


def test_it_is_ended_with_a_reason_by_the_office_alone(city, day):
    handling.signed(city)
    series = begun(city)
    with pytest.raises(Refused, match="市政府办公室"):
        steps.series.end_series(series, actor=city.chen_jing, reason="不用了")
    with pytest.raises(Refused, match="请填写“原因”"):
        steps.series.end_series(series, actor=city.lin_lan, reason=" ")
    steps.series.end_series(series, actor=city.lin_lan, reason="全部办结")
    with pytest.raises(AlreadyDone, match="已经停止"):
        steps.series.end_series(series, actor=city.lin_lan, reason="再停一次")
    day("2020-05-06")
    open_what_is_due()
    assert series.rounds.count() == 1
    assert DispatchSeries.objects.get().reason == "全部办结"


def test_it_has_to_come_more_than_once_and_leave_time(city, day):
    handling.signed(city)
    with pytest.raises(Refused, match="只有一次"):
        begun(city, until=date(2020, 4, 30))
    with pytest.raises(Refused, match="至少给1天"):
        begun(city, days=0)
    for other in (city.chen_jing, city.mayor_wang, city.stranger):
        with pytest.raises(Refused, match="市政府办公室"):
            steps.series.begin_series(city.plenary, actor=other, title="调度", asks="进度")


def test_rounds_beside_each_other_say_who_is_silent_how_often_in_a_row(city, day):
    for title, lead in (("关于甲的提案", city.education), ("关于乙的提案", city.land)):
        handling.signed(city, handling.assigned(city, title=title, lead=lead))
    series = begun(city)
    for when, silent in (("2020-04-02", False), ("2020-05-06", True), ("2020-06-01", True)):
        day(when)
        open_what_is_due()
        found = series.rounds.order_by("period").last()
        supervising.answered(city, supervising.sheet_of(found, city.education), "4月20日开工", when=when)
        if not silent:
            supervising.answered(
                city, supervising.sheet_of(found, city.land), "4月20日招标", when="2020-04-10"
            )
    rounds = list(series.rounds.order_by("period"))
    on_time, late, missing, waiting = Sent.ON_TIME, Sent.LATE, Sent.SILENT, Sent.WAITING
    assert table_of(rounds, date(2020, 6, 2)) == [
        (city.land, [late, missing, waiting], 1),
        (city.education, [on_time] * 3, 0),
    ]
    assert table_of(rounds, date(2020, 6, 9))[0] == (city.land, [late, missing, missing], 2)


@pytest.mark.parametrize(
    ("sent", "count"),
    [
        ([], 0),
        ([Sent.SILENT, Sent.SILENT], 2),
        ([Sent.SILENT, Sent.LATE, Sent.SILENT], 1),
        ([Sent.SILENT, None, Sent.SILENT, Sent.WAITING], 2),
        ([Sent.SILENT, Sent.ON_TIME], 0),
    ],
)
def test_a_round_in_which_it_was_not_asked_breaks_no_row(sent, count):
    assert silent_running(sent) == count
