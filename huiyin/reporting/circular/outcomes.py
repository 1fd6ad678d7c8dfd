"""What came of the promises, with the source of each: the outcomes that the circular names (S24).

Drawn from the rows behind `promise.carried_out`, so that a circular from frozen figures names what was counted then.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Prefetch, QuerySet

from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.promises.models import Evidence, Promise
from huiyin.proposals.models import Classification
from huiyin.reporting.circular.prose import BASE, COUNT, Number, Piece
from huiyin.reporting.scope import Figure
from huiyin.topics.models import Outcome as TopicOutcome
from huiyin.topics.models import plain

CARRIED_OUT, COUNTED = "promise.carried_out", "topic.outcomes"
OF_A_CLASS = 3
REPORTED = "承办单位报告，已核实"


@dataclass(frozen=True)
class Outcome:
    """One promise that the office accepted as carried out, and what shows it."""

    class_name: str
    number: str
    what: str
    unit: str
    accepted_on: date
    source: str

    @property
    def is_documented(self) -> bool:
        return self.source != REPORTED


@dataclass(frozen=True)
class Widened:
    """A topic and the numbers recorded of it, each with its period and source."""

    topic: str
    lines: tuple[tuple[Piece, ...], ...]


def widened(outcomes: QuerySet[TopicOutcome]) -> list[Widened]:
    """By topic in the order in which they were opened."""
    rows = outcomes.select_related("topic").order_by("topic", "pk")
    return [
        Widened(f"{topic.get_kind_display()}“{topic.title}”", tuple(map(_line, own)))
        for topic, own in groupby(rows, key=lambda one: one.topic)
    ]


def _line(outcome: TopicOutcome) -> tuple[Piece, ...]:
    """A number before and after, each marked with the row that it comes from."""
    code = f"outcome.{outcome.pk}"
    after = (Number(code, COUNT, plain(outcome.after)), outcome.measure)
    named = f"{in_full(outcome.from_on)}至{in_full(outcome.to_on)}{outcome.what}"
    if outcome.before is None:
        return (named, *after, f"（{outcome.source}）")
    before = (f"{named}由", Number(code, BASE, plain(outcome.before)), f"{outcome.measure}{outcome.way}")
    return (*before, *after, f"（{outcome.source}）")


def chosen(kept: QuerySet[Promise], figures: list[Figure]) -> list[Outcome]:
    """A few of each class in the order of the classes: key items first, then the latest, no unit twice in a class.

    One that a document shows goes before one that only a report shows.
    """
    taxonomies = [figure.code.split(".", 2)[1:] for figure in figures if figure.code.startswith("class.")]
    first = taxonomies[0][0] if taxonomies else ""
    classes = [name for taxonomy, name in taxonomies if taxonomy == first]
    found: dict[str, dict[str, Outcome]] = {name: {} for name in classes}
    for outcome in sorted(map(_outcome, _in_order(kept, first)), key=lambda one: not one.is_documented):
        of_class = found.get(outcome.class_name, {})
        if len(of_class) < OF_A_CLASS:
            of_class.setdefault(outcome.unit, outcome)
    return [outcome for name in classes for outcome in found[name].values()]


def _in_order(kept: QuerySet[Promise], taxonomy: str) -> QuerySet[Promise]:
    classes = Classification.objects.filter(taxonomy=taxonomy).select_related("item_class")
    accepted = Evidence.objects.exclude(accepted_at=None).select_related("attachment")
    return (
        kept.exclude(kept_at=None)
        .select_related("proposal", "unit", "assignment__unit")
        .prefetch_related(
            Prefetch("proposal__classifications", classes, to_attr="of_first"),
            Prefetch("evidence", accepted, to_attr="accepted"),
        )
        .order_by("-proposal__is_key", "-kept_at", "-pk")
    )


def _outcome(promise: Promise) -> Outcome:
    classes = promise.proposal.of_first  # type: ignore[attr-defined]
    unit = promise.unit or (promise.assignment.unit if promise.assignment else None)
    assert promise.kept_at is not None
    documents = [text for one in promise.accepted if (text := _document(one))]  # type: ignore[attr-defined]
    return Outcome(
        class_name=classes[0].item_class.name if classes else "",
        number=promise.proposal.number,
        what=promise.what.strip().rstrip("。；"),
        unit=unit.short_name or unit.name if unit else "",
        accepted_on=day_of(promise.kept_at),
        source=documents[-1] if documents else REPORTED,
    )


def _document(evidence: Evidence) -> str:
    return evidence.document_number or (str(evidence.attachment) if evidence.attachment else "")
