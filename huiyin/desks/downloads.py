"""One reply with its drafts and letters, and files to take away: each as far as the actor may see the item."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.components.views import actor_of
from huiyin.files.keep import place_of
from huiyin.files.models import Attachment
from huiyin.people.actor import Actor
from huiyin.proposals.models import Proposal
from huiyin.replies.forms import between, content_of
from huiyin.replies.letter import ReplyLetter, letters_of
from huiyin.replies.letter_docx import docx_of
from huiyin.replies.models import Reply, ReplyVersion
from huiyin.supervision.models import Inspection, Task
from huiyin.words import ReplyState, Role

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _reply_or_404(actor: Actor, pk: int) -> Reply:
    seen = Reply.objects.visible_to(actor).select_related(*Reply.lock_with)
    return get_object_or_404(seen, pk=pk)


def _letters(reply: Reply, actor: Actor) -> list[ReplyLetter]:
    """To a proposer those about the items that he or she may see; nobody gets a letter that has not gone out."""
    if reply.state != ReplyState.ISSUED:
        return []
    found = letters_of(reply)
    if actor.role != Role.PROPOSER:
        return found
    items = Proposal.objects.visible_to(actor).filter(pk__in=[letter.item.pk for letter in found])
    own = set(items.values_list("pk", flat=True))
    return [letter for letter in found if letter.item.pk in own]


def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """A reply as it stands, with its versions (not for proposers) and the letters that go out."""
    actor = actor_of(request)
    found = _reply_or_404(actor, pk)
    versions = [] if actor.role == Role.PROPOSER else list(found.versions.select_related("by__person"))
    page = {"reply": found, "versions": versions, "letters": _letters(found, actor)}
    return render(request, "desks/reply.html", page | _side_by_side(request, found, versions))


def _side_by_side(request: HttpRequest, found: Reply, versions: list[ReplyVersion]) -> dict[str, Any]:
    """The two versions asked for, else the last two."""
    if len(versions) < 2:
        return {}
    by_number = {str(version.number): version for version in versions}
    old = by_number.get(request.GET.get("old", ""), versions[-2])
    new = by_number.get(request.GET.get("new", ""), versions[-1])
    for version in (old, new):
        version.reply = found
    return {"old": old, "new": new, "comparison": between(found, content_of(old), content_of(new))}


def letter(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One letter as a Word file; letters are numbered from one."""
    actor = actor_of(request)
    found = _letters(_reply_or_404(actor, pk), actor)
    if not 1 <= number <= len(found):
        raise Http404
    chosen = found[number - 1]
    response = FileResponse(
        iter([docx_of(chosen)]), as_attachment=True, filename=chosen.file_name, content_type=DOCX
    )
    return response


def files_seen_by(actor: Actor) -> QuerySet[Attachment]:
    """With the item; what belongs to a reply or to an act of supervision, with those."""
    replies = Reply.objects.visible_to(actor).order_by().values("pk")
    of_reply = Q(shown_in_replies=None) | Q(shown_in_replies__in=replies)
    with_item = of_reply & Q(
        proposal__in=Proposal.objects.visible_to(actor), inspections=None, task_reports=None
    )
    inspections = Inspection.objects.visible_to(actor).order_by().values("pk")
    tasks = Task.objects.visible_to(actor).order_by().values("pk")
    with_act = Q(inspections__in=inspections) | Q(task_reports__task__in=tasks)
    return Attachment.objects.filter(with_item | with_act).distinct()


def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of an item."""
    found = get_object_or_404(files_seen_by(actor_of(request)), pk=pk)
    place = place_of(found.digest)
    if not place.exists():
        raise Http404
    # Never shown in the browser: what was handed in may be anything.
    return FileResponse(place.open("rb"), as_attachment=True, filename=found.name)
