"""The plan of the made years: the published totals, in the order of time, on working days, step after step."""

import re
from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from huiyin.demo.days import LAST_DAY, is_workday
from huiyin.demo.decisions import forms_of
from huiyin.demo.items import Fate, Item
from huiyin.demo.past import PASTS
from huiyin.demo.plan import Plan, make_plan
from huiyin.demo.plenary2021 import STAR_MEMBER, STAR_UNIT, Stage
from huiyin.demo.story import Act
from huiyin.words import Disposition, Meaning, UnitRole

ORDER = "ABC"
PERIOD_END = date(2020, 5, 25)
THIS_YEAR, THREE_YEARS = ("zx-12-5", "rd-15-5"), date(2024, 1, 28)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan()


@pytest.fixture(scope="module")
def handled(plan: Plan) -> list[Item]:
    return [item for item in plan.items if item.key.startswith("2020") and item.fate == Fate.HANDLED]


def of_code(plan: Plan, *codes: str) -> list[Act]:
    found = [act for act in plan.acts if act.code in codes]
    assert found, f"nothing of {codes} is planned"
    return found


def of_2020(plan: Plan, *codes: str) -> list[Act]:
    return [act for act in of_code(plan, *codes) if act.item.startswith("2020")]


def test_the_classes_are_those_of_the_circular(plan: Plan, handled: list[Item]) -> None:
    keys = {item.key for item in handled}
    classes = Counter(
        act.data["item_class"]
        for act in of_code(plan, "proposal.classify")
        if act.item in keys and act.data["taxonomy"] == "category"
    )
    assert len(handled) == 436
    assert classes == {"经济科技": 149, "社会事业和民生保障": 129, "城建交通": 147, "其他": 11}


def test_the_marks_are_those_of_the_circular_by_the_latest_letters(plan: Plan, handled: list[Item]) -> None:
    latest: dict[tuple[str, str], str] = {}
    for act in of_2020(plan, "reply.draft"):
        latest[act.item, act.unit] = act.data["mark"]
    marks: dict[str, str] = defaultdict(str)
    for (item, _), mark in latest.items():
        marks[item] = max(marks[item], mark)
    assert Counter(marks.values()) == {"A": 230, "B": 198, "C": 8}
    assert {item.key: item.mark for item in handled} == marks


def test_the_odd_records_stand_beside_the_436(plan: Plan) -> None:
    fates = Counter(item.fate for item in plan.items if item.key.startswith("2020"))
    assert fates == {
        Fate.HANDLED: 436,
        Fate.MERGED: 6,
        Fate.NOT_FILED: 3,
        Fate.ELSEWHERE: 2,
        Fate.WITHDRAWN: 1,
        Fate.VOIDED: 1,
    }
    handed_over = {act.item for act in of_2020(plan, "proposal.hand_over")}
    assert len(handed_over) == 436
    for item in plan.items:
        assert (item.key in handed_over) <= (item.fate == Fate.HANDLED)


def test_99_6_percent_are_satisfied_with_the_result_on_a_stated_base(plan: Plan) -> None:
    latest = {
        (act.item, act.unit, act.data["evaluator"]): act.data["result"]
        for act in of_2020(plan, "evaluation.submit", "evaluation.enter_paper")
        if not act.data.get("later")
    }
    good = sum(grade != "dissatisfied" for grade in latest.values())
    share = (Decimal(good) * 100 / len(latest)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert (good, len(latest), share) == (498, 500, Decimal("99.6"))
    assert latest.keys() < set(forms_of([item for item in plan.items if item.key.startswith("2020")]))


def test_who_is_not_satisfied_is_answered_again_and_half_of_them_are_won_over(plan: Plan) -> None:
    unhappy = {
        act.item for act in plan.acts if act.data.get("result") == "dissatisfied" and act.at.year == 2020
    }
    last: Counter[bool] = Counter()
    for item in unhappy:
        # The form counts at once and nobody else has to be waited for when it is handled again.
        assert len(plan.item_by_key[item].proposers) == 1
        assert not plan.item_by_key[item].co
        grades = [
            act.data["result"]
            for act in plan.acts_of(item)
            if "result" in act.data and not act.data.get("later")
        ]
        assert grades[0] == "dissatisfied"
        last[grades[-1] == "dissatisfied"] += 1
        assert [act.data["round"] for act in plan.acts_of(item) if act.code == "reply.draft"] == [1, 2]
    assert last == {True: 2, False: 2}


def test_every_answer_goes_out_in_time(plan: Plan, handled: list[Item]) -> None:
    until = {(act.item, act.unit): act.data["until"] for act in of_2020(plan, "assignment.rule_extension")}
    assert len(until) == 5
    assigned = {(act.item, act.unit): act.at.date() for act in of_2020(plan, "assignment.assign")}
    first: dict[tuple[str, str], date] = {}
    for act in of_2020(plan, "reply.issue"):
        first.setdefault((act.item, act.unit), act.at.date())
    expected = {(item.key, share.unit) for item in handled for share in item.answering}
    assert set(first) == expected
    for key, issued in first.items():
        given = assigned.get(key, date(2020, 2, 25))
        limit = until.get(key, PERIOD_END if given == date(2020, 2, 25) else _three_months(given))
        assert issued <= limit, key


def _three_months(day: date) -> date:
    return date(day.year + (day.month + 2) // 12, (day.month + 2) % 12 + 1, min(day.day, 28))


def test_time_goes_forward_in_office_hours_of_working_days_and_stops_before_today(plan: Plan) -> None:
    before = None
    for act in plan.acts:
        assert is_workday(act.at.date()), act
        assert 510 <= act.at.hour * 60 + act.at.minute <= 1050, act
        assert before is None or act.at >= before
        assert act.at.date() <= LAST_DAY
        before = act.at


def test_everybody_and_everything_named_is_known(plan: Plan) -> None:
    people, units, items = plan.city.person_by_key, plan.city.unit_by_key, plan.item_by_key
    for act in plan.acts:
        assert act.who in people, act
        assert not act.item or act.item in items, act
        assert not act.unit or act.unit in units, act
        for name in ("person", "owner", "leader"):
            assert act.data.get(name, act.who) in people, act
        for name in ("proposed", *(("to",) if act.code != "superior.send" else ())):
            assert name not in act.data or act.data[name] in units, act
        for name in ("proposer", "evaluator"):
            assert name not in act.data or act.data[name] in plan.city.proposer_by_key, act


WAY = {
    "proposal.receive": ("", "received"),
    "proposal.review": ("received", "reviewed"),
    "proposal.file": ("reviewed", "filed"),
    "proposal.accept": ("reviewed", "filed"),
    "proposal.refuse": ("reviewed", "ended"),
    "proposal.merge": ("reviewed", "ended"),
    "proposal.withdraw": ("filed", "ended"),
    "proposal.handle_elsewhere": ("filed", "ended"),
    "proposal.void": ("received", "ended"),
    "proposal.hand_over": ("filed", "handed_over"),
    "proposal.register": ("handed_over", "registered"),
    "proposal.split": ("registered", "registered"),
    "proposal.classify": ("registered", "registered"),
    "proposal.close_answer": ("registered", "closed"),
    "proposal.settle": ("closed", "settled"),
}
SHARE = {
    "assignment.assign": ({""}, "offered"),
    "assignment.sign": ({"offered"}, "signed"),
    "assignment.ask_return": ({"offered", "signed"}, "asked"),
    "assignment.rule_return": ({"asked"}, "offered"),
    "assignment.plan": ({"signed", "rehandling"}, "planned"),
    "assignment.give_opinion": ({"signed", "planned"}, "given"),
    "reply.draft": ({"planned"}, "draft"),
    "reply.revise": ({"draft"}, "draft"),
    "promise.make": ({"draft"}, "draft"),
    "reply.submit": ({"draft"}, "in_review"),
    "reply.send_back": ({"in_review"}, "draft"),
    "reply.sign": ({"in_review"}, "signed_letter"),
    "reply.to_check": ({"signed_letter"}, "in_check"),
    "reply.fail_check": ({"in_check"}, "draft"),
    "reply.pass_check": ({"in_check"}, "passed"),
    "reply.issue": ({"passed"}, "issued"),
}


def test_every_item_goes_its_way_step_by_step(plan: Plan) -> None:
    at: dict[str, str] = defaultdict(str)
    for act in plan.acts:
        if act.code in WAY and act.data.get("taxonomy") != "cppcc_category":
            source, target = WAY[act.code]
            assert at[act.item] == source, act
            at[act.item] = target
        elif act.code == "assignment.assign":
            assert at[act.item] == "registered", act


def test_every_share_goes_its_way_step_by_step(plan: Plan) -> None:
    at: dict[tuple[str, str], str] = defaultdict(str)
    for act in plan.acts:
        key = (act.item, act.unit)
        if act.data.get("result") == "dissatisfied" and act.data["round"] == 1:
            at[key] = "rehandling"
        if act.code not in SHARE:
            continue
        sources, target = SHARE[act.code]
        assert at[key] in sources, (act, at[key])
        at[key] = target
        if act.code == "assignment.rule_return" and "to" in act.data:
            at[key] = "returned"
            assert at[act.item, act.data["to"]] == "", act
            at[act.item, act.data["to"]] = "offered"


def test_a_lead_waits_for_every_opinion_or_says_why_not(plan: Plan) -> None:
    given = {(act.item, act.unit): act.at for act in of_code(plan, "assignment.give_opinion")}
    without = 0
    for act in of_code(plan, "reply.issue"):
        missing = [
            share.unit
            for share in plan.item_by_key[act.item].co
            if given.get((act.item, share.unit), act.at) >= act.at
        ]
        assert bool(missing) == bool(act.data.get("went_without")), act
        without += bool(missing)
    assert without == 2


def test_returns_are_asked_inside_the_window_and_ruled_on(plan: Plan) -> None:
    asked = of_2020(plan, "assignment.ask_return")
    rulings = Counter(act.data["ruling"] for act in of_2020(plan, "assignment.rule_return"))
    assert len(asked) == 18
    assert rulings == {"granted": 12, "refused": 6}
    assert max(act.at.date() for act in asked) == date(2020, 3, 2)


def test_what_cannot_be_done_is_explained_first(plan: Plan) -> None:
    explained = {act.item: act for act in of_code(plan, "contact.log") if act.data.get("explained")}
    letters = [act for act in of_code(plan, "reply.draft") if act.data["mark"] == "C"]
    assert len(letters) == 9 + 6
    for letter in letters:
        assert explained[letter.item].at < letter.at
        assert explained[letter.item].data["response"]
        assert letter.data["meaning_note"]


def test_every_ask_is_answered_also_those_of_items_merged_into_it(plan: Plan) -> None:
    merged = defaultdict(list)
    for item in plan.items:
        if item.head:
            merged[item.head].append(item)
    answered: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for act in of_code(plan, "reply.draft"):
        answered[act.item] |= {(row["item"], row["point"]) for row in act.data["answers"]}
    for key, found in answered.items():
        items = [plan.item_by_key[key], *merged[key]]
        assert found == {(one.key, point.number) for one in items for point in one.points}


def test_planned_answers_promise_with_a_day_inside_three_years(plan: Plan) -> None:
    promised = defaultdict(list)
    limits = {past.plenary.code: past.limit for past in PASTS} | dict.fromkeys(THIS_YEAR, THREE_YEARS)
    for act in of_code(plan, "promise.make"):
        promised[act.item].append(act)
        assert act.at.date() < act.data["due_on"] <= limits[plan.item_by_key[act.item].plenary], act
        assert act.data["owner"].startswith(f"{act.unit}.")
    for act in of_code(plan, "promise.move_date"):
        assert act.data["due_on"] <= limits[plan.item_by_key[act.item].plenary]
    for item in plan.items:
        drafted = any(act.code == "reply.draft" for act in plan.acts_of(item.key))
        if drafted and item.meaning in (Meaning.PLANNED, Meaning.BEING_SOLVED):
            assert 1 <= len(promised[item.key]) <= 4, item.key
        else:
            assert not promised[item.key], item.key


def test_promises_are_kept_moved_late_and_waiting(plan: Plan) -> None:
    def refs(code: str) -> set[tuple[str, str, str]]:
        return {(act.item, act.unit, act.ref) for act in of_code(plan, code)}

    made, claimed, kept, moved = map(
        refs, ("promise.make", "promise.claim_done", "promise.accept", "promise.move_date")
    )
    assert kept <= claimed <= made
    assert moved <= made
    due = {(act.item, act.unit, act.ref): act.data["due_on"] for act in of_code(plan, "promise.make")}
    overdue = [key for key in made - claimed - moved if due[key] <= LAST_DAY]
    assert len(kept) > 100
    assert min(len(moved), len(overdue)) >= 10
    assert len(claimed - kept) >= 5


def test_separate_units_each_answer_their_own_part(plan: Plan, handled: list[Item]) -> None:
    separate = [item for item in handled if item.shares[0].role == UnitRole.SEPARATE]
    assert len(separate) == 8
    assert all(share.part for item in separate for share in item.shares)


def test_dispositions_fit_the_marks(plan: Plan) -> None:
    for act in of_code(plan, "reply.draft"):
        found = {row["disposition"] for row in act.data["answers"]}
        assert (Disposition.CANNOT in found) == (act.data["mark"] == "C"), act
        assert (Disposition.PLANNED in found) == (act.data["mark"] == "B"), act


def test_every_stage_of_2021_is_there_and_every_desk_has_something_due(plan: Plan) -> None:
    this_year = [item for item in plan.items if item.plenary in THIS_YEAR]
    stages = Counter(item.special["stage"] for item in this_year if item.key.startswith("2021"))
    assert set(stages) == set(Stage)
    assert 55 <= sum(stages.values()) <= 70
    last = {item.key: plan.acts_of(item.key) for item in this_year}
    early = [stage for stage in stages if stage in (Stage.TO_REVIEW, Stage.TO_FILE, Stage.TO_HAND_OVER)]
    assert sum(stages[stage] for stage in early) >= 5
    npc = Counter(item.special["stage"] for item in this_year if item.key.startswith("npc"))
    assert npc[Stage.TO_REVIEW] + npc[Stage.TO_FILE] + npc[Stage.TO_HAND_OVER] >= 5
    star = [item for item in this_year if item.lead == STAR_UNIT]
    due_of_star = Counter(item.special["stage"] for item in star)
    assert due_of_star[Stage.IN_REVIEW] >= 5
    assert due_of_star[Stage.TO_SIGN] + stages[Stage.OPINION_OWED] >= 5
    handler = [
        item
        for item in star
        if item.special["stage"] in (Stage.TO_PLAN, Stage.CONTACT_OWED, Stage.DRAFTING, Stage.TO_ISSUE)
    ]
    assert len(handler) >= 5
    waiting = [item for item in this_year if item.special["stage"] == Stage.TO_EVALUATE]
    assert sum(STAR_MEMBER in item.proposers for item in waiting) >= 5
    assert all(last[item.key] for item in this_year)


def test_return_is_asked_on_the_last_day_of_the_window(plan: Plan) -> None:
    days = [act.at.date() for act in of_code(plan, "assignment.ask_return") if act.at.year == 2021]
    assert days.count(date(2021, 2, 18)) == 2


def test_a_claim_shows_where_its_evidence_is(plan: Plan) -> None:
    for act in of_code(plan, "promise.claim_done"):
        assert act.data.get("document_number") or act.data.get("link"), act


def test_every_step_of_the_plan_is_one_that_the_software_knows(plan: Plan) -> None:
    root = Path(__file__).resolve().parents[2] / "huiyin"
    sources = [path.read_text(encoding="utf-8") for path in root.glob("*/steps*/**/*.py")]
    sources += [path.read_text(encoding="utf-8") for path in root.glob("*/steps.py")]
    known = {code for text in sources for code in re.findall(r'@step\(\s*"([a-z_.]+)"', text)}
    assert {act.code for act in plan.acts} <= known


def test_problems_take_up_items_of_all_years(plan: Plan) -> None:
    assert len(plan.problems) == 8
    for problem in plan.problems:
        years = {key[:4] for key in problem.items}
        assert years == {"2017", "2018", "2019", "2020", "2021"}, problem.title


def test_each_letter_has_a_number_of_its_own(plan: Plan) -> None:
    numbers: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for act in of_code(plan, "reply.sign"):
        numbers[act.data["document_number"]].add((act.item, act.unit))
    assert all(len(owners) == 1 for owners in numbers.values())
    assert all(number.startswith("淄") for number in numbers)
