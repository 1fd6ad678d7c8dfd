"""The rows of the outbox: written with the step, by the ways that each receiver has chosen."""

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from huiyin.clock.alerts import run_once
from huiyin.clock.now import at
from huiyin.journal.models import Delivery
from huiyin.journal.step import Refused
from huiyin.journal.work import work
from huiyin.notices.words import Way
from huiyin.supervision.steps import urge
from tests.notices.conftest import Site
from tests.notices.receivers import Receivers
from tests.notices.told import FIRST, due_items, reached_by
from tests.people import City
from tests.stories import handling, intake
from tests.stories.moments import at as moment_of


def rows() -> list[tuple[str, str, str]]:
    found = Delivery.objects.exclude(channel="page").order_by("key")
    return sorted(found.values_list("event__code", "receiver__name", "channel"))


def test_a_reminder_goes_by_every_way_and_other_news_where_that_is_wanted(city: City) -> None:
    [item] = due_items(city, "12")
    reached_by(city.chen_jing, Way.MAIL, Way.WECOM)
    reached_by(city.gao_yuan, Way.MAIL, news_too=True)
    urge(item.assignments.get(), actor=city.lin_lan, at=moment_of("2020-05-15"), way="phone", text="请办。")
    assert rows() == [("urging.send", "高远", "mail")]
    with at(FIRST):
        run_once()
    assert rows()[:2] == [("clock.alert", "陈静", "mail"), ("clock.alert", "陈静", "wecom")]


def test_what_a_refused_step_would_have_told_is_not_there(city: City) -> None:
    reached_by(city.chen_jing, Way.MAIL, news_too=True)
    share = handling.assigned(city)
    before = rows()
    with pytest.raises(Refused):
        urge(share, actor=city.chen_jing, at=moment_of("2020-03-02"), way="phone", text="请办。")
    assert rows() == before
    assert before


def test_history_that_is_entered_tells_nobody(city: City) -> None:
    reached_by(city.chen_jing, Way.MAIL, news_too=True)
    with work(history=True):
        handling.assigned(city)
    assert rows() == []


def test_the_ways_of_all_receivers_are_asked_for_at_once(city: City) -> None:
    from django.db import connection

    for who in (city.chen_jing, city.gao_yuan, city.zhou_ning):
        reached_by(who, Way.MAIL, Way.WECOM, news_too=True)
    item = intake.classified(city)
    with CaptureQueriesContext(connection) as asked:
        handling.assigned(city, item)
    found = [one for one in asked if '"notices_address"' in one["sql"]]
    assert len(found) == 1


def test_news_are_told_by_the_name_of_the_step_alone(city: City, site: Site, receivers: Receivers) -> None:
    """What was written in it is for whoever logs in."""
    [item] = due_items(city, "12")
    reached_by(city.gao_yuan, Way.MAIL, news_too=True)
    urge(
        item.assignments.get(),
        actor=city.lin_lan,
        at=moment_of("2020-05-15"),
        way="phone",
        text="某同志反映的事请办。",
    )
    with at(date(2020, 5, 15)):
        run_once()
    [mail] = receivers.taken
    assert "第12号《关于第12件事的提案》：催办（市政府办公室）" in mail.text
    assert "某同志" not in mail.text


def test_a_title_that_the_proposer_wants_kept_is_left_out_of_mails(
    city: City, site: Site, receivers: Receivers
) -> None:
    [item] = due_items(city, "12")
    item.wish_confidential = True
    item.save(update_fields=["wish_confidential"])
    reached_by(city.chen_jing, Way.MAIL)
    with at(FIRST):
        run_once()
    [mail] = receivers.taken
    assert "第12号：答复" in mail.text
    assert "第12件事" not in mail.text
