"""The made city holds together: its people are made up, its codes are true to the standard, its words are its own."""

import json
import re
from pathlib import Path

import pytest

from huiyin.demo.city import make_city
from huiyin.demo.content import phrases, read
from huiyin.demo.credit import credit_check, organisation_check
from huiyin.demo.matters import common_matters, topics
from huiyin.demo.plan import Plan, make_plan
from huiyin.words import ProposerKind, Role

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
HAN = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan()


def every_text(plan: Plan) -> list[str]:
    """Whatever anybody may read: titles, texts, and every string in an act's data."""
    found = [text for item in plan.items for text in (item.title, item.text)]
    for act in plan.acts:
        found += [value for value in act.data.values() if isinstance(value, str)]
        found += [row["text"] for row in act.data.get("answers", ())]
    return found


def test_the_check_characters_agree_with_a_code_that_is_in_public_use() -> None:
    assert organisation_check("00422442") == "3"
    assert credit_check("11370300004224423") == "Q"


def test_every_unit_has_a_code_of_its_own_that_belongs_to_nobody() -> None:
    codes = [unit.credit_code for unit in make_city().units]
    assert len(set(codes)) == len(codes) >= 60
    for code in codes:
        assert len(code) == 18
        assert code[8:12] == "HUYN"
        assert organisation_check(code[8:16]) == code[16]
        assert credit_check(code[:17]) == code[17]


def test_no_name_and_no_telephone_number_is_given_twice() -> None:
    people = make_city().people
    assert len({person.key for person in people}) == len(people)
    assert len({person.name for person in people}) == len(people)
    assert len({person.phone for person in people}) == len(people)
    assert all(re.fullmatch(r"0533-0000\d{3}|10000000\d{3}", person.phone) for person in people)
    women = sum(person.woman for person in people)
    assert 0.35 < women / len(people) < 0.5


def test_every_role_is_held_by_somebody() -> None:
    city = make_city()
    assert {person.role for person in city.people} == set(Role)
    assert len(city.leaders) == 10
    members = [one for one in city.proposers if one.assembly == "cppcc"]
    assert len(members) == 400
    assert {one.kind for one in members} == {
        ProposerKind.MEMBER,
        ProposerKind.PARTY,
        ProposerKind.BODY,
        ProposerKind.COMMITTEE,
        ProposerKind.SECTOR,
    }


def test_every_unit_that_a_topic_names_exists() -> None:
    city = make_city()
    for topic in topics().values():
        assert {topic.lead, *topic.co} <= set(city.unit_by_key), topic.key
    named = {unit for leader in city.leaders for unit in leader.units}
    assert named <= set(city.unit_by_key)
    assert {row.split("|")[0] for row in read("general")["asks"].strip().split("\n")} <= set(city.unit_by_key)


def test_there_are_at_least_a_hundred_and_ten_topics_and_no_case_is_written_twice() -> None:
    known = topics()
    assert len(known) >= 110
    cases = [matter for matters in common_matters().values() for matter in matters]
    assert len({matter.core for matter in cases}) == len(cases)
    assert len({matter.situation for matter in cases}) == len(cases)


def test_the_same_seed_makes_the_same_city_and_another_seed_another_one() -> None:
    assert make_plan(3) == make_plan(3)
    assert make_city(3).people != make_city(4).people


def test_no_two_items_are_the_same(plan: Plan) -> None:
    items = [item for item in plan.items if item.fate != "voided"]
    assert len({item.title for item in items}) == len(items)
    assert len({item.text for item in items}) == len(items)
    assert all(1 <= len(item.points) <= 4 for item in items)
    assert all(len(item.points) >= 2 for item in items if item.fate not in ("not_filed",))


def test_no_blank_is_left_open_and_punctuation_is_full_width(plan: Plan) -> None:
    for text in every_text(plan):
        assert not re.search(r"[{}|]|。。|，，|，。|：。", text), text
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]", text), text


def test_phrases_have_no_empty_choice_by_accident() -> None:
    may_be_empty = {"open_member", "why_lead"}
    for name, value in read("phrases").items():
        if name in may_be_empty or "\n" not in value:
            continue
        assert all(line.strip() for line in phrases(name)), name


def test_titles_of_real_proposals_are_not_taken_over(plan: Plan) -> None:
    path = SHARED / "proposals_open.jsonl"
    if not path.exists():
        pytest.skip("the public proposals are not at hand")
    real = [json.loads(line)["title"] for line in path.read_text(encoding="utf-8").splitlines()]
    cores = {re.sub(r"^关于|的(提案|建议|议案)$", "", title) for title in real}
    for item in plan.items:
        assert item.matter.core not in cores, item.title
        assert not any(len(core) > 8 and core in item.text for core in cores), item.title


def test_no_sentence_of_the_published_circular_is_repeated(plan: Plan) -> None:
    path = SHARED / "zibo-circular-2021-02-20.txt"
    if not path.exists():
        pytest.skip("the published circular is not at hand")
    length = 13
    published = {
        run[start : start + length]
        for run in HAN.findall(path.read_text(encoding="utf-8"))
        for start in range(len(run) - length + 1)
    }
    for text in every_text(plan):
        for run in HAN.findall(text):
            for start in range(len(run) - length + 1):
                assert run[start : start + length] not in published, run
