"""沟通 (contact.log, contact.confirm) and the contacts that a pack requires."""

import pytest

from huiyin.contacts import steps
from huiyin.contacts.steps import missing_contacts
from huiyin.journal.step import Refused
from tests.stories import handling, intake
from tests.stories.moments import at


def test_a_contact_is_logged_with_what_was_explained_and_how_it_was_taken(city):
    contact = handling.contacted(
        city, handling.planned(city), explained="用地指标不足", response="understood"
    )
    assert (contact.at, contact.response) == (at("2020-03-12"), "understood")
    assert contact.proposer == city.lead_proposer


def test_the_first_contact_meets_its_deadline(city):
    share = handling.signed(city)
    handling.contacted(city, share)
    assert share.deadlines.get(name="first_contact").met_at == at("2020-03-12")


def test_what_was_said_stands_in_the_texts_and_not_in_the_facts(city):
    share = handling.signed(city)
    handling.contacted(city, share)
    event = share.events.get(code="contact.log")
    assert set(event.facts) == {"phase", "way", "proposer"}
    assert event.texts.get(name="summary").text == "介绍办理打算"


def test_required_contacts_are_missed_until_they_are_logged(city):
    share = handling.signed(city)
    assert missing_contacts(share) == ["before"]
    handling.contacted(city, share, phase="during")
    assert missing_contacts(share) == ["before"]
    handling.contacted(city, share)
    assert missing_contacts(share) == []


def test_only_proposers_of_the_item_are_spoken_with(city):
    with pytest.raises(Refused, match="钱进不是这一件的提案者"):
        handling.contacted(city, handling.signed(city), proposer=city.deputy)


def test_proposers_of_merged_items_are_spoken_with_too(city):
    from huiyin.handling.steps import merge

    share = handling.signed(city, proposers=[city.lead_proposer])
    other = intake.registered(city, title="关于入园的提案", proposers=[city.co_signers[1]])
    merge(other, actor=city.lin_lan, into=share.proposal)
    assert handling.contacted(city, share, proposer=city.co_signers[1]).proposer.name == "赵强"


def test_the_proposer_confirms_it_and_says_how_it_was_taken(city):
    contact = handling.contacted(city, handling.signed(city), response="understood")
    event = steps.confirm(contact, actor=city.chen_yiming, at=at("2020-03-13"), response="not_accepted")
    assert (event.subject.response, event.subject.confirmed_at) == ("not_accepted", at("2020-03-13"))
    with pytest.raises(Refused, match="已经确认过"):
        steps.confirm(contact, actor=city.chen_yiming)


def test_a_moment_that_is_not_known_is_said_so(city):
    share = handling.signed(city)
    event = steps.log(
        share, actor=city.chen_jing, at=at("2020-03-12"), at_known=False, phase="before", way="phone"
    )
    assert event.subject.at_known is False
    assert share.deadlines.get(name="first_contact").met_known is False


def test_strangers_neither_log_nor_confirm(city):
    share = handling.signed(city)
    for stranger in (city.unit_without_share, city.chen_yiming, city.stranger):
        with pytest.raises(Refused, match="这一步由承办单位"):
            steps.log(share, actor=stranger, phase="before", way="phone")
    contact = handling.contacted(city, share)
    for stranger in (city.chen_jing, city.lin_lan, city.stranger):
        with pytest.raises(Refused, match="这一步由提案者"):
            steps.confirm(contact, actor=stranger)
