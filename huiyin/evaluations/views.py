"""The form by its one-time link, without log-in; and the link itself, for the staff that hand it out."""

from typing import Any

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.components.views import actor_of, step_page
from huiyin.evaluations import links, steps
from huiyin.evaluations.asked import asked_by, dimensions_of, grades_of
from huiyin.evaluations.forms import readers_of, what_is_evaluated
from huiyin.evaluations.models import Evaluation
from huiyin.journal.step import Call
from huiyin.journal.work import hooks
from huiyin.words import EvaluationState, Role

GONE = 410
AGAIN = "有账号的，可以登录后评价；没有账号的，请与提案、建议的承办工作机构联系，索取新的链接或纸质意见表。"
UNKNOWN = "这个评价链接打不开。请核对是否抄写完整；链接换发过的，请用最近收到的那一个。"
REVOKED = "这张意见表已经收回，不用再评价。有新的答复时，会另外请您评价。"
HAND_OUT = (Role.ASSEMBLY_STAFF, Role.REGISTRAR)


@login_not_required
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link fills in this one form, once; afterwards it thanks and says what comes next."""
    form = links.form_of(token)
    if form is None:
        return _closed(request, UNKNOWN, 404, AGAIN)
    if form.state == EvaluationState.SUBMITTED:
        return thanks(request, form)
    if form.state == EvaluationState.REVOKED:
        return _closed(request, REVOKED, GONE)
    holder = links.holder(form)
    refused = steps.submit.refusal(Call(steps.submit, form, holder, hooks.now(), None))
    if refused is not None:
        in_time = form.state == EvaluationState.INVITED
        return _closed(request, refused.sentence, GONE, AGAIN if in_time else "")
    return step_page(request, steps.submit, form, holder, back=request.path)


def _closed(request: HttpRequest, sentence: str, status: int, more: str = "") -> HttpResponse:
    return render(request, "evaluations/closed.html", {"sentence": sentence, "more": more}, status=status)


def thanks(request: HttpRequest, form: Evaluation) -> HttpResponse:
    """What has been said, who sees it, and what happens next."""
    page = what_is_evaluated(form) | {"ratings": form.ratings.order_by("id"), "readers": readers_of(form)}
    return render(request, "evaluations/thanks.html", page)


def link(request: HttpRequest, pk: int) -> HttpResponse:
    """The link of a form that is still out, as text and as a code to be scanned. Never for units (R4)."""
    actor = actor_of(request)
    if actor.role not in HAND_OUT:
        raise Http404
    waiting = Evaluation.objects.visible_to(actor).waiting().select_related(*Evaluation.lock_with)
    form = get_object_or_404(waiting, pk=pk)
    token = links.token_of(form)
    if not token:
        raise Http404
    page = _handed_out(request, form) | {"several": waiting.filter(reply=form.reply).count() > 1}
    return render(request, "evaluations/link.html", page)


def _handed_out(request: HttpRequest, form: Evaluation) -> dict[str, Any]:
    """A form with its address, and that as a code to be scanned."""
    address = request.build_absolute_uri(reverse("evaluations:by_link", args=[links.token_of(form)]))
    code = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
    return {"form": form, "address": address, "code": code}


def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """征询意见函: a page of paper for each evaluator of a reply who has not answered, to be scanned or filled in by
    hand. Printed by the staff, never by units (R4)."""
    actor = actor_of(request)
    if actor.role not in HAND_OUT:
        raise Http404
    waiting = Evaluation.objects.visible_to(actor).waiting().filter(reply=pk).exclude(nonce="")
    forms = list(waiting.select_related(*Evaluation.lock_with, "item").order_by("pk"))
    if not forms:
        raise Http404
    made = [
        _handed_out(request, form)
        | {
            "asked": dimensions_of(form.proposal, later=form.later),
            "grades": grades_of(form.proposal),
            "asked_by": asked_by(form),
        }
        for form in forms
    ]
    return render(request, "evaluations/letters.html", {"letters": made, "item": forms[0].proposal})
