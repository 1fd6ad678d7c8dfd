"""The named stories, each one test through steps; tests/pages/test_named_stories.py walks them through the pages."""

from datetime import date

import pytest

from huiyin.clock.now import at as clock_at
from huiyin.clock.now import now
from huiyin.evaluations.models import Evaluation, SecondHandling
from huiyin.handling import steps as handling_steps
from huiyin.journal.step import Refused
from huiyin.people import directory
from huiyin.people import steps as people_steps
from huiyin.proposals import check
from huiyin.proposals import steps as proposals
from huiyin.replies import steps as replies
from huiyin.replies.letter import letters_of
from huiyin.reporting import steps as reporting
from huiyin.reporting.figures import figures_of
from huiyin.reporting.snapshot import frozen_figures
from huiyin.words import Role
from tests import people
from tests.packs_for_tests import pack_version
from tests.stories import answering, evaluating, handling, intake
from tests.stories.moments import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def holds_in_the_end(db):
    yield
    assert list(check.problems()) == []


def on_time(figures):
    found = next(one for one in figures if one.code == "reply.on_time")
    return found.count, found.of


def due(share, name="reply"):
    return share.deadlines.get(name=name).due_on


def test_two_leads_two_co_units_one_late_and_one_answers_without_it(city):
    """市教育局 answers in time and says why it goes without 市水利局; 市自然资源局 waits for it and is late."""
    first = handling.assigned(city, leads=[city.education, city.land], co=[city.police, city.water])
    item = first.proposal
    for unit in (city.land, city.water):
        handling.signed(city, handling.share(item, unit))
    handling.opinion_given(city, handling.share(item, city.police))
    share = answering.at_work(city, assignment=handling.signed(city, first))
    reply = answering.signed_off(city, share=share)
    with pytest.raises(Refused, match="市水利局还没有提交会办意见。请催办，或写明不再等候的原因"):
        replies.issue(reply, actor=city.chen_jing, at=at("2020-04-10"))
    reply = answering.issued(city, reply=reply, went_without="三次催办未复，办理期限将满")
    water = handling.share(item, city.water)
    event = item.events.get(code="reply.issue")
    assert event.facts["went_without"] == [water.pk]
    assert event.texts.get(name="went_without").text == "三次催办未复，办理期限将满"
    late = handling.opinion_given(city, water, when="2020-05-20")
    opinion = late.deadlines.get(name="co_opinion")
    assert (opinion.due_on, opinion.met_at) == (date(2020, 4, 2), at("2020-05-20"))
    other = handling.planned(city, handling.share(item, city.land))
    handling.contacted(city, other)
    assert stage(item) == "handling"
    answering.issued(city, other, when="2020-06-03")
    assert stage(item) == "answered"
    assert on_time(figures_of(city.plenary, date(2020, 12, 31))) == (0, 1)
    assert "went_without" not in item.events.filter(code="reply.issue").last().facts


def test_three_are_merged_three_letters_three_forms(city):
    head = intake.classified(city, proposers=[city.lead_proposer])
    others = [
        intake.registered(city, title=title, proposers=[signer])
        for title, signer in zip(["关于学位的提案", "关于入园的提案"], city.co_signers, strict=True)
    ]
    for item in others:
        handling_steps.merge(item, actor=city.lin_lan, at=at("2020-01-20"), into=head)
    share = handling.contacted(city, handling.planned(city, proposal=head)).assignment
    reply = answering.issued(city, share)
    assert [letter.addressee for letter in letters_of(reply)] == ["陈一鸣委员", "刘敏委员", "赵强委员"]
    forms = Evaluation.objects.order_by("id")
    assert [(form.evaluator.name, form.item) for form in forms] == [
        ("陈一鸣", head),
        ("刘敏", others[0]),
        ("赵强", others[1]),
    ]
    evaluating.evaluated(city, reply)
    assert stage(head) == "evaluated"
    assert {stage(item) for item in others} == {"with_head"}
    figures = {figure.code: figure.count for figure in figures_of(city.plenary, date(2020, 12, 31))}
    assert (figures["received.total"], figures["merged.count"]) == (1, 2)


def test_a_return_on_the_last_day_and_one_too_late(city):
    """Five workdays from 2 March: the ninth is the last day."""
    share = handling.assigned(city)
    assert due(share, "return_window") == date(2020, 3, 9)
    ask, rule = handling_steps.ask_return, handling_steps.rule_return
    asked = ask(share, actor=city.chen_jing, at=at("2020-03-09T17:30"), reason="不属本单位职责").subject
    ruled = rule(
        asked, actor=city.lin_lan, at=at("2020-03-10"), ruling="refused", reason="“三定”职责已有规定"
    )
    assert ruled.subject.state == "offered"
    signed = handling.signed(city, ruled.subject, when="2020-03-11")
    with pytest.raises(Refused, match="申请退办的期限是2020年3月9日，已经过了，请继续办理"):
        ask(signed, actor=city.chen_jing, at=at("2020-03-12"), reason="仍不属本单位")
    assert signed.state == "signed"


@pytest.mark.parametrize(("restart", "due_on"), [(True, date(2020, 6, 8)), (False, date(2020, 6, 2))])
def test_a_reassignment_with_the_clock_restarted_and_not(city, restart, due_on):
    pack_version(restart=restart)
    share = handling.assigned(city)
    asked = handling_steps.ask_return(
        share, actor=city.chen_jing, at=at("2020-03-06"), reason="不属本单位职责"
    ).subject
    handling_steps.rule_return(asked, actor=city.lin_lan, at=at("2020-03-08"), ruling="granted", to=city.land)
    new = handling.share(share.proposal, city.land)
    assert (new.replaces, due(new)) == (share, due_on)
    assert share.deadlines.get(name="reply").cancelled_at == at("2020-03-08")


def test_a_pause_of_ten_workdays_for_a_superior_moves_the_date_ten(city):
    share = handling.planned(city)
    assert due(share) == date(2020, 6, 2)
    paused = handling_steps.pause(
        share, actor=city.lin_lan, at=at("2020-03-16"), reason="报请批复", superior="省教育厅"
    ).subject
    handling_steps.resume(paused, actor=city.chen_jing, at=at("2020-03-30"), outcome="省厅已批复")
    assert due(share) == date(2020, 6, 16)
    assert share.deadlines.get(name="reply").paused_workdays == 10


def test_a_handler_leaves_in_mid_draft(city):
    """The draft, its versions and every date stay; who follows finishes what 周宁 began, and 周宁 acts no more."""
    reply = answering.drafted(city)
    share, was_due = reply.assignment, due(reply.assignment)
    follower = people.actor("吴桐", Role.HANDLER, city.here, city.education, division="规划科")
    handling_steps.take_over(
        share, actor=city.chen_jing, at=at("2020-04-01T15:00"), person=follower.post, reason="调离"
    )
    directory.end_post(city.zhou_ning.post, date(2020, 4, 1))
    with pytest.raises(Refused, match="周宁已于2020年4月1日离任，请选仍在本单位任职的人员"):
        handling_steps.take_over(share, actor=city.chen_jing, at=at("2020-04-02"), person=city.zhou_ning.post)
    revised = replies.revise(
        reply, actor=follower, at=at("2020-04-02"), text="您的提案收悉，经研究答复如下。"
    )
    submitted = replies.submit(revised.subject, actor=follower, at=at("2020-04-02")).subject
    share.refresh_from_db()
    assert (share.handler, share.division, due(share)) == (follower.post, "规划科", was_due)
    assert (submitted.drafted_by, submitted.state) == (city.zhou_ning.post, "in_review")
    assert [version.by for version in reply.versions.all()] == [city.zhou_ning.post, follower.post]


def test_an_extension_asked_for_after_the_due_date(city):
    """On the day itself it is in time; the day after the answer is simply late, and the step says what to do."""
    share = handling.planned(city)
    given = {"actor": city.chen_jing, "until": date(2020, 7, 1), "reason": "需会商"}
    with pytest.raises(Refused, match="2020年6月2日已过，不能再申请延期，请尽快答复并向提案者说明原因"):
        handling_steps.ask_extension(share, at=at("2020-06-03"), **given)
    handling.contacted(city, share)
    answering.issued(city, share, when="2020-06-04")
    assert (due(share), on_time(figures_of(city.plenary, date(2020, 12, 31)))) == (date(2020, 6, 2), (0, 1))


def test_one_of_three_signers_withdraws(city):
    """The item goes on with the two others: they are answered and asked, and both are enough to withdraw it."""
    share = handling.planned(city)
    signature = share.proposal.signers().get(proposer=city.co_signers[0])
    handling_steps.withdraw_signature(
        signature, actor=city.co_signer, at=at("2020-03-12"), reason="已有新的考虑"
    )
    handling.contacted(city, share)
    reply = answering.issued(city, share)
    assert [letter.addressee for letter in letters_of(reply)] == ["陈一鸣委员", "赵强委员"]
    assert {form.evaluator.name for form in reply.evaluations.all()} == {"陈一鸣", "赵强"}
    evaluating.evaluated(city, reply)
    assert stage(share.proposal) == "evaluated"
    assert signature.proposal.proposerships.count() == 3


def test_a_paper_reply_entered_two_weeks_later_is_on_time_by_its_day(city):
    """Sent on 29 May, due on 2 June, entered on 12 June by the office for the unit: both days stand in the event."""
    share = handling.planned(city)
    handling.contacted(city, share)
    answering.promised(city, share)
    office = city.lin_lan.standing_in_for(city.education)
    with clock_at(at("2020-06-12")):
        sent = {"actor": office, "at": at("2020-05-29")}
        reply = replies.draft(
            share, mark="B", text="答复如下。", answers=answering.answers(share), **sent
        ).subject
        event = replies.issue(reply, document_number="淄教函〔2020〕8号", **sent)
        assert (event.at, event.recorded_at, event.on_paper) == (at("2020-05-29"), now(), True)
    assert (event.actor, event.unit) == (city.lin_lan.person, city.education)
    deadline = share.deadlines.get(name="reply")
    assert (deadline.due_on, deadline.met_at) == (date(2020, 6, 2), at("2020-05-29"))
    assert on_time(figures_of(city.plenary, date(2020, 12, 31))) == (1, 1)


def test_an_assignment_date_is_corrected_the_dates_move_and_the_frozen_circular_does_not(city):
    """A reply of 10 June is late for an assignment of 2 March, and in time for one of 16 March."""
    share = answering.at_work(city)
    answering.issued(city, share, when="2020-06-10")
    with clock_at(at("2020-12-31")):
        snapshot = reporting.freeze(
            city.plenary, actor=city.lin_lan, as_of=date(2020, 12, 31), label="年度通报"
        ).subject
        assert on_time(frozen_figures(snapshot)) == (0, 1)
        given = share.events.get(code="assignment.assign")
        people_steps.correct(given, actor=city.lin_lan, to=at("2020-03-16"), reason="交办会改期")
    deadline = share.deadlines.get(name="reply")
    assert (deadline.starts_on, deadline.due_on) == (date(2020, 3, 16), date(2020, 6, 16))
    assert on_time(figures_of(city.plenary, date(2020, 12, 31))) == (1, 1)
    snapshot.refresh_from_db()
    assert on_time(frozen_figures(snapshot)) == (0, 1)


def test_other_rules_in_mid_year_hold_for_what_comes_after_and_for_what_is_moved(city):
    """From 1 April a reply has two months: an earlier item keeps its three, until a step moves it."""
    share = handling.assigned(city)
    newer = pack_version(valid_from=date(2020, 4, 1), reply_months=2)
    late = intake.received(city, title="关于整治噪声的提案", when="2020-04-02")
    for step, day in ((proposals.file, "2020-04-02"), (proposals.hand_over, "2020-04-03")):
        late = step(late, actor=city.staff, at=at(day)).subject
    late = proposals.register(late, actor=city.lin_lan, at=at("2020-04-07")).subject
    after = handling.assigned(city, late, when="2020-04-08")
    assert (share.proposal.pack_version_id == newer.pk, late.pack_version == newer) == (False, True)
    assert share.deadlines.get(name="reply").due_on == date(2020, 6, 2)
    assert after.deadlines.get(name="reply").due_on == date(2020, 6, 8)
    proposals.move_to_pack(
        share.proposal, actor=city.lin_lan, at=at("2020-04-10"), pack_version=newer, reason="统一口径"
    )
    assert share.deadlines.get(name="reply").due_on == date(2020, 5, 6)


def test_dissatisfied_on_attitude_only_then_with_the_result_twice(city):
    """The attitude alone asks for nothing here; the result does, until no round is left."""
    pack_version(second_handling_rounds=1)
    answered = evaluating.evaluated(city, attitude="dissatisfied")
    assert not SecondHandling.objects.exists()
    assert stage(answered.proposal) == "evaluated"
    second = evaluating.dissatisfied(city, answering.issued(city, answering.at_work(city)))
    assert stage(second.proposal) == "second_handling"
    again = evaluating.evaluated(
        city,
        evaluating.answered_again(city, second),
        result="dissatisfied",
        when=evaluating.EVALUATED_AGAIN,
    )
    assert again.round == 2
    assert [one.state for one in SecondHandling.objects.all()] == ["done"]
    assert second.proposal.events.filter(code="evaluation.exhaust").count() == 1
    assert stage(second.proposal) == "evaluated"


def stage(proposal):
    proposal.refresh_from_db()
    return proposal.answer_stage
