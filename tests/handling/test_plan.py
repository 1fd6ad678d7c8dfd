"""定人、定案、定时 (assignment.plan, pass_on, take_over)."""

from datetime import date

import pytest

from huiyin.handling import steps
from huiyin.journal.step import Refused
from huiyin.people.models import Post
from huiyin.words import Role
from tests.people import actor
from tests.stories import handling
from tests.stories.moments import at


def make(city, share, **given):
    given = {"measures": "实地调研"} | given
    return steps.plan(share, actor=city.chen_jing, at=at("2020-03-10"), **given).subject


def test_a_plan_names_who_what_and_by_when(city):
    share = make(city, handling.signed(city), person=city.zhou_ning.post, until=date(2020, 5, 20))
    assert (share.state, share.handler, share.division) == ("planned", city.zhou_ning.post, "基础教育科")
    assert str(share.handlingplans.get().until) == "2020-05-20"


def test_it_is_made_after_signing(city):
    with pytest.raises(Refused, match="待签收"):
        make(city, handling.assigned(city))


def test_it_ends_before_the_reply_is_due(city):
    with pytest.raises(Refused, match="晚于答复期限2020年6月2日") as said:
        make(city, handling.signed(city), until=date(2020, 6, 3))
    assert said.value.field == "until"


def test_a_second_plan_keeps_the_first(city):
    share = make(city, handling.planned(city))
    assert share.handlingplans.count() == 2


def test_only_people_of_the_unit_are_named(city):
    with pytest.raises(Refused, match="何山不在市教育局任职"):
        make(city, handling.signed(city), person=city.he_shan.post)


def test_a_stranger_makes_no_plan(city):
    with pytest.raises(Refused, match="这一步由承办单位"):
        steps.plan(handling.signed(city), actor=city.unit_without_share, measures="x")


def test_the_unit_passes_it_on_to_a_division(city):
    share = steps.pass_on(
        handling.signed(city), actor=city.chen_jing, division="基教科", person=city.zhou_ning.post
    ).subject
    assert (share.state, share.division, share.handler) == ("signed", "基教科", city.zhou_ning.post)


def test_a_handler_does_not_pass_it_on(city):
    with pytest.raises(Refused, match="承办单位联络员、负责人"):
        steps.pass_on(handling.signed(city), actor=city.zhou_ning, division="基教科")


def test_a_handler_leaves_and_another_takes_over(city):
    share = handling.planned(city)
    follower = actor("吴桐", Role.HANDLER, city.here, city.education, division="规划科")
    before = list(share.deadlines.values_list("name", "due_on"))
    event = steps.take_over(
        share, actor=city.chen_jing, at=at("2020-04-01"), person=follower.post, reason="调离"
    )
    share.refresh_from_db()
    assert (share.handler, share.division, share.state) == (follower.post, "规划科", "planned")
    assert event.facts["before"] == city.zhou_ning.post.pk
    assert list(share.deadlines.values_list("name", "due_on")) == before


def test_who_has_left_the_unit_cannot_be_named(city):
    Post.objects.filter(pk=city.zhou_ning.post.pk).update(to_on="2020-03-01")
    named = steps.plan.fields[0].options(handling.signed(city), city.chen_jing)
    assert city.zhou_ning.post not in named
