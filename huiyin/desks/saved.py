"""常用台账: lists kept under a name, shared, renamed, replaced and given up; one of them is what the ledger opens with."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.clock.now import now
from huiyin.components.views import actor_of
from huiyin.desks.filters import ALL, Filters
from huiyin.desks.models import OWN, SavedView, Visit, audiences, may_share_with, open_with
from huiyin.files.marking import refuse_classified
from huiyin.people.actor import Actor

MOST = 30  # of one person
LONGEST = 2000


class SavedForm(forms.Form):
    """Its name and who sees it; the list itself is the address at which the form stands."""

    name = forms.CharField(
        label="名称",
        max_length=30,
        help_text="例如：教育类逾期件、本周要催的。",
        error_messages={"required": "请写一个名称。"},
    )
    audience = forms.ChoiceField(label="给谁看", widget=forms.RadioSelect)
    first = forms.BooleanField(label="以后打开台账先看这一份", required=False)

    def __init__(self, actor: Actor, query: str, data: Any = None, view: SavedView | None = None) -> None:
        given = {"name": view.name, "audience": view.audience} if view else {"audience": OWN}
        super().__init__(data, initial=given)
        self.actor, self.query, self.view = actor, query, view
        shared = may_share_with(actor)
        self.fields["audience"].choices = [(OWN, "只给自己"), *shared.items()]  # type: ignore[attr-defined]
        if not shared:
            del self.fields["audience"]
        if view is not None:
            del self.fields["first"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        person = self.view.person if self.view else self.actor.person
        same = SavedView.objects.of(person, self.actor.jurisdiction).filter(name=name)
        if same.exclude(pk=self.view.pk if self.view else None).exists():
            raise forms.ValidationError(f"已经有一份叫“{name}”的常用台账，请换一个名称。")
        if said := refuse_classified(f"{name}\n{QueryDict(self.query).get('q', '')}"):
            raise forms.ValidationError(said)
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if len(self.query) > LONGEST:
            self.add_error(None, "条件太多，存不下。请先去掉几个筛选条件，再存。")
        elif self.view is None and self._kept() >= MOST:
            self.add_error(None, f"常用台账已有{MOST}份。请先删去不用的，再存新的。")
        return given

    def _kept(self) -> int:
        return SavedView.objects.of(self.actor.person, self.actor.jurisdiction).count()


def views_of(filters: Filters) -> list[SavedView]:
    """Own ones first, then shared ones, those left out whose plenary this person does not see; `first`: the ledger opens with it."""
    actor = filters.actor
    opens = Visit.objects.filter(person=actor.person, opens_with=OuterRef("pk"))
    found = SavedView.objects.visible_to(actor).annotate(first=Exists(opens)).select_related("person")
    codes = {"", ALL, *(plenary.code for plenary in filters.plenaries)}
    shown = [view for view in found if QueryDict(view.query).get("plenary", "") in codes]
    for view in shown:
        view.changeable = view.may_be_changed_by(actor)
    return sorted(shown, key=lambda view: view.person != actor.person)


def saved(request: HttpRequest) -> HttpResponse:
    """Keep the list whose address this is; all that are kept; which of them the ledger opens with."""
    actor = actor_of(request)
    filters = Filters(actor, request.GET)
    views = views_of(filters)
    if "first" in request.POST and "name" not in request.POST:
        return _open_with(request, actor, views)
    form = SavedForm(actor, filters.query, request.POST or None)
    if form.is_valid():
        made = _kept(SavedView(jurisdiction=actor.jurisdiction, person=actor.person), form)
        if form.cleaned_data["first"] and actor.person:
            open_with(actor.person, made)
        messages.success(request, f"已存为常用台账“{made}”。")
        return HttpResponseRedirect(f"{reverse('desks:ledger')}{made.address}")
    context = {
        "form": form,
        "filters": filters,
        "views": views,
        "audiences": audiences(actor),
        "opens": any(view.first for view in views),
    }
    return render(request, "desks/saved.html", context, status=422 if form.errors else 200)


def saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """One of one's own: renamed, shared, given up, or replaced by the list whose address stands behind it."""
    actor = actor_of(request)
    view = get_object_or_404(SavedView.objects.visible_to(actor).select_related("person"), pk=pk)
    if not view.may_be_changed_by(actor):
        raise Http404
    if "remove" in request.POST:
        view.delete()
        messages.success(request, f"已删去常用台账“{view}”。")
        return HttpResponseRedirect(reverse("desks:saved"))
    filters = Filters(actor, request.GET)
    replaces = bool(request.GET)
    form = SavedForm(actor, filters.query if replaces else view.query, request.POST or None, view)
    if form.is_valid():
        _kept(view, form)
        messages.success(request, f"已保存常用台账“{view}”。")
        return HttpResponseRedirect(f"{reverse('desks:ledger')}{view.address}")
    context = {"form": form, "view": view, "filters": filters, "replaces": replaces}
    return render(request, "desks/saved_view.html", context, status=422 if form.errors else 200)


def _kept(view: SavedView, form: SavedForm) -> SavedView:
    given = form.cleaned_data
    view.name, view.query, view.audience = given["name"], form.query, given.get("audience", OWN)
    view.saved_at = now()
    view.save()
    return view


def _open_with(request: HttpRequest, actor: Actor, views: list[SavedView]) -> HttpResponse:
    chosen = next((view for view in views if str(view.pk) == request.POST["first"]), None)
    if actor.person:
        open_with(actor.person, chosen)
    messages.success(request, f"以后打开台账，先看“{chosen or '全部'}”。")
    return HttpResponseRedirect(reverse("desks:saved"))
