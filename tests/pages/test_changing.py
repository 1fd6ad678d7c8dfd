"""A form shows what stands, so what is sent is what shall stand: nothing is lost unsaid, and what is emptied is cleared."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.urls import reverse

from huiyin.promises.models import Promise
from tests.pages.walking import standing
from tests.pages.world import World
from tests.stories import answering


def a_draft(here: World, **given: Any) -> Promise:
    share = answering.at_work(here.city, title="关于校门口通行的提案")
    return answering.promised(here.city, share, **given)


def sent_with(here: World, code: str, promise: Promise, **typed: str) -> HttpResponse:
    """The form as it stands, with something typed over it."""
    client, address = here.client(here.city.zhou_ning), reverse("components:step", args=[code, promise.pk])
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("form.step-form")
    assert form is not None
    answer = client.post(address, standing(form) | typed)
    promise.refresh_from_db()
    return answer


def test_a_third_milestone_leaves_the_first_two_and_the_points_as_they_are(here: World) -> None:
    stages = [{"what": "开工", "due_on": date(2020, 9, 1)}, {"what": "封顶"}]
    promise = a_draft(here, milestones=stages)
    promise.points.set(promise.proposal.points.all()[:2])
    points, first = list(promise.points.all()), list(promise.milestones.all())
    assert sent_with(here, "promise.change", promise, **{"milestones-2-what": "验收"}).status_code == 302
    assert list(promise.points.all()) == points
    assert [*promise.milestones.all()][:2] == first
    assert [one.what for one in promise.milestones.all()] == ["开工", "封顶", "验收"]


def test_what_is_emptied_in_a_draft_is_cleared(here: World) -> None:
    promise = a_draft(here, amount=Decimal(2), measure="所", proof="验收报告", milestones=[{"what": "开工"}])
    emptied = {"amount": "", "measure": "", "proof": "", "milestones-0-what": ""}
    assert sent_with(here, "promise.change", promise, **emptied).status_code == 302
    assert (promise.amount, promise.measure, promise.proof) == (None, "", "")
    assert not promise.milestones.exists()
    assert promise.named_at is None


@pytest.mark.parametrize(
    ("emptied", "said"),
    [
        ({"measure": ""}, "还要写计量单位"),
        ({"what": ""}, "请填写“承诺事项”"),
        ({"due_on": ""}, "没有写明完成期限"),
    ],
)
def test_what_it_cannot_do_without_is_asked_for(here: World, emptied: dict[str, str], said: str) -> None:
    promise = a_draft(here, amount=Decimal(2), measure="所")
    answer = sent_with(here, "promise.change", promise, **emptied)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_promise_in_force_is_altered_to_name_no_amount(here: World) -> None:
    promise = a_draft(here, amount=Decimal(2), measure="所", proof="验收报告")
    answering.promise_in_force(here.city, share=promise.assignment)
    emptied = {"amount": "", "measure": "", "reason": "用地还没有落实"}
    assert sent_with(here, "promise.alter", promise, **emptied).status_code == 302
    assert (promise.amount, promise.measure, promise.proof) == (None, "", "验收报告")
