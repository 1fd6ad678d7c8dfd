"""One item from the first word to the kept promise, played by eight people in a browser, each by what the page offers."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import Held
from huiyin.clock.now import at as clock_at
from huiyin.journal.models import Event
from huiyin.people.actor import Actor
from huiyin.proposals import check
from huiyin.proposals.models import Proposal
from tests.browser.test_journeys import Visitor
from tests.people import City
from tests.stories.moments import at

TOPIC = "关于增设夜间公交的提案"


@pytest.fixture
def clock() -> Iterator[Held]:
    with clock_at(at("2020-01-06")) as held:
        yield held


class Player(Visitor):
    """Whoever's turn it is; finds the step among those that the case page offers and fills in its form by label."""

    item: Proposal

    def takes(self, who: Actor, act: str, **written: str) -> None:
        self.starts(who, act)
        self.sends_form(act, **written)

    def starts(self, who: Actor, act: str) -> None:
        self.is_(who)
        self.opens(f"/cases/{self.item.pk}/steps/")
        self.page.get_by_role("main").get_by_role("link", name=act, exact=True).first.click()

    def sends_form(self, act: str, **written: str) -> None:
        form = self.page.locator("form.step-form")
        for name, value in written.items():
            self.writes(form, name, value)
        form.get_by_role("button", name=act, exact=True).click()
        self.is_told(f"已办好：{act}。")

    def writes(self, form: Locator, name: str, value: str) -> None:
        """A word typed, an option chosen or a box ticked, whatever the field is."""
        fields = form.locator(f"[name={name}]")
        kind = fields.first.evaluate("field => field.type")
        if kind == "select-one":
            option = fields.locator("option", has_text=value).first
            fields.select_option(option.get_attribute("value"))
        elif kind in ("radio", "checkbox"):
            said = [field.evaluate("field => field.labels[0].innerText.trim()") for field in fields.all()]
            fields.nth(said.index(value)).check()
        else:
            fields.fill(value)

    def reads(self, who: Actor, *sentences: str) -> None:
        self.is_(who)
        self.opens(f"/cases/{self.item.pk}/")
        for sentence in sentences:
            self.is_told(sentence)


def is_written(play: Player, city: City, page: Page) -> None:
    """By its proposer, online."""
    play.is_(city.chen_yiming)
    page.get_by_role("link", name="写一件提案").click()
    page.get_by_role("button", name="写一件提案").click()
    page.get_by_label("案由").fill(TOPIC)
    page.get_by_label("情况").fill("末班车八点就没有了。")
    page.get_by_label("分析").fill("线路亏损，没有补贴。")
    page.get_by_label("第1行 建议").fill("延长三条线路。")
    play.sends("保存，去提交")
    play.sends("提交")
    play.is_told("已办好：提交。")
    play.item = Proposal.objects.get(title=TOPIC)


def is_taken_in(play: Player, city: City, page: Page) -> None:
    """The assembly files it and hands it over, the office registers it."""
    play.takes(city.staff, "审查")
    play.takes(city.staff, "立案编号")
    play.takes(city.staff, "移交政府")
    play.takes(city.lin_lan, "登记")
    play.takes(city.lin_lan, "分类", taxonomy="类别", item_class="科教文卫体")
    play.reads(city.chen_yiming, "等待交办")


def is_handled(play: Player, city: City, page: Page) -> None:
    """Two units, and what a leader wants of them."""
    play.is_(city.lin_lan)
    page.get_by_role("link", name="交办", exact=True).first.click()
    page.get_by_role("combobox", name="主办").first.press_sequentially("jyj")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="会办").first.press_sequentially("gaj")
    page.keyboard.press("Enter")
    play.sends("保存交办")
    play.is_told("主办市教育局；会办市公安局")
    play.takes(city.chen_jing, "签收")
    play.takes(city.sun_yue, "签收")
    play.takes(city.chen_jing, "定人定案定时", person="周宁", measures="与公交公司商定线路")
    play.takes(city.sun_yue, "提交会办意见", text="夜间有警力保障。")
    play.takes(city.mayor_wang, "批示", text="六月底前开通。")
    play.takes(city.zhou_ning, "记录沟通", phase="办前", way="座谈面商", summary="一起看了三条线路。")


def is_answered(play: Player, city: City, page: Page) -> None:
    """With a promise, signed by the unit's leader."""
    play.takes(city.zhou_ning, "写入承诺", what="开通三条夜间线路", due_on="2020-06-30")
    play.starts(city.zhou_ning, "起草答复")
    answer = page.locator(".rows-input tbody tr")
    answer.locator("select[name$=disposition]").select_option("adopted")
    answer.locator("textarea").fill("三条线路六月底前延长到二十二点。")
    play.sends_form(
        "起草答复",
        text="您的提案收悉，答复如下。",
        mark="三年内基本解决（B）",
        meaning="列入计划解决",
        meaning_note="已列入今年公交线网计划。",
    )
    play.takes(city.zhou_ning, "送审")
    play.takes(city.gao_yuan, "签发", document_number="淄教提复〔2020〕1号")
    play.takes(city.zhou_ning, "答复提案者")
    play.reads(city.chen_yiming, "三条线路六月底前延长到二十二点。")


def test_eight_people_see_one_item_through(
    live_server: LiveServer, page: Page, shared_city: City, clock: Held
) -> None:
    city, play = shared_city, Player(page, live_server)
    is_written(play, city, page)
    clock.move(at("2020-01-12"))
    is_taken_in(play, city, page)
    clock.move(at("2020-03-02"))
    is_handled(play, city, page)
    clock.move(at("2020-04-01"))
    is_answered(play, city, page)
    clock.move(at("2020-04-12"))
    play.takes(city.chen_yiming, "提交评价", attitude="满意", result="基本满意", reason="盼早日开通。")
    play.takes(city.lin_lan, "答复办结")
    play.reads(city.chen_yiming, "落实中")
    clock.move(at("2020-07-01"))
    play.takes(city.zhou_ning, "报请确认已落实", what="三条线路已开通", document_number="淄教字〔2020〕3号")
    play.takes(city.lin_lan, "确认已落实")
    play.takes(city.lin_lan, "销号")
    play.reads(city.chen_yiming, "已落实")

    assert list(check.problems()) == []
    by = Event.objects.filter(proposal=play.item, actor__isnull=False)
    people = set(by.values_list("actor__name", flat=True))
    assert people == {"陈一鸣", "政协工作人员", "林岚", "陈静", "孙悦", "周宁", "高远", "王市长"}
    play.item.refresh_from_db()
    assert play.item.state == "settled"
    assert (play.item.answer_stage, play.item.fulfilment_stage) == ("answer_closed", "carried_out")
