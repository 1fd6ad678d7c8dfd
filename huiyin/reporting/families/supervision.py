"""督办: what leaders and the office did about the items: 领办督办、批示、催办、督查、回头看、会议.

Acts are few beside items, so each table is asked once, from the acts to their items.
"""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from huiyin.people.models import Unit
from huiyin.proposals.models import Proposal
from huiyin.reporting.scope import Asked, Behind, Figure, Scope
from huiyin.supervision.models import Inspection, Instruction, Leadership, Meeting, Urging
from huiyin.supervision.words import MeetingKind
from huiyin.words import LeadershipKind, UrgingWay


@dataclass(frozen=True)
class Act:
    """One figure: acts of a table that fit; `of_items` counts the items concerned, not the acts."""

    label: str
    fits: Q = field(default_factory=Q)
    of_items: bool = False


URGINGS = (
    {"urging.total": Act("催办")}
    | {f"urging.{way}": Act(way.label, Q(way=way)) for way in UrgingWay}
    | {"urging.slip": Act("其中亮灯督办单", ~Q(colour=""))}
)
MEETINGS = {"meeting.total": Act("会议", ~Q(kind=MeetingKind.INTERVIEW))} | {
    f"meeting.{kind}": Act(kind.label, Q(kind=kind)) for kind in MeetingKind
}
TABLES: tuple[tuple[type, str, dict[str, Act]], ...] = (
    (
        Leadership,
        "since",
        {
            f"leadership.{kind}": Act(f"市领导{kind.label}的件数", Q(kind=kind), of_items=True)
            for kind in LeadershipKind
        },
    ),
    (Instruction, "given_at", {"instruction.count": Act("批示")}),
    (Urging, "sent_at", URGINGS),
    (
        Inspection,
        "at",
        {
            "inspection.count": Act("督查", Q(look_back=False)),
            "look_back.count": Act("回头看", Q(look_back=True)),
            "inspection.again": Act("二次核查", Q(again_of__isnull=False)),
        },
    ),
    (Meeting, "at", MEETINGS),
)


def _acts(scope: Scope, model: type, moment: str) -> QuerySet:
    """The acts of a table that had happened by then, about items received or, for meetings, about the plenary."""
    done = model.objects.filter(scope.happened(moment))
    if model is Meeting:
        return done.filter(scope.of_plenaries())
    return done.filter(Exists(Proposal.objects.filter(scope.received(), pk=OuterRef("proposal_id"))))


def _units(scope: Scope) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=scope.shares().values("unit"))


def _asked(scope: Scope, place: int) -> Asked:
    """What is counted of one of the tables."""
    model, moment, acts = TABLES[place]
    return _acts(scope, model, moment), {
        code.replace(".", "_"): Count(
            "proposal" if act.of_items else "pk", filter=act.fits, distinct=act.of_items
        )
        for code, act in acts.items()
    }


def figures(scope: Scope) -> list[Figure]:
    made = [scope.figure("unit.count", "承办单位", scope.count(_units), note="主办、分办单位")]
    for place, (_, _, acts) in enumerate(TABLES):
        counts = scope.counts(_asked, place)
        made += [scope.figure(code, act.label, counts[code.replace(".", "_")]) for code, act in acts.items()]
    return made


def rows(scope: Scope, code: str) -> Behind:
    if code == "unit.count":
        return Behind(_units(scope))
    model, moment, acts = next(table for table in TABLES if code in table[2] or table is TABLES[-1])
    found = _acts(scope, model, moment).filter(acts[code].fits)
    if acts[code].of_items:
        return Behind(Proposal.objects.filter(pk__in=found.values("proposal")))
    return Behind(found)
