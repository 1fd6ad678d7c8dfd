"""The runner: what every step meets on its way, tried on real steps."""

import pytest

from huiyin.contacts.steps import confirm
from huiyin.handling import steps as handling_steps
from huiyin.journal import chain
from huiyin.journal.models import Delivery, Event, Seal
from huiyin.journal.step import STEPS, AlreadyDone, Refused, offers
from huiyin.journal.work import work
from huiyin.people.actor import Actor
from huiyin.proposals import steps
from huiyin.proposals.models import Proposal
from tests.stories import handling, intake
from tests.stories.moments import at


def test_permission_comes_before_state(city):
    with pytest.raises(Refused, match="这一步由市政府办公室"):
        steps.register(intake.received(city), actor=city.chen_jing)


def test_state_comes_before_what_is_filled_in(city):
    with pytest.raises(Refused, match="要在“已登记”时"):
        handling_steps.assign(intake.received(city), actor=city.lin_lan)


def test_what_is_filled_in_comes_before_what_is_required(city):
    share = handling.assigned(city)
    with pytest.raises(Refused, match="请填写“理由”") as said:
        handling_steps.ask_return(share, actor=city.chen_jing, at=at("2020-12-01"))
    assert said.value.field == "reason"


def test_a_word_that_is_not_in_the_list_is_refused(city):
    with pytest.raises(Refused, match="没有“letter”这一项") as said:
        handling.contacted(city, handling.signed(city), way="letter")
    assert said.value.field == "way"


def test_a_story_that_gives_what_is_not_asked_for_is_told(city):
    with pytest.raises(TypeError, match="contact.log does not ask for sumary"):
        handling.contacted(city, handling.signed(city), sumary="说明选址的打算。")


def test_a_refused_step_leaves_nothing(city):
    share = handling.assigned(city)
    events, links = Event.objects.count(), Seal.objects.count()
    with pytest.raises(Refused):
        handling_steps.plan(share, actor=city.chen_jing, measures="x")
    assert (Event.objects.count(), Seal.objects.count()) == (events, links)


def test_a_second_click_is_news_and_not_an_error(city):
    proposal = intake.registered(city)
    with pytest.raises(AlreadyDone, match="这一步已经办过了，现在是“已登记”"):
        steps.register(proposal, actor=city.lin_lan)


def test_a_second_click_on_what_only_stamps_a_date_is_news_too(city):
    contact = handling.contacted(city, handling.planned(city))
    confirm(contact, actor=city.chen_yiming, response="understood")
    with pytest.raises(AlreadyDone, match="这次沟通已经确认过了"):
        confirm(contact, actor=city.chen_yiming, response="understood")


def test_what_is_not_given_is_neither_a_tick_nor_a_text(city):
    """None where a form sends an unticked box or an empty text: the step goes by what it takes for granted."""
    item = intake.received(city)
    steps.wish_confidential(item, actor=city.staff, wish=None, reason=None)
    item.refresh_from_db()
    assert item.wish_confidential is False


def test_at_is_when_it_happened_and_recorded_at_when_it_was_entered(city):
    event = steps.review(intake.received(city), actor=city.staff, at=at("2020-01-07"))
    assert event.at == at("2020-01-07")
    assert event.recorded_at > at("2020-01-07")


def test_before_and_after_stand_in_the_event(city):
    proposal = intake.registered(city)
    event = proposal.events.get(code="proposal.register")
    assert (event.before, event.after) == ("handed_over", "registered")
    assert (event.actor, event.post, event.unit) == (city.lin_lan.person, city.lin_lan.post, city.office)


def test_texts_are_kept_apart_from_facts(city):
    event = Event.objects.get(pk=intake.received(city).events.get().pk)
    assert "title" not in event.facts
    assert event.texts.get(name="title").text == intake.TITLE


def test_history_turns_what_may_be_waived_into_named_gaps(city):
    proposal = intake.registered(city)
    with work(history=True):
        event = handling_steps.assign(proposal, actor=city.lin_lan, unit=city.land, role="separate")
    assert event.gaps == ["part"]
    assert event.history is True


def test_history_does_not_waive_what_may_not_be(city):
    proposal = intake.registered(city)
    handling.assigned(city, proposal)
    with pytest.raises(Refused, match="已经在承办"), work(history=True):
        handling_steps.assign(proposal, actor=city.lin_lan, unit=city.education, role="lead")


def test_in_history_nobody_is_told(city):
    Delivery.objects.all().delete()
    proposal = intake.registered(city)
    before = Delivery.objects.count()
    with work(history=True):
        handling_steps.assign(proposal, actor=city.lin_lan, unit=city.education, role="lead")
    assert Delivery.objects.count() == before


def test_a_refused_row_of_a_batch_is_taken_back_whole_and_the_others_stay(city):
    done = []
    with work(history=True) as running:
        for number in ("7", "7", "8"):
            try:
                with running.row():
                    received = steps.receive(
                        city.plenary, actor=city.staff, title=f"关于{number}的提案"
                    ).subject
                    done.append(steps.file(received, actor=city.staff, number=number).subject)
            except Refused:
                done.append(None)
    assert [bool(one) for one in done] == [True, False, True]
    assert list(Proposal.objects.order_by("pk").values_list("number", flat=True)) == ["7", "8"]
    assert Event.objects.count() == 4
    assert list(chain.breaks()) == []


def test_children_point_to_the_step_that_called_them(city):
    share = handling.signed(city)
    event = handling_steps.void(share.proposal, actor=city.lin_lan, reason="误录")
    child = Event.objects.get(code="assignment.cancel")
    assert (child.parent, child.actor) == (event, None)
    assert child.pk > event.pk


def test_an_error_in_a_child_takes_back_the_whole_step(city):
    share = handling.assigned(city)
    handling_steps.ask_return(share, actor=city.chen_jing, at=at("2020-03-03"), reason="不属于")
    with pytest.raises(Refused):
        handling_steps.rule_return(share, actor=city.lin_lan, ruling="granted", to=city.education)
    share.refresh_from_db()
    assert (share.state, share.returnrequests.get().ruling) == ("return_asked", "")


def test_stages_are_settled_in_the_same_transaction(city):
    with work():
        share = handling.signed(city)
        share.proposal.refresh_from_db()
        assert share.proposal.answer_stage == "intake"
    share.proposal.refresh_from_db()
    assert share.proposal.answer_stage == "handling"


def test_who_did_it_is_not_told_of_it(city):
    steps.ask_completion(intake.received(city), actor=city.staff, reason="补充")
    told = Delivery.objects.filter(event__code="proposal.ask_completion")
    assert set(told.values_list("receiver__name", flat=True)) == {"陈一鸣", "刘敏"}


def test_what_is_offered_fits_the_person_and_the_state(city):
    share = handling.assigned(city)
    codes = {offer.step.code for offer in offers(share, city.chen_jing)}
    assert {"assignment.sign", "assignment.ask_return", "contact.log"} <= codes
    assert "assignment.plan" not in codes
    assert "assignment.rule_return" not in codes
    assert not offers(share, city.unit_without_share)


def test_an_offer_that_is_not_open_says_why(city):
    share = handling.planned(city)
    closed = {offer.step.code: offer.refusal for offer in offers(share, city.lin_lan) if offer.refusal}
    assert closed["assignment.rule_extension"] == "没有等待批准的延期申请，不用批复。"


def test_automatic_steps_are_offered_to_nobody(city):
    share = handling.planned(city)
    actors = [city.lin_lan, city.chen_jing, city.administrator, Actor.system(city.here)]
    offered = {offer.step.code for actor in actors for offer in offers(share, actor)}
    assert not any(STEPS[code].automatic for code in offered)


def test_every_refusal_is_a_sentence(city):
    """Any step on a row by anybody is taken or refused with a sentence, and never breaks."""
    share = handling.assigned(city)
    for made in STEPS.values():
        if made.on not in ("handling.Assignment", "proposals.Proposal"):
            continue
        obj = share if made.on == "handling.Assignment" else share.proposal
        for actor in (city.stranger, city.auditor, city.administrator, city.mayor_wang):
            with pytest.raises(Refused) as said:
                made(obj, actor=actor)
            assert said.value.sentence.endswith(("。", "!"))
