"""How far an item has come before anybody does anything: the stories, as far as the rules of the day let them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from huiyin.clock.now import now
from huiyin.evaluations.models import SecondHandling
from huiyin.journal.step import Refused
from huiyin.people.actor import Actor
from huiyin.words import Role
from tests import people
from tests.people import City
from tests.stories import answering, evaluating, handling, intake
from tests.stories.moments import at

ACTORS = (
    "lin_lan",
    "staff",
    "congress_staff",
    "zhou_ning",
    "chen_jing",
    "gao_yuan",
    "sun_yue",
    "he_shan",
    "mayor_wang",
    "auditor",
    "administrator",
    "chen_yiming",
    "co_signer",
    "stranger",
    "unit_without_share",
)


def everybody(city: City) -> list[Actor]:
    """The named people, a leader for the co-unit, and a deputy who logs in."""
    leader = people.actor("会办单位负责人", Role.UNIT_LEADER, city.here, city.police)
    return [*(getattr(city, name) for name in ACTORS), leader]


def _two_units(city: City) -> Any:
    return handling.assigned(city, co=[city.police])


def _signed_off(city: City) -> Any:
    return answering.signed_off(city)


def _asked_back(city: City) -> Any:
    return evaluating.dissatisfied(city)


def _answered_again(city: City) -> Any:
    return evaluating.answered_again(city, evaluating.dissatisfied(city))


# Name -> the day after which anybody acts, and how the item comes so far.
HOW: dict[str, tuple[str, Callable[[City], Any]]] = {
    "received": ("2020-01-06T12:00", intake.received),
    "registered": ("2020-01-15T12:00", intake.registered),
    "assigned": ("2020-03-02T12:00", _two_units),
    "at work": ("2020-03-16T12:00", answering.at_work),
    "signed off": ("2020-04-07T12:00", _signed_off),
    "issued": ("2020-04-13T12:00", answering.issued),
    "without merit": ("2020-04-13T12:00", lambda city: answering.issued(city, mark="C")),
    "evaluated": ("2020-04-21T12:00", evaluating.evaluated),
    "dissatisfied": ("2020-04-21T12:00", _asked_back),
    "answered again": ("2020-05-13T12:00", _answered_again),
    "kept": ("2021-11-22T12:00", answering.kept),
}
BEGINNINGS = list(HOW)
DAY_OF = {name: at(day) for name, (day, _) in HOW.items()}


def begin(city: City, how_far: str) -> None:
    """A step that the chosen rules refuse ends the beginning there."""
    with suppress(Refused, SecondHandling.DoesNotExist):
        HOW[how_far][1](city)


def another(city: City, number: int) -> None:
    """One more item of the same plenary, or a deputy's suggestion."""
    plenary = city.congress if number else city.plenary
    title = f"关于第{number}件事的建议" if number else "关于老旧小区加装电梯的提案"
    intake.received(city, title=title, plenary=plenary, when=_today())


def _today() -> str:
    moment: datetime = now()
    return moment.strftime("%Y-%m-%d")
