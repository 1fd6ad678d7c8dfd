"""The ledger: filters in the address, one page of rows in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict

from huiyin.clock.models import Deadline
from huiyin.clock.now import today
from huiyin.people.actor import Actor
from huiyin.people.models import Unit
from huiyin.proposals.models import ItemClass, Plenary, Proposal
from huiyin.words import AnswerStage, FulfilmentStage, Kind

PAGE = 50
COUNT_LIMIT = 10_000


class CappedPaginator(Paginator):
    """Counting stops at 10000+: a page must not grow with the table."""

    @property
    def count(self) -> int:  # type: ignore[override]
        found: int = self.object_list[: COUNT_LIMIT + 1].count()
        return min(found, COUNT_LIMIT)


class Filters(forms.Form):
    """What the ledger can be narrowed by; every value stands in the address and can be taken out again."""

    q = forms.CharField(label="查找", required=False)
    plenary = forms.ModelChoiceField(
        Plenary.objects.none(), label="届次", required=False, to_field_name="code", empty_label="全部届次"
    )
    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部"), *Kind.choices()])
    stage = forms.ChoiceField(
        label="办理阶段", required=False, choices=[("", "全部"), *AnswerStage.choices()]
    )
    fulfilment = forms.ChoiceField(
        label="落实阶段", required=False, choices=[("", "全部"), *FulfilmentStage.choices()]
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="承办单位", required=False, empty_label="全部单位"
    )
    item_class = forms.ModelChoiceField(
        ItemClass.objects.none(), label="分类", required=False, empty_label="全部分类"
    )
    key = forms.BooleanField(label="只看重点", required=False)
    overdue = forms.BooleanField(label="只看逾期", required=False)

    def __init__(self, actor: Actor, data: QueryDict) -> None:
        super().__init__(data)
        self.actor = actor
        self.fields["plenary"].queryset = Plenary.objects.filter(jurisdiction=actor.jurisdiction)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.of(actor.jurisdiction)  # type: ignore[attr-defined]
        self.fields["item_class"].queryset = ItemClass.objects.filter(jurisdiction=actor.jurisdiction)  # type: ignore[attr-defined]

    def rows(self) -> QuerySet[Proposal]:
        rows = Proposal.objects.visible_to(self.actor)
        given: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        plain = {
            "plenary": "plenary",
            "kind": "kind",
            "stage": "answer_stage",
            "fulfilment": "fulfilment_stage",
        }
        rows = rows.filter(**{column: given[name] for name, column in plain.items() if given.get(name)})
        if given.get("unit"):
            rows = rows.filter(assignments__unit=given["unit"])
        if given.get("item_class"):
            rows = rows.filter(classifications__item_class=given["item_class"])
        if given.get("key"):
            rows = rows.filter(is_key=True)
        if given.get("overdue"):
            rows = rows.filter(pk__in=Deadline.objects.overdue(today()).values("proposal"))
        if words := given.get("q", "").split():
            rows = rows.filter(_containing(words))
        return rows

    def chips(self) -> list[tuple[str, str, str]]:
        """(name, label, value) of each filter in use."""
        if not self.is_valid():
            return []
        found = []
        for name, value in self.cleaned_data.items():
            if value:
                field = self.fields[name]
                shown = (
                    dict(field.choices).get(value, value)
                    if isinstance(field, forms.ChoiceField) and not hasattr(field, "queryset")
                    else value
                )
                found.append((name, str(field.label), "" if value is True else str(shown)))
        return found


def _containing(words: list[str]) -> Q:
    found = Q()
    for word in words:
        by_name = Proposal.proposers.through.objects.filter(proposer__name__icontains=word).values("proposal")
        found &= (
            Q(title__icontains=word)
            | Q(number__iexact=word)
            | Q(text__icontains=word)
            | Q(pk__in=by_name)
            | Q(assignments__unit__name__icontains=word)
        )
    return found


@dataclass(frozen=True)
class Line:
    """One row of the ledger."""

    proposal: Proposal
    units: dict[str, list[str]]
    deadline: Deadline | None
    contacts: int
    promises: int


def lines(proposals: list[Proposal]) -> list[Line]:
    """Rows with what stands beside them, from what has been fetched along."""
    found = []
    for proposal in proposals:
        units: dict[str, list[str]] = {"lead": [], "co": [], "separate": []}
        for assignment in proposal.assignments.all():
            units[assignment.role].append(assignment.unit.short_name or assignment.unit.name)
        running = sorted(
            (
                row
                for row in proposal.deadlines.all()
                if row.name in ("reply", "second_handling", "co_opinion")
            ),
            key=lambda row: row.due_on,
        )
        found.append(
            Line(
                proposal,
                units,
                running[0] if running else None,
                len(proposal.contacts.all()),
                len(proposal.promises.all()),
            )
        )
    return found


def with_parts(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """What a line shows, in a fixed number of queries."""
    from huiyin.handling.models import Assignment
    from huiyin.promises.models import Promise

    return rows.select_related("plenary").prefetch_related(
        "proposerships__proposer",
        "classifications__item_class",
        "contacts",
        Prefetch("assignments", Assignment.objects.standing().select_related("unit").order_by("id")),
        Prefetch("deadlines", Deadline.objects.open()),
        Prefetch("promises", Promise.objects.live()),
        "marks",
    )
