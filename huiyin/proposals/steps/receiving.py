"""接收: an item is handed in, looked through, put right, or sent back to its proposer for a better text."""

from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer
from huiyin.proposals.grams import keep_grams
from huiyin.proposals.keys import title_key
from huiyin.proposals.models import Plenary, Point, Proposal, Proposership
from huiyin.rulepacks.store import version_in_force
from huiyin.words import Kind, Period, ProposalState, ProposerKind, Publicity

TITLE_LIMIT = 500
BEFORE_FILING = {ProposalState.RECEIVED, ProposalState.REVIEWED}
TEXTS = ("situation", "analysis", "text")


@requirement(field="proposers", late=True)
def proposers_fit(call: Call) -> str | None:
    """Everybody signs once, in the assembly that the plenary belongs to."""
    signers = list(call.given("proposers", []))
    if any(one.jurisdiction_id != call.obj.jurisdiction_id for one in signers):
        return "提案者里有其他地区的人，请只选本地区的提案者。"
    if len({one.pk for one in signers}) < len(signers):
        return "同一提案者写了两次，请只保留一次。"
    return None


def proposers_here(plenary: Plenary, actor: Actor) -> Any:
    return Proposer.objects.filter(jurisdiction=plenary.jurisdiction_id, assembly=plenary.assembly)


@step(
    "proposal.receive",
    label="录入新件",
    undone_by="proposal.void",
    on="proposals.Plenary",
    creates="proposals.Proposal",
    who=who.takes_in | who.system,  # the system takes in what a proposer submits
    target=ProposalState.RECEIVED,
    stamps="received_at",
    requires=[proposers_fit],
    fields=[
        Field("title", "案由", "line", most=TITLE_LIMIT),
        Field("kind", "类型", "word", words=Kind, required=False),
        Field("period", "提出时段", "word", words=Period, required=False),
        Field("origin", "来源", "code", required=False, help="由议案转来的，请写“议案”。", most=20),
        Field("proposed_on", "提出时间", "date", required=False),
        Field("proposers", "提案者（第一位为第一提案人）", "rows", required=False, options=proposers_here),
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
    write_points(proposal, points)
    keep_grams(proposal)
    return proposal, {"points": len(points)}


def write_points(proposal: Proposal, points: list[dict[str, str]]) -> None:
    """The item's points as given, numbered from one."""
    Point.objects.bulk_create(
        Point(proposal=proposal, number=number, text=point["text"]) for number, point in enumerate(points, 1)
    )


@step(
    "proposal.review",
    label="审查",
    on="proposals.Proposal",
    who=who.takes_in,
    source={ProposalState.RECEIVED},
    target=ProposalState.REVIEWED,
    stamps="reviewed_at",
    fields=[Field("opinion", "审查意见", "text", required=False)],
    bulk=True,
    sentence="完成审查：{opinion}",
)
def review(proposal: Proposal, *, actor: Actor, at: datetime, opinion: str = "") -> None:
    """审查: looked through by the review committee or the proposals office; filing follows."""


@step(
    "proposal.ask_completion",
    label="请提案者补充",
    on="proposals.Proposal",
    who=who.assembly_staff,
    source=BEFORE_FILING,
    target=ProposalState.RECEIVED,
    fields=[Field("reason", "需要补充的内容", "text")],
    tell=[tell.proposers_of],
    sentence="请提案者补充完善：{reason}",
)
def ask_completion(proposal: Proposal, *, actor: Actor, at: datetime, reason: str) -> None:
    """退回补充: sent back to the proposer, who revises the text; the review starts anew."""
    proposal.reviewed_at = None
    proposal.save(update_fields=["reviewed_at"])


@step(
    "proposal.revise",
    label="修改文本",
    on="proposals.Proposal",
    who=who.assembly_staff | who.proposer,
    source=BEFORE_FILING,
    fields=[
        Field("title", "案由", "line", initial=lambda proposal: proposal.title, most=TITLE_LIMIT),
        Field("situation", "情况", "text", required=False, initial=lambda proposal: proposal.situation),
        Field("analysis", "分析", "text", required=False, initial=lambda proposal: proposal.analysis),
        Field("text", "正文", "text", required=False, initial=lambda proposal: proposal.text),
    ],
    tell=[tell.assembly_staff_of],
    sentence="修改文本：{title}",
)
def revise(proposal: Proposal, *, actor: Actor, at: datetime, title: str, **texts: str) -> dict[str, Any]:
    """The text is put right before filing; the one before stays in the journal."""
    before = {f"before_{name}": getattr(proposal, name) for name in ("title", *texts)}
    proposal.title, proposal.title_key = title.strip(), title_key(title)
    for name, text in texts.items():
        setattr(proposal, name, text)
    proposal.save(update_fields=["title", "title_key", *texts])
    keep_grams(proposal)
    return {"texts": {name: text for name, text in before.items() if text}}


@step(
    "proposal.wish_confidential",
    label="要求不公开",
    on="proposals.Proposal",
    who=who.assembly_staff | who.proposer,
    fields=[
        Field(
            "wish",
            "要求不公开",
            "flag",
            required=False,
            initial=lambda proposal: proposal.wish_confidential,
            help="只涉及工作秘密、个人隐私或提案者本人意愿；涉密内容不得录入本系统。",
        ),
        Field("reason", "理由", "text", required=False),
    ],
    tell=[tell.registrars],
    sentence="提案者{said}：{reason}",
)
def wish_confidential(
    proposal: Proposal, *, actor: Actor, at: datetime, wish: bool = False, reason: str = ""
) -> dict[str, Any]:
    """The proposer's own wish about publication; the decision follows later (公开属性)."""
    proposal.wish_confidential = wish
    proposal.save(update_fields=["wish_confidential"])
    return {"wish": wish, "said": "要求不公开" if wish else "不再要求不公开"}
