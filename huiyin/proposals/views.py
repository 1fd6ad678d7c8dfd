"""A proposer's own drafts: begun, written, read in from Word; and the draft that one is asked to sign."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from huiyin.clock.now import now, today
from huiyin.components.forms import MORE
from huiyin.components.views import actor_of
from huiyin.journal.step import STEPS, Call, Refused
from huiyin.people.actor import Actor
from huiyin.proposals.drafts import Draft, Invitation
from huiyin.proposals.forms import DraftForm
from huiyin.proposals.similar import similar_to
from huiyin.proposals.writing import Overtaken, begin, keep, manuscript_of, opened, places_of, take_in
from huiyin.words import DraftState, Role

LISTED = 50
NEXT = ("draft.submit", "draft.invite")
READ = "read"


def _proposer_or_404(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if actor.role != Role.PROPOSER:
        raise Http404
    return actor


def writing(request: HttpRequest) -> HttpResponse:
    """My drafts, what I am asked to sign, and the button that begins another one."""
    actor = _proposer_or_404(request)
    places = places_of(actor)
    if request.method == "POST":
        chosen = next((one for one in places if str(one[0].pk) == request.POST.get("proposer")), None)
        if chosen is None:
            raise Http404
        return redirect(begin(*chosen, now()))
    own = Draft.objects.of_actor(actor).exclude(state=DraftState.DISCARDED)
    page = {
        "places": places,
        "invitations": Invitation.objects.waiting_for(actor, today()),
        "drafts": own.select_related("plenary", "proposal").prefetch_related("invitations__draft")[:LISTED],
    }
    return render(request, "proposals/writing.html", page)


def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft: to its writer a form, to those who are asked to sign it a text to read."""
    actor = _proposer_or_404(request)
    seen = Draft.objects.visible_to(actor).select_related(*Draft.lock_with)
    found = get_object_or_404(seen, pk=pk)
    if found.proposer.person_id != getattr(actor.person, "pk", None):
        return _to_sign(request, found, actor)
    if found.proposal is not None:
        return redirect(found.proposal)
    if found.state != DraftState.WRITING:
        return redirect("proposals:writing")
    return _to_write(request, found, actor)


def _to_sign(request: HttpRequest, found: Draft, actor: Actor) -> HttpResponse:
    own = found.invitations.filter(proposer__person=actor.person).select_related(*Invitation.lock_with)
    invitation = own[0]
    sign = STEPS["invitation.sign"]
    page = {
        "draft": found,
        "invitation": invitation,
        "hindrance": sign.hindrance(Call(sign, invitation, actor, now(), None)),
        "is_open": found.is_open(today()),
        "others": found.invitations.exclude(pk=invitation.pk).select_related("proposer", "draft"),
    }
    return render(request, "proposals/sign.html", page)


def _to_write(request: HttpRequest, found: Draft, actor: Actor) -> HttpResponse:
    sent = request.method == "POST"
    form = DraftForm(found, actor, request.POST, request.FILES) if sent else DraftForm(found, actor)
    valid, overtaken = sent and form.is_valid(), False
    page = form.page() if sent else opened(found)
    if valid:
        try:
            keep(found, form.written(), now(), page, goes_on=_is_by_itself(request))
            page = opened(found)
            if request.POST.get("then") == READ:
                messages.success(request, take_in(found, manuscript_of(*_read(form)), now()))
        except Refused as refused:
            form.add_error(None, refused.sentence)
            if overtaken := isinstance(refused, Overtaken):
                page = opened(found)  # pressed once more, the page goes over what was kept
        else:
            return _after(request, found, actor)
    if _is_by_itself(request):
        return render(request, "proposals/_saved.html", _beside(found, actor) | {"form": form})
    shown = _beside(found, actor) | {"form": form, "page": page, "overtaken": overtaken}
    shown |= {"today": today(), "is_open": found.is_open(today())}
    shown["invitations"] = found.invitations.select_related("proposer", "draft")
    return render(request, "proposals/write.html", shown, status=422 if form.errors else 200)


def _read(form: DraftForm) -> tuple[str, Any]:
    return form.cleaned_data["pasted"], form.cleaned_data["file"]


def _is_by_itself(request: HttpRequest) -> bool:
    """Kept while it is being written, by no button."""
    return request.method == "POST" and request.headers.get("HX-Request") == "true"


def _beside(found: Draft, actor: Actor) -> dict[str, Any]:
    return {"draft": found, "similar": similar_to(found.title, actor)}


def _after(request: HttpRequest, found: Draft, actor: Actor) -> HttpResponse:
    if _is_by_itself(request):
        return render(request, "proposals/_saved.html", _beside(found, actor) | {"form": None})
    then = request.POST.get("then", "")
    here = found.get_absolute_url()
    if then in NEXT:
        return redirect(f"{reverse('components:step', args=[then, found.pk])}?back={here}")
    if MORE in request.POST:
        return redirect(f"{here}#id_points")
    if then != READ:
        messages.success(request, "已保存。草稿只有您自己和受邀联名的人看得到。")
    return redirect(here)
