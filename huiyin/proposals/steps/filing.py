"""立案: filed and numbered, a suggestion accepted (受理), or not filed with a ground and an onward route."""

import re
from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.prepared import Prepared
from huiyin.journal.step import Call, requirement, step
from huiyin.journal.work import current
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.proposals.grams import keep_grams
from huiyin.proposals.keys import number_key
from huiyin.proposals.models import Plenary, Proposal
from huiyin.proposals.steps.receiving import BEFORE_FILING
from huiyin.words import Period, ProposalState

NUMBER_LIMIT = 60


@Prepared
def _of_number(plenary: int, number: str, but: int) -> Any:
    others = Proposal.objects.filter(plenary=plenary, number=number).exclude(pk=but)
    return others.exclude(state=ProposalState.VOID).order_by("pk").values_list("title", flat=True)[:1]


@requirement(field="number", late=True)
def number_is_free(call: Call) -> str | None:
    number = _as_it_stands(call.given("number", ""))
    if not number:
        return None
    taken = _of_number(call.obj.plenary_id, number, call.obj.pk)
    return f"编号{number}已经用在“{taken[0]}”上，请换一个编号或留空自动编号。" if taken else None


@requirement(gap="number", late=True)
def number_is_stated(call: Call) -> str | None:
    """Paper without a number stays without one: nothing is made up."""
    running = current()
    unstated = running is not None and running.history and not call.given("number")
    return "原件没有写编号。" if unstated else None


def _as_it_stands(number: str) -> str:
    return str(number).strip()


def pattern_of(proposal: Proposal) -> tuple[str, int]:
    """The pack's pattern for this kind and period, and the width that pads it."""
    rule = proposal.pack.numbering_for(proposal.kind)
    return (rule.between if proposal.period == Period.BETWEEN else rule.in_plenary), rule.width


def next_number(proposal: Proposal) -> str:
    """The number after the highest that stands in the plenary; the plenary's row is the lock on it."""
    plenary = Plenary.objects.select_for_update().get(pk=proposal.plenary_id)
    pattern, width = pattern_of(proposal)
    before, after = pattern.split("{n}")
    shape = re.compile(re.escape(before) + r"([0-9]+)" + re.escape(after))
    taken = plenary.proposals.exclude(state=ProposalState.VOID).filter(number__startswith=before)
    found = (shape.fullmatch(number) for number in taken.values_list("number", flat=True))
    highest = max((int(match[1]) for match in found if match), default=0)
    return pattern.replace("{n}", str(highest + 1).zfill(width))


def _numbered(proposal: Proposal, number: str) -> dict[str, Any]:
    running = current()
    chosen = _as_it_stands(number)
    if not chosen and not (running and running.history):
        chosen = next_number(proposal)
    proposal.number, proposal.number_key = chosen, number_key(chosen)
    proposal.save(update_fields=["number", "number_key"])
    keep_grams(proposal)
    return {"number": chosen}


NUMBER = Field(
    "number",
    "编号",
    "code",
    required=False,
    help="不填就按规则编下一个号；已有编号请照原样填写。",
    most=NUMBER_LIMIT,
)


@step(
    "proposal.file",
    label="立案编号",
    on="proposals.Proposal",
    who=who.files_proposals,
    source=BEFORE_FILING,
    target=ProposalState.FILED,
    stamps="filed_at",
    requires=[number_is_free, number_is_stated],
    fields=[NUMBER],
    tell=[tell.proposers_of],
    bulk=True,
    sentence="予以立案，编号{number}",
)
def file(proposal: Proposal, *, actor: Actor, at: datetime, number: str = "") -> dict[str, Any]:
    """立案: numbered by the pack's pattern, or with the number it already has (DH0271, 闭字1) as it stands."""
    return _numbered(proposal, number)


@step(
    "proposal.accept",
    label="受理编号",
    on="proposals.Proposal",
    who=who.accepts_suggestions,
    source=BEFORE_FILING,
    target=ProposalState.FILED,
    stamps="filed_at",
    requires=[number_is_free, number_is_stated],
    fields=[NUMBER],
    tell=[tell.proposers_of],
    bulk=True,
    sentence="予以受理，编号{number}",
)
def accept(proposal: Proposal, *, actor: Actor, at: datetime, number: str = "") -> dict[str, Any]:
    """受理: a deputy's suggestion is taken on and numbered."""
    return _numbered(proposal, number)


def grounds(proposal: Proposal, actor: Actor) -> list[tuple[str, str]]:
    return [(entry.code, entry.label) for entry in proposal.pack.grounds_for(proposal.kind)]


def routes(proposal: Proposal, actor: Actor) -> list[tuple[str, str]]:
    return [(entry.code, entry.label) for entry in proposal.pack.routes_for(proposal.kind)]


@step(
    "proposal.refuse",
    label="不予立案",
    on="proposals.Proposal",
    who=who.assembly_staff,
    source=BEFORE_FILING,
    target=ProposalState.NOT_FILED,
    stamps="refused_at",
    fields=[
        Field("ground", "理由", "choice", options=grounds),
        Field("route", "去向", "choice", options=routes),
        Field("note", "说明", "text", required=False),
    ],
    tell=[tell.proposers_of],
    sentence="不予立案：{ground_label}，{route_label}：{note}",
)
def refuse(
    proposal: Proposal, *, actor: Actor, at: datetime, ground: str, route: str, note: str = ""
) -> dict[str, Any]:
    """不予立案: by a ground of the pack, with what happens to the paper next; the proposer is told."""
    proposal.ground, proposal.route = ground, route
    proposal.save(update_fields=["ground", "route"])
    return {
        "ground_label": dict(grounds(proposal, actor))[ground],
        "route_label": dict(routes(proposal, actor))[route],
    }
