"""Every evaluator gets a form when a reply goes out; its link is used once, expires and can be taken back."""

import hashlib
from datetime import timedelta

import pytest

from huiyin.evaluations import links, steps
from huiyin.evaluations.models import Evaluation
from huiyin.handling import steps as handling_steps
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.journal.work import work
from huiyin.proposals.models import Proposal
from huiyin.replies import steps as replies
from huiyin.words import Channel, EvaluationState
from tests import people
from tests.packs_for_tests import pack_version
from tests.stories import answering, evaluating, handling, intake
from tests.stories.moments import at


def names(forms):
    return [form.evaluator.name for form in forms.order_by("id")]


def test_each_signer_gets_one(city):
    reply = answering.issued(city)
    assert names(reply.evaluations) == ["陈一鸣", "刘敏", "赵强"]
    form = evaluating.form_of(reply, city.lead_proposer)
    assert (form.state, form.round, form.later) == (EvaluationState.INVITED, 1, False)
    invited = form.proposal.events.about(form).get()
    assert invited.parent.code == "reply.issue"
    assert list(invited.deliveries.values_list("receiver", flat=True)) == [city.chen_yiming.person.pk]


def test_where_the_pack_asks_the_lead_only_nobody_else_gets_one(city):
    pack_version(evaluators="lead")
    assert names(answering.issued(city).evaluations) == ["陈一鸣"]


def test_with_the_signers_consent_the_lead_alone_is_asked(city):
    pack_version(joint_reply="each_or_lead_with_consent")
    assert names(answering.issued(city, lead_consents=True).evaluations) == ["陈一鸣"]


def test_consent_counts_only_where_the_pack_knows_it(city):
    assert len(names(answering.issued(city, lead_consents=True).evaluations)) == 3


def test_three_merged_items_get_three_forms(city):
    """R1: a merged proposal is handled with its head, but each proposer gets a form."""
    items = []
    for title, name in (("幼儿园学位一", "甲委员"), ("幼儿园学位二", "乙委员"), ("幼儿园学位三", "丙委员")):
        person = people.actor(name, "proposer", city.here).person
        proposer = people.proposer(name, city.here, person)
        items.append(intake.classified(city, title=title, proposers=[proposer]))
    head, *others = items
    share = handling.assigned(city, head)
    for other in others:
        handling_steps.merge(other, actor=city.lin_lan, at=at("2020-03-02"), into=head)
    reply = answering.issued(city, answering.at_work_on(city, share))
    forms = reply.evaluations.order_by("id")
    assert [(form.evaluator.name, form.item.title) for form in forms] == [
        ("甲委员", "幼儿园学位一"),
        ("乙委员", "幼儿园学位二"),
        ("丙委员", "幼儿园学位三"),
    ]
    assert {form.proposal for form in forms} == {head}
    own = people.Actor(forms[2].evaluator.person, people.Role.PROPOSER, city.here)
    assert list(Evaluation.objects.visible_to(own)) == [forms[2]]
    assert steps.submit(forms[2], actor=own, attitude="satisfied", result="satisfied").subject


def test_paper_of_earlier_years_invites_nobody(city):
    share = handling.signed(city)
    lin_lan = city.lin_lan.standing_in_for(city.education)
    with work(history=True):
        reply = replies.draft(share, actor=lin_lan, at=at("2020-05-20")).subject
        replies.issue(reply, actor=lin_lan, at=at("2020-05-20"))
    assert not Evaluation.objects.exists()


def test_the_link_is_stored_as_a_digest_only(city):
    form = evaluating.form_of(answering.issued(city), city.lead_proposer)
    token = links.token_of(form)
    assert len(token) == 64
    assert form.token_digest == hashlib.sha256(token.encode()).hexdigest()
    stored = [str(value) for value in Evaluation.objects.filter(pk=form.pk).values_list()[0]]
    assert token not in stored
    assert links.form_of(token) == form
    assert links.form_of("0" * 64) is None
    assert links.form_of("") is None


def test_it_is_used_once(city):
    form = evaluating.form_of(answering.issued(city), city.lead_proposer)
    grades = {"attitude": "satisfied", "result": "basic", "reason": "快些"}
    form = steps.submit(form, actor=links.holder(form), at=at("2020-04-12"), **grades).subject
    assert form.channel == Channel.LINK
    with pytest.raises(AlreadyDone):
        steps.submit(form, actor=links.holder(form), attitude="satisfied", result="satisfied")


def test_it_expires_with_a_sentence(city):
    form = evaluating.form_of(answering.issued(city), city.lead_proposer)
    late = form.expires_at + timedelta(minutes=1)
    with pytest.raises(Refused, match="这个评价链接已于2020年7月9日失效。请登录评价"):
        steps.submit(form, actor=links.holder(form), at=late, attitude="satisfied", result="satisfied")
    assert steps.submit(form, actor=city.chen_yiming, at=late, attitude="satisfied", result="satisfied")


def test_a_form_taken_back_is_closed_with_a_sentence(city):
    form = evaluating.form_of(answering.issued(city), city.lead_proposer)
    form = steps.revoke(form, actor=city.staff, reason="提案者已离任").subject
    with pytest.raises(Refused, match="现在是“已撤回”，不能提交评价"):
        steps.submit(form, actor=links.holder(form), attitude="satisfied", result="satisfied")


def test_a_new_link_closes_the_old_one(city):
    form = evaluating.form_of(answering.issued(city), city.lead_proposer)
    old = links.token_of(form)
    form = steps.renew_link(form, actor=city.staff).subject
    assert links.form_of(old) is None
    assert links.form_of(links.token_of(form)) == form


def test_a_link_opens_its_own_form_and_nothing_else(city):
    reply = answering.issued(city)
    form = evaluating.form_of(reply, city.lead_proposer)
    holder = links.holder(form)
    assert not holder.is_system
    assert list(Evaluation.objects.visible_to(holder)) == [form]
    assert not Proposal.objects.visible_to(holder).exists()
    with pytest.raises(Refused, match="收到评价邀请的提案者"):
        steps.submit(
            evaluating.form_of(reply, city.co_signers[0]),
            actor=holder,
            attitude="satisfied",
            result="satisfied",
        )
    with pytest.raises(Refused, match="系统"):
        steps.count(form, actor=holder)


def test_nobody_is_asked_twice_and_only_by_the_office_or_the_assembly(city):
    reply = answering.issued(city)
    with pytest.raises(Refused, match="陈一鸣已经有一张这份答复的意见表"):
        steps.invite(reply, actor=city.staff, evaluator=city.lead_proposer)
    form = evaluating.form_of(reply, city.lead_proposer)
    steps.revoke(form, actor=city.staff, reason="发错了人")
    for other in (city.chen_jing, city.gao_yuan, city.stranger, city.congress_staff):
        with pytest.raises(Refused, match="这一步由"):
            steps.invite(reply, actor=other, evaluator=city.lead_proposer)
    assert steps.invite(reply, actor=city.staff, evaluator=city.lead_proposer).subject.pk != form.pk


def test_once_all_is_carried_out_the_proposers_are_asked_again(city):
    promise = answering.kept(city)
    reply = promise.assignment.replies.get()
    later = Evaluation.objects.of_reply(reply, later=True)
    assert names(later) == ["陈一鸣", "刘敏", "赵强"]
    form = later.order_by("id")[0]
    with pytest.raises(Refused, match="请对落实情况作出评价"):
        steps.submit(form, actor=city.chen_yiming)
    with pytest.raises(Refused, match="这张意见表不评价办理态度"):
        steps.submit(form, actor=city.chen_yiming, fulfilment="satisfied", attitude="satisfied")
    assert steps.submit(form, actor=city.chen_yiming, fulfilment="satisfied").subject.later


def test_while_a_promise_is_open_nobody_is_asked_about_it(city):
    share = answering.at_work(city)
    first = answering.promised(city, share)
    answering.promised(city, share, what="增加普惠学位")
    answering.issued(city, share)
    answering.kept(city, first)
    assert not Evaluation.objects.filter(later=True).exists()


def test_a_link_opens_only_what_it_was_signed_for(city):
    """A row that was turned to another evaluator or round behind the steps' back is not opened by the old link."""
    reply = answering.issued(city)
    form = evaluating.form_of(reply, city.lead_proposer)
    token = links.token_of(form)
    assert links.form_of(token) == form
    for turned in ({"evaluator": city.deputy}, {"round": 2}, {"reply": None}):
        Evaluation.objects.filter(pk=form.pk).update(**turned)
        assert links.form_of(token) is None
        Evaluation.objects.filter(pk=form.pk).update(evaluator=city.lead_proposer, round=1, reply=reply)
    assert links.form_of(token) == form
