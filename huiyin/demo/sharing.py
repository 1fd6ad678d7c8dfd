"""交办 to 定案: shares assigned, signed for, asked to be returned and ruled on, planned; co-opinions given."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from huiyin.demo.days import moment, plus
from huiyin.demo.items import Share
from huiyin.demo.story import Act, Line, Story
from huiyin.words import Ruling, UnitRole

# The opinion is due a month after assignment, about so many working days.
LATE_FROM = 21


@dataclass(frozen=True)
class Return:
    """A return asked for: by whom, so many working days after assignment, and what the office rules.

    granted: the item's own unit takes the share over from `unit`. Refused, `unit` is the item's own and `other` the
    one it had proposed. ruled None: still waiting.
    """

    unit: str
    other: str
    asked_after: int
    ruling: Ruling | None
    ruled_after: int = 2


def assign(story: Story, at: datetime, back: Return | None) -> None:
    """Every share at once; where it is to come back, the lead's first goes to the wrong unit."""
    registrar = story.registrar()
    for share in story.item.shares:
        unit = share.unit
        wrong = back is not None and back.ruling != Ruling.REFUSED and share == story.item.shares[0]
        if wrong and back is not None:
            unit = back.unit
        story.acts.append(
            Act(
                at,
                "assignment.assign",
                registrar,
                story.item.key,
                unit,
                data={"role": share.role, "part": share.part},
            )
        )


def sign_day(unit: str, assigned: date, seed: str) -> date:
    """A unit signs for all that it gets on one day in one go, within two working days."""
    return plus(assigned, Random(f"sign:{seed}:{unit}:{assigned}").choice((0, 0, 1, 1, 2)))


def sign(story: Story, share: Share, at: datetime, back: Return | None) -> Line:
    """签收, after a return where one was asked for; gives the share's thread from then on."""
    line = story.line(at)
    liaison = story.unit(share.unit).liaison.key
    if back is None or share != story.item.shares[0]:
        line.act(sign_day(share.unit, at.date(), "c"), "assignment.sign", liaison, unit=share.unit)
        return line
    ask_back(story, line, back, at.date())
    if back.ruling == Ruling.GRANTED:
        line.act(plus(line.day, 1), "assignment.sign", liaison, unit=share.unit)
    elif back.ruling == Ruling.REFUSED:
        line.act(plus(line.day, 0), "assignment.sign", liaison, unit=share.unit)
    return line


def ask_back(story: Story, line: Line, back: Return, assigned: date) -> None:
    """申请退办 in writing with a unit proposed, and the office's ruling."""
    unit, other = story.unit(back.unit), story.unit(back.other)
    reason = story.say("return_reason", other=other.name, we=unit.we)
    line.act(
        plus(assigned, back.asked_after),
        "assignment.ask_return",
        unit.liaison.key,
        unit=unit.key,
        reason=reason,
        proposed=other.key,
    )
    if back.ruling is None:
        return
    granted = back.ruling == Ruling.GRANTED
    said = "return_granted" if granted else "return_refused"
    more = {"to": other.key} if granted else {}
    line.act(
        plus(line.day, back.ruled_after),
        "assignment.rule_return",
        story.registrar(),
        unit=unit.key,
        ruling=back.ruling,
        reason=story.say(said, unit=unit.name, other=other.name),
        **more,
    )


def plan(story: Story, line: Line, share: Share, after: int, until: date) -> None:
    """定人、定案、定时."""
    unit = story.unit(share.unit)
    measures = story.say("plan_measures", division=unit.division, month=str((line.day.month + 1) % 12 + 1))
    line.act(
        plus(line.day, after),
        "assignment.plan",
        unit.liaison.key,
        unit=unit.key,
        person=story.handler(unit.key),
        measures=measures,
        until=until,
    )


def give_opinions(story: Story, at: datetime, late: dict[str, int], spread: tuple[int, int]) -> datetime:
    """会办意见 of every co-handler; `late` adds working days by unit. Gives the moment of the last one."""
    last = at
    for share in story.item.co:
        line = sign(story, share, at, None)
        unit = story.unit(share.unit)
        text = " ".join(story.rng.sample(unit.says, k=story.rng.choice((1, len(unit.says)))))
        days = LATE_FROM + late[share.unit] if share.unit in late else story.rng.randint(*spread)
        if late.get(share.unit):
            text = f"{text}{story.say('co_late')}"
        given = line.act(
            plus(at.date(), days),
            "assignment.give_opinion",
            story.handler(share.unit),
            unit=share.unit,
            text=f"对《{story.item.title}》，{unit.we}的意见是：{text}".replace("。 ", "。"),
        )
        last = max(last, given or last)
    return last


def answering(story: Story) -> list[Share]:
    return [share for share in story.item.shares if share.role != UnitRole.CO]


def meeting_moment(rng: Random, day: date) -> datetime:
    """A moment of the assignment meeting, which takes the morning."""
    return moment(day, rng.randint(570, 690))
