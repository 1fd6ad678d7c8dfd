"""Who may take which step: the declarations as a table, tests/tables/who_may.csv (step by role, yes or the sentence)."""

from huiyin.desks.procedure import PROCEDURE
from huiyin.journal.step import STEPS
from huiyin.people.actor import standing_in
from tests.pages.tables import differences
from tests.pages.world import World, rows_of

PEOPLE = {
    "政协提案委": "staff",
    "人大代表工委": "congress_staff",
    "政府办经办人": "lin_lan",
    "联络员": "chen_jing",
    "承办人": "zhou_ning",
    "单位负责人": "gao_yuan",
    "市领导": "mayor_wang",
    "第一提案人": "chen_yiming",
    "审计员": "auditor",
    "系统管理员": "administrator",
    "无关单位": "unit_without_share",
    "外市经办人": "stranger",
}
YES, ON_PAPER = "可以", "代单位录入"


def table(here: World) -> list[list[str]]:
    rows = [["步骤", "代码", *PEOPLE, "否则"]]
    for _, codes in PROCEDURE:
        for code in codes:
            step = STEPS[code]
            on = rows_of(step)
            answers = []
            for name in PEOPLE.values():
                who = here.actors[name]
                stand_ins = [(one, row) for row in on if (one := standing_in(who, row))]
                if any(step.who(who, row) for row in on):
                    answers.append(YES)
                else:
                    answers.append(ON_PAPER if any(step.who(one, row) for one, row in stand_ins) else "")
            rows.append([step.label, code, *answers, step.who.sentence()])
    return rows


def test_the_table_is_as_declared(here: World) -> None:
    assert differences("who_may.csv", table(here)) == []


def test_nobody_who_only_looks_may_change_an_item(here: World) -> None:
    """审计员 reads, 系统管理员 manages accounts: neither may change an item."""
    of_items = [step for step in STEPS.values() if not step.on.startswith("people.") and not step.automatic]
    for who in (here.city.auditor, here.city.administrator, here.city.stranger):
        assert [step.code for step in of_items for row in rows_of(step) if step.who(who, row)] == []
