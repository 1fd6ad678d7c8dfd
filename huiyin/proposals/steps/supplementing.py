"""补录与更正: what paper did not state and has become known since; what was entered wrongly, with old and new value."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from huiyin.journal.fields import Field, plain
from huiyin.journal.step import Call, requirement, step
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer
from huiyin.proposals.grams import TEXTS, keep_grams
from huiyin.proposals.keys import with_keys
from huiyin.proposals.models import Proposal, Proposership
from huiyin.proposals.steps.filing import NUMBER_LIMIT, number_is_free
from huiyin.proposals.steps.receiving import TITLE_LIMIT, proposers_here
from huiyin.words import ProposalState, ProposerKind

OVER = {ProposalState.VOID, ProposalState.NOT_FILED, ProposalState.WITHDRAWN}
PLAIN = {
    "number": "编号",
    "proposed_on": "提出时间",
    "proposer_kind": "提案者类别",
    "text": "正文",
    "remarks": "备注",
}


@requirement(late=True)
def stands_empty(call: Call) -> str | None:
    """What stands already is put right by a correction, not here."""
    filled = [label for name, label in PLAIN.items() if call.given(name) and getattr(call.obj, name)]
    if call.given("lead") and call.obj.proposerships.filter(order=0).exists():
        filled.append("第一提案人")
    return f"{'、'.join(filled)}已经登记，补录不改动原有内容；录错的，请用“更正登记”。" if filled else None


def _proposers(proposal: Proposal, actor: Actor) -> Any:
    return proposers_here(proposal.plenary, actor)


@requirement(late=True)
def signs_once(call: Call) -> str | None:
    new = [*filter(None, [call.given("lead")]), *call.given("cosigners", [])]
    if any(one.jurisdiction_id != call.obj.jurisdiction_id for one in new):
        return "提案者里有其他地区的人，请只选本地区的提案者。"
    signed = call.obj.proposerships.filter(proposer__in=[one.pk for one in new])
    if signed.exists() or len({one.pk for one in new}) < len(new):
        return "同一提案者只署名一次，请核对提案者和联名。"
    return None


@step(
    "proposal.supplement",
    label="补录",
    on="proposals.Proposal",
    who=who.takes_in,
    source=frozenset(ProposalState) - OVER,
    requires=[number_is_free, stands_empty, signs_once],
    fields=[
        Field("number", "编号", "code", required=False, most=NUMBER_LIMIT),
        Field("proposed_on", "提出时间", "date", required=False),
        Field("lead", "第一提案人", "row", required=False, options=_proposers),
        Field("cosigners", "联名", "rows", required=False, options=_proposers),
        Field("proposer_kind", "提案者类别", "word", words=ProposerKind, required=False),
        Field("text", "正文", "text", required=False),
        Field("remarks", "备注", "text", required=False),
    ],
    sentence="补录{what}",
)
def supplement(
    proposal: Proposal,
    *,
    actor: Actor,
    at: datetime,
    lead: Proposer | None = None,
    cosigners: Iterable[Proposer] = (),
    **given: str | date | None,
) -> dict[str, Any]:
    """补录: fills what stands empty; a lead proposer takes the first place, which was kept free."""
    filled = {name: value for name, value in given.items() if value not in (None, "")}
    _write(proposal, {name: _stripped(value) for name, value in filled.items()})
    last = proposal.proposerships.order_by("order").values_list("order", flat=True).last() or 0
    signers = [(lead, 0)] if lead else []
    signers += [(one, last + place) for place, one in enumerate(cosigners, 1)]
    Proposership.objects.bulk_create(
        Proposership(proposal=proposal, proposer=one, order=order) for one, order in signers
    )
    labels = [PLAIN[name] for name in filled]
    labels += ["第一提案人"] if lead else []
    labels += ["联名"] if len(signers) > bool(lead) else []
    return {"what": "、".join(labels)}


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _write(proposal: Proposal, values: dict[str, Any]) -> None:
    written = with_keys(values)
    for name, value in written.items():
        setattr(proposal, name, value)
    if written:
        proposal.save(update_fields=list(written))
    if written.keys() & {"number", *TEXTS}:
        keep_grams(proposal)


ENTERED = {"number": "编号", "title": "案由", "proposed_on": "提出时间", "proposer_kind": "提案者类别"}
NUMBERING = ("proposal.file", "proposal.accept")


def _new_values(obj: Proposal, given: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from what stands."""
    values = {name: given.get(name) for name in ENTERED}
    kept = {name: _stripped(value) for name, value in values.items()}
    return {name: value for name, value in kept.items() if value and value != getattr(obj, name)}


@requirement(field="number", late=True)
def has_a_number(call: Call) -> str | None:
    if call.obj.number or not call.given("number"):
        return None
    return "这一件还没有编号，请在立案时编号；已经立案的，请用“补录”。"


@requirement(late=True)
def something_differs(call: Call) -> str | None:
    if _new_values(call.obj, call.data or {}):
        return None
    return "填写的内容与现在登记的一样，不用更正。"


@step(
    "proposal.correct",
    label="更正登记",
    on="proposals.Proposal",
    who=who.takes_in,
    source=frozenset(ProposalState) - {ProposalState.VOID},
    requires=[has_a_number, number_is_free, something_differs],
    fields=[
        Field(
            "number",
            "编号",
            "code",
            required=False,
            initial=lambda proposal: proposal.number,
            most=NUMBER_LIMIT,
        ),
        Field("title", "案由", "line", initial=lambda proposal: proposal.title, most=TITLE_LIMIT),
        Field("proposed_on", "提出时间", "date", required=False, initial=lambda item: item.proposed_on),
        Field(
            "proposer_kind",
            "提案者类别",
            "word",
            words=ProposerKind,
            required=False,
            initial=lambda proposal: proposal.proposer_kind,
        ),
        Field("reason", "理由", "text", help="只用于录错的；时间录错的，请在办理痕迹里更正那一步的时间。"),
    ],
    tell=[tell.registrars, tell.assembly_staff_of, tell.all_units_people],
    sentence="更正{what}：{reason}",
)
def correct(proposal: Proposal, *, actor: Actor, at: datetime, reason: str, **given: Any) -> dict[str, Any]:
    """更正: names the event that entered it, with the old and the new value; what was printed before stays as it was."""
    new = _new_values(proposal, given)
    old = {name: getattr(proposal, name) for name in new}
    _write(proposal, new)
    entered = proposal.events.filter(code__in=NUMBERING if "number" in new else ("proposal.receive",)).last()
    return {
        "corrects": entered,
        "what": "、".join(ENTERED[name] for name in new),
        "old": plain({name: value for name, value in old.items() if name != "title"}),
        "texts": {"old_title": old["title"]} if "title" in new else {},
    }
