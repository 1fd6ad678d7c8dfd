"""A plan of a few items of every sort, for tests that build more than once."""

from dataclasses import replace
from functools import cache

from huiyin.demo.items import Fate, Item
from huiyin.demo.plan import Plan, make_plan


@cache
def small_plan() -> Plan:
    """Items of 2020 that ended in different ways, those merged into them, and some that are under way in 2021."""
    plan = make_plan()
    redone = {act.item for act in plan.acts if act.data.get("round") == 2}
    returned = sorted({act.item for act in plan.acts if act.code == "assignment.rule_return"})[:2]
    wanted = redone | set(returned)
    wanted |= {item.key for item in plan.items if item.fate not in (Fate.HANDLED, Fate.MERGED)}
    wanted |= {item.key for item in plan.items[400:410] if item.fate == Fate.HANDLED}
    wanted |= {next(item.head for item in plan.items if item.head)}
    wanted |= {item.key for item in plan.items if item.head in wanted}
    wanted |= {item.key for item in _one_of_each_stage(plan)}
    return replace(
        plan,
        items=tuple(item for item in plan.items if item.key in wanted),
        acts=tuple(act for act in plan.acts if act.item in wanted),
    )


def _one_of_each_stage(plan: Plan) -> list[Item]:
    found = {item.special["stage"]: item for item in plan.items if "stage" in item.special}
    return list(found.values())
