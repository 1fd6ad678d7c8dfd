"""承诺: the stock of promises, and one promise with everything that has become of it since it was made."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.clock.now import today
from huiyin.components.views import actor_of
from huiyin.desks.case import OFFICES
from huiyin.desks.figures import FIGURES_FOR
from huiyin.desks.filters import plenaries_of, plenary_or_404
from huiyin.desks.ledger import PAGE, CappedPaginator
from huiyin.desks.open_steps import all_steps
from huiyin.desks.story import events_for
from huiyin.journal.models import Event
from huiyin.people.actor import Actor
from huiyin.people.models import Unit
from huiyin.promises.models import OPEN, SETTLED, SLIPPED, VAGUE, Milestone, Promise, Use
from huiyin.promises.steps.reporting import due_report
from huiyin.proposals.models import Plenary, Proposal
from huiyin.replies.models import Answer

SHOWS = (
    ("open", "落实中"),
    ("overdue", "逾期"),
    ("slipped", "推迟过期限"),
    ("vague", "空泛"),
    ("settled", "已有着落"),
    ("all", "全部"),
)
NOTHING = {
    "open": "没有正在落实的承诺。答复里写明的承诺，答复送出后会列在这里。",
    "overdue": "没有逾期的承诺。",
    "slipped": "没有推迟过期限的承诺。",
    "vague": "没有空泛的承诺：每一项都写明了数量、节点或者凭证。",
}


def promises(request: HttpRequest) -> HttpResponse:
    """The stock of promises, carried over the years, the earliest due first."""
    actor = actor_of(request)
    plenaries = plenaries_of(actor)
    plenary = (
        plenary_or_404(actor, request.GET.get("plenary"), plenaries) if "plenary" in request.GET else None
    )
    wanted, unit = request.GET.get("show", "open"), _unit(request)
    rows = _promises(actor, plenary, wanted).select_related("proposal__plenary", "unit", "owner__person")
    if unit is not None:
        rows = rows.filter(unit=unit)
    page = CappedPaginator(rows.order_by("due_on", "id"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "plenary": plenary,
        "unit": unit,
        "shows": SHOWS,
        "with_stock": actor.role in FIGURES_FOR,
    }
    nothing = NOTHING.get(wanted, "这里还没有承诺事项。答复里写明的承诺，答复送出后会列在这里。")
    return render(request, "desks/promises.html", context | {"nothing": nothing})


def _unit(request: HttpRequest) -> Unit | None:
    """The unit whose promises are asked for; the list itself is what the actor may see."""
    asked = request.GET.get("unit", "")
    return Unit.objects.filter(pk=asked).first() if asked.isdecimal() else None


def by_unit(request: HttpRequest) -> HttpResponse:
    """Which units move their dates, promise what nobody can check, and keep their word: each number opens its list."""
    actor = actor_of(request)
    if actor.role not in FIGURES_FOR:
        raise Http404
    plenaries = plenaries_of(actor)
    plenary = plenary_or_404(actor, request.GET.get("plenary"), plenaries)
    page = {"plenary": plenary, "plenaries": plenaries, "units": _of_units(actor, plenary), "shows": SHOWS}
    return render(request, "desks/promises_by_unit.html", page)


def _of_units(actor: Actor, plenary: Plenary | None) -> list[tuple[dict[str, Any], list[tuple[str, int]]]]:
    """One query: a unit, and for each of the lists how many it has there."""
    which = {
        "open": Q(state__in=OPEN),
        "overdue": Q(state__in=OPEN, due_on__lt=today()),
        "slipped": SLIPPED,
        "vague": VAGUE,
        "settled": Q(state__in=SETTLED),
        "all": Q(),
    }
    seen = Promise.objects.visible_to(actor).in_force().filter(proposal__plenary=plenary)
    by_unit: Any = seen.order_by().values("unit", "unit__name")
    counted = by_unit.annotate(**{f"n_{name}": Count("pk", filter=of) for name, of in which.items()})
    found = counted.order_by("-n_slipped", "-n_vague", "unit__name")
    return [(row, [(name, row[f"n_{name}"]) for name, _ in SHOWS]) for row in found]


def _promises(actor: Actor, plenary: Plenary | None, wanted: str) -> Any:
    rows = Promise.objects.visible_to(actor).in_force()
    if plenary is not None:
        rows = rows.filter(proposal__plenary=plenary)
    if wanted == "overdue":
        return rows.overdue(today())
    chosen = {"open": rows.open, "slipped": rows.slipped, "vague": rows.vague, "settled": rows.settled}
    return chosen[wanted]() if wanted in chosen else rows


def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """One promise: what, by when at first and since, why it was moved or altered, what shows that it is kept."""
    actor = actor_of(request)
    found = get_object_or_404(_whole(actor), pk=pk)
    events = list(_events(actor, found))
    page = {
        "promise": found,
        "points": _points(found),
        "others": list(_others(actor, found)),
        "sees_item": Proposal.objects.visible_to(actor).filter(pk=found.proposal_id).exists(),
        "moves": _with_who(found.due_dates.all(), events, "promise.move_date"),
        "alterations": _with_who(found.alterations.all(), events, "promise.alter"),
        "next_report": due_report(found),
        "events": events[::-1],
        "case": {"told_by_offices": actor.role in OFFICES},
        "sections": all_steps([found, *found.milestones.all()], actor),
        "back": request.path,
    }
    return render(request, "desks/promise.html", page)


def _whole(actor: Actor) -> Any:
    seen = Promise.objects.visible_to(actor).live()
    joined = (
        "proposal__plenary",
        "proposal__pack_version",
        "unit",
        "owner__person",
        "assignment__unit",
        "told_in",
    )
    parts = (
        "evidence__attachment",
        "due_dates",
        "alterations",
        "reports",
        "explanations",
        "confirmations__proposer",
    )
    stones = Milestone.objects.select_related(*Milestone.lock_with)
    return seen.select_related(*joined).prefetch_related(*parts, Prefetch("milestones", stones))


def _events(actor: Actor, found: Promise) -> Any:
    """Everything done about it and its milestones, the oldest first."""
    stones = [stone.pk for stone in found.milestones.all()]
    own = events_for(actor).filter(proposal=found.proposal)
    of_promise = own.filter(subject_kind="promises.promise", subject_id=found.pk)
    of_stones = own.filter(subject_kind="promises.milestone", subject_id__in=stones)
    return (of_promise | of_stones).told().prefetch_related("corrections").order_by("at", "id")


def _with_who(rows: Iterable[Any], events: list[Event], code: str) -> list[tuple[Any, Event | None]]:
    """Each change beside the event that made it, which says who."""
    made = iter(sorted((event for event in events if event.code == code), key=lambda event: event.pk))
    return [(row, next(made, None)) for row in rows]


def _others(actor: Actor, found: Promise) -> Any:
    """The other items that it serves, those that this actor sees."""
    uses = Use.objects.visible_to(actor).standing().filter(promise=found)
    return uses.select_related("proposal__plenary").prefetch_related("points")


def _points(found: Promise) -> Any:
    """What it answers, each with what the replies that went out say to it."""
    answers = Answer.objects.filter(reply__issued_at__isnull=False).order_by("reply__issued_at")
    return found.points.select_related("proposal").prefetch_related(Prefetch("answers", answers))
