"""Reminders: each once, by whichever process comes first, and none for what is past, met or paused."""

from datetime import date

import pytest

from huiyin.clock.alerts import run_clock, run_once, send_alerts
from huiyin.clock.hear import mismatches
from huiyin.clock.models import Deadline
from huiyin.clock.now import at, moment
from huiyin.clock.steps import remind
from huiyin.journal.models import Delivery, Event
from huiyin.journal.step import Refused
from huiyin.people.actor import Actor
from huiyin.rulepacks.schema import Alert
from huiyin.supervision.models import Leadership
from huiyin.words import Role
from tests.clock.told import deadline, laid_out, share, tell
from tests.packs_for_tests import pack_version
from tests.people import actor

ALERTS = (Alert(-7), Alert(0), Alert(7))


@pytest.fixture
def item(city):
    """An item whose pack reminds of the reply seven days before, on the day and seven days after."""
    pack_version(alerts=ALERTS)
    return laid_out(city)


@pytest.fixture
def lead(city, item):
    """市教育局 assigned on 24 February 2020: due on 25 May, first alert on 18 May."""
    made = share(item, city.education, handler=city.zhou_ning.post)
    tell("assignment.assign", "2020-02-24", made)
    return made


def reminders() -> list[Event]:
    return list(Event.objects.filter(code="clock.alert"))


def test_a_reminder_is_recorded_when_its_moment_has_come_and_only_once(lead, item):
    with at(moment(date(2020, 5, 18), 8, 59)):
        assert run_once() == 0
    with at(moment(date(2020, 5, 18), 9)):
        assert run_once() == 1
        assert run_once() == 0
    [told] = reminders()
    assert told.facts == {
        "name": "reply", "round": 1, "evaluation": None, "promise": None, "due_on": "2020-05-25", "days": 7,
    }  # fmt: skip
    assert (told.proposal, told.assignment, told.actor) == (item, lead, None)
    assert deadline(lead, "reply").next_alert_at == moment(date(2020, 5, 25))
    assert mismatches(item) == []


def test_every_alert_comes_on_its_day(lead):
    days = [date(2020, 5, 18), date(2020, 5, 25), date(2020, 6, 1)]
    for day in days:
        with at(moment(day, 10)):
            assert run_clock(once=True) == 1
    with at(date(2020, 9, 1)):
        assert run_once() == 0
    assert [told.facts["days"] for told in reminders()] == [7, 0, -7]
    assert deadline(lead, "reply").next_alert_at is None


def test_a_clock_that_stood_still_sends_one_reminder_not_all(lead):
    with at(date(2020, 6, 15)):
        assert run_once() == 1
        assert run_once() == 0


def test_nobody_is_reminded_of_what_is_met_paused_or_ended(city, item, lead):
    tell("assignment.pause", "2020-03-16", lead)
    with at(date(2020, 5, 18)):
        assert run_once() == 0
    tell("assignment.resume", "2020-03-16", lead)
    tell("reply.issue", "2020-04-01", lead)
    with at(date(2020, 5, 18)):
        assert run_once() == 0


def test_nobody_is_reminded_of_moments_past_when_history_is_entered(city, item):
    made = share(item, city.education)
    tell("assignment.assign", "2020-02-24", made, recorded="2020-12-01")
    with at(date(2020, 12, 1)):
        assert run_once() == 0


def test_the_later_it_gets_the_higher_it_goes(city):
    """The handler's own chief on the day, the unit's leader after three, the office after seven, the leader of the
    item after thirty; another section's chief and another item's leader never."""
    pack_version(alerts=(Alert(-7), Alert(0), Alert(3), Alert(7), Alert(30)))
    item = laid_out(city)
    tell("assignment.assign", "2020-02-24", share(item, city.education, handler=city.zhou_ning.post))
    actor("郑科长", Role.HANDLER, city.here, city.education, division="基础教育科", is_chief=True)
    actor("冯科长", Role.HANDLER, city.here, city.education, division="职业教育科", is_chief=True)
    actor("李市长", Role.GOVERNMENT_LEADER, city.here)
    Leadership.objects.create(
        proposal=item,
        leader=city.mayor_wang.post,
        kind="lead",
        since=moment(date(2020, 3, 2)),
    )
    nearest = {"周宁", "陈静"}
    for day, more in (
        (date(2020, 5, 18), set()),
        (date(2020, 5, 25), {"郑科长"}),
        (date(2020, 5, 28), {"郑科长", "高远"}),
        (date(2020, 6, 1), {"郑科长", "高远", "林岚"}),
        (date(2020, 6, 24), {"郑科长", "高远", "林岚", "王市长"}),
    ):
        Delivery.objects.all().delete()
        with at(day):
            assert run_once() == 1
        assert set(Delivery.objects.values_list("receiver__name", flat=True)) == nearest | more


def test_a_second_process_finds_nothing_left(city, lead, monkeypatch):
    """Both have read the same row before either has taken it."""
    with at(date(2020, 5, 18)):
        row = deadline(lead, "reply")
        remind(row, actor=Actor.system(city.here))
        with pytest.raises(Refused, match="没有要发的提醒"):
            remind(row, actor=Actor.system(city.here))
        assert send_alerts() == 0
    assert len(reminders()) == 1


def test_a_kill_in_the_middle_leaves_the_alert_due(city, lead, monkeypatch):
    class Killed(BaseException):
        pass

    def kill(*rows, **more):
        raise Killed

    with at(date(2020, 5, 18)):
        with monkeypatch.context() as patch:
            patch.setattr(Deadline, "save", kill)
            with pytest.raises(Killed):
                run_once()
        assert reminders() == []
        assert run_once() == 1
    assert len(reminders()) == 1


def test_only_the_system_reminds(city, lead):
    with at(date(2020, 5, 18)), pytest.raises(Refused):
        remind(deadline(lead, "reply"), actor=city.lin_lan)
