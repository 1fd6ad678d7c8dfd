"""The pages of supervision: one that leads to all, leaders by division of work, tasks, meetings, superiors, units."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.clock.holidays import calendar_today
from huiyin.clock.now import day_of, now, today
from huiyin.components.views import actor_of
from huiyin.desks.filters import plenary_or_404
from huiyin.desks.ledger import PAGE
from huiyin.desks.overseeing.common import at_hand, office_of
from huiyin.desks.overseeing.measures import MEASURES, counted
from huiyin.desks.starting import starts
from huiyin.handling.models import Assignment
from huiyin.journal.step import STEPS
from huiyin.people.counting import counts_of
from huiyin.people.models import Post, Unit
from huiyin.supervision.models import (
    DispatchRound,
    DispatchSeries,
    Division,
    Leadership,
    Meeting,
    Sample,
    SuperiorMatter,
    Task,
)
from huiyin.words import Role

BEGUN = ("dispatch.open", "dispatch.begin_series", "look_back.draw", "meeting.record", "division.set")
SHOWN = 8
SHOWS = (
    ("open", "没有办完的"),
    ("overdue", "逾期没有报告"),
    ("reported", "待确认"),
    ("accepted", "已确认"),
    ("all", "全部"),
)


def supervision(request: HttpRequest) -> HttpResponse:
    """Where supervision stands, and the way to each of its lists."""
    actor, plenary, page = at_hand(request)
    page["starts"] = starts(actor, plenary, BEGUN)
    if plenary is not None:
        tasks = Task.objects.visible_to(actor).filter(_of(plenary))
        sets = {"open": tasks.open(), "overdue": tasks.overdue(today()), "reported": tasks.reported()}
        page["tasks"] = dict(zip(sets, counts_of(actor.jurisdiction, [*sets.values()]), strict=True))
        page["dispatches"] = DispatchRound.objects.visible_to(actor).filter(plenary=plenary)[:SHOWN]
        page["series"] = DispatchSeries.objects.filter(plenary=plenary, ended_at=None, until__gte=today())
        page["may_end"] = STEPS["dispatch.end_series"].who(actor, plenary)
        page["samples"] = Sample.objects.visible_to(actor).filter(plenary=plenary)[:SHOWN]
        page["meetings"] = Meeting.objects.visible_to(actor).filter(plenary=plenary).order_by("-at")[:SHOWN]
    return render(request, "desks/supervision.html", page)


def _of(plenary: Any) -> Q:
    return Q(proposal__plenary=plenary) | Q(proposal=None, meeting__plenary=plenary)


def leaders(request: HttpRequest) -> HttpResponse:
    """Each leader's division of work and the items led and supervised; a page for paper. Who has left stands here as
    long as a division has to be ended."""
    actor, plenary, page = at_hand(request)
    shares = Assignment.objects.standing().answering().select_related("unit").order_by("id")
    led = Leadership.objects.current().filter(leader__jurisdiction=actor.jurisdiction)
    led = led.filter(proposal__plenary=plenary).select_related("proposal__plenary")
    led = led.prefetch_related(
        Prefetch("proposal__assignments", shares), Prefetch("proposal__tasks", Task.objects.open())
    )
    divisions = Division.objects.held_on(today())
    held = Q(pk__in=Post.objects.held_on(today())) | Q(pk__in=divisions.values("leader"))
    posts = Post.objects.in_role(Role.GOVERNMENT_LEADER).filter(held, jurisdiction=actor.jurisdiction)
    divisions = divisions.select_related("unit", "item_class")
    posts = posts.select_related("person").prefetch_related(
        Prefetch("divisions", divisions), Prefetch("leaderships", led)
    )
    page |= {"leaders": posts, "today": today(), "starts": starts(actor, plenary, ("division.set",))}
    return render(request, "desks/leaders.html", page)


def tasks(request: HttpRequest) -> HttpResponse:
    """What was asked of units in instructions, findings and meetings; a unit sees its own."""
    actor = actor_of(request)
    if actor.role in (Role.PROPOSER, Role.ADMINISTRATOR):
        raise Http404
    wanted = request.GET.get("show", "open")
    rows = Task.objects.visible_to(actor)
    if actor.unit is not None and actor.role not in (Role.REGISTRAR, Role.GOVERNMENT_LEADER):
        rows = rows.filter(unit=actor.unit)
    if code := request.GET.get("plenary"):
        rows = rows.filter(Q(proposal__plenary__code=code) | Q(proposal=None, meeting__plenary__code=code))
    narrowed = {"open": rows.open, "reported": rows.reported, "accepted": rows.accepted}
    if wanted == "overdue":
        rows = rows.overdue(today())
    elif wanted in narrowed:
        rows = narrowed[wanted]()
    rows = rows.select_related("unit", "proposal__plenary", "meeting", "instruction__leader__person")
    rows = rows.prefetch_related("reports__attachments").order_by("due_on", "id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "desks/tasks.html", {"page": page, "wanted": wanted, "shows": SHOWS})


def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings and interviews of every kind, the latest first."""
    actor, plenary, page = at_hand(request)
    rows = Meeting.objects.visible_to(actor).filter(plenary=plenary).select_related("unit")
    rows = rows.prefetch_related("tasks", "proposals").order_by("-at", "-id")
    page["page"] = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    page["starts"] = starts(actor, plenary, ("meeting.record",))
    return render(request, "desks/meetings.html", page)


def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: who was there, what was agreed, what became of it."""
    actor = actor_of(request)
    found = get_object_or_404(Meeting.objects.visible_to(actor).select_related("plenary", "unit"), pk=pk)
    tasks = Task.objects.visible_to(actor).filter(meeting=found)
    page = {
        "meeting": found,
        "items": found.proposals.visible_to(actor).select_related("plenary"),
        "tasks": tasks.select_related("unit").prefetch_related("reports__attachments"),
    }
    return render(request, "desks/meeting.html", page)


def superiors(request: HttpRequest) -> HttpResponse:
    """Matters with superiors: waiting how long, and the days the clock stood beside the days it ran."""
    actor, plenary, page = at_hand(request)
    rows = SuperiorMatter.objects.visible_to(actor).filter(assignment__proposal__plenary=plenary)
    rows = rows.select_related("assignment__unit", "assignment__proposal__plenary")
    rows = rows.prefetch_related("assignment__pauses").order_by("answered_at", "withdrawn_at", "sent_at")
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    page |= {"page": found, "lines": [(row, *_days(row)) for row in found]}
    return render(request, "desks/superiors.html", page)


def _days(row: SuperiorMatter) -> tuple[int, int, int]:
    """Workdays: waited for the superior; the clock of the share stood; it ran."""
    calendar, until = calendar_today(), row.ended_at or now()
    share = row.assignment
    waited = calendar.workdays_between(day_of(row.sent_at), day_of(until))
    stopped = sum(
        calendar.workdays_between(day_of(pause.from_at), day_of(pause.to_at or now()))
        for pause in share.pauses.all()
    )
    end = share.answered_at or now()
    begun: date = day_of(share.offered_at or row.sent_at)
    return waited, stopped, max(0, calendar.workdays_between(begun, day_of(end)) - stopped)


def unit_conduct(request: HttpRequest) -> HttpResponse:
    """How the units of a plenary act when they are asked, those with the most against them first."""
    actor, plenary, page = at_hand(request)
    shares = Assignment.objects.filter(proposal__plenary=plenary).values("unit")
    units = Unit.objects.of(actor.jurisdiction).filter(pk__in=shares)
    page["lines"] = counted(plenary, units) if plenary else []
    page["measures"] = MEASURES
    return render(request, "desks/unit_conduct.html", page)


def unit_conduct_rows(request: HttpRequest, plenary: str, pk: int) -> HttpResponse:
    """The rows behind one unit's numbers."""
    actor = office_of(request)
    found = plenary_or_404(actor, plenary)
    unit = get_object_or_404(Unit.objects.of(actor.jurisdiction), pk=pk)
    assert found is not None
    [(_, numbers)] = counted(found, Unit.objects.filter(pk=unit.pk))
    groups = [(one, count, list(one.of(found, unit))) for one, count in numbers if count]
    page = {"plenary": found, "unit": unit, "groups": groups}
    return render(request, "desks/unit_conduct_rows.html", page)
