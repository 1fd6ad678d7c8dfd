"""S7, S13, S16, S17 once more, as the city's office does it since the new year: who leads which units, what is asked of
all units at once, what was drawn for a look on the spot, what waits for a superior."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from huiyin.demo.city import City
from huiyin.demo.content import lines, read
from huiyin.demo.days import plus
from huiyin.demo.items import PLENARY_2020, PLENARY_2021, Item
from huiyin.demo.office import Office
from huiyin.demo.past import PAST_2020
from huiyin.demo.plenary2021 import STAR_UNIT, Stage
from huiyin.demo.story import Act
from huiyin.supervision.words import Every
from huiyin.words import Meaning

DIVIDED_ON = date(2020, 2, 17)
# The last is a Sunday on which was worked before the Spring Festival.
MONTHLY = (date(2020, 12, 7), date(2021, 1, 7), date(2021, 2, 7))
MONTHLY_UNTIL, MONTHLY_DAYS = date(2021, 12, 31), 7
SECOND_ROUND, SECOND_DUE = date(2021, 2, 18), date(2021, 2, 24)
DRAWN_ON, SHARE, VISITED = date(2021, 2, 3), 3, 4
AT_WORK = (Stage.TO_PLAN, Stage.CONTACT_OWED, Stage.PAUSED, Stage.DRAFTING)
ANSWERING = 4


def acts_of_overseeing(city: City, items: Sequence[Item], told: Sequence[Act], seed: int) -> list[Act]:
    """What is asked of units and drawn from items, not yet in the order of time."""
    office = Office(PAST_2020, city, items, told, seed)
    _divide(office)
    _monthly(office)
    _second_round(office)
    _sample(office)
    _superiors(office, told)
    return office.acts


def _divide(office: Office) -> None:
    """Each unit under the leader in whose field it lies."""
    divided: set[str] = set()
    for leader in office.city.leaders:
        for unit in leader.units:
            if unit not in divided:
                divided.add(unit)
                who = leader.person.key
                office.act(DIVIDED_ON, "division.set", office.registrar(), unit=unit, leader=who)


def _leads(items: Sequence[Item]) -> list[str]:
    return list(dict.fromkeys(item.lead for item in items))


def _monthly(office: Office) -> None:
    """Every month on last year's key items that are not settled: one unit says nothing each time, one says it in many
    words, one sends it after its day."""
    table = read("office")
    begun = {
        "plenary": PLENARY_2020.code,
        "title": table["monthly"],
        "asks": table["round_asks"],
        "every": Every.MONTH,
        "until": MONTHLY_UNTIL,
        "days": MONTHLY_DAYS,
        "key_only": True,
    }
    if len(_leads(_unsettled(office, MONTHLY[-1]))) < 3:
        return
    office.act(MONTHLY[0], "dispatch.begin_series", office.registrar(), ref="d1", **begun)
    empty = lines(table["round_empty"])
    for number, day in enumerate(MONTHLY, 1):
        said = lines(table[f"monthly_answers_{number}"])
        _, hollow, *others = _leads(_unsettled(office, day))
        late = others[-1]
        _answer(office, plus(day, 1), hollow, "d1", empty, number=number)
        for place, unit in enumerate(others):
            when = plus(day, MONTHLY_DAYS if unit == late else place % 4 + 1)
            _answer(office, when, unit, "d1", said[place % len(said) :], number=number)
        closed = {"number": number, "summary": table["round_summary"]}
        office.act(plus(day, MONTHLY_DAYS + 1), "dispatch.close", office.registrar(), ref="d1", **closed)


def _unsettled(office: Office, day: date) -> list[Item]:
    """Key items of last year with promises that were still open on that day."""
    return [
        item
        for item in office.items
        if item.plenary == PLENARY_2020.code
        and item.is_key
        and item.meaning in (Meaning.PLANNED, Meaning.BEING_SOLVED)
        and office.moment(item, "reply.issue")
        and ((settled := office.moment(item, "proposal.settle")) is None or settled.date() > day)
    ]


def _answer(office: Office, day: date, unit: str, ref: str, words: Sequence[str], *, number: int = 1) -> None:
    liaison = office.city.unit_by_key[unit].liaison.key
    office.act(day, "dispatch.answer", liaison, unit=unit, ref=ref, number=number, texts=tuple(words))


def _second_round(office: Office) -> None:
    """On what was handed out this year; it runs still, and the unit with most to do has not answered yet."""
    table = read("office")
    opened = office.act(
        SECOND_ROUND,
        "dispatch.open",
        office.registrar(),
        ref="d2",
        plenary=PLENARY_2021.code,
        title=table["second_round"],
        asks=table["round_asks"],
        due_on=SECOND_DUE,
    )
    at_work = [
        item
        for item in office.items
        if item.plenary == PLENARY_2021.code
        and item.special.get("stage") in AT_WORK
        and (given := office.moment(item, "assignment.assign"))
        and opened
        and given < opened
    ]
    units = [unit for unit in _leads(at_work) if unit != STAR_UNIT]
    for unit in units[:ANSWERING]:
        _answer(office, plus(SECOND_ROUND, 1), unit, "d2", lines(table["round_answers"]))


def _sample(office: Office) -> None:
    """A second sample of last year's answers: a few visited, one of them wanting, the rest still to be seen."""
    table = read("office")
    office.act(
        DRAWN_ON,
        "look_back.draw",
        office.registrar(),
        ref="k1",
        plenary=PLENARY_2020.code,
        title=table["sample"],
        share=SHARE,
        seed=f"{DRAWN_ON:%Y%m%d}",
    )
    for number, finding in enumerate(lines(table["sample_findings"])[:VISITED], 1):
        wanting = number == VISITED
        asked = {"redress": table["sample_redress"], "redress_due_on": date(2021, 3, 12)} if wanting else {}
        office.act(
            plus(DRAWN_ON, number),
            "look_back.visit",
            office.registrar(),
            ref="k1",
            number=number,
            verdict="wanting" if wanting else "well",
            finding=finding,
            **asked,
        )


def _superiors(office: Office, told: Sequence[Act]) -> None:
    """What a clock stands for has gone to a superior with a document, and comes back before it runs on."""
    resumed = {(act.item, act.unit): act for act in told if act.code == "assignment.resume"}
    for number, act in enumerate((act for act in told if act.code == "assignment.pause"), 1):
        given: dict[str, Any] = {"item": act.item, "unit": act.unit, "ref": "b1"}
        liaison = office.city.unit_by_key[act.unit].liaison.key
        sent = office.act(
            act.at.date(),
            "superior.send",
            liaison,
            after=act.at,
            superior=act.data["superior"],
            what=act.data["reason"],
            document_number=f"淄请示〔{act.at.year}〕{number}号",
            **given,
        )
        back = resumed.get((act.item, act.unit))
        if back is not None and sent is not None:
            text = back.data.get("outcome") or read("office")["superior_answer"]
            office.act(
                back.at.date(), "superior.answer", liaison, after=max(back.at, sent), answer=text, **given
            )
