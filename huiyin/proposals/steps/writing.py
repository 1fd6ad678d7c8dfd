"""起草与提交: co-signers are asked until a day, sign or do not, and the draft becomes an item."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from huiyin.clock.now import day_of
from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, requirement, step
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer
from huiyin.proposals.drafts import Draft, Invitation
from huiyin.proposals.models import Proposal
from huiyin.proposals.steps.receiving import proposers_here, receive
from huiyin.words import DraftState, InvitationState, Period, ProposerKind


def invited_person(event: Event) -> Iterable[int]:
    """Who is asked, if there is a log-in."""
    return (event.subject.proposer.person_id,) if event.subject.proposer.person_id else ()


def writer(event: Event) -> Iterable[int]:
    return (event.subject.draft.proposer.person_id,)


def everybody_asked(event: Event) -> Iterable[int]:
    asked = event.subject.invitations.exclude(state=InvitationState.DECLINED)
    return set(asked.exclude(proposer__person=None).values_list("proposer__person", flat=True))


@requirement()
def says_what_it_is_about(call: Call) -> str | None:
    return None if call.obj.title.strip() else "还没有写案由，请先写好案由并保存。"


@requirement()
def asks_for_something(call: Call) -> str | None:
    return None if call.obj.points else "还没有具体建议，请至少写一条并保存，承办单位会逐条答复。"


@requirement(field="closes_on", late=True)
def closes_in_time(call: Call) -> str | None:
    closes_on = call.given("closes_on")
    if closes_on is None or closes_on >= day_of(call.at):
        return None
    return "联名的截止日期已经过去，请填今天或以后的日期。"


@requirement(field="proposers", late=True)
def asked_once(call: Call) -> str | None:
    """Those who may be asked are of the same assembly, and neither the writer nor asked already."""
    open_to = set(may_be_asked(call.obj, call.actor).values_list("pk", flat=True))
    other = [one.name for one in call.given("proposers", []) if one.pk not in open_to]
    return f"{'、'.join(other)}已经受到邀请，或者不能联名这一件，请去掉后再邀请。" if other else None


def may_be_asked(draft: Draft, actor: Actor) -> Any:
    """Whoever can log in to answer; a name without a log-in signs on paper."""
    asked = draft.invitations.order_by().values("proposer")
    here = proposers_here(draft.plenary, actor).exclude(person=None).exclude(person=draft.proposer.person_id)
    return here.exclude(pk__in=asked)


@step(
    "draft.invite",
    label="邀请联名",
    on="proposals.Draft",
    who=who.signer,
    source={DraftState.WRITING},
    requires=[says_what_it_is_about, closes_in_time, asked_once],
    fields=[
        Field(
            "proposers",
            "请谁联名",
            "rows",
            required=False,
            options=may_be_asked,
            help="一行写一个姓名，也可以用“、”隔开。只改截止日期的，不填。",
        ),
        Field(
            "closes_on",
            "联名截止日期",
            "date",
            initial=lambda draft: draft.closes_on,
            help="到这一天为止可以联名，过后不再接受。",
        ),
    ],
    sentence="邀请联名，{closes_on}截止",
)
def invite_co_signers(
    draft: Draft, *, actor: Actor, at: datetime, closes_on: date, proposers: Iterable[Proposer] = ()
) -> None:
    """邀请联名: each gets an invitation of the own; asked again with another day, the day moves for all."""
    draft.closes_on = closes_on
    draft.save(update_fields=["closes_on"])
    for one in proposers:
        ask_to_sign(draft, actor=actor, at=at, proposer=one)


@step(
    "draft.ask_to_sign",
    label="请其联名",
    on="proposals.Draft",
    creates="proposals.Invitation",
    who=who.signer,
    source={DraftState.WRITING},
    target=InvitationState.INVITED,
    stamps="invited_at",
    fields=[Field("proposer", "受邀人", "row", options=may_be_asked)],
    automatic=True,
    tell=[invited_person],
    sentence="{writer}请{name}联名“{title}”",
)
def ask_to_sign(
    draft: Draft, *, actor: Actor, at: datetime, proposer: Proposer
) -> tuple[Invitation, dict[str, Any]]:
    """One of those invited."""
    made = Invitation.objects.create(draft=draft, proposer=proposer)
    texts = {"writer": draft.proposer.name, "name": proposer.name, "title": draft.title}
    return made, {"draft": draft.pk, "texts": texts}


@requirement()
def still_open(call: Call) -> str | None:
    """截止: after the day nobody signs any more, and nobody under what has been handed in."""
    draft = call.obj.draft
    if draft.state != DraftState.WRITING:
        return f"这份草稿现在是“{DraftState.label_of(draft.state)}”，不能再联名或改变答复。"
    if draft.is_open(day_of(call.at)):
        return None
    closed = f"{draft.closes_on.month}月{draft.closes_on.day}日"
    return f"联名已于{closed}截止；还想联名的，请与起草人{draft.proposer.name}联系，请其延后截止日期。"


@requirement(done=True)
def text_not_signed_yet(call: Call) -> str | None:
    return "您已经联名，起草人此后没有改动文本。" if call.obj.stands else None


@step(
    "invitation.sign",
    label="同意联名",
    on="proposals.Invitation",
    who=who.signer,
    source=frozenset(InvitationState),
    target=InvitationState.SIGNED,
    stamps="signed_at",
    requires=[still_open, text_not_signed_yet],
    tell=[writer],
    sentence="{name}同意联名“{title}”",
)
def sign_draft(invitation: Invitation, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """联名: under the text as it stands; where that is changed afterwards, the signature is asked for again."""
    invitation.signed_text = invitation.draft.digest
    invitation.save(update_fields=["signed_text"])
    return {"signed_text": invitation.signed_text, "texts": _named(invitation)}


@step(
    "invitation.decline",
    label="不联名",
    on="proposals.Invitation",
    who=who.signer,
    source={InvitationState.INVITED, InvitationState.SIGNED},
    target=InvitationState.DECLINED,
    stamps="declined_at",
    requires=[still_open],
    fields=[Field("note", "说明", "text", required=False)],
    tell=[writer],
    sentence="{name}不联名“{title}”：{note}",
)
def decline_to_sign(invitation: Invitation, *, actor: Actor, at: datetime, note: str = "") -> dict[str, Any]:
    """谢绝, or taken back before the draft is handed in."""
    return {"texts": _named(invitation)}


def _named(invitation: Invitation) -> dict[str, str]:
    return {"name": invitation.proposer.name, "title": invitation.draft.title}


@step(
    "draft.submit",
    label="提交",
    form="huiyin.proposals.forms.SubmitForm",
    on="proposals.Draft",
    who=who.signer,
    source={DraftState.WRITING},
    target=DraftState.SUBMITTED,
    requires=[says_what_it_is_about, asks_for_something],
    tell=[tell.assembly_staff_of, tell.proposers_of],
    sentence="{name}提交“{title}”",
)
def submit_draft(draft: Draft, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """提交: taken in as it stands, under the names of the writer and of those whose signature stands."""
    invitations = draft.invitations.select_related("proposer", "draft")
    signers = [draft.proposer, *(one.proposer for one in invitations if one.stands)]
    draft.proposal = _received(draft, signers, at)
    draft.save(update_fields=["proposal"])
    return {"signers": len(signers), "texts": {"name": draft.proposer.name, "title": draft.title}}


def _received(draft: Draft, signers: list[Proposer], at: datetime) -> Proposal:
    plenary, day = draft.plenary, day_of(at)
    made: Proposal = receive(
        plenary,
        actor=Actor.system(plenary.jurisdiction),
        at=at,
        title=draft.title,
        period=Period.BETWEEN if day > plenary.closed_on else Period.IN_PLENARY,
        proposed_on=day,
        proposers=signers,
        proposer_kind=ProposerKind.JOINT if len(signers) > 1 else ProposerKind(draft.proposer.kind),
        situation=draft.situation,
        analysis=draft.analysis,
        text=draft.text,
        points=[{"text": point} for point in draft.points],
        wish_confidential=draft.wish_confidential,
    ).subject
    return made


@step(
    "draft.discard",
    label="不再提交",
    on="proposals.Draft",
    who=who.signer,
    source={DraftState.WRITING},
    target=DraftState.DISCARDED,
    tell=[everybody_asked],
    sentence="{name}不再提交“{title}”",
)
def discard_draft(draft: Draft, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """放弃: laid aside; those who were asked to sign are told."""
    return {"texts": {"name": draft.proposer.name, "title": str(draft)}}
