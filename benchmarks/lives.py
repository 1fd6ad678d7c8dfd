"""Lives of items through real steps: the mix that is timed, and the year from which the large tables are cloned."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from huiyin.evaluations.models import Evaluation
from huiyin.evaluations.steps import enter_paper
from huiyin.handling.steps import close_answer, settle
from huiyin.people.models import Proposer
from huiyin.promises.steps import accept, claim_done
from huiyin.proposals.models import Proposal
from huiyin.replies.models import Reply
from tests.people import City, proposer
from tests.stories import answering, evaluating, handling, intake
from tests.stories.moments import at

YEAR = 436  # items of one plenary, as in the made city
IN_HAND = 64  # of them, still at some stage
CLOSED = "2020-05-15"
SETTLED = "2021-12-20"
TEXT = "近年来，中心城区适龄儿童逐年增加，部分片区学位不足，家长接送距离较远，建议统筹规划、分步实施。" * 12


def pool(city: City) -> list[Proposer]:
    """Proposers without a log-in, who evaluate on paper."""
    return [proposer(f"委员{n}", city.here) for n in range(1, 41)]


def of_item(city: City, people: list[Proposer], n: int) -> City:
    """The same city, seen from an item with proposers of its own."""
    return replace(city, lead_proposer=people[n % len(people)], co_signers=[people[(n + 1) % len(people)]])


def _assigned(city: City, n: int) -> Any:
    lead = (city.education, city.land, city.water)[n % 3]
    proposal = intake.classified(city, title=f"关于改善第{n}片区公共服务的提案", text=TEXT)
    return handling.assigned(city, proposal, lead=lead, co=[city.police])


def _contacted(city: City, n: int) -> Any:
    share = handling.planned(city, handling.signed(city, _assigned(city, n)))
    handling.contacted(city, share)
    handling.opinion_given(city, handling.share(share.proposal, city.police))
    return share


def _issued(city: City, n: int) -> Any:
    return answering.issued(city, _contacted(city, n), mark="ABC"[n % 3])


def _evaluated(city: City, n: int) -> Any:
    grades = {"result": "basic"} if n % 4 == 0 else {}
    return evaluating.evaluated(city, _issued(city, n), **grades)


def whole(city: City, n: int) -> Proposal:
    """From the assembly to the closed answer; every second promise is carried out, accepted and judged, and the item
    settled."""
    reply = _evaluated(city, n)
    proposal = reply.assignment.proposal
    close_answer(proposal, actor=city.lin_lan, at=at(CLOSED))
    if n % 2:
        _kept(city, reply)
    if not reply.assignment.promises.open().exists():
        settle(proposal, actor=city.lin_lan, at=at(SETTLED))
    return proposal


def _kept(city: City, reply: Reply) -> None:
    actor = answering.drafter_of(city, reply.assignment.unit)
    for promise in reply.assignment.promises.in_force():
        claim_done(promise, actor=actor, at=at(answering.CLAIMED), what="已投用", document_number="8号")
        accept(promise, actor=city.lin_lan, at=at(answering.ACCEPTED))
    for form in Evaluation.objects.waiting().of_reply(reply, later=True).order_by("id"):
        enter_paper(
            reply,
            actor=city.staff,
            at=at(SETTLED),
            evaluator=form.evaluator,
            later=True,
            fulfilment="satisfied",
        )


def _drafted(city: City, n: int) -> Any:
    return answering.drafted(city, _contacted(city, n), mark="ABC"[n % 3])


STAGES: tuple[Callable[[City, int], Any], ...] = (
    lambda city, n: intake.received(city, title=f"第{n}件", text=TEXT),
    lambda city, n: intake.filed(city, title=f"第{n}件", text=TEXT),
    lambda city, n: intake.handed_over(city, title=f"第{n}件", text=TEXT),
    lambda city, n: intake.classified(city, title=f"第{n}件", text=TEXT),
    _assigned,
    lambda city, n: handling.signed(city, _assigned(city, n)),
    lambda city, n: handling.planned(city, handling.signed(city, _assigned(city, n))),
    _contacted,
    _drafted,
    lambda city, n: answering.submitted(city, _drafted(city, n)),
    lambda city, n: answering.signed_off(city, _drafted(city, n)),
    _issued,
    _evaluated,
    lambda city, n: evaluating.dissatisfied(city, _issued(city, n)),
)


def year(city: City) -> None:
    """A plenary of 436: most are finished, the others wait at every stage, proposed by 陈一鸣, who logs in."""
    people = pool(city)
    for n in range(1, YEAR - IN_HAND + 1):
        whole(of_item(city, people, n), n)
    for n in range(YEAR - IN_HAND + 1, YEAR + 1):
        STAGES[n % len(STAGES)](replace(city, co_signers=city.co_signers[1:]), n)
