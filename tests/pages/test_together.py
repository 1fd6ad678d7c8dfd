"""Several rows at once: one form, the same step on each of those chosen, and a result for each."""

from datetime import date
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from huiyin.clock.now import at as clock_at
from huiyin.handling.models import Assignment
from huiyin.people import directory
from huiyin.supervision import steps as supervision
from huiyin.supervision.models import Leadership, Urging
from huiyin.words import Role
from tests import people
from tests.pages.walking import Walker, words_on
from tests.stories import answering, handling, intake
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
    return answer, words_on(BeautifulSoup(answer.content, "html.parser"))


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
    assert said.count("没有办成：编号9已经用在") == 1
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


# From the ledger: what is ticked there, then one form.


def picks(step, rows, **more):
    return (
        f"/ledger/together/?{urlencode({'step': step, 'rows': [row.pk for row in rows], **more}, doseq=True)}"
    )


def ticked(page):
    return {int(box["value"]) for box in page.select("form.step-form [name=rows]") if box.has_attr("checked")}


def test_the_units_of_ticked_items_are_urged_with_one_form(city, walker):
    first, second = (
        handling.assigned(city, title=title, co=co, when="2020-03-02")
        for title, co in zip(titles(2), ([city.police], []), strict=True)
    )
    helper = first.proposal.assignments.get(unit=city.police)
    idle = intake.registered(city, title="关于还没有交办的提案")
    walker.is_(city.lin_lan)
    address = picks("urging.send", [first.proposal, second.proposal, idle], back="/ledger/?q=x&sort=title")
    page = walker.sees(address)
    assert ticked(page) == {first.pk, helper.pk, second.pk}
    assert "关于还没有交办的提案" in page.select_one("main details").get_text()
    assert "还没有交办给承办单位，不能催办；请先交办。" in page.select_one("main details").get_text()
    given = {"rows": [first.pk, second.pk], "way": "phone", "text": "请抓紧签收。"}
    answer = walker.client.post(address, given, follow=True)
    assert answer.redirect_chain == [("/ledger/?q=x&sort=title", 302)]
    assert "已办好：催办，2件。第1号、第2号。" in answer.content.decode()
    assert {urging.assignment for urging in Urging.objects.all()} == {first, second}


def test_who_has_answered_is_not_ticked_and_stays_within_reach(city, walker):
    reply = answering.issued(city)
    walker.is_(city.lin_lan)
    with clock_at(at("2020-05-08")):
        page = walker.sees(picks("urging.send", [reply.proposal]))
    boxes = page.select("form.step-form [name=rows]")
    assert [int(box["value"]) for box in boxes] == [reply.assignment_id]
    assert ticked(page) == set()


def test_what_is_refused_stays_ticked_with_its_sentence_and_what_was_typed(city, walker):
    items = [intake.registered(city, title=title) for title in titles(3)]
    handling.assigned(city, items[1], lead=city.land, when="2020-03-02")
    walker.is_(city.lin_lan)
    address = picks("assignment.assign", items)
    given = {"rows": [item.pk for item in items], "unit": city.land.pk, "role": "co", "part": "核实用地"}
    answer = walker.client.post(address, given)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert "已办好：交办，2件。第1号、第3号。" in words_on(page)
    assert ticked(page) == {items[1].pk}
    wrong = page.select_one(".wrong").get_text(" ", strip=True)
    assert wrong.startswith("第2号")
    assert "市自然资源局已经在承办这一件，不用重复交办。" in wrong
    assert page.find("textarea", {"name": "part"}).text.strip() == "核实用地"
    other = given | {"rows": [items[1].pk], "unit": city.education.pk}
    assert walker.client.post(address, other).headers["Location"] == "/ledger/"
    assert items[1].assignments.count() == 2


def test_a_mistake_in_the_form_does_nothing_to_any_row(city, walker):
    shares = [handling.assigned(city, title=title, when="2020-03-02") for title in titles(2)]
    walker.is_(city.lin_lan)
    address = picks("urging.send", [share.proposal for share in shares])
    answer = walker.client.post(address, {"rows": [share.pk for share in shares], "way": "phone"})
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert ticked(page) == {share.pk for share in shares}
    assert not Urging.objects.exists()
    answer = walker.client.post(address, {"way": "phone", "text": "请抓紧。"})
    assert "请先勾选要催办的件" in answer.content.decode()


def test_a_page_and_a_whole_list_are_ticked_with_one_box(city, walker):
    items = [intake.registered(city, title=title) for title in titles(4)]
    other = intake.registered(city, title="关于别的事的提案")
    walker.is_(city.lin_lan)
    page = walker.sees("/ledger/?q=件事")
    assert {int(box["value"]) for box in page.select("td.pick input")} == {item.pk for item in items}
    on_page = page.select_one("[data-page]")["value"]
    assert page.select_one("[data-list]") is None
    address = f"/ledger/together/?step=proposal.mark_key&rows={on_page}"
    assert ticked(walker.sees(address)) == {item.pk for item in items}
    whole = walker.sees(
        "/ledger/together/?" + urlencode({"step": "proposal.mark_key", "all": "q=关于&sort=-title"})
    )
    assert ticked(whole) == {item.pk for item in [*items, other]}


def test_each_role_is_offered_what_it_may_do_with_some_row(city, walker):
    share = handling.assigned(city, title="关于停车的提案", when="2020-03-02")
    intake.reviewed(city, title="关于还没有立案的提案")

    def offered(who):
        page = walker.is_(who).sees("/ledger/?plenary=all")
        return {option["value"] for option in page.select("[name=step] option")} - {""}

    assert {"urging.send", "assignment.assign", "proposal.classify", "proposal.file"} <= offered(city.lin_lan)
    assert offered(city.chen_jing) == {"assignment.sign", "assignment.pass_on", "assignment.take_over"}
    assert offered(city.zhou_ning) == {"assignment.sign"}
    assert offered(city.mayor_wang) == {"urging.send"}
    assert offered(city.auditor) == set()
    assert walker.is_(city.chen_yiming).sees("/ledger/").select("td.pick") == []
    handling.signed(city, share, when="2020-03-03")
    assert "assignment.sign" not in offered(city.chen_jing)


def test_nobody_reaches_further_by_the_address(city, walker):
    """What one does not see is not there; what one may not do says who may."""
    own, other = (
        handling.assigned(city, title=title, lead=unit, when="2020-03-02")
        for title, unit in zip(titles(2), (city.education, city.land), strict=True)
    )
    walker.is_(city.chen_jing)
    page = walker.sees(picks("assignment.sign", [own.proposal, other.proposal]))
    assert ticked(page) == {own.pk}
    assert "第2件事" not in words_on(page)
    page = walker.sees(picks("assignment.assign", [own.proposal]))
    assert "这一步由市政府办公室办理，请与其联系。" in words_on(page)
    assert page.select("form.step-form") == []
    walker.client.post(picks("assignment.sign", [own.proposal]), {"rows": [other.pk]})
    other.refresh_from_db()
    assert other.state == "offered"


def test_nothing_ticked_or_nothing_picked_is_said_on_the_ledger(city, walker):
    share = handling.assigned(city, when="2020-03-02")
    walker.is_(city.lin_lan)
    page = walker.sees("/ledger/together/?step=urging.send&back=/ledger/?q=a")
    assert "请先勾选要办的件" in words_on(page)
    assert "请先选择要办的事" in words_on(walker.sees(f"/ledger/together/?rows={share.proposal_id}"))
    assert "请先选择要办的事" in words_on(walker.sees(picks("reply.issue", [share.proposal])))
    away = walker.client.get("/ledger/together/?back=https://example.org/")
    assert away.headers["Location"] == "/ledger/"


def test_ticked_items_get_the_leader_whom_the_division_of_work_names(city, walker):
    """The page says before it is done who gets which; where nobody is responsible the row says what to do first."""
    other = people.actor("赵副市长", Role.GOVERNMENT_LEADER, city.here)
    items = [
        handling.assigned(city, title=title, lead=lead, when="2020-03-02").proposal
        for title, lead in zip(titles(3), (city.education, city.land, city.police), strict=True)
    ]
    for leader, unit in ((city.mayor_wang, city.education), (other, city.land)):
        supervision.divide(city.here, actor=city.lin_lan, at=at("2020-02-01"), leader=leader.post, unit=unit)
    walker.is_(city.lin_lan)
    ledger = walker.sees("/ledger/?plenary=zx12-4")
    assert "leadership.assign" in {option.get("value") for option in ledger.select("option")}
    address = picks("leadership.assign", items)
    page = walker.sees(address)
    assert not page.select("select[name=leader] option[selected][value]:not([value=''])")
    rows = [line.get_text(" ", strip=True) for line in page.select("form.step-form label.tick")]
    said = dict(
        zip(titles(3), [next(row for row in rows if title in row) for title in titles(3)], strict=True)
    )
    first, second, third = said.values()
    assert (first.endswith("市领导：王市长"), second.endswith("市领导：赵副市长")) == (True, True)
    assert "没有分工，请先在“市领导领办督办清单”确定" in third
    answer = walker.client.post(address, {"rows": [item.pk for item in items], "kind": "lead"}, follow=True)
    told = words_on(BeautifulSoup(answer.content, "html.parser"))
    assert "已办好：确定领办督办，2件。" in told
    assert told.count("没有办成：没有分工，请先") == 1
    led = dict(Leadership.objects.values_list("proposal", "leader"))
    assert led == {items[0].pk: city.mayor_wang.post.pk, items[1].pk: other.post.pk}
    given = {"rows": [items[2].pk], "kind": "lead", "leader": other.post.pk}
    walker.client.post(address, given)
    assert Leadership.objects.get(proposal=items[2]).leader == other.post
