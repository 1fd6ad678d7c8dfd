"""补录: what paper did not state when an item was taken in, and what has become known since. Nothing is overwritten."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer
from huiyin.proposals.models import Proposal, Proposership
from huiyin.proposals.steps.filing import give_number, number_is_free
from huiyin.proposals.steps.receiving import proposers_here
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
    return f"{'、'.join(filled)}已经登记，补录不改动原有内容；要更正的请办理更正。" if filled else None


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
        Field("number", "编号", "code", required=False),
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
    for name, value in filled.items():
        setattr(proposal, name, value.strip() if isinstance(value, str) else value)
    if filled:
        proposal.save(update_fields=list(filled))
    if "number" in filled:
        give_number(proposal, proposal.number)
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
