"""A form has one grade on each dimension and never passes through the unit (R4)."""

import pytest

from huiyin.clock.alerts import run_once
from huiyin.clock.now import at as clock_at
from huiyin.evaluations import steps
from huiyin.evaluations.models import Evaluation, events_visible_to
from huiyin.journal.models import Event
from huiyin.journal.step import Refused
from huiyin.journal.work import work
from huiyin.words import AnswerStage, Channel
from tests.packs_for_tests import pack_version
from tests.stories import answering, evaluating, handling
from tests.stories.moments import at

GOOD = {"attitude": "satisfied", "result": "satisfied"}


def test_every_dimension_of_the_pack_is_graded(city):
    form = evaluating.form_of(answering.issued(city), city.lead_proposer)
    with pytest.raises(Refused, match="请对办理结果作出评价"):
        steps.submit(form, actor=city.chen_yiming, attitude="satisfied")
    form = steps.submit(form, actor=city.chen_yiming, **GOOD).subject
    assert form.channel == Channel.LOGIN
    assert {(rating.dimension, rating.grade) for rating in form.ratings.all()} == {
        ("attitude", "satisfied"),
        ("result", "satisfied"),
    }


def test_below_satisfied_a_reason_is_asked_for(city):
    form = evaluating.form_of(answering.issued(city), city.lead_proposer)
    with pytest.raises(Refused, match="请写明意见") as refused:
        steps.submit(form, actor=city.chen_yiming, attitude="satisfied", result="basic")
    assert refused.value.field == "reason"


def test_only_the_one_who_was_asked_gives_it(city):
    form = evaluating.form_of(answering.issued(city), city.lead_proposer)
    others = (city.co_signer, city.chen_jing, city.gao_yuan, city.lin_lan, city.staff, city.stranger)
    for other in others:
        with pytest.raises(Refused, match="收到评价邀请的提案者"):
            steps.submit(form, actor=other, **GOOD)


def test_paper_is_entered_by_the_assembly_or_the_office(city):
    reply = answering.issued(city)
    form = evaluating.form_of(reply, city.co_signers[1])
    event = steps.enter_paper(
        reply, actor=city.staff, at=at("2020-04-18"), evaluator=city.co_signers[1], **GOOD
    )
    assert event.subject == form
    assert event.subject.channel == Channel.PAPER
    assert event.subject.submitted_at == at("2020-04-18")
    with pytest.raises(Refused, match="赵强已经对这份答复作过评价"):
        steps.enter_paper(reply, actor=city.lin_lan, evaluator=city.co_signers[1], **GOOD)


def test_paper_is_never_entered_by_a_unit_or_for_it(city):
    """R4"""
    reply = answering.issued(city)
    standing_in = city.lin_lan.standing_in_for(city.education)
    units = (city.zhou_ning, city.chen_jing, city.gao_yuan, city.sun_yue, standing_in)
    for other in (*units, city.congress_staff, city.stranger):
        with pytest.raises(Refused, match="政协提案委、人大代表工委或市政府办公室"):
            steps.enter_paper(reply, actor=other, evaluator=city.lead_proposer, **GOOD)


def test_paper_without_a_name_or_a_form_is_taken(city):
    share = handling.signed(city)
    lin_lan = city.lin_lan.standing_in_for(city.education)
    from huiyin.replies import steps as replies

    with work(history=True):
        reply = replies.draft(share, actor=lin_lan, at=at("2020-05-20")).subject
        reply = replies.issue(reply, actor=lin_lan, at=at("2020-05-20")).subject
        event = steps.enter_paper(
            reply,
            actor=city.lin_lan,
            at=at("2020-06-01"),
            at_known=False,
            attitude="satisfied",
            result="basic",
        )
    form = event.subject
    assert event.gaps == ["reason"]
    assert form.evaluator is None
    assert form.submitted_known is False
    form.refresh_from_db()
    assert form.counted_at == at("2020-06-01")


def test_the_unit_sees_it_when_it_counts_and_not_before(city):
    """R4"""
    reply = answering.issued(city)
    first = evaluating.given(city, evaluating.form_of(reply, city.lead_proposer))
    unit, co_signer = city.gao_yuan, city.co_signer
    assert not Evaluation.objects.visible_to(unit).exists()
    assert first in Evaluation.objects.visible_to(city.staff)
    assert first in Evaluation.objects.visible_to(city.lin_lan)
    assert first not in Evaluation.objects.visible_to(co_signer)
    events = Event.objects.filter(code="evaluation.submit")
    assert not events_visible_to(unit, events).exists()
    assert not events_visible_to(co_signer, events).exists()
    assert events_visible_to(city.chen_yiming, events).exists()
    assert events_visible_to(city.staff, events).exists()
    for signer in city.co_signers:
        evaluating.given(city, evaluating.form_of(reply, signer))
    assert Evaluation.objects.visible_to(unit).count() == 3
    assert events_visible_to(unit, events).count() == 2
    for outsider in (city.unit_without_share, city.stranger, city.congress_staff):
        assert not Evaluation.objects.visible_to(outsider).exists()


def test_no_unit_is_told_before_it_counts(city):
    form = evaluating.form_of(answering.issued(city), city.lead_proposer)
    event = steps.submit(form, actor=city.chen_yiming, **GOOD)
    told = set(event.deliveries.values_list("receiver", flat=True))
    assert told == {city.staff.person.pk, city.lin_lan.person.pk}


def test_the_last_form_makes_all_of_them_count(city):
    reply = answering.issued(city)
    evaluating.given(city, evaluating.form_of(reply, city.lead_proposer), when="2020-04-12")
    evaluating.given(city, evaluating.form_of(reply, city.co_signers[0]), when="2020-04-15")
    assert not Evaluation.objects.counted().exists()
    reply.proposal.refresh_from_db()
    assert reply.proposal.answer_stage == AnswerStage.ANSWERED
    evaluating.given(city, evaluating.form_of(reply, city.co_signers[1]), when="2020-04-20")
    assert {form.counted_at for form in reply.evaluations.all()} == {at("2020-04-20")}
    reply.proposal.refresh_from_db()
    assert reply.proposal.answer_stage == AnswerStage.EVALUATED


def test_where_the_lead_alone_is_asked_the_one_form_counts_at_once(city):
    pack_version(evaluators="lead")
    reply = evaluating.evaluated(city)
    assert reply.evaluations.get().counted_at == at(evaluating.EVALUATED)


def test_what_is_in_counts_when_the_time_for_the_rest_is_over(city):
    reply = answering.issued(city)
    evaluating.given(city, evaluating.form_of(reply, city.lead_proposer), when="2020-04-12")
    due_on = evaluating.form_of(reply, city.co_signers[0]).deadlines.get(name="feedback").due_on
    assert steps.count_due(due_on, at("2020-04-30")) == []
    after = at("2020-05-08")
    counted = steps.count_due(after.date(), after)
    assert [event.subject.evaluator for event in counted] == [city.lead_proposer]
    assert steps.count_due(after.date(), after) == []


def test_the_registrar_may_count_one_by_hand_and_the_unit_may_not(city):
    form = evaluating.given(city, evaluating.form_of(answering.issued(city), city.lead_proposer))
    with pytest.raises(Refused, match="这一步由"):
        steps.count(form, actor=city.gao_yuan)
    event = steps.count(form, actor=city.lin_lan)
    assert event.facts["ratings"] == {"attitude": "satisfied", "result": "satisfied"}
    with pytest.raises(Refused, match="已经计入"):
        steps.count(form, actor=city.lin_lan)


def test_the_running_clock_counts_what_is_due(city):
    reply = answering.issued(city)
    form = evaluating.given(city, evaluating.form_of(reply, city.lead_proposer), when="2020-04-12")
    with clock_at(at("2020-05-08")):
        run_once()
    form.refresh_from_db()
    assert form.counted_at == at("2020-05-08")
