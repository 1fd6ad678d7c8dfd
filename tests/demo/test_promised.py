"""What became of each year's promises: the figures of the city, year by year, say what was played."""

from datetime import date
from pathlib import Path

import pytest

from huiyin.demo.past import PASTS, Past
from huiyin.demo.plan import Plan, make_plan
from huiyin.demo.story import Act
from huiyin.promises.models import Promise
from huiyin.proposals.models import Plenary
from huiyin.reporting.figures import figures_of
from huiyin.reporting.scope import Figure

AS_OF = date(2021, 2, 20)
DAYS = [date(2017, 12, 31), date(2018, 12, 31), date(2019, 12, 31), date(2020, 12, 31), AS_OF]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan()


def until(plan: Plan, past: Past, code: str, on: date) -> list[Act]:
    keys = {item.key for item in plan.items if item.plenary == past.plenary.code}
    return [act for act in plan.acts if act.code == code and act.item in keys and act.at.date() <= on]


def figures(past: Past, on: date) -> dict[str, Figure]:
    return {figure.code: figure for figure in figures_of(Plenary.objects.get(code=past.plenary.code), on)}


@pytest.mark.parametrize(
    ("past", "on"),
    [
        pytest.param(past, on, id=f"{past.year} by {on}")
        for past in PASTS
        for on in DAYS
        if on.year >= past.year
    ],
)
def test_so_much_was_promised_and_carried_out_by_then(
    demo_city: Path, plan: Plan, past: Past, on: date
) -> None:
    found = figures(past, on)
    made, kept, dropped = (
        len(until(plan, past, code, on)) for code in ("promise.make", "promise.accept", "promise.drop")
    )
    assert found["promise.total"].count == made
    assert found["promise.carried_out"].count == kept
    assert (f"另有{dropped}项" in found["fulfilment.rate"].note) == bool(dropped)


@pytest.mark.parametrize("past", PASTS, ids=lambda past: str(past.year))
def test_kept_dropped_and_open_add_up(demo_city: Path, plan: Plan, past: Past) -> None:
    promises = Promise.objects.in_force().filter(proposal__plenary__code=past.plenary.code)
    settled, open_still = promises.settled().count(), promises.open().count()
    assert settled + open_still == promises.count() == len(until(plan, past, "promise.make", AS_OF))
    moved = {(act.item, act.unit, act.ref) for act in until(plan, past, "promise.move_date", AS_OF)}
    assert promises.slipped().count() == len(moved) > 0
    assert figures(past, AS_OF)["promise.overdue"].count == promises.overdue(AS_OF).count() > 0


@pytest.mark.parametrize("past", PASTS, ids=lambda past: str(past.year))
def test_the_marks_are_those_of_the_answers_risen_and_fallen(demo_city: Path, plan: Plan, past: Past) -> None:
    marks = {**past.counts.marks, "C": 2 if past.is_told_to_the_end else 8}
    for act in until(plan, past, "reply.raise_mark", AS_OF):
        marks["B"], marks["A"] = marks["B"] - 1, marks["A"] + 1
        assert plan.item_by_key[act.item].mark == "B"
    for act in until(plan, past, "reply.lower_mark", AS_OF):
        marks[plan.item_by_key[act.item].mark] -= 1
        marks["C"] += 1
    found = figures(past, AS_OF)
    assert {code: found[f"mark.{code}"].count for code in "ABC"} == marks
