"""A reply goes out when it says and has what it must; with it the unit has answered."""

from datetime import date

import pytest

from huiyin.journal.step import Refused
from huiyin.journal.work import work
from huiyin.promises import steps as promises
from huiyin.replies import steps
from huiyin.replies.models import MarkHistory
from huiyin.words import AnswerStage, AssignmentState, FulfilmentStage, ReplyState
from tests.packs_for_tests import pack_version
from tests.stories import answering, handling, intake
from tests.stories.moments import at


def _issue(city, reply, when=answering.ISSUED, **given):
    return steps.issue(reply, actor=city.chen_jing, at=at(when), **given)


def _sign(city, reply):
    return steps.sign(reply, actor=city.gao_yuan, at=at(answering.SIGNED_OFF))


def test_the_unit_has_answered_its_mark_is_set_and_its_promise_holds(city):
    reply = answering.issued(city)
    share = reply.assignment
    share.refresh_from_db()
    assert reply.state == ReplyState.ISSUED
    assert reply.issued_at == share.answered_at == at(answering.ISSUED)
    assert share.state == AssignmentState.ANSWERED
    row = MarkHistory.objects.get()
    assert (row.mark, row.scheme, row.order, row.meaning) == ("B", "测试2020", 2, "planned")
    assert row.since == at(answering.ISSUED)
    item = share.proposal
    item.refresh_from_db()
    assert item.answer_stage == AnswerStage.ANSWERED
    assert item.fulfilment_stage == FulfilmentStage.BEING_CARRIED_OUT
    event = item.events.get(code="reply.issue")
    assert event.assignment == share
    assert event.facts["round"] == 1
    assert event.facts["mark"] == "B"
    children = list(event.children.order_by("id").values_list("code", flat=True))
    assert children[:2] == ["assignment.answer", "promise.undertake"]


def test_the_reply_deadline_is_met_by_it(city):
    reply = answering.issued(city)
    deadline = reply.assignment.deadlines.get(name="reply")
    assert deadline.met_at == at(answering.ISSUED)


def test_an_unanswered_point_is_named(city):
    share = answering.at_work(city)
    reply = answering.submitted(city, share=share, answers=answering.answers(share)[:1])
    with pytest.raises(Refused, match=r"^还不能签发：第2条建议没有答复。请在答复稿里逐条回应。$"):
        _sign(city, reply)


def test_the_mark_must_be_there(city):
    reply = answering.submitted(city, mark="")
    with pytest.raises(Refused, match="没有写明办理结果类别"):
        _sign(city, reply)


def test_a_mark_with_several_meanings_says_which(city):
    """R3: A is solved or being solved here."""
    reply = answering.submitted(city, mark="A", meaning="")
    with pytest.raises(Refused, match="请写明是“已经解决”、“正在解决”中的哪一种"):
        _sign(city, reply)


def test_solved_without_evidence_or_date_is_refused(city):
    """R3: solved needs evidence or a date of completion."""
    reply = answering.submitted(city, mark="A", meaning_note="", completed_on=None)
    with pytest.raises(Refused, match="请写明解决的依据、附上佐证，或填写办结日期"):
        _sign(city, reply)
    reply = steps.send_back(reply, actor=city.gao_yuan, reason="补办结日期").subject
    steps.revise(reply, actor=city.zhou_ning, completed_on=date(2020, 3, 30))
    reply = answering.issued(city, reply=answering.signed_off(city, reply))
    reply.proposal.refresh_from_db()
    assert reply.proposal.fulfilment_stage == FulfilmentStage.DONE_AT_REPLY


def test_being_solved_without_a_promise_is_refused(city):
    """R3: being solved needs a promise with owner and date, also where the letter is A."""
    reply = answering.submitted(city, mark="A", meaning="being_solved")
    with pytest.raises(Refused, match="办理结果是“正在解决”，请写入至少一项承诺"):
        _sign(city, reply)
    answering.promised(city, reply.assignment)
    assert _sign(city, reply).subject.state == ReplyState.SIGNED


def test_planned_without_a_promise_is_refused(city):
    """R3: a draft's promise taken back leaves nothing to plan on."""
    reply = answering.submitted(city)
    promises.void(reply.assignment.promises.get(), actor=city.zhou_ning)
    with pytest.raises(Refused, match="请写入至少一项承诺，写明责任单位和完成期限"):
        _sign(city, reply)


def test_a_promise_without_a_date_is_refused(city):
    """R3: history may leave a promise without a date; a reply of today may not rest on it."""
    share = answering.at_work(city)
    with work(history=True):
        event = promises.make(share, actor=city.zhou_ning, what="新建两所公办幼儿园")
    assert event.gaps == ["promise_date"]
    reply = answering.submitted(city, share=share)
    with pytest.raises(Refused, match="承诺“新建两所公办幼儿园”没有写明完成期限"):
        _sign(city, reply)


def test_reference_without_an_earlier_contact_is_refused(city):
    """R3: cannot and reference need a reason, and an earlier contact with the proposer's response."""
    share = answering.at_work(city)
    reply = answering.drafted(city, share, mark="", **answering.SAYS["C"])
    steps.revise(reply, actor=city.zhou_ning, mark="C", meaning="reference")
    reply = answering.submitted(city, reply)
    with pytest.raises(Refused, match="要先与提案者沟通、说明原因，再作答复"):
        _sign(city, reply)
    handling.contacted(
        city, share, when="2020-04-05", phase="during", explained="政策不允许", response="understood"
    )
    with pytest.raises(Refused, match="要先与提案者沟通"):
        steps.sign(reply, actor=city.gao_yuan, at=at("2020-04-04"))
    handling.contacted(city, share, when="2020-03-25", phase="during", explained="政策不允许")
    with pytest.raises(Refused, match="要先与提案者沟通"):
        steps.sign(reply, actor=city.gao_yuan, at=at("2020-04-04"))
    assert steps.sign(reply, actor=city.gao_yuan, at=at("2020-04-06")).subject.state == ReplyState.SIGNED


def test_reference_without_a_reason_is_refused(city):
    reply = answering.submitted(city, mark="C", meaning_note="")
    with pytest.raises(Refused, match="请写明原因"):
        _sign(city, reply)


def test_it_is_not_issued_unsigned(city):
    reply = answering.drafted(city)
    with pytest.raises(Refused, match="还没有经本单位审核签发"):
        _issue(city, reply)


def test_the_contacts_that_the_pack_requires_must_have_been_made(city):
    share = handling.planned(city)
    reply = answering.signed_off(city, share=share)
    with pytest.raises(Refused, match="还没有登记办前沟通"):
        _issue(city, reply)
    handling.contacted(city, share)
    assert _issue(city, reply).subject.state == ReplyState.ISSUED


def test_it_waits_for_every_co_opinion_or_says_why_not(city):
    """R2, with two leads and two co-units of which one is late."""
    first = handling.assigned(city, leads=[city.education, city.land], co=[city.police, city.water])
    share = answering.at_work(city, assignment=handling.signed(city, first))
    handling.opinion_given(city, handling.share(share.proposal, city.police))
    reply = answering.signed_off(city, share=share)
    with pytest.raises(Refused, match="市水利局还没有提交会办意见") as refused:
        _issue(city, reply)
    assert refused.value.field == "went_without"
    event = _issue(city, reply, went_without="三次催办未复，办理期限将满")
    late = handling.share(share.proposal, city.water)
    assert event.facts["went_without"] == [late.pk]
    assert event.texts.get(name="went_without").text == "三次催办未复，办理期限将满"
    assert event.subject.went_without == "三次催办未复，办理期限将满"
    share.proposal.refresh_from_db()
    assert share.proposal.answer_stage == AnswerStage.HANDLING
    other = answering.at_work(
        city, assignment=handling.signed(city, handling.share(share.proposal, city.land))
    )
    handling.opinion_given(city, late)
    answering.issued(city, other)
    share.proposal.refresh_from_db()
    assert share.proposal.answer_stage == AnswerStage.ANSWERED


def test_the_last_separate_unit_finds_the_point_that_nobody_answers(city):
    first = handling.assigned(city, separate=[city.education, city.land])
    share = answering.at_work(city, assignment=handling.signed(city, first))
    rows = answering.answers(share)
    answering.issued(city, share, answers=rows[:1])
    other = answering.at_work(
        city, assignment=handling.signed(city, handling.share(share.proposal, city.land))
    )
    reply = answering.submitted(city, share=other, answers=rows[:1])
    with pytest.raises(Refused, match="第2条建议没有答复"):
        steps.sign(reply, actor=answering.leader_of(city, city.land), at=at(answering.SIGNED_OFF))


def test_nobody_but_the_unit_issues(city):
    reply = answering.signed_off(city)
    for other in (city.sun_yue, city.unit_without_share, city.lin_lan, city.staff, city.stranger):
        with pytest.raises(Refused, match="承办单位联络员、承办人"):
            steps.issue(reply, actor=other, at=at(answering.ISSUED))


def test_paper_of_earlier_years_leaves_gaps_instead(city):
    share = handling.signed(city)
    lin_lan = city.lin_lan.standing_in_for(city.education)
    with work(history=True):
        reply = steps.draft(share, actor=lin_lan, at=at("2020-05-20"), mark="B").subject
        event = steps.issue(reply, actor=lin_lan, at=at("2020-05-20"), at_known=False)
    assert set(event.gaps) == {"points", "promise", "contact", "mark_date"}
    reply = event.subject
    share.refresh_from_db()
    assert (reply.issued_known, share.answered_known) == (False, False)
    assert MarkHistory.objects.get().since_known is False
    assert share.deadlines.get(name="reply").met_known is False
    assert not event.deliveries.exists()
    assert not reply.evaluations.exists()


def test_an_old_mark_of_two_meanings_is_a_gap_of_its_own(city):
    share = handling.signed(city)
    lin_lan = city.lin_lan.standing_in_for(city.education)
    with work(history=True):
        reply = steps.draft(share, actor=lin_lan, at=at("2020-05-20"), mark="A").subject
        event = steps.issue(reply, actor=lin_lan, at=at("2020-05-20"))
        other = handling.signed(city, handling.assigned(city, intake.classified(city, title="另一件")))
        bare = steps.draft(other, actor=lin_lan, at=at("2020-05-20")).subject
        unmarked = steps.issue(bare, actor=lin_lan, at=at("2020-05-20"))
    assert set(event.gaps) == {"points", "meaning", "contact"}
    assert set(unmarked.gaps) == {"points", "mark", "contact"}
    assert MarkHistory.objects.count() == 1


class TestOfficeCheck:
    """office_check = before_issue | after_issue | none."""

    def test_where_there_is_none_it_is_not_handed_in(self, city):
        reply = answering.signed_off(city)
        with pytest.raises(Refused, match="不要求答复前送政府办审核"):
            steps.to_check(reply, actor=city.chen_jing)

    def test_before_issue_it_must_have_passed(self, city):
        pack_version(office_check="before_issue")
        reply = answering.signed_off(city)
        with pytest.raises(Refused, match="答复要先经市政府办公室审核"):
            _issue(city, reply)
        reply = steps.to_check(reply, actor=city.chen_jing, at=at(answering.CHECKED)).subject
        assert reply.state == ReplyState.IN_CHECK
        reply = steps.pass_check(reply, actor=city.lin_lan, at=at(answering.CHECKED)).subject
        assert reply.passed_at == at(answering.CHECKED)
        assert _issue(city, reply).subject.state == ReplyState.ISSUED

    def test_before_issue_it_may_be_sent_back_to_the_draft(self, city):
        pack_version(office_check="before_issue")
        reply = answering.signed_off(city)
        reply = steps.to_check(reply, actor=city.chen_jing).subject
        reply = steps.fail_check(reply, actor=city.lin_lan, reason="答非所问").subject
        assert reply.state == ReplyState.DRAFT
        steps.revise(reply, actor=city.zhou_ning, text="重写。")

    def test_only_the_office_checks(self, city):
        pack_version(office_check="before_issue")
        reply = steps.to_check(answering.signed_off(city), actor=city.chen_jing).subject
        for other in (city.gao_yuan, city.staff, city.stranger):
            with pytest.raises(Refused, match="市政府办公室"):
                steps.pass_check(reply, actor=other)

    def test_after_issue_it_is_checked_once(self, city):
        pack_version(office_check="after_issue")
        reply = answering.issued(city)
        reply = steps.pass_check(reply, actor=city.lin_lan).subject
        assert reply.state == ReplyState.ISSUED
        with pytest.raises(Refused, match="已经审核过"):
            steps.fail_check(reply, actor=city.lin_lan, reason="再看")

    def test_after_issue_what_fails_is_answered_anew_and_the_letter_stays(self, city):
        pack_version(office_check="after_issue")
        reply = answering.issued(city)
        event = steps.fail_check(reply, actor=city.lin_lan, reason="答非所问", at=at("2020-04-15"))
        share = reply.assignment
        share.refresh_from_db()
        assert event.facts["reopened"] == [share.pk]
        assert (share.state, share.round) == (AssignmentState.REHANDLING, 2)
        assert event.subject.state == ReplyState.ISSUED
        assert {form.state for form in reply.evaluations.all()} == {"revoked"}
        again = answering.issued(city, share, when="2020-04-25")
        assert again.round == 2
        share.refresh_from_db()
        assert share.state == AssignmentState.ANSWERED
        assert share.answered_at == at(answering.ISSUED)


class TestSeveralLeads:
    """several_leads = one_agreed_reply | own_replies."""

    def _two_leads(self, city):
        first = handling.assigned(city, leads=[city.education, city.land])
        share = answering.at_work(city, assignment=handling.signed(city, first))
        other = handling.signed(city, handling.share(share.proposal, city.land))
        return share, other

    def test_one_agreed_reply_waits_for_the_other_lead(self, city):
        pack_version(several_leads="one_agreed_reply")
        share, other = self._two_leads(city)
        reply = answering.signed_off(city, share=share)
        with pytest.raises(Refused, match="市自然资源局还没有会签"):
            _issue(city, reply)
        with pytest.raises(Refused, match="市教育局已在起草。请在那份答复上会签"):
            steps.draft(other, actor=city.he_shan)
        for outsider in (city.sun_yue, city.chen_jing, city.stranger, city.lin_lan):
            with pytest.raises(Refused, match="其他主办单位"):
                steps.agree(reply, actor=outsider)
        steps.agree(reply, actor=city.he_shan)
        with pytest.raises(Refused, match="已经会签过"):
            steps.agree(reply, actor=city.he_shan)
        _issue(city, reply)
        other.refresh_from_db()
        assert other.state == AssignmentState.ANSWERED
        assert MarkHistory.objects.count() == 2
        share.proposal.refresh_from_db()
        assert share.proposal.answer_stage == AnswerStage.ANSWERED

    def test_own_replies_are_not_agreed(self, city):
        share, other = self._two_leads(city)
        reply = answering.signed_off(city, share=share)
        with pytest.raises(Refused, match="各主办单位分别答复"):
            steps.agree(reply, actor=city.he_shan)
        _issue(city, reply)
        other.refresh_from_db()
        assert other.state == AssignmentState.SIGNED

    def test_an_agreement_falls_with_the_draft_it_was_given_to(self, city):
        pack_version(several_leads="one_agreed_reply")
        share, _ = self._two_leads(city)
        reply = answering.submitted(city, share=share)
        steps.agree(reply, actor=city.he_shan)
        reply = steps.send_back(reply, actor=city.gao_yuan, reason="改一处").subject
        assert not reply.agreements.exists()


def test_a_mark_may_need_the_proposers_consent(city):
    pack_version(mark_needs=("consent",))
    share = answering.at_work(city)
    reply = answering.submitted(city, share=share)
    with pytest.raises(Refused, match="“三年内基本解决”要征得提案者同意"):
        _sign(city, reply)
    handling.contacted(city, share, when="2020-03-20", phase="during", response="understood")
    assert _sign(city, reply).subject.state == ReplyState.SIGNED


class TestWhoSetsTheMark:
    """mark_setter = unit | office; mark_changer = nobody | office."""

    def test_the_office_sets_it_in_its_check(self, city):
        pack_version(mark_setter="office")
        share = answering.at_work(city)
        answering.promised(city, share)
        reply = answering.signed_off(city, share=share, mark="")
        with pytest.raises(Refused, match="答复要先经市政府办公室审核"):
            _issue(city, reply)
        reply = steps.to_check(reply, actor=city.chen_jing).subject
        with pytest.raises(Refused, match="办理结果由市政府办公室确定"):
            steps.pass_check(reply, actor=city.lin_lan)
        reply = steps.pass_check(reply, actor=city.lin_lan, mark="B").subject
        assert (reply.mark, reply.meaning, reply.scheme) == ("B", "planned", "测试2020")
        assert _issue(city, reply).subject.state == ReplyState.ISSUED

    def test_the_office_may_change_it_where_the_pack_says_so(self, city):
        pack_version(office_check="before_issue", mark_changer="office")
        reply = steps.to_check(answering.signed_off(city, mark="B"), actor=city.chen_jing).subject
        event = steps.pass_check(reply, actor=city.lin_lan, mark="A", meaning="being_solved")
        assert event.facts["was"] == "B"
        reply = _issue(city, event.subject).subject
        assert (reply.mark, reply.meaning) == ("A", "being_solved")

    def test_elsewhere_it_can_only_send_it_back(self, city):
        pack_version(office_check="before_issue")
        reply = steps.to_check(answering.signed_off(city, mark="B"), actor=city.chen_jing).subject
        with pytest.raises(Refused, match="退回承办单位改正"):
            steps.pass_check(reply, actor=city.lin_lan, mark="A", meaning="being_solved")

    def test_a_letter_that_has_gone_out_keeps_its_mark(self, city):
        pack_version(office_check="after_issue", mark_changer="office")
        reply = answering.issued(city)
        with pytest.raises(Refused, match="请办理“提升结果”或“下调结果”"):
            steps.pass_check(reply, actor=city.lin_lan, mark="C", meaning="reference")
