"""A proposer writes, asks others to sign, and hands in; what is a draft stays the writer's own."""

from dataclasses import replace
from datetime import date

import pytest

from huiyin.journal.models import Event
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.journal.tell import sentence
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer
from huiyin.proposals import check
from huiyin.proposals.models import Draft, Proposal
from huiyin.proposals.steps import (
    decline_to_sign,
    discard_draft,
    invite_co_signers,
    sign_draft,
    submit_draft,
)
from huiyin.proposals.writing import keep, manuscript_of, places_of, take_in
from huiyin.words import DraftState, InvitationState, Period, ProposalState, ProposerKind
from tests.people import City, proposer
from tests.stories import writing
from tests.stories.moments import at

pytestmark = pytest.mark.django_db


def test_what_is_submitted_is_received_as_it_stands(city: City) -> None:
    draft = writing.drafted(city)
    event = submit_draft(draft, actor=city.chen_yiming, at=at("2020-01-06"))
    item = Proposal.objects.get(pk=event.subject.proposal.pk)
    assert item.state == ProposalState.RECEIVED
    assert item.title == draft.title
    assert item.situation == draft.situation
    assert [point.text for point in item.points.all()] == draft.points
    assert [one.proposer for one in item.signers()] == [city.lead_proposer]
    assert item.proposed_on == date(2020, 1, 6)
    assert (item.period, item.proposer_kind) == (Period.IN_PLENARY, ProposerKind.MEMBER)
    assert set(item.events.values_list("code", flat=True)) == {"draft.submit", "proposal.receive"}
    assert city.staff.person.pk in event.deliveries.values_list("receiver", flat=True)
    assert list(check.problems()) == []


def test_after_the_plenary_it_is_handed_in_between(city: City) -> None:
    event = submit_draft(writing.drafted(city), actor=city.chen_yiming, at=at("2020-01-09"))
    assert event.subject.proposal.period == Period.BETWEEN


def test_who_has_signed_signs_the_item_and_nobody_else(city: City) -> None:
    third = proposer("郑义", city.here, city.stranger.person)
    draft = writing.co_signers_invited(city, proposers=[city.co_signers[0], third])
    sign_draft(writing.invitation(draft, city.co_signers[0]), actor=city.co_signer, at=at("2020-01-06"))
    item = submit_draft(draft, actor=city.chen_yiming, at=at("2020-01-07")).subject.proposal
    assert [one.proposer.name for one in item.signers()] == ["陈一鸣", "刘敏"]
    assert item.proposer_kind == ProposerKind.JOINT
    late = writing.invitation(draft, third)
    with pytest.raises(Refused, match="已提交"):
        sign_draft(late, actor=_as(city, third), at=at("2020-01-07"))


def test_everybody_invited_is_told(city: City) -> None:
    draft = writing.co_signers_invited(city)
    asked = Event.objects.get(
        code="draft.ask_to_sign", subject_id=writing.invitation(draft, city.co_signers[0]).pk
    )
    assert list(asked.deliveries.values_list("receiver", flat=True)) == [city.co_signer.person.pk]
    assert sentence(asked) == "陈一鸣请刘敏联名“关于改造老旧小区供水管网的提案”"


def _as(city: City, who: Proposer) -> Actor:
    return replace(city.co_signer, person=who.person)


def test_until_the_day_and_no_longer(city: City) -> None:
    draft = writing.co_signers_invited(city, closes_on=date(2020, 1, 7))
    asked = writing.invitation(draft, city.co_signers[0])
    with pytest.raises(Refused, match="1月7日截止"):
        sign_draft(asked, actor=city.co_signer, at=at("2020-01-08"))
    sign_draft(asked, actor=city.co_signer, at=at("2020-01-07T23:30"))
    with pytest.raises(AlreadyDone):
        sign_draft(asked, actor=city.co_signer, at=at("2020-01-07T23:31"))


def test_a_later_day_opens_it_again(city: City) -> None:
    draft = writing.co_signers_invited(city, closes_on=date(2020, 1, 6))
    invite_co_signers(draft, actor=city.chen_yiming, at=at("2020-01-07"), closes_on=date(2020, 1, 9))
    asked = writing.invitation(draft, city.co_signers[0])
    assert sign_draft(asked, actor=city.co_signer, at=at("2020-01-08")).subject.stands


def test_a_text_that_is_changed_is_to_be_signed_anew(city: City) -> None:
    draft = writing.co_signers_invited(city)
    asked = writing.invitation(draft, city.co_signers[0])
    sign_draft(asked, actor=city.co_signer, at=at("2020-01-06"))
    keep(draft, {"points": ["另一条建议"]}, at("2020-01-06T11:00"))
    asked = writing.invitation(draft, city.co_signers[0])
    assert asked.state == InvitationState.SIGNED
    assert not asked.stands
    item = submit_draft(draft, actor=city.chen_yiming, at=at("2020-01-06T12:00")).subject.proposal
    assert [one.proposer.name for one in item.signers()] == ["陈一鸣"]


def test_who_declines_may_still_sign_and_who_signed_may_step_back(city: City) -> None:
    draft = writing.co_signers_invited(city)
    asked = writing.invitation(draft, city.co_signers[0])
    decline_to_sign(asked, actor=city.co_signer, at=at("2020-01-06"), note="另有一件")
    sign_draft(asked, actor=city.co_signer, at=at("2020-01-06T10:00"))
    event = decline_to_sign(asked, actor=city.co_signer, at=at("2020-01-06T11:00"))
    assert event.subject.state == InvitationState.DECLINED
    assert city.chen_yiming.person.pk in event.deliveries.values_list("receiver", flat=True)


def test_nothing_is_submitted_without_title_or_suggestion(city: City) -> None:
    draft = writing.drafted(city, title="")
    with pytest.raises(Refused, match="案由"):
        submit_draft(draft, actor=city.chen_yiming)
    draft = writing.drafted(city, points=[])
    with pytest.raises(Refused, match="具体建议"):
        submit_draft(draft, actor=city.chen_yiming)
    assert Proposal.objects.count() == 0


def test_only_the_writer_submits_and_only_once(city: City) -> None:
    draft = writing.co_signers_invited(city)
    with pytest.raises(Refused, match="署名人本人"):
        submit_draft(draft, actor=city.co_signer)
    submit_draft(draft, actor=city.chen_yiming)
    with pytest.raises(AlreadyDone):
        submit_draft(draft, actor=city.chen_yiming)
    assert Proposal.objects.count() == 1


def test_nobody_is_asked_twice_or_from_elsewhere(city: City) -> None:
    draft = writing.co_signers_invited(city)
    for one in (city.co_signers[0], city.lead_proposer, city.deputy, city.co_signers[1]):
        with pytest.raises(Refused, match="不能联名这一件"):
            invite_co_signers(
                draft,
                actor=city.chen_yiming,
                at=at("2020-01-06"),
                closes_on=date(2020, 1, 9),
                proposers=[one],
            )
    with pytest.raises(Refused, match="已经过去"):
        invite_co_signers(draft, actor=city.chen_yiming, at=at("2020-01-06"), closes_on=date(2020, 1, 5))


def test_a_draft_is_seen_by_its_writer_and_by_those_asked(city: City) -> None:
    draft = writing.co_signers_invited(city)
    seen = {
        name: Draft.objects.visible_to(getattr(city, name)).filter(pk=draft.pk).exists()
        for name in ("chen_yiming", "co_signer", "staff", "lin_lan", "auditor", "stranger", "chen_jing")
    }
    assert [name for name, may in seen.items() if may] == ["chen_yiming", "co_signer"]
    discard_draft(draft, actor=city.chen_yiming)
    assert not Draft.objects.visible_to(city.co_signer).exists()
    assert Draft.objects.get().state == DraftState.DISCARDED


def test_keeping_a_draft_leaves_no_event_and_takes_no_secret(city: City) -> None:
    draft = writing.drafted(city)
    before = Event.objects.count()
    keep(draft, {"situation": "管网已用三十年。"}, at("2020-01-06"))
    assert Event.objects.count() == before
    with pytest.raises(Refused, match="涉密"):
        keep(draft, {"text": "机密★10年"}, at("2020-01-06"))
    assert Draft.objects.get().text == ""


def test_what_is_read_in_stands_behind_what_was_written(city: City) -> None:
    draft = writing.drafted(city)
    said = take_in(
        draft,
        manuscript_of("关于另一件事的提案\n情况：漏水。\n建议：\n1.检修。\n2.公示。\n此致\n附：照片", None),
        at("2020-01-06"),
    )
    draft.refresh_from_db()
    assert draft.situation.endswith("漏水。")
    assert draft.points[-2:] == ["检修。", "公示。\n此致\n附：照片"]
    assert draft.text == "关于另一件事的提案"  # the title that stands is kept, the other one is not lost
    assert "具体建议2条" in said
    assert "1段没有认出" in said


def test_an_empty_manuscript_is_refused_with_a_sentence(city: City) -> None:
    with pytest.raises(Refused, match="没有读到文字"):
        take_in(writing.drafted(city), manuscript_of("  \n", None), at("2020-01-06"))


def test_one_writes_for_the_latest_plenary_of_the_own_assembly(city: City) -> None:
    assert [plenary for _, plenary in places_of(city.chen_yiming)] == [city.plenary]
    assert places_of(city.staff) == []
