"""撤案、撤回联名与作废 (proposal.withdraw, proposership.withdraw, proposal.void)."""

import pytest

from huiyin.handling import steps
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.proposals.models import Proposal, Proposership
from tests.packs_for_tests import pack_version
from tests.stories import handling, intake
from tests.stories.moments import at


def withdraw(city, proposal, actor=None, **given):
    return steps.withdraw(
        proposal, actor=actor or city.staff, at=at("2020-03-20"), reason="情况已经变化", **given
    )


def leave(city, signature, actor=None):
    return steps.withdraw_signature(
        signature, actor=actor or city.staff, at=at("2020-03-20"), reason="不再联名"
    )


def signature_of(proposal, name):
    return Proposership.objects.get(proposal=proposal, proposer__name=name)


def test_a_single_item_is_withdrawn_by_its_proposer(city):
    proposal = intake.registered(city, proposers=[city.lead_proposer])
    assert withdraw(city, proposal, city.chen_yiming).subject.state == "withdrawn"
    proposal.refresh_from_db()
    assert proposal.answer_stage == "ended"


def test_after_assignment_its_shares_are_cancelled_with_it(city):
    share = handling.planned(city, co=[city.police])
    event = withdraw(city, share.proposal, agreed=list(share.proposal.signers()))
    states = set(share.proposal.assignments.values_list("state", flat=True))
    assert states == {"cancelled"}
    assert set(event.children.values_list("code", flat=True)) == {"assignment.cancel"}
    assert not share.proposal.deadlines.open().exists()


def test_where_the_pack_says_so_it_is_too_late_after_assignment(city):
    pack_version(withdrawal="before_assignment")
    share = handling.assigned(city)
    with pytest.raises(Refused, match="交办以后不能撤案"):
        withdraw(city, share.proposal, agreed=list(share.proposal.signers()))


def test_a_joint_one_needs_everybody(city):
    proposal = intake.registered(city)
    with pytest.raises(Refused, match="还要刘敏、赵强同意") as said:
        withdraw(city, proposal, city.chen_yiming)
    assert said.value.field == "agreed"


def test_where_the_pack_says_so_the_lead_proposer_is_enough(city):
    pack_version(joint_withdrawal="lead")
    proposal = intake.registered(city)
    assert withdraw(city, proposal, city.chen_yiming).subject.state == "withdrawn"


def test_a_co_signer_alone_is_not_enough(city):
    pack_version(joint_withdrawal="lead")
    with pytest.raises(Refused, match="还要陈一鸣同意"):
        withdraw(city, intake.registered(city), city.co_signer)


def test_one_of_three_signers_withdraws_and_the_item_goes_on(city):
    share = handling.planned(city)
    leave(city, signature_of(share.proposal, "刘敏"), city.co_signer)
    share.refresh_from_db()
    assert (share.state, share.proposal.state) == ("planned", "registered")
    assert [one.proposer.name for one in share.proposal.signers()] == ["陈一鸣", "赵强"]
    assert [one.proposer.name for one in share.proposal.everybody_answered()] == ["陈一鸣", "赵强"]
    assert not share.proposal.is_proposed_by(city.co_signer.person)


def test_where_the_lead_proposer_leaves_the_next_takes_the_place(city):
    proposal = intake.registered(city)
    leave(city, signature_of(proposal, "陈一鸣"))
    assert proposal.signers().first().proposer.name == "刘敏"


def test_with_the_last_signer_the_item_is_withdrawn(city):
    share = handling.planned(city)
    for name in ("陈一鸣", "刘敏", "赵强"):
        event = leave(city, signature_of(share.proposal, name))
    share.refresh_from_db()
    assert (share.state, share.proposal.state) == ("cancelled", "withdrawn")
    assert event.children.get().code == "proposal.withdraw"


def test_nobody_leaves_twice(city):
    proposal = intake.registered(city)
    leave(city, signature_of(proposal, "刘敏"))
    with pytest.raises(Refused, match="已经撤回联名"):
        leave(city, signature_of(proposal, "刘敏"))


def test_nobody_leaves_for_another(city):
    proposal = intake.registered(city)
    for stranger in (city.co_signer, city.lin_lan, city.stranger):
        with pytest.raises(Refused, match="这一步由"):
            leave(city, signature_of(proposal, "陈一鸣"), stranger)


def test_strangers_do_not_withdraw(city):
    proposal = intake.registered(city)
    for stranger in (city.lin_lan, city.stranger, city.congress_staff, city.chen_jing):
        with pytest.raises(Refused, match="这一步由"):
            withdraw(city, proposal, stranger, agreed=list(proposal.signers()))


def test_what_was_entered_by_mistake_is_void_and_its_number_free(city):
    share = handling.assigned(city, intake.classified(city, number="DH0271"))
    steps.void(share.proposal, actor=city.lin_lan, at=at("2020-03-05"), reason="重复录入")
    share.refresh_from_db()
    assert (share.state, share.proposal.state, share.proposal.answer_stage) == ("cancelled", "void", "ended")
    again = intake.filed(city, number="DH0271")
    assert again.number == "DH0271"
    assert Proposal.objects.filter(number="DH0271").count() == 2


def test_voiding_twice_is_told_as_done(city):
    proposal = intake.received(city)
    steps.void(proposal, actor=city.staff, reason="误录")
    with pytest.raises(AlreadyDone):
        steps.void(proposal, actor=city.staff, reason="误录")
