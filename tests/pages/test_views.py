"""The ledger as each person wants it: own columns in an own order, sorted by any of them, summed, printed and taken away."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from huiyin.desks.columns import COLUMNS, STANDARD
from huiyin.desks.models import SavedView
from huiyin.proposals import steps as proposal_steps
from huiyin.words import Role
from tests.pages.world import NOW, World
from tests.people import actor as new_actor
from tests.stories import intake
from tests.stories.moments import at


def page_of(here: World, address: str, who: str = "lin_lan") -> BeautifulSoup:
    answer = here.client(here.actors[who]).get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def headings(page: BeautifulSoup) -> list[str]:
    return [cell.get_text(strip=True) for cell in page.select("table.ledger thead th:not(.pick)")]


def table(page: BeautifulSoup) -> list[list[str]]:
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("td:not(.pick)")]
        for row in page.select("table.ledger tbody tr")
    ]


def column(page: BeautifulSoup, heading: str) -> list[str]:
    place = headings(page).index(heading)
    return [row[place] for row in table(page)]


def test_the_columns_asked_for_stand_there_in_their_order(here: World) -> None:
    page = page_of(here, "/ledger/?cols=stage,number,title,answered")
    assert headings(page) == ["办理阶段", "编号", "案由", "答复日期"]
    said = {(row[0], row[3]) for row in table(page)}
    assert ("已答复", "4月10日") in said
    assert ("待交办", "") in said
    assert ("已答复", "") not in said


def test_an_unknown_column_is_passed_over_and_the_title_is_never_missing(here: World) -> None:
    assert headings(page_of(here, "/ledger/?cols=,nonsense,stage,stage")) == ["案由", "办理阶段"]
    assert headings(page_of(here, "/ledger/"))[:3] == ["编号", "案由", "重点"]
    assert len(headings(page_of(here, "/ledger/"))) == len(STANDARD)
    # A number alone does not say of which plenary it is.
    assert headings(page_of(here, "/ledger/?plenary=all"))[0] == "届次"


def test_columns_are_ticked_and_moved_with_buttons_alone(here: World) -> None:
    client = here.client(here.city.lin_lan)
    asked = {"q": "校", "col": ["number", "title", "stage"]}
    page = BeautifulSoup(client.get("/ledger/columns/", asked | {"up": "stage"}).content, "html.parser")
    ticked = [box["value"] for box in page.select("[name=col]") if box.has_attr("checked")]
    assert ticked == ["number", "stage"]
    order = [box["value"] for box in page.select("[name=col]")][:3]
    assert order == ["number", "stage", "title"]
    there = client.get("/ledger/columns/", asked | {"col": order, "use": "1"})
    assert there.headers["Location"] == "/ledger/?q=%E6%A0%A1&cols=number,stage,title"
    found = page_of(here, there.headers["Location"])
    assert headings(found) == ["编号", "办理阶段", "案由"]
    assert "关于更新校园广播的提案" in column(found, "案由")
    assert "关于加装电梯的提案" not in column(found, "案由")


def test_the_ends_of_the_order_hold(here: World) -> None:
    page = page_of(here, "/ledger/columns/?col=number&col=title&up=number&down=title")
    assert [box["value"] for box in page.select("[name=col]")][:2] == ["number", "title"]


def test_what_is_asked_for_besides_is_kept_while_columns_are_chosen(here: World) -> None:
    page = page_of(here, "/ledger/columns/?stage=handling&stage=answered&sort=-due&page=2")
    kept = [(one["name"], one["value"]) for one in page.select("#column-form > input[type=hidden]")]
    assert kept == [("stage", "handling"), ("stage", "answered"), ("sort", "-due")]
    filters = page_of(here, "/ledger/filters/?cols=title,stage&sort=-due")
    assert filters.select_one("#filter-form [name=cols]")["value"] == "title,stage"
    found = page_of(here, "/ledger/?cols=title,stage")
    assert found.select_one(".find [name=cols]")["value"] == "title,stage"


@pytest.mark.parametrize("key", [one.key for one in COLUMNS if one.by])
@pytest.mark.parametrize(("who", "query"), [("lin_lan", ""), ("chen_jing", "plenary=all&")])
def test_a_column_sorts_both_ways(here: World, key: str, who: str, query: str) -> None:
    """What says nothing stands last either way; the rest is turned round."""
    client = here.client(here.actors[who])
    found = []
    for sign in ("", "-"):
        page = client.get(f"/ledger/?{query}sort={sign}{key}&cols=title,{key}")
        sorted_by = page.context["filters"].sorting
        assert sorted_by.key == key
        found.append([line.item.pk for line in page.context["lines"]])
    assert sorted(found[0]) == sorted(found[1])
    head = BeautifulSoup(client.get(f"/ledger/?{query}sort={key}&cols=title,{key}").content, "html.parser")
    here_head = head.select_one("th[aria-sort=ascending] a")
    assert f"sort=-{key}" in here_head["href"]


def test_sorting_follows_what_is_said(here: World) -> None:
    stages = column(page_of(here, "/ledger/?sort=stage"), "办理阶段")
    assert stages.index("收案") < stages.index("待交办") < stages.index("办理中") < stages.index("答复办结")
    counts = [int(count or 0) for count in column(page_of(here, "/ledger/?sort=-contacts"), "沟通次数")]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0
    dues = column(page_of(here, "/ledger/?sort=due"), "期限")
    assert "已超" in dues[0]
    assert not any(dues[-3:])
    grades = column(page_of(here, "/ledger/?sort=-grade"), "结果评价")
    assert grades[0] == "不满意"


def test_an_office_sorts_all_plenaries_only_by_what_is_quick(here: World) -> None:
    page = page_of(here, "/ledger/?plenary=all&sort=contacts")
    assert page.select_one("th[aria-sort]").get_text(strip=True) == "编号"
    links = {cell.get_text(strip=True) for cell in page.select("th a")}
    assert links == {"编号", "期限"}
    own = page_of(here, "/ledger/?plenary=all&sort=contacts", "chen_jing")
    assert own.select_one("th[aria-sort]").get_text(strip=True) == "沟通次数"


def counted(page: BeautifulSoup, heading: str) -> str:
    cells = [cell.get_text(" ", strip=True) for cell in page.select("table.ledger tfoot td:not(.pick)")]
    return cells[headings(page).index(heading)]


def test_totals_are_those_of_every_page(here: World) -> None:
    city = here.city
    whole = page_of(here, "/ledger/?q=关于", "lin_lan")
    before = {name: counted(whole, name) for name in ("案由", "期限", "沟通次数", "承诺项数")}
    asked = page_of(here, "/ledger/?q=关于&totals=1", "lin_lan")
    assert {name: counted(asked, name) for name in ("期限", "沟通次数", "承诺项数")} == {
        name: value for name, value in before.items() if name != "案由"
    }
    for number in range(30):
        item = intake.received(city, title=f"关于第{number}个小区的提案")
        if number < 4:
            proposal_steps.mark_key(item, actor=city.lin_lan, at=at(NOW), key=True)
    first = page_of(here, "/ledger/?sort=contacts")
    assert counted(first, "案由") == "本页合计 50 件"
    assert int(before["沟通次数"]) > int(counted(first, "沟通次数"))
    asked = page_of(here, "/ledger/?sort=contacts&totals=1")
    items = int(counted(asked, "案由").removeprefix("全部合计 ").removesuffix(" 件"))
    assert items == len(table(asked)) + len(table(page_of(here, "/ledger/?sort=contacts&page=2")))
    assert counted(asked, "重点") == "重点 5"
    assert counted(asked, "沟通次数") == before["沟通次数"]


def shown(here: World, query: str) -> tuple[list[str], list[list[str]]]:
    page = page_of(here, f"/ledger/?{query}")
    return headings(page), table(page)


QUERIES = (
    "",
    "cols=stage,title,leads,number&sort=-title&q=校",
    "cols=number,title,handlers,mark,promises,remarks&stage=answered&stage=evaluated",
)


@pytest.mark.parametrize("query", QUERIES)
def test_files_hold_what_the_page_shows(here: World, query: str) -> None:
    heads, rows = shown(here, query)
    client = here.client(here.city.lin_lan)
    book = client.get(f"/ledger/export/?{query}")
    sheet = list(load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True))
    link = page_of(here, f"/ledger/?{query}&totals=1").find("a", string="导出为 CSV 文件")["href"]
    text = client.get(link).content.decode("utf-8-sig")
    plain = list(csv.reader(StringIO(text)))
    assert list(sheet[0]) == plain[0] == heads
    assert len(sheet) - 1 == len(plain) - 1 == len(rows)
    assert rows
    for told, in_book, in_text in zip(rows, sheet[1:], plain[1:], strict=True):
        for head, on_page, cell, word in zip(heads, told, in_book, in_text, strict=True):
            if head == "期限" and cell is not None and not isinstance(cell, str):
                assert cell.date().isoformat() == word  # the page says how long it is till then
                assert on_page
            else:
                assert (on_page if on_page != "未编号" else "") == (cell or "") == word, head


def test_a_text_that_looks_like_a_formula_is_none_in_a_file(here: World) -> None:
    intake.received(here.city, title="=1+1的提案")
    text = here.client(here.city.lin_lan).get("/ledger/export/?q=1的提案&as=csv").content.decode()
    assert ",'=1+1的提案," in text
    assert here.client(here.city.lin_lan).get("/ledger/export/?as=exe").status_code == 404


def test_the_print_has_every_row_without_pages(here: World) -> None:
    for number in range(40):
        intake.received(here.city, title=f"关于第{number}条小巷的提案")
    page = page_of(here, "/ledger/print/?cols=title,stage&sort=title")
    assert len(table(page)) > 60
    assert headings(page) == ["案由", "办理阶段"]
    assert page.select(".pages") == []
    assert page.select(".sheet.across")


def test_what_is_paused_does_not_run_and_counts_with_nothing(here: World) -> None:
    page = page_of(here, "/ledger/?q=统一学区划分")
    assert column(page, "期限") == ["中止计时"]
    assert counted(page, "期限") == "逾期 0"


def test_a_unit_finds_its_own_handler_in_a_column(here: World) -> None:
    page = page_of(here, "/ledger/?cols=number,title,handlers&q=完善校车停靠点", "chen_jing")
    assert column(page, "承办人") == ["基础教育科 · 周宁"]


def saves(here: World, who: str, query: str, name: str, **given: Any) -> Any:
    client = here.client(here.actors[who])
    return client.post(f"/ledger/saved/?{query}", {"name": name, "audience": "own"} | given, follow=True)


def tabs(here: World, who: str) -> dict[str, str]:
    page = page_of(here, "/ledger/?view=standard", who)
    return {link.get_text(strip=True): link["href"] for link in page.select(".tabs a:not(.quiet)")}


def opened(here: World, who: str, address: str) -> BeautifulSoup:
    answer = here.client(here.actors[who]).get(address, follow=True)
    return BeautifulSoup(answer.content, "html.parser")


def test_a_list_is_kept_under_a_name_with_its_filters_order_and_columns(here: World) -> None:
    answer = saves(
        here, "chen_jing", "stage=handling&sort=-due&cols=number,title,handlers&page=2&kind=", "在办的"
    )
    assert "已存为常用台账“在办的”。" in answer.content.decode()
    address = tabs(here, "chen_jing")["在办的"]
    assert address.startswith("?stage=handling&sort=-due&cols=number,title,handlers&view=")
    page = page_of(here, f"/ledger/{address}", "chen_jing")
    assert headings(page) == ["编号", "案由", "承办人"]
    assert page.select_one(".tabs [aria-current]").get_text(strip=True) == "在办的"
    assert "在办的" not in tabs(here, "gao_yuan")


def test_a_changed_list_is_put_back_under_its_name_or_kept_beside_it(here: World) -> None:
    saves(here, "chen_jing", "stage=handling", "我的件")
    address = tabs(here, "chen_jing")["我的件"]
    same = page_of(here, f"/ledger/{address}&q=&page=1", "chen_jing")
    assert "改过" not in same.select_one(".tabs").get_text()
    page = page_of(here, f"/ledger/{address}&sort=title", "chen_jing")
    back = page.find("a", string="存回“我的件”")["href"]
    client = here.client(here.city.chen_jing)
    client.post(back, {"name": "我的件", "audience": "own"})
    assert tabs(here, "chen_jing")["我的件"].startswith("?stage=handling&sort=title&view=")
    view = back.split("?")[0]
    client.post(view, {"name": "本科室的件", "audience": "own"})
    assert tabs(here, "chen_jing")["本科室的件"].startswith("?stage=handling&sort=title&view=")
    client.post(view, {"name": "本科室的件", "remove": "1"})
    assert tabs(here, "chen_jing") == {}
    assert client.get(view).status_code == 404


def test_what_is_shared_shows_each_what_they_may_see(here: World) -> None:
    saves(here, "lin_lan", "stage=handling&sort=title&cols=title,leads", "在办件", audience="all")
    office = set(column(page_of(here, f"/ledger/{tabs(here, 'lin_lan')['在办件']}"), "案由"))
    unit = set(column(page_of(here, f"/ledger/{tabs(here, 'sun_yue')['在办件']}", "sun_yue"), "案由"))
    assert unit < office
    assert "关于更新校园广播的提案" in unit
    assert "关于土壤修复的提案" in office - unit
    assert "在办件" in tabs(here, "staff")
    assert "在办件" not in tabs(here, "chen_yiming")
    assert "在办件" not in tabs(here, "stranger")


def test_a_unit_shares_with_itself_and_only_the_office_with_everybody(here: World) -> None:
    unit = here.city.education.pk
    refused = saves(here, "chen_jing", "", "给大家", audience="all")
    assert refused.status_code == 422
    saves(here, "chen_jing", "stage=handling", "教育局在办", audience=f"unit-{unit}")
    assert "教育局在办" in tabs(here, "zhou_ning")
    assert "教育局在办" not in tabs(here, "sun_yue")
    refused = saves(here, "sun_yue", "", "给教育局", audience=f"unit-{unit}")
    assert refused.status_code == 422
    address = tabs(here, "zhou_ning")["教育局在办"]
    view = f"/ledger/saved/{address.split('view=')[1]}/"
    assert here.client(here.city.zhou_ning).post(view, {"name": "改名"}).status_code == 404
    saves(here, "staff", "", "本委常用", audience="assembly-cppcc")
    assert "本委常用" not in tabs(here, "congress_staff")


def test_a_list_of_a_plenary_is_not_shown_to_whom_the_plenary_is_not(here: World) -> None:
    saves(here, "lin_lan", "plenary=zx12-4", "四次会议", audience="all")
    saves(here, "lin_lan", "stage=handling", "今年在办", audience="all")
    assert "四次会议" in tabs(here, "staff")
    assert list(tabs(here, "congress_staff")) == ["全部", "今年在办"]


def test_one_is_what_the_ledger_opens_with(here: World) -> None:
    saves(here, "lin_lan", "stage=handling&cols=number,title,due", "督办", audience="all", first="on")
    assert headings(opened(here, "lin_lan", "/ledger/")) == ["编号", "案由", "期限"]
    assert len(headings(opened(here, "lin_lan", "/ledger/?q=校"))) == len(STANDARD)
    assert len(headings(opened(here, "lin_lan", "/ledger/?view=standard"))) == len(STANDARD)
    assert len(headings(opened(here, "chen_jing", "/ledger/"))) == len(STANDARD)
    view = tabs(here, "chen_jing")["督办"].split("view=")[1]
    unit = here.client(here.city.chen_jing)
    assert (
        "打开台账，先看“督办”" in unit.post("/ledger/saved/", {"first": view}, follow=True).content.decode()
    )
    assert headings(opened(here, "chen_jing", "/ledger/")) == ["编号", "案由", "期限"]
    here.client(here.city.lin_lan).post(f"/ledger/saved/{view}/", {"remove": "1"})
    assert len(headings(opened(here, "chen_jing", "/ledger/"))) == len(STANDARD)
    assert len(headings(opened(here, "lin_lan", "/ledger/"))) == len(STANDARD)


def test_taking_the_last_condition_away_does_not_open_something_else(here: World) -> None:
    saves(here, "lin_lan", "stage=handling", "在办", first="on")
    page = page_of(here, "/ledger/?q=校")
    chip = page.select_one(".chip")["href"]
    assert opened(here, "lin_lan", f"/ledger/{chip}").select(".chip") == []


def test_names_are_told_apart_and_a_classified_one_is_refused(here: World) -> None:
    saves(here, "lin_lan", "", "督办")
    again = saves(here, "lin_lan", "q=校", "督办")
    assert again.status_code == 422
    assert "已经有一份叫“督办”" in again.content.decode()
    assert saves(here, "chen_jing", "", "督办").status_code == 200
    assert "纸质涉密渠道" in saves(here, "lin_lan", "", "机密★10年").content.decode()


def test_the_office_keeps_what_everybody_uses_after_its_maker_has_gone(here: World) -> None:
    saves(here, "lin_lan", "", "全市常用", audience="all")
    follower = new_actor("接任者", Role.REGISTRAR, here.city.here, here.city.office)
    client = here.client(follower)
    pk = SavedView.objects.get(name="全市常用").pk
    client.post(f"/ledger/saved/{pk}/", {"name": "各单位常用", "audience": "all"})
    assert "各单位常用" in tabs(here, "chen_jing")
    assert here.client(here.city.stranger).get(f"/ledger/saved/{pk}/").status_code == 404
