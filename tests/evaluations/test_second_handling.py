"""Dissatisfied: handled again, ordered by whom the pack says, until the last round; both replies stay."""

from datetime import date

import pytest

from huiyin.evaluations import steps
from huiyin.evaluations.models import SecondHandling
from huiyin.handling import steps as handling_steps
from huiyin.journal.step import Refused
from huiyin.words import AnswerStage, AssignmentState, SecondHandlingState
from tests.packs_for_tests import pack_version
from tests.stories import answering, evaluating, handling
from tests.stories.moments import at


def stage(item):
    item.refresh_from_db()
    return item.answer_stage


def test_dissatisfied_on_attitude_only_is_no_second_handling_here(city):
    reply = evaluating.evaluated(city, attitude="dissatisfied")
    assert not SecondHandling.objects.exists()
    assert stage(reply.proposal) == AnswerStage.EVALUATED


def test_where_the_pack_says_either_the_attitude_is_enough(city):
    pack_version(second_handling_on="either")
    reply = evaluating.evaluated(city, attitude="dissatisfied")
    assert SecondHandling.objects.get().state == SecondHandlingState.ORDERED
    assert stage(reply.proposal) == AnswerStage.SECOND_HANDLING


def test_automatic_the_share_is_open_again_and_a_new_clock_runs(city):
    second = evaluating.dissatisfied(city)
    share = second.share
    share.refresh_from_db()
    assert second.state == SecondHandlingState.ORDERED
    assert (second.round, share.round, share.state) == (2, 2, AssignmentState.REHANDLING)
    assert second.evaluation.evaluator == city.lead_proposer
    event = second.proposal.events.get(code="second_handling.order")
    assert event.facts["assignments"] == [share.pk]
    assert event.actor is None
    path = []
    while event:
        path.append(event.code)
        event = event.parent
    assert path[:3] == ["second_handling.order", "second_handling.propose", "evaluation.count"]
    deadline = share.deadlines.get(name="second_handling")
    assert (deadline.round, deadline.due_on) == (2, date(2020, 5, 20))
    assert stage(second.proposal) == AnswerStage.SECOND_HANDLING


def test_the_second_reply_ends_it_and_both_replies_stay(city):
    second = evaluating.dissatisfied(city)
    reply = evaluating.answered_again(city, second)
    second.refresh_from_db()
    assert second.state == SecondHandlingState.DONE
    assert second.done_at == at(evaluating.REISSUED)
    assert list(second.share.replies.order_by("round").values_list("round", "state")) == [
        (1, "issued"),
        (2, "issued"),
    ]
    assert second.share.deadlines.get(name="second_handling").met_at == at(evaluating.REISSUED)
    assert reply.evaluations.count() == 3
    assert stage(second.proposal) == AnswerStage.ANSWERED


def test_satisfied_the_second_time_it_is_evaluated(city):
    second = evaluating.dissatisfied(city)
    reply = evaluating.answered_again(city, second)
    evaluating.evaluated(city, reply, when=evaluating.EVALUATED_AGAIN)
    assert stage(second.proposal) == AnswerStage.EVALUATED
    assert SecondHandling.objects.count() == 1


def test_dissatisfied_twice_and_no_round_is_left(city):
    pack_version(second_handling_rounds=1)
    second = evaluating.dissatisfied(city)
    reply = evaluating.answered_again(city, second)
    evaluating.evaluated(city, reply, result="dissatisfied", when=evaluating.EVALUATED_AGAIN)
    assert SecondHandling.objects.count() == 1
    event = second.proposal.events.get(code="evaluation.exhaust")
    assert event.facts["then"] == "close"
    told = set(event.deliveries.values_list("receiver", flat=True))
    assert {city.lin_lan.person.pk, city.staff.person.pk} <= told
    assert stage(second.proposal) == AnswerStage.EVALUATED


def test_dissatisfied_twice_with_two_rounds_is_handled_a_third_time(city):
    second = evaluating.dissatisfied(city)
    reply = evaluating.answered_again(city, second)
    evaluating.evaluated(city, reply, result="dissatisfied", when=evaluating.EVALUATED_AGAIN)
    third = SecondHandling.objects.get(round=3)
    assert third.state == SecondHandlingState.ORDERED
    third.share.refresh_from_db()
    assert third.share.round == 3


def test_three_dissatisfied_forms_make_one_second_handling(city):
    reply = answering.issued(city)
    for form in reply.evaluations.order_by("id"):
        evaluating.given(city, form, result="dissatisfied")
    assert SecondHandling.objects.count() == 1


class TestAssemblyOffice:
    """second_handling = assembly_office: its staff decide."""

    @pytest.fixture(autouse=True)
    def _pack(self, city):
        pack_version(second_handling="assembly_office")

    def test_it_waits_for_the_staff(self, city):
        second = evaluating.dissatisfied(city)
        assert second.state == SecondHandlingState.PROPOSED
        assert stage(second.proposal) == AnswerStage.REDO_PROPOSED
        for other in (city.lin_lan, city.gao_yuan, city.chen_yiming, city.congress_staff, city.stranger):
            with pytest.raises(Refused, match="政协提案委或人大代表工委"):
                steps.order(second, actor=other)
        event = steps.order(second, actor=city.staff, at=at("2020-04-22"))
        assert event.subject.ordered_at == at("2020-04-22")
        told = set(event.deliveries.values_list("receiver", flat=True))
        assert {city.gao_yuan.person.pk, city.lin_lan.person.pk, city.chen_yiming.person.pk} <= told
        assert stage(second.proposal) == AnswerStage.SECOND_HANDLING

    def test_the_staff_may_decline_with_a_reason(self, city):
        second = evaluating.dissatisfied(city)
        with pytest.raises(Refused, match="请填写“理由”"):
            steps.decline(second, actor=city.staff, reason="")
        second = steps.decline(second, actor=city.staff, reason="受政策所限，已说明").subject
        assert second.state == SecondHandlingState.DECLINED
        assert stage(second.proposal) == AnswerStage.EVALUATED
        with pytest.raises(Refused, match="已经提出过重办"):
            steps.propose(second.evaluation, actor=city.staff)

    def test_the_staff_may_propose_it_themselves(self, city):
        reply = evaluating.evaluated(city, attitude="dissatisfied")
        form = evaluating.form_of(reply, city.lead_proposer)
        second = steps.propose(form, actor=city.staff).subject
        assert second.state == SecondHandlingState.PROPOSED


class TestStandingCommittee:
    """second_handling = standing_committee: the committee decides, the staff enter it."""

    def test_the_decision_names_its_meeting_and_day(self, city):
        pack_version(second_handling="standing_committee")
        second = evaluating.dissatisfied(city)
        with pytest.raises(Refused, match="请写明作出决定的会议和日期"):
            steps.order(second, actor=city.staff)
        second = steps.order(
            second, actor=city.staff, decision="第21次主席会议决定重办", decided_on=date(2020, 4, 28)
        ).subject
        assert second.decision == "第21次主席会议决定重办"
        assert stage(second.proposal) == AnswerStage.SECOND_HANDLING


def test_of_two_leads_only_the_one_found_wanting_answers_again(city):
    first = handling.assigned(city, leads=[city.education, city.land])
    share = answering.at_work(city, assignment=handling.signed(city, first))
    other = answering.at_work(
        city, assignment=handling.signed(city, handling.share(share.proposal, city.land))
    )
    evaluating.evaluated(city, answering.issued(city, share))
    reply = answering.issued(city, other)
    evaluating.evaluated(city, reply, result="dissatisfied")
    share.refresh_from_db()
    other.refresh_from_db()
    assert share.state == AssignmentState.ANSWERED
    assert other.state == AssignmentState.REHANDLING
    assert SecondHandling.objects.get().share == other


def test_of_one_agreed_reply_every_lead_answers_again(city):
    pack_version(several_leads="one_agreed_reply")
    from huiyin.replies import steps as replies

    first = handling.assigned(city, leads=[city.education, city.land])
    share = answering.at_work(city, assignment=handling.signed(city, first))
    other = handling.signed(city, handling.share(share.proposal, city.land))
    reply = answering.signed_off(city, share=share)
    replies.agree(reply, actor=city.he_shan)
    second = evaluating.dissatisfied(city, answering.issued(city, reply=reply))
    other.refresh_from_db()
    assert other.state == AssignmentState.REHANDLING
    event = second.proposal.events.get(code="second_handling.order")
    assert event.facts["assignments"] == [share.pk, other.pk]


def test_forms_of_the_first_round_are_taken_back_by_the_second_reply(city):
    reply = answering.issued(city)
    form = evaluating.given(city, evaluating.form_of(reply, city.lead_proposer), result="dissatisfied")
    steps.count(form, actor=city.lin_lan, at=at("2020-05-01"))
    second = SecondHandling.objects.get()
    evaluating.answered_again(city, second)
    states = dict(reply.evaluations.values_list("evaluator__name", "state"))
    assert states == {"陈一鸣": "submitted", "刘敏": "revoked", "赵强": "revoked"}


class TestClosing:
    """答复办结 and 销号: two closings (R6)."""

    def test_the_answer_is_closed_when_it_has_been_evaluated(self, city):
        reply = answering.issued(city)
        with pytest.raises(Refused, match="还有3份意见表没有交回"):
            handling_steps.close_answer(reply.proposal, actor=city.lin_lan, at=at("2020-04-15"))
        evaluating.evaluated(city, reply)
        handling_steps.close_answer(reply.proposal, actor=city.lin_lan, at=at("2020-04-25"))
        assert stage(reply.proposal) == AnswerStage.ANSWER_CLOSED
        reply.assignment.refresh_from_db()
        assert reply.assignment.state == AssignmentState.CLOSED

    def test_it_is_settled_only_when_every_promise_is(self, city):
        """R6"""
        reply = evaluating.evaluated(city)
        item = reply.proposal
        handling_steps.close_answer(item, actor=city.lin_lan, at=at("2020-04-25"))
        item.refresh_from_db()
        with pytest.raises(Refused, match="还有1项承诺没有落实或说明"):
            handling_steps.settle(item, actor=city.lin_lan)
        answering.kept(city, reply.assignment.promises.get())
        item = handling_steps.settle(item, actor=city.lin_lan, at=at("2021-12-01")).subject
        assert item.settled_at == at("2021-12-01")

    def test_while_a_second_handling_is_open_it_is_not_closed(self, city):
        second = evaluating.dissatisfied(city)
        with pytest.raises(Refused, match=r"还没有答复|重新办理还没有结束"):
            handling_steps.close_answer(second.proposal, actor=city.lin_lan)

    def test_where_both_sides_are_to_meet_the_outcome_is_written_down(self, city):
        """after_last_round = convene"""
        pack_version(second_handling_rounds=1, after_last_round="convene")
        second = evaluating.dissatisfied(city)
        reply = evaluating.answered_again(city, second)
        evaluating.evaluated(city, reply, result="dissatisfied", when=evaluating.EVALUATED_AGAIN)
        with pytest.raises(Refused, match="请召集承办单位与提案者当面协商") as refused:
            handling_steps.close_answer(second.proposal, actor=city.lin_lan)
        assert refused.value.field == "outcome"
        event = handling_steps.close_answer(
            second.proposal, actor=city.lin_lan, outcome="5月30日面商，达成一致"
        )
        assert event.texts.get(name="outcome").text == "5月30日面商，达成一致"

    def test_what_was_given_counts_before_the_answer_is_closed(self, city):
        reply = answering.issued(city)
        form = evaluating.given(city, evaluating.form_of(reply, city.lead_proposer))
        with pytest.raises(Refused, match="有1份意见表已经交回、还没有计入"):
            handling_steps.close_answer(reply.proposal, actor=city.lin_lan, at=at("2020-07-01"))
        steps.count(form, actor=city.lin_lan)
        handling_steps.close_answer(reply.proposal, actor=city.lin_lan, at=at("2020-07-01"))
        states = set(reply.evaluations.exclude(pk=form.pk).values_list("state", flat=True))
        assert states == {"lapsed"}

    def test_where_replies_are_checked_afterwards_it_waits_for_the_check(self, city):
        pack_version(office_check="after_issue")
        reply = evaluating.evaluated(city)
        with pytest.raises(Refused, match="市教育局的答复还没有审核"):
            handling_steps.close_answer(reply.proposal, actor=city.lin_lan)
        from huiyin.replies import steps as replies

        replies.pass_check(reply, actor=city.lin_lan)
        assert handling_steps.close_answer(reply.proposal, actor=city.lin_lan)
