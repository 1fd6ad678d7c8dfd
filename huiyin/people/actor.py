"""Who acts: a person through one post, or the system itself."""

from dataclasses import dataclass, replace
from typing import Any

from huiyin.people.models import Jurisdiction, Person, Post, Unit
from huiyin.words import Assembly, Role


@dataclass(frozen=True)
class Actor:
    """A person in one post. `on_behalf_of` is set where paper is entered for a unit; role None is the system.

    `by_link`: the one evaluation form that whoever holds its link may fill in, logged in or not.
    `importing`: a whole ledger is being taken in (or taken back), every step of which this actor enters.
    """

    person: Person | None
    role: Role | None
    jurisdiction: Jurisdiction
    post: Post | None = None
    unit: Unit | None = None
    assembly: Assembly | None = None
    on_behalf_of: Unit | None = None
    by_link: int | None = None
    importing: bool = False

    @classmethod
    def of(cls, post: Post) -> "Actor":
        assembly = Assembly(post.assembly) if post.assembly else None
        return cls(post.person, Role(post.role), post.jurisdiction, post, post.unit, assembly)

    @classmethod
    def system(cls, jurisdiction: Jurisdiction) -> "Actor":
        return cls(None, None, jurisdiction)

    @property
    def is_system(self) -> bool:
        return self.role is None

    @property
    def acting_unit(self) -> Unit | None:
        return self.on_behalf_of or self.unit

    @property
    def name(self) -> str:
        return self.person.name if self.person else "系统"

    @property
    def title(self) -> str:
        """How the page's head names the actor."""
        place = self.unit.name if self.unit else self.role.label if self.role else ""
        if self.role == Role.ASSEMBLY_STAFF:
            place = "政协提案委" if self.assembly == Assembly.CPPCC else "人大代表工委"
        return f"{place} · {self.name}" if place else self.name

    def standing_in_for(self, unit: Unit | None) -> "Actor":
        """The same person entering what a unit has done on paper."""
        return replace(self, on_behalf_of=unit)

    def who_imports(self) -> "Actor":
        """The same person, or the system, taking a ledger in: rights are asked once, for the import as a whole."""
        return replace(self, importing=True)


def standing_in(actor: Actor, obj: Any) -> Actor | None:
    """The office entering for the unit that `obj` belongs to; None for everybody else and where no unit has a share."""
    if actor.role != Role.REGISTRAR:
        return None
    share = getattr(obj, "assignment", None)
    unit = getattr(obj, "unit", None) or (share.unit if share is not None else None)
    return actor.standing_in_for(unit) if unit is not None else None
