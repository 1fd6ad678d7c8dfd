"""移交与登记: handed over to the government, registered there, split into points, marked as key and graded."""

from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.people import tell, who
from huiyin.people.actor import Actor
from huiyin.people.steps import also_dates
from huiyin.proposals.models import Grading, Proposal
from huiyin.proposals.steps.receiving import BEFORE_FILING, write_points
from huiyin.rulepacks.models import PackVersion
from huiyin.rulepacks.store import version_in_force
from huiyin.words import AssignmentState, ProposalState, Publicity

ALIVE = BEFORE_FILING | {ProposalState.FILED, ProposalState.HANDED_OVER, ProposalState.REGISTERED}
OUT = (AssignmentState.RETURNED, AssignmentState.CANCELLED)


@step(
    "proposal.hand_over",
    label="移交政府",
    on="proposals.Proposal",
    who=who.takes_in,
    source={ProposalState.FILED},
    target=ProposalState.HANDED_OVER,
    stamps="handed_over_at",
    tell=[tell.registrars],
    bulk=True,
    sentence="移交市政府办理",
)
def hand_over(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """移交: from the assembly to the government, dated; from here on it counts as received."""


@requirement()
def no_unit_handles_it(call: Call) -> str | None:
    shares = call.obj.assignments.exclude(state__in=OUT)
    return "已经交给承办单位办理，请先撤销交办，再转出。" if shares.exists() else None


@step(
    "proposal.handle_elsewhere",
    label="转出另行办理",
    on="proposals.Proposal",
    who=who.takes_in,
    source={ProposalState.FILED, ProposalState.HANDED_OVER, ProposalState.REGISTERED},
    target=ProposalState.ELSEWHERE,
    stamps="elsewhere_at",
    requires=[no_unit_handles_it],
    fields=[
        Field("handled_by", "另行办理的单位", "line", most=100),
        Field("reason", "说明", "text", required=False),
    ],
    tell=[tell.proposers_of, tell.assembly_staff_of],
    sentence="转由{handled_by}另行办理：{reason}",
)
def handle_elsewhere(
    proposal: Proposal, *, actor: Actor, at: datetime, handled_by: str, reason: str = ""
) -> None:
    """另行办理: matters of party departments, courts or procuratorates; kept, but not counted as the government's."""
    proposal.handled_by = handled_by.strip()
    proposal.save(update_fields=["handled_by"])


@step(
    "proposal.register",
    label="登记",
    on="proposals.Proposal",
    who=who.registrar,
    source={ProposalState.HANDED_OVER},
    target=ProposalState.REGISTERED,
    stamps="registered_at",
    bulk=True,
    sentence="登记入册",
)
def register(proposal: Proposal, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """登记: entered in the government's ledger; the pack version in force on that day stays with the item."""
    version = version_in_force(proposal.plenary.pack_code, at.date())
    _put_under(proposal, version)
    return {"pack_version": version.pk}


def _put_under(proposal: Proposal, version: PackVersion) -> None:
    if proposal.pack_version_id == version.pk:
        return
    proposal.pack_version = version
    proposal.__dict__.pop("pack", None)
    proposal.save(update_fields=["pack_version"])


def published_versions(proposal: Proposal, actor: Actor) -> Any:
    return PackVersion.objects.filter(published_at__isnull=False).exclude(pk=proposal.pack_version_id)


@requirement(field="pack_version", late=True)
def version_is_published(call: Call) -> str | None:
    chosen = call.given("pack_version")
    if chosen is None or published_versions(call.obj, call.actor).filter(pk=chosen.pk).exists():
        return None
    return "请选择一个已经发布、与现在不同的规则版本。"


@step(
    "proposal.move_to_pack",
    label="改用规则版本",
    on="proposals.Proposal",
    who=who.registrar,
    source=ALIVE,
    requires=[version_is_published],
    fields=[
        Field("pack_version", "规则版本", "row", options=published_versions),
        Field("reason", "理由", "text"),
    ],
    tell=[tell.all_units_people],
    bulk=True,
    sentence="改用{pack}：{reason}",
)
def move_to_pack(
    proposal: Proposal, *, actor: Actor, at: datetime, pack_version: PackVersion, reason: str
) -> dict[str, Any]:
    """The item follows another version of the rules; its running deadlines are computed anew by the clock."""
    before = proposal.pack_version_id
    _put_under(proposal, pack_version)
    return {"before": before, "pack": str(pack_version)}


@requirement()
def no_point_is_answered(call: Call) -> str | None:
    answered = call.obj.points.filter(answers__isnull=False).exists()
    return (
        "具体建议已经有了逐条回应，不能再重新拆分；还有遗漏的，请承办单位在答复中一并回应。"
        if answered
        else None
    )


def points_so_far(proposal: Proposal) -> list[dict[str, str]]:
    return [{"text": point.text} for point in proposal.points.all()]


@step(
    "proposal.split",
    label="拆分具体建议",
    on="proposals.Proposal",
    who=who.takes_in,
    source=ALIVE,
    requires=[no_point_is_answered],
    fields=[
        Field(
            "points",
            "具体建议",
            "table",
            columns=(Field("text", "建议", "text"),),
            initial=points_so_far,
            help="这里写的代替原来的拆分。",
        )
    ],
    sentence="拆分为{count}条具体建议",
)
def split(proposal: Proposal, *, actor: Actor, at: datetime, points: list[dict[str, str]]) -> dict[str, Any]:
    """拆分: the concrete asks one by one, so that each is answered; the earlier split stays in the journal."""
    before = [point.text for point in proposal.points.all()]
    proposal.points.all().delete()
    write_points(proposal, points)
    texts = {f"before_{number}": text for number, text in enumerate(before, 1)}
    texts |= {f"point_{number}": point["text"] for number, point in enumerate(points, 1)}
    return {"count": len(points), "texts": texts}


@step(
    "proposal.mark_key",
    label="重点件",
    on="proposals.Proposal",
    who=who.takes_in,
    source=ALIVE,
    fields=[
        Field("key", "列为重点", "flag", required=False, initial=lambda proposal: not proposal.is_key),
        Field("reason", "理由", "text", required=False),
    ],
    tell=[tell.all_units_people],
    bulk=True,
    sentence="{marked}：{reason}",
)
def mark_key(
    proposal: Proposal, *, actor: Actor, at: datetime, key: bool = False, reason: str = ""
) -> dict[str, Any]:
    """重点: chosen as a key item, or no longer."""
    proposal.is_key = key
    proposal.save(update_fields=["is_key"])
    return {"key": key, "marked": "列为重点" if key else "不再列为重点"}


@requirement(field="difficulty", late=True)
def difficulty_is_on_the_scale(call: Call) -> str | None:
    """The scale of the pack under whose rules the item stands."""
    item = getattr(call.obj, "proposal", call.obj)
    value, scale = call.given("difficulty"), item.pack.difficulty(item.kind)
    hardest = len(scale.grades)
    if value is None or 1 <= value <= hardest:
        return None
    return f"难易程度请填1（{scale.grades[0]}）至{hardest}（{scale.grades[-1]}），数字越大越难。"


also_dates("proposal.grade_difficulty", "proposals.Grading", "proposal", "graded_at")


@step(
    "proposal.grade_difficulty",
    label="难易程度",
    on="proposals.Proposal",
    who=who.registrar,
    source=ALIVE,
    requires=[difficulty_is_on_the_scale],
    fields=[
        Field(
            "difficulty",
            "难易程度（从1起，数字越大越难）",
            "number",
            initial=lambda proposal: proposal.difficulty,
        ),
        Field("reason", "理由", "text", required=False),
    ],
    tell=[tell.all_units_people],
    bulk=True,
    sentence="难易程度定为{grade}：{reason}",
)
def grade_difficulty(
    proposal: Proposal, *, actor: Actor, at: datetime, difficulty: int, reason: str = ""
) -> dict[str, Any]:
    """How hard it is, so that hard ones put off can be seen; a later grade takes the place of the earlier."""
    Grading.objects.create(proposal=proposal, grade=difficulty, reason=reason.strip(), graded_at=at)
    proposal.difficulty = difficulty
    proposal.save(update_fields=["difficulty"])
    return {"difficulty": difficulty, "grade": proposal.pack.difficulty(proposal.kind).label_of(difficulty)}


@step(
    "proposal.set_publicity",
    label="公开属性",
    on="proposals.Proposal",
    who=who.takes_in,
    fields=[
        Field("publicity", "公开属性", "word", words=Publicity, initial=lambda proposal: proposal.publicity),
        Field("reason", "理由", "text", required=False),
    ],
    bulk=True,
    sentence="公开属性定为{publicity}",
)
def set_publicity(
    proposal: Proposal, *, actor: Actor, at: datetime, publicity: str, reason: str = ""
) -> None:
    """公开属性 of the item's own text."""
    proposal.publicity = publicity
    proposal.save(update_fields=["publicity"])
