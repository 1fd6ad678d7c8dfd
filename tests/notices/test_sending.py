"""What goes out, to whom, when and how often; with a mail server and providers that check their signatures."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction

from huiyin.clock.alerts import run_once
from huiyin.clock.hours import is_open, next_open
from huiyin.clock.now import at, moment
from huiyin.clock.workdays import shipped_calendars
from huiyin.journal.models import Delivery
from huiyin.notices.models import Address, Message, stop
from huiyin.notices.sending import turn
from huiyin.notices.sending.turn import BACK_OFF, send_due
from huiyin.notices.words import Outcome, Way
from huiyin.people.directory import end_post
from huiyin.supervision.steps import urge
from tests.clock.told import tell
from tests.notices.conftest import Site
from tests.notices.receivers import Receivers
from tests.notices.told import DUE, FIRST, due_items, reached_by
from tests.people import City
from tests.stories import handling

NINE = moment(FIRST, 9)
CALENDAR = shipped_calendars().in_full()


def turn_at(when: datetime) -> None:
    with at(when):
        run_once()


def test_one_message_a_person_and_day_with_everything_that_came_up(
    city: City, site: Site, receivers: Receivers
) -> None:
    due_items(city, "12", "13")
    reached_by(city.chen_jing, Way.MAIL)
    turn_at(NINE - timedelta(minutes=1))
    assert receivers.taken == []
    turn_at(NINE)
    turn_at(NINE + timedelta(hours=1))
    [mail] = receivers.taken
    assert mail.to == "chenjing@example.gov.cn"
    assert mail.text.count("· ") == 2
    assert "发出时间：2020年5月18日 09:00" in mail.text
    assert "第12号《关于第12件事的提案》：答复（市教育局），期限2020年5月25日，还有7天" in mail.text
    assert mail.raw["Subject"] == "回音：2件到期提醒（5月18日）"
    assert mail.raw["From"] == "回音 <huiyin@example.gov.cn>"
    assert "https://huiyin.example.gov.cn/notices/" in mail.text
    assert Message.objects.get().outcome == Outcome.SENT


@pytest.mark.parametrize("gateway", ["aliyun", "tencent", "generic"])
def test_a_short_message_tells_how_many_and_nothing_else(
    city: City, site: Site, receivers: Receivers, gateway: str
) -> None:
    site.uses(gateway)
    due_items(city, "12", "13")
    reached_by(city.chen_jing, Way.SMS)
    turn_at(NINE)
    [sms] = receivers.of(gateway)
    assert sms.to.removeprefix("+86") == "13800000001"
    assert sms.key == Message.objects.get().key
    assert "2" in sms.text
    assert "件事的提案" not in str(sms.raw)


@pytest.mark.parametrize(
    ("gateway", "said"),
    [("generic", "您有1条新通知，请登录回音查看。"), ("tencent", '["0", "0"]'), ("aliyun", '"open": "0"')],
)
def test_news_alone_are_nothing_to_be_done(
    city: City, site: Site, receivers: Receivers, gateway: str, said: str
) -> None:
    site.uses(gateway)
    share = handling.assigned(city)
    reached_by(city.chen_jing, Way.SMS, news_too=True)
    with at(moment(FIRST, 8)):
        urge(share, actor=city.lin_lan, at=moment(FIRST, 8), way="phone", text="请尽快办理。")
    turn_at(NINE)
    [sms] = receivers.of(gateway)
    assert said in sms.text


def test_the_robots_of_groups_are_told_numbers_and_no_titles(
    city: City, site: Site, receivers: Receivers
) -> None:
    due_items(city, "12")
    reached_by(city.chen_jing, Way.WECOM, Way.DINGTALK)
    turn_at(NINE)
    assert {one.provider for one in receivers.taken} == {"wecom", "dingtalk"}
    for one in receivers.taken:
        assert "第12号：答复（市教育局）" in one.text
        assert "件事的提案" not in one.text


@pytest.mark.parametrize("channel", [Way.SMS, Way.DINGTALK, Way.WECOM])
def test_what_is_signed_with_a_wrong_key_is_refused_and_listed_as_dead(
    city: City, site: Site, receivers: Receivers, channel: Way
) -> None:
    due_items(city, "12")
    site.write(site.file.read_text(encoding="utf-8").replace("aliyun-secret-example", "another"))
    reached_by(city.chen_jing, channel)
    Address.objects.update(secret="SEC" + "e" * 61)
    Address.objects.filter(channel=Way.WECOM).update(key="another-key-of-a-robot")
    turn_at(NINE)
    assert receivers.taken == []
    dead = Message.objects.get()
    assert (dead.outcome, dead.tries) == (Outcome.DEAD, 1)
    assert "对方没有接收" in dead.failure


def test_nothing_goes_out_at_night_or_on_rest_days(city: City, site: Site, receivers: Receivers) -> None:
    """The alert of a Friday comes while the mail is down; the weekend is left in peace."""
    due_items(city, "12")
    reached_by(city.chen_jing, Way.MAIL)
    receivers.answers["mail"] = ["451 later"] * 2
    turn_at(moment(FIRST, 17, 55))
    assert Message.objects.get().next_try_at == moment(FIRST, 17, 56)
    turn_at(moment(FIRST, 17, 57))
    assert Message.objects.get().next_try_at == moment(date(2020, 5, 19), 9)
    turn_at(moment(FIRST, 23))
    assert receivers.taken == []
    turn_at(moment(date(2020, 5, 19), 9))
    assert len(receivers.taken) == 1


@pytest.mark.parametrize(
    ("when", "then"),
    [
        (moment(date(2020, 4, 30), 8, 59), moment(date(2020, 4, 30), 9)),
        (moment(date(2020, 4, 30), 9), None),
        (moment(date(2020, 4, 30), 17, 59), None),
        (moment(date(2020, 4, 30), 18), moment(date(2020, 5, 6), 9)),  # five days of 劳动节
        (moment(date(2020, 4, 25), 12), moment(date(2020, 4, 26), 9)),  # a Sunday that is worked
        (moment(date(2020, 4, 26), 12), None),
    ],
)
def test_office_hours_follow_the_notices_of_holidays(when: datetime, then: datetime | None) -> None:
    assert is_open(when, CALENDAR) == (then is None)
    assert next_open(when, CALENDAR) == (then or when)


def test_what_is_done_before_the_message_goes_is_not_reminded_of(
    city: City, site: Site, receivers: Receivers
) -> None:
    done, left = due_items(city, "12", "13")
    reached_by(city.chen_jing, Way.MAIL)
    receivers.answers["mail"] = ["451 later"]
    turn_at(NINE)
    tell("reply.issue", "2020-05-18", done.assignments.get())
    turn_at(NINE + BACK_OFF[0])
    [mail] = receivers.taken
    assert "第13号" in mail.text
    assert "第12号" not in mail.text
    tell("reply.issue", "2020-05-19", left.assignments.get())
    turn_at(moment(DUE, 9))
    assert len(receivers.taken) == 1


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("assignment.pause", {}),
        ("assignment.cancel", {}),
        ("assignment.rule_extension", {"ruling": "granted", "until": "2020-06-30"}),
    ],
)
def test_what_is_paused_ended_or_put_off_is_not_reminded_of(
    city: City, site: Site, receivers: Receivers, code: str, facts: dict[str, str]
) -> None:
    acted, _ = due_items(city, "12", "13")
    reached_by(city.chen_jing, Way.MAIL)
    receivers.answers["mail"] = ["451 later"]
    turn_at(NINE)
    tell(code, "2020-05-18", acted.assignments.get(), **facts)
    turn_at(NINE + BACK_OFF[0])
    [mail] = receivers.taken
    assert "第13号" in mail.text
    assert "第12号" not in mail.text


def test_a_message_that_has_nothing_left_to_say_is_not_sent(
    city: City, site: Site, receivers: Receivers
) -> None:
    [item] = due_items(city, "12")
    reached_by(city.chen_jing, Way.MAIL)
    receivers.answers["mail"] = ["451 later"]
    turn_at(NINE)
    tell("reply.issue", "2020-05-18", item.assignments.get())
    turn_at(NINE + BACK_OFF[0])
    assert receivers.taken == []
    assert Message.objects.get().outcome == Outcome.MOOT


def test_who_has_left_the_post_is_told_nothing(city: City, site: Site, receivers: Receivers) -> None:
    due_items(city, "12")
    reached_by(city.chen_jing, Way.MAIL)
    receivers.answers["mail"] = ["451 later"]
    turn_at(NINE)
    end_post(city.chen_jing.post, FIRST - timedelta(days=1))
    turn_at(NINE + BACK_OFF[0])
    assert receivers.taken == []


def test_each_try_comes_later_than_the_one_before_and_the_last_leaves_it_dead(
    city: City, site: Site, receivers: Receivers
) -> None:
    due_items(city, "12")
    reached_by(city.chen_jing, Way.MAIL)
    receivers.answers["mail"] = ["451 later"] * (len(BACK_OFF) + 1)
    when, waits = NINE, []
    for _ in range(len(BACK_OFF) + 1):
        turn_at(when)
        message = Message.objects.get()
        waits.append(message.next_try_at - when)
        when = message.next_try_at
    assert waits[: len(BACK_OFF)] == sorted(waits[: len(BACK_OFF)])
    assert (message.outcome, message.tries) == (Outcome.DEAD, len(BACK_OFF) + 1)
    assert receivers.answers["mail"] == []
    with at(when):
        assert Message.objects.dead().try_again(when) == 1
        run_once()
    [mail] = receivers.taken
    assert mail.key == message.key


def test_a_mailbox_that_does_not_exist_is_not_tried_again(
    city: City, site: Site, receivers: Receivers
) -> None:
    due_items(city, "12")
    reached_by(city.chen_jing, Way.MAIL, key="nobody@example.gov.cn")
    turn_at(NINE)
    dead = Message.objects.get()
    assert (dead.outcome, dead.tries, dead.failure) == (Outcome.DEAD, 1, "邮件服务器不收这个邮箱（550）。")


def test_a_wrong_password_is_the_sites_fault_and_not_the_messages(
    city: City, site: Site, receivers: Receivers
) -> None:
    due_items(city, "12")
    reached_by(city.chen_jing, Way.MAIL)
    site.write(site.file.read_text(encoding="utf-8").replace("mail-password-example", "another"))
    turn_at(NINE)
    waiting = Message.objects.get()
    assert (waiting.outcome, waiting.failure) == (
        Outcome.WAITING,
        "邮件服务器不让系统登录，请系统管理员核对。",
    )
    site.uses("aliyun")
    turn_at(waiting.next_try_at)
    assert len(receivers.taken) == 1


def test_a_mailbox_that_no_server_can_write_to_is_dead(city: City, site: Site, receivers: Receivers) -> None:
    due_items(city, "12")
    reached_by(city.chen_jing, Way.MAIL, key="陈静@example.gov.cn")
    turn_at(NINE)
    assert Message.objects.get().outcome == Outcome.DEAD


def test_where_nobody_answers_only_one_try_a_turn_is_lost(
    city: City, site: Site, receivers: Receivers
) -> None:
    due_items(city, "12")
    city.zhou_ning.post.role = "liaison"
    city.zhou_ning.post.save()
    reached_by(city.chen_jing, Way.MAIL)
    reached_by(city.zhou_ning, Way.MAIL, key="zhouning@example.gov.cn")
    site.write(site.file.read_text(encoding="utf-8").replace(f"port = {receivers.mail_port}", "port = 9"))
    turn_at(NINE)
    assert sorted(Message.objects.values_list("tries", flat=True)) == [0, 1]
    site.uses("aliyun")
    turn_at(NINE + timedelta(minutes=1))
    assert {one.to for one in receivers.taken} == {"chenjing@example.gov.cn", "zhouning@example.gov.cn"}


def test_two_processes_do_not_send_the_same_message(
    city: City, site: Site, receivers: Receivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one turns while the first is sending."""
    due_items(city, "12")
    reached_by(city.chen_jing, Way.MAIL)
    send = turn.SENDERS[Way.MAIL]

    def send_while_another_turns(*given: object) -> None:
        monkeypatch.setitem(turn.SENDERS, Way.MAIL, send)
        send_due(NINE)
        send(*given)  # type: ignore[arg-type]

    monkeypatch.setitem(turn.SENDERS, Way.MAIL, send_while_another_turns)
    turn_at(NINE)
    assert len(receivers.taken) == 1


def test_a_sender_that_dies_after_sending_leaves_a_double_of_the_same_key(
    city: City, site: Site, receivers: Receivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*given: object, **more: object) -> None:
        raise Killed

    due_items(city, "12")
    reached_by(city.chen_jing, Way.MAIL)
    with monkeypatch.context() as patch:
        patch.setattr(turn, "_note", die)
        with pytest.raises(Killed):
            turn_at(NINE)
    turn_at(NINE + turn.CLAIM - timedelta(seconds=1))
    assert len(receivers.taken) == 1  # it may still be at work
    turn_at(NINE + turn.CLAIM)
    first, second = receivers.taken
    assert first.key == second.key


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_inside_a_transaction(
    shared_city: City, site: Site, receivers: Receivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    due_items(shared_city, "12")
    reached_by(shared_city.chen_jing, Way.MAIL)
    inside: list[bool] = []
    send = turn.SENDERS[Way.MAIL]

    def watched(*given: object) -> None:
        inside.append(connection.in_atomic_block)
        send(*given)  # type: ignore[arg-type]

    monkeypatch.setitem(turn.SENDERS, Way.MAIL, watched)
    with at(NINE):
        with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
            run_once()
        run_once()
    assert inside == [False]


def test_a_way_that_is_given_up_takes_what_waits_with_it(
    city: City, site: Site, receivers: Receivers
) -> None:
    due_items(city, "12")
    reached_by(city.chen_jing, Way.MAIL, Way.WECOM)
    receivers.answers["mail"] = ["451 later"]
    turn_at(NINE)
    stop(Address.objects.get(channel=Way.MAIL))
    turn_at(moment(FIRST, 12))
    assert [one.provider for one in receivers.taken] == ["wecom"]
    assert Message.objects.get(channel=Way.MAIL).outcome == Outcome.GIVEN_UP
    assert not Delivery.objects.to_be_sent().exists()


def test_without_the_file_nothing_goes_out_and_the_page_still_tells(
    city: City, site: Site, receivers: Receivers
) -> None:
    site.file.unlink()
    due_items(city, "12")
    reached_by(city.chen_jing, Way.MAIL)
    turn_at(NINE)
    assert receivers.taken == []
    assert Delivery.objects.on_pages().filter(receiver=city.chen_jing.person).exists()
    site.uses("aliyun")
    turn_at(NINE + timedelta(hours=2))
    assert len(receivers.taken) == 1
