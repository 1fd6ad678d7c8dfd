"""A year of the clock in a home of its own, killed again and again: run as a program by test_year.py.

Each stretch is a child of this process that turns the clock through moments of the year until it kills itself (SIGKILL)
at a statement or a sending chosen by the seed; the next child goes on at the same moment, as a service that is started
again does. The moment stands in a file, so that the receivers know what time it is.
"""

import gc
import json
import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar

BEGINS, ENDS = date(2020, 1, 6), date(2020, 12, 31)
ITEMS, UNITS = 36, ("education", "police", "land")
ALERTS = (-30, -7, 0, 3, 7, 30)
CLOCK, PLACE, FACTS = "now.txt", "place.txt", "facts.json"
MOST_POINTS = 110


def moments(chance: random.Random) -> list[datetime]:
    """On workdays at nine, after a claim has run out, and in the afternoon; on rest days in office hours; some nights."""
    from huiyin.clock.now import moment

    found = []
    for day in days(BEGINS, ENDS):
        afternoon = moment(day, 13) + timedelta(minutes=chance.randrange(290))
        early = [moment(day, chance.randrange(9), 59)] if chance.random() < 0.2 else []
        late = [moment(day, 18, chance.randrange(60))] if chance.random() < 0.3 else []
        morning = [moment(day, 9), moment(day, 9, 8)] if chinese_calendar.is_workday(day) else []
        found += [*early, *morning, afternoon, *late]
    return found


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


class Dying:
    """Counts statements and sendings, and kills this process at the one that was chosen."""

    def __init__(self, left: int) -> None:
        self.left = left

    def point(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute: Callable[..., Any], *given: Any) -> Any:
        self.point()
        found = execute(*given)
        self.point()
        return found

    def sending(self, send: Callable[..., None]) -> Callable[..., None]:
        def watched(*given: Any) -> None:
            self.point()
            send(*given)
            self.point()
            self.point()  # between sending and noting is where it hurts

        return watched


def lay_out(chance: random.Random) -> dict[str, Any]:
    """The city, its people with their ways, and items assigned through the year; says what is to be expected."""
    from huiyin.clock.now import at
    from huiyin.rulepacks.schema import Alert
    from tests.packs_for_tests import pack_version
    from tests.people import city
    from tests.stories import supervising

    with at(BEGINS):
        here = city()
        pack_version(alerts=tuple(Alert(days) for days in ALERTS))
        ways = choose_ways(here)
        items = [assign(here, number, chance) for number in range(1, ITEMS + 1)]
        asked = {"when": None, "until": ENDS, "days": 5}
        supervising.asked_again_and_again(here, **asked)
    units = {
        "education": (here.chen_jing, here.gao_yuan),
        "police": (here.sun_yue,),
        "land": (here.he_shan,),
    }
    return {
        "items": items,
        "units": {unit: [one.person.pk for one in found] for unit, found in units.items()},
        "leaders": [here.gao_yuan.person.pk],
        "office": here.lin_lan.person.pk,
        "mayor": here.mayor_wang.person.pk,
        "ways": ways,
    }


def choose_ways(here: Any) -> dict[int, list[str]]:
    from huiyin.notices.models import Address
    from huiyin.notices.words import Way
    from tests.notices.told import KEYS

    ways = (
        (here.chen_jing, [Way.MAIL, Way.SMS]),
        (here.gao_yuan, [Way.MAIL]),
        (here.sun_yue, [Way.DINGTALK]),
        (here.he_shan, [Way.MAIL, Way.WECOM]),
        (here.lin_lan, [Way.MAIL]),
        (here.mayor_wang, [Way.SMS]),
    )
    for who, channels in ways:
        for channel in channels:
            key, secret = KEYS[channel]
            own = f"p{who.person.pk}@example.gov.cn" if channel == Way.MAIL else key
            Address.objects.create(person=who.person, channel=channel, key=own, secret=secret)
    return {who.person.pk: [channel.value for channel in channels] for who, channels in ways}


def assign(here: Any, number: int, chance: random.Random) -> dict[str, Any]:
    """An item for one of the units on some day of the year; half of them a leader leads."""
    from huiyin.supervision.models import Leadership
    from huiyin.words import ProposalState
    from tests.clock.told import laid_out, share, tell

    unit = chance.choice(UNITS)
    given_on = BEGINS + timedelta(days=chance.randrange(250))
    led = chance.random() < 0.5
    stands = {"number": str(number), "state": ProposalState.REGISTERED}
    item = laid_out(here, title=f"关于第{number}件事的提案", **stands)
    if led:
        leads = {"leader": here.mayor_wang.post, "kind": "lead", "since": at_nine(BEGINS)}
        Leadership.objects.create(proposal=item, **leads)
    tell("assignment.assign", given_on.isoformat(), share(item, getattr(here, unit)))
    return {"number": number, "pk": item.pk, "unit": unit, "given_on": str(given_on), "led": led}


def at_nine(day: date) -> datetime:
    from huiyin.clock.now import moment

    return moment(day)


def act(day: date, pk: int) -> None:
    """The unit answers: whole or, killed in the middle, not at all."""
    from django.db import transaction

    from huiyin.clock.models import Deadline
    from huiyin.handling.models import Assignment
    from tests.clock.told import tell

    with transaction.atomic():
        if Deadline.objects.open().filter(proposal=pk, name="reply").exists():
            tell("reply.issue", day.isoformat(), Assignment.objects.get(proposal=pk))


@contextmanager
def watched(left: int) -> Iterator[None]:
    from django.db import connection

    from huiyin.notices.sending.channels import SENDERS

    dying = Dying(left)
    for channel, send in list(SENDERS.items()):
        SENDERS[channel] = dying.sending(send)
    with connection.execute_wrapper(dying.statement):
        yield


def stretch(home: Path, turns: list[datetime], acts: dict[str, list[int]], left: int) -> None:
    """In the child: from the moment reached until the end of the year, or until it is killed."""
    from huiyin.clock.alerts import run_once
    from huiyin.clock.now import at

    with watched(left):
        for place in range(int((home / PLACE).read_text()), len(turns)):
            when = turns[place]
            put(home / CLOCK, when.isoformat())
            with at(when):
                if when.hour >= 13:
                    for pk in acts.get(str(when.date()), []):
                        act(when.date(), pk)
                run_once()
            put(home / PLACE, str(place + 1))


def put(file: Path, text: str) -> None:
    """Whole or not at all."""
    beside = file.with_suffix(".new")
    beside.write_text(text)
    beside.replace(file)


def run(home: Path, turns: list[datetime], acts: dict[str, list[int]], chance: random.Random) -> int:
    """Child after child, until the year is over; how many were killed."""
    from django.db import connections

    kills = 0
    put(home / PLACE, "0")
    warm_up()
    while int((home / PLACE).read_text()) < len(turns):
        connections.close_all()
        left = chance.randint(1, MOST_POINTS)
        child = os.fork()
        if child == 0:
            try:
                stretch(home, turns, acts, left)
            finally:
                os._exit(0 if sys.exc_info()[0] is None else 1)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            kills += 1
        elif status:
            raise SystemExit(f"a stretch failed: {status}")
    return kills


def warm_up() -> None:
    """What each child would work out anew is worked out once, and nothing of it is kept in the database."""
    from django.db import transaction

    from huiyin.clock.alerts import send_alerts
    from huiyin.clock.now import at

    with transaction.atomic(), at(at_nine(ENDS)):
        send_alerts()
        transaction.set_rollback(True)
    gc.collect()
    gc.freeze()


def main(home: Path, seed: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from huiyin.clock.hear import mismatches
    from huiyin.clock.now import day_of
    from huiyin.journal.models import Event
    from huiyin.notices.models import Message
    from huiyin.proposals.models import Proposal
    from huiyin.supervision.models import DispatchRound

    call_command("migrate", verbosity=0)
    chance = random.Random(seed)
    put(home / FACTS, json.dumps(lay_out(chance)))
    print("ready", flush=True)
    # What is answered is told by the test, which knows on which days nobody is reminded of it.
    acts = json.loads(sys.stdin.readline())
    kills = run(home, moments(chance), acts, chance)
    alerts = Event.objects.filter(code="clock.alert").select_related("proposal").order_by("id")
    found = {
        "kills": kills,
        "alerts": [[int(one.proposal.number), str(day_of(one.at))] for one in alerts],
        "mismatches": [said for item in Proposal.objects.order_by("id") for said in mismatches(item)],
        "rounds": [
            [
                str(day_of(one.opened_at)),
                str(one.due_on),
                sum(sheet.lines.count() for sheet in one.sheets.all()),
            ]
            for one in DispatchRound.objects.order_by("pk")
        ],
        "outcomes": sorted(set(Message.objects.order_by().values_list("outcome", flat=True))),
    }
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
