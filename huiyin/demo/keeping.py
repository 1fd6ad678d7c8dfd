"""What becomes of a promise: kept early, by its day or late, its date moved, dropped with the proposer told, or open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from huiyin.demo.answering import Told, contact
from huiyin.demo.days import LAST_DAY, on_or_after, on_or_before, plus
from huiyin.demo.letters import SORTS, Answer, address, evidence, reference
from huiyin.demo.past import Past
from huiyin.demo.reports import report
from huiyin.demo.story import Line, Story
from huiyin.words import ContactPhase, ContactWay, Meaning, Response

HAS_MILESTONE = 60
MOVED_AHEAD = timedelta(days=8)
RAISED, CONFIRMED, EXPLAINED = 0.85, 0.5, 0.7


@dataclass(frozen=True)
class Fulfilment:
    """How a promise goes: kept, moved to other days one after the other, claimed and waiting, dropped, or nothing yet."""

    kept_on: date | None = None
    moves: tuple[date, ...] = ()
    accepted: bool = True
    sent_back: bool = False
    dropped_on: date | None = None


@dataclass(frozen=True)
class Outcome:
    """When a promise was settled, and whether by being dropped; None while it is open."""

    ref: str
    at: datetime | None = None
    dropped: bool = False


def fulfil(
    story: Story, told: Told, ref: str, answer: Answer, how: Fulfilment, after: datetime | None = None
) -> Outcome:
    """The promise's own thread."""
    assert told.issued is not None
    assert answer.due is not None
    line, share = story.line(after or told.issued), told.share
    handler, spot = story.handler(share.unit), {"unit": share.unit, "ref": ref}
    for year in range(told.issued.year, LAST_DAY.year):
        ended_on = how.kept_on or how.dropped_on
        report(story, share.unit, told.issued.date(), ref, answer, ended_on, year)
    halfway = told.issued.date() + (answer.due - told.issued.date()) / 2
    far = (answer.due - told.issued.date()).days > HAS_MILESTONE
    if how.kept_on is not None and halfway < how.kept_on and far:
        line.act(on_or_after(halfway), "promise.reach_milestone", handler, milestone=1, **spot)
    due = answer.due
    for moved_to in how.moves:
        reason = story.say(f"move_reason_{SORTS[answer.point.sort]}")
        day = on_or_before(due - MOVED_AHEAD)
        line.act(day, "promise.move_date", handler, due_on=moved_to, reason=reason, **spot)
        due = moved_to
    if how.dropped_on is not None:
        return Outcome(ref, _drop(story, line, told, ref, answer, how.dropped_on), dropped=True)
    if how.kept_on is None:
        return Outcome(ref)
    return Outcome(ref, _keep(story, line, told, ref, answer, how))


def _keep(story: Story, line: Line, told: Told, ref: str, answer: Answer, how: Fulfilment) -> datetime | None:
    """Claimed with evidence, sent back once where that does not show it, and accepted."""
    assert how.kept_on is not None
    spot = {"unit": told.share.unit, "ref": ref}
    claimed = _claim(story, line, told, ref, answer, how.kept_on)
    if claimed is None or not how.accepted:
        return None
    if how.sent_back:
        reason = story.say("evidence_back")
        day = plus(line.day, story.rng.randint(2, 5))
        if line.act(day, "promise.send_back", story.registrar(), reason=reason, **spot) is None:
            return None
        _claim(story, line, told, ref, answer, plus(line.day, story.rng.randint(6, 15)))
    day, registrar = plus(line.day, story.rng.randint(2, 6)), story.registrar()
    return line.act(day, "promise.accept", registrar, note=story.say("accept_note"), **spot)


def _claim(story: Story, line: Line, told: Told, ref: str, answer: Answer, day: date) -> datetime | None:
    what = f"已{answer.point.will}。佐证：{evidence(story, answer.point)}"
    return line.act(
        on_or_before(day),
        "promise.claim_done",
        story.handler(told.share.unit),
        what=what,
        **reference(story, told.share.unit, answer, ref, day.year),
        unit=told.share.unit,
        ref=ref,
    )


def _drop(story: Story, line: Line, told: Told, ref: str, answer: Answer, day: date) -> datetime | None:
    """R6: explained to the proposer first, and that contact is named."""
    if day > LAST_DAY:
        return None
    unit, why = told.share.unit, story.say(f"drop_reason_{SORTS[answer.point.sort]}")
    response = Response.UNDERSTOOD if story.rng.random() < 0.7 else Response.NOT_ACCEPTED
    summary = story.say(f"contact_drop_{response}", call=address(story))
    more = {"summary": summary, "explained": why, "response": response}
    contact(story, line, told.share, ContactPhase.REVISIT, ContactWay.VISIT, day, **more)
    told_in = f"c{story.contacts}"
    day, who = plus(line.day, story.rng.randint(1, 4)), story.handler(unit)
    return line.act(day, "promise.drop", who, reason=why, told_in=told_in, unit=unit, ref=ref)


def confirm(story: Story, told: Told, kept: Outcome) -> None:
    """Who asked for it says whether it is so; about half say anything."""
    if kept.at is None or kept.dropped or story.rng.random() > CONFIRMED:
        return
    said = "done" if story.rng.random() < 0.92 else "not_done"
    note, day = story.say(f"confirm_{said}"), plus(kept.at.date(), story.rng.randint(1, 8))
    person, spot = story.lead_proposer.person.key, {"unit": told.share.unit, "ref": kept.ref}
    story.line(kept.at).act(day, "promise.confirm", person, said=said, note=note, **spot)


def explain_unfinished(past: Past, story: Story, told: Told, kept: Outcome) -> None:
    """三年期满: what is open by then is explained in writing, or is not."""
    day = past.limit + timedelta(days=story.rng.randint(6, 36))
    if kept.at is not None or day > LAST_DAY or story.rng.random() > EXPLAINED:
        return
    words = {"reason": story.say("unfinished_reason"), "next_steps": story.say("unfinished_next")}
    spot = {"unit": told.share.unit, "ref": kept.ref}
    story.line().act(day, "promise.explain", story.handler(told.share.unit), **words, **spot)


def change_mark(story: Story, told: Told, kept: list[Outcome], after: datetime) -> datetime | None:
    """R5: raised where everything planned is done, and the office has accepted what shows it; lowered where nothing
    that was promised will be. Gives the moment, None where the mark stays."""
    line, share = story.line(after), told.share
    registrar, day = story.registrar(), plus(after.date(), story.rng.randint(1, 5))
    if not any(one.dropped for one in kept):
        if story.item.meaning != Meaning.PLANNED or story.rng.random() > RAISED:
            return None
        reason, last = story.say("raise_reason"), max(kept, key=lambda one: one.at or after)
        words = {"mark": "A", "meaning": Meaning.SOLVED, "evidence": last.ref, "reason": reason}
        return line.act(day, "reply.raise_mark", registrar, unit=share.unit, **words)
    if not all(one.dropped for one in kept):
        return None
    words = {"mark": "C", "meaning": Meaning.CANNOT, "reason": story.say("lower_reason")}
    return line.act(day, "reply.lower_mark", registrar, unit=share.unit, **words)


def due_days(past: Past, rng: Random, issued: date, meaning: Meaning, count: int) -> tuple[date, ...]:
    """Days on which promises fall due: ends of months, the nearer the more; at most three years after the close."""
    weights = (80, 20, 0, 0) if meaning == Meaning.BEING_SOLVED else (34, 18, 28, 20)
    found = []
    for _ in range(count):
        pool = rng.choices(past.days.dues, weights)[0]
        later = [day for day in pool if day > issued + timedelta(days=25)]
        found.append(rng.choice(later or past.days.dues[2]))
    return tuple(found)


def course_of(past: Past, rng: Random, turns: Iterator[float], due: date, issued: date) -> Fulfilment:
    """What became of a promise by the last working day."""
    if past.is_told_to_the_end:
        return _over_years(past, rng, next(turns), due, issued)
    return _of_last_year(rng, due, issued)


def _of_last_year(rng: Random, due: date, issued: date) -> Fulfilment:
    luck = rng.random()
    if due <= date(2020, 12, 31):
        if luck < 0.74:
            return Fulfilment(
                kept_on=max(issued + timedelta(days=10), due - timedelta(days=rng.randint(1, 20)))
            )
        if luck < 0.86:
            return Fulfilment(moves=(date(2021, rng.choice((3, 6, 9)), 30),))
        if luck < 0.93:
            return Fulfilment(kept_on=due + timedelta(days=rng.randint(8, 40)))
        return Fulfilment()
    if due <= date(2021, 3, 31):
        if luck < 0.42:
            return Fulfilment(kept_on=min(due, date(2021, 2, 5)) - timedelta(days=rng.randint(2, 30)))
        if luck < 0.68:
            waiting = date(2021, 2, rng.choice((5, 8, 9, 10, 18, 19)))
            return Fulfilment(kept_on=waiting, accepted=False)
        if luck < 0.78 and due > date(2021, 1, 25):
            return Fulfilment(moves=(date(2021, 6, 30),))
        return Fulfilment()
    if luck < 0.06:
        return Fulfilment(kept_on=LAST_DAY - timedelta(days=rng.randint(20, 90)))
    if luck < 0.11:
        return Fulfilment(moves=(min(due + timedelta(days=92), date(2022, 12, 30)),))
    return Fulfilment()


def _over_years(past: Past, rng: Random, luck: float, due: date, issued: date) -> Fulfilment:
    """Some early, most by their day, some late, some moved once or more; a few are dropped, and a few lie open."""
    days = timedelta(days=rng.randint(10, 28))
    sent_back = rng.random() < 0.15
    if luck < 0.14:
        early = max(issued + timedelta(days=20), due - timedelta(days=30) - 5 * days)
        return Fulfilment(kept_on=min(early, due - timedelta(days=10)), sent_back=sent_back)
    if luck < 0.5:
        return Fulfilment(kept_on=due - days, sent_back=sent_back)
    if luck < 0.6:
        return Fulfilment(kept_on=due + 4 * days)
    if luck < 0.85:
        moves = _moves(past, due, 1 if luck < 0.74 else 2 if luck < 0.82 else 3)
        if rng.random() < 0.2:
            return Fulfilment(moves=moves)
        last = moves[-1] if moves else due + timedelta(days=130)
        return Fulfilment(kept_on=last - days, moves=moves, sent_back=sent_back)
    if luck < 0.93:
        return Fulfilment(dropped_on=due - days)
    return Fulfilment()


def _moves(past: Past, due: date, count: int) -> tuple[date, ...]:
    """Half a year each time, as long as that stays within the three years."""
    found: list[date] = []
    for _ in range(count):
        due = date(due.year + (due.month > 6), (due.month + 5) % 12 + 1, 28)
        if due > past.limit:
            break
        found.append(due)
    return tuple(found)
