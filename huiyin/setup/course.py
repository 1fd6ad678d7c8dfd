"""The course of setting up: which questions are answered, which one is next, how much stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from huiyin.desks.desk import counts_of
from huiyin.people.models import Jurisdiction, Post, Proposer, Unit
from huiyin.proposals.models import Plenary
from huiyin.proposals.steps.opening import usual_pack
from huiyin.rulepacks.models import PackVersion
from huiyin.words import Role

BY_CODE = ("place", "pack", "people")  # open before there is an administrator


@dataclass(frozen=True)
class Stop:
    """One question; state: done, now (the one at hand), ahead. `open`: it can be gone to already."""

    name: str
    label: str
    note: str
    done: bool
    now: bool
    open: bool

    @property
    def state(self) -> str:
        return "now" if self.now else "done" if self.done else "ahead"

    @property
    def address(self) -> str:
        return reverse(f"setup:{self.name}")


@dataclass(frozen=True)
class Course:
    stops: tuple[Stop, ...]

    @property
    def at(self) -> int:
        """The place of the question at hand, from one; 0 on the overview."""
        return next((number for number, stop in enumerate(self.stops, 1) if stop.now), 0)

    @property
    def label(self) -> str:
        """What the question at hand is about."""
        return self.stops[self.at - 1].label if self.at else ""

    @property
    def before(self) -> Stop | None:
        return self.stops[self.at - 2] if self.at > 1 else None

    @property
    def after(self) -> Stop | None:
        later = self.stops[self.at :]
        return later[0] if self.at and later and later[0].open else None

    @property
    def undone(self) -> Stop | None:
        """Where to go on."""
        return next((stop for stop in self.stops if not stop.done and stop.open), None)

    @property
    def is_done(self) -> bool:
        return all(stop.done for stop in self.stops)


LABELS = {
    "place": "地区",
    "pack": "规则包",
    "people": "管理员和经办人",
    "units": "承办单位",
    "plenary": "届次",
    "members": "委员、代表名单",
}


def course_of(place: Jurisdiction | None, here: str, *, by_code: bool) -> Course:
    """Six questions in their order; what is stored says which are answered, so that nothing is lost on the way."""
    notes = _notes(place) if place else {}
    return Course(
        tuple(
            Stop(
                name,
                label,
                notes.get(name, ("", False))[0] or "还没有",
                notes.get(name, ("", False))[1],
                name == here,
                (name in BY_CODE or not by_code) and (place is not None or name == "place"),
            )
            for name, label in LABELS.items()
        )
    )


def _notes(place: Jurisdiction) -> dict[str, tuple[str, bool]]:
    """What stands, and whether it is enough to go on."""
    own = [model.objects.filter(jurisdiction=place) for model in (Plenary, Proposer)]
    units, plenaries, proposers = counts_of(place, [Unit.objects.of(place).open(), *own])
    pack = (
        PackVersion.objects.filter(code=usual_pack(place))
        .order_by("pk")
        .values_list("label", flat=True)
        .first()
    )
    return {
        "place": (place.name, True),
        "pack": (pack or "", pack is not None),
        "people": _people(Post.objects.filter(jurisdiction=place).order_by().values_list("role", flat=True)),
        "units": (f"{units}个" if units else "", units > 0),
        "plenary": (f"{plenaries}次会议" if plenaries else "", plenaries > 0),
        "members": (f"{proposers}位" if proposers else "", proposers > 0),
    }


SHORT = {Role.ADMINISTRATOR: "管理员", Role.REGISTRAR: "经办人"}


def _people(roles: Iterable[str]) -> tuple[str, bool]:
    held = list(roles)
    counts = [(role, held.count(role)) for role in (Role.ADMINISTRATOR, Role.REGISTRAR)]
    said = "，".join(f"{SHORT[role]}{count}位" for role, count in counts if count)
    return said, all(count for _, count in counts)
