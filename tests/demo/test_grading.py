"""Grades in the plan: given with the assignment, objected to by few, and in one unit the hard ones wait."""

from collections import Counter

import pytest

from huiyin.demo.grading import EASY_FIRST
from huiyin.demo.plan import Plan, make_plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan()


def test_most_items_are_graded_when_they_are_assigned(plan: Plan) -> None:
    assigned = {act.item: act.at for act in reversed(plan.acts) if act.code == "assignment.assign"}
    graded = [act for act in plan.acts if act.code == "proposal.grade_difficulty"]
    assert len({act.item for act in graded}) == len(graded)
    assert all(assigned[act.item] == act.at for act in graded)
    for plenary in plan.plenaries:
        items = {item.key for item in plan.items if item.plenary == plenary.code} & set(assigned)
        share = sum(act.item in items for act in graded) / len(items)
        assert share > 0.7, plenary.code
    assert len(graded) < len(assigned)
    assert {act.data["difficulty"] for act in graded} == {1, 2, 3, 4, 5}


def test_few_units_object_and_one_still_waits_for_its_ruling(plan: Plan) -> None:
    graded = {act.item: act for act in plan.acts if act.code == "proposal.grade_difficulty"}
    asked = [act for act in plan.acts if act.code == "assignment.object_difficulty"]
    ruled = {act.item: act for act in plan.acts if act.code == "assignment.rule_difficulty"}
    assert 15 <= len(asked) <= 40
    assert all(act.data["difficulty"] == graded[act.item].data["difficulty"] + 1 for act in asked)
    assert Counter(str(act.data["ruling"]) for act in ruled.values()).keys() == {"granted", "refused"}
    waiting = [act for act in asked if act.item not in ruled]
    assert [act.item[:4] for act in waiting] == ["2021"]
    assert not any(act.unit == EASY_FIRST for act in asked)
