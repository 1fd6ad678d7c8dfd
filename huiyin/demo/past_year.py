"""The whole year of a past plenary and what became of its promises since, item by item."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from huiyin.demo.aftermath import (
    close,
    evaluate,
    evaluate_fulfilment,
    handle_again,
    revisit,
)
from huiyin.demo.answering import Course, Told, before_answer, check, draft, explain, issue, review, sign
from huiyin.demo.city import City
from huiyin.demo.days import on_or_after, plus
from huiyin.demo.decisions import Decisions, decide
from huiyin.demo.intake import Intake, take_in
from huiyin.demo.items import Fate, Item, Share
from huiyin.demo.keeping import (
    Outcome,
    change_mark,
    confirm,
    course_of,
    due_days,
    explain_unfinished,
    fulfil,
)
from huiyin.demo.past import Past
from huiyin.demo.sharing import answering, assign, give_opinions, meeting_moment, plan
from huiyin.demo.sharing import sign as sign_for
from huiyin.demo.story import Act, Line, Story
from huiyin.words import Meaning, Period, Response

OPINION_DAYS = (9, 20)
STAR_UNIT = "zhujian"


def _intake(past: Past, item: Item, place: int, count: int, rng: Random) -> Intake:
    """In the plenary by its three working days; later ones one by one."""
    days = past.days
    if item.period == Period.BETWEEN:
        return _intake_between(days.between, place, count)
    received = plus(days.received, min(2, place * 3 // count))
    reviewed = plus(received, rng.randint(1, 3))
    filed = on_or_after(days.filed + timedelta(days=place * 5 // count))
    registered = plus(days.registered, rng.randint(0, 8))
    classified = plus(registered, rng.randint(0, 5))
    return Intake(received, reviewed, filed, days.handed_over, registered, classified)


def _intake_between(between: tuple[date, date], place: int, count: int) -> Intake:
    first, last = between
    received = on_or_after(first + (last - first) * place // count)
    reviewed = plus(received, 2)
    filed = plus(reviewed, 1)
    handed = plus(filed, 1)
    return Intake(received, reviewed, filed, handed, plus(handed, 1), plus(handed, 2))


def _course(past: Past, story: Story, share: Share, decided: Decisions, opinions: int) -> Course:
    """How long it takes, and what happens on the way; never before the co-opinions are in."""
    rng, item = story.rng, story.item
    longest = 38 if item.period == Period.BETWEEN else 57
    went_without = decided.without.get(item.key)
    length = 24 if went_without else max(rng.randint(21, longest), opinions + 9)
    key = item.key if share == item.shares[0] else ""
    return Course(
        issue=min(length, longest),
        extend=decided.extended.get(key),
        asked=past.days.extension_asked,
        pause=key in decided.paused,
        sent_back=key in decided.sent_back,
        failed_check=key in decided.failed,
        went_without=(went_without,) if went_without else (),
    )


def _dues(past: Past, story: Story, share: Share, issued: date) -> tuple[date, ...]:
    item, rng = story.item, story.rng
    second = len(item.answering) > 1 and share != item.shares[0]
    if item.meaning not in (Meaning.BEING_SOLVED, Meaning.PLANNED) or second:
        return ()
    most = 1 if item.meaning == Meaning.BEING_SOLVED or len(item.answering) > 1 else len(item.points)
    dues = due_days(past, rng, issued, item.meaning, rng.randint(1, min(3, most)))
    is_star = past.star_dues and item.lead == STAR_UNIT and item.meaning == Meaning.PLANNED
    if is_star and rng.random() < 0.75:
        dues = (rng.choice(past.star_dues), *dues[1:])
    return dues


def _answer(past: Past, story: Story, line: Line, share: Share, course: Course, *, content: bool) -> Told:
    """From the plan to the letter."""
    told = Told(share)
    signed = line.day
    in_plenary = story.item.period == Period.IN_PLENARY
    until = past.days.plan_until if in_plenary else plus(signed, 45)
    plan(story, line, share, story.rng.randint(2, 6), until)
    before_answer(story, line, share, course)
    if story.item.mark == "C":
        explain(story, line, share, plus(line.day, 2), Response.UNDERSTOOD)
    start = plus(signed, course.issue - 7)
    if course.extend is not None:
        start = plus(course.extend, -story.rng.randint(9, 14))
    elif in_plenary:
        start = min(start, plus(past.days.last_issue, -9 if course.goes_back else -6))
    course = Course(**(vars(course) | {"dues": _dues(past, story, share, start)}))
    line.not_before(start)
    draft(story, line, share, course, told)
    review(story, line, share, course, told)
    sign(story, line, share)
    check(story, line, share, course, told)
    issue(story, line, share, course, told, content=content)
    return told


def _after(past: Past, story: Story, told: list[Told], decided: Decisions, last_opinion: datetime) -> None:
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
    kept = [outcome for one in told for outcome in _kept(past, story, one, forms, decided)]
    answered = max(last_opinion, *(one.issued for one in told if one.issued))
    moments = [outcome.at for outcome in kept if outcome.at]
    done = len(moments) == len(kept)
    if done and moments:
        dropped = any(outcome.dropped for outcome in kept)
        evaluate_fulfilment(story, told[0], max(moments), dropped=dropped)
        if past.is_told_to_the_end and (
            changed := change_mark(story, told[0], kept, max([*moments, *forms]))
        ):
            moments.append(changed)
    for one in told:
        if not (done and moments):
            revisit(story, one, past.days.revisited, open_promises=not done)
    settled = max([answered, *moments]) if done else None
    close(story, answered, forms, len(forms) == expected, settled)


def _kept(past: Past, story: Story, told: Told, forms: list[datetime], decided: Decisions) -> list[Outcome]:
    assert told.issued is not None
    found = []
    after = max([told.issued, *forms]) if past.is_told_to_the_end else told.issued
    for ref, answer in told.promises:
        assert answer.due is not None
        how = course_of(past, story.rng, decided.turns, answer.due, told.issued.date())
        kept = fulfil(story, told, ref, answer, how, after)
        if past.is_told_to_the_end:
            confirm(story, told, kept)
            explain_unfinished(past, story, told, kept)
        found.append(kept)
    return found


def tell(past: Past, story: Story, place: int, count: int, decided: Decisions) -> list[Act]:
    """All that happens to one record of the plenary."""
    item, rng = story.item, story.rng
    last = take_in(story, _intake(past, item, place, count, rng))
    if item.fate != Fate.HANDLED:
        return story.acts
    day = past.days.assigned if item.period == Period.IN_PLENARY else plus(last.date(), rng.randint(1, 3))
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
        course = _course(past, story, share, decided, waited)
        content = item.key not in decided.dissatisfied
        told.append(_answer(past, story, line, share, course, content=content))
    _after(past, story, told, decided, last_opinion)
    return story.acts


def acts_of(past: Past, city: City, items: Sequence[Item], seed: int) -> list[Act]:
    """The acts of all records, not yet in the order of time."""
    decided = decide(past, items, seed)
    places = {Period.IN_PLENARY: 0, Period.BETWEEN: 0}
    counts = {period: sum(item.period == period for item in items) for period in places}
    found: list[Act] = []
    for item in items:
        merged = [other for other in items if other.head == item.key]
        story = Story(city, item, seed, merged=merged)
        found += tell(past, story, places[item.period], counts[item.period], decided)
        places[item.period] += 1
    return found
