"""The replay: four things that must hold of every item, as sentences where one does not.

A part's state is the one its last event left; both stages are those of `stage_of`; every deadline is the one that
the (corrected) events and the pack version give; what a search narrows by is what number and texts hold.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db.models import Max

from huiyin.clock import hear
from huiyin.clock.holidays import calendars_in_force
from huiyin.journal.models import Event
from huiyin.journal.step import STEPS
from huiyin.proposals.grams import TEXTS, grams_of_item
from huiyin.proposals.models import Proposal
from huiyin.proposals.stage import stages
from huiyin.words import AnswerStage, FulfilmentStage

CHUNK = 500


def problems() -> Iterator[str]:
    """Everything that does not hold, in the whole database."""
    yield from wrong_states()
    ids = list(Proposal.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        yield from wrong_stages(ids[start : start + CHUNK])
        yield from wrong_grams(ids[start : start + CHUNK])
    yield from wrong_deadlines(ids)


def models_with_a_state() -> list[str]:
    """The models whose state some step sets."""
    return sorted({made.creates or made.on for made in STEPS.values() if made.target is not None})


def wrong_states() -> Iterator[str]:
    """Parts whose state is not the target of their last event that set one."""
    for label in models_with_a_state():
        model = apps.get_model(label)
        told = Event.objects.filter(subject_kind=model._meta.label_lower).exclude(after="")
        last = told.values("subject_id").annotate(last=Max("id")).values("last")
        wanted = dict(Event.objects.filter(pk__in=last).values_list("subject_id", "after"))
        start = str(model._meta.get_field("state").get_default())
        name = model._meta.verbose_name
        for pk, state in model._default_manager.order_by("pk").values_list("pk", "state").iterator():
            if state != wanted.get(pk, start):
                yield f"{name}#{pk}的状态是“{state}”，按最后一个事件应为“{wanted.get(pk, start)}”。"


def wrong_stages(proposals: Iterable[int]) -> Iterator[str]:
    """Items whose stored stages are not those that follow from their parts."""
    ids = list(proposals)
    stored = {
        proposal.pk: proposal
        for proposal in Proposal.objects.filter(pk__in=ids).only(
            "pk", "number", "title", "answer_stage", "fulfilment_stage"
        )
    }
    for pk, (answer, fulfilment) in stages(ids).items():
        proposal = stored[pk]
        if proposal.answer_stage != answer:
            was = AnswerStage.label_of(proposal.answer_stage)
            yield f"{proposal}：办理阶段存为“{was}”，应为“{answer.label}”。"
        if proposal.fulfilment_stage != fulfilment:
            was = FulfilmentStage.label_of(proposal.fulfilment_stage)
            yield f"{proposal}：落实阶段存为“{was}”，应为“{fulfilment.label}”。"


def wrong_grams(proposals: Iterable[int]) -> Iterator[str]:
    """Items that would not be found by every word of their texts."""
    read = Proposal.objects.filter(pk__in=list(proposals)).only("number", *TEXTS, "grams__grams")
    for proposal in read.select_related("grams"):
        kept = getattr(proposal, "grams", None)
        if kept is None or kept.grams != grams_of_item(proposal):
            yield f"{proposal}：检索字与编号、案由、正文不一致。"


def wrong_deadlines(proposals: Iterable[int]) -> Iterator[str]:
    """Items whose stored deadlines are not those that their events give."""
    calendars = calendars_in_force()
    ids = list(proposals)
    for start in range(0, len(ids), CHUNK):
        rows = Proposal.objects.filter(pk__in=ids[start : start + CHUNK])
        for proposal in rows.select_related("plenary", "pack_version"):
            yield from hear.mismatches(proposal, calendars)


def counted() -> dict[str, int]:
    """How much was looked at."""
    found: dict[str, int] = defaultdict(int)
    for label in models_with_a_state():
        found[label.split(".")[1].lower()] = apps.get_model(label)._default_manager.count()
    return dict(found)
