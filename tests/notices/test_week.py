"""一周要情: own items, what moved, what is late, by mail and on its page."""

from datetime import date

import pytest

from huiyin.clock.alerts import run_once
from huiyin.clock.now import at, moment
from huiyin.notices.models import Message
from huiyin.notices.week import week_of
from huiyin.notices.words import Outcome, Sort, Way
from huiyin.people.actor import Actor
from huiyin.supervision.steps import assign_leader
from tests.notices.conftest import Site
from tests.notices.receivers import Receivers
from tests.notices.told import reached_by
from tests.people import City
from tests.stories import handling
from tests.stories.moments import at as moment_of

MONDAY = date(2020, 4, 13)
SUNDAY = date(2020, 4, 12)


@pytest.fixture
def led(city: City) -> Actor:
    """The mayor leads one item that moved last week and is late, one where nothing happened, and not a third."""
    with at(date(2020, 3, 24)):
        moved, still, third = (
            handling.assigned(city, title=f"关于{topic}的提案", when=when)
            for topic, when in (
                ("口袋公园", "2020-01-10"),
                ("停车泊位", "2020-03-20"),
                ("充电桩", "2020-03-20"),
            )
        )
        for share in (moved, still):
            assign_leader(
                share.proposal,
                actor=city.lin_lan,
                at=moment_of("2020-03-24"),
                leader=city.mayor_wang.post,
                kind="lead",
            )
    with at(date(2020, 4, 8)):
        for share in (moved, third):
            handling.signed(city, share, when="2020-04-08")
    return city.mayor_wang


def titles(items: list[object]) -> set[str]:
    return {item.title for item in items}


def test_a_leader_reads_of_the_own_items_what_moved_and_what_is_late(city: City, led: Actor) -> None:
    with at(moment(MONDAY, 9)):
        week = week_of(led, SUNDAY)
    assert week is not None
    assert titles(week.items) == {"关于口袋公园的提案", "关于停车泊位的提案"}
    assert titles([item for item, _ in week.moved]) == {"关于口袋公园的提案"}
    late = {(deadline.proposal.title, deadline.name, how) for deadline, how in week.late}
    assert ("关于口袋公园的提案", "reply", "已超期3天") in late
    assert "您关心的2件中，1件有进展" in week.in_short


def test_a_units_leader_reads_of_what_the_unit_has_in_hand(city: City, led: Actor) -> None:
    with at(moment(MONDAY, 9)):
        week = week_of(city.gao_yuan, SUNDAY)
        assert week is not None
        assert len(week.items) == 3
        assert all(deadline.assignment.unit == city.education for deadline, _ in week.late)
        assert week_of(city.lin_lan, SUNDAY) is None


def test_it_goes_out_once_a_week_on_the_first_workday(
    city: City, led: Actor, site: Site, receivers: Receivers
) -> None:
    reached_by(led, Way.MAIL, Way.DINGTALK, weekly=True)
    reached_by(city.gao_yuan, Way.MAIL, key="gaoyuan@example.gov.cn")
    for day, hour in ((12, 12), (13, 8), (13, 9), (13, 17), (14, 9), (17, 9)):
        with at(moment(date(2020, 4, day), hour)):
            run_once()
    mails = receivers.of("mail")
    assert [mail.to for mail in mails] == ["chenjing@example.gov.cn"]
    assert "关于口袋公园的提案" in mails[0].text
    assert "已超期3天" in mails[0].text
    assert "https://huiyin.example.gov.cn/notices/week/" in mails[0].text
    [robot] = receivers.of("dingtalk")
    assert "1件有进展" in robot.text
    assert "口袋公园" not in robot.text
    with at(moment(date(2020, 4, 20), 9)):
        run_once()
    assert len(receivers.of("mail")) == 2


def test_after_a_holiday_the_week_begins_with_its_first_workday(
    city: City, led: Actor, site: Site, receivers: Receivers
) -> None:
    """Monday to Tuesday of the first week of May 2020 were days off."""
    reached_by(led, Way.MAIL, weekly=True)
    for day in (4, 5, 6, 7):
        with at(moment(date(2020, 5, day), 10)):
            run_once()
    [message] = Message.objects.filter(sort=Sort.WEEKLY)
    assert message.day == date(2020, 5, 4)
    assert message.sent_at == moment(date(2020, 5, 6), 10)


def test_who_leads_no_more_gets_none(city: City, led: Actor, site: Site, receivers: Receivers) -> None:
    reached_by(city.lin_lan, Way.MAIL, weekly=True)
    with at(moment(MONDAY, 9)):
        run_once()
    assert receivers.taken == []
    assert Message.objects.get().outcome == Outcome.MOOT
