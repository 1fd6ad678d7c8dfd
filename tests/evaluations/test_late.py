"""Forms that come in after the answer was closed: taken, counted as of their date, and heard."""

import pytest
from django.urls import reverse

from huiyin.clock.now import at as clock_at
from huiyin.evaluations import links, steps
from huiyin.evaluations.models import Evaluation, SecondHandling
from huiyin.handling import steps as handling
from huiyin.journal.step import Refused
from huiyin.people.actor import Actor
from huiyin.proposals import check
from huiyin.reporting.figures import figures_of
from tests.packs_for_tests import pack_version
from tests.stories import answering, evaluating
from tests.stories.moments import at

pytestmark = pytest.mark.django_db

IN_TIME, CLOSED, TOO_LATE, ENTERED = "2020-04-28", "2020-06-01", "2020-06-08", "2020-06-10"


@pytest.fixture(autouse=True)
def day():
    with clock_at(at(ENTERED)) as held:
        yield lambda text: held.move(at(text))
    assert list(check.problems()) == []


def closed(city, **given):
    """Two of three forms are in when the answer is closed; 赵强's is still out."""
    reply = answering.issued(city, **given)
    for proposer in (city.lead_proposer, city.co_signers[0]):
        form = evaluating.given(city, evaluating.form_of(reply, proposer))
        steps.count(form, actor=city.lin_lan, at=at("2020-05-06"))
    handling.close_answer(reply.proposal, actor=city.lin_lan, at=at(CLOSED))
    return reply


def enters(city, reply, *, result="dissatisfied", dated=IN_TIME):
    reason = "" if result == "satisfied" else "两所幼儿园还没有动工"
    event = steps.enter_paper(
        reply,
        actor=city.staff,
        at=at(dated),
        evaluator=city.co_signers[1],
        attitude="satisfied",
        result=result,
        reason=reason,
    )
    form = event.subject
    form.refresh_from_db()
    reply.proposal.refresh_from_db()
    return form


def count_of(city, code, on):
    return next(figure for figure in figures_of(city.plenary, at(on).date()) if figure.code == code)


def test_what_has_not_come_back_has_lapsed_and_still_is_one_of_those_sent(city):
    pack_version(unreturned_forms="counted")
    reply = closed(city)
    assert dict(reply.evaluations.values_list("evaluator__name", "state")) == {
        "陈一鸣": "submitted",
        "刘敏": "submitted",
        "赵强": "lapsed",
    }
    rate = count_of(city, "satisfaction.result.rate", ENTERED)
    assert (rate.count, rate.of) == (2, 3)


def test_it_fills_the_evaluators_own_form_and_counts_as_of_its_date(city):
    reply = closed(city)
    form = enters(city, reply, result="basic")
    assert Evaluation.objects.count() == 3
    assert (form.state, form.channel, form.counted_at) == ("submitted", "paper", at(IN_TIME))
    assert count_of(city, "satisfaction.result.basic", "2020-04-27").count == 0
    assert count_of(city, "satisfaction.result.basic", IN_TIME).count == 1
    assert reply.proposal.state == "answer_closed"
    assert not SecondHandling.objects.exists()


def test_dissatisfied_in_time_and_entered_late_it_is_handled_again(city):
    """automatic: the answer is open again from today, not from the day of the paper; closed once more in the end."""
    reply = closed(city)
    enters(city, reply)
    item, share = reply.proposal, reply.assignment
    share.refresh_from_db()
    second = SecondHandling.objects.get()
    assert (second.state, second.ordered_at) == ("ordered", at(ENTERED))
    assert (item.state, item.reopened_at, item.answer_stage) == (
        "registered",
        at(ENTERED),
        "second_handling",
    )
    assert (share.state, share.round) == ("rehandling", 2)
    assert share.deadlines.get(name="second_handling").due_on == at("2020-07-10").date()
    assert [count_of(city, "answer_closed.count", on).count for on in ("2020-06-09", ENTERED)] == [1, 0]
    again = evaluating.answered_again(city, second, drafted="2020-06-20", issued="2020-06-22")
    evaluating.evaluated(city, again, when="2020-06-24")
    handling.close_answer(item, actor=city.lin_lan, at=at("2020-06-30"))
    item.refresh_from_db()
    assert (item.state, item.answer_stage) == ("answer_closed", "answer_closed")
    days = ("2020-05-31", CLOSED, "2020-06-09", ENTERED, "2020-06-29", "2020-06-30")
    assert [count_of(city, "answer_closed.count", day).count for day in days] == [0, 1, 1, 0, 0, 1]


def test_where_the_assembly_decides_it_waits_for_the_decision(city):
    pack_version(second_handling="assembly_office")
    reply = closed(city)
    enters(city, reply)
    second = SecondHandling.objects.get()
    assert (second.state, reply.proposal.state) == ("proposed", "answer_closed")
    assert reply.proposal.answer_stage == "redo_proposed"
    with pytest.raises(Refused, match="重新办理还没有结束，请等有了决定"):
        handling.settle(reply.proposal, actor=city.lin_lan)
    steps.decline(second, actor=city.staff, reason="已当面说明进度，提案者理解")
    reply.proposal.refresh_from_db()
    assert reply.proposal.answer_stage == "answer_closed"


def test_dated_after_the_closing_nothing_opens_by_itself(city):
    """automatic: the time was over, so the assembly decides."""
    reply = closed(city)
    form = enters(city, reply, dated=TOO_LATE)
    second = SecondHandling.objects.get()
    assert (form.counted_at, second.state, reply.proposal.state) == (
        at(TOO_LATE),
        "proposed",
        "answer_closed",
    )
    steps.order(second, actor=city.staff, decision="来件虽迟，问题属实")
    reply.proposal.refresh_from_db()
    assert (reply.proposal.state, reply.proposal.answer_stage) == ("registered", "second_handling")


def test_once_it_is_settled_it_counts_and_says_whom_to_ask(city):
    reply = closed(city, mark="A")
    handling.settle(reply.proposal, actor=city.lin_lan, at=at("2020-06-05"))
    form = enters(city, reply)
    assert (form.counted_at, reply.proposal.state) == (at(IN_TIME), "settled")
    assert not SecondHandling.objects.exists()
    with pytest.raises(Refused, match="请与市政府办公室商定怎样答复，或请提案者作为新的提案"):
        steps.propose(form, actor=city.staff)


def test_the_last_round_is_the_last_one_here_too(city):
    pack_version(second_handling_rounds=1)
    second = evaluating.dissatisfied(city)
    reply = evaluating.answered_again(city, second)
    for proposer in (city.lead_proposer, city.co_signers[0]):
        form = evaluating.given(city, evaluating.form_of(reply, proposer), when=evaluating.EVALUATED_AGAIN)
        steps.count(form, actor=city.lin_lan, at=at("2020-06-05"))
    handling.close_answer(reply.proposal, actor=city.lin_lan, at=at("2020-06-08"))
    enters(city, reply, dated="2020-05-28")
    assert SecondHandling.objects.count() == 1
    assert reply.proposal.events.filter(code="evaluation.exhaust").count() == 1


def test_nobody_judges_an_answer_before_it_was_given(city):
    reply = closed(city)
    with pytest.raises(Refused, match="2020年4月10日"):
        enters(city, reply, dated="2020-04-09")


def test_nothing_is_judged_that_is_not_handled_any_more(city):
    reply = answering.issued(city)
    handling.void(reply.proposal, actor=city.lin_lan, at=at("2020-05-06"), reason="误录")
    with pytest.raises(Refused, match="这一件现在是“已作废”，不再评价"):
        enters(city, reply)


def test_whoever_comes_late_by_the_link_is_told_where_to_go(city, client, day):
    reply = answering.issued(city)
    form = evaluating.form_of(reply, city.co_signers[1])
    address = reverse("evaluations:by_link", args=[links.token_of(form)])
    for proposer in (city.lead_proposer, city.co_signers[0]):
        steps.count(
            evaluating.given(city, evaluating.form_of(reply, proposer)),
            actor=city.lin_lan,
            at=at("2020-05-06"),
        )
    handling.close_answer(reply.proposal, actor=city.lin_lan, at=at(CLOSED))
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "请把纸质意见表交市政协提案委，照样计入" in page
    assert "索取新的链接" not in page
    form.refresh_from_db()
    with pytest.raises(Refused, match="反馈期已过.*请把纸质意见表交市政协提案委"):
        steps.submit(form, actor=links.holder(form), attitude="satisfied", result="satisfied")
    with pytest.raises(Refused, match="赵强的意见表期满未交，现在交来的，请用“录入纸质意见表”"):
        steps.invite(reply, actor=city.staff, evaluator=city.co_signers[1])


def test_the_system_alone_lets_a_form_lapse(city):
    form = evaluating.form_of(answering.issued(city), city.lead_proposer)
    for person in (city.lin_lan, city.staff, city.chen_jing):
        with pytest.raises(Refused, match="这一步由系统"):
            steps.lapse(form, actor=person)
        with pytest.raises(Refused, match="这一步由系统"):
            handling.reopen_answer(form.proposal, actor=person)
    assert steps.lapse(form, actor=Actor.system(city.here)).subject.state == "lapsed"
