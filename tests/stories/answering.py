"""The answer: promised, drafted, signed, issued; and what became of it."""

from datetime import date
from typing import Any

from huiyin.handling.models import Assignment
from huiyin.people.actor import Actor
from huiyin.people.models import Post, Unit
from huiyin.promises import steps as promises
from huiyin.promises.models import Promise
from huiyin.replies import steps
from huiyin.replies.models import Reply
from huiyin.words import Role
from tests import people
from tests.people import City
from tests.stories import handling
from tests.stories.moments import at

DRAFTED = "2020-04-01"
REVIEWED = "2020-04-02"
SIGNED_OFF = "2020-04-03"
CHECKED = "2020-04-07"
ISSUED = "2020-04-10"
CLAIMED = "2021-11-10"
ACCEPTED = "2021-11-20"
PROMISED_FOR = date(2021, 12, 31)

# What a draft says with each of the test pack's marks, as R3 wants it.
SAYS: dict[str, dict[str, Any]] = {
    "A": {
        "meaning": "solved",
        "meaning_note": "两所幼儿园已招生（招生公告）",
        "completed_on": date(2020, 3, 30),
    },
    "B": {"meaning": "planned", "meaning_note": "已列入建设计划"},
    "C": {"meaning": "reference", "meaning_note": "现行政策不允许"},
}


def leader_of(city: City, unit: Unit) -> Actor:
    """The leader of a unit; one is appointed where the named people have none."""
    post = Post.objects.filter(unit=unit, role=Role.UNIT_LEADER).first()
    return Actor.of(post) if post else people.actor(f"{unit.name}负责人", Role.UNIT_LEADER, city.here, unit)


def drafter_of(city: City, unit: Unit) -> Actor:
    return city.zhou_ning if unit == city.education else handling.person_of(city, unit)


def at_work(city: City, **given: Any) -> Assignment:
    """市教育局 has planned and talked with the proposer."""
    share = handling.planned(city, **given)
    handling.contacted(city, share)
    return share


def at_work_on(city: City, share: Assignment) -> Assignment:
    """The same for a share that has been given already; the proposer need not be 陈一鸣."""
    share = handling.planned(city, handling.signed(city, share))
    handling.contacted(city, share, proposer=None)
    return share


def explained(city: City, share: Assignment, *, when: str = "2020-03-20") -> None:
    """It was explained to the proposer why it can't be done, and understood."""
    handling.contacted(
        city, share, when=when, phase="during", explained="现行政策不允许", response="understood"
    )


def promised(city: City, share: Assignment, *, when: str = DRAFTED, **given: Any) -> Promise:
    given = {"what": "新建两所公办幼儿园", "due_on": PROMISED_FOR} | given
    return promises.make(share, actor=drafter_of(city, share.unit), at=at(when), **given).subject


def answers(share: Assignment) -> list[dict[str, Any]]:
    """An answer to every point of the item and of those handled with it."""
    from huiyin.promises.points import points_of

    return [
        {"point": point, "disposition": "adopted", "text": f"第{point.number}条已采纳"}
        for point in points_of(share.proposal)
    ]


def drafted(
    city: City,
    share: Assignment | None = None,
    *,
    mark: str = "B",
    when: str = DRAFTED,
    title: str = "",
    **given: Any,
) -> Reply:
    """A complete draft: every point answered, the mark with what it needs. Without a share, of an item of its own."""
    share = share or at_work(city, **({"title": title} if title else {}))
    given = SAYS.get(mark, {}) | {"text": "您的提案收悉，答复如下。", "answers": answers(share)} | given
    if mark == "B" and not share.promises.drafted().exists():
        promised(city, share, when=when)
    if mark == "C":
        explained(city, share)
    return steps.draft(share, actor=drafter_of(city, share.unit), at=at(when), mark=mark, **given).subject


def submitted(city: City, reply: Reply | None = None, *, when: str = REVIEWED, **given: Any) -> Reply:
    reply = reply or drafted(city, **given)
    return steps.submit(reply, actor=drafter_of(city, reply.assignment.unit), at=at(when)).subject


def signed_off(city: City, reply: Reply | None = None, *, when: str = SIGNED_OFF, **given: Any) -> Reply:
    reply = submitted(city, reply, **given)
    return steps.sign(
        reply, actor=leader_of(city, reply.assignment.unit), at=at(when), document_number="淄教函〔2020〕8号"
    ).subject


def issued(
    city: City,
    share: Assignment | None = None,
    *,
    reply: Reply | None = None,
    when: str = ISSUED,
    went_without: str = "",
    **given: Any,
) -> Reply:
    """Drafted, reviewed, signed and sent to the proposer."""
    reply = reply or signed_off(city, share=share, **given)
    more = {"went_without": went_without} if went_without else {}
    return steps.issue(
        reply, actor=handling.person_of(city, reply.assignment.unit), at=at(when), **more
    ).subject


def promise_in_force(city: City, **given: Any) -> Promise:
    """The promise of an issued reply marked B."""
    return issued(city, **given).assignment.promises.get()


def claimed(city: City, promise: Promise | None = None, *, when: str = CLAIMED) -> Promise:
    promise = promise or promise_in_force(city)
    return promises.claim_done(
        promise,
        actor=city.zhou_ning,
        at=at(when),
        what="两所幼儿园已投用",
        document_number="淄教字〔2021〕3号",
    ).subject


def kept(city: City, promise: Promise | None = None, *, when: str = ACCEPTED) -> Promise:
    promise = claimed(city, promise)
    return promises.accept(promise, actor=city.lin_lan, at=at(when)).subject
