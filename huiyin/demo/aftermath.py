"""What follows the answer: evaluations, second handling, promises carried out or not, the two closings."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from huiyin.demo.answering import Course, Told, check, contact, draft, review, sign
from huiyin.demo.days import LAST_DAY, on_or_after, on_or_before, plus
from huiyin.demo.decisions import Form
from huiyin.demo.letters import SORTS, Answer, evidence, reference
from huiyin.demo.reports import report
from huiyin.demo.story import Line, Story
from huiyin.words import Channel, ContactPhase, ContactWay, Dimension, Grade, Meaning, Response

PAPER, BY_LINK = 0.22, 0.62
BASIC_RESULT, BASIC_ATTITUDE = 0.12, 0.05
REVISITED = 0.8
CLOSE_BY = date(2021, 2, 10)
WITHOUT_ALL_FORMS = 66


@dataclass(frozen=True)
class Fulfilment:
    """How a promise goes: kept by its day, moved once, kept late, claimed and waiting, or nothing done yet."""

    kept_on: date | None = None
    moved_to: date | None = None
    accepted: bool = True


def evaluate(story: Story, told: Told, returned: set[Form], dissatisfied: bool) -> dict[str, Line]:
    """The forms that come back on this answer, in three days to five weeks."""
    assert told.issued is not None
    merged = [key for other in story.merged for key in other.proposers]
    lines = {}
    for key in dict.fromkeys([*story.item.proposers, *merged]):
        if (story.item.key, told.share.unit, key) in returned:
            line = story.line(told.issued)
            give_form(
                story,
                line,
                told,
                key,
                plus(line.day, story.rng.choices((story.rng.randint(2, 13), 18), (88, 12))[0]),
                dissatisfied,
            )
            lines[key] = line
    return lines


def give_form(
    story: Story, line: Line, told: Told, key: str, day: date, dissatisfied: bool, round_number: int = 1
) -> None:
    """A form by link or log-in, or on paper entered by the assembly's staff, never by the unit (R4)."""
    rng = story.rng
    if dissatisfied:
        grades = (Grade.BASIC, Grade.DISSATISFIED)
    else:
        result = Grade.BASIC if rng.random() < BASIC_RESULT else Grade.SATISFIED
        attitude = Grade.BASIC if rng.random() < BASIC_ATTITUDE else Grade.SATISFIED
        grades = (attitude, result)
    given: dict[str, Any] = {str(Dimension.ATTITUDE): grades[0], str(Dimension.RESULT): grades[1]}
    if Grade.DISSATISFIED in grades:
        given["reason"] = story.say("remark_bad" if round_number == 1 else "remark_bad_again")
    elif Grade.BASIC in grades:
        given["reason"] = story.say("remark_basic")
    elif rng.random() < 0.3:
        given["reason"] = story.say("remark_satisfied")
    if rng.random() < PAPER:
        line.act(
            plus(day, rng.randint(1, 5)),
            "evaluation.enter_paper",
            story.assembly_staff(),
            unit=told.share.unit,
            evaluator=key,
            round=round_number,
            **given,
        )
        return
    channel = Channel.LINK if rng.random() < BY_LINK else Channel.LOGIN
    person = story.city.proposer_by_key[key].person.key
    line.act(
        day,
        "evaluation.submit",
        person,
        unit=told.share.unit,
        evaluator=key,
        round=round_number,
        channel=channel,
        **given,
    )


def handle_again(story: Story, told: Told, line: Line, *, convinced: bool) -> None:
    """退回重办: by itself as soon as the form counts; talked over, answered anew within the month, evaluated again."""
    share, course = told.share, Course(issue=0)
    summary = story.say("contact_redo", call=story.lead_proposer.call)
    day = plus(line.day, 3)
    contact(
        story,
        line,
        share,
        ContactPhase.BEFORE,
        ContactWay.VISIT,
        day,
        summary=summary,
        response=Response.NO_VIEW,
    )
    again = Told(share)
    told.round = 2
    line.act(plus(line.day, 4), "assignment.plan", *_plan(story, share.unit), **_measures(story))
    dues = tuple(answer.due for _, answer in told.promises if answer.due)
    draft(story, line, share, Course(issue=0, dues=dues), again, round_number=2)
    review(story, line, share, course, again)
    sign(story, line, share)
    check(story, line, share, course, again)
    again.issued = line.act(
        plus(line.day, 1), "reply.issue", story.unit(share.unit).liaison.key, unit=share.unit
    )
    if again.issued is not None:
        give_form(
            story, line, again, story.item.proposers[0], plus(line.day, 6), not convinced, round_number=2
        )


def _plan(story: Story, unit: str) -> tuple[str]:
    return (story.unit(unit).liaison.key,)


def _measures(story: Story) -> dict[str, str]:
    return {
        "unit": story.item.lead,
        "person": story.handler(story.item.lead),
        "measures": "主要负责人牵头，到现场重新核实，把时间和责任人写进答复。",
    }


def fulfil(story: Story, told: Told, ref: str, answer: Answer, how: Fulfilment) -> datetime | None:
    """The promise's own thread; gives the moment of its acceptance, None while it is open."""
    assert told.issued is not None
    assert answer.due is not None
    line, share = story.line(told.issued), told.share
    handler, spot = story.handler(share.unit), {"unit": share.unit, "ref": ref}
    report(story, told.share.unit, told.issued.date(), ref, answer, how.kept_on)
    halfway = told.issued.date() + (answer.due - told.issued.date()) / 2
    if how.moved_to is not None:
        day = on_or_before(answer.due - timedelta(days=8))
        reason = story.say(f"move_reason_{SORTS[answer.point.sort]}")
        line.act(day, "promise.move_date", handler, due_on=how.moved_to, reason=reason, **spot)
    if how.kept_on is None:
        return None
    if halfway < how.kept_on and (answer.due - told.issued.date()).days > 60:
        line.act(on_or_after(halfway), "promise.reach_milestone", handler, milestone=1, **spot)
    what = f"已{answer.point.will}。佐证：{evidence(story, answer.point)}"
    claimed = line.act(
        on_or_before(how.kept_on),
        "promise.claim_done",
        handler,
        what=what,
        **reference(story, share.unit, answer, ref, how.kept_on.year),
        **spot,
    )
    if claimed is None or not how.accepted:
        return None
    accepted = line.act(
        plus(line.day, story.rng.randint(2, 6)),
        "promise.accept",
        story.registrar(),
        note=story.say("accept_note"),
        **spot,
    )
    return accepted


def revisit(story: Story, told: Told, *, open_promises: bool) -> None:
    """复查走访: a look at what came of it, some weeks after the answer or in the autumn while promises are open."""
    if told.issued is None or story.rng.random() > REVISITED:
        return
    day = plus(told.issued.date(), story.rng.randint(28, 50))
    if open_promises:
        day = max(day, plus(date(2020, 10, 12), story.rng.randint(0, 40)))
    way = story.rng.choice((ContactWay.PHONE, ContactWay.VISIT))
    contact(story, story.line(told.issued), told.share, ContactPhase.REVISIT, way, day)


def evaluate_fulfilment(story: Story, told: Told, after: datetime) -> None:
    """落实评价: asked once everything promised is settled; about half answer."""
    line = story.line(after)
    day = plus(after.date(), 2)
    contact(
        story,
        line,
        told.share,
        ContactPhase.REVISIT,
        ContactWay.VISIT,
        day,
        response=Response.UNDERSTOOD,
    )
    if story.rng.random() < 0.5:
        person = story.lead_proposer.person.key
        grade = Grade.SATISFIED if story.rng.random() < 0.88 else Grade.BASIC
        given: dict[str, Any] = {str(Dimension.FULFILMENT): grade}
        if grade != Grade.SATISFIED:
            given["reason"] = story.say("remark_basic")
        line.act(
            plus(line.day, 4),
            "evaluation.submit",
            person,
            unit=told.share.unit,
            evaluator=story.item.proposers[0],
            round=told.round,
            later=True,
            channel=Channel.LINK,
            **given,
        )


def close(
    story: Story, answered: datetime, forms: list[datetime], all_in: bool, settled: datetime | None
) -> None:
    """答复办结 once the forms are in or long overdue; 销号 once nothing promised is open, at `settled`."""
    last = max([answered, *forms])
    day = plus(last.date(), story.rng.randint(2, 6)) if all_in else plus(answered.date(), WITHOUT_ALL_FORMS)
    if day > CLOSE_BY:
        return
    line = story.line(last)
    line.act(day, "proposal.close_answer", story.registrar())
    if settled is not None:
        line.last = max(line.last or settled, settled)
        line.act(plus(line.day, story.rng.randint(1, 8)), "proposal.settle", story.registrar())


def due_days(rng: Random, issued: date, meaning: Meaning, count: int) -> tuple[date, ...]:
    """Days on which promises fall due: ends of months, the nearer the more; at most three years after the close."""
    near = [date(2020, 6, 30), date(2020, 7, 31), date(2020, 9, 30), date(2020, 10, 30), date(2020, 12, 31)]
    soon = [date(2021, 1, 20), date(2021, 1, 29), date(2021, 2, 10), date(2021, 2, 26), date(2021, 3, 31)]
    mid = [date(2021, 6, 30), date(2021, 9, 30), date(2021, 10, 31), date(2021, 12, 31)]
    far = [date(2022, 3, 31), date(2022, 6, 30), date(2022, 9, 30), date(2022, 12, 30)]
    weights = (80, 20, 0, 0) if meaning == Meaning.BEING_SOLVED else (34, 18, 28, 20)
    found = []
    for _ in range(count):
        pool = rng.choices((near, soon, mid, far), weights)[0]
        later = [day for day in pool if day > issued + timedelta(days=25)]
        found.append(rng.choice(later or mid))
    return tuple(found)


def course_of(rng: Random, due: date, issued: date) -> Fulfilment:
    """What became of a promise by the last working day."""
    luck = rng.random()
    if due <= date(2020, 12, 31):
        if luck < 0.74:
            return Fulfilment(
                kept_on=max(issued + timedelta(days=10), due - timedelta(days=rng.randint(1, 20)))
            )
        if luck < 0.86:
            moved = date(2021, rng.choice((3, 6, 9)), 30)
            return Fulfilment(moved_to=moved)
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
            return Fulfilment(moved_to=date(2021, 6, 30))
        return Fulfilment()
    if luck < 0.06:
        return Fulfilment(kept_on=LAST_DAY - timedelta(days=rng.randint(20, 90)))
    if luck < 0.11:
        return Fulfilment(moved_to=min(due + timedelta(days=92), date(2022, 12, 30)))
    return Fulfilment()
