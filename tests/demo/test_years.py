"""The plenaries of 2017 to 2019 in the plan: what was promised, what became of it, and what comes again."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

import pytest

from huiyin.demo.items import Fate
from huiyin.demo.past import PASTS, Past
from huiyin.demo.plan import Plan, make_plan
from huiyin.demo.story import Act
from huiyin.words import Meaning

EARLIER = [past for past in PASTS if past.is_told_to_the_end]
Key = tuple[str, str, str]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan()


def of(plan: Plan, past: Past, code: str) -> list[Act]:
    keys = {item.key for item in plan.items if item.plenary == past.plenary.code}
    return [act for act in plan.acts if act.code == code and act.item in keys]


def by_promise(acts: Iterable[Act]) -> dict[Key, list[Act]]:
    found: dict[Key, list[Act]] = defaultdict(list)
    for act in acts:
        found[act.item, act.unit, act.ref].append(act)
    return found


def test_the_fourth_plenary_of_the_term_is_that_of_2020() -> None:
    assert [(past.plenary.term, past.plenary.meeting, past.year) for past in PASTS] == [
        (12, 1, 2017),
        (12, 2, 2018),
        (12, 3, 2019),
        (12, 4, 2020),
    ]


@pytest.mark.parametrize("past", EARLIER, ids=lambda past: str(past.year))
def test_sixty_and_more_are_handled_with_the_marks_that_it_says(plan: Plan, past: Past) -> None:
    items = [item for item in plan.items if item.plenary == past.plenary.code]
    handled = [item for item in items if item.fate == Fate.HANDLED]
    marks = Counter(item.mark for item in handled)
    assert marks == {**past.counts.marks, "C": 2}
    assert 60 <= len(handled) <= 80
    assert {item.fate for item in items} >= {Fate.MERGED, Fate.NOT_FILED}
    issued = {act.item for act in of(plan, past, "reply.issue")}
    assert issued == {item.key for item in handled}
    assert all(act.at.year == past.year for act in of(plan, past, "proposal.close_answer"))


@pytest.mark.parametrize("past", EARLIER, ids=lambda past: str(past.year))
def test_of_what_was_promised_so_much_is_kept_dropped_and_open(plan: Plan, past: Past) -> None:
    made, kept, dropped = (
        by_promise(of(plan, past, code)) for code in ("promise.make", "promise.accept", "promise.drop")
    )
    assert not set(kept) & set(dropped)
    assert set(kept) | set(dropped) < set(made)
    years = Counter(acts[0].at.year for acts in kept.values())
    assert min(years[past.year], years[past.year + 1]) >= 10
    assert len(kept) == years.total()
    assert len(dropped) >= 2
    assert len(made) - len(kept) - len(dropped) >= 4


@pytest.mark.parametrize("past", EARLIER, ids=lambda past: str(past.year))
def test_promises_are_kept_early_by_their_day_and_late_and_move_more_than_once(
    plan: Plan, past: Past
) -> None:
    due = {key: acts[0].data["due_on"] for key, acts in by_promise(of(plan, past, "promise.make")).items()}
    kept = by_promise(of(plan, past, "promise.accept"))
    moved = by_promise(of(plan, past, "promise.move_date"))
    days = [(acts[0].at.date() - due[key]).days for key, acts in kept.items()]
    assert sum(day < -30 for day in days) >= 5
    assert sum(-30 <= day <= 0 for day in days) >= 10
    assert sum(day > 0 for day in days) >= 10
    assert {1, 2} <= {len(acts) for acts in moved.values()}
    for key, acts in moved.items():
        dates = [due[key], *(act.data["due_on"] for act in acts)]
        assert dates == sorted(set(dates))
        assert all(act.data["reason"] for act in acts)


def test_some_of_2017_are_unfinished_after_their_three_years_and_some_were_kept_only_then(plan: Plan) -> None:
    past = EARLIER[0]
    assert past.limit == date(2020, 1, 13)
    made = by_promise(of(plan, past, "promise.make"))
    ended = by_promise([*of(plan, past, "promise.accept"), *of(plan, past, "promise.drop")])
    assert len(set(made) - set(ended)) >= 4
    assert sum(acts[0].at.date() > past.limit for acts in ended.values()) >= 1


def test_what_is_dropped_was_explained_to_the_proposer_first(plan: Plan) -> None:
    contacts = {(act.item, act.ref): act for act in plan.acts if act.code == "contact.log"}
    dropped = [act for act in plan.acts if act.code == "promise.drop"]
    assert dropped
    for act in dropped:
        told = contacts[act.item, act.data["told_in"]]
        assert told.at < act.at
        assert told.data["explained"] == act.data["reason"]
        assert told.data["response"]


def test_a_mark_rises_when_all_is_accepted_and_falls_when_all_is_dropped(plan: Plan) -> None:
    made = by_promise(act for act in plan.acts if act.code == "promise.make")
    accepted = by_promise(act for act in plan.acts if act.code == "promise.accept")
    dropped = by_promise(act for act in plan.acts if act.code == "promise.drop")
    raised = [act for act in plan.acts if act.code == "reply.raise_mark"]
    lowered = [act for act in plan.acts if act.code == "reply.lower_mark"]
    assert len(raised) >= 30
    assert lowered
    assert not any(act.item.startswith("2020") for act in (*raised, *lowered))
    for act in raised:
        assert plan.item_by_key[act.item].meaning == Meaning.PLANNED
        own = [key for key in made if key[0] == act.item]
        assert all(accepted[key][-1].at < act.at for key in own), act
        assert accepted[act.item, act.unit, act.data["evidence"]]
    for act in lowered:
        assert all(dropped[key][-1].at < act.at for key in made if key[0] == act.item), act


def test_proposers_say_later_what_they_think_of_the_fulfilment(plan: Plan) -> None:
    later = [act for act in plan.acts if act.data.get("later")]
    grades = Counter(act.data["fulfilment"] for act in later if act.item < "2020")
    assert grades["satisfied"] >= 20
    assert grades["dissatisfied"] >= 1


def test_evidence_that_shows_too_little_is_sent_back_and_given_again(plan: Plan) -> None:
    backs = [act for act in plan.acts if act.code == "promise.send_back"]
    assert len(backs) >= 3
    claims = by_promise(act for act in plan.acts if act.code == "promise.claim_done")
    for act in backs:
        before, after = claims[act.item, act.unit, act.ref]
        assert before.at < act.at < after.at


def test_matters_come_again_from_year_to_year_in_other_words(plan: Plan) -> None:
    years: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, set[str]] = defaultdict(set)
    handled = [item for item in plan.items if item.fate == Fate.HANDLED and item.kind == "proposal"]
    for item in handled:
        years[item.matter.topic].add(item.key[:4])
        titles[item.matter.topic].add(item.title)
    again = [topic for topic, found in years.items() if {"2017", "2018", "2019", "2020"} <= found]
    assert len(again) >= 20
    assert all(len(titles[topic]) >= 4 for topic in again)


def test_nobody_speaks_of_the_epidemic_before_it_came(plan: Plan) -> None:
    for item in plan.items:
        if item.key < "2020":
            assert "疫情" not in item.text, item.title
    for act in plan.acts:
        if act.item and act.item < "2020":
            assert not any("疫情" in str(value) for value in act.data.values()), act


@pytest.mark.parametrize("past", EARLIER, ids=lambda past: str(past.year))
def test_what_is_open_at_the_end_of_a_year_is_reported_on(plan: Plan, past: Past) -> None:
    reports = of(plan, past, "promise.report")
    made = by_promise(of(plan, past, "promise.make"))
    ended = by_promise([*of(plan, past, "promise.accept"), *of(plan, past, "promise.drop")])
    assert {act.at.year for act in reports} >= {past.year, past.year + 1, 2020}
    for act in reports:
        key = act.item, act.unit, act.ref
        assert made[key][0].at < act.at
        assert key not in ended or act.at < ended[key][0].at, act


def test_what_is_unfinished_when_the_time_is_over_is_mostly_explained(plan: Plan) -> None:
    limits = {past.plenary.code: past.limit for past in EARLIER}
    explained = by_promise(act for act in plan.acts if act.code == "promise.explain")
    assert len(explained) >= 5
    for (item, _, _), [act] in explained.items():
        assert act.at.date() > limits[plan.item_by_key[item].plenary]
    ended = by_promise(act for act in plan.acts if act.code in ("promise.accept", "promise.drop"))
    assert not set(explained) & set(ended)


def test_who_asked_for_it_says_whether_it_is_done(plan: Plan) -> None:
    said = Counter(act.data["said"] for act in plan.acts if act.code == "promise.confirm")
    assert said["done"] >= 40
    assert said["not_done"] >= 2
    accepted = by_promise(act for act in plan.acts if act.code == "promise.accept")
    for act in plan.acts:
        if act.code == "promise.confirm":
            assert accepted[act.item, act.unit, act.ref][0].at < act.at


def test_the_office_marks_what_was_asked_before_in_other_words(plan: Plan) -> None:
    marked = [act for act in plan.acts if act.code == "repeat.mark"]
    assert {act.item[:4] for act in marked} == {"2018", "2019", "2020", "2021"}
    for act in marked:
        item, earlier = plan.item_by_key[act.item], plan.item_by_key[act.data["earlier"]]
        assert earlier.key[:4] < item.key[:4]
        assert earlier.matter.topic == item.matter.topic
        assert earlier.title != item.title


def test_what_the_system_found_alike_the_office_has_decided(plan: Plan) -> None:
    decided = [act for act in plan.acts if act.code in ("repeat.confirm", "repeat.dismiss")]
    assert {act.code for act in decided} == {"repeat.confirm", "repeat.dismiss"}
    marked = {(act.item, act.data["earlier"]) for act in plan.acts if act.code == "repeat.mark"}
    for act in decided:
        item, earlier = plan.item_by_key[act.item], plan.item_by_key[act.ref]
        assert earlier.key[:4] < item.key[:4]
        assert (act.code == "repeat.confirm") == (item.matter.topic == earlier.matter.topic)
        assert (act.item, act.ref) not in marked
