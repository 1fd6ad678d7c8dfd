"""What the pages are made of obeys the strict Content-Security-Policy, and whoever does not is caught."""

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import watched

SAMPLE = """<!doctype html><html lang="zh-CN"><head><title>样张</title>
<link rel="stylesheet" href="/static/vendor/tabler.min.css">
<script src="/static/vendor/tabler.min.js" defer></script>
<script src="/static/vendor/echarts.min.js" defer></script>
<script src="/sample.js" defer></script></head><body>
<input type="checkbox" class="form-check-input" checked><select class="form-select"><option>一</option></select>
<div class="accordion"><button class="accordion-button">二</button></div><button class="btn-close"></button>
<div id="chart" class="p-5 m-5"></div></body></html>"""

CHART = """
const chart = echarts.init(document.getElementById("chart"), null, {width: 400, height: 200});
chart.setOption({
  animation: false, tooltip: {renderMode: "richText"},
  xAxis: {type: "category", data: ["甲", "乙"]}, yAxis: {}, series: [{type: "bar", data: [149, 129]}],
});
chart.dispatchAction({type: "showTip", seriesIndex: 0, dataIndex: 1});
document.title = "drawn";
"""


def policy() -> str:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def test_the_front_end_packages_work_under_the_policy(live_server: LiveServer, page: Page) -> None:
    def sample(route: Route) -> None:
        route.fulfill(body=SAMPLE, content_type="text/html", headers={"Content-Security-Policy": policy()})

    page.route("**/sample", sample)
    page.route("**/sample.js", lambda route: route.fulfill(body=CHART, content_type="text/javascript"))
    page.goto(f"{live_server.url}/sample")
    expect(page).to_have_title("drawn")
    assert page.locator("#chart canvas").count() == 1
    background = page.locator("select").evaluate("it => getComputedStyle(it).backgroundImage")
    assert background.startswith('url("data:image/svg+xml')


@pytest.mark.parametrize(
    "body", ['<p style="color: red">x</p>', "<script>document.title = 'no'</script>"], ids=["style", "script"]
)
def test_inline_style_and_script_are_caught(live_server: LiveServer, chromium: Browser, body: str) -> None:
    watching = watched(chromium.new_context())
    page = next(watching)
    page.route(
        "**/sample",
        lambda route: route.fulfill(
            body=body, content_type="text/html", headers={"Content-Security-Policy": policy()}
        ),
    )
    page.goto(f"{live_server.url}/sample")
    with pytest.raises(AssertionError, match="Content-Security-Policy"):
        next(watching)
