"""计入: evaluations count together, when all forms on a reply are in or the time for them is over; then units see them.

What counts as dissatisfied leads to a second handling, or, after the last round, to what the pack says follows it.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from huiyin.clock.alerts import every_turn
from huiyin.clock.models import Deadline
from huiyin.clock.now import day_of, now, today
from huiyin.evaluations.asked import is_dissatisfied
from huiyin.evaluations.models import Evaluation, Rating, SecondHandling
from huiyin.evaluations.steps.second import MAY_GO_ON, propose
from huiyin.journal.models import Event
from huiyin.journal.prepared import Prepared
from huiyin.journal.step import Call, after, requirement, step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.tell import assembly_staff_of, registrars, unit_people
from huiyin.replies.models import Reply
from huiyin.words import DeadlineName, EvaluationState, ProposalState


@requirement(done=True)
def not_counted_yet(call: Call) -> str | None:
    return "这张意见表已经计入。" if call.obj.counted_at else None


@step(
    "evaluation.count",
    label="计入评价",
    on="evaluations.Evaluation",
    who=who.system | who.registrar | who.assembly_staff,
    source={EvaluationState.SUBMITTED},
    stamps="counted_at",
    requires=[not_counted_yet],
    tell=[unit_people],
    sentence="评价计入：{grades}",
)
def count(form: Evaluation, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """R4: from now on the unit sees it."""
    ratings = _ratings(form.pk)
    return {
        "round": form.round,
        "later": form.later,
        "ratings": {rating.dimension: rating.grade for rating in ratings},
        "grades": "、".join(str(rating) for rating in ratings),
    }


@Prepared
def _ratings(form: int) -> QuerySet[Rating]:
    return Rating.objects.filter(evaluation=form).order_by("id")


@Prepared
def _uncounted(reply: int, later: bool) -> QuerySet[Evaluation]:
    return Evaluation.objects.uncounted().of_reply(reply, later=later).order_by("id")


@Prepared
def _waiting(reply: int, later: bool) -> Any:
    return Evaluation.objects.waiting().of_reply(reply, later=later).order_by().values_list("pk")


def count_all(reply: Reply, *, at: datetime, later: bool = False) -> list[Event]:
    """Every form on the reply that has been given and does not count yet."""
    system = Actor.system(reply.proposal.jurisdiction)
    return [count(form, actor=system, at=at) for form in _uncounted(reply.pk, later)]


@after("evaluation.submit")
@after("evaluation.enter_paper")
def count_when_all_are_in(event: Event) -> None:
    """The last form of a reply makes all of them count; one that comes in later counts at once."""
    form: Evaluation = event.subject
    if form.reply and not _waiting(form.reply_id, form.later):
        count_all(form.reply, at=event.at, later=form.later)


def count_due(on: date, at: datetime) -> list[Event]:
    """期满: what has been given counts where the feedback deadline of the forms still out has passed.

    For the clock's run; a reply with a form that may still come in is left alone.
    """
    late = Deadline.objects.filter(name=DeadlineName.FEEDBACK, cancelled_at=None, met_at=None)
    running = late.filter(due_on__gte=on).values("evaluation__reply")
    replies = Reply.objects.filter(
        evaluations__in=Evaluation.objects.uncounted(),
        pk__in=late.filter(due_on__lt=on).values("evaluation__reply"),
    ).exclude(pk__in=running)
    return [event for reply in replies.distinct().order_by("pk") for event in count_all(reply, at=at)]


@every_turn
def count_what_is_due() -> None:
    count_due(today(), now())


@after("evaluation.count")
def follow_up(event: Event) -> None:
    """不满意: a second handling is proposed, once a round; after the last one the pack says what follows."""
    form: Evaluation = event.subject
    if form.later or form.reply is None or event.history or not is_dissatisfied(form):
        return
    if form.proposal.state not in MAY_GO_ON:
        return  # it is settled or over: the form counts, and nothing is handled again
    share = form.reply.assignment
    if share.round != form.round or SecondHandling.objects.filter(share=share, round=form.round + 1).exists():
        return
    system = Actor.system(form.proposal.jurisdiction)
    done = SecondHandling.objects.were_ordered().filter(share=share).count()
    if done < int(form.proposal.option("second_handling_rounds")):
        closed = form.proposal.state == ProposalState.ANSWER_CLOSED
        propose(form, actor=system, at=now() if closed else event.at)  # until today the answer stood closed
    elif not form.proposal.events.filter(code="evaluation.exhaust", facts__reply=form.reply_id).exists():
        exhaust(form, actor=system, at=event.at)


@step(
    "evaluation.exhaust",
    label="重办次数已满",
    on="evaluations.Evaluation",
    who=who.system,
    automatic=True,
    tell=[registrars, assembly_staff_of, unit_people],
    sentence="重办次数已满，提案者仍不满意",
)
def exhaust(form: Evaluation, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """No further round; what follows the last is the pack's choice and is seen to when the answer is closed."""
    then = form.proposal.option("after_last_round")
    return {"round": form.round, "reply": form.reply_id, "then": then, "day": day_of(at).isoformat()}
