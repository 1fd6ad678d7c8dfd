"""What ends or is corrected late takes with it what hangs on it: forms, second handlings, the moments beside a step."""

import pytest
from django.apps import apps

from huiyin.clock.now import at as clock_at
from huiyin.desks.rows import redo_proposed
from huiyin.evaluations import steps as evaluations
from huiyin.evaluations.models import Evaluation
from huiyin.handling import steps as handling_steps
from huiyin.journal.step import STEPS, Refused
from huiyin.people.steps import BESIDE, correct
from huiyin.promises import steps as promises
from huiyin.proposals import check
from huiyin.reporting.figures import figures_of
from tests.packs_for_tests import pack_version
from tests.stories import answering, evaluating, handling
from tests.stories.moments import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _late_in_the_year():
    with clock_at(at("2021-12-31")):
        yield
    assert list(check.problems()) == []


def figure(city, code, day):
    return next(one for one in figures_of(city.plenary, at(day).date()) if one.code == code)


def test_nobody_is_asked_about_an_item_that_is_withdrawn(city):
    reply = answering.issued(city)
    handling_steps.withdraw(
        reply.proposal,
        actor=city.staff,
        at=at("2020-04-15"),
        reason="已另行解决",
        agreed=list(reply.proposal.signers()),
    )
    assert set(Evaluation.objects.values_list("state", flat=True)) == {"revoked"}


def test_what_is_withdrawn_is_not_handled_again(city):
    pack_version(second_handling="assembly_office")
    second = evaluating.dissatisfied(city)
    assert list(redo_proposed(city.staff)) == [second]
    handling_steps.withdraw(
        second.proposal,
        actor=city.staff,
        at=at("2020-05-15"),
        reason="已另行解决",
        agreed=list(second.proposal.signers()),
    )
    assert not redo_proposed(city.staff).exists()
    with pytest.raises(Refused, match="现在是“已撤案”，不能再决定重办"):
        evaluations.order(second, actor=city.staff)


def test_who_no_longer_signs_is_no_longer_asked(city):
    reply = answering.issued(city)
    signature = reply.proposal.signers().get(proposer=city.co_signers[0])
    handling_steps.withdraw_signature(
        signature, actor=city.co_signer, at=at("2020-04-15"), reason="已有新的考虑"
    )
    waiting = Evaluation.objects.waiting().values_list("evaluator__name", flat=True)
    assert set(waiting) == {"陈一鸣", "赵强"}


def test_a_share_that_has_answered_once_is_not_taken_away_while_it_answers_again(city):
    second = evaluating.dissatisfied(city)
    with pytest.raises(Refused, match="已经答复，不能再撤销交办"):
        handling_steps.cancel(second.share, actor=city.lin_lan, reason="误交")


def test_a_return_that_was_dated_wrongly_counts_from_its_corrected_day(city):
    share = handling.assigned(city)
    handling_steps.ask_return(share, actor=city.chen_jing, at=at("2020-03-05"), reason="不属本单位职责")
    ruled = handling_steps.rule_return(share, actor=city.lin_lan, at=at("2020-03-20"), ruling="granted")
    assert figure(city, "reply.rate", "2020-03-10").of == 1
    correct(ruled, actor=city.lin_lan, to=at("2020-03-06"), reason="裁定日期录错")
    assert figure(city, "reply.rate", "2020-03-10").of == 0
    share.refresh_from_db()
    assert share.returned_at == at("2020-03-06") == share.returnrequests.get().ruled_at


def test_a_slip_that_was_dated_wrongly_counts_from_its_corrected_day(city):
    promise = answering.promise_in_force(city)
    moved = promises.move_date(
        promise, actor=city.zhou_ning, at=at("2021-11-20"), due_on=at("2022-06-30").date(), reason="缓建"
    )
    correct(moved, actor=city.lin_lan, to=at("2021-11-10"), reason="日期录错")
    assert promise.due_dates.get().moved_at == at("2021-11-10")


def test_moments_beside_a_step_are_of_known_steps_and_fields():
    assert set(BESIDE) <= set(STEPS)
    for model, link, name in (entry for entries in BESIDE.values() for entry in entries):
        assert apps.get_model(model)._meta.get_field(name).get_internal_type() == "DateTimeField"
        apps.get_model(model).objects.filter(**{link: 1})  # refused where no such way leads to the step's row
