"""What goes out as a ledger comes in again: nothing new in the same plenary, the same figures in another."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from huiyin.ledgers.exporting import export_ledger, ledger_rows
from huiyin.proposals import check
from huiyin.proposals.models import Plenary
from huiyin.reporting.figures import figures_of
from tests.depth import DEPTH
from tests.ledgers.importing.makers import bare, ledger, many, row, take_in, wrong


def fresh(plenary: Plenary) -> Plenary:
    """The next plenary of the same assembly, on the same days and rules."""
    return Plenary.objects.create(
        code=f"{plenary.code}-again",
        jurisdiction=plenary.jurisdiction,
        assembly=plenary.assembly,
        term=plenary.term,
        meeting=plenary.meeting + 1,
        label=plenary.label,
        opened_on=plenary.opened_on,
        closed_on=plenary.closed_on,
        pack_code=plenary.pack_code,
    )


def printed(plenary: Plenary) -> dict[str, tuple[object, ...]]:
    found = figures_of(plenary, date(2021, 12, 31))
    return {one.code: (one.label, one.count, one.of, one.percent, one.base) for one in found}


def goes_round(city, folder: Path) -> None:
    """Export; into the same plenary nothing is new, into another everything is, with the same figures."""
    items = city.plenary.proposals.count()
    path = folder / "导出.xlsx"
    assert export_ledger(city.plenary, path) == items
    again = take_in(city, path, new_units=False, new_classes="category")
    assert (again.unchanged, again.rows, wrong(again)) == (items, items, [])
    other = fresh(city.plenary)
    elsewhere = take_in(city, path, plenary=other, new_units=False, new_classes="category")
    assert (elsewhere.created, elsewhere.rows, wrong(elsewhere)) == (items, items, [])
    assert printed(other) == printed(city.plenary)


def test_a_finished_ledger_goes_round(city, tmp_path):
    take_in(
        city,
        ledger(
            tmp_path / "台账.xlsx", *many(12), row(编号="0094", 案由="甲", 分办单位="市水利局", 主办单位="")
        ),
    )
    goes_round(city, tmp_path)


def test_what_could_not_be_attributed_goes_out_where_it_came_in(city, tmp_path):
    cells = {"答复日期": "2020年5月8日", "办理结果": "B", "结果评价": "较满意"}
    take_in(city, ledger(tmp_path / "台账.xlsx", bare(**cells)))
    (exported,) = ledger_rows(city.plenary)
    assert {name: exported[name] for name in cells} == cells
    goes_round(city, tmp_path)


def test_the_meaning_of_a_mark_is_not_lost(city, tmp_path, monkeypatch):
    take_in(city, ledger(tmp_path / "台账.xlsx", row(办理结果="A")))
    goes_round(city, tmp_path)


DAYS = st.dates(date(2019, 12, 1), date(2020, 12, 31)).map(date.isoformat)
UNITS = st.lists(
    st.sampled_from(["市教育局", "市公安局", "市水利局", "市自然资源局"]), unique=True, max_size=2
)
NAMES = st.sampled_from(["张三", "李四", "委员", "专委会", "党派(民进市委)", "第三小组", ""])
TEXT = st.text("甲乙丙丁，。1.、（）", min_size=1, max_size=12).filter(
    lambda text: any(char in "甲乙丙丁" for char in text)
)
POINTS = st.lists(st.text("建议增设改造", min_size=2, max_size=8), unique=True, max_size=3)


@st.composite
def rows_of_a_ledger(draw):
    """A few rows, each with any of its cells left out."""
    made = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        units, co = draw(UNITS), draw(UNITS)
        given_on = date.fromisoformat(draw(DAYS))
        promised = draw(POINTS)
        contacts = draw(st.lists(DAYS, max_size=2, unique=True))
        cells = {
            "案由": f"关于第{number}件事的提案",
            "编号": draw(st.sampled_from([str(number), f"D-{number:03}", f"闭字{number}", ""])),
            "正文": draw(st.just("") | TEXT),
            "具体建议": "\n".join(draw(POINTS)),
            "提案者": draw(NAMES),
            "联名": "、".join(draw(st.lists(st.sampled_from(["王五", "赵六"]), unique=True))),
            "提出时间": draw(st.just("") | DAYS),
            "分类": draw(st.sampled_from(["工交城建", "科教文卫体", "新类别", ""])),
            "重点": draw(st.sampled_from(["是", "否", ""])),
            "主办单位": "、".join(units),
            "会办单位": "、".join(unit for unit in co if unit not in units),
            "交办日期": draw(st.sampled_from([given_on.isoformat(), ""])),
            "签收日期": draw(st.just("") | DAYS),
            "沟通日期": "、".join(contacts),
            "沟通方式": draw(st.sampled_from(["", "电话", "走访、面商", "微信"])),
            "答复日期": draw(st.sampled_from([(given_on + timedelta(days=60)).isoformat(), ""])),
            "答复文号": draw(st.sampled_from(["", "教函〔2020〕8号"])),
            "办理结果": draw(st.sampled_from(["", "A", "B", "C"])),
            "承诺事项": "\n".join(promised),
            "承诺期限": "\n".join(draw(st.lists(DAYS, max_size=len(promised)))),
            "态度评价": draw(st.sampled_from(["", "满意", "基本满意"])),
            "结果评价": draw(st.sampled_from(["", "满意", "不满意"])),
            "公开属性": draw(st.sampled_from(["", "公开", "不公开"])),
            "备注": draw(st.just("") | TEXT),
        }
        made.append({name: text for name, text in cells.items() if text})
    return made


@settings(
    max_examples=25 * DEPTH,
    phases=[Phase.explicit, Phase.generate],  # an example is a whole import: shrinking one takes too long
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=rows_of_a_ledger())
def test_any_ledger_goes_round(city, rows):
    with transaction.atomic(), TemporaryDirectory() as folder:
        path = ledger(Path(folder) / "台账.xlsx", *rows)
        report = take_in(city, path, new_classes="category")
        assert wrong(report) == []
        assert report.created == len(rows)
        assert list(check.problems()) == []
        goes_round(city, Path(folder))
        transaction.set_rollback(True)
