"""类似件: other items of the same proposer or with a title much alike, with what was answered and their mark."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.components.views import actor_of
from huiyin.people.actor import Actor
from huiyin.proposals.models import Proposal, ProposalQuerySet
from huiyin.replies.models import Reply

SHOWN = 5


@dataclass(frozen=True)
class Like:
    """Another item, why it is shown, and its latest answer."""

    item: Proposal
    why: str
    reply: Reply | None


def earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of its own; the case page takes its list into itself."""
    actor = actor_of(request)
    item = get_object_or_404(Proposal.objects.visible_to(actor), pk=pk)
    return render(request, "desks/earlier.html", {"item": item, "likes": likes_of(item, actor)})


def likes_of(item: Proposal, actor: Actor) -> list[Like]:
    """Five of each at most, the latest first, as far as the actor may see them; one that is both is named as both."""
    seen = Proposal.objects.visible_to(actor)
    alike = _latest(seen.similar_to(item))
    own = _latest(seen.of_same_proposer(item))
    found = {row.pk: row for row in [*alike, *own]}
    why = {pk: [] for pk in found}  # type: dict[int, list[str]]
    for rows, reason in ((alike, "案由相近"), (own, "同一提案者")):
        for row in rows:
            why[row.pk].append(reason)
    replies = answers_to(list(found), actor)
    return [Like(row, "、".join(why[pk]), replies.get(pk)) for pk, row in found.items()]


def _latest(rows: ProposalQuerySet) -> list[Proposal]:
    kept = rows.select_related("plenary", "pack_version").order_by("-received_at", "-pk")
    return list(kept[:SHOWN])


def answers_to(items: list[int], actor: Actor) -> dict[int, Reply]:
    """The latest reply that has gone out on each item, as far as the actor may see it."""
    issued = Reply.objects.visible_to(actor).issued().filter(assignment__proposal__in=items)
    rows = issued.select_related("assignment__unit", "assignment__proposal__pack_version").order_by(
        "issued_at"
    )
    return {reply.assignment.proposal_id: reply for reply in rows}
