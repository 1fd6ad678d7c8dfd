"""重办、答复办结与销号 (assignment.reopen, proposal.close_answer, proposal.settle)."""

import pytest

from huiyin.handling import steps
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.people.actor import Actor
from huiyin.proposals import check
from tests.stories import answering, evaluating, handling
from tests.stories.moments import at


def close(city, proposal, when="2020-06-01", by=None):
    return steps.close_answer(proposal, actor=by or city.lin_lan, at=at(when)).subject


def settle(city, proposal, when="2021-12-01", by=None):
    return steps.settle(proposal, actor=by or city.lin_lan, at=at(when)).subject


def closed(city, **given):
    return close(city, evaluating.evaluated(city, answering.issued(city, **given)).proposal)


def test_answered_and_evaluated_the_answer_is_closed(city):
    proposal = closed(city)
    assert (proposal.state, proposal.answer_closed_at) == ("answer_closed", at("2020-06-01"))
    assert set(proposal.assignments.values_list("state", flat=True)) == {"closed"}
    proposal.refresh_from_db()
    assert (proposal.answer_stage, proposal.fulfilment_stage) == ("answer_closed", "being_carried_out")
    assert list(check.problems()) == []


def test_what_is_promised_is_not_yet_carried_out(city):
    proposal = closed(city, mark="B")
    with pytest.raises(Refused, match="还有1项承诺没有落实或说明，不能销号"):
        settle(city, proposal)


def test_when_every_promise_is_kept_it_is_settled(city):
    proposal = closed(city, mark="B")
    answering.kept(city, proposal.promises.get())
    assert settle(city, proposal).state == "settled"
    proposal.refresh_from_db()
    assert proposal.fulfilment_stage == "carried_out"


def test_with_nothing_promised_it_is_settled_at_once(city):
    assert settle(city, closed(city, mark="A"), when="2020-06-02").state == "settled"


def test_it_is_not_settled_before_the_answer_is_closed(city):
    with pytest.raises(Refused, match="要在“答复办结”时"):
        settle(city, evaluating.evaluated(city).proposal)


def test_without_every_answer_it_is_not_closed(city):
    proposal = handling.assigned(city, leads=[city.education, city.land]).proposal
    with pytest.raises(Refused, match="市教育局、市自然资源局还没有答复"):
        close(city, proposal)


def test_without_a_unit_it_is_not_closed(city):
    from tests.stories import intake

    with pytest.raises(Refused, match="还没有交办"):
        close(city, intake.registered(city))


def test_forms_still_out_hold_it_up_until_their_time_is_over(city):
    proposal = answering.issued(city).proposal
    with pytest.raises(Refused, match="还有3份意见表没有交回，反馈期限是2020年4月30日"):
        close(city, proposal, when="2020-04-30")
    assert close(city, proposal, when="2020-05-01").state == "answer_closed"


def test_a_second_handling_is_ended_first(city):
    second = evaluating.dissatisfied(city)
    with pytest.raises(Refused, match="重新办理还没有结束|还没有答复"):
        close(city, second.proposal)


def test_a_second_handling_opens_the_next_round(city):
    second = evaluating.dissatisfied(city)
    share = second.proposal.assignments.get()
    assert (share.state, share.round) == ("rehandling", 2)
    event = share.events.get(code="assignment.reopen")
    assert (event.facts["round"], event.actor) == (2, None)
    evaluating.answered_again(city, second)
    share.refresh_from_db()
    assert (share.state, share.replies.count()) == ("answered", 2)


def test_only_the_system_opens_a_round(city):
    share = answering.issued(city).assignment
    for person in (city.lin_lan, city.chen_jing, city.stranger):
        with pytest.raises(Refused, match="这一步由系统"):
            steps.reopen(share, actor=person)
    assert steps.reopen(share, actor=Actor.system(city.here)).subject.round == 2


def test_closing_twice_is_told_as_done(city):
    proposal = closed(city)
    with pytest.raises(AlreadyDone):
        close(city, proposal)


def test_strangers_close_nothing(city):
    proposal = evaluating.evaluated(city).proposal
    for stranger in (city.stranger, city.chen_jing, city.staff, city.chen_yiming):
        with pytest.raises(Refused, match="这一步由市政府办公室"):
            close(city, proposal, by=stranger)
    proposal = close(city, proposal)
    with pytest.raises(Refused, match="这一步由市政府办公室"):
        settle(city, proposal, by=city.gao_yuan)
