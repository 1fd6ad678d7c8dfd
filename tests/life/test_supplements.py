"""补录 and what follows by itself: paper states less than the form asks for, and something becomes known later."""

from datetime import date

import pytest

from huiyin.contacts import steps as contacts
from huiyin.evaluations import steps as evaluations
from huiyin.handling.steps import take_over
from huiyin.journal.step import Refused
from huiyin.journal.work import work
from huiyin.promises import steps as promises
from huiyin.proposals import steps as proposals
from huiyin.replies import steps as replies
from huiyin.replies.models import MarkHistory
from tests import people
from tests.stories import answering, evaluating, handling, intake
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
LATER = at("2020-06-15")


def test_what_paper_did_not_state_is_filled_in_later(city):
    """proposal.supplement: number, day, text and signers that stood empty."""
    with work(history=True):
        item = intake.filed(city, proposers=[], text="")
    assert item.number == ""
    proposals.supplement(
        item,
        actor=city.staff,
        at=LATER,
        number="0094",
        proposed_on=date(2020, 1, 6),
        lead=city.lead_proposer,
        cosigners=city.co_signers,
        text="学位不足。",
    )
    item.refresh_from_db()
    assert (item.number, item.proposed_on, item.text) == ("0094", date(2020, 1, 6), "学位不足。")
    assert [one.proposer.name for one in item.signers()] == ["陈一鸣", "刘敏", "赵强"]


def test_what_stands_is_not_overwritten(city):
    item = intake.filed(city)
    with pytest.raises(Refused, match="编号、正文、第一提案人已经登记"):
        proposals.supplement(
            item, actor=city.staff, number="0095", text="另一段", lead=people.proposer("王平", city.here)
        )
    with pytest.raises(Refused, match="这一步由"):
        proposals.supplement(item, actor=city.chen_jing, remarks="补充")
    with pytest.raises(Refused, match="同一提案者只署名一次"):
        proposals.supplement(item, actor=city.staff, cosigners=[city.co_signers[0]])


def old_reply(city, **given):
    """A letter of earlier years, taken in with what its row states."""
    share = handling.signed(city)
    entering = city.lin_lan.standing_in_for(city.education)
    with work(history=True):
        reply = replies.draft(share, actor=entering, at=at("2020-05-20"), **given).subject
        return replies.issue(reply, actor=entering, at=at("2020-05-20")).subject


def test_a_mark_found_later_counts_from_the_day_of_the_letter(city):
    """reply.supplement: the mark needs what R3 demands of it even then."""
    reply = old_reply(city)
    entering = city.lin_lan.standing_in_for(city.education)
    with pytest.raises(Refused, match="请写入至少一项承诺"):
        replies.supplement(reply, actor=entering, at=LATER, mark="B")
    answering.promised(city, reply.assignment, when="2020-05-20")
    replies.supplement(reply, actor=entering, at=LATER, mark="B", document_number="淄教函〔2020〕8号")
    reply.refresh_from_db()
    assert (reply.mark, reply.document_number) == ("B", "淄教函〔2020〕8号")
    assert MarkHistory.objects.get().since == at("2020-05-20")
    with pytest.raises(Refused, match="文号、办理结果已经登记"):
        replies.supplement(reply, actor=entering, mark="A", document_number="另一号")


def test_a_form_with_one_grade_gets_the_other(city):
    """evaluation.supplement: what has been given is the proposer's word and stays."""
    reply = old_reply(city, mark="C", meaning="reference")
    with work(history=True):
        form = evaluations.enter_paper(
            reply, actor=city.staff, at=at("2020-06-01"), evaluator=city.lead_proposer, result="satisfied"
        ).subject
    evaluations.supplement(form, actor=city.staff, at=LATER, attitude="basic", reason="希望加快")
    assert dict(form.ratings.values_list("dimension", "grade")) == {
        "result": "satisfied",
        "attitude": "basic",
    }
    with pytest.raises(Refused, match="已有评价"):
        evaluations.supplement(form, actor=city.staff, attitude="satisfied")
    with pytest.raises(Refused, match="这一步由"):
        evaluations.supplement(form, actor=city.gao_yuan, attitude="satisfied")


def test_a_contact_of_which_paper_gave_the_day_alone_gets_its_way(city):
    """contact.supplement: a way that has been given stays."""
    share = handling.signed(city)
    entering = city.lin_lan.standing_in_for(city.education)
    with work(history=True):
        logged = contacts.log(share, actor=entering, at=at("2020-05-12"), phase="during", way="other").subject
    contacts.supplement(logged, actor=entering, at=LATER, way="phone")
    logged.refresh_from_db()
    assert logged.way == "phone"
    with pytest.raises(Refused, match="方式已经登记"):
        contacts.supplement(logged, actor=entering, at=LATER, way="visit")


def test_a_promise_without_a_date_gets_its_first_one(city):
    """promise.set_date: nothing has slipped."""
    share = handling.signed(city)
    entering = city.lin_lan.standing_in_for(city.education)
    with work(history=True):
        promise = promises.make(share, actor=entering, at=at("2020-05-20"), what="新建两所公办幼儿园").subject
    promises.set_date(promise, actor=city.zhou_ning, at=LATER, due_on=date(2021, 12, 31))
    promise.refresh_from_db()
    assert (promise.first_due_on, promise.due_on) == (date(2021, 12, 31), date(2021, 12, 31))
    assert not promise.due_dates.exists()
    with pytest.raises(Refused, match="已经有期限"):
        promises.set_date(promise, actor=city.zhou_ning, due_on=date(2022, 12, 31))


def test_a_second_reply_brings_its_own_events(city):
    """assignment.answer_again and second_handling.done follow the issue; the day of the first answer stays."""
    second = evaluating.dissatisfied(city)
    reply = evaluating.answered_again(city, second)
    issued = reply.proposal.events.filter(code="reply.issue").order_by("pk").last()
    children = set(issued.children.values_list("code", flat=True))
    assert {"assignment.answer_again", "second_handling.done"} <= children
    reply.assignment.refresh_from_db()
    assert reply.assignment.answered_at == at(answering.ISSUED)


def test_the_next_handler_is_told(city):
    """assignment.take_over, as the office of the unit does it when staff change."""
    share = handling.planned(city)
    follower = people.actor("吴桐", city.zhou_ning.role, city.here, city.education, division="规划科")
    event = take_over(share, person=follower.post, actor=city.chen_jing, reason="调离")
    assert list(event.deliveries.values_list("receiver", flat=True)) == [follower.person.pk]
    share.refresh_from_db()
    assert (share.handler, share.division) == (follower.post, "规划科")
