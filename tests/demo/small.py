"""A plan of a few items of every sort, for tests that build more than once; of the last two years, to be quick."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from huiyin.demo.items import Fate, Item
from huiyin.demo.plan import Plan, make_plan
from huiyin.demo.plenary2021 import Stage

SINCE = "2020"
# Steps on an item that need something beside it.
OF_OTHERS = ("topic.join", "repeat.mark", "repeat.confirm", "repeat.dismiss")
UNDER_WAY = (Stage.TO_FILE, Stage.RETURN_ASKED, Stage.PAUSED, Stage.OPINION_OWED, Stage.TO_CHECK)


@cache
def small_plan() -> Plan:
    """An item of each fate, one answered twice, one returned, a merged one with its head, and some under way."""
    whole = make_plan()
    late = {plenary.code for plenary in whole.plenaries if plenary.opened >= SINCE}
    plan = replace(
        whole,
        plenaries=tuple(plenary for plenary in whole.plenaries if plenary.code in late),
        items=tuple(item for item in whole.items if item.plenary in late),
    )
    known = {item.key for item in plan.items}
    acts = tuple(act for act in plan.acts if act.item in known)
    redone = {act.item for act in acts if act.data.get("round") == 2}
    returned = {act.item for act in acts if act.code == "assignment.rule_return"}
    sorts: list[Callable[[Item], bool]] = [
        *(lambda item, fate=fate: item.fate == fate for fate in Fate),
        *(lambda item, stage=stage: item.special.get("stage") == stage for stage in UNDER_WAY),
        lambda item: item.key in redone,
        lambda item: item.key in returned,
    ]
    wanted = {next(item.key for item in plan.items if fits(item)) for fits in sorts}
    wanted |= {plan.item_by_key[key].head for key in wanted} - {""}
    return replace(
        plan,
        items=tuple(item for item in plan.items if item.key in wanted),
        acts=tuple(act for act in acts if act.item in wanted and act.code not in OF_OTHERS),
    )
