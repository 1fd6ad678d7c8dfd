"""Values of the shipped packs against the collected rules, where those lie beside the checkout."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from huiyin.rulepacks.schema import FixedDate, Length
from huiyin.words import Kind, Period
from tests.rulepacks.test_shipped import latest

FILE = Path(os.environ.get("HUIYIN_SHARED") or Path(__file__).parents[3] / "shared") / "rules.json"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the collected rules are not beside the checkout")
UNITS = {"day": "days", "working_day": "workdays", "month": "months", "year": "years"}
FIELDS = {
    "assignment.objection_period": "return_window",
    "deadlines.co_handler_opinion": "co_opinion",
    "deadlines.second_handling": "second_handling",
    "deadlines.feedback_form_due": "feedback",
    "deadlines.first_contact_due": "first_contact",
    "deadlines.maximum_with_extension": "extension_max",
}
OTHERS = {
    "assignment.assign_days_closed_session": "assign",
    "assignment.reassign_period": "return_ruling",
    "deadlines.co_handler_redo": "co_opinion_redo",
}
DEPUTIES = {
    "shandong": "cn-shandong-npc",
    "qingdao": "cn-qingdao",
    "beijing": "cn-beijing",
    "shanghai": "cn-shanghai",
    "chongqing": "cn-chongqing",
    "zhejiang": "cn-zhejiang",
    "henan": "cn-henan",
    "generic": "cn-npc-law-2025",
}
each_place = pytest.mark.parametrize(("code", "place"), DEPUTIES.items(), ids=list(DEPUTIES))


def facts(place: str) -> dict[str, Any]:
    """The stated values of a place by group.field."""
    rules = json.loads(FILE.read_text(encoding="utf-8"))
    found = next(one for one in rules["jurisdictions"] if one["id"] == place)
    return {
        f"{group}.{name}": entry["value"]
        for group in rules["groups"]
        for name, entry in (found.get(group) or {}).items()
        if entry
    }


def length_of(value: dict[str, Any]) -> Length | FixedDate:
    if "fixed_date" in value:
        return FixedDate(*map(int, value["fixed_date"].split("-")))
    return Length(value["n"], UNITS[value["unit"]])


@each_place
def test_deputies_deadlines_are_those_of_the_text_and_what_the_text_has_not_is_assumed(code, place):
    pack, stated = latest(code), facts(place)
    for period, field in ((Period.IN_PLENARY, "reply_in_session"), (Period.BETWEEN, "reply_out_of_session")):
        rule = pack.deadline("reply", Kind.SUGGESTION, period)
        assert rule.length == length_of(stated[f"deadlines.{field}"])
        assert not rule.assumed
    for field, name in FIELDS.items():
        rule = pack.deadline(name, Kind.SUGGESTION, Period.BETWEEN)
        if field in stated:
            assert (rule.length, rule.assumed) == (length_of(stated[field]), False), field
        else:
            assert rule is None or rule.assumed, field


@each_place
def test_other_stated_periods_are_kept(code, place):
    pack, stated = latest(code), facts(place)
    for field, name in OTHERS.items():
        period = pack.other_period(name, Kind.SUGGESTION)
        assert (period.length if period else None) == (length_of(stated[field]) if field in stated else None)


@each_place
def test_there_are_as_many_marks_and_grounds_as_the_text_names(code, place):
    pack, stated = latest(code), facts(place)
    if scheme := stated.get("marks.scheme"):
        assert len(pack.mark_scheme(Kind.SUGGESTION).marks) == len(scheme)
        assert not pack.mark_scheme(Kind.SUGGESTION).assumed
        lettered = any(mark["code"] for mark in scheme)
        assert pack.mark_scheme(Kind.SUGGESTION).lettered == lettered
    if grounds := stated.get("intake.rejection_grounds"):
        assert len(pack.grounds_for(Kind.SUGGESTION)) == len(grounds)
        assert not any(ground.assumed for ground in pack.grounds_for(Kind.SUGGESTION))


def test_proposals_have_terms_of_their_own_where_a_source_says_so():
    sichuan = facts("cn-sichuan")["deadlines.reply_in_session"]
    for kind, name in ((Kind.SUGGESTION, "npc"), (Kind.PROPOSAL, "cppcc")):
        rule = latest("sichuan").deadline("reply", kind, Period.IN_PLENARY)
        assert rule.length == length_of(sichuan[name])
    shanghai = facts("cn-shanghai-cppcc-2007")
    rule = latest("shanghai").deadline("reply", Kind.PROPOSAL, Period.IN_PLENARY)
    assert rule.length == length_of(shanghai["deadlines.reply_in_session"])
    assert rule.maximum == length_of(shanghai["deadlines.maximum_with_extension"])
    rule = latest("shandong").deadline("reply", Kind.PROPOSAL, Period.IN_PLENARY)
    assert rule.length == length_of(facts("cn-shandong-gov")["deadlines.reply_in_session"])


def test_sichuans_second_handling_and_limit_are_the_governments():
    stated, pack = facts("cn-sichuan"), latest("sichuan")
    for kind in Kind:
        assert pack.deadline("second_handling", kind, Period.BETWEEN).length == length_of(
            stated["deadlines.second_handling"]
        )
        assert pack.deadline("reply", kind, Period.BETWEEN).length == length_of(
            stated["deadlines.reply_out_of_session"]
        )


def test_the_national_grounds_against_a_proposal_are_all_there():
    stated = facts("cn-cppcc")["intake.rejection_grounds"]
    for code in DEPUTIES:
        assert len(latest(code).grounds_for(Kind.PROPOSAL)) == len(stated)


def test_zibos_classes_are_those_of_the_circular():
    stated = facts("cn-zibo")["classification.taxonomy"]
    names = [
        [entry.rsplit(" ", 1)[0] for entry in stated[key]]
        for key in ("government_2020", "cppcc_session_2021")
    ]
    assert [list(entry.classes) for entry in latest("zibo").taxonomies_for(Kind.PROPOSAL)] == names
