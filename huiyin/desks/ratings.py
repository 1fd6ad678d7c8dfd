"""互评 and 提案质量: what lead and co-units say of each other once it is revealed, and what units say of proposals."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.clock.now import today
from huiyin.components.views import actor_of
from huiyin.desks.figures import rows_page
from huiyin.desks.filters import plenaries_of, plenary_or_404
from huiyin.desks.ledger import PAGE
from huiyin.reporting.percent import percent
from huiyin.reporting.scope import Figure
from huiyin.scores.models import PartnerRating, QualityRating
from huiyin.scores.words import QualityDimension, QualityGrade
from huiyin.words import UNIT_ROLES, Role

RATINGS_FOR = (*UNIT_ROLES, Role.REGISTRAR, Role.AUDITOR)
QUALITY_FOR = (Role.REGISTRAR, Role.ASSEMBLY_STAFF, Role.AUDITOR)


def ratings(request: HttpRequest) -> HttpResponse:
    """What was said of each other, as far as the actor may know it."""
    actor = actor_of(request)
    if actor.role not in RATINGS_FOR:
        raise Http404
    plenary = plenary_or_404(actor, request.GET.get("plenary"))
    seen = PartnerRating.objects.visible_to(actor).filter(assignment__proposal__plenary=plenary)
    rows = seen.select_related("assignment__unit", "assignment__proposal__plenary", "rated__unit")
    page = Paginator(rows.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    revealed = set(
        PartnerRating.objects.revealed(today())
        .filter(pk__in=[row.pk for row in page.object_list])
        .order_by()
        .values_list("pk", flat=True)
    )
    context = {"plenary": plenary, "plenaries": plenaries_of(actor), "page": page, "revealed": revealed}
    return render(request, "desks/ratings.html", context)


def quality(request: HttpRequest) -> HttpResponse:
    """How many of the proposals rated were found good, by dimension; every number opens its list."""
    actor = actor_of(request)
    if actor.role not in QUALITY_FOR:
        raise Http404
    plenary = plenary_or_404(actor, request.GET.get("plenary"))
    seen = QualityRating.objects.visible_to(actor).filter(assignment__proposal__plenary=plenary)
    grades = list(seen.order_by().values_list(*(one.value for one in QualityDimension)))
    lines = [
        (dimension, [(grade, _share(grades, place, grade)) for grade in QualityGrade])
        for place, dimension in enumerate(QualityDimension)
    ]
    context = {"plenary": plenary, "plenaries": plenaries_of(actor), "lines": lines, "count": len(grades)}
    return render(request, "desks/quality.html", context)


def _share(grades: list[tuple[str, ...]], place: int, grade: str) -> tuple[int, str | None]:
    count = sum(own[place] == grade for own in grades)
    return count, percent(count, len(grades))


def quality_rows(request: HttpRequest, plenary: str, dimension: str, grade: str) -> HttpResponse:
    """The ratings behind one number."""
    actor = actor_of(request)
    words = (dimension in list(QualityDimension), grade in list(QualityGrade))
    if actor.role not in QUALITY_FOR or words != (True, True):
        raise Http404
    found = plenary_or_404(actor, plenary)
    base = QualityRating.objects.visible_to(actor).filter(assignment__proposal__plenary=found)
    rows = base.filter(**{dimension: grade})
    count, of = rows.count(), base.count()
    label = f"{QualityDimension(dimension).label}：{QualityGrade(grade).label}"
    figure = Figure(f"quality.{dimension}.{grade}", label, count, of, percent(count, of), "提案质量评价总数")
    page = {"figure": figure, "plenary": found, "as_of": today(), "snapshot": None}
    return rows_page(request, rows, page)
