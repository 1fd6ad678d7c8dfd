"""One view for every step: form valid, step, redirect. Nothing else changes life-cycle data from a page."""

from datetime import date
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString
from django_htmx.http import HttpResponseClientRedirect

from huiyin.clock.holidays import calendar_today
from huiyin.components.drafts import DROP, KEEP, Kept
from huiyin.components.forms import StepForm, form_of
from huiyin.components.templatetags.huiyin import moment
from huiyin.journal.models import Event
from huiyin.journal.step import STEPS, AlreadyDone, Call, Refused, Step
from huiyin.journal.tell import sentence
from huiyin.journal.work import hooks
from huiyin.people.actor import Actor, standing_in
from huiyin.people.steps import CORRECTION
from huiyin.words import Role

# How a row of a model without a rule of its own leads to what decides who sees it.
TO_ITEM = ("proposal", "assignment__proposal", "promise__proposal")
YEARS = range(1990, 2101)
TO_PLACE = ("jurisdiction", "plenary__jurisdiction")


def actor_of(request: HttpRequest) -> Actor:
    """The actor; a person without a current post has no desk and is told whom to ask."""
    actor: Actor | None = request.actor
    if actor is None:
        raise PermissionDenied("您还没有任职记录，请联系系统管理员。")
    return actor


def shortcuts(request: HttpRequest) -> HttpResponse:
    """The keyboard shortcuts, to be read where the sheet cannot be opened."""
    actor_of(request)
    return render(request, "components/shortcuts.html")


def workdays(request: HttpRequest, year: int) -> HttpResponse:
    """The days off and the make-up workdays of a year, by the notices in force."""
    if year not in YEARS:
        raise Http404
    calendar = calendar_today()
    return JsonResponse(
        {
            "off": {day.isoformat(): why for day, why in calendar.off_in(year).items()},
            "work": {day.isoformat(): why for day, why in calendar.worked_in(year).items()},
            "known": calendar.covers(date(year, 1, 1)),
        }
    )


def seen_by(actor: Actor, model: Any) -> Any:
    """The rows of a model that an actor may see: by its own rule, else with the item or the place they belong to."""
    manager = model._default_manager
    if hasattr(manager, "visible_to"):
        return manager.visible_to(actor)
    if model._meta.label == "people.Jurisdiction":
        return manager.filter(pk=actor.jurisdiction.pk)
    names = {field.name for field in model._meta.get_fields()}
    for path in TO_ITEM:
        if path.split("__")[0] in names:
            items = apps.get_model("proposals.Proposal")._default_manager.visible_to(actor)
            return manager.filter(**{f"{path}__in": items})
    place = next(path for path in TO_PLACE if path.split("__")[0] in names)
    return manager.filter(**{place: actor.jurisdiction})


def subject_or_404(step: Step, pk: int, actor: Actor) -> Any:
    """The row the step is taken on, if the actor may see it: strangers get 404."""
    model = apps.get_model(step.on)
    found = seen_by(actor, model).filter(pk=pk).select_related(*getattr(model, "lock_with", ())).first()
    if found is None:
        raise Http404
    return found


def entitled(step: Step, obj: Any, actor: Actor) -> Actor:
    """The actor who may take the step: the person, or the office entering what a unit did on paper; else 404."""
    for candidate in (actor, standing_in(actor, obj)):
        if candidate is not None and step.who(candidate, obj):
            return candidate
    raise Http404


def take_step(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The form of a step on one row; a POST takes it and goes back to where the person came from."""
    step = STEPS.get(code)
    if step is None or step.automatic:
        raise Http404
    actor = actor_of(request)
    obj = subject_or_404(step, pk, actor)
    acting = entitled(step, obj, actor)
    return step_page(request, step, obj, acting, back=_back(request, obj))


def step_page(
    request: HttpRequest,
    step: Step,
    obj: Any,
    actor: Actor,
    *,
    back: str,
) -> HttpResponse:
    """Draw the form of a step, or take the step with what was sent. A form may bring a page of its own."""
    kept = Kept(request, step, obj, actor)
    if KEEP in request.POST:
        return _keep(request, kept, back)
    if DROP in request.POST:
        kept.drop()
    form = form_of(step, obj, actor, request, kept.typed())
    refused: Refused | None = None
    if form.is_bound:
        if form.is_valid():
            try:
                event = step(obj, actor=actor, **form.values())
            except AlreadyDone as done:
                kept.drop()
                messages.info(request, done.sentence)
                return _go(request, back)
            except Refused as found:
                _tell(form, found)
            else:
                kept.drop()
                messages.success(request, _done(step, event, actor, back))
                return _go(request, _after(step, event.subject) or back)
    else:
        refused = step.refusal(Call(step, obj, actor, hooks.now(), None))
    page = {"step": step, "form": form, "obj": obj, "about": about(obj, actor), "back": back, "acting": actor}
    page["open"] = (
        refused is None or refused.field in form.fields
    )  # what is missing may be filled in right here
    return _draw(request, form, page | {"refusal": refused, "kept": kept} | form.extra())


def _done(step: Step, event: Event, actor: Actor, back: str) -> SafeString:
    """What was done, with the step that takes it back or corrects it where the actor may take that one."""
    found = format_html("已办好：{}。", step.label)
    for code, row in ((step.undone_by, event.subject), (CORRECTION, event)):
        again = STEPS.get(code)
        if (
            again
            and again.who(actor, row)
            and not again.hindrance(Call(again, row, actor, hooks.now(), None))
        ):
            address = f"{reverse('components:step', args=[code, row.pk])}?{urlencode({'back': back})}"
            return format_html('{}办错了？<a href="{}">{}</a>', found, address, again.label)
    return found


def _draw(request: HttpRequest, form: StepForm, page: dict[str, Any]) -> HttpResponse:
    """The whole page, or for a place inside another page the form alone, unless it needs a page of its own."""
    status = 422 if form.is_bound and form.errors else 200
    template = form.page
    if request.htmx:
        if template != StepForm.page:
            return HttpResponseClientRedirect(request.get_full_path())
        template = "components/_step.html"
    page["in_place"] = request.htmx and request.htmx.current_url_abs_path.split("?")[0] != request.path
    return render(request, template, page, status=status)


def _keep(request: HttpRequest, kept: Kept, back: str) -> HttpResponse:
    """Keep what is typed: as it is typed, or at the press of a button where the browser runs no script."""
    done = kept.keep(request.POST)
    if request.htmx:
        return render(request, "components/_kept.html", {"done": done})
    if isinstance(done, str):
        messages.error(request, done)
    else:
        messages.success(
            request, f"已暂存（{moment(done)}）。下次打开“{STEPS[kept.step].label}”时会放回原处。"
        )
    return HttpResponseRedirect(back)


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, also from a form that stands inside one."""
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def about(obj: Any, actor: Actor) -> dict[str, Any]:
    """What a step is taken on: the item, the part of it, each with its page, and what was last said of that part.

    A ruling needs the request beside it, a check the report. Proposers are not told what goes on inside a unit.
    """
    item = getattr(obj, "proposal", None)
    parts = [row for row in (item, None if obj == item else obj) if row is not None]
    lines = [(_named(row), getattr(row, "get_absolute_url", str)()) for row in parts]
    inside = actor.role not in (None, Role.PROPOSER) and obj != item and not isinstance(obj, Event)
    last = (
        Event.objects.filter(subject_kind=obj._meta.label_lower, subject_id=obj.pk).told().last()
        if inside
        else None
    )
    return {"lines": lines, "last": last}


def _named(row: Any) -> str:
    return sentence(row) if isinstance(row, Event) else str(row)


def _tell(form: Any, refused: Refused) -> None:
    """Beside the input that the sentence is about, where it is shown."""
    shown = refused.field in form.fields and not form[refused.field].is_hidden
    form.add_error(refused.field if shown else None, refused.sentence)


def _after(step: Step, subject: Any) -> str:
    """A page of its own that the step has made, to go on with."""
    return str(subject.get_absolute_url()) if step.creates and hasattr(subject, "get_absolute_url") else ""


def _back(request: HttpRequest, obj: Any) -> str:
    """The address to return to: the one given, if it is ours, else the page of the item."""
    given = request.POST.get("back") or request.GET.get("back") or ""
    if given and url_has_allowed_host_and_scheme(given, {request.get_host()}):
        return given
    proposal = getattr(obj, "proposal", None)
    return str(proposal.get_absolute_url()) if proposal is not None else "/"
