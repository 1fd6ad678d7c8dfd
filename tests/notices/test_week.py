"""一周要情: own items, what moved, what is late, by mail and on its page."""

from datetime import date

import pytest

from huiyin.clock.alerts import run_once
from huiyin.clock.models import Deadline
from huiyin.clock.now import at, moment
from huiyin.handling.models import Assignment
from huiyin.notices.models import Message
from huiyin.notices.week import week_of
from huiyin.notices.words import Outcome, Sort, Way
from huiyin.people.actor import Actor
from huiyin.promises import steps as promises
from huiyin.proposals.steps import wish_confidential
from huiyin.supervision.steps import assign_leader, urge
from tests.notices.conftest import Site
from tests.notices.receivers import Receivers
from tests.notices.told import reached_by
from tests.people import City
from tests.stories import answering, handling
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
    assert ("关于口袋公园的提案", "reply", "已超期2天") in late
    assert "您关心的2件中，1件有进展；到4月12日，" in week.in_short


def test_a_units_leader_reads_of_what_the_unit_has_in_hand(city: City, led: Actor) -> None:
    with at(moment(MONDAY, 9)):
        week = week_of(city.gao_yuan, SUNDAY)
        assert week is not None
        assert len(week.items) == 3
        assert all(deadline.assignment.unit == city.education for deadline, _ in week.late)
        assert week_of(city.lin_lan, SUNDAY) is None


def late_of(actor: Actor, ends: date) -> set[tuple[str, str]]:
    week = week_of(actor, ends)
    assert week is not None
    return {(deadline.proposal.title, how) for deadline, how in week.late if deadline.name == "reply"}


def test_a_week_that_is_over_stays_as_it_was(city: City, led: Actor) -> None:
    """Answered on Monday it was late on Sunday all the same, and on time the Sunday before."""
    share = Assignment.objects.get(proposal__title="关于口袋公园的提案")
    with at(moment(MONDAY, 9)):
        handling.contacted(city, handling.planned(city, share, when="2020-04-13"), when="2020-04-13")
        reply = answering.drafted(city, share, when="2020-04-13")
        answering.issued(city, reply=answering.signed_off(city, reply, when="2020-04-13"), when="2020-04-13")
        assert not Deadline.objects.overdue(MONDAY).filter(assignment=share, name="reply").exists()
        assert late_of(led, SUNDAY) == {("关于口袋公园的提案", "已超期2天")}
        assert late_of(led, date(2020, 4, 5)) == late_of(led, MONDAY) == set()


def test_what_happens_on_monday_is_told_the_week_after(city: City, led: Actor) -> None:
    share = Assignment.objects.get(proposal__title="关于口袋公园的提案")
    with at(moment(MONDAY, 9)):
        handling.contacted(city, handling.planned(city, share, when="2020-04-13"), when="2020-04-13")
        week, next_week = week_of(led, SUNDAY), week_of(led, date(2020, 4, 19))
    assert week is not None
    assert next_week is not None
    assert [event.code for _, events in week.moved for event in events] == ["assignment.sign"]
    assert next_week.moved[0][1][0].code == "contact.log"


def test_the_date_that_held_tells_whether_a_promise_was_late(city: City) -> None:
    promise = answering.promise_in_force(city, title="关于改造老旧校舍的提案")
    monday, sunday = date(2022, 1, 10), date(2022, 1, 9)
    with at(moment(monday, 9)):
        promises.move_date(
            promise, actor=city.zhou_ning, at=moment(monday, 8), due_on=date(2022, 6, 30), reason="缓建"
        )
        then, now = week_of(city.gao_yuan, sunday), week_of(city.gao_yuan, monday)
    assert then is not None
    assert now is not None
    assert [(one.pk, one.held_on) for one in then.promises] == [(promise.pk, date(2021, 12, 31))]
    assert now.promises == []


def test_of_a_discreet_item_a_mail_says_the_step_alone(
    city: City, led: Actor, site: Site, receivers: Receivers
) -> None:
    reached_by(led, Way.MAIL, weekly=True)
    share = Assignment.objects.get(proposal__title="关于口袋公园的提案")
    with at(date(2020, 4, 9)):
        wish_confidential(share.proposal, actor=city.staff, wish=True)
        urge(share, actor=city.lin_lan, way="phone", text="请把张某反映的事办好。")
    with at(moment(MONDAY, 9)):
        run_once()
    [mail] = receivers.of("mail")
    assert f"{share.proposal.numbered}：催办（市政府办公室）\n" in mail.text
    assert "口袋公园" not in mail.text
    assert "张某" not in mail.text


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
    assert "已超期2天" in mails[0].text
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
