"""经过: the events of an item in sentences, all or of one kind, and those that came since the last look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from huiyin.evaluations.models import events_visible_to
from huiyin.handling.models import working_papers
from huiyin.journal.models import Event, EventQuerySet
from huiyin.people.actor import Actor
from huiyin.promises.models import Promise, Use
from huiyin.words import Role

REMINDER = "clock.alert"  # told to whoever owes something; nothing has happened to the item
# What is done with a draft, and what is said of it, is for those who may read the draft; so are the promises in it.
ON_A_DRAFT = (
    "reply.draft",
    "reply.revise",
    "reply.submit",
    "reply.send_back",
    "reply.sign",
    "reply.void",
    "reply.agree",
    "reply.to_check",
    "reply.pass_check",
    "reply.fail_check",
)
# Not for the proposer: what offices ask of each other, and what units say of each other and of the proposal.
BETWEEN_OFFICES = (
    "instruction.",
    "urging.",
    "inspection.",
    "look_back.",
    "task.",
    "superior.",
    "partner.rate",
    "quality.rate",
)

# A kind, its label, and the beginnings of the codes that belong to it; an event is of the first kind that fits.
KINDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "deadlines",
        "期限",
        (
            "clock.",
            "deadline.",
            "assignment.ask_extension",
            "assignment.explain_extension",
            "assignment.rule_extension",
            "assignment.pause",
            "assignment.resume",
            "promise.move_date",
            "promise.set_date",
        ),
    ),
    ("contacts", "沟通", ("contact.",)),
    ("replies", "答复", ("reply.", "assignment.answer")),
    ("evaluations", "评价重办", ("evaluation.", "second_handling.")),
    ("promises", "承诺落实", ("promise.", "proposal.settle")),
    (
        "supervision",
        "督办",
        ("urging.", "instruction.", "inspection.", "look_back.", "leadership.", "task.", "superior."),
    ),
    ("topics", "由点及面", ("topic.", "repeat.")),
    (
        "decisions",
        "立案交办",
        (
            "proposal.",
            "proposership.",
            "assignment.assign",
            "assignment.re",
            "assignment.rule_",
            "assignment.cancel",
        ),
    ),
    ("handling", "办理", ("assignment.", "partner.", "quality.")),
)
ALL = ""
SHOWN = 12  # lines that stand open


@dataclass(frozen=True)
class Story:
    """The lines of one kind, and how many there are of each."""

    chosen: str
    new: list[Event]
    old: list[Event]
    kinds: list[tuple[str, str, int]]
    total: int

    @property
    def count(self) -> int:
        return len(self.new) + len(self.old)

    @property
    def open(self) -> list[Event]:
        return self.old[:SHOWN]

    @property
    def folded(self) -> list[Event]:
        return self.old[SHOWN:]


def events_for(actor: Actor) -> EventQuerySet:
    """What the story of an item tells this actor, of the items that the actor may see."""
    events = events_visible_to(actor, Event.objects.all())
    if actor.role in (Role.REGISTRAR, Role.AUDITOR, Role.ADMINISTRATOR):
        return events
    if actor.role == Role.PROPOSER:
        events = events.exclude(_of(BETWEEN_OFFICES))
    if actor.role == Role.ASSEMBLY_STAFF:
        events = events.exclude(code="partner.rate")
    own = working_papers(actor, "assignment__")
    for unsaid in (
        Promise.objects.filter(undertaken_at=None),
        Use.objects.filter(assignment__answered_at=None),
    ):
        this_one = Exists(unsaid.exclude(own).order_by().filter(pk=OuterRef("subject_id")))
        events = events.exclude(this_one, subject_kind=unsaid.model._meta.label_lower)
    return events.filter(~Q(code__in=ON_A_DRAFT) | own)


def _of(beginnings: Iterable[str]) -> Q:
    return reduce(or_, (Q(code__startswith=one) for one in beginnings))


def kind_of(code: str) -> str:
    return next((kind for kind, _, starts in KINDS if code.startswith(starts)), ALL)


def story_of(events: list[Event], chosen: str, actor: Actor, since: datetime | None) -> Story:
    """An unknown kind shows everything. What somebody else did since the last look stands first, with what was done then."""
    of_kind = [kind_of(event.code) for event in events]
    kinds = [(kind, label, of_kind.count(kind)) for kind, label, _ in KINDS if kind in of_kind]
    known = chosen if chosen in of_kind else ALL
    lines = [event for event, kind in zip(events, of_kind, strict=True) if known in (ALL, kind)]
    came = [event for event in lines if since and event.recorded_at > since]
    new = came if any(event.code != REMINDER and event.actor != actor.person for event in came) else []
    old = [event for event in lines if not new or event not in came]
    return Story(known, new, old, kinds, len(events))
