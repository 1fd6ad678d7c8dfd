"""难易程度 (proposal.grade_difficulty, assignment.object_difficulty, rule_difficulty)."""

import pytest

from huiyin.handling import steps
from huiyin.journal.step import AlreadyDone, Refused
from huiyin.journal.tell import sentence
from huiyin.proposals.steps import grade_difficulty
from tests.stories import handling
from tests.stories.moments import at


def graded(city, difficulty=2):
    share = handling.signed(city)
    grade_difficulty(share.proposal, actor=city.lin_lan, at=at("2020-03-02T11:00"), difficulty=difficulty)
    share.proposal.refresh_from_db()
    return share


def objected(city, share, **given):
    given = {"difficulty": 5, "reason": "涉及三个部门和省级审批"} | given
    return steps.object_difficulty(share, actor=city.chen_jing, at=at("2020-03-05"), **given)


def rule(city, share, ruling, **given):
    return steps.rule_difficulty(share, actor=city.lin_lan, at=at("2020-03-06"), ruling=ruling, **given)


def test_every_grade_is_kept_and_the_unit_is_told(city):
    share = graded(city)
    event = grade_difficulty(
        share.proposal, actor=city.lin_lan, at=at("2020-03-04"), difficulty=4, reason="要跨部门协调"
    )
    assert [(row.grade, row.reason) for row in share.proposal.gradings.all()] == [
        (2, ""),
        (4, "要跨部门协调"),
    ]
    assert sentence(event) == "难易程度定为较难（4）：要跨部门协调"
    assert city.chen_jing.person.pk in set(event.deliveries.values_list("receiver", flat=True))


def test_the_unit_objects_once_and_the_office_grants_it(city):
    share = graded(city)
    event = objected(city, share)
    assert sentence(event) == "市教育局认为难易程度应为很难（5）：涉及三个部门和省级审批"
    rule(city, share, "granted")
    share.proposal.refresh_from_db()
    assert share.proposal.difficulty == 5
    assert share.proposal.gradings.last().reason == "涉及三个部门和省级审批"
    with pytest.raises(Refused, match="只能提一次"):
        objected(city, share, difficulty=3)


def test_refused_needs_a_reason_and_the_grade_stands(city):
    share = graded(city)
    objected(city, share)
    with pytest.raises(Refused, match="写明理由"):
        rule(city, share, "refused")
    rule(city, share, "refused", reason="与往年同类件一致")
    share.proposal.refresh_from_db()
    assert share.proposal.difficulty == 2
    with pytest.raises(Refused, match="没有等待裁定"):
        rule(city, share, "granted")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"difficulty": 2}, "与现在的一样"),
        ({"difficulty": 9}, "1（很容易）至5（很难）"),
        ({"difficulty": 0}, "1（很容易）至5（很难）"),
        ({"reason": " "}, "理由"),
    ],
)
def test_what_is_no_objection(city, given, words):
    share = graded(city)
    with pytest.raises(Refused) as said:
        objected(city, share, **given)
    assert words in said.value.sentence
    assert not share.gradeobjections.exists()


def test_nothing_to_object_to_before_it_is_graded_and_no_stranger_does(city):
    share = handling.signed(city)
    with pytest.raises(Refused, match="还没有定难易程度"):
        objected(city, share)
    share = graded(city)
    with pytest.raises((Refused, AlreadyDone)):
        steps.object_difficulty(share, actor=city.sun_yue, at=at("2020-03-05"), difficulty=5, reason="太难了")
