"""The whole year of the plenary of 2020, item by item."""

from collections.abc import Sequence
from datetime import date, datetime
from random import Random

from huiyin.demo.aftermath import (
    close,
    course_of,
    due_days,
    evaluate,
    evaluate_fulfilment,
    fulfil,
    handle_again,
    revisit,
)
from huiyin.demo.answering import Course, Told, before_answer, check, draft, explain, issue, review, sign
from huiyin.demo.city import City
from huiyin.demo.days import on_or_after, plus
from huiyin.demo.decisions import Decisions, decide
from huiyin.demo.intake import Intake, take_in
from huiyin.demo.items import Fate, Item, Share
from huiyin.demo.sharing import answering, assign, give_opinions, meeting_moment, plan
from huiyin.demo.sharing import sign as sign_for
from huiyin.demo.story import Act, Line, Story
from huiyin.words import Meaning, Period, Response

ASSIGNED = date(2020, 2, 25)
PLAN_UNTIL = date(2020, 5, 20)
LAST_ISSUE = date(2020, 5, 22)
# Between plenaries the last ones come in so late that they are answered and evaluated before the year is told.
BETWEEN_FROM, BETWEEN_TO = date(2020, 3, 2), date(2020, 9, 25)
OPINION_DAYS = (9, 20)
STAR_UNIT = "zhujian"
STAR_DUES = (date(2021, 1, 29), date(2021, 2, 10), date(2021, 2, 26), date(2021, 3, 12))


def _intake(item: Item, place: int, count: int, rng: Random) -> Intake:
    """In the plenary by its three working days; later ones one by one."""
    if item.period == Period.BETWEEN:
        return _intake_between(place, rng)
    received = plus(date(2020, 1, 6), min(2, place * 3 // count))
    reviewed = plus(received, rng.randint(1, 3))
    filed = on_or_after(date(2020, 1, 13 + place * 5 // count))
    registered = plus(date(2020, 2, 3), rng.randint(0, 8))
    classified = plus(registered, rng.randint(0, 5))
    return Intake(received, reviewed, filed, date(2020, 1, 20), registered, classified)


def _intake_between(place: int, rng: Random) -> Intake:
    span = (BETWEEN_TO - BETWEEN_FROM).days
    received = on_or_after(date.fromordinal(BETWEEN_FROM.toordinal() + place * span // 24))
    reviewed = plus(received, 2)
    filed = plus(reviewed, 1)
    handed = plus(filed, 1)
    return Intake(received, reviewed, filed, handed, plus(handed, 1), plus(handed, 2))


def _course(story: Story, share: Share, decided: Decisions, opinions: int) -> Course:
    """How long it takes, and what happens on the way; never before the co-opinions are in."""
    rng, item = story.rng, story.item
    longest = 38 if item.period == Period.BETWEEN else 57
    went_without = decided.without.get(item.key)
    length = 24 if went_without else max(rng.randint(21, longest), opinions + 9)
    key = item.key if share == item.shares[0] else ""
    return Course(
        issue=min(length, longest),
        extend=decided.extended.get(key),
        pause=key in decided.paused,
        sent_back=key in decided.sent_back,
        failed_check=key in decided.failed,
        went_without=(went_without,) if went_without else (),
    )


def _dues(story: Story, share: Share, issued: date) -> tuple[date, ...]:
    item, rng = story.item, story.rng
    second = len(item.answering) > 1 and share != item.shares[0]
    if item.meaning not in (Meaning.BEING_SOLVED, Meaning.PLANNED) or second:
        return ()
    most = 1 if item.meaning == Meaning.BEING_SOLVED or len(item.answering) > 1 else len(item.points)
    dues = due_days(rng, issued, item.meaning, rng.randint(1, min(3, most)))
    if item.lead == STAR_UNIT and item.meaning == Meaning.PLANNED and rng.random() < 0.75:
        dues = (rng.choice(STAR_DUES), *dues[1:])
    return dues


def _answer(story: Story, line: Line, share: Share, course: Course, *, content: bool) -> Told:
    """From the plan to the letter."""
    told = Told(share)
    signed = line.day
    in_plenary = story.item.period == Period.IN_PLENARY
    until = PLAN_UNTIL if in_plenary else plus(signed, 45)
    plan(story, line, share, story.rng.randint(2, 6), until)
    before_answer(story, line, share, course)
    if story.item.mark == "C":
        explain(story, line, share, plus(line.day, 2), Response.UNDERSTOOD)
    start = plus(signed, course.issue - 7)
    if course.extend is not None:
        start = plus(course.extend, -story.rng.randint(9, 14))
    elif in_plenary:
        start = min(start, plus(LAST_ISSUE, -9 if course.goes_back else -6))
    course = Course(**(vars(course) | {"dues": _dues(story, share, start)}))
    line.not_before(start)
    draft(story, line, share, course, told)
    review(story, line, share, course, told)
    sign(story, line, share)
    check(story, line, share, course, told)
    issue(story, line, share, course, told, content=content)
    return told


def _after(story: Story, told: list[Told], decided: Decisions, last_opinion: datetime) -> None:
    """Forms, second handling, promises and the closings, never before a late opinion has come in."""
    item = story.item
    unhappy = item.key in decided.dissatisfied
    forms: list[datetime] = []
    expected = 0
    for one in told:
        lines = evaluate(story, one, decided.returned, unhappy)
        expected += len({*item.proposers, *(key for other in story.merged for key in other.proposers)})
        for line in lines.values():
            if unhappy:
                handle_again(story, one, line, convinced=item.key not in decided.unconvinced)
            forms.append(line.last or one.issued)  # type: ignore[arg-type]
    kept = [_fulfilled(story, one) for one in told]
    answered = max(last_opinion, *(one.issued for one in told if one.issued))
    moments = [moment for found in kept for moment in found if moment]
    done = all(moment is not None for found in kept for moment in found)
    if done and moments:
        evaluate_fulfilment(story, told[0], max(moments))
    for one in told:
        if not (done and moments):
            revisit(story, one, open_promises=not done)
    settled = max([answered, *moments]) if done else None
    close(story, answered, forms, len(forms) == expected, settled)


def _fulfilled(story: Story, told: Told) -> list[datetime | None]:
    assert told.issued is not None
    found = []
    for ref, answer in told.promises:
        assert answer.due is not None
        how = course_of(story.rng, answer.due, told.issued.date())
        found.append(fulfil(story, told, ref, answer, how))
    return found


def tell(story: Story, place: int, count: int, decided: Decisions) -> list[Act]:
    """All that happens to one record of the plenary."""
    item, rng = story.item, story.rng
    last = take_in(story, _intake(item, place, count, rng))
    if item.fate != Fate.HANDLED:
        return story.acts
    day = ASSIGNED if item.period == Period.IN_PLENARY else plus(last.date(), rng.randint(1, 3))
    at = meeting_moment(rng, day)
    back = decided.returns.get(item.key)
    assign(story, at, back)
    late = {share.unit: rng.randint(1, 7) for share in item.co if (item.key, share.unit) in decided.late}
    without = decided.without.get(item.key)
    if without:
        late[without] = 22
    last_opinion = give_opinions(story, at, late, OPINION_DAYS)
    waited = 0
    if item.co and not without:
        while plus(at.date(), waited) < last_opinion.date():
            waited += 1
    told = []
    for share in answering(story):
        line = sign_for(story, share, at, back)
        course = _course(story, share, decided, waited)
        told.append(_answer(story, line, share, course, content=item.key not in decided.dissatisfied))
    _after(story, told, decided, last_opinion)
    return story.acts


def acts_of_2020(city: City, items: Sequence[Item], seed: int) -> list[Act]:
    """The acts of all records, not yet in the order of time."""
    decided = decide(items, seed)
    places = {Period.IN_PLENARY: 0, Period.BETWEEN: 0}
    counts = {period: sum(item.period == period for item in items) for period in places}
    found: list[Act] = []
    for item in items:
        merged = [other for other in items if other.head == item.key]
        story = Story(city, item, seed, merged=merged)
        found += tell(story, places[item.period], counts[item.period], decided)
        places[item.period] += 1
    return found
