"""A mark rises only with evidence that the office has accepted, and falls openly (R5)."""

import pytest

from huiyin.journal.step import Refused
from huiyin.promises import steps as promises
from huiyin.replies import steps
from huiyin.replies.marks import mark_now
from huiyin.replies.models import MarkHistory
from huiyin.words import AssignmentState, FulfilmentStage
from tests.stories import answering, handling, intake
from tests.stories.moments import at

RAISED = "2021-11-25"


def _raise(city, reply, evidence, **given):
    given = {"mark": "A", "meaning": "solved", "reason": "两所幼儿园已招生"} | given
    return steps.raise_mark(reply, actor=city.lin_lan, at=at(RAISED), evidence=evidence, **given)


def test_it_rises_with_accepted_evidence_and_leaves_a_dated_row(city):
    promise = answering.kept(city)
    reply = promise.assignment.replies.get()
    event = _raise(city, reply, promise.evidence.get())
    rows = list(MarkHistory.objects.values_list("mark", "order", "meaning", "since"))
    assert rows == [
        ("B", 2, "planned", at(answering.ISSUED)),
        ("A", 1, "solved", at(RAISED)),
    ]
    assert event.facts["was"] == "B"
    reply.refresh_from_db()
    assert reply.mark == "B"
    assert mark_now(promise.assignment).mark == "A"


def test_without_accepted_evidence_it_does_not_rise(city):
    promise = answering.claimed(city)
    reply = promise.assignment.replies.get()
    with pytest.raises(Refused, match="只能凭市政府办公室认可的佐证提升"):
        _raise(city, reply, promise.evidence.get())


def test_evidence_of_another_item_does_not_raise_it(city):
    mine = answering.kept(city)
    other_share = answering.at_work(city, proposal=intake.classified(city, title="另一件"))
    other = answering.kept(city, answering.promise_in_force(city, share=other_share))
    with pytest.raises(Refused, match="这份佐证不是本件的"):
        _raise(city, mine.assignment.replies.get(), other.evidence.get())


def test_it_does_not_rise_to_something_no_better(city):
    promise = answering.kept(city)
    with pytest.raises(Refused, match="“留作参考”并不好于现在的办理结果"):
        _raise(city, promise.assignment.replies.get(), promise.evidence.get(), mark="C", meaning="reference")


def test_being_solved_still_needs_an_open_promise(city):
    promise = answering.kept(city)
    reply = promise.assignment.replies.get()
    with pytest.raises(Refused, match="请写入至少一项承诺"):
        _raise(city, reply, promise.evidence.get(), meaning="being_solved")
    with pytest.raises(Refused, match="请写明是哪一种"):
        _raise(city, reply, promise.evidence.get(), meaning="")


def test_the_unit_does_not_raise_it_itself(city):
    promise = answering.kept(city)
    reply = promise.assignment.replies.get()
    for other in (city.gao_yuan, city.chen_jing, city.staff, city.stranger):
        with pytest.raises(Refused, match="市政府办公室"):
            steps.raise_mark(
                reply,
                actor=other,
                mark="A",
                meaning="solved",
                reason="已招生",
                evidence=promise.evidence.get(),
            )


def test_it_falls_openly(city):
    reply = answering.issued(city)
    handling.contacted(
        city,
        reply.assignment,
        when="2020-09-01",
        phase="revisit",
        explained="规划取消",
        response="understood",
    )
    event = steps.lower_mark(
        reply, actor=city.gao_yuan, at=at("2020-09-10"), mark="C", meaning="cannot", reason="规划取消"
    )
    assert mark_now(reply.assignment).mark == "C"
    told = set(event.deliveries.values_list("receiver", flat=True))
    assert {city.lin_lan.person.pk, city.chen_yiming.person.pk, city.staff.person.pk} <= told
    for promise in reply.assignment.promises.all():
        promises.drop(
            promise, actor=city.gao_yuan, reason="规划取消", told_how="上门", told_on=at("2020-09-01").date()
        )
    reply.proposal.refresh_from_db()
    assert reply.proposal.fulfilment_stage == FulfilmentStage.EXPLAINED


def test_it_does_not_fall_unexplained(city):
    reply = answering.issued(city)
    with pytest.raises(Refused, match="要先与提案者沟通"):
        steps.lower_mark(reply, actor=city.gao_yuan, mark="C", meaning="cannot", reason="规划取消")
    with pytest.raises(Refused, match="并不低于现在的办理结果"):
        steps.lower_mark(reply, actor=city.gao_yuan, mark="A", meaning="solved", reason="规划取消")


def test_a_better_second_reply_needs_the_offices_word(city):
    """R5 holds for the second reply too: its check or accepted evidence."""
    from tests.stories import evaluating

    second = evaluating.dissatisfied(city)
    share = second.share
    share.refresh_from_db()
    reply = answering.signed_off(city, share=share, mark="A", when="2020-05-06")
    with pytest.raises(Refused, match="由“三年内基本解决”提为“已经解决或正在解决”"):
        steps.issue(reply, actor=city.chen_jing, at=at("2020-05-12"))
    reply = steps.to_check(reply, actor=city.chen_jing).subject
    reply = steps.pass_check(reply, actor=city.lin_lan).subject
    steps.issue(reply, actor=city.chen_jing, at=at("2020-05-12"))
    share.refresh_from_db()
    assert share.state == AssignmentState.ANSWERED
    assert mark_now(share).mark == "A"
