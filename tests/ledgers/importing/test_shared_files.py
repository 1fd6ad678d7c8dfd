"""The ledgers of real items handed to the project, under the shipped packs: exactly the refusals they deserve."""

from datetime import date
from pathlib import Path

import pytest

from huiyin.journal import chain
from huiyin.people.models import Jurisdiction
from huiyin.proposals import check
from huiyin.proposals.models import Plenary
from huiyin.rulepacks.store import load_shipped
from huiyin.words import Assembly, Level
from tests.ledgers.importing.makers import take_in

FOLDER = Path(__file__).parents[3].parent / "shared" / "data" / "ledgers"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared ledgers are not beside the checkout")

DESERVED = {
    "建议办理台账.xlsx": (93, [(86, "办理类别")]),
    "提案办理台账.xlsx": (73, [(32, "办理类别")]),
    "交办清单.csv": (78, [(row, "提案号") for row in (46, 47, 48, 54, 69)]),
    "有错的台账.xlsx": (
        7,
        [
            (2, "答复日期"),
            (3, "案由"),
            (4, "答复日期"),
            (5, "办理结果"),
            (5, "编号"),
            (6, "案由"),
            (7, "案由"),
            (7, "交办日期"),
        ],
    ),
}


class Place:
    """A city that has nothing but a plenary of each assembly."""

    def __init__(self, pack: str) -> None:
        load_shipped()
        self.here = Jurisdiction.objects.create(code="370300", name="淄博市", level=Level.CITY)
        self.plenary, self.congress = (
            Plenary.objects.create(
                code=f"{assembly}12-4",
                jurisdiction=self.here,
                assembly=assembly,
                term=12,
                meeting=4,
                label="第十二届第四次会议",
                opened_on=date(2020, 1, 5),
                closed_on=date(2020, 1, 8),
                pack_code=pack,
            )
            for assembly in (Assembly.CPPCC, Assembly.NPC)
        )

    def of(self, file: str) -> Plenary:
        return self.congress if file.startswith("建议") else self.plenary


@pytest.mark.parametrize("file", DESERVED)
@pytest.mark.parametrize("pack", ["generic", "zibo"])
def test_exactly_the_refusals_it_deserves(db, pack, file):
    place = Place(pack)
    rows, refusals = DESERVED[file]
    report = take_in(place, FOLDER / file, plenary=place.of(file))
    refused_rows = len({row for row, _ in refusals})
    assert report.counts() == {
        "rows": rows,
        "created": rows - refused_rows,
        "updated": 0,
        "unchanged": 0,
        "refused": refused_rows,
    }
    assert [(problem.row, problem.column) for problem in report.wrong] == refusals
    assert {problem.kind for problem in report.wrong} == {"refused"}
    assert list(check.problems()) == []
    assert list(chain.breaks()) == []


def test_the_two_lists_of_one_plenary_are_one_set_of_items(db):
    place = Place("zibo")
    take_in(place, FOLDER / "提案办理台账.xlsx")
    report = take_in(place, FOLDER / "交办清单.csv")
    # the one new item is the row whose mark the first list had refused
    assert (report.created, report.refused) == (1, 5)
    assert {problem.name for problem in report.wrong} == {"number_twice"}
    again = take_in(place, FOLDER / "交办清单.csv")
    assert (again.created, again.updated) == (0, 0)
    assert list(check.problems()) == []
