"""The directory beside the rows: what each unit is there for and how much it has in hand."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from huiyin.clock.models import Deadline
from huiyin.clock.now import today
from huiyin.handling.models import OUT, Assignment
from huiyin.handling.steps.assigning import units_within_reach
from huiyin.people.actor import Actor
from huiyin.people.finding import Directory, keys_of
from huiyin.people.models import Unit
from huiyin.words import AssignmentState

IN_HAND = frozenset(AssignmentState) - {
    *OUT,
    AssignmentState.OPINION_GIVEN,
    AssignmentState.ANSWERED,
    AssignmentState.CLOSED,
}


@dataclass(frozen=True)
class Listed:
    """One unit of the directory."""

    unit: Unit
    open: int
    late: int

    @property
    def name(self) -> str:
        """What is typed and filled in."""
        return self.unit.short_name or self.unit.name

    @property
    def load(self) -> str:
        """In a suggestion, where there is no room for more."""
        return f"在办{self.open}件" + (f"，逾期{self.late}件" if self.late else "")

    @property
    def keys(self) -> str:
        return " ".join(keys_of(self.unit))


def directory_of(actor: Actor) -> Directory:
    """Those that an item of this place can be given to, its own units first, of these the office last."""
    here = actor.jurisdiction.pk
    reach = units_within_reach(actor.post, actor)
    return Directory(sorted(reach, key=lambda unit: (unit.jurisdiction_id != here, unit.is_office, unit.pk)))


def listed(units: list[Unit]) -> list[Listed]:
    """With the shares in hand and those past a day, counted in one query."""
    late = Exists(Deadline.objects.overdue(today()).filter(assignment=OuterRef("pk")))
    shares = Assignment.objects.filter(state__in=IN_HAND, unit__in=[unit.pk for unit in units]).order_by()
    counted = shares.values_list("unit").annotate(open=Count("pk"), late=Count("pk", filter=Q(late)))
    load = {pk: (in_hand, over) for pk, in_hand, over in counted}
    return [Listed(unit, *load.get(unit.pk, (0, 0))) for unit in units]
