"""Many rows of a desk at once: the same step on each of those chosen, one after the other, with a result for each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from huiyin.components.forms import form_of
from huiyin.components.views import actor_of, entitled, subject_or_404
from huiyin.desks.acts import Act, acts_of
from huiyin.desks.desk import ordered, row_of
from huiyin.journal.step import STEPS, AlreadyDone, Refused, Step
from huiyin.people.actor import Actor

MOST = 200  # rows at once


def together(request: HttpRequest, code: str) -> HttpResponse:
    """The rows of one group to choose from, and the form of their step; what is refused is told row by row."""
    actor = actor_of(request)
    act = next((act for act in acts_of(actor) if act.step == code and STEPS[code].bulk), None)
    if act is None:
        raise Http404
    waiting = [row_of(act, obj) for obj in ordered(act, actor)[:MOST]]
    if not waiting:
        return HttpResponseRedirect(reverse("desks:desk"))
    step = STEPS[code]
    first = subject_or_404(step, waiting[0].obj.pk, actor)
    form = form_of(step, first, entitled(step, first, actor), request)
    chosen = {int(pk) for pk in request.POST.getlist("rows") if pk.isdigit()}
    if request.method == "POST":
        if not chosen:
            form.add_error(None, f"请先勾选要{step.label}的件，再提交。")
        elif form.is_valid():
            rows = [row for row in waiting if row.obj.pk in chosen]
            _take(request, step, rows, actor, form.values())
            return HttpResponseRedirect(_back(act, actor))
    everything = "all" in request.GET and request.method != "POST"
    page = {
        "act": act,
        "step": step,
        "form": form,
        "rows": waiting,
        "chosen": chosen,
        "everything": everything,
    }
    return render(request, "desks/together.html", page, status=422 if form.is_bound and form.errors else 200)


def _take(request: HttpRequest, step: Step, rows: list[Any], actor: Actor, given: dict[str, Any]) -> None:
    """The step in a loop; each row stands for itself, so that one refusal keeps none of the others back."""
    done = 0
    for row in rows:
        obj = subject_or_404(step, row.obj.pk, actor)
        try:
            step(obj, actor=entitled(step, obj, actor), **given)
        except AlreadyDone as known:
            messages.info(request, f"{row.proposal.numbered}：{known.sentence}")
        except Refused as refused:
            messages.warning(request, f"{row.proposal.numbered}没有办成：{refused.sentence}")
        else:
            done += 1
    if done:
        messages.success(request, f"已办好：{step.label}，{done}件。")


def _back(act: Act, actor: Actor) -> str:
    """To what is left of the group, or to the desk."""
    left = act.rows(actor).exists()
    return reverse("desks:group", args=[act.step]) if left else reverse("desks:desk")
