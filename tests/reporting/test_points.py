"""具体建议: adopted and carried out, counted by the single ask."""

from datetime import date

import pytest

from huiyin.journal.step import Refused
from huiyin.promises import steps as promises
from huiyin.reporting.figures import base_of, figures_of, rows_of
from tests.stories import answering, evaluating
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
TEXTS = ["新建两所公办幼儿园", "增加普惠学位", "开放操场", "提高补助标准", "下放审批"]
SAID = ["adopted", "partly", "planned", "cannot", "higher"]


def on(city, day):
    return {figure.code: figure for figure in figures_of(city.plenary, date.fromisoformat(day))}


def numbers(figures, *codes):
    return [(figures[code].count, figures[code].of) for code in codes]


def said_to(share, dispositions=SAID, **texts):
    points = share.proposal.points.order_by("number")
    return [
        {"point": point, "disposition": word, "text": texts.get(word, f"第{point.number}条的理由")}
        for point, word in zip(points, dispositions, strict=True)
    ]


@pytest.fixture
def share(city):
    return answering.at_work(city, points=[{"text": text} for text in TEXTS])


def test_each_point_has_its_own_outcome_and_its_own_promise(city, share):
    points = list(share.proposal.points.order_by("number"))
    built = answering.promised(city, share, what="新建两所", points=points[:1])
    opened = answering.promised(city, share, what="增加学位", points=points[1:2])
    answering.issued(city, share, answers=said_to(share))
    found = on(city, "2020-12-31")
    assert numbers(found, "point.total", "point.answered") == [(5, None), (5, 5)]
    assert [found[f"point.{word}"].count for word in SAID] == [1, 1, 1, 1, 1]
    assert numbers(found, "point.adoption", "point.fulfilment") == [(2, 5), (0, 3)]
    assert [point.text for point in rows_of(city.plenary, "point.without_promise", date(2020, 12, 31))] == [
        "开放操场"
    ]
    for promise, when in ((built, "2021-03-01"), (opened, "2021-09-01")):
        promise.refresh_from_db()
        answering.claimed(city, promise, when=when)
        promises.accept(promise, actor=city.lin_lan, at=at(when))
    assert numbers(on(city, "2021-06-30"), "point.fulfilment") == [(1, 3)]
    assert numbers(on(city, "2021-12-31"), "point.fulfilment") == [(2, 3)]
    base = base_of(city.plenary, "point.fulfilment", date(2021, 12, 31))
    assert {point.text for point in base} == set(TEXTS[:3])


def test_a_promise_that_names_no_point_stands_for_all_of_them(city):
    promise = answering.promise_in_force(city)
    assert numbers(on(city, "2020-12-31"), "point.fulfilment", "point.without_promise") == [(0, 2), (0, 0)]
    answering.kept(city, promise)
    assert numbers(on(city, "2021-12-31"), "point.fulfilment") == [(2, 2)]


def test_a_dropped_promise_carries_nothing_out(city):
    promise = answering.promise_in_force(city)
    promises.drop(
        promise,
        actor=city.gao_yuan,
        at=at("2021-01-04"),
        reason="规划调整",
        told_how="电话",
        told_on=date(2021, 1, 3),
    )
    assert numbers(on(city, "2021-12-31"), "point.fulfilment") == [(0, 2)]


def test_what_was_done_when_the_answer_came_is_carried_out(city):
    answering.issued(city, mark="A")
    assert numbers(on(city, "2020-12-31"), "point.fulfilment") == [(2, 2)]


def test_the_second_answer_stands_for_the_first_from_its_day(city):
    share = answering.at_work(city)
    first = answering.issued(city, share, answers=said_to(share, ["cannot", "cannot"]))
    second = evaluating.dissatisfied(city, first)
    evaluating.answered_again(city, second)
    assert numbers(on(city, "2020-05-11"), "point.adoption", "point.cannot") == [(0, 2), (2, 2)]
    assert numbers(on(city, evaluating.REISSUED), "point.adoption", "point.cannot") == [(2, 2), (0, 2)]


@pytest.mark.parametrize("word", ["cannot", "higher"])
def test_what_is_not_taken_up_says_why(city, share, word):
    with pytest.raises(
        Refused, match=r"第[45]条建议答复为“不能采纳”或者“属上级权限”，没有写明原因。请在逐条回应里写上"
    ):
        answering.issued(city, share, answers=said_to(share, **{word: ""}))
