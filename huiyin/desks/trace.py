"""The trace: every event of a place, found by item, person, step and day; and one event with all that it carries."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.components.forms import DateInput
from huiyin.components.views import actor_of
from huiyin.desks.ledger import PAGE, CappedPaginator
from huiyin.desks.open_steps import all_steps
from huiyin.desks.procedure import PROCEDURE
from huiyin.desks.story import events_for
from huiyin.journal.models import Event
from huiyin.journal.step import STEPS
from huiyin.journal.tell import values_of
from huiyin.people.actor import Actor
from huiyin.words import Role

MAY_SEARCH = (Role.AUDITOR, Role.ADMINISTRATOR)
MAY_OPEN = (Role.AUDITOR, Role.ADMINISTRATOR, Role.REGISTRAR, Role.ASSEMBLY_STAFF)
ABOUT_PEOPLE = ("people.post", "people.person", "people.unit", "people.proposer")


class Search(forms.Form):
    """What the trace is searched by."""

    item = forms.CharField(label="提案", required=False, help_text="编号或案由")
    person = forms.CharField(label="办理人", required=False, help_text="姓名")
    unit = forms.CharField(label="单位", required=False)
    code = forms.ChoiceField(label="步骤", required=False)
    since = forms.DateField(label="自", required=False, widget=DateInput())
    until = forms.DateField(label="至", required=False, widget=DateInput())

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        steps = [(code, STEPS[code].label) for _, codes in PROCEDURE for code in codes if code in STEPS]
        self.fields["code"].choices = [("", "全部"), *steps]  # type: ignore[attr-defined]

    def narrow(self, events: QuerySet[Event]) -> QuerySet[Event]:
        self.is_valid()
        given = self.cleaned_data
        if item := given.get("item"):
            plain = item.removeprefix("第").removesuffix("号")
            events = events.filter(Q(proposal__number__in=[item, plain]) | Q(proposal__title__icontains=item))
        plain = {"person": "actor__name", "unit": "unit__name", "code": "code"}
        events = events.filter(**{column: given[name] for name, column in plain.items() if given.get(name)})
        if since := given.get("since"):
            events = events.filter(recorded_at__date__gte=since)
        if until := given.get("until"):
            events = events.filter(recorded_at__date__lte=until)
        return events


def _events(actor: Actor) -> QuerySet[Event]:
    """Those of the actor's place; an administrator sees what was done to accounts, staff what concerns their items."""
    events = Event.objects.filter(jurisdiction=actor.jurisdiction)
    if actor.role == Role.ADMINISTRATOR:
        return events.filter(subject_kind__in=ABOUT_PEOPLE)
    if actor.role == Role.ASSEMBLY_STAFF:
        return events_for(actor).filter(
            jurisdiction=actor.jurisdiction, proposal__plenary__assembly=actor.assembly
        )
    return events


def trace(request: HttpRequest) -> HttpResponse:
    """The list, the newest first."""
    actor = actor_of(request)
    if actor.role not in MAY_SEARCH:
        raise Http404
    search = Search(request.GET)
    events = search.narrow(_events(actor)).told().select_related("proposal__plenary").order_by("-id")
    page = CappedPaginator(events, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "desks/trace.html", {"search": search, "page": page, "events": list(page.object_list)}
    )


def _facts(found: Event) -> list[tuple[str, str]]:
    """What was filled in, in words. Rows stand as numbers only in the raw record: the sentence names them."""
    step, said = STEPS.get(found.code), values_of(found)
    told = [spec for spec in (step.fields if step else ()) if found.facts.get(spec.name) not in (None, "")]
    return [
        (spec.label, {True: "是", False: "否"}.get(said[spec.name], said[spec.name]))
        for spec in told
        if spec.kind not in ("row", "rows", "files") and spec.name in said
    ]


def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: who, when, what it says, its place in the chain, and what has corrected it."""
    actor = actor_of(request)
    if actor.role not in MAY_OPEN:
        raise Http404
    seen = _events(actor).told().select_related("proposal__plenary", "seal", "corrects", "parent")
    found = get_object_or_404(seen, pk=pk)
    step = STEPS.get(found.code)
    names = {spec.name: spec.label for spec in step.fields} if step else {}
    page = {
        "event": found,
        "label": step.label if step else found.code,
        "texts": [(names.get(text.name, text.name), text) for text in found.texts.all()],
        "facts": _facts(found),
        "raw": [("code", found.code), *found.facts.items()],
        "corrections": found.corrections.told(),
        "sections": all_steps([found], actor),
    }
    return render(request, "desks/event.html", page)
