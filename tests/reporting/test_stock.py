"""The stock over the years: what became of what each plenary was promised adds up, and equals a recount of the events."""

from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from huiyin.clock.now import at as clock_at
from huiyin.clock.now import day_of
from huiyin.journal.models import Event
from huiyin.people.steps import correct, moment_of
from huiyin.promises import steps as promises
from huiyin.proposals.models import Plenary
from huiyin.reporting.circular import circular_of
from huiyin.reporting.families import stock
from huiyin.reporting.figures import figures_of, rows_of
from tests.pages.world import World
from tests.reporting.test_circular import paragraphs
from tests.stories import answering
from tests.stories.moments import at

pytestmark = pytest.mark.django_db
DAYS = [date(year, 12, 31) for year in range(2020, 2026)]


def _promised(city, topic, due_on="2021-12-31"):
    share = answering.at_work(city, title=f"关于{topic}的提案")
    answering.promised(city, share, what=topic, due_on=date.fromisoformat(due_on))
    answering.issued(city, share)
    return share.promises.get()


def _kept(city, promise, claimed, accepted):
    promises.claim_done(
        promise, actor=city.zhou_ning, at=at(claimed), what="已办成", document_number="验收单1号"
    )
    return promises.accept(promise, actor=city.lin_lan, at=at(accepted))


@pytest.fixture
def years(city):
    """2020: one kept at once, one in 2021, one in 2022 after it had slipped, one in 2025, one dropped, one still open;
    one more item was planned and nobody wrote down what. The plenary of 2019 left one behind."""
    _kept(city, _promised(city, "路灯"), "2020-09-01", "2020-09-10")
    _kept(city, _promised(city, "车棚"), "2021-11-10", "2021-11-20")
    slipped = _promised(city, "食堂", "2021-06-30")
    promises.move_date(
        slipped, actor=city.zhou_ning, at=at("2021-06-29"), due_on=date(2022, 6, 30), reason="缓建"
    )
    _kept(city, slipped, "2022-05-01", "2022-05-06")
    _kept(city, _promised(city, "操场"), "2025-01-05", "2025-01-10")
    promises.drop(
        _promised(city, "高架"),
        actor=city.gao_yuan,
        at=at("2021-05-06"),
        reason="规划调整",
        told_how="上门说明",
        told_on=date(2021, 5, 5),
    )
    _promised(city, "学校")
    before = Plenary.objects.create(
        jurisdiction=city.here,
        code="zx12-3",
        assembly="cppcc",
        term=12,
        meeting=3,
        label="十二届三次会议",
        opened_on=date(2019, 1, 5),
        closed_on=date(2019, 1, 8),
        pack_code=city.plenary.pack_code,
    )
    _promised(replace(city, plenary=before), "养老院", "2021-06-30")
    return city


def recount(plenary, on):
    """From the journal alone: who undertook what by when, moved it, had it accepted or dropped it, by that day."""
    told: dict[int, dict[str, Event]] = {}
    last_date: dict[int, str] = {}
    for event in Event.objects.filter(proposal__plenary=plenary, code__startswith="promise.").order_by("pk"):
        if day_of(moment_of(event)) > on:
            continue
        told.setdefault(event.subject_id, {})[event.code] = event
        if event.code in ("promise.undertake", "promise.move_date"):
            last_date[event.subject_id] = event.facts["due_on"]
    found: Counter[str] = Counter()
    for promise, events in told.items():
        if "promise.undertake" not in events:
            continue
        first = events["promise.undertake"].facts["due_on"]
        found["total"] += 1
        found["slipped"] += last_date[promise] > first
        if "promise.accept" in events:
            year = day_of(moment_of(events["promise.accept"])).year - plenary.opened_on.year
            found["kept.later" if year > 3 else f"kept.{year}"] += 1
        elif "promise.drop" in events:
            found["dropped"] += 1
        else:
            found["open"] += 1
            found["open_late"] += date.fromisoformat(first) < on
    return {name: found[name] for name in stock.LABELS}


def table(plenary, on):
    """(plenary, unit) -> name -> count."""
    made = {}
    for line in stock.lines(figures_of(plenary, on)):
        made[line.plenary, line.unit] = {name: figure.count for name, figure in line.cells.items()}
    return made


@pytest.mark.parametrize("on", DAYS)
def test_each_year_adds_up_and_equals_a_recount_of_the_journal(years, on):
    found = table(years.plenary, on)
    for plenary in Plenary.objects.filter(assembly="cppcc"):
        line = found[str(plenary), "项"]
        assert line == recount(plenary, on)
        assert sum(line[name] for name in stock.ADD_UP) == line["total"]
        items = found[str(plenary), "件"]
        assert sum(items[name] for name in (*stock.ADD_UP, "unknown")) == items["total"]


def test_the_stock_of_2020_at_the_end(years):
    line = table(years.plenary, date(2025, 12, 31))[str(years.plenary), "项"]
    assert line == {
        "total": 6,
        "kept.0": 1,
        "kept.1": 1,
        "kept.2": 1,
        "kept.3": 0,
        "kept.later": 1,
        "dropped": 1,
        "open": 1,
        "open_late": 1,
        "slipped": 1,
    }


def test_a_corrected_day_moves_the_year(years):
    event = Event.objects.filter(code="promise.accept").order_by("pk").first()
    correct(event, actor=years.lin_lan, to=at("2021-01-10"), reason="日期写错")
    for on in DAYS:
        assert table(years.plenary, on)[str(years.plenary), "项"] == recount(years.plenary, on)
    assert table(years.plenary, DAYS[0])[str(years.plenary), "项"]["kept.0"] == 0


def test_every_number_opens_its_list_also_of_the_plenary_before(years):
    on = date(2022, 12, 31)
    seen = set()
    for figure in figures_of(years.plenary, on):
        if figure.code.startswith("stock."):
            assert rows_of(years.plenary, figure.code, on).count() == figure.count, figure
            seen.add(figure.code.split(".")[2])
    assert seen == {"zx12-4", "zx12-3"}
    late = rows_of(years.plenary, "stock.promises.zx12-3.open_late", on)
    assert [promise.what for promise in late] == ["养老院"]


def test_an_item_is_carried_out_with_its_last_promise(years):
    share = answering.at_work(years, title="关于两件事的提案")
    first = answering.promised(years, share, what="先办的", due_on=date(2020, 12, 31))
    second = answering.promised(years, share, what="后办的", due_on=date(2021, 12, 31))
    answering.issued(years, share)
    _kept(years, first, "2020-10-01", "2020-10-10")
    before = table(years.plenary, DAYS[0])[str(years.plenary), "件"]
    _kept(years, second, "2021-10-01", "2021-10-10")
    after = table(years.plenary, DAYS[1])[str(years.plenary), "件"]
    assert (before["kept.0"], before["open"]) == (1, 6)
    assert (after["kept.0"], after["kept.1"]) == (1, 2)


def test_the_page_and_the_circular_print_the_same_table(years):
    on = date(2022, 12, 31)
    with clock_at(on):
        page = World(years).client(years.lin_lan).get(reverse("desks:stock"))
        made = circular_of(years.plenary, on)
    assert page.status_code == 200
    for line in stock.lines(figures_of(years.plenary, on)):
        for figure in line.cells.values():
            assert reverse("desks:figure_rows", args=["zx12-4", figure.code]) in page.content.decode()
    printed = next(one for one in Document(BytesIO(made)).tables if one.cell(0, 0).text == "届次和单位")
    rows = [
        ["".join(text.text for text in cell._tc.iter(qn("w:t"))) for cell in row.cells]
        for row in printed.rows
    ]
    assert rows[0][1:] == [label for _, label in stock.COLUMNS]
    assert rows[2] == [f"{years.plenary}（项）", "6", "1", "1", "1", "0", "0", "1", "2", "", "2", "1"]


def test_the_circular_says_what_earlier_plenaries_left_and_what_was_put_off(years):
    text = "".join(paragraphs(circular_of(years.plenary, date(2022, 12, 31))))
    assert "十二届三次会议的承诺还有1项在落实。" in text
    assert "有1项承诺推迟过期限，最初期限已到或者已经落实的5项中，按最初期限落实的为2项" in text
    assert "有6项承诺在答复时没有写明数量、节点和完成的凭证" in text
    assert "采纳率100%" in text
