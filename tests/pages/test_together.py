"""Several rows at once: one form, the same step on each of those chosen, and a result for each."""

from datetime import date

import pytest
from django.urls import reverse

from huiyin.clock.now import at as clock_at
from huiyin.handling.models import Assignment
from huiyin.people import directory
from huiyin.words import Role
from tests import people
from tests.pages.walking import Walker, words_on
from tests.stories import handling, intake
from tests.stories.moments import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def walker():
    with clock_at(at("2020-03-03")):
        yield Walker()


def together(code):
    return reverse("desks:together", args=[code])


def sends(walker, code, rows, **given):
    answer = walker.client.post(together(code), {"rows": [row.pk for row in rows], **given}, follow=True)
    return answer, " ".join(str(one) for one in answer.context["messages"])


def titles(count):
    return [f"关于第{number}件事的提案" for number in range(1, count + 1)]


def test_items_are_assigned_together_and_what_is_refused_is_named(city, walker):
    items = [intake.registered(city, title=title) for title in titles(4)]
    handling.assigned(city, items[3], lead=city.land, when="2020-03-02")
    walker.is_(city.lin_lan)
    page = walker.sees(reverse("desks:group", args=["assignment.assign"]))
    assert together("assignment.assign") in {link["href"] for link in page.find_all("a")}
    assert "第3件事" in words_on(walker.sees(together("assignment.assign")))
    handling.assigned(city, items[2], when="2020-03-02")
    given = {"unit": city.education.pk, "role": "lead"}
    _, said = sends(walker, "assignment.assign", items[:2], **given)
    assert "已办好：交办，2件。" in said
    assert Assignment.objects.filter(unit=city.education, proposal__in=items[:2]).count() == 2


def test_one_refusal_keeps_none_of_the_others_back(city, walker):
    items = [intake.filed(city, title=title) for title in titles(2)]
    others = [intake.reviewed(city, title=f"关于别的{number}的提案") for number in (1, 2)]
    walker.is_(city.staff)
    _, said = sends(walker, "proposal.file", others, number=items[0].number)
    assert said.count("没有办成：编号1已经用在") == 2
    assert "已办好" not in said
    _, said = sends(walker, "proposal.file", others, number="9")
    assert "没有办成：编号9已经用在" in said
    assert "已办好：立案编号，1件。" in said


def test_nothing_chosen_is_said_and_everything_is_one_click(city, walker):
    shares = [handling.assigned(city, title=title, when="2020-03-02") for title in titles(2)]
    walker.is_(city.chen_jing)
    answer, _ = sends(walker, "assignment.sign", [])
    assert answer.status_code == 422
    assert "请先勾选要签收的件" in answer.content.decode()
    ticked = walker.sees(f"{together('assignment.sign')}?all=1").find_all("input", {"name": "rows"})
    assert all(box.has_attr("checked") for box in ticked)
    sends(walker, "assignment.sign", shares)
    assert {share.state for share in Assignment.objects.all()} == {"signed"}


def test_only_rows_of_ones_own_desk_are_taken(city, walker):
    own, other = (
        handling.assigned(city, title=title, lead=unit, when="2020-03-02")
        for title, unit in zip(titles(2), (city.education, city.land), strict=True)
    )
    walker.is_(city.chen_jing)
    sends(walker, "assignment.sign", [own, other])
    other.refresh_from_db()
    assert other.state == "offered"
    assert walker.client.get(together("assignment.rule_return")).status_code == 404
    assert walker.client.get(together("assignment.assign")).status_code == 404


def test_what_is_left_by_who_has_gone_is_handed_on_together(city, walker):
    """交接: 周宁 leaves; what was still open stands on the desk of the unit's liaison."""
    shares = [handling.planned(city, title=title, when="2020-03-03") for title in titles(2)]
    follower = people.actor("吴桐", Role.HANDLER, city.here, city.education)
    directory.end_post(city.zhou_ning.post, date(2020, 3, 2))
    walker.is_(city.chen_jing)
    assert "承办人已离任，待交接" in words_on(walker.sees("/"))
    _, said = sends(walker, "assignment.take_over", shares, person=follower.post.pk, reason="调离")
    assert "已办好：交接承办人，2件。" in said
    assert {share.handler for share in Assignment.objects.all()} == {follower.post}
    assert "待交接" not in words_on(walker.sees("/"))
