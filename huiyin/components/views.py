"""One view for every step: form valid, step, redirect. Nothing else changes life-cycle data from a page."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from huiyin.components.forms import StepForm
from huiyin.journal.step import STEPS, AlreadyDone, Call, Refused, Step
from huiyin.journal.work import hooks
from huiyin.people.actor import Actor, standing_in


def subject_or_404(step: Step, pk: int, actor: Actor) -> Any:
    """The row the step is taken on, if the actor may see it: strangers get 404."""
    model = apps.get_model(step.on)
    manager = model._default_manager
    rows = manager.visible_to(actor) if hasattr(manager, "visible_to") else _by_proposal(model, actor)
    found = rows.filter(pk=pk).select_related(*getattr(model, "lock_with", ())).first()
    if found is None:
        raise Http404
    return found


def _by_proposal(model: Any, actor: Actor) -> Any:
    names = {field.name for field in model._meta.get_fields()}
    seen = apps.get_model("proposals.Proposal").objects.visible_to(actor)
    if "proposal" in names:
        return model._default_manager.filter(proposal__in=seen)
    if "assignment" in names:
        return model._default_manager.filter(assignment__proposal__in=seen)
    return model._default_manager.filter(jurisdiction=actor.jurisdiction)


def entitled(step: Step, obj: Any, actor: Actor) -> Actor:
    """The actor who may take the step: the person, or the office entering what a unit did on paper; else 404."""
    for candidate in (actor, standing_in(actor, obj)):
        if candidate is not None and step.who(candidate, obj):
            return candidate
    raise Http404


def take_step(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The form of a step on one row; a POST takes it and goes back to where the person came from."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    step = STEPS.get(code)
    if step is None or step.automatic or actor is None:
        raise Http404
    obj = subject_or_404(step, pk, actor)
    actor = entitled(step, obj, actor)
    back = _back(request, obj)
    form = StepForm(step, obj, actor, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            event = step(obj, actor=actor, **form.values())
        except AlreadyDone as done:
            messages.info(request, done.sentence)
            return HttpResponseRedirect(back)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.success(request, f"已办好:{step.label}。")
            return HttpResponseRedirect(getattr(event.subject, "page", None) or back)
    refusal = None if request.method == "POST" else step.refusal(Call(step, obj, actor, hooks.now(), None))
    status = 422 if form.errors else 200
    page = {"step": step, "form": form, "obj": obj, "back": back, "refusal": refusal, "acting": actor}
    return render(request, "components/step.html", page, status=status)


def _back(request: HttpRequest, obj: Any) -> str:
    """The address to return to: the one given, if it is ours, else the page of the item."""
    given = request.POST.get("back") or request.GET.get("back") or ""
    if given and url_has_allowed_host_and_scheme(given, {request.get_host()}):
        return given
    proposal = getattr(obj, "proposal", None)
    return proposal.get_absolute_url() if proposal is not None else "/"
