"""难件: from the page to the unit that is urged, by keyboard alone; on a phone; and the unit's objection to a grade."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.clock.now import at as clock_at
from huiyin.proposals.steps import grade_difficulty
from tests.browser.conftest import PHONE, Faults
from tests.browser.test_journeys import Visitor
from tests.people import City
from tests.stories import handling
from tests.stories.moments import at


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with clock_at(at("2020-04-14")):
        yield


def quiet(city: City, difficulty: int = 5) -> object:
    share = handling.signed(city, title="关于治理河道的提案")
    grade_difficulty(share.proposal, actor=city.lin_lan, at=at("2020-03-03"), difficulty=difficulty)
    return share


def test_a_hard_one_that_lies_still_is_urged_from_the_page(
    live_server: LiveServer, page: Page, shared_city: City, accessibility_faults: Faults
) -> None:
    share = quiet(shared_city)
    registrar = Visitor(page, live_server)
    registrar.is_(shared_city.lin_lan)
    registrar.opens("/hard/")
    expect(page.get_by_role("heading", name="久无动静的难件")).to_contain_text("1")
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="催办").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("催办内容").fill("请先与委员面商，三日内报送方案。")
    page.get_by_label("电话催办").check()
    page.get_by_label("催办内容").focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="难件", exact=False).first).to_be_visible()
    assert share.urgings.count() == 1  # type: ignore[attr-defined]


def test_a_unit_objects_on_a_phone_and_sees_what_to_take_up_first(
    live_server: LiveServer, page: Page, shared_city: City, accessibility_faults: Faults
) -> None:
    share = quiet(shared_city, difficulty=2)
    page.set_viewport_size(PHONE)
    liaison = Visitor(page, live_server)
    liaison.is_(shared_city.chen_jing)
    liaison.opens("/hard/")
    expect(page.get_by_text("先办什么")).to_be_visible()
    assert accessibility_faults(page) == []
    liaison.opens(f"/steps/assignment.object_difficulty/{share.pk}/")  # type: ignore[attr-defined]
    page.get_by_label("建议的难易程度").fill("5")
    page.get_by_label("理由").fill("涉及省级审批")
    page.get_by_role("button", name="对难易程度提异议").click()
    expect(page.locator("h1")).to_contain_text("治理河道")
    assert share.gradeobjections.get().grade == 5  # type: ignore[attr-defined]
