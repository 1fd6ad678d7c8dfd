"""What the ledger can be narrowed by. Every value stands in the address and can be taken out of it again."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, QueryDict

from huiyin.clock.models import Deadline
from huiyin.clock.now import today
from huiyin.desks.asked import Asked
from huiyin.desks.columns import BY_KEY, COLUMNS, Column, chosen
from huiyin.desks.models import Look
from huiyin.handling.models import Assignment
from huiyin.people.actor import Actor
from huiyin.people.models import Unit
from huiyin.proposals.models import Classification, Grams, ItemClass, Plenary, Proposal, Proposership
from huiyin.words import AnswerStage, FulfilmentStage, Kind, ProposalState, Role

ALL = "all"
OTHERS = 2
OFFICES = (Role.REGISTRAR, Role.ASSEMBLY_STAFF, Role.GOVERNMENT_LEADER, Role.AUDITOR)
QUICK = (
    ("number", "编号"),
    ("due", "期限"),
    ("-received", "最近收到"),
)  # sorted by with one click, also on a phone
SORTS = [
    (f"{sign}{column.key}", f"{column.label}{said}")
    for column in COLUMNS
    if column.by
    for sign, said in (("", "（升序）"), ("-", "（降序）"))
]


@dataclass(frozen=True)
class Chip:
    """One filter in use, and the query without it."""

    label: str
    value: str
    without: str


def plenaries_of(actor: Actor) -> list[Plenary]:
    """The plenaries an actor sees, the latest year first; in a year the CPPCC's before the congress's."""
    return _plenaries(actor)


@Asked
def _plenaries(actor: Actor) -> QuerySet[Plenary]:
    here = Plenary.objects.filter(jurisdiction=actor.jurisdiction)
    rows = here.order_by("-opened_on__year", "assembly", "-opened_on", "code")
    return rows.filter(assembly=actor.assembly) if actor.assembly else rows


def plenary_or_404(actor: Actor, code: str | None, found: list[Plenary] | None = None) -> Plenary | None:
    """The plenary of a code, or the latest; None where there is none yet."""
    found = plenaries_of(actor) if found is None else found
    if not code:
        return found[0] if found else None
    chosen = next((plenary for plenary in found if plenary.code == code), None)
    if chosen is None:
        raise Http404
    return chosen


class Filters(forms.Form):
    """The form of the filters; choices that are long are looked up only when the form itself is shown."""

    q = forms.CharField(
        label="关键词", required=False, help_text="编号、案由、正文、单位或提案者，至少两个字。"
    )
    plenary = forms.ChoiceField(label="届次", required=False)
    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部"), *Kind.choices()])
    stage = forms.MultipleChoiceField(
        label="办理阶段",
        required=False,
        choices=AnswerStage.choices(),
        widget=forms.CheckboxSelectMultiple,
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
    overdue = forms.BooleanField(label="只看有期限逾期的", required=False)
    followed = forms.BooleanField(label="只看我关注的", required=False)
    sort = forms.ChoiceField(label="排序", required=False, choices=[("", "编号（升序）"), *SORTS])
    cols = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput())
    view = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput())

    def __init__(self, actor: Actor, data: QueryDict) -> None:
        super().__init__(data)
        self.actor = actor
        self.plenaries = plenaries_of(actor)
        named = [(plenary.code, str(plenary)) for plenary in self.plenaries]
        self.fields["plenary"].choices = [("", "最近一届次"), (ALL, "全部届次"), *named]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.of(actor.jurisdiction)  # type: ignore[attr-defined]
        self.fields["item_class"].queryset = ItemClass.objects.filter(  # type: ignore[attr-defined]
            jurisdiction=actor.jurisdiction
        ).order_by("taxonomy", "id")

    @cached_property
    def given(self) -> dict[str, Any]:
        """What is asked for; a value that cannot be read narrows nothing."""
        self.is_valid()
        return self.cleaned_data

    @cached_property
    def plenary_chosen(self) -> Plenary | None:
        """The plenary within which the list stands; None for all. Own items are shown for all unless one is asked for."""
        code = self.given.get("plenary") or (ALL if self.actor.role == Role.PROPOSER else "")
        return None if code == ALL else plenary_or_404(self.actor, code, self.plenaries)

    def others(self) -> list[Plenary]:
        """The latest plenaries beside the one that the list stands in."""
        return [plenary for plenary in self.plenaries if plenary != self.plenary_chosen][:OTHERS]

    def rows(self) -> QuerySet[Proposal]:
        """Items that pass every filter, in the order asked for."""
        rows, given = Proposal.objects.visible_to(self.actor), self.given
        if self.plenary_chosen:
            rows = rows.filter(plenary=self.plenary_chosen)
        if given.get("kind"):
            rows = rows.filter(kind=given["kind"])
        mistaken = Q(state=ProposalState.VOID)  # found under its stage, and in nobody's way elsewhere
        rows = rows.filter(Q(answer_stage__in=given["stage"]) if given.get("stage") else ~mistaken)
        if given.get("fulfilment"):
            rows = rows.filter(fulfilment_stage=given["fulfilment"])
        if given.get("key"):
            rows = rows.filter(is_key=True)
        return self.in_order(rows.filter(self._parts()))

    def _parts(self) -> Q:
        """Filters on what belongs to an item."""
        found, given = Q(), self.given
        late = Deadline.objects.overdue(today())
        if unit := given.get("unit"):
            shares = Assignment.objects.standing().filter(unit=unit)
            found &= _with(shares) if self.plenary_chosen else Q(pk__in=shares.order_by().values("proposal"))
            late = late.filter(assignment__unit=unit)
        if given.get("item_class"):
            found &= _with(Classification.objects.filter(item_class=given["item_class"]))
        if given.get("overdue"):
            found &= _with(late)
        if given.get("followed"):
            found &= Q(pk__in=Look.objects.of(self.actor.person).followed().order_by().values("proposal"))
        for word in given.get("q", "").split():
            found &= _containing(word)
        return found

    @cached_property
    def columns(self) -> list[Column]:
        """Those asked for in their order, else the standard ones."""
        return chosen(self.given.get("cols", "").split(","), over_plenaries=self.plenary_chosen is None)

    @cached_property
    def sorting(self) -> Column:
        """What the list is sorted by: what is asked for, where that is quick, else the number."""
        asked = BY_KEY.get(self.given.get("sort", "").removeprefix("-"))
        return asked if asked is not None and self.may_sort_by(asked) else BY_KEY["number"]

    @property
    def order_key(self) -> str:
        return f"-{self.sorting.key}" if self.descending else self.sorting.key

    @property
    def descending(self) -> bool:
        return self.given.get("sort", "") == f"-{self.sorting.key}"

    def may_sort_by(self, column: Column) -> bool:
        """Over all plenaries, an office's list of everything is sorted by what an index holds."""
        few = self.plenary_chosen is not None or self.actor.role not in OFFICES
        return bool(column.by) and (few or column.everywhere)

    def sorted_by(self, column: Column) -> str:
        """The address of the list sorted by a column; the other way round where it is sorted by it already."""
        around = column == self.sorting and not self.descending
        return self.address(sort=f"-{column.key}" if around else column.key)

    def in_order(self, rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
        by, down = self.sorting.by, self.descending
        if callable(by):
            first = by(self.actor)
            ordered = first.desc(nulls_last=True) if down else first.asc(nulls_last=True)
            return rows.order_by(ordered, *(("number_key",) if self.plenary_chosen else ()), "id")
        order = [by, "id"]
        if by == "number_key" and self.plenary_chosen is None:
            if self.actor.role in OFFICES:
                # What they see anyhow; said of the plenary, so that the list is read from an index plenary by plenary.
                rows = rows.filter(plenary__jurisdiction=self.actor.jurisdiction)
            order = ["-plenary__opened_on", "-plenary__code", *order]
        rows = rows.order_by(*order)
        return rows.reverse() if down else rows

    @property
    def query(self) -> str:
        """What makes this list and no other: filters, order and columns, always written the same way."""
        kept = QueryDict(mutable=True)
        for name in self.fields:
            if name != "view":
                kept.setlist(name, [value for value in self.data.getlist(name) if value])
        return kept.urlencode(safe=",")

    @property
    def cleared(self) -> str:
        """Without any filter, in the same columns and order."""
        return _address({name: self.data.getlist(name) for name in ("sort", "cols", "view")})

    def address(self, **changes: str) -> str:
        """The present address with some values changed, from its first page."""
        return _address(dict(self.data.lists()) | {name: [value] for name, value in changes.items()})

    def chips(self) -> list[Chip]:
        """What narrows the list, each with the address without it."""
        found = []
        for name, value in self.given.items():
            if name in ("plenary", "sort", "cols", "view") or not value:
                continue
            for one in value if isinstance(value, list) else [value]:
                found.append(
                    Chip(str(self.fields[name].label), self._said(name, one), self._without(name, one))
                )
        if self.given.get("plenary") not in ("", ALL, None):
            found.insert(0, Chip("届次", str(self.plenary_chosen), self._without("plenary")))
        return found

    def _said(self, name: str, value: Any) -> str:
        if value is True:
            return ""
        words = {"stage": AnswerStage, "fulfilment": FulfilmentStage, "kind": Kind}
        return words[name].label_of(value) if name in words else str(value)

    def _without(self, name: str, value: Any = None) -> str:
        query = dict(self.data.lists())
        kept = [one for one in query.get(name, []) if name == "stage" and one != value]
        return _address(query | {name: kept})


def _address(query: dict[str, list[str]]) -> str:
    """Of a list from its first page. Never empty: that would open the view that a person starts with."""
    written = QueryDict(mutable=True)
    for name, values in query.items():
        if name not in ("page", "totals"):
            written.setlist(name, [value for value in values if value])
    return f"?{written.urlencode(safe=',') or 'view=standard'}"


def _with(parts: QuerySet[Any]) -> Q:
    """Items with such a part: the items are gone through in their order until the page is full."""
    return Q(Exists(parts.order_by().filter(proposal=OuterRef("pk"))))


def _containing(word: str) -> Q:
    """One word in the number, title, texts, a unit's or a proposer's name."""
    by_name = Proposership.objects.filter(proposer__name__icontains=word).order_by().values("proposal")
    by_unit = Assignment.objects.standing().filter(unit__name__icontains=word).order_by().values("proposal")
    found = Q(number__iexact=word) | Q(title__icontains=word) | Q(pk__in=by_name) | Q(pk__in=by_unit)
    for text in ("text", "situation", "analysis"):
        found |= Q(**{f"{text}__icontains": word})
    plain = word.removeprefix("第").removesuffix("号")
    found |= Q(number__iexact=plain) if plain else Q()
    likely = Grams.objects.likely(word)
    return found if likely is None else found & Q(pk__in=likely.values("proposal").union(by_name, by_unit))
