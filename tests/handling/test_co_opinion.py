"""会办意见 (assignment.give_opinion, revise_opinion)."""

import pytest

from huiyin.handling import steps
from huiyin.journal.models import Delivery
from huiyin.journal.step import AlreadyDone, Refused
from tests.stories import handling
from tests.stories.moments import at


def co_share(city):
    lead = handling.assigned(city, co=[city.police])
    return handling.share(lead.proposal, city.police)


def test_it_is_given_to_the_lead(city):
    share = handling.opinion_given(city, co_share(city))
    assert share.state == "opinion_given"
    told = Delivery.objects.filter(event__code="assignment.give_opinion")
    assert set(told.values_list("receiver__name", flat=True)) == {"周宁", "陈静", "高远"}


def test_it_meets_its_deadline(city):
    share = handling.opinion_given(city, co_share(city))
    assert share.deadlines.get(name="co_opinion").met_at == at("2020-03-25")


def test_it_is_given_once_a_round(city):
    share = handling.opinion_given(city, co_share(city))
    with pytest.raises(AlreadyDone):
        steps.give_opinion(share, actor=city.sun_yue, text="再交一次")


def test_it_is_revised_and_the_first_text_stays_in_the_journal(city):
    share = handling.opinion_given(city, co_share(city))
    event = steps.revise_opinion(share, actor=city.sun_yue, at=at("2020-03-26"), text="补充一点")
    assert share.coopinions.get().text == "补充一点"
    assert event.texts.get(name="before").text == "我单位做好安全配合。"


def test_the_lead_gives_none(city):
    with pytest.raises(Refused, match="不用交会办意见"):
        steps.give_opinion(handling.signed(city), actor=city.chen_jing, text="意见")


def test_a_stranger_gives_none(city):
    share = co_share(city)
    for stranger in (city.unit_without_share, city.chen_jing, city.stranger):
        with pytest.raises(Refused, match="这一步由承办单位"):
            steps.give_opinion(share, actor=stranger, text="意见")
