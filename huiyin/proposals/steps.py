"""The steps of an item before it is assigned, in the order of the procedure (接收、登记、分类)."""

from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.proposals.models import Plenary, Point, Proposal, Proposership, title_key
from huiyin.rulepacks.store import version_in_force
from huiyin.words import Kind, Period, ProposalState, ProposerKind, Publicity

TITLE_LIMIT = 500


@requirement(field="title", late=True)
def title_fits(call: Call) -> str | None:
    title = str((call.data or {}).get("title") or "")
    return (
        f"案由有{len(title)}个字,最多{TITLE_LIMIT}个字,请缩短后再提交。" if len(title) > TITLE_LIMIT else None
    )


@step(
    "proposal.receive",
    label="收到",
    on="proposals.Plenary",
    creates="proposals.Proposal",
    who=who.assembly_staff | who.registrar,
    target=ProposalState.RECEIVED,
    stamps="received_at",
    requires=[title_fits],
    fields=[
        Field("title", "案由", "line"),
        Field("kind", "类型", "word", words=Kind, required=False),
        Field("period", "提出时段", "word", words=Period, required=False),
        Field("origin", "来源", "code", required=False, help="由议案转来的,请写“议案”。"),
        Field("proposed_on", "提出时间", "date", required=False),
        Field("proposers", "提案者(第一位为第一提案人)", "rows", required=False),
        Field("proposer_kind", "提案者类别", "word", words=ProposerKind, required=False),
        Field("situation", "情况", "text", required=False),
        Field("analysis", "分析", "text", required=False),
        Field("text", "正文", "text", required=False),
        Field("points", "具体建议", "table", required=False, columns=(Field("text", "建议", "text"),)),
        Field("publicity", "公开属性", "word", words=Publicity, required=False),
        Field("wish_confidential", "提案者要求不公开", "flag", required=False),
        Field("remarks", "备注", "text", required=False),
    ],
    sentence="收到{title}",
)
def receive(
    plenary: Plenary, *, actor: Actor, at: datetime, title: str, **given: Any
) -> tuple[Proposal, dict[str, Any]]:
    """接收: an item is handed in; the pack version in force on that day goes with it."""
    proposers = list(given.pop("proposers", None) or [])
    points = given.pop("points", None) or []
    kept = {name: value for name, value in given.items() if value not in (None, "")}
    proposal = Proposal.objects.create(
        plenary=plenary,
        jurisdiction=plenary.jurisdiction,
        pack_version=version_in_force(plenary.pack_code, at.date()),
        title=title.strip(),
        title_key=title_key(title),
        received_at=at,
        **{"kind": plenary.kind, **kept},
    )
    Proposership.objects.bulk_create(
        Proposership(proposal=proposal, proposer=proposer, order=order)
        for order, proposer in enumerate(proposers)
    )
    Point.objects.bulk_create(
        Point(proposal=proposal, number=number, text=point["text"]) for number, point in enumerate(points, 1)
    )
    return proposal, {"points": len(points)}
