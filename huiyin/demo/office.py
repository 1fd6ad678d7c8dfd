"""S6-S8, S16, S17, S28-S32: the office and the leaders over the whole year, by the simplest acts of supervision."""

from collections.abc import Sequence
from datetime import date, datetime
from random import Random

from huiyin.demo.city import City
from huiyin.demo.content import lines, phrases, read, rows
from huiyin.demo.days import LAST_DAY, later_moment, plus
from huiyin.demo.items import Fate, Item
from huiyin.demo.plenary2021 import EARLY, Stage
from huiyin.demo.story import Act
from huiyin.words import LeadershipKind, UrgingWay

URGED, INSPECTED, LOOKED_BACK = 45, 8, 20
LEADERSHIP_2020, LEADERSHIP_2021 = date(2020, 3, 3), date(2021, 2, 4)
LOOK_BACK_ON = date(2020, 10, 20)
PROBLEMS_ON = date(2021, 2, 5)


class Office:
    """Collects the acts of supervision; `told` are the acts of the items, to see who is late with what."""

    def __init__(self, city: City, items: Sequence[Item], told: Sequence[Act], seed: int) -> None:
        self.city = city
        self.rng = Random(f"office:{seed}")
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
        **data: object,
    ) -> datetime | None:
        at = later_moment(day, after, self.rng)
        if at.date() > LAST_DAY:
            return None
        self.acts.append(Act(at, code, who, item, unit, ref, data))
        return at

    def registrar(self) -> str:
        return self.rng.choice(self.city.registrars).key

    def say(self, name: str, item: Item) -> str:
        unit = self.city.unit_by_key[item.lead].name
        return self.rng.choice(phrases(name)).format(unit=unit, spot=item.matter.spot or "现场")

    def moment(self, item: Item, code: str) -> datetime | None:
        return self.moments.get((item.key, code))


def _meetings(office: Office) -> None:
    table = read("office")
    for number, (day, kind, title, outcome) in enumerate(rows(table["meetings"], 4), 1):
        on = date.fromisoformat(day)
        office.act(
            on, "meeting.hold", office.registrar(), ref=f"m{number}", kind=kind, title=title, outcome=outcome
        )
    for number, (day, asked, outcome) in enumerate(rows(table["rounds"], 3), 1):
        on = date.fromisoformat(day)
        office.act(on, "dispatch.hold", office.registrar(), ref=f"d{number}", asked=asked, outcome=outcome)


def _key_items(office: Office) -> None:
    """领办 by the leader in whose field it lies, 督办 by another; an instruction on most, with what came of it."""
    for item in office.items:
        if not item.is_key:
            continue
        early = office.moment(item, "assignment.assign")
        if early is None:
            continue
        this_year = early.year == 2021
        day = LEADERSHIP_2021 if this_year else LEADERSHIP_2020
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
        for one, kind in ((leader, LeadershipKind.LEAD), (other, LeadershipKind.SUPERVISE)):
            office.act(
                marked.date(),
                "leadership.assign",
                registrar,
                item=item.key,
                after=marked,
                leader=one.person.key,
                kind=kind,
            )
        if not this_year or office.rng.random() < 0.4:
            _instruct(office, item, leader.person.key, marked, answered=not this_year)


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
        liaison = office.city.unit_by_key[item.lead].liaison.key
        office.act(
            plus(given.date(), office.rng.randint(6, 15)),
            "instruction.report",
            liaison,
            item=item.key,
            unit=item.lead,
            ref="i1",
            outcome=office.say("instruction_outcome", item),
        )


def _urgings(office: Office) -> None:
    """In spring those without a draft, by telephone; this year the first who are slow."""
    slow = [
        item
        for item in office.items
        if (drafted := office.moment(item, "reply.draft"))
        and date(2020, 4, 22) < drafted.date() < date(2020, 5, 20)
    ]
    for item in office.rng.sample(slow, min(URGED, len(slow))):
        drafted = office.moment(item, "reply.draft")
        assert drafted is not None
        sent = _urge(office, item, plus(drafted.date(), -office.rng.randint(4, 9)))
        if sent is not None:
            office.act(
                plus(sent.date(), 1),
                "urging.answer",
                office.city.unit_by_key[item.lead].liaison.key,
                item=item.key,
                unit=item.lead,
                ref="u1",
                outcome=office.say("urging_outcome", item),
            )
    waiting = [
        item for item in office.items if item.special.get("stage") in (Stage.CONTACT_OWED, Stage.OPINION_OWED)
    ]
    for item in waiting[:5]:
        _urge(office, item, date(2021, 2, 18))


def _urge(office: Office, item: Item, day: date) -> datetime | None:
    way = office.rng.choices((UrgingWay.PHONE, UrgingWay.LETTER, UrgingWay.VISIT), (75, 15, 10))[0]
    text = phrases("urging")[0]
    if item.special.get("stage") == Stage.OPINION_OWED:
        text = phrases("urging")[1]
    elif item.special.get("stage") == Stage.CONTACT_OWED:
        text = "交办已满一周，系统中还没有首次沟通的记录，请尽快联系提案者。"
    return office.act(
        day, "urging.send", office.registrar(), item=item.key, unit=item.lead, ref="u1", way=way, text=text
    )


def _checks(office: Office) -> None:
    """现场督查 in summer, 回头看 in autumn with a second inspection where something was lacking."""
    answered = [
        item
        for item in office.items
        if (at := office.moment(item, "reply.issue")) and at.date() < date(2020, 6, 1)
    ]
    for number, item in enumerate(office.rng.sample(answered, INSPECTED)):
        day = plus(date(2020, 7, 6), number * 6)
        finding = office.rng.choice(lines(read("office")["inspections"]))
        office.act(
            day,
            "inspection.hold",
            office.registrar(),
            item=item.key,
            unit=item.lead,
            ref="s1",
            finding=finding,
        )
    drawn = office.rng.sample(answered, LOOKED_BACK)
    office.act(
        LOOK_BACK_ON, "look_back.draw", office.registrar(), ref="l1", items=tuple(item.key for item in drawn)
    )
    for place, item in enumerate(drawn):
        good = place % 5 != 4
        finding = office.say("look_back_ok" if good else "look_back_gap", item)
        found = office.act(
            plus(LOOK_BACK_ON, 1 + place // 3),
            "look_back.record",
            office.registrar(),
            item=item.key,
            unit=item.lead,
            ref="l1",
            good=good,
            finding=finding,
        )
        if not good and found is not None:
            office.act(
                plus(found.date(), 22),
                "look_back.redress",
                office.registrar(),
                item=item.key,
                unit=item.lead,
                ref="l1",
                outcome=office.say("redress", item),
            )


def _problems(office: Office) -> None:
    """同类问题 over both years, and the campaigns that take them up."""
    table = read("office")
    for number, (title, topics) in enumerate(rows(table["problems"], 2), 1):
        keys = tuple(
            item.key
            for item in office.items
            if item.matter.topic in topics.split()
            and item.special.get("stage") not in EARLY
            and item.kind == "proposal"
        )
        office.act(PROBLEMS_ON, "problem.open", office.registrar(), ref=f"q{number}", title=title, items=keys)
    for number, (title, problems) in enumerate(rows(table["initiatives"], 2), 1):
        refs = tuple(f"q{one}" for one in problems.split())
        office.act(
            plus(PROBLEMS_ON, 1),
            "initiative.open",
            office.registrar(),
            ref=f"a{number}",
            title=title,
            problems=refs,
        )


def acts_of_office(city: City, items: Sequence[Item], told: Sequence[Act], seed: int) -> list[Act]:
    """Supervision of all items, not yet in the order of time."""
    office = Office(city, items, told, seed)
    _meetings(office)
    _key_items(office)
    _urgings(office)
    _checks(office)
    _problems(office)
    return office.acts
