"""What the assistant does besides taking steps as they are: the first place and administrator, codes of plenaries."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from huiyin.journal.step import Refused
from huiyin.journal.work import work
from huiyin.people.actor import Actor
from huiyin.people.directory import take_in_jurisdiction
from huiyin.people.models import Jurisdiction, Person, Post
from huiyin.people.steps import appoint, change_jurisdiction
from huiyin.proposals.models import Plenary
from huiyin.proposals.steps import open_plenary
from huiyin.setup import code
from huiyin.words import Assembly, Role

SHORT = {Assembly.CPPCC: "zx", Assembly.NPC: "rd"}


def place_at_hand(chosen: int | None) -> Jurisdiction | None:
    """The place that is being set up, before anybody belongs to one: the one chosen in this browser, else the first."""
    return Jurisdiction.objects.filter(pk=chosen).first() or Jurisdiction.objects.order_by("pk").first()


def enter_place(place: Jurisdiction | None, actor: Actor | None, given: dict[str, Any]) -> Jurisdiction:
    """The place with its name, code and level, entered or put right. Raises Refused.

    Before anybody belongs to a place (no actor), the code of another one that is known means that one.
    """
    known = None if actor else Jurisdiction.objects.filter(code=given["code"].strip()).first()
    with work():
        found = known or place or _new_place(given["code"].strip())
        change_jurisdiction(found, actor=actor or Actor.system(found), **given)
    return found


def _new_place(of_code: str) -> Jurisdiction:
    """Under the name that goes with its code, until the step has looked at the one that is given."""
    try:
        return take_in_jurisdiction(of_code)
    except Refused as refused:
        raise Refused(refused.sentence, "code") from None


def first_administrator(place: Jurisdiction, given: dict[str, Any], password: str) -> Person:
    """Appointed by the system, with the password that the person has just typed; the code is of no use any more."""
    with work():
        post: Post = appoint(place, actor=Actor.system(place), role=Role.ADMINISTRATOR, **given).subject
        post.person.set_password(password)
        post.person.save(update_fields=["password"])
    code.forget()
    return post.person


def begin_plenary(place: Jurisdiction, actor: Actor, given: dict[str, Any]) -> Plenary:
    """Its code is made from the session: zx13-1. Raises Refused."""
    short = f"{SHORT[given['assembly']]}{given['term']}-{given['meeting']}"
    taken = set(Plenary.objects.filter(code__contains=short).values_list("code", flat=True))
    free = next(name for name in _names(short, place.code) if name not in taken)
    made: Plenary = open_plenary(place, actor=actor, code=free, **given).subject
    return made


def _names(short: str, place: str) -> Iterator[str]:
    """With the place's code in front where another has taken it, then numbered."""
    yield short
    yield f"{place}-{short}"
    yield from (f"{place}-{short}-{number}" for number in count(2))
