"""A proposer on a phone: writes, asks another to sign, hands in; and one without JavaScript does the same."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import at as clock_at
from huiyin.proposals.models import Draft, Proposal
from tests.browser.test_journeys import Visitor
from tests.people import City

MANUSCRIPT = """关于增设夜间公交的提案
一、情况
末班车九点就没有了。
二、分析
线路亏损没有补贴。
三、建议
1.延长三条线路。
2.公布时刻表。"""


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with clock_at(date(2020, 1, 6)):
        yield


def test_on_a_phone_from_the_first_word_to_the_item(
    live_server: LiveServer, phone: Page, shared_city: City
) -> None:
    member = Visitor(phone, live_server)
    member.is_(shared_city.chen_yiming)
    phone.get_by_role("link", name="写一件提案").tap()
    phone.get_by_role("button", name="写一件提案").tap()
    expect(phone.get_by_label("粘贴全文")).to_be_visible()
    member.fits()
    phone.get_by_label("粘贴全文").fill(MANUSCRIPT)
    member.sends("读入")
    member.is_told("已读入案由、情况1段、分析1段、具体建议2条。")
    expect(phone.get_by_label("第2行 建议")).to_have_value("公布时刻表。")
    member.fits()
    phone.get_by_label("分析").fill("线路亏损，没有补贴。")
    with phone.expect_response(lambda answer: answer.request.method == "POST"):
        phone.get_by_label("案由").focus()  # kept by itself as soon as a field is left
    assert Draft.objects.get().analysis == "线路亏损，没有补贴。"
    expect(phone.locator("#saved")).to_contain_text("已保存")
    expect(phone.locator("#similar")).to_contain_text("没有案由相近的")
    phone.get_by_label("情况").fill("末班车八点就没有了。")
    phone.get_by_role("button", name="邀请联名").tap()
    phone.get_by_label("刘敏").check()
    phone.get_by_label("联名截止日期").fill("2020-01-10")
    member.sends("邀请联名")
    member.is_told("等待答复")
    expect(phone.get_by_label("情况")).to_have_value("末班车八点就没有了。")
    draft = Draft.objects.get()

    co_signer = Visitor(phone, live_server)
    co_signer.is_(shared_city.co_signer)
    phone.get_by_role("link", name="关于增设夜间公交的提案").first.tap()
    expect(phone.get_by_role("button", name="同意联名")).to_be_visible()
    co_signer.fits()
    co_signer.sends("同意联名")
    co_signer.is_told("已办好：同意联名。")

    member.is_(shared_city.chen_yiming)
    member.opens(draft.get_absolute_url())
    member.is_told("已联名")
    member.sends("保存，去提交")
    member.is_told("提案者：陈一鸣、刘敏")
    member.fits()
    member.sends("提交")
    member.is_told("已办好：提交。")
    item = Proposal.objects.get(title="关于增设夜间公交的提案")
    assert item.analysis == "线路亏损，没有补贴。"
    assert [point.text for point in item.points.all()] == ["延长三条线路。", "公布时刻表。"]
    assert item.signers().count() == 2


def test_without_javascript_nothing_that_was_typed_is_lost(
    live_server: LiveServer, page_without_script: Page, shared_city: City
) -> None:
    page = page_without_script
    member = Visitor(page, live_server)
    member.is_(shared_city.chen_yiming)
    member.opens("/writing/")
    member.sends("写一件提案")
    page.get_by_label("案由").fill("关于增设夜间公交的提案")
    page.get_by_label("第1行 建议").fill("延长三条线路。")
    member.sends("再加几行")
    expect(page.get_by_label("案由")).to_have_value("关于增设夜间公交的提案")
    page.get_by_label("第2行 建议").fill("公布时刻表。")
    member.sends("保存，去提交")
    member.sends("提交")
    member.is_told("已办好：提交。")
