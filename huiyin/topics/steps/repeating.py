"""重复提出: found when an item is registered, proposed to the registrar, marked or set aside."""

from datetime import datetime
from typing import Any

from huiyin.journal.fields import Field
from huiyin.journal.models import Event
from huiyin.journal.step import Call, after, requirement, step
from huiyin.journal.work import current
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.tell import all_units_people, assembly_staff_of, registrars
from huiyin.proposals.models import Plenary, Proposal
from huiyin.topics.finding import likely_repeats
from huiyin.topics.models import Repeat
from huiyin.topics.steps.grouping import JOINED
from huiyin.topics.words import Likeness, RepeatState


def _others(item: Proposal, actor: Actor) -> Any:
    """Items of earlier plenaries of the place."""
    return Proposal.objects.filter(
        jurisdiction=item.jurisdiction_id, plenary__opened_on__lt=item.plenary.opened_on, state__in=JOINED
    ).select_related("plenary")


@requirement(field="earlier", late=True)
def raised_in_an_earlier_year(call: Call) -> str | None:
    earlier = call.given("earlier")
    if earlier is None or earlier.plenary.opened_on < call.obj.plenary.opened_on:
        return None
    return "只能选以前届次的件；同一届次内容相同的，请并案办理。"


@requirement(field="earlier", late=True, done=True)
def not_yet_beside(call: Call) -> str | None:
    known = Repeat.objects.standing().filter(proposal=call.obj, earlier=call.given("earlier"))
    if known.confirmed().exists():
        return "这两件已经认定为重复提出。"
    return "这两件已经提请认定，请在那一条上办理。" if known.exists() else None


BESIDE: dict[str, Any] = {
    "on": "proposals.Proposal",
    "creates": "topics.Repeat",
    "source": JOINED,
    "requires": [raised_in_an_earlier_year, not_yet_beside],
}
EARLIER = Field("earlier", "往年的件", "row", options=_others)


@step(
    "repeat.propose",
    label="提请认定重复提出",
    who=who.system,
    target=RepeatState.PROPOSED,
    stamps="proposed_at",
    fields=[EARLIER, Field("why", "依据", "word", words=Likeness)],
    tell=[registrars],
    automatic=True,
    sentence="可能是往年提过的：{earlier_title}（{why}）",
    **BESIDE,
)
def propose(
    proposal: Proposal, *, actor: Actor, at: datetime, earlier: Proposal, why: str
) -> tuple[Repeat, dict[str, Any]]:
    made = Repeat.objects.create(proposal=proposal, earlier=earlier, why=why, proposed_at=at)
    return made, {"texts": {"earlier_title": str(made)}}


@step(
    "repeat.mark",
    label="认定重复提出",
    undone_by="repeat.dismiss",
    who=who.registrar,
    target=RepeatState.CONFIRMED,
    stamps="confirmed_at",
    fields=[EARLIER],
    tell=[all_units_people, assembly_staff_of],
    sentence="认定为重复提出：{earlier_title}",
    **BESIDE,
)
def mark(
    proposal: Proposal, *, actor: Actor, at: datetime, earlier: Proposal
) -> tuple[Repeat, dict[str, Any]]:
    """By hand, where titles say it otherwise."""
    made = Repeat.objects.create(proposal=proposal, earlier=earlier, why=Likeness.BY_HAND, confirmed_at=at)
    return made, {"texts": {"earlier_title": str(made)}}


@step(
    "repeat.confirm",
    label="认定重复提出",
    undone_by="repeat.dismiss",
    on="topics.Repeat",
    who=who.registrar,
    source={RepeatState.PROPOSED},
    target=RepeatState.CONFIRMED,
    stamps="confirmed_at",
    tell=[all_units_people, assembly_staff_of],
    bulk=True,
    sentence="认定为重复提出：{earlier_title}",
)
def confirm(repeat: Repeat, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """The unit sees beside it what was answered and promised before."""
    return {"texts": {"earlier_title": str(repeat)}}


@step(
    "repeat.dismiss",
    label="不是重复提出",
    on="topics.Repeat",
    who=who.registrar,
    source={RepeatState.PROPOSED, RepeatState.CONFIRMED},
    target=RepeatState.DISMISSED,
    stamps="dismissed_at",
    fields=[Field("reason", "理由", "text", required=False)],
    bulk=True,
    sentence="不是重复提出：{earlier_title}。{reason}",
)
def dismiss(repeat: Repeat, *, actor: Actor, at: datetime, reason: str = "") -> dict[str, Any]:
    """When it was marked stays on record: figures of earlier days count it. Marked again it is another row."""
    return {"texts": {"earlier_title": str(repeat)}}


def _propose_of(item: Proposal, actor: Actor, at: datetime) -> int:
    known = set(Repeat.objects.filter(proposal=item).values_list("earlier", flat=True))
    found = [(other, why) for other, why in likely_repeats(item) if other.pk not in known]
    for other, why in found:
        propose(item, actor=actor, at=at, earlier=other, why=why)
    return len(found)


@after("proposal.register")
def look_for_repeats(event: Event) -> None:
    """Of what comes in; a ledger taken in later is looked through by `repeat.search`."""
    running = current()
    if event.proposal is not None and not (running and running.history):
        _propose_of(event.proposal, Actor.system(event.proposal.jurisdiction), event.at)


@step(
    "repeat.search",
    label="查找重复提出的件",
    on="proposals.Plenary",
    who=who.registrar,
    sentence="查找重复提出的件，新发现{found}处",
)
def search(plenary: Plenary, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """Every item of the plenary beside those of earlier ones; what has been decided already is not asked again."""
    system = Actor.system(plenary.jurisdiction)
    items = Proposal.objects.in_plenary(plenary).received().select_related("plenary", "jurisdiction")
    return {"found": sum(_propose_of(item, system, at) for item in items.order_by("pk"))}
