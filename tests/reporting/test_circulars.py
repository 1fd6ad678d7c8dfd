"""49 real circulars: a ledger made from a circular's counts is imported, and our shares are those that it prints.

Where a printed share is not what its count gives, ours differs and the checker says so: it is flagged, not imitated,
and `FLAGGED` lists each with the reason. A ledger of more than `LONGEST` rows (the national ones have up to 14,586) is
imported by `make explore`.
"""

import json
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.db import connection

from huiyin.ledgers.importing import Options, import_ledger
from huiyin.people.actor import Actor
from huiyin.people.models import Jurisdiction
from huiyin.proposals.models import Plenary
from huiyin.reporting.check import Printed, check, check_all
from huiyin.reporting.figures import figures_of
from huiyin.reporting.percent import counts_for, read
from huiyin.rulepacks.store import load_shipped
from huiyin.words import Assembly, Level
from tests.depth import DEPTH

DATA = Path(__file__).parents[3] / "shared" / "data" / "circulars_open.json"
TOLD = json.loads(DATA.read_text(encoding="utf-8")) if DATA.exists() else {}
CIRCULARS, STATED = TOLD.get("circulars", []), TOLD.get("satisfaction_feasibility", [])
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
# The databases count alike (tests/reporting/test_stories.py), so the longer ones are imported on one of them.
USUAL = 600 if connection.vendor == "sqlite" else 100
LONGEST = USUAL if DEPTH == 1 else 20_000
# Every printed share that its count does not give: circular, share printed, count and base, why.
FLAGGED = """
c003 25.2 148/591 other_base
c003 61.9 364/591 other_base
c010 26.8 25/93 cut_off
c010 27.9 26/93 cut_off
c010 13.9 13/93 cut_off
c010 6.4 6/93 cut_off
c010 58.07 54/93 last_digit
c012 63.4 33/52 cut_off
c035 38.8 258/572 other_base
c035 45.4 302/572 other_base
c035 11.4 76/572 other_base
c035 4.4 29/572 other_base
c039 29.8 20/71 mismatch
c039 55.2 37/71 other_base
c039 9.8 7/71 cut_off
c054 6.7 15/205 other_base
c057 51.9 79/152 cut_off
c057 6.7 10/152 last_digit
c061 58.40 100/174 mismatch
c061 39.80 68/174 mismatch
c061 1.80 3/174 other_base
c061 12.87 22/174 other_base
c061 29.23 50/174 mismatch
c061 45.60 78/174 mismatch
c061 8.20 14/174 mismatch
c061 4.10 7/174 mismatch
c066 7.3 5/69 last_digit
c066 30.49 21/69 mismatch
"""


def shares_of(group):
    """The items of a group whose count and share are both printed."""
    return [item for item in group["items"] if item["count"] is not None and item["pct"] is not None]


def counted(group):
    return [item for item in group["items"] if item["count"] is not None]


def base_of(group):
    """The printed base; the sum of the counts where they are more than it (one circular counts a unit's parts)."""
    return max(group["denominator"], sum(item["count"] for item in counted(group)))


def printed_in(group):
    return [
        Printed(item["label"], item["pct"], group["denominator"], item["count"]) for item in shares_of(group)
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
    missing = base_of(group) - len(rows)
    column = place_of(group, counted(group)[0])[0]
    return rows + [{column: DISSATISFIED} if group["kind"].startswith("evaluation") else {}] * missing


def ledgers_of(circular):
    """Groups that go into one ledger: of the same base, each in a column of its own."""
    made = []
    for group in filter(counted, circular["groups"]):
        column = place_of(group, counted(group)[0])[0]
        for columns, groups in made:
            if base_of(groups[0]) == base_of(group) and column not in columns:
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
    wanted = {read(item["pct"])[1] for group in groups for item in shares_of(group)} or {1}
    return {
        decimals: {figure.code: figure for figure in figures_of(plenary, date(2021, 1, 1), decimals)}
        for decimals in wanted
    }


def hold_against(figures, group):
    """Every count comes out; its share is half up; where the printed one differs it is flagged."""
    for item in counted(group):
        code = place_of(group, item)[2]
        figure = next(iter(figures.values()))[code]
        assert (figure.count, figure.of) == (item["count"], base_of(group))
    for item, printed in zip(shares_of(group), printed_in(group), strict=True):
        figure = figures[read(item["pct"])[1]][place_of(group, item)[2]]
        if base_of(group) == group["denominator"]:
            assert figure.percent == item["half_up"]
            assert (figure.percent == item["pct"]) == (check(printed) is None)
        else:
            # On the base that the counts have, the printed shares are right: what is flagged is the stated base.
            assert figure.percent == item["pct"]
            assert check(printed) is not None


def ledgers():
    for circular in CIRCULARS:
        for number, groups in enumerate(ledgers_of(circular), 1):
            yield pytest.param(circular, groups, id=f"{circular['id']}-{number}")


def short_enough(parameter):
    return base_of(parameter.values[1][0]) <= LONGEST


@needs_data
@pytest.mark.django_db
@pytest.mark.parametrize(("circular", "groups"), list(filter(short_enough, ledgers())))
def test_our_shares_are_those_printed_and_the_others_are_flagged(circular, groups, tmp_path):
    places = Places()
    assembly = Assembly.NPC if circular["what"] == "建议" else Assembly.CPPCC
    plenary = places.plenary(1, assembly)
    taxonomy = next(
        (group["kind"] for group in groups if place_of(group, counted(group)[0])[0] == "分类"), ""
    )
    report = import_ledger(
        write(tmp_path / "ledger.xlsx", groups),
        plenary,
        actor=Actor.system(places.here),
        options=Options(new_units=True, new_classes=taxonomy),
    )
    assert (report.refused, report.created) == (0, base_of(groups[0])), report.wrong[:3]
    figures = figures_by_decimals(plenary, groups)
    for group in groups:
        hold_against(figures, group)


@needs_data
def test_every_circular_is_there_and_gives_a_ledger():
    assert len(CIRCULARS) == 49
    assert all(ledgers_of(circular) for circular in CIRCULARS)
    printing = {
        parameter.values[0]["id"] for parameter in ledgers() if any(map(shares_of, parameter.values[1]))
    }
    assert len(printing) == 31


@needs_data
def test_exactly_those_are_flagged_whose_figures_their_counts_do_not_give():
    found = [
        f"{circular['id']} {one.printed.percent} {one.printed.count}/{one.printed.of} {one.verdict}"
        for circular in CIRCULARS
        for group in circular["groups"]
        for one in check_all(printed_in(group))
    ]
    assert found == FLAGGED.split("\n")[1:-1]


@needs_data
def test_a_share_printed_without_its_count_is_flagged_where_no_count_gives_it():
    alone = [
        Printed(item["label"], item["pct"], group["denominator"])
        for circular in CIRCULARS
        for group in circular["groups"]
        for item in group["items"]
        if item["count"] is None
    ]
    assert len(alone) == 6
    assert [(one.printed.percent, one.printed.of) for one in check_all(alone)] == [("45.79", 688)]


@needs_data
def test_a_rate_fits_a_base_where_the_data_say_that_some_count_gives_it():
    """Printed rates without counts: 99.16 % of 801 items and 99.12 % of 115 can't be; others may."""
    bases = {
        circular["id"]: {"total": circular["total"]}
        | {
            f"{group['kind']}:{group['denominator_name']}": group["denominator"]
            for group in circular["groups"]
        }
        for circular in CIRCULARS
    }
    told = [entry for entry in STATED if entry["id"] in bases]
    assert len(told) == 8
    for entry in told:
        for base, fitting in entry["fits"].items():
            of = bases[entry["id"]][base]
            assert set(fitting) <= set(counts_for(entry["value"], of))
            assert (check(Printed(entry["rate"], entry["value"], of)) is None) == bool(fitting)
