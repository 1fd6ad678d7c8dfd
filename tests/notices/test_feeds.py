"""The feeds, read as calendar programs and readers of Atom read them."""

from datetime import date, datetime
from xml.etree import ElementTree as ET

import icalendar
import pytest
from django.test import Client

from huiyin.clock.alerts import run_once
from huiyin.clock.now import at, moment
from huiyin.components.logs import hidden
from huiyin.notices.icalendar import Entry, written
from huiyin.notices.models import Feed, open_feed
from huiyin.people.directory import end_post
from tests.clock.told import deadline, tell
from tests.notices.told import DUE, FIRST, due_items
from tests.people import City
from tests.stories import answering

ATOM = {"a": "http://www.w3.org/2005/Atom"}
TODAY = date(2020, 4, 14)


def read(token: str, name: str) -> bytes:
    answer = Client().get(f"/feeds/{token}/{name}")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.content


def calendar_of(token: str) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(read(token, "due.ics"))
    assert calendar.errors == []
    found = calendar.walk("VEVENT")
    assert all(not event.errors for event in found)
    return found


def atom_of(token: str) -> list[ET.Element]:
    root = ET.fromstring(read(token, "news.atom"))
    for name in ("title", "id", "updated", "author"):
        assert root.find(f"a:{name}", ATOM) is not None
    entries = root.findall("a:entry", ATOM)
    for entry in entries:
        updated = entry.findtext("a:updated", namespaces=ATOM)
        assert updated is not None
        assert datetime.fromisoformat(updated).tzinfo is not None
        assert entry.findtext("a:id", namespaces=ATOM)
        link = entry.find("a:link", ATOM)
        assert link is not None
        assert link.attrib["href"].startswith("http")
    return entries


def test_a_liaisons_due_dates_stand_in_the_calendar_until_they_are_met(city: City) -> None:
    first, second = due_items(city, "12", "13")
    with at(TODAY):
        token = open_feed(city.chen_jing.person, moment(TODAY))
        before = calendar_of(token)
        [event] = [one for one in before if one["DTSTART"].dt == DUE]
        assert event["SUMMARY"] == "答复到期：2件"
        assert "第12号《关于第12件事的提案》，还有41天" in event["DESCRIPTION"]
        assert event["DTEND"].dt == date(2020, 5, 26)
        tell("reply.issue", "2020-04-10", first.assignments.get())
        [event] = [one for one in calendar_of(token) if one["DTSTART"].dt == DUE]
        assert event["SUMMARY"] == "答复到期：第13号《关于第13件事的提案》，还有41天"
        assert event["URL"].endswith(f"/cases/{second.pk}/")


def test_what_is_paused_or_another_units_is_not_there(city: City) -> None:
    [item] = due_items(city, "12")
    with at(TODAY):
        assert calendar_of(open_feed(city.sun_yue.person, moment(TODAY))) == []
        token = open_feed(city.chen_jing.person, moment(TODAY))
        tell("assignment.pause", "2020-04-10", item.assignments.get())
        assert DUE not in [one["DTSTART"].dt for one in calendar_of(token)]


def test_each_role_reads_what_it_answers_for_or_watches(city: City) -> None:
    from huiyin.supervision.steps import assign_leader
    from tests.stories.moments import at as moment_of

    promise = answering.promise_in_force(city, title="关于改造老旧校舍的提案")
    supervise = {"actor": city.lin_lan, "at": moment_of("2020-04-13")}
    assign_leader(promise.proposal, leader=city.mayor_wang.post, kind="lead", **supervise)
    with at(TODAY):

        def days(who: object) -> set[date]:
            token = open_feed(who.person, moment(TODAY))
            return {one["DTSTART"].dt for one in calendar_of(token)}

        assert promise.due_on in days(city.chen_jing)
        assert promise.due_on in days(city.mayor_wang)
        form = promise.proposal.evaluations.get(evaluator=city.lead_proposer)
        feedback = form.deadlines.get().due_on
        assert feedback in days(city.chen_yiming)
        assert feedback in days(city.staff)
        assert days(city.administrator) == days(city.auditor) == set()


def test_promises_of_a_day_are_counted_as_promises(city: City) -> None:
    for topic in ("老旧校舍", "老旧食堂"):
        answering.promise_in_force(city, title=f"关于改造{topic}的提案")
    with at(TODAY):
        entries = calendar_of(open_feed(city.chen_jing.person, moment(TODAY)))
        assert "承诺到期：2项" in [str(one["SUMMARY"]) for one in entries]


def test_of_a_discreet_item_the_calendar_says_the_number_alone(city: City) -> None:
    item = answering.promise_in_force(city, title="关于改造老旧校舍的提案").proposal
    item.wish_confidential = True
    item.save(update_fields=["wish_confidential"])
    with at(TODAY):
        entries = calendar_of(open_feed(city.chen_jing.person, moment(TODAY)))
        assert f"承诺到期：{item.numbered}" in [str(one["SUMMARY"]) for one in entries]


def test_news_are_an_atom_feed_of_what_the_person_was_told(city: City) -> None:
    [item] = due_items(city, "12")
    with at(FIRST):
        run_once()
        [entry] = atom_of(open_feed(city.chen_jing.person, moment(FIRST)))
        assert entry.findtext("a:title", namespaces=ATOM) == "第12号《关于第12件事的提案》：期限提醒"
        assert entry.findtext("a:summary", namespaces=ATOM) == "2020年5月18日 系统"
        assert entry.find("a:link", ATOM).attrib["href"].endswith(f"/cases/{item.pk}/")
        assert atom_of(open_feed(city.sun_yue.person, moment(FIRST))) == []


def test_who_has_left_reads_nothing_and_who_may_not_log_in_finds_nothing(city: City) -> None:
    due_items(city, "12")
    with at(FIRST):
        run_once()
        token = open_feed(city.chen_jing.person, moment(FIRST))
        end_post(city.chen_jing.post, date(2020, 5, 17))
        assert calendar_of(token) == []
        assert atom_of(token) == []
        city.chen_jing.person.is_active = False
        city.chen_jing.person.save()
        assert Client().get(f"/feeds/{token}/due.ics").status_code == 404


def test_a_new_secret_ends_the_old_one_and_none_is_stored(city: City) -> None:
    old = open_feed(city.chen_jing.person, moment(TODAY))
    new = open_feed(city.chen_jing.person, moment(TODAY))
    assert Client().get(f"/feeds/{old}/due.ics").status_code == 404
    assert Client().get(f"/feeds/{new}/news.atom").status_code == 200
    assert Client().get("/feeds/guessed/due.ics").status_code == 404
    stored = Feed.objects.get()
    assert new not in str(vars(stored))


def test_the_secret_does_not_stand_in_the_log(city: City) -> None:
    token = open_feed(city.chen_jing.person, moment(TODAY))
    assert token not in hidden(f'"GET /feeds/{token}/due.ics HTTP/1.1" 404')


@pytest.mark.parametrize(
    "text",
    ["甲" * 60, "a;b,c\\d\n第二行", "“引号”：冒号;" * 9, "x" * 75, "x" * 74 + "甲"],
    ids=["long", "signs", "mixed", "just fits", "a sign on the edge"],
)
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    entry = Entry("uid@x", date(2020, 2, 29), text, text, "https://x/1")
    file = written("名", [entry], moment(TODAY))
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
    [event] = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (text, text)
    assert event["DTEND"].dt == date(2020, 3, 1)


def test_a_date_that_moves_keeps_its_entry_apart_from_others(city: City) -> None:
    """Each day and sort of deadline has one entry of its own."""
    [item] = due_items(city, "12")
    share = item.assignments.get()
    with at(TODAY):
        token = open_feed(city.chen_jing.person, moment(TODAY))
        uids = [str(one["UID"]) for one in calendar_of(token)]
        assert len(uids) == len(set(uids)) > 1
        assert deadline(share, "reply").due_on == DUE
