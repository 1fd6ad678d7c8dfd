"""What is unfinished when the time for promises is over is explained in writing, and stays on the list."""

from datetime import date

import pytest

from huiyin.journal.step import Refused
from huiyin.promises import steps
from huiyin.promises.models import Promise
from tests.stories import answering
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
WORDS = {"reason": "土地没有批下来", "next_steps": "换址重选，年内报批"}


def test_only_once_the_time_is_over(city):
    promise = answering.promise_in_force(city)
    with pytest.raises(Refused, match="最后期限是2023年1月9日，还没有到"):
        steps.explain(promise, actor=city.zhou_ning, at=at("2023-01-09T23:30"), **WORDS)
    steps.explain(promise, actor=city.zhou_ning, at=at("2023-01-10T00:30"), until=date(2023, 12, 31), **WORDS)
    given = promise.explanations.get()
    assert (given.reason, given.until) == ("土地没有批下来", date(2023, 12, 31))


def test_it_says_why_and_what_next(city):
    promise = answering.promise_in_force(city)
    with pytest.raises(Refused, match="请填写“下一步打算”"):
        steps.explain(promise, actor=city.zhou_ning, at=at("2023-02-01"), reason="没有批", next_steps="")
    with pytest.raises(Refused, match="预计完成的日期已经过去"):
        steps.explain(promise, actor=city.zhou_ning, at=at("2023-02-01"), until=date(2022, 1, 1), **WORDS)


def test_the_promise_stays_open_and_late(city):
    promise = answering.promise_in_force(city)
    event = steps.explain(promise, actor=city.zhou_ning, at=at("2023-02-01"), **WORDS)
    assert list(Promise.objects.overdue(date(2023, 2, 2))) == [promise]
    told = set(event.deliveries.values_list("receiver", flat=True))
    assert {city.lin_lan.person.pk, city.chen_yiming.person.pk, city.staff.person.pk} <= told


def test_what_is_settled_is_not_explained(city):
    promise = answering.kept(city)
    with pytest.raises(Refused, match="要在“报请确认、落实中”时才能办这一步"):
        steps.explain(promise, actor=city.zhou_ning, at=at("2023-02-01"), **WORDS)
