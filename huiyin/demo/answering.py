"""承办 to 答复 of one answering share: contacts, extension, pause, draft with its promises, review, check, issue."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huiyin.demo.days import plus
from huiyin.demo.items import Item, Share
from huiyin.demo.letters import Answer, address, answer_to, evidence, letter, milestone
from huiyin.demo.story import Line, Story
from huiyin.words import (
    ContactPhase,
    ContactWay,
    Meaning,
    Response,
    Ruling,
    UnitRole,
)

WORKS_MILESTONE_DAYS = 60
CONFIRMED = 0.3


@dataclass(frozen=True)
class Course:
    """How a share comes to its answer, in working days after it was signed for.

    dues: the days on which what is promised falls due, one for each promise, in the order of the points.
    extend: to which day, asked for on `asked` or a few days later.
    """

    issue: int
    dues: tuple[date, ...] = ()
    extend: date | None = None
    asked: date | None = None
    pause: bool = False
    sent_back: bool = False
    failed_check: bool = False
    went_without: tuple[str, ...] = ()

    @property
    def goes_back(self) -> bool:
        """The first version lacks something; the one after it is whole."""
        return self.sent_back or self.failed_check


@dataclass
class Told:
    """What the answer said, for those who tell what became of it."""

    share: Share
    answers: list[Answer] = field(default_factory=list)
    text: str = ""
    issued: datetime | None = None
    round: int = 1
    promises: list[tuple[str, Answer]] = field(default_factory=list)


def contact(
    story: Story, line: Line, share: Share, phase: ContactPhase, way: ContactWay, day: date, **more: Any
) -> None:
    """A contact with the lead proposer, worded for the phase and way; some proposers confirm it soon after."""
    summary = more.pop("summary", None) or story.say(f"contact_{phase}_{way}", call=address(story))
    story.contacts += 1
    ref = f"c{story.contacts}"
    logged = line.act(
        day,
        "contact.log",
        story.handler(share.unit),
        unit=share.unit,
        ref=ref,
        phase=phase,
        way=way,
        proposer=story.item.proposers[0],
        summary=summary,
        **more,
    )
    if logged is not None and story.rng.random() < CONFIRMED:
        person = story.lead_proposer.person.key
        story.line(logged).act(plus(day, 1), "contact.confirm", person, unit=share.unit, ref=ref)


def before_answer(story: Story, line: Line, share: Share, course: Course) -> None:
    """Contacts before and during, an extension or a pause where there was one."""
    start, rng = line.day, story.rng
    way = rng.choices((ContactWay.PHONE, ContactWay.VISIT, ContactWay.TALK), (55, 25, 20))[0]
    contact(story, line, share, ContactPhase.BEFORE, way, plus(start, rng.randint(1, 3)))
    if course.pause:
        registrar = story.registrar()
        line.act(
            plus(start, 6),
            "assignment.pause",
            registrar,
            unit=share.unit,
            reason=story.say("pause_reason"),
            superior="省级主管部门",
        )
        outcome = story.say("resume_note")
        line.act(plus(line.day, 10), "assignment.resume", registrar, unit=share.unit, outcome=outcome)
    way = rng.choices((ContactWay.ON_SITE, ContactWay.TALK, ContactWay.PHONE), (50, 25, 25))[0]
    contact(story, line, share, ContactPhase.DURING, way, plus(start, max(2, course.issue // 2)))
    if course.extend is not None and course.asked is not None:
        asked = plus(course.asked, rng.randint(0, 5))
        reason = story.say("extension_reason")
        handler = story.handler(share.unit)
        line.act(
            asked, "assignment.ask_extension", handler, unit=share.unit, until=course.extend, reason=reason
        )
        line.act(
            plus(line.day, rng.randint(1, 2)),
            "assignment.rule_extension",
            story.registrar(),
            unit=share.unit,
            ruling=Ruling.GRANTED,
            until=course.extend,
            reason=story.say("extension_note"),
        )


def _answers(story: Story, share: Share, course: Course, *, again: bool) -> list[Answer]:
    """To the points of this share and of what is merged into the item; the first so many are promised."""
    item = story.item
    pairs: list[tuple[Item, int]] = [(item, n) for n in range(len(item.points))]
    if share.role == UnitRole.SEPARATE:
        pairs = pairs[:1] if share == item.shares[0] else pairs[1:]
    pairs += [(other, n) for other in story.merged for n in range(len(other.points))]
    dues = list(course.dues)
    found = []
    for owner, place in pairs:
        due = dues.pop(0) if dues else None
        found.append(answer_to(story, owner, owner.points[place], due, share.unit, again=again))
    return found


def explain(story: Story, line: Line, share: Share, day: date, response: Response) -> None:
    """S4: what cannot be done is explained to the proposer before the answer goes out."""
    why = " ".join(point.why_not for point in story.item.points)
    name = "contact_explain" if response == Response.UNDERSTOOD else "contact_explain_refused"
    contact(
        story,
        line,
        share,
        ContactPhase.DURING,
        ContactWay.TALK,
        day,
        summary=story.say(name, call=address(story)),
        explained=why,
        response=response,
    )


def draft(story: Story, line: Line, share: Share, course: Course, told: Told, round_number: int = 1) -> None:
    """The draft with an answer to each ask, the mark and what it needs, and the promises in it."""
    item, unit = story.item, story.unit(share.unit)
    told.answers = _answers(story, share, course, again=round_number > 1)
    told.text = letter(story, unit.key, told.answers, round_number)
    promised = [answer for answer in told.answers if answer.due]
    meaning = item.meaning if promised or item.mark == "C" else Meaning.SOLVED
    mark = item.mark if promised or item.mark == "C" else "A"
    more: dict[str, Any] = {}
    if meaning == Meaning.SOLVED:
        more = {"completed_on": line.day, "meaning_note": f"佐证：{evidence(story, item.points[0])}"}
    elif mark == "C":
        more = {"meaning_note": item.points[0].why_not}
    line.act(
        line.day,
        "reply.draft",
        story.handler(unit.key),
        unit=unit.key,
        round=round_number,
        text=told.text if not course.goes_back else told.text.rsplit("\n", 1)[0],
        answers=tuple(answer.row() for answer in told.answers),
        mark=mark,
        meaning=meaning,
        contact_person=unit.liaison.name,
        contact_phone=unit.liaison.phone,
        publicity=item.publicity,
        **more,
    )
    if round_number == 1:
        _promise(story, line, share, told, promised)


def _promise(story: Story, line: Line, share: Share, told: Told, promised: list[Answer]) -> None:
    for number, answer in enumerate(promised, 1):
        assert answer.due is not None
        halfway = line.day + (answer.due - line.day) / 2
        steps: tuple[dict[str, Any], ...] = ()
        if (answer.due - line.day).days > WORKS_MILESTONE_DAYS:
            steps = ({"what": milestone(answer.point), "due_on": halfway},)
        ref = f"p{number}"
        line.act(
            line.day,
            "promise.make",
            story.handler(share.unit),
            unit=share.unit,
            ref=ref,
            what=answer.point.will,
            due_on=answer.due,
            owner=story.handler(share.unit),
            points=((answer.item.key, answer.point.number),),
            milestones=steps,
        )
        told.promises.append((ref, answer))


def review(story: Story, line: Line, share: Share, course: Course, told: Told) -> None:
    """送审、退回、签发 in the unit."""
    unit, handler = story.unit(share.unit), story.handler(share.unit)
    line.act(plus(line.day, 1), "reply.submit", handler, unit=unit.key)
    if course.sent_back:
        reason = story.say("send_back_unit")
        line.act(plus(line.day, 1), "reply.send_back", unit.leader.key, unit=unit.key, reason=reason)
        line.act(line.day, "reply.revise", handler, unit=unit.key, text=told.text)
        line.act(line.day, "reply.submit", handler, unit=unit.key)


def sign(story: Story, line: Line, share: Share) -> None:
    line.act(plus(line.day, 1), "reply.sign", story.unit(share.unit).leader.key, unit=share.unit)
    line.act(line.day, "reply.to_check", story.unit(share.unit).liaison.key, unit=share.unit)


def check(story: Story, line: Line, share: Share, course: Course, told: Told) -> None:
    """政府办审核, sent back once where it had to be."""
    registrar, unit = story.registrar(), story.unit(share.unit)
    if course.failed_check:
        reason = story.say("send_back_office")
        line.act(plus(line.day, 1), "reply.fail_check", registrar, unit=unit.key, reason=reason)
        line.act(line.day, "reply.revise", story.handler(unit.key), unit=unit.key, text=told.text)
        line.act(line.day, "reply.submit", story.handler(unit.key), unit=unit.key)
        sign(story, line, share)
    line.act(plus(line.day, 1), "reply.pass_check", registrar, unit=unit.key)


def issue(
    story: Story, line: Line, share: Share, course: Course, told: Told, *, content: bool = True
) -> None:
    """答复 to the proposer, and the contact in which it is gone through; who is not content says so on the form."""
    unit, more = story.unit(share.unit), {}
    if course.went_without:
        names = "、".join(story.unit(key).short_name for key in course.went_without)
        more = {
            "went_without": f"{names}的会办意见经两次催办仍未收到，为不误答复期限，先行答复，意见收到后补告。"
        }
    told.issued = line.act(plus(line.day, 1), "reply.issue", unit.liaison.key, unit=unit.key, **more)
    if told.issued is not None:
        way = story.rng.choice((ContactWay.VISIT, ContactWay.TALK, ContactWay.PHONE))
        contact(
            story,
            line,
            share,
            ContactPhase.AFTER,
            way,
            plus(line.day, story.rng.randint(0, 1)),
            summary=None if content else story.say("contact_after_reserved", call=address(story)),
            response=Response.UNDERSTOOD if content else Response.NO_VIEW,
        )
