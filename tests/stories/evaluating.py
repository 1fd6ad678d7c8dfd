"""The proposer's judgement: forms given, counted, and handled again where they are dissatisfied."""

from typing import Any

from huiyin.evaluations import steps
from huiyin.evaluations.models import Evaluation, SecondHandling
from huiyin.people.actor import Actor
from huiyin.people.models import Proposer
from huiyin.replies import steps as replies
from huiyin.replies.models import Reply
from huiyin.words import Role
from tests.people import City
from tests.stories import answering, handling
from tests.stories.moments import at

EVALUATED = "2020-04-20"
REDRAFTED = "2020-05-06"
REISSUED = "2020-05-12"
EVALUATED_AGAIN = "2020-05-20"


def form_of(reply: Reply, evaluator: Proposer, *, later: bool = False) -> Evaluation:
    return Evaluation.objects.live().of_reply(reply, later=later).get(evaluator=evaluator)


def proposer_actor(city: City, proposer: Proposer) -> Actor | None:
    person = proposer.person
    return Actor(person, Role.PROPOSER, city.here) if person else None


def given(
    city: City,
    form: Evaluation,
    *,
    attitude: str = "satisfied",
    result: str = "satisfied",
    when: str = EVALUATED,
    **more: Any,
) -> Evaluation:
    """By log-in, or on paper where the evaluator has none."""
    grades: dict[str, Any] = {"attitude": attitude, "result": result} | more
    if {attitude, result} != {"satisfied"}:
        grades.setdefault("reason", "希望加快")
    actor = proposer_actor(city, form.evaluator)
    if actor:
        return steps.submit(form, actor=actor, at=at(when), **grades).subject
    return steps.enter_paper(
        form.reply, actor=city.staff, at=at(when), evaluator=form.evaluator, **grades
    ).subject


def evaluated(city: City, reply: Reply | None = None, *, when: str = EVALUATED, **grades: Any) -> Reply:
    """The lead proposer gives these grades, the others are satisfied; the last form makes all of them count."""
    reply = reply or answering.issued(city)
    for form in Evaluation.objects.waiting().of_reply(reply).order_by("id"):
        given(city, form, when=when, **(grades if form.evaluator == city.lead_proposer else {}))
    reply.refresh_from_db()
    return reply


def dissatisfied(city: City, reply: Reply | None = None, **more: Any) -> SecondHandling:
    """The result does not satisfy; what follows is as the pack says."""
    reply = evaluated(city, reply, result="dissatisfied", **more)
    return SecondHandling.objects.filter(evaluation__reply=reply).get()


def answered_again(
    city: City, second: SecondHandling, *, mark: str = "B", drafted: str = REDRAFTED, issued: str = REISSUED
) -> Reply:
    """The share answers once more in the new round."""
    share = second.share
    share.refresh_from_db()
    reply = answering.drafted(city, share, mark=mark, when=drafted, text="再次研究后答复如下。")
    replies.submit(reply, actor=answering.drafter_of(city, share.unit), at=at(drafted))
    reply = replies.sign(reply, actor=answering.leader_of(city, share.unit), at=at(drafted)).subject
    return replies.issue(reply, actor=handling.person_of(city, share.unit), at=at(issued)).subject
