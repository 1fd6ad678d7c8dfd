"""交办台: the rows to assign with their form, and the screen of the meeting."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from huiyin.clock.now import now
from huiyin.components.forms import MomentInput
from huiyin.components.views import actor_of
from huiyin.desks import rows
from huiyin.desks.acts.act import ITEM_PARTS
from huiyin.desks.assigning.before import beside
from huiyin.desks.assigning.row import Row, RowForm
from huiyin.desks.assigning.units import directory_of, listed
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.finding import Directory
from huiyin.proposals.models import Proposal
from huiyin.words import ProposalState

PAGE = 50
# The latest year first, in a year the CPPCC's before the congress's, each in the order of its numbers.
IN_ORDER = ("-plenary__opened_on__year", "plenary__assembly", "-plenary__opened_on", "number_key", "pk")
LOOK = "look"  # the button that only looks a unit up: nothing is saved and nothing typed is lost


class When(forms.Form):
    """When the rows were assigned, where that was not now."""

    at = forms.DateTimeField(
        label="交办时间",
        required=False,
        widget=MomentInput(),
        help_text="不填就是现在；补录纸面上的交办，请填实际交办的时间。",
    )

    def clean_at(self) -> Any:
        at = self.cleaned_data["at"]
        if at and at > now():
            raise forms.ValidationError("交办时间不能晚于现在。")
        return at


def registrar_or_404(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not who.registrar(actor, actor.jurisdiction):
        raise Http404
    return actor


def workbench(request: HttpRequest) -> HttpResponse:
    """Rows to assign; what is written into them is saved row by row, a refused one stays with its sentence."""
    actor = registrar_or_404(request)
    directory = directory_of(actor)
    when = When(request.POST or None)
    kept: list[Row] = []
    if request.method == "POST":
        kept = _posted(request, actor, directory)
        if LOOK in request.POST:
            kept = [Row(row.item, row.form.still_typing()) for row in kept]
        elif when.is_valid():
            kept = _take(request, kept, actor, when.cleaned_data.get("at"))
            if not kept:
                return HttpResponseRedirect(request.get_full_path())
    words = request.GET.get("q", "").strip()
    waiting = _with_parts(_waiting(actor, words))
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    shown = _shown(page, kept, directory)
    near = beside([row.item for row in shown], actor.jurisdiction)
    for row in shown:
        row.beside = near[row.item.pk]
    wrong = sum(row.is_wrong for row in kept)
    unit_words = request.POST.get("units", "")
    context = {
        "rows": shown,
        "page": page,
        "when": when,
        "words": words,
        "unit_words": unit_words,
        "units": listed(directory.search(unit_words)),
        "wrong": wrong,
    }
    return render(
        request,
        "desks/assigning.html",
        context,
        status=422 if wrong or when.errors else 200,
    )


def _waiting(actor: Actor, words: str = "") -> QuerySet[Proposal]:
    found = rows.to_assign(actor)
    if words:
        classed = Q(
            pk__in=Proposal.objects.filter(classifications__item_class__name__icontains=words).values("pk")
        )
        found = found.filter(Q(title__icontains=words) | Q(number=words) | classed)
    return found.order_by(*IN_ORDER)


def _with_parts(items: QuerySet[Proposal]) -> QuerySet[Proposal]:
    joined = items.select_related("plenary", "jurisdiction", "pack_version").defer("pack_version__text")
    return joined.prefetch_related(*ITEM_PARTS, "points")


def _posted(request: HttpRequest, actor: Actor, directory: Directory) -> list[Row]:
    """The rows in which something was written, also those that somebody else has assigned meanwhile."""
    pks = {
        int(name.split("-")[1])
        for name in request.POST
        if name.startswith("item-") and name.split("-")[1].isdigit()
    }
    items = _with_parts(rows.items(actor).filter(pk__in=pks, state=ProposalState.REGISTERED))
    found = [Row(item, RowForm(item, directory, request.POST)) for item in items]
    return [row for row in found if row.form.is_written_in]


def _take(request: HttpRequest, posted: list[Row], actor: Actor, at: datetime | None) -> list[Row]:
    """Each row by itself; those that were refused are given back."""
    if not posted:
        messages.info(request, "还没有填写单位。请在要交办的件旁边填写主办单位，再保存。")
    kept = []
    for row in posted:
        done = row.take(actor, at)
        if done:
            messages.success(request, done)
        else:
            kept.append(row)
    return kept


def _shown(page: Page, kept: list[Row], directory: Directory) -> list[Row]:
    """The page with what was typed in its place; a refused row that waits no more stands first."""
    by_pk = {row.item.pk: row for row in kept}
    on_page = [by_pk.pop(item.pk, None) or Row(item, RowForm(item, directory)) for item in page.object_list]
    return [*by_pk.values(), *on_page]


def screen(request: HttpRequest) -> HttpResponse:
    """交办会: one item after the other, in letters that the last row can read."""
    actor = registrar_or_404(request)
    page = Paginator(_with_parts(_waiting(actor)), 1).get_page(request.GET.get("page"))
    item = next(iter(page.object_list), None)
    near = beside([item], actor.jurisdiction)[item.pk] if item else None
    return render(request, "desks/assigning_screen.html", {"page": page, "item": item, "beside": near})
