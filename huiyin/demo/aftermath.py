"""What follows the answer: evaluations, second handling, a look at what came of it, the two closings."""

from datetime import date, datetime
from typing import Any

from huiyin.demo.answering import Course, Told, check, contact, draft, review, sign
from huiyin.demo.days import plus
from huiyin.demo.decisions import Form
from huiyin.demo.story import Line, Story
from huiyin.words import Channel, ContactPhase, ContactWay, Dimension, Grade, Response

PAPER, BY_LINK = 0.22, 0.62
BASIC_RESULT, BASIC_ATTITUDE = 0.12, 0.05
REVISITED = 0.8
CLOSE_BY = date(2021, 2, 10)
WITHOUT_ALL_FORMS = 66


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


def revisit(story: Story, told: Told, autumn: date, *, open_promises: bool) -> None:
    """复查走访: a look at what came of it, some weeks after the answer or in the autumn while promises are open."""
    if told.issued is None or story.rng.random() > REVISITED:
        return
    day = plus(told.issued.date(), story.rng.randint(28, 50))
    if open_promises:
        day = max(day, plus(autumn, story.rng.randint(0, 40)))
    way = story.rng.choice((ContactWay.PHONE, ContactWay.VISIT))
    contact(story, story.line(told.issued), told.share, ContactPhase.REVISIT, way, day)


def evaluate_fulfilment(story: Story, told: Told, after: datetime, *, dropped: bool) -> None:
    """落实评价: asked once everything promised is settled; about half answer, and few content where it was dropped."""
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
        other = Grade.DISSATISFIED if dropped else Grade.BASIC
        grade = Grade.SATISFIED if story.rng.random() < (0.2 if dropped else 0.88) else other
        given: dict[str, Any] = {str(Dimension.FULFILMENT): grade}
        if grade != Grade.SATISFIED:
            given["reason"] = story.say("remark_dropped" if dropped else "remark_basic")
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
