"""并案: handled together with another item; each proposer keeps a letter and a form of the own (R1)."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from huiyin.handling.steps.assigning import cancel_all
from huiyin.journal.fields import Field
from huiyin.journal.step import Among, Call, requirement, step
from huiyin.journal.work import lock
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.proposals.models import Proposal
from huiyin.proposals.steps.registering import ALIVE
from huiyin.words import AssignmentState, ProposalState


def possible_heads(proposal: Proposal, actor: Actor) -> Any:
    heads = Proposal.objects.filter(plenary=proposal.plenary_id, state__in=ALIVE)
    return heads.exclude(pk=proposal.pk)


@requirement(field="into", late=True)
def can_be_its_head(call: Call) -> str | None:
    if call.given("into") is None:
        return None
    head = lock(call.given("into"))  # as it is now, and not merged elsewhere before this one is done
    if head.pk == call.obj.pk:
        return "不能并入自己，请选另一件。"
    if head.plenary_id != call.obj.plenary_id:
        return "只能并入同一届次的提案、建议，请重新选择。"
    if head.state not in ALIVE:
        label = ProposalState.label_of(head.state)
        return f"{head.numbered}现在是“{label}”，不能再并入别件，请选它的主案或另一件。"
    return None


@requirement()
def pack_lets_it_merge_now(call: Call) -> str | None:
    """Where items are merged only for handling (浙江、山东), each is filed and registered on its own first."""
    if call.obj.option("merging") == "at_intake" or call.obj.state == ProposalState.REGISTERED:
        return None
    return "按本地规则，只在办理时合并、分别答复；请先移交登记，再并案办理。"


@requirement()
def none_merged_into_it(call: Call) -> str | None:
    """The items merged into it are split off first, so that none is left without a head."""
    merged = call.obj.merged.filter(state=ProposalState.MERGED)
    names = "、".join(item.numbered for item in merged[:5])
    return f"{names}已经并入这一件，请先把它们分出来。" if names else None


@requirement()
def nobody_has_answered(call: Call) -> str | None:
    has_answered = Q(state__in=[AssignmentState.ANSWERED, AssignmentState.CLOSED]) | Q(round__gt=1)
    answered = call.obj.assignments.filter(has_answered)
    return (
        "已经有单位答复，不能再并案；内容相同的，请另一件的承办单位在答复时一并说明。"
        if answered.exists()
        else None
    )


@step(
    "proposal.merge",
    label="并案",
    undone_by="proposal.unmerge",
    on="proposals.Proposal",
    who=who.takes_in,
    source=ALIVE,
    target=ProposalState.MERGED,
    stamps="merged_at",
    requires=[pack_lets_it_merge_now, can_be_its_head, none_merged_into_it, nobody_has_answered],
    fields=[
        Field("into", "并入", "row", options=possible_heads),
        Field("reason", "理由", "text", required=False),
    ],
    tell=[tell.proposers_of, tell.registrars],
    bulk=True,
    sentence="并入{head}办理：{reason}",
)
def merge(
    proposal: Proposal, *, actor: Actor, at: datetime, into: Proposal, reason: str = ""
) -> dict[str, Any]:
    """并案: its own shares, if any, end; the head's units answer every proposer."""
    cancel_all(proposal, at, f"并入{into.numbered}办理")
    proposal.merged_into, proposal.merged_at = into, at
    proposal.save(update_fields=["merged_into", "merged_at"])
    return {"head": into.numbered}


@step(
    "proposal.unmerge",
    label="分出单独办理",
    on="proposals.Proposal",
    who=who.takes_in,
    source={ProposalState.MERGED},
    target=Among(
        frozenset(ALIVE),
        lambda call: call.obj.state_by_dates(),
    ),
    fields=[Field("reason", "理由", "text")],
    tell=[tell.proposers_of, tell.registrars],
    sentence="从{head}分出，单独办理：{reason}",
)
def unmerge(proposal: Proposal, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    """分案: it goes back to where it stood before, and is assigned on its own."""
    head = proposal.merged_into
    proposal.merged_into, proposal.merged_at = None, None
    proposal.save(update_fields=["merged_into", "merged_at"])
    return {"head": head.numbered if head else "", "head_id": head.pk if head else None}
