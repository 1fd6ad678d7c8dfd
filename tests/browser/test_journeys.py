"""One journey for each main role, in a browser: from the desk by its buttons to the thing done.

A page that the security policy objects to, or a script that fails, fails the test (see conftest).
"""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import at as clock_at
from huiyin.evaluations import links
from huiyin.people.actor import Actor
from huiyin.people.middleware import POST_KEY
from huiyin.supervision import steps as supervision
from tests.people import City
from tests.stories import answering, evaluating, handling, intake
from tests.stories.moments import at

TODAY = date(2020, 4, 14)


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with clock_at(TODAY):
        yield


class Visitor:
    """A person at a browser."""

    def __init__(self, page: Page, server: LiveServer) -> None:
        self.page, self.address = page, server.url

    def is_(self, who: Actor) -> None:
        """Logged in, in the post that acts, and at the desk."""
        assert who.person is not None
        assert who.post is not None
        client = Client()
        client.force_login(who.person, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[POST_KEY] = who.post.pk
        session.save()
        cookie = {"name": "sessionid", "value": str(session.session_key), "url": self.address}
        self.page.context.add_cookies([cookie])
        self.opens("/")

    def opens(self, path: str) -> None:
        self.page.goto(self.address + path)

    def opens_act(self, button: str, topic: str) -> None:
        """The button in the row of the desk that names the item."""
        self.page.locator("[data-row]", has_text=topic).get_by_role("link", name=button).click()

    def lets_be_kept(self) -> None:
        """What was typed has been put aside: a form that is sent meanwhile would break that off."""
        self.page.keyboard.press("Tab")
        self.page.wait_for_load_state("networkidle")

    def sends(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def is_told(self, sentence: str) -> None:
        expect(self.page.locator("main")).to_contain_text(sentence)

    def fits(self) -> None:
        """No sideways scroll of the whole page; one that is on its way is waited for."""
        size = self.page.viewport_size
        assert size is not None
        expect(self.page.locator("html")).to_have_js_property("scrollWidth", size["width"])


def test_the_registrar_assigns_a_lead_and_a_co_handler(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    item = intake.classified(shared_city, title="关于建设口袋公园的提案")
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    registrar.opens_act("交办", "口袋公园")
    page.get_by_label("承办单位").select_option("市教育局")
    registrar.sends("交办")
    registrar.is_told("已办好：交办。")
    registrar.opens(f"/cases/{item.pk}/steps/")
    page.get_by_role("main").get_by_role("link", name="交办", exact=True).click()
    page.get_by_label("承办单位").select_option("市教育局")
    page.get_by_label("会办").check()
    page.get_by_label("承办内容").fill("提供用地意见")
    registrar.sends("交办")
    expect(page.locator(".wrong")).to_contain_text("市教育局已经在承办这一件")  # at the field it is about
    expect(page.get_by_label("承办内容")).to_have_value("提供用地意见")
    page.get_by_label("承办单位").select_option("市公安局")
    registrar.sends("交办")
    registrar.is_told("已办好：交办。")
    registrar.opens(f"/cases/{item.pk}/")
    who = page.locator("section", has=page.get_by_role("heading", name="谁在办"))
    expect(who).to_contain_text("主办 市教育局")
    expect(who).to_contain_text("会办 市公安局")


def test_a_unit_answers_its_leader_signs_and_it_is_issued(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    share = answering.at_work(shared_city, title="关于增加普惠托位的提案")
    unit = Visitor(page, live_server)
    unit.is_(shared_city.zhou_ning)
    unit.opens(f"/cases/{share.proposal_id}/steps/")
    page.get_by_role("link", name="起草答复", exact=True).click()
    page.get_by_label("答复正文").fill("您的提案收悉，答复如下。")
    for row in page.locator(".rows-input tbody tr").all():
        row.locator("select[name$=disposition]").select_option("adopted")
        row.locator("textarea").fill("已在两所幼儿园增设托班。")
    page.locator("input[name=mark][value=A]").check()
    page.locator("input[name=meaning][value=solved]").check()
    page.get_by_label("依据或原因").fill("两所幼儿园已招生（招生公告）")
    page.get_by_label("办结日期").fill("2020-03-30")
    page.get_by_label("文号").fill("淄教提复〔2020〕1号")
    unit.sends("起草答复")
    unit.is_told("已办好：起草答复。")
    for who, act in (
        (shared_city.zhou_ning, "送审"),
        (shared_city.gao_yuan, "签发"),
        (shared_city.zhou_ning, "答复提案者"),
    ):
        unit.is_(who)
        unit.opens(f"/cases/{share.proposal_id}/steps/")
        page.get_by_role("link", name=act, exact=True).first.click()
        unit.sends(act)
        unit.is_told(f"已办好：{act}。")
    unit.opens(f"/cases/{share.proposal_id}/")
    unit.is_told("已经解决")


def test_a_proposer_evaluates_by_link_on_a_phone(
    live_server: LiveServer, phone: Page, shared_city: City
) -> None:
    reply = answering.issued(shared_city, title="关于改造老旧校舍的提案")
    form = evaluating.form_of(reply, shared_city.lead_proposer)
    proposer = Visitor(phone, live_server)
    proposer.opens(f"/e/{links.token_of(form)}/")
    proposer.fits()
    reason = phone.get_by_label("还差什么")
    expect(reason).to_be_hidden()
    grades = phone.locator(".grade-buttons")
    for grade in grades.first.locator(".grade").all():
        size = grade.bounding_box()
        assert size is not None
        assert size["height"] >= 44
        assert size["width"] >= 90
    grades.nth(0).get_by_text("满意", exact=True).tap()
    grades.nth(1).get_by_text("不满意", exact=True).tap()
    expect(reason).to_be_visible()
    proposer.sends("提交评价")
    expect(phone.get_by_role("alert")).to_be_visible()  # why not, at the field; what was chosen is kept
    expect(phone.locator("input[name=attitude][value=satisfied]")).to_be_checked()
    reason.fill("操场还没有修。")
    proposer.sends("提交评价")
    proposer.is_told("谢谢您的评价")
    proposer.fits()
    form.refresh_from_db()
    assert form.reason == "操场还没有修。"


def test_a_leader_instructs_in_a_line(live_server: LiveServer, page: Page, shared_city: City) -> None:
    share = handling.planned(shared_city, title="关于建设海绵城市的提案")
    item = share.proposal
    leader = shared_city.mayor_wang
    supervision.assign_leader(
        item, actor=shared_city.lin_lan, at=at("2020-04-13"), leader=leader.post, kind="lead"
    )
    mayor = Visitor(page, live_server)
    mayor.is_(leader)
    page.get_by_role("link", name="海绵城市").first.click()
    page.get_by_role("link", name="可办事项").click()
    # Among the steps, once they are there: the item's page has the same link, and its answer could come first.
    page.locator("#all-steps").get_by_role("link", name="批示", exact=True).click()
    page.locator("textarea").first.fill("四月底前拿出方案。")
    mayor.sends("批示")
    mayor.is_told("已办好：批示。")
    mayor.opens(f"/cases/{item.pk}/")
    mayor.is_told("四月底前拿出方案。")


def test_a_unit_signs_and_logs_a_contact_without_javascript(
    live_server: LiveServer, page_without_script: Page, shared_city: City
) -> None:
    share = handling.assigned(shared_city, title="关于完善校车停靠点的提案")
    page = page_without_script
    unit = Visitor(page, live_server)
    unit.is_(shared_city.chen_jing)
    unit.opens_act("签收", "校车停靠点")
    unit.sends("签收")
    unit.is_told("已办好：签收。")
    unit.opens(f"/steps/contact.log/{share.pk}/")
    page.get_by_label("办前").check()
    page.get_by_label("电话联系").check()
    page.get_by_label("沟通内容").fill("说明选址的打算。")
    page.get_by_text("不是现在办的").click()
    page.get_by_label("发生时间").fill("2020-05-01T09:00")
    unit.sends("记录沟通")
    expect(page.locator(".wrong")).to_contain_text("发生时间不能晚于现在")  # open, though it was folded
    expect(page.get_by_label("沟通内容")).to_have_value("说明选址的打算。")
    expect(page.get_by_label("电话联系")).to_be_checked()
    page.get_by_label("发生时间").fill("2020-04-14T08:30")
    unit.sends("记录沟通")
    unit.is_told("已办好：记录沟通。")
    unit.opens("/ledger/?q=校车")
    unit.is_told("关于完善校车停靠点的提案")


def test_a_step_opens_in_place_and_what_is_half_typed_outlives_the_session(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    share = handling.planned(shared_city, title="关于打通断头路的提案")
    unit = Visitor(page, live_server)
    unit.is_(shared_city.zhou_ning)
    case = f"/cases/{share.proposal_id}/"
    unit.opens(case)
    contacts = page.locator("section", has=page.get_by_role("heading", name="沟通记录"))
    contacts.get_by_role("link", name="记录沟通").click()
    form = page.locator("#step form")
    expect(form.locator(":focus")).to_be_visible()  # the cursor stands in the first field
    form.get_by_label("沟通内容").fill("电话里说到一半。")
    expect(form.locator(".keeping")).to_contain_text("已暂存")
    page.context.clear_cookies(name="sessionid")
    form.get_by_label("沟通内容").fill("电话里说到一半，登录失效了。")
    expect(form.locator(".keeping")).to_contain_text("没有存上")
    expect(form.get_by_label("沟通内容")).to_have_value("电话里说到一半，登录失效了。")
    unit.is_(shared_city.zhou_ning)
    unit.opens(case)
    contacts.get_by_role("link", name="记录沟通").click()
    expect(form.get_by_label("沟通内容")).to_have_value("电话里说到一半。")
    form.get_by_label("办中").check()
    form.get_by_label("电话联系").check()
    form.get_by_text("不是现在办的").click()
    form.get_by_label("发生时间").fill("2020-05-01T09:00")
    unit.sends("记录沟通")
    expect(form.locator(".wrong")).to_contain_text("发生时间不能晚于现在")  # in place, with its words
    assert page.url.endswith(case)
    form.get_by_label("发生时间").fill("2020-04-14T08:30")
    unit.sends("记录沟通")
    unit.is_told("已办好：记录沟通。")
    assert page.url.endswith(case)
    expect(contacts).to_contain_text("电话里说到一半。")


def test_the_assembly_enters_a_paper_form_by_keyboard_alone(
    live_server: LiveServer, page: Page, shared_city: City
) -> None:
    share = answering.at_work(shared_city, title="关于增设婴儿护理台的提案")
    reply = answering.issued(shared_city, share)
    staff = Visitor(page, live_server)
    staff.is_(shared_city.staff)
    page.locator("[data-row]", has_text="婴儿护理台").get_by_role("link", name="录入纸质表").press("Enter")
    page.get_by_label("评价人").select_option(label="陈一鸣")
    for name in ("attitude", "result"):
        page.locator(f"[name={name}]").first.focus()
        page.keyboard.press("Space")
        expect(page.locator(f"[name={name}][value=satisfied]")).to_be_checked()
    page.get_by_role("button", name="录入纸质意见表").press("Enter")
    staff.is_told("已办好：录入纸质意见表。")
    form = reply.evaluations.get(evaluator=shared_city.lead_proposer)
    assert (form.channel, form.state) == ("paper", "submitted")


def test_the_auditor_finds_who_signed_and_can_change_nothing(
    live_server: LiveServer, phone: Page, shared_city: City
) -> None:
    share = handling.signed(shared_city, handling.assigned(shared_city, title="关于修缮古建筑的提案"))
    auditor = Visitor(phone, live_server)
    auditor.is_(shared_city.auditor)
    phone.get_by_role("main").get_by_role("link", name="办理痕迹").tap()
    phone.get_by_role("textbox", name="提案").fill("古建筑")
    phone.get_by_label("步骤").select_option(label="签收")
    auditor.sends("查找")
    auditor.fits()
    expect(phone.locator("[data-row]")).to_have_count(1)
    phone.locator("[data-row] a").tap()
    auditor.is_told("链上位置")
    auditor.fits()
    auditor.opens(f"/cases/{share.proposal_id}/steps/")
    expect(phone.get_by_role("main").get_by_role("link", name="催办")).to_have_count(0)
