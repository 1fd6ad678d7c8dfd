"""撤案与作废: withdrawn by those who signed, or void because it was entered by mistake."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from huiyin.handling.steps.assigning import cancel_all
from huiyin.handling.steps.merging import none_merged_into_it
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.proposals.models import Proposal, Proposership
from huiyin.proposals.steps.registering import ALIVE
from huiyin.words import ProposalState, Role


def signers_of(proposal: Proposal, actor: Actor) -> Any:
    return proposal.signers()


def agreeing(call: Call) -> set[int]:
    """Who is for the withdrawal: those named, and the proposer who takes the step."""
    named = {one.pk for one in call.given("agreed", [])}
    if call.actor.role == Role.PROPOSER:
        own = call.obj.signers().filter(proposer__person=call.actor.person)
        named |= set(own.values_list("pk", flat=True))
    return named


@requirement()
def pack_still_lets_it_be_withdrawn(call: Call) -> str | None:
    """撤案 at any stage before the answer is closed, or only before assignment (北京), as the pack says."""
    if call.obj.option("withdrawal") == "any_stage" or not call.obj.assignments.exists():
        return None
    return "按本地规则，交办以后不能撤案；可以与承办单位沟通，请其在答复中说明。"


@requirement(field="agreed", late=True)
def signers_agree(call: Call) -> str | None:
    """A joint item is withdrawn by all who signed (上海), or by its lead proposer, as the pack says."""
    signers = list(call.obj.signers())
    agreed = agreeing(call)
    if call.obj.option("joint_withdrawal") == "lead":
        missing = [one for one in signers[:1] if one.pk not in agreed]
    else:
        missing = [one for one in signers if one.pk not in agreed]
    if not missing:
        return None
    names = "、".join(one.proposer.name for one in missing)
    return f"撤案还要{names}同意，请取得书面意见后在“同意撤案的署名人”中选上。"


@step(
    "proposal.withdraw",
    label="撤案",
    on="proposals.Proposal",
    who=who.assembly_staff | who.proposer,
    source=ALIVE,
    target=ProposalState.WITHDRAWN,
    stamps="withdrawn_at",
    requires=[pack_still_lets_it_be_withdrawn, signers_agree, none_merged_into_it],
    fields=[
        Field("reason", "理由", "text"),
        Field("agreed", "同意撤案的署名人", "rows", required=False, options=signers_of),
    ],
    tell=[tell.proposers_of, tell.registrars, tell.assembly_staff_of],
    sentence="撤案：{reason}",
)
def withdraw(
    proposal: Proposal,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    agreed: Iterable[Proposership] = (),
) -> None:
    """撤案: in writing; handling ends and its units' shares with it."""
    cancel_all(proposal, at, "提案者撤案")


def _alive(proposal: Proposal) -> bool:
    return proposal.state in ALIVE or proposal.state == ProposalState.MERGED


@requirement(done=True)
def still_signs(call: Call) -> str | None:
    return "这位署名人已经撤回联名了。" if call.obj.withdrawn_at else None


@requirement()
def item_goes_on(call: Call) -> str | None:
    if _alive(call.obj.proposal):
        return None
    return f"这一件现在是“{ProposalState.label_of(call.obj.proposal.state)}”，不能再撤回联名；有意见的，请与政协提案委、人大代表工委联系。"


@step(
    "proposership.withdraw",
    label="撤回联名",
    on="proposals.Proposership",
    who=who.assembly_staff | who.signer,
    stamps="withdrawn_at",
    requires=[still_signs, item_goes_on],
    fields=[Field("reason", "理由", "text")],
    tell=[tell.registrars, tell.assembly_staff_of],
    sentence="{name}撤回联名：{reason}",
)
def withdraw_signature(signature: Proposership, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    """撤回联名: one signer steps back and the item goes on with the others; with the last one it is withdrawn."""
    proposal = signature.proposal
    if not proposal.signers().exclude(pk=signature.pk).exists():
        withdraw(proposal, actor=actor, at=at, reason=reason, agreed=[signature])
    return {"proposer": signature.proposer_id, "texts": {"name": signature.proposer.name}}


@step(
    "proposal.void",
    label="作废",
    on="proposals.Proposal",
    who=who.takes_in,
    source=frozenset(ProposalState) - {ProposalState.VOID},
    target=ProposalState.VOID,
    stamps="voided_at",
    requires=[none_merged_into_it],
    fields=[Field("reason", "理由", "text", help="只用于误录的；提案者不想提了，请用“撤案”。")],
    tell=[tell.registrars, tell.assembly_staff_of, tell.proposers_of],
    sentence="作废：{reason}",
)
def void(proposal: Proposal, *, actor: Actor, at: datetime, reason: str) -> None:
    """作废: the last state of what was entered by mistake; its number is free again, its trace stays."""
    cancel_all(proposal, at, "误录作废")
