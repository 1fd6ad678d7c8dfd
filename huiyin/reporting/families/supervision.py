"""督办: what leaders and the office did about the items: 领办督办、催办、督查、回头看、批示、会议."""

from django.db.models import QuerySet

from huiyin.people.models import Unit
from huiyin.reporting.scope import Behind, Figure, Scope
from huiyin.supervision.models import Inspection, Instruction, Leadership, Meeting, Urging
from huiyin.words import LeadershipKind, MeetingKind, UrgingWay


def _sets(scope: Scope) -> dict[str, tuple[str, QuerySet]]:
    """Code -> label and rows; the order is that of the circular."""
    about = scope.received("proposal__")
    led = Leadership.objects.filter(about, scope.happened("since"))
    urged = Urging.objects.filter(about, scope.happened("sent_at"))
    inspected = Inspection.objects.filter(about, scope.happened("at"))
    held = Meeting.objects.filter(scope.of_plenaries(), scope.happened("at"))
    units = Unit.objects.filter(pk__in=scope.shares().values("unit"))
    made = {"unit.count": ("承办单位", units)}
    made |= {f"leadership.{kind}": (f"市领导{kind.label}", led.filter(kind=kind)) for kind in LeadershipKind}
    made["instruction.count"] = ("批示", Instruction.objects.filter(about, scope.happened("given_at")))
    made["urging.total"] = ("催办", urged)
    made |= {f"urging.{way}": (way.label, urged.filter(way=way)) for way in UrgingWay}
    made["inspection.count"] = ("督查", inspected.filter(look_back=False))
    made["look_back.count"] = ("回头看", inspected.filter(look_back=True))
    made["meeting.total"] = ("会议", held)
    made |= {f"meeting.{kind}": (kind.label, held.filter(kind=kind)) for kind in MeetingKind}
    return made


def figures(scope: Scope) -> list[Figure]:
    return [scope.figure(code, label, rows.count()) for code, (label, rows) in _sets(scope).items()]


def rows(scope: Scope, code: str) -> Behind:
    return Behind(_sets(scope)[code][1])
