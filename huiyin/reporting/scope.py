"""What is counted and up to when: the scope of a set of figures, and one figure.

A figure counts dated rows, never overwritten fields: `as_of` D counts what had happened by the end of D in
Asia/Shanghai (design §7). So "standing on D" is always written as "began before the end of D, and did not end by then".
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from types import SimpleNamespace
from typing import Any, cast

from django.db.models import Case, Count, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, When

from huiyin.clock.now import moment
from huiyin.handling.models import ANSWERING, Assignment
from huiyin.journal.models import Event
from huiyin.journal.prepared import Counted, Prepared
from huiyin.proposals.models import Plenary, Proposal
from huiyin.reporting.percent import percent
from huiyin.rulepacks.schema import Pack
from huiyin.rulepacks.store import version_in_force

# A step and the one that takes it back.
MERGING = ("proposal.merge", "proposal.unmerge")
CLOSING = ("proposal.close_answer", "proposal.reopen_answer")


@dataclass(frozen=True)
class Figure:
    """One printed number. `of` is its base (None where it is a plain count), `base` says what that base is."""

    code: str
    label: str
    count: int
    of: int | None = None
    percent: str | None = None
    base: str = ""
    note: str = ""


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure: those counted, and those of its base where they are rows of the same kind."""

    counted: QuerySet
    base: QuerySet | None = None


@dataclass(frozen=True)
class Scope:
    """One plenary (or the plenaries of a year) as of the end of a day."""

    plenaries: tuple[Plenary, ...]
    as_of: date
    decimals: int = 1

    @cached_property
    def end(self) -> datetime:
        """The first moment after the day."""
        return moment(self.as_of + timedelta(days=1), 0)

    @property
    def plenary(self) -> Plenary:
        return self.plenaries[0]

    @property
    def kind(self) -> str:
        return self.plenary.kind

    @cached_property
    def pack(self) -> Pack:
        """The rules in force on the day; they say which classes, marks and bases are printed."""
        return version_in_force(self.plenary.pack_code, self.as_of).pack

    def figure(
        self, code: str, label: str, count: int, of: int | None = None, base: str = "", note: str = ""
    ) -> Figure:
        share = percent(count, of, self.decimals)
        return Figure(code, label, count, of, share, base if of is not None else "", note)

    def of_plenaries(self, to_proposal: str = "") -> Q:
        """Rows whose item belongs to these plenaries; `to_proposal` is the path to the item, e.g. "proposal__"."""
        if len(self.plenaries) == 1:
            return Q(**{f"{to_proposal}plenary": self.plenary.pk})
        return Q(**{f"{to_proposal}plenary__pk__in": [plenary.pk for plenary in self.plenaries]})

    def happened(self, field: str) -> Q:
        return Q(**{f"{field}__lt": self.end})

    def not_yet(self, *fields: str) -> Q:
        """None of these moments had come."""
        made = Q()
        for field in fields:
            made &= Q(**{field: None}) | Q(**{f"{field}__gte": self.end})
        return made

    def received(self, to_proposal: str = "") -> Q:
        """Handed over to this government, heads and singles: not filed, voided, handled elsewhere, merged left out."""
        ended = ("voided_at", "refused_at", "elsewhere_at")
        return (
            self.of_plenaries(to_proposal)
            & self.happened(f"{to_proposal}handed_over_at")
            & self.not_yet(*(to_proposal + name for name in ended))
            & ~self.merged(to_proposal)
        )

    def merged(self, to_proposal: str = "") -> Q:
        """Handled with another item on the day: merged by then and still, or taken out again only afterwards."""
        then = Q(**{f"{to_proposal}merged_at__lt": self.end})
        return then | Q(**{f"{to_proposal}pk__in": self.taken_out_since})

    def closed(self) -> Q:
        """Closed by the day, and not opened again by then for a form that came in later."""
        last = self.not_yet("reopened_at") | Q(reopened_at__lt=F("answer_closed_at"))
        return self.happened("answer_closed_at") & last | Q(pk__in=self.reopened_since)

    @cached_property
    def taken_out_since(self) -> tuple[int, ...]:
        """Items that stood merged at the end of the day though they are single now."""
        return self._undone_since(MERGING)

    @cached_property
    def reopened_since(self) -> tuple[int, ...]:
        """Items whose answer stood closed at the end of the day though it was opened again after it."""
        return self._undone_since(CLOSING)

    def _undone_since(self, steps: tuple[str, str]) -> tuple[int, ...]:
        """The events have kept what the rows no longer say."""
        plenaries = tuple(plenary.pk for plenary in self.plenaries)
        return tuple(_undone_since(self.end, plenaries, *steps))

    def counts(self, asked: "Callable[..., Asked]", *about: Hashable) -> dict[str, int]:
        """The aggregates that `asked(scope, *about)` names, of its rows."""
        return cast("dict[str, int]", _counted(asked, about)(*self._given))

    def count(self, rows: "Callable[..., QuerySet[Any]]", *about: Hashable) -> int:
        """How many `rows(scope, *about)` there are."""
        return self.counts(_number, rows, *about)["number"]

    def list(self, rows: "Callable[..., QuerySet[Any, Any]]", *about: Hashable) -> "list[Any]":
        """`rows(scope, *about)`."""
        return _listed(rows, about)(*self._given)

    @cached_property
    def _given(self) -> tuple[Any, ...]:
        plenaries = tuple(plenary.pk for plenary in self.plenaries)
        return self.end, self.as_of, plenaries, self.taken_out_since, self.reopened_since

    @cached_property
    def total(self) -> int:
        """How many items were received."""
        return self.count(Scope.items)

    @cached_property
    def total_assigned(self) -> int:
        return self.count(Scope.assigned)

    def items(self) -> QuerySet[Proposal]:
        return Proposal.objects.filter(self.received())

    def standing(self, to_assignment: str = "") -> Q:
        """Shares that stood on the day: offered, neither returned nor cancelled by then."""
        ended = (f"{to_assignment}returned_at", f"{to_assignment}cancelled_at")
        return self.happened(f"{to_assignment}offered_at") & self.not_yet(*ended)

    def owing(self, to_assignment: str = "") -> Q:
        """Lead and separate shares that stood on the day."""
        return Q(**{f"{to_assignment}role__in": ANSWERING}) & self.standing(to_assignment)

    def shares(self) -> QuerySet[Assignment]:
        """The answering shares of the items received."""
        return Assignment.objects.filter(self.owing() & self.received("proposal__"))

    def assigned(self) -> QuerySet[Proposal]:
        """Items of which some unit owed an answer on the day."""
        standing = Assignment.objects.filter(self.owing(), proposal=OuterRef("pk"))
        return self.items().filter(Exists(standing))


def day_that_held(moves: QuerySet[Any], end: datetime) -> Case:
    """The day by which a row was due at a moment, whatever it was moved to since; `moves` are its moves. Where there was
    none before the first move since, there was none then: the day of now says nothing about that."""
    since = moves.filter(moved_at__gte=end).order_by("moved_at", "pk")
    then = When(Exists(since), then=Subquery(since.values("was")[:1]))
    return Case(then, default=F("due_on"), output_field=DateField())


Asked = tuple[QuerySet[Any, Any], dict[str, Any]]


def _number(scope: Scope, rows: Callable[..., QuerySet[Any]], *about: Hashable) -> Asked:
    return rows(scope, *about), {"number": Count("pk")}


@Prepared
def _undone_since(end: datetime, plenaries: tuple[int, ...], did: str, undid: str) -> QuerySet[Any, Any]:
    """Asked by itself: the few there are stand in every other statement, which PostgreSQL plans better so."""
    about = Event.objects.filter(proposal=OuterRef("proposal"), code__in=(did, undid), at__lt=end)
    last = about.order_by("-at", "-pk").values("code")[:1]
    since = Event.objects.filter(code=undid, at__gte=end, proposal__plenary__pk__in=plenaries)
    found = since.annotate(was=Subquery(last)).filter(was=did)
    return found.order_by("proposal").values_list("proposal", flat=True).distinct()


def _any_scope(
    end: Any, as_of: Any, plenaries: tuple[Any, ...], taken_out: tuple[Any, ...], reopened: tuple[Any, ...]
) -> Scope:
    """The scope in whose place any of as many plenaries can stand: statements are worked out for it once."""
    made = Scope(cast("Any", tuple(SimpleNamespace(pk=slot) for slot in plenaries)), as_of)
    vars(made).update(end=end, taken_out_since=taken_out, reopened_since=reopened)
    return made


EVERY = 2**31 - 1


def once(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows, each with what it is annotated with worked out once: without a limit the database puts the whole
    annotation in the place of its name in every number that is counted."""
    return rows[:EVERY]


@cache
def _counted(asked: Callable[..., Asked], about: tuple[Hashable, ...]) -> Counted:
    return Counted(lambda *given: asked(_any_scope(*given), *about))


@cache
def _listed(rows: Callable[..., QuerySet[Any, Any]], about: tuple[Hashable, ...]) -> Prepared:
    return Prepared(lambda *given: rows(_any_scope(*given), *about))


class DayOf(Func):
    """The day of a moment in Asia/Shanghai, eight hours ahead of the stored one; counted by the database itself."""

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '+8 hours')", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        in_shanghai = "((%(expressions)s) AT TIME ZONE 'Asia/Shanghai')::date"
        return self.as_sql(compiler, connection, template=in_shanghai, **more)


def joined(*notes: str) -> str:
    """Notes in one line."""
    return "；".join(note for note in notes if note)
