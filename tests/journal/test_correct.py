"""更正时间与删除文字 (event.correct, event.erase)."""

from datetime import timedelta

import pytest

from huiyin.journal import chain
from huiyin.journal.step import Refused
from huiyin.journal.work import hooks
from huiyin.people import steps
from tests.stories import handling, intake
from tests.stories.moments import at


def event_of(share, code):
    return share.events.get(code=code)


def correct(city, event, to, actor=None):
    return steps.correct(event, actor=actor or city.lin_lan, to=at(to), reason="原件写的是这一天")


def test_an_assignment_date_is_corrected_and_the_dates_move(city):
    share = handling.planned(city)
    assert str(share.deadlines.get(name="reply").due_on) == "2020-06-02"
    correction = correct(city, event_of(share, "assignment.assign"), "2020-02-20")
    share.refresh_from_db()
    assert share.offered_at == at("2020-02-20")
    assert str(share.deadlines.get(name="reply").due_on) == "2020-05-20"
    assert correction.facts["old"] == at("2020-03-02").isoformat()
    assert correction.facts["new"] == at("2020-02-20").isoformat()
    assert correction.corrects.code == "assignment.assign"


def test_the_event_itself_stays_as_it_was(city):
    share = handling.assigned(city)
    correct(city, event_of(share, "assignment.assign"), "2020-02-20")
    assert event_of(share, "assignment.assign").at == at("2020-03-02")
    assert list(chain.breaks()) == []


def test_it_is_corrected_a_second_time_from_the_corrected_date(city):
    share = handling.assigned(city)
    event = event_of(share, "assignment.assign")
    correct(city, event, "2020-02-20")
    again = correct(city, event, "2020-02-21")
    share.refresh_from_db()
    assert share.offered_at == at("2020-02-21")
    assert again.facts["old"] == at("2020-02-20").isoformat()
    assert str(share.deadlines.get(name="reply").due_on) == "2020-05-21"


def test_a_date_that_was_not_known_becomes_known_and_starts_the_clock(city):
    from huiyin.handling.steps import assign_all

    proposal = intake.registered(city)
    event = assign_all(
        proposal, actor=city.lin_lan, at=at("2020-01-05"), at_known=False, leads=[city.education]
    )[0]
    share = event.subject
    assert (share.offered_known, share.deadlines.count()) == (False, 0)
    correct(city, event, "2020-03-02")
    share.refresh_from_db()
    assert share.offered_known is True
    assert str(share.deadlines.get(name="reply").due_on) == "2020-06-02"


def test_what_it_brought_about_in_the_same_moment_moves_with_it(city):
    share = handling.assigned(city)
    from huiyin.handling.steps import ask_return, rule_return

    ask_return(share, actor=city.chen_jing, at=at("2020-03-04"), reason="不属于本单位职责")
    ruling = rule_return(share, actor=city.lin_lan, at=at("2020-03-06"), ruling="granted", to=city.land)
    correct(city, ruling, "2020-03-05")
    assert handling.share(share.proposal, city.land).offered_at == at("2020-03-05")


def test_nothing_is_corrected_into_the_future_or_to_what_stands(city):
    event = event_of(handling.assigned(city), "assignment.assign")
    later = hooks.now() + timedelta(days=1)
    with pytest.raises(Refused, match="不能晚于现在") as said:
        steps.correct(event, actor=city.lin_lan, to=later, reason="x")
    assert said.value.field == "to"
    with pytest.raises(Refused, match="不用更正"):
        correct(city, event, "2020-03-02")


def test_a_correction_is_not_corrected(city):
    correction = correct(city, event_of(handling.assigned(city), "assignment.assign"), "2020-02-20")
    with pytest.raises(Refused, match="更正本身不能再更正"):
        correct(city, correction, "2020-02-21")


def test_strangers_correct_nothing(city):
    event = event_of(handling.assigned(city), "assignment.assign")
    for stranger in (city.stranger, city.chen_jing, city.congress_staff, city.administrator):
        with pytest.raises(Refused, match="这一步由"):
            correct(city, event, "2020-02-20", stranger)


def test_a_text_is_erased_after_the_archive_period_and_the_chain_holds(city, monkeypatch):
    share = handling.signed(city)
    handling.contacted(city, share)
    event = event_of(share, "contact.log")
    with pytest.raises(Refused, match="档案保管期未满10年"):
        steps.erase(event, actor=city.lin_lan, ground="销毁鉴定")
    later = hooks.now() + timedelta(days=366 * 10 + 4)
    monkeypatch.setattr(hooks, "now", lambda: later)
    steps.erase(event, actor=city.lin_lan, ground="销毁鉴定")
    text = event.texts.get(name="summary")
    assert (text.text, text.erased) == ("", True)
    assert list(chain.breaks()) == []
    with pytest.raises(Refused, match="没有可以删除的文字"):
        steps.erase(event, actor=city.lin_lan, ground="销毁鉴定")
