"""49 real circulars: a ledger made from a circular's counts is imported, and our shares are those that it prints.

Where a printed share is not what its count gives, ours differs and the checker says so: it is flagged, not imitated.
Circulars that print no share of a count have nothing to compare.
"""

import json
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from huiyin.ledgers.importing import Options, import_ledger
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction
from huiyin.proposals.models import Plenary
from huiyin.reporting.check import Printed, check
from huiyin.reporting.figures import figures_of
from huiyin.reporting.percent import read
from huiyin.rulepacks.store import load_shipped
from huiyin.words import Assembly, Level

DATA = Path(__file__).parents[3] / "shared" / "data" / "circulars_open.json"
CIRCULARS = json.loads(DATA.read_text(encoding="utf-8"))["circulars"] if DATA.exists() else []
MARKS = ("A", "B", "C", "D")
HEADINGS = (
    "编号",
    "案由",
    "提案者",
    "分类",
    "主办单位",
    "交办日期",
    "答复日期",
    "办理结果",
    "态度评价",
    "结果评价",
)
DISSATISFIED = "不满意"


def shares_of(group):
    """The items of a group whose count and share are both printed."""
    return [item for item in group["items"] if item["count"] is not None and item["pct"] is not None]


def counted(group):
    return [item for item in group["items"] if item["count"] is not None]


def fits(group):
    """Whether a ledger can be made: the counts are parts of the base (in one circular they are not)."""
    return sum(item["count"] for item in counted(group)) <= group["denominator"]


PRINTING = [
    pytest.param(circular, id=circular["id"])
    for circular in CIRCULARS
    if any(shares_of(group) and fits(group) for group in circular["groups"])
]
needs_data = pytest.mark.skipif(not CIRCULARS, reason="../shared/data/circulars_open.json is not there")


def place_of(group, item):
    """The column that a count fills, what is written into it, and the figure that counts it."""
    kind, position = group["kind"], counted(group).index(item)
    if kind == "outcome" and 1 < len(counted(group)) <= len(MARKS):
        return "办理结果", MARKS[position], f"mark.{MARKS[position]}"
    if kind.startswith("evaluation"):
        dimension = "attitude" if kind.endswith("work") else "result"
        column = "态度评价" if dimension == "attitude" else "结果评价"
        if len(counted(group)) == 1:
            return column, "满意", f"satisfaction.{dimension}.rate"
        basic = item["label"].startswith("基本")
        grade = "basic" if basic else "satisfied"
        return column, "基本满意" if basic else "满意", f"satisfaction.{dimension}.{grade}"
    return "分类", item["label"], f"class.{kind}.{item['label']}"


def cells_of(group):
    """One row for each item of the base; those that no count covers are left empty, or dissatisfied."""
    rows = []
    for item in counted(group):
        column, text, _ = place_of(group, item)
        rows += [{column: text}] * item["count"]
    missing = group["denominator"] - len(rows)
    column = place_of(group, counted(group)[0])[0]
    return rows + [{column: DISSATISFIED} if group["kind"].startswith("evaluation") else {}] * missing


def ledgers_of(circular):
    """Groups that go into one ledger: of the same base, each in a column of its own."""
    made = []
    for group in circular["groups"]:
        if not shares_of(group) or not fits(group):
            continue
        column = place_of(group, counted(group)[0])[0]
        for columns, groups in made:
            if groups[0]["denominator"] == group["denominator"] and column not in columns:
                columns.add(column)
                groups.append(group)
                break
        else:
            made.append(({column}, [group]))
    return [groups for _, groups in made]


def write(path, groups):
    """A ledger laid out as offices do it."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for n, cells in enumerate(zip(*map(cells_of, groups), strict=True), 1):
            row = {"编号": str(n), "案由": f"关于第{n}件事情的提案", "提案者": f"委员{n % 50}"}
            for given in cells:
                row |= given
            if row.keys() & {"办理结果", "态度评价", "结果评价"}:
                row |= {"主办单位": "市教育局", "交办日期": "2020-02-03", "答复日期": "2020-04-01"}
            sheet.write_row(n, 0, [row.get(heading, "") for heading in HEADINGS])
    return path


class Places:
    """A plenary for each ledger."""

    def __init__(self):
        load_shipped()
        self.here = Jurisdiction.objects.create(code="370300", name="淄博市", level=Level.CITY)

    def plenary(self, meeting, assembly):
        return Plenary.objects.create(
            jurisdiction=self.here,
            code=f"p{meeting}",
            assembly=assembly,
            term=12,
            meeting=meeting,
            label=f"第十二届第{meeting}次会议",
            opened_on=date(2020, 1, 5),
            closed_on=date(2020, 1, 8),
            pack_code="generic",
        )


def figures_by_decimals(plenary, groups):
    wanted = {read(item["pct"])[1] for group in groups for item in shares_of(group)}
    return {
        decimals: {figure.code: figure for figure in figures_of(plenary, date(2021, 1, 1), decimals)}
        for decimals in wanted
    }


def hold_against(figures, group):
    """Ours is half up from the count; where the printed one differs it is flagged."""
    for item in shares_of(group):
        figure = figures[read(item["pct"])[1]][place_of(group, item)[2]]
        assert (figure.count, figure.of) == (item["count"], group["denominator"])
        assert figure.percent == item["half_up"]
        printed = Printed(item["label"], item["pct"], group["denominator"], item["count"])
        assert (figure.percent == item["pct"]) == (check(printed) is None)


@needs_data
@pytest.mark.django_db
@pytest.mark.parametrize("circular", PRINTING)
def test_our_shares_are_those_printed_and_the_others_are_flagged(circular, tmp_path):
    places = Places()
    assembly = Assembly.NPC if circular["what"] == "建议" else Assembly.CPPCC
    for number, groups in enumerate(ledgers_of(circular), 1):
        plenary = places.plenary(number, assembly)
        taxonomy = next(
            (group["kind"] for group in groups if place_of(group, counted(group)[0])[0] == "分类"), ""
        )
        report = import_ledger(
            write(tmp_path / f"{number}.xlsx", groups),
            plenary,
            actor=Actor.system(places.here),
            options=Options(new_units=True, new_classes=taxonomy),
        )
        assert (report.refused, report.created) == (0, groups[0]["denominator"]), report.wrong[:3]
        figures = figures_by_decimals(plenary, groups)
        for group in groups:
            hold_against(figures, group)


@needs_data
def test_what_is_more_than_its_base_is_flagged_whole():
    """One circular counts outcomes by separate shares of items and divides by the items."""
    odd = [(c["id"], g) for c in CIRCULARS for g in c["groups"] if shares_of(g) and not fits(g)]
    assert [name for name, _ in odd] == ["c035"]
    for _, group in odd:
        for item in shares_of(group):
            assert check(Printed(item["label"], item["pct"], group["denominator"], item["count"]))


@needs_data
def test_most_circulars_print_shares():
    assert len(CIRCULARS) == 49
    assert len(PRINTING) == 30
