"""交办清单: what was assigned on some days, for the wall of the office and the papers of the meeting."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Max, Min, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.clock.now import day_of
from huiyin.components.forms import DateInput
from huiyin.desks.acts.act import ANSWER
from huiyin.desks.assigning.views import IN_ORDER, registrar_or_404
from huiyin.handling.models import Assignment, AssignmentQuerySet
from huiyin.proposals.models import Proposal, Proposership

PRINTED = 1000


class Days(forms.Form):
    """From which day to which."""

    start = forms.DateField(label="交办日期从", widget=DateInput())
    end = forms.DateField(label="到", widget=DateInput())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and given["start"] > given["end"]:
            self.add_error("end", "后一个日期不能早于前一个。")
        return given


def sheet(request: HttpRequest) -> HttpResponse:
    """The last day of assigning, or the days asked for."""
    actor = registrar_or_404(request)
    shares = Assignment.objects.standing().filter(
        proposal__jurisdiction=actor.jurisdiction, offered_known=True
    )
    days = Days(request.GET) if "start" in request.GET else _last_day(shares)
    items: list[Proposal] = []
    if days.is_valid():
        start, end = days.cleaned_data["start"], days.cleaned_data["end"]
        items = list(_assigned(shares, start, end)[: PRINTED + 1])
    page = {"days": days, "items": items[:PRINTED], "more": len(items) > PRINTED, "most": PRINTED}
    return render(request, "desks/assigning_sheet.html", page)


def _last_day(shares: AssignmentQuerySet) -> Days:
    last = shares.aggregate(last=Max("offered_at"))["last"]
    return Days({"start": day_of(last), "end": day_of(last)}) if last else Days()


def _assigned(shares: AssignmentQuerySet, start: date, end: date) -> QuerySet[Proposal]:
    """Each item with its shares of these days, and until when it is to be answered."""
    given = shares.filter(offered_at__date__range=(start, end))
    answer = Q(deadlines__name__in=ANSWER, deadlines__cancelled_at=None)
    found = Proposal.objects.filter(pk__in=given.order_by().values("proposal")).select_related("plenary")
    return (
        found.annotate(answer_by=Min("deadlines__due_on", filter=answer))
        .prefetch_related(
            Prefetch("assignments", given.select_related("unit").order_by("pk")),
            Prefetch("proposerships", Proposership.objects.select_related("proposer")),
        )
        .order_by(*IN_ORDER)
    )
