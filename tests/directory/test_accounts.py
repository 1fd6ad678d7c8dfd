"""Accounts are kept by the administrator, and every change leaves its event."""

from datetime import date

from huiyin.journal.models import Event
from huiyin.people import accounts
from tests.stories.moments import at


def test_a_post_that_ends_leaves_post_end_in_the_journal(city):
    post = city.sun_yue.post
    accounts.end(post, actor=city.administrator, at=at("2020-03-01"), on=date(2020, 3, 1), reason="调离")
    post.refresh_from_db()
    assert post.to_on == date(2020, 3, 1)
    assert Event.objects.about(post).get().code == "post.end"


def test_a_new_password_is_set_by_its_owner_alone(city):
    person = city.sun_yue.person
    person.set_password("correct-horse-battery")
    person.save()
    accounts.reset_password(city.sun_yue.post, actor=city.administrator, at=at("2020-03-01"))
    person.refresh_from_db()
    assert not person.check_password("correct-horse-battery")
    assert Event.objects.about(city.sun_yue.post).get().code == "post.reset_password"


def test_who_heads_a_section_is_written_down_with_the_post(city):
    given = {"name": "郑科长", "role": "handler", "unit": city.education, "division": "基础教育科"}
    appoint = {"actor": city.administrator, "at": at("2020-03-01")}
    chief = accounts.appoint(city.here, username="zheng", is_chief=True, **given, **appoint).subject
    other = accounts.appoint(city.here, username="feng", **given | {"name": "冯一"}, **appoint).subject
    assert (chief.is_chief, other.is_chief) == (True, False)
