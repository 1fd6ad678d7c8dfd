"""并案与分案 (proposal.merge, unmerge): each proposer keeps a letter and a form (R1)."""

import pytest

from huiyin.handling import steps
from huiyin.journal.step import Refused
from tests.packs_for_tests import pack_version
from tests.stories import handling, intake
from tests.stories.moments import at


def merge(city, proposal, head, **given):
    return steps.merge(proposal, actor=city.lin_lan, at=at("2020-02-20"), into=head, **given)


def three(city):
    """A head and two items on the same matter by other members."""
    head = intake.registered(city, proposers=[city.lead_proposer])
    second = intake.registered(city, title="关于增加幼儿园的提案", proposers=[city.co_signers[0]])
    third = intake.registered(city, title="关于普惠学前教育的提案", proposers=[city.co_signers[1]])
    return head, second, third


def test_three_are_handled_together_and_each_proposer_is_answered(city):
    head, second, third = three(city)
    merge(city, second, head)
    merge(city, third, head)
    second.refresh_from_db()
    assert (second.state, second.answer_stage, second.merged_at) == ("merged", "with_head", at("2020-02-20"))
    names = [signature.proposer.name for signature in head.everybody_answered()]
    assert names == ["陈一鸣", "刘敏", "赵强"]
    assert [signature.proposal for signature in head.everybody_answered()] == [head, second, third]


def test_its_own_shares_end(city):
    head, second, _ = three(city)
    share = handling.signed(city, handling.assigned(city, second))
    merge(city, second, head)
    share.refresh_from_db()
    assert share.state == "cancelled"
    child = share.events.get(code="assignment.cancel")
    assert (child.parent.code, child.actor) == ("proposal.merge", None)


def test_it_goes_back_to_where_it_stood(city):
    head, second, _ = three(city)
    merge(city, second, head)
    steps.unmerge(second, actor=city.lin_lan, at=at("2020-02-25"), reason="内容不同")
    second.refresh_from_db()
    assert (second.state, second.merged_into, second.merged_at) == ("registered", None, None)
    assert second.answer_stage == "assigning"
    assert handling.assigned(city, second).state == "offered"


def test_an_item_is_not_merged_into_itself(city):
    head, *_ = three(city)
    with pytest.raises(Refused, match="不能并入自己"):
        merge(city, head, head)


def test_a_merged_item_is_no_head(city):
    head, second, third = three(city)
    merge(city, second, head)
    with pytest.raises(Refused, match="现在是“已并案”") as said:
        merge(city, third, second)
    assert said.value.field == "into"


def test_a_head_is_not_merged_while_others_are_in_it(city):
    head, second, third = three(city)
    merge(city, second, head)
    with pytest.raises(Refused, match="第2号已经并入这一件"):
        merge(city, head, third)


def test_items_of_another_plenary_are_not_merged(city):
    head, *_ = three(city)
    other = intake.registered(city, plenary=city.congress, title="关于学位的建议")
    with pytest.raises(Refused, match="同一届次"):
        merge(city, other, head)


def test_where_the_pack_merges_only_for_handling_they_are_registered_first(city):
    pack_version(merging="handling_only")
    head, second, _ = three(city)
    early = intake.filed(city, title="关于托育的提案")
    with pytest.raises(Refused, match="请先移交登记"):
        merge(city, early, head)
    assert merge(city, second, head).subject.state == "merged"


def test_a_stranger_does_not_merge(city):
    head, second, _ = three(city)
    for stranger in (city.stranger, city.congress_staff, city.chen_jing, city.chen_yiming):
        with pytest.raises(Refused, match="这一步由"):
            steps.merge(second, actor=stranger, into=head)
