"""The named stories once more, as people walk them through the pages."""

from datetime import date

import pytest
from django.urls import reverse

from huiyin.clock.now import at as clock_at
from huiyin.clock.now import now
from huiyin.evaluations import steps as evaluations
from huiyin.evaluations.models import Evaluation, SecondHandling
from huiyin.handling import steps as handling_steps
from huiyin.handling.models import Assignment
from huiyin.people import steps as people_steps
from huiyin.proposals import check
from huiyin.proposals import steps as proposals
from huiyin.replies import steps as replies
from huiyin.replies.letter import letters_of
from huiyin.replies.models import Reply
from huiyin.reporting import steps as reporting
from huiyin.reporting.figures import figures_of
from huiyin.reporting.models import Snapshot
from huiyin.reporting.snapshot import frozen_figures
from huiyin.words import Role
from tests import people
from tests.packs_for_tests import pack_version
from tests.pages.walking import Walker, words_on
from tests.stories import answering, evaluating, handling, intake
from tests.stories.moments import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def walker():
    return Walker()


@pytest.fixture
def day(settings):
    """The clock, moved by the story; what the replay finds is looked at when the story ends."""
    with clock_at(at("2020-03-02")) as held:
        yield lambda text: held.move(at(text))
    assert list(check.problems()) == []


def test_two_leads_two_co_units_one_late(city, walker, day):
    first = handling.assigned(city, leads=[city.education, city.land], co=[city.police, city.water])
    share = answering.at_work(city, assignment=handling.signed(city, first))
    police, water = (handling.share(share.proposal, unit) for unit in (city.police, city.water))
    day("2020-03-25")
    walker.is_(city.sun_yue).does(handling_steps.sign, police)
    walker.does(handling_steps.give_opinion, police, text="我单位做好安全配合。")
    day("2020-04-10")
    reply = answering.signed_off(city, share=share)
    walker.is_(city.chen_jing)
    assert "市水利局还没有提交会办意见" in walker.is_refused(replies.issue, reply)
    walker.does(replies.issue, reply, went_without="三次催办未复，办理期限将满")
    reply.refresh_from_db()
    assert (reply.state, reply.went_without) == ("issued", "三次催办未复，办理期限将满")
    event = share.proposal.events.get(code="reply.issue")
    assert event.facts["went_without"] == [water.pk]
    share.proposal.refresh_from_db()
    assert share.proposal.answer_stage == "handling"


def test_three_are_merged_three_letters_three_forms(city, walker, day):
    day("2020-01-20")
    head = intake.classified(city, proposers=[city.lead_proposer])
    others = [
        intake.registered(city, title=title, proposers=[signer])
        for title, signer in zip(["关于学位的提案", "关于入园的提案"], city.co_signers, strict=True)
    ]
    for item in others:
        walker.is_(city.lin_lan).does(handling_steps.merge, item, into=head, reason="内容相同")
        assert head.numbered in words_on(walker.sees(item.get_absolute_url()))
    day("2020-04-10")
    share = handling.contacted(city, handling.planned(city, proposal=head)).assignment
    reply = answering.signed_off(city, share=share)
    walker.is_(city.chen_jing).does(replies.issue, reply)
    assert len(letters_of(Reply.objects.get())) == 3
    forms = Evaluation.objects.order_by("id")
    assert [form.item for form in forms] == [head, *others]
    day("2020-04-12")
    walker.is_(city.chen_yiming).does(evaluations.submit, forms[0], attitude="satisfied", result="satisfied")
    forms[0].refresh_from_db()
    assert (forms[0].state, forms[0].counted_at) == ("submitted", None)


def test_a_return_on_the_last_day_and_one_too_late(city, walker, day):
    share = handling.assigned(city)
    day("2020-03-09")
    walker.is_(city.chen_jing).does(
        handling_steps.ask_return, share, reason="不属本单位职责", proposed=city.land
    )
    walker.is_(city.lin_lan)
    assert "理由" in walker.is_refused(handling_steps.rule_return, share, ruling="refused")
    walker.does(handling_steps.rule_return, share, ruling="refused", reason="“三定”职责已有规定")
    day("2020-03-10")
    walker.is_(city.chen_jing).does(handling_steps.sign, share)
    assert "2020年3月9日，已经过了" in walker.is_refused(
        handling_steps.ask_return, share, reason="仍不属本单位"
    )
    assert state_of(share) == "signed"


@pytest.mark.parametrize(("restart", "due_on"), [(True, date(2020, 6, 8)), (False, date(2020, 6, 2))])
def test_a_reassignment_with_the_clock_restarted_and_not(city, walker, day, restart, due_on):
    pack_version(restart=restart)
    share = handling.assigned(city)
    day("2020-03-06")
    walker.is_(city.chen_jing).does(handling_steps.ask_return, share, reason="不属本单位职责")
    day("2020-03-08")
    walker.is_(city.lin_lan).does(handling_steps.rule_return, share, ruling="granted", to=city.land)
    new = handling.share(share.proposal, city.land)
    assert (state_of(share), new.replaces) == ("returned", share)
    assert new.deadlines.get(name="reply").due_on == due_on
    walker.is_(city.he_shan).does(handling_steps.sign, new)
    assert walker.is_(city.chen_jing).is_turned_away(handling_steps.sign, new)


def test_a_pause_of_ten_workdays_moves_the_date_ten(city, walker, day):
    share = handling.planned(city)
    assert due(share) == date(2020, 6, 2)
    day("2020-03-16")
    walker.is_(city.lin_lan).does(handling_steps.pause, share, reason="报请省教育厅批复", superior="省教育厅")
    day("2020-03-30")
    walker.is_(city.chen_jing).does(handling_steps.resume, share, outcome="省厅已批复")
    assert due(share) == date(2020, 6, 16)
    page = words_on(walker.sees(share.proposal.get_absolute_url()))
    assert "2020年6月16日" in page or "6月16日" in page


def test_dissatisfied_on_attitude_only_then_dissatisfied_twice(city, walker, day):
    pack_version(second_handling_rounds=1)
    day("2020-04-10")
    first = answering.issued(city)
    judged(city, walker, first, attitude="dissatisfied", result="basic")
    assert not SecondHandling.objects.exists()
    second = answering.issued(city, answering.at_work(city))
    judged(city, walker, second, attitude="satisfied", result="dissatisfied")
    ordered = SecondHandling.objects.get()
    assert (ordered.state, state_of(second.assignment)) == ("ordered", "rehandling")
    day("2020-05-12")
    again = evaluating.answered_again(city, ordered)
    judged(city, walker, again, attitude="satisfied", result="dissatisfied")
    assert SecondHandling.objects.get().state == "done"
    assert again.proposal.events.filter(code="evaluation.exhaust").count() == 1
    day("2020-06-01")
    walker.is_(city.lin_lan).does(handling_steps.close_answer, again.proposal)


def judged(city, walker, reply, **grades):
    """陈一鸣 by log-in, 刘敏 by her link, 赵强 on paper: the last form makes all of them count."""
    forms = {form.evaluator.name: form for form in reply.evaluations.filter(state="invited")}
    reason = f"第{reply.pk}份答复所说的还要加快"
    walker.is_(city.chen_yiming).does(evaluations.submit, forms["陈一鸣"], reason=reason, **grades)
    assert reason not in words_on(walker.is_(city.gao_yuan).sees(reply.proposal.get_absolute_url()))
    walker.is_(city.co_signer).does(
        evaluations.submit, forms["刘敏"], attitude="satisfied", result="satisfied"
    )
    walker.is_(city.staff).does(
        evaluations.enter_paper,
        reply,
        evaluator=forms["赵强"].evaluator,
        attitude="satisfied",
        result="satisfied",
    )
    assert Evaluation.objects.counted().of_reply(reply).count() == 3
    assert reason in words_on(walker.is_(city.gao_yuan).sees(reply.proposal.get_absolute_url()))


def test_a_handler_leaves_in_mid_draft(city, walker, day):
    share = answering.at_work(city)
    day("2020-04-01")
    walker.is_(city.zhou_ning).does(replies.draft, share, text="您的提案收悉，答复如下。", mark="C")
    reply, was_due = Reply.objects.get(), due(share)
    follower = people.actor("吴桐", Role.HANDLER, city.here, city.education, division="规划科")
    day("2020-04-02")
    walker.is_(city.chen_jing).does(handling_steps.take_over, share, person=follower.post, reason="调离")
    walker.is_(follower).does(replies.revise, reply, text="您的提案收悉，经研究答复如下。")
    walker.does(replies.submit, reply)
    assert [version.by for version in reply.versions.all()] == [city.zhou_ning.post, follower.post]
    assert (state_of(reply), due(share)) == ("in_review", was_due)


def test_an_extension_asked_for_after_the_due_date(city, walker, day):
    share = handling.planned(city)
    day("2020-06-03")
    walker.is_(city.chen_jing)
    said = walker.is_refused(handling_steps.ask_extension, share, until=date(2020, 7, 1), reason="需会商")
    assert "2020年6月2日已过，不能再申请延期" in said
    assert not share.extensions.exists()


def test_a_corrected_assignment_date_and_the_frozen_circular(city, walker, day):
    day("2020-12-31")
    share = answering.at_work(city)
    answering.issued(city, share, when="2020-06-10")
    walker.is_(city.lin_lan).does(reporting.freeze, city.plenary, as_of=date(2020, 12, 31), label="年度通报")
    given = share.events.get(code="assignment.assign")
    assert "更正时间" in words_on(walker.sees(reverse("desks:event", args=[given.pk])))
    walker.does(people_steps.correct, given, to="2020-03-16T10:00", reason="交办会改期")
    assert due(share) == date(2020, 6, 16)
    assert on_time(frozen_figures(Snapshot.objects.get())) == (0, 1)
    assert on_time(figures_of(city.plenary, date(2020, 12, 31))) == (1, 1)


def on_time(figures):
    found = next(one for one in figures if one.code == "reply.on_time")
    return found.count, found.of


def test_one_of_three_signers_withdraws(city, walker, day):
    share = handling.planned(city)
    signature = share.proposal.signers().get(proposer__name="刘敏")
    day("2020-03-12")
    walker.is_(city.co_signer).does(handling_steps.withdraw_signature, signature, reason="已有新的考虑")
    assert [one.proposer.name for one in share.proposal.signers()] == ["陈一鸣", "赵强"]
    assert state_of(share) == "planned"
    handling.contacted(city, share)
    reply = answering.issued(city, share)
    assert {form.evaluator.name for form in reply.evaluations.all()} == {"陈一鸣", "赵强"}


def test_a_paper_reply_entered_two_weeks_later(city, walker, day):
    share = handling.planned(city)
    handling.contacted(city, share)
    answering.promised(city, share)
    day("2020-06-12")
    answers = [{"disposition": "adopted", "text": "已采纳"} for _ in answering.answers(share)]
    sent = {"at": "2020-05-29T10:00"}
    walker.is_(city.lin_lan).does(replies.draft, share, text="答复如下。", mark="B", answers=answers, **sent)
    reply = Reply.objects.get()
    walker.does(replies.issue, reply, document_number="淄教函〔2020〕8号", **sent)
    event = share.proposal.events.get(code="reply.issue")
    assert (event.on_paper, event.unit, event.at) == (True, city.education, at("2020-05-29"))
    assert event.recorded_at == now()
    deadline = share.deadlines.get(name="reply")
    assert (deadline.due_on, deadline.met_at) == (date(2020, 6, 2), at("2020-05-29"))


def test_other_rules_in_mid_year(city, walker, day):
    share = handling.assigned(city)
    newer = pack_version(valid_from=date(2020, 4, 1), reply_months=2)
    day("2020-04-10")
    later = intake.filed(city, title="关于整治噪声的提案")
    walker.is_(city.staff).does(proposals.hand_over, later)
    walker.is_(city.lin_lan).does(proposals.register, later)
    walker.does(handling_steps.assign, later, unit=city.land, role="lead")
    new = Assignment.objects.get(proposal=later)
    assert (due(share), due(new)) == (date(2020, 6, 2), date(2020, 6, 10))
    walker.does(proposals.move_to_pack, share.proposal, pack_version=newer, reason="统一口径")
    assert due(share) == date(2020, 5, 6)


def due(share):
    return share.deadlines.get(name="reply").due_on


def state_of(row):
    row.refresh_from_db()
    return row.state


def test_a_paper_form_that_comes_in_after_the_answer_was_closed(city, walker, day):
    """Filled in in time, entered after the closing: the assembly finds it on its desk and orders a second handling."""
    pack_version(second_handling="assembly_office")
    reply = answering.issued(city)
    item = reply.proposal
    day("2020-05-06")
    for form in reply.evaluations.exclude(evaluator__name="赵强").order_by("id"):
        evaluations.count(evaluating.given(city, form), actor=city.lin_lan)
    day("2020-06-01")
    walker.is_(city.lin_lan).does(handling_steps.close_answer, item)
    assert "期满未交" in words_on(walker.sees(item.get_absolute_url()))
    day("2020-06-10")
    walker.is_(city.staff).does(
        evaluations.enter_paper,
        reply,
        evaluator=city.co_signers[1],
        attitude="satisfied",
        result="dissatisfied",
        reason="还没有动工",
        at="2020-04-28T10:00",
    )
    second = SecondHandling.objects.get()
    assert "赵强不满意" in words_on(walker.sees("/"))
    walker.does(evaluations.order, second, decision="反映的问题属实")
    assert state_of(item) == "registered"
    assert "重新办理" in words_on(walker.is_(city.chen_jing).sees(item.get_absolute_url()))
    again = evaluating.answered_again(city, second, drafted="2020-06-10", issued="2020-06-10")
    assert again.round == 2
