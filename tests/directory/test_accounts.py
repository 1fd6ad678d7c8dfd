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
