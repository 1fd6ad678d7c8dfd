"""The first weeks after the plenaries of 2021: every item told up to what is due next."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from random import Random

from huiyin.demo.aftermath import give_form
from huiyin.demo.answering import Course, Told, check, contact, draft, explain, issue, review
from huiyin.demo.answering import sign as sign_answer
from huiyin.demo.city import City
from huiyin.demo.days import later_moment
from huiyin.demo.decisions import TAKEN_FOR
from huiyin.demo.intake import Intake, take_in
from huiyin.demo.items import Item, Share
from huiyin.demo.plenary2021 import EARLY, Stage
from huiyin.demo.sharing import Return, ask_back, assign, plan
from huiyin.demo.story import Act, Line, Story
from huiyin.words import ContactPhase, ContactWay, Meaning, Response

ORDER = tuple(Stage)
PLAN_UNTIL = date(2021, 4, 20)
# How far the intake has come where nothing is assigned yet: received, reviewed, filed, handed over, registered.
EARLY_DAYS = (date(2021, 2, 9), date(2021, 2, 10), date(2021, 2, 18), date(2021, 2, 18), date(2021, 2, 19))
ASSIGNED = {
    Stage.TO_SIGN: (date(2021, 2, 18), date(2021, 2, 19), date(2021, 2, 10)),
    # The window of five days after 9 and 10 February ends in the holidays, hence on 18 February.
    Stage.RETURN_ASKED: (date(2021, 2, 10), date(2021, 2, 9)),
    Stage.TO_PLAN: (date(2021, 2, 9), date(2021, 2, 18)),
    Stage.CONTACT_OWED: (date(2021, 2, 5), date(2021, 2, 7)),
    Stage.OPINION_OWED: (date(2021, 2, 1), date(2021, 2, 5)),
}
FIRST_BATCH = date(2021, 1, 29)
SOON = (date(2021, 6, 30), date(2021, 9, 30), date(2021, 10, 29), date(2021, 12, 31))
DUES = (date(2021, 9, 30), date(2021, 12, 31), date(2022, 6, 30), date(2022, 12, 30))


def _intake(stage: Stage, place: int, rng: Random) -> Intake:
    if stage in EARLY:
        done = ORDER.index(stage) + 1
        days = [EARLY_DAYS[min(step, 4)] if step < done else None for step in range(6)]
        if stage in (Stage.TO_REVIEW, Stage.TO_FILE):
            days = [date(2021, 2, 18), date(2021, 2, 19) if stage == Stage.TO_FILE else None, *[None] * 4]
        received = days[0]
        assert received is not None
        return Intake(received, *days[1:])
    received = date(2021, 1, 25 + place % 3)
    handed = date(2021, 1, 28)
    return Intake(received, date(2021, 1, rng.choice((27, 28))), handed, handed, FIRST_BATCH, FIRST_BATCH)


def tell(story: Story, place: int) -> list[Act]:
    """All that has happened to an item, the one of that place among those of its stage."""
    item, stage = story.item, Stage(story.item.special["stage"])
    last = take_in(story, _intake(stage, place, story.rng))
    if stage in EARLY:
        return story.acts
    days = ASSIGNED.get(stage, (FIRST_BATCH,))
    at = later_moment(days[place % len(days)], last, story.rng)
    if stage == Stage.RETURN_ASKED:
        _ask_back(story, at)
        return story.acts
    assign(story, at, None)
    if stage == Stage.TO_SIGN:
        return story.acts
    _opinions(story, at, stage)
    line = story.line(at)
    lead = item.shares[0]
    line.act(at.date(), "assignment.sign", story.unit(lead.unit).liaison.key, unit=lead.unit)
    if stage != Stage.TO_PLAN:
        plan(story, line, lead, 1, PLAN_UNTIL)
        _on(story, line, lead, stage)
    return story.acts


def _ask_back(story: Story, at: datetime) -> None:
    """A unit asks on the last day of the window; the office has yet to rule."""
    unit = story.item.lead
    back = Return(TAKEN_FOR.get(unit, "bangongshi"), unit, 1, None)
    assign(story, at, back)
    line = story.line(at)
    ask_back(story, line, back, at.date())


def _opinions(story: Story, at: datetime, stage: Stage) -> None:
    """Co-handlers sign; who owes an opinion has not given it, the others have."""
    for share in story.item.co:
        line = story.line(at)
        unit = story.unit(share.unit)
        line.act(at.date(), "assignment.sign", unit.liaison.key, unit=share.unit)
        if ORDER.index(stage) >= ORDER.index(Stage.DRAFTING):
            text = f"对《{story.item.title}》，{unit.we}的意见是：{story.rng.choice(unit.says)}"
            line.act(
                date(2021, 2, 3),
                "assignment.give_opinion",
                story.handler(unit.key),
                unit=unit.key,
                text=text,
            )


def _on(story: Story, line: Line, share: Share, stage: Stage) -> None:
    """From the plan on, as far as it has come."""
    if stage == Stage.CONTACT_OWED:
        return
    before = (ContactWay.PHONE, ContactWay.VISIT)[story.rng.randrange(2)]
    contact(story, line, share, ContactPhase.BEFORE, before, line.day)
    if stage == Stage.OPINION_OWED:
        return
    if stage == Stage.PAUSED:
        reason, superior = story.say("pause_reason"), "省级主管部门"
        line.act(
            date(2021, 2, 5),
            "assignment.pause",
            story.registrar(),
            unit=share.unit,
            reason=reason,
            superior=superior,
        )
        return
    if stage == Stage.EXTENSION_ASKED:
        reason = story.say("extension_reason")
        line.act(
            date(2021, 2, 18),
            "assignment.ask_extension",
            story.handler(share.unit),
            unit=share.unit,
            until=date(2021, 6, 30),
            reason=reason,
        )
        return
    if story.item.mark == "C":
        explain(story, line, share, date(2021, 2, 5), Response.NOT_ACCEPTED)
    else:
        contact(story, line, share, ContactPhase.DURING, ContactWay.ON_SITE, date(2021, 2, 3))
    _answer(story, line, share, stage)


def _answer(story: Story, line: Line, share: Share, stage: Stage) -> None:
    """Drafting and what follows. So soon after the plenary nothing is done yet: each ask gets its day."""
    told = Told(share)
    days = DUES if story.item.meaning == Meaning.PLANNED else SOON
    dues = () if story.item.mark == "C" else tuple(story.rng.choice(days) for _ in story.item.points)
    course = Course(issue=0, dues=dues, sent_back=stage == Stage.DRAFTING)
    if stage == Stage.DRAFTING:
        line.not_before(date(2021, 2, 10))
    draft(story, line, share, course, told)
    if stage == Stage.DRAFTING:
        return
    if stage == Stage.IN_REVIEW:
        line.not_before(date(2021, 2, story.rng.choice((8, 9, 18))))
    review(story, line, share, course, told)
    if stage == Stage.IN_REVIEW:
        return
    if stage == Stage.TO_CHECK:
        line.not_before(date(2021, 2, 10))
    sign_answer(story, line, share)
    if stage == Stage.TO_CHECK:
        return
    check(story, line, share, course, told)
    if stage == Stage.TO_ISSUE:
        return
    unhappy = stage in (Stage.DISSATISFIED, Stage.SECOND_HANDLING)
    issue(story, line, share, course, told, content=not unhappy)
    if unhappy and told.issued is not None:
        _unhappy(story, told)


def _unhappy(story: Story, told: Told) -> None:
    """Not satisfied with the result: it is handled again by itself when every form is in, else it does not count yet."""
    line = story.line(told.issued)
    give_form(story, line, told, story.item.proposers[0], date(2021, 2, 10), True)


def acts_of_2021(city: City, items: Sequence[Item], seed: int) -> list[Act]:
    """The acts of all items, not yet in the order of time."""
    found: list[Act] = []
    told: Counter[str] = Counter()
    for item in items:
        stage = f"{item.plenary}:{item.special['stage']}"
        found += tell(Story(city, item, seed), told[stage])
        told[stage] += 1
    return found
