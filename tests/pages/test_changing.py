"""A form shows what stands, so what is sent is what shall stand: nothing is lost unsaid, and what is emptied is cleared."""

from datetime import date
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.urls import reverse

from huiyin.promises.models import Promise
from tests.pages.walking import standing
from tests.pages.world import World
from tests.people import Actor
from tests.stories import answering


def a_draft(here: World, **given: Any) -> Promise:
    share = answering.at_work(here.city, title="关于校门口通行的提案")
    return answering.promised(here.city, share, **given)


def form_at(here: World, who: Actor, address: str) -> Tag:
    page = BeautifulSoup(here.client(who).get(address).content, "html.parser")
    return page.select_one("form.step-form")


def test_a_third_milestone_leaves_the_first_two_and_the_points_as_they_are(here: World) -> None:
    stages = [{"what": "开工", "due_on": date(2020, 9, 1)}, {"what": "封顶"}]
    promise = a_draft(here, milestones=stages)
    promise.points.set(promise.proposal.points.all()[:2])
    points, first = list(promise.points.all()), list(promise.milestones.all())
    address = reverse("components:step", args=["promise.change", promise.pk])
    sent = standing(form_at(here, here.city.zhou_ning, address))
    answer = here.client(here.city.zhou_ning).post(address, sent | {"milestones-2-what": "验收"})
    assert answer.status_code == 302
    assert list(promise.points.all()) == points
    assert [*promise.milestones.all()][:2] == first
    assert [one.what for one in promise.milestones.all()] == ["开工", "封顶", "验收"]
