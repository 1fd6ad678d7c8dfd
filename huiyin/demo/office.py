"""S6-S8, S16, S17, S28-S32: the office and the leaders over a whole year, by the simplest acts of supervision."""

from collections.abc import Sequence
from datetime import date, datetime
from random import Random
from typing import Any

from huiyin.demo.city import City, Leader
from huiyin.demo.content import lines, read, rows
from huiyin.demo.days import LAST_DAY, later_moment, plus
from huiyin.demo.items import PLENARY_2021, Fate, Item
from huiyin.demo.past import Past
from huiyin.demo.plenary2021 import Stage
from huiyin.demo.story import Act, say
from huiyin.supervision.words import MeetingKind
from huiyin.words import LeadershipKind, UrgingWay

LEADERSHIP_2021 = date(2021, 2, 4)
# How those are urged who owe something else than the answer.
OWED = {str(Stage.OPINION_OWED): "urging_opinion", str(Stage.CONTACT_OWED): "urging_contact"}


class Office:
    """Collects the acts of supervision; `told` are the acts of the items, to see who is late with what."""

    def __init__(self, past: Past, city: City, items: Sequence[Item], told: Sequence[Act], seed: int) -> None:
        self.past = past
        self.city = city
        self.rng = Random(f"office{past.luck}:{seed}")
        self.words = Random(f"words of the office{past.luck}:{seed}")
        self.items = [item for item in items if item.fate == Fate.HANDLED]
        self.by_key = {item.key: item for item in self.items}
        self.moments: dict[tuple[str, str], datetime] = {}
        for act in told:
            self.moments.setdefault((act.item, act.code), act.at)
        self.acts: list[Act] = []

    def act(
        self,
        day: date,
        code: str,
        who: str,
        *,
        item: str = "",
        unit: str = "",
        ref: str = "",
        after: datetime | None = None,
        **data: Any,
    ) -> datetime | None:
        at = later_moment(day, after, self.rng)
        if at.date() > LAST_DAY:
            return None
        self.acts.append(Act(at, code, who, item, unit, ref, data))
        return at

    def registrar(self) -> str:
        return self.rng.choice(self.city.registrars).key

    def say(self, name: str, item: Item) -> str:
        return say(name, item, self.words, unit=self.city.unit_by_key[item.lead].name)

    def moment(self, item: Item, code: str) -> datetime | None:
        return self.moments.get((item.key, code))


def _meetings(office: Office) -> None:
    """Meetings of every kind, and the rounds in which the office asks after progress, on items that are in by then."""
    table = read("office")
    listed = [row for name in ("meetings", "rounds", "earlier") for row in rows(table[name], 5)]
    plenaries = {office.past.year: office.past.plenary}
    if any(item.plenary == PLENARY_2021.code for item in office.items):
        plenaries[2021] = PLENARY_2021
    for number, (day, kind, title, topics, outcome) in enumerate(listed, 1):
        on = date.fromisoformat(day)
        if (plenary := plenaries.get(on.year)) is None:
            continue
        keys = tuple(
            item.key
            for item in office.items
            if item.plenary == plenary.code
            and item.matter.topic in topics.split()
            and (handed_over := office.moment(item, "proposal.hand_over"))
            and handed_over.date() < on
        )
        office.act(
            on,
            "meeting.record",
            office.registrar(),
            ref=f"m{number}",
            plenary=plenary.code,
            kind=MeetingKind(kind),
            title=title,
            outcome=outcome,
            proposals=keys,
        )


def _key_items(office: Office) -> None:
    """领办 by the leader in whose field it lies, 督办 by another; an instruction on most, with what came of it."""
    for item in office.items:
        if not item.is_key:
            continue
        early = office.moment(item, "assignment.assign")
        if early is None:
            continue
        this_year = early.year == 2021
        day = LEADERSHIP_2021 if this_year else office.past.days.leadership
        registrar = office.registrar()
        leader = office.city.leader_of(item.lead)
        other = office.rng.choice([one for one in office.city.leaders[:2] if one != leader])
        marked = office.act(
            day,
            "proposal.mark_key",
            registrar,
            item=item.key,
            after=early,
            key=True,
            reason=read("office")["mayor_item_reason"],
        )
        if marked is None:
            continue
        _lead(office, item, {LeadershipKind.LEAD: leader, LeadershipKind.SUPERVISE: other}, marked, registrar)
        if not this_year or office.rng.random() < 0.4:
            _instruct(office, item, leader.person.key, marked, answered=not this_year)


def _lead(
    office: Office, item: Item, leaders: dict[LeadershipKind, Leader], marked: datetime, registrar: str
) -> None:
    """From when it is marked until all that was promised has been settled."""
    for number, (kind, leader) in enumerate(leaders.items(), 1):
        given = {"item": item.key, "ref": f"g{number}"}
        words = {"leader": leader.person.key, "kind": kind}
        since = office.act(marked.date(), "leadership.assign", registrar, after=marked, **given, **words)
        settled = office.moment(item, "proposal.settle")
        if since is not None and settled is not None:
            reason = read("office")["leadership_ends"]
            office.act(settled.date(), "leadership.end", registrar, after=settled, reason=reason, **given)


def _instruct(office: Office, item: Item, leader: str, after: datetime, *, answered: bool) -> None:
    given = office.act(
        plus(after.date(), office.rng.randint(1, 8)),
        "instruction.give",
        leader,
        item=item.key,
        unit=item.lead,
        ref="i1",
        after=after,
        text=office.say("instruction", item),
        due_on=plus(after.date(), 25),
    )
    if given is not None and answered:
        day = plus(given.date(), office.rng.randint(6, 15))
        _report(office, item, day, "i1", office.say("instruction_outcome", item))


def _report(office: Office, item: Item, day: date, ref: str, text: str) -> None:
    """The unit reports on a task, and the office accepts it after having looked for itself."""
    given: dict[str, Any] = {"item": item.key, "unit": item.lead, "ref": ref}
    liaison = office.city.unit_by_key[item.lead].liaison.key
    reported = office.act(day, "task.report", liaison, text=text, **given)
    if reported is not None:
        seen = office.say("task_checked", item)
        office.act(plus(reported.date(), 3), "task.accept", office.registrar(), checked=seen, **given)


def _urgings(office: Office) -> None:
    """In spring those without a draft, by telephone; this year the first who are slow."""
    first, last = office.past.days.slow
    slow = [
        item
        for item in office.items
        if (drafted := office.moment(item, "reply.draft")) and first < drafted.date() < last
    ]
    for item in office.rng.sample(slow, min(office.past.counts.urged, len(slow))):
        drafted = office.moment(item, "reply.draft")
        assert drafted is not None
        sent = _urge(office, item, plus(drafted.date(), -office.rng.randint(4, 9)))
        if sent is not None:
            office.act(
                plus(sent.date(), 1),
                "urging.receipt",
                office.city.unit_by_key[item.lead].liaison.key,
                item=item.key,
                unit=item.lead,
                ref="u1",
                receipt=office.say("urging_outcome", item),
            )
    waiting = [
        item for item in office.items if item.special.get("stage") in (Stage.CONTACT_OWED, Stage.OPINION_OWED)
    ]
    for item in waiting[:5]:
        _urge(office, item, date(2021, 2, 18))


def _urge(office: Office, item: Item, day: date) -> datetime | None:
    way = office.rng.choices((UrgingWay.PHONE, UrgingWay.LETTER, UrgingWay.VISIT), (75, 15, 10))[0]
    text = office.say(OWED.get(item.special.get("stage", ""), "urging"), item)
    return office.act(
        day, "urging.send", office.registrar(), item=item.key, unit=item.lead, ref="u1", way=way, text=text
    )


def _checks(office: Office) -> None:
    """现场督查 in summer, 回头看 in autumn with a second inspection where something was lacking."""
    days, counts = office.past.days, office.past.counts
    answered = [
        item
        for item in office.items
        if (at := office.moment(item, "reply.issue")) and at.date() < days.answered
    ]
    for number, item in enumerate(office.rng.sample(answered, counts.inspected)):
        day = plus(days.inspected, number * 6)
        finding = office.rng.choice(lines(read("office")["inspections"]))
        place = item.matter.spot or "承办单位"
        office.act(
            day,
            "inspection.record",
            office.registrar(),
            item=item.key,
            ref="s1",
            place=place,
            finding=finding,
        )
    for number, item in enumerate(office.rng.sample(answered, counts.looked_back)):
        _look_back(office, item, plus(days.looked_back, 1 + number // 3), good=number % 5 != 4)


def _look_back(office: Office, item: Item, day: date, *, good: bool) -> None:
    """One of the sample: as the answer said, or lacking something that is made good within a month."""
    finding = office.say("look_back_ok" if good else "look_back_gap", item)
    asked: dict[str, Any] = (
        {} if good else {"redress": "一个月内补齐，并报佐证。", "redress_due_on": plus(day, 22)}
    )
    found = office.act(
        day,
        "look_back.record",
        office.registrar(),
        item=item.key,
        ref="l1",
        place=item.matter.spot or "承办单位",
        finding=finding,
        **asked,
    )
    if not good and found is not None:
        _report(office, item, plus(found.date(), 18), "l1", office.say("redress", item))


def acts_of_office(
    past: Past, city: City, items: Sequence[Item], told: Sequence[Act], seed: int
) -> list[Act]:
    """Supervision of the items of a past year, and of this one where they are among them; not yet in the order of time."""
    office = Office(past, city, items, told, seed)
    _meetings(office)
    _key_items(office)
    _urgings(office)
    _checks(office)
    return office.acts
