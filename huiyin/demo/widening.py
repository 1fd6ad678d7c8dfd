"""From one case to the field in the made city: problems and campaigns with their items, and what units say of each other."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from huiyin.demo.city import City
from huiyin.demo.content import read, rows
from huiyin.demo.days import later_moment, plus
from huiyin.demo.items import PLENARY_2020, Item
from huiyin.demo.office import Office
from huiyin.demo.past import PAST_2020
from huiyin.demo.problems import Initiative, Problem
from huiyin.demo.story import Act

OPENED, TAKEN_UP = date(2020, 6, 15), date(2020, 7, 6)
BOUND, COUNTED, SCORED = date(2020, 12, 10), date(2021, 1, 15), date(2021, 1, 28)
YEAR = {"from_on": date(2020, 1, 1), "to_on": date(2020, 12, 31)}
PROMISES, RATED, JUDGED = 4, 0.35, 0.3
RATED_SINCE = 2020
RATED_WITHIN = 15  # days after the answer
GRADES, WEIGHTS = ("satisfied", "basic", "dissatisfied"), (70, 25, 5)
QUALITIES = ("good", "fair", "plain")


def acts_of_topics(
    city: City,
    items: Sequence[Item],
    told: Sequence[Act],
    problems: Sequence[Problem],
    initiatives: Sequence[Initiative],
    seed: int,
) -> list[Act]:
    """Topics, ratings and the sheet of the year, not yet in the order of time."""
    office = Office(PAST_2020, city, items, told, seed)
    own = {problem.key: problem for problem in problems}
    for number, problem in enumerate(problems):
        _topic(office, told, problem.key, "problem", problem.title, problem.items, plus(OPENED, number))
    for number, initiative in enumerate(initiatives, 1):
        keys = tuple(dict.fromkeys(key for ref in initiative.problems for key in own[ref].items))
        unit = _topic(
            office, told, f"a{number}", "initiative", initiative.title, keys, plus(TAKEN_UP, number)
        )
        _outcomes(office, f"a{number}", number, unit)
    _ratings(office, told)
    office.act(
        SCORED,
        "score_sheet.freeze",
        office.registrar(),
        plenary=PLENARY_2020.code,
        as_of=date(2020, 12, 31),
        label="2020年度提案办理考核",
        appeals_until=date(2021, 2, 26),
    )
    return office.acts


def _topic(
    office: Office, told: Sequence[Act], ref: str, kind: str, title: str, keys: Sequence[str], day: date
) -> str:
    """Opened with the unit that leads most of its items; items join as they come in. Gives the unit."""
    found = [office.by_key[key] for key in keys if key in office.by_key]
    unit = Counter(item.lead for item in found).most_common(1)[0][0]
    named = office.city.unit_by_key[unit]
    said = f"{title}，几年来有多件提案反映，各办各的难以根治。归到一处研究，由{named.name}牵头，逐年跟踪到解决为止。"
    topic: dict[str, Any] = {
        "kind": kind,
        "title": title,
        "description": said,
        "unit": unit,
        "owner": named.liaison.key,
    }
    opened = office.act(day, "topic.open", office.registrar(), ref=ref, **topic)
    for item in found:
        known = office.moment(item, "proposal.register")
        if known is not None and opened is not None:
            after = max(known, opened)
            on = plus(after.date(), 1)
            office.act(on, "topic.join", office.registrar(), item=item.key, ref=ref, after=after, topic=ref)
    plan = "先摸清底数，再分片推进；每季度会商一次，进度和困难报市政府办公室。"
    office.act(plus(day, 5), "topic.begin", named.liaison.key, ref=ref, plan=plan, due_on=date(2021, 12, 31))
    _bind(office, told, ref, {item.key for item in found if item.plenary == PLENARY_2020.code})
    return unit


def _bind(office: Office, told: Sequence[Act], ref: str, keys: set[str]) -> None:
    """A promise of each of a few items that have been answered by then."""
    done: set[str] = set()
    for act in told:
        if act.code != "promise.make" or act.item not in keys - done or len(done) == PROMISES:
            continue
        issued = office.moment(office.by_key[act.item], "reply.issue")
        if issued is not None and issued.date() < BOUND and issued > act.at:
            done.add(act.item)
            promise = (act.item, act.unit, act.ref)
            office.act(BOUND, "topic.bind_promise", office.registrar(), ref=ref, promise=promise)


def _outcomes(office: Office, ref: str, number: int, unit: str) -> None:
    """What was counted at the end of the year, each with the paper that it stands in."""
    who = office.city.unit_by_key[unit].liaison.key
    for of, kind, what, before, after, measure, source in rows(read("office")["outcomes"], 7):
        if int(of) == number:
            counted = {"before": before, "after": after} if before else {"after": after}
            said = {"kind": kind, "what": what, "measure": measure, "source": source}
            moment = later_moment(COUNTED, None, office.rng)
            data = said | counted | YEAR
            office.acts.append(Act(moment, "topic.record_outcome", who, ref=ref, data=data))


def _ratings(office: Office, told: Sequence[Act]) -> None:
    """After the first answer lead and the co-units that had their say by then rate each other, and some of them the
    proposal."""
    helped: dict[str, dict[str, datetime]] = {}
    answered: dict[str, Act] = {}
    for act in told:
        if act.code == "assignment.give_opinion":
            helped.setdefault(act.item, {}).setdefault(act.unit, act.at)
        if act.code == "reply.issue" and act.item in office.by_key and act.at.year >= RATED_SINCE:
            answered.setdefault(act.item, act)
    for item, issue in answered.items():
        for co, helped_at in helped.get(item, {}).items():
            if office.rng.random() < RATED and helped_at < issue.at:
                _rate(office, item, issue.at, issue.unit, co)
                _rate(office, item, issue.at, co, issue.unit)
        if office.rng.random() < JUDGED:
            grades = {name: office.rng.choice(QUALITIES) for name in ("problem", "facts", "advice")}
            who = office.city.unit_by_key[issue.unit].liaison.key
            office.act(
                plus(issue.at.date(), 1),
                "quality.rate",
                who,
                item=item,
                unit=issue.unit,
                after=issue.at,
                **grades,
            )


def _rate(office: Office, item: str, issued: datetime, by: str, about: str) -> None:
    on = plus(issued.date(), office.rng.randint(1, 6))
    if on <= issued.date() + timedelta(days=RATED_WITHIN):
        who = office.city.unit_by_key[by].liaison.key
        grade = office.rng.choices(GRADES, WEIGHTS)[0]
        office.act(on, "partner.rate", who, item=item, unit=by, after=issued, rated=about, grade=grade)
