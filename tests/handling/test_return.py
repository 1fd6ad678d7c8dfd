"""退办与改办 (assignment.ask_return, rule_return, reassign)."""

import pytest

from huiyin.handling import steps
from huiyin.journal.step import AlreadyDone, Refused
from tests.packs_for_tests import pack_version
from tests.stories import handling
from tests.stories.moments import at

# Given on Monday 2 March 2020: the window of five workdays ends on Monday 9 March.
LAST_DAY, TOO_LATE = "2020-03-09T17:00", "2020-03-10"


def ask(city, share, when=LAST_DAY, **given):
    given = {"reason": "学位规划由自然资源部门负责", "proposed": city.land} | given
    return steps.ask_return(share, actor=city.chen_jing, at=at(when), **given)


def rule(city, share, ruling, when="2020-03-10", **given):
    return steps.rule_return(share, actor=city.lin_lan, at=at(when), ruling=ruling, **given)


def test_asked_on_the_last_day_refused_signed_asked_late_refused(city):
    share = handling.assigned(city)
    asked = ask(city, share)
    assert asked.subject.state == "return_asked"
    assert asked.facts["late"] is False
    refused = rule(city, share, "refused", reason="属于教育部门职责")
    assert refused.subject.state == "offered"
    signed = handling.signed(city, share, when="2020-03-11")
    with pytest.raises(Refused, match="2020年3月9日，已经过了") as said:
        ask(city, signed, when="2020-03-12")
    assert "请继续办理" in said.value.sentence
    signed.refresh_from_db()
    assert signed.state == "signed"


def test_it_is_asked_from_signed_and_goes_back_there(city):
    share = handling.signed(city)
    ask(city, share)
    assert rule(city, share, "refused", reason="属于你单位职责").subject.state == "signed"


def test_it_needs_a_reason(city):
    share = handling.assigned(city)
    with pytest.raises(Refused) as said:
        ask(city, share, reason="  ")
    assert said.value.field == "reason"


def test_a_late_one_is_left_to_the_office_where_the_pack_says_so(city):
    pack_version(late_return="rule")
    share = handling.assigned(city)
    asked = ask(city, share, when=TOO_LATE)
    assert asked.facts["late"] is True
    assert share.returnrequests.get().late


def test_a_refusal_needs_a_reason(city):
    share = handling.assigned(city)
    ask(city, share)
    with pytest.raises(Refused, match="不同意要写明理由"):
        rule(city, share, "refused")


def test_granted_it_leaves_the_item_to_be_assigned(city):
    share = handling.assigned(city)
    ask(city, share)
    assert rule(city, share, "granted").subject.state == "returned"
    share.proposal.refresh_from_db()
    assert share.proposal.answer_stage == "assigning"
    assert not share.deadlines.open().exists()


def test_granted_to_another_unit_the_new_share_names_the_old_one(city):
    share = handling.assigned(city)
    ask(city, share)
    rule(city, share, "granted", to=city.land)
    taken = handling.share(share.proposal, city.land)
    assert (taken.state, taken.replaces_id, taken.role) == ("offered", share.pk, "lead")
    event = taken.events.get(code="assignment.assign")
    assert event.facts["replaces"] == share.pk
    assert event.parent.code == "assignment.rule_return"


def test_the_clock_starts_anew_where_the_pack_says_so(city):
    share = handling.assigned(city)
    ask(city, share)
    rule(city, share, "granted", to=city.land)
    due = handling.share(share.proposal, city.land).deadlines.get(name="reply")
    assert (str(due.starts_on), str(due.due_on)) == ("2020-03-10", "2020-06-10")


def test_the_clock_goes_on_where_the_pack_says_so(city):
    pack_version(restart=False)
    share = handling.assigned(city)
    ask(city, share)
    rule(city, share, "granted", to=city.land)
    due = handling.share(share.proposal, city.land).deadlines.get(name="reply")
    assert (str(due.starts_on), str(due.due_on)) == ("2020-03-02", "2020-06-02")


def test_a_returned_share_is_given_to_another_unit_later(city):
    share = handling.assigned(city)
    ask(city, share)
    returned = rule(city, share, "granted").subject
    steps.reassign(returned, actor=city.lin_lan, at=at("2020-03-12"), unit=city.land)
    assert handling.share(share.proposal, city.land).replaces_id == share.pk
    share.proposal.refresh_from_db()
    assert share.proposal.answer_stage == "handling"


def test_the_office_moves_a_share_by_its_own_decision(city):
    share = handling.planned(city)
    steps.reassign(share, actor=city.lin_lan, at=at("2020-03-12"), unit=city.land, reason="职责划转")
    share.refresh_from_db()
    assert share.state == "cancelled"
    assert not share.deadlines.open().exists()
    assert handling.share(share.proposal, city.land).state == "offered"


def test_it_does_not_go_back_to_the_same_unit(city):
    share = handling.assigned(city)
    ask(city, share)
    with pytest.raises(Refused, match="已经在承办"):
        rule(city, share, "granted", to=city.education)


def test_a_second_click_is_told_that_it_is_done(city):
    share = handling.assigned(city)
    ask(city, share)
    with pytest.raises(AlreadyDone):
        ask(city, share)


def test_strangers_cannot_ask_or_rule(city):
    share = handling.assigned(city)
    for stranger in (city.stranger, city.unit_without_share, city.sun_yue, city.chen_yiming):
        with pytest.raises(Refused, match="这一步由承办单位"):
            steps.ask_return(share, actor=stranger, at=at(LAST_DAY), reason="不属于")
    ask(city, share)
    for stranger in (city.stranger, city.chen_jing, city.staff):
        with pytest.raises(Refused, match="这一步由市政府办公室"):
            steps.rule_return(share, actor=stranger, at=at(LAST_DAY), ruling="granted")
