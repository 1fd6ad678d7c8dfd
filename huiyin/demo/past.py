"""The plenaries whose year is over: the days of each year, and how many items meet with what.

That of 2020 bears the totals of the published circular and is told up to what is due next; of those before it the
promises have had their years, and it is told what became of each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.demo.items import PLENARY_2020, Plenary
from huiyin.words import ProposerKind


@dataclass(frozen=True)
class Days:
    """When things happen in the year. What is promised falls due on one of `dues`: soon, next year, later, last."""

    received: date
    filed: date
    handed_over: date
    registered: date
    assigned: date
    leadership: date
    slow: tuple[date, date]
    extension_asked: date
    extended_to: tuple[date, ...]
    plan_until: date
    last_issue: date
    answered: date
    inspected: date
    looked_back: date
    revisited: date
    between: tuple[date, date]
    dues: tuple[tuple[date, ...], ...]


@dataclass(frozen=True)
class Counts:
    """How many items, units or forms; of the marks A and B, since those for reference are written out one by one.

    brief: published as a summary only. of_leader: key items of each leader. without: answered without an opinion
    that has not come. unhappy: of each mark, not satisfied with the answer; where there are two, the second stays so.
    """

    marks: Mapping[str, int]
    being_solved: int
    kinds: Mapping[ProposerKind, int]
    forms: int
    between: int = 4
    separate: int = 2
    brief: int = 2
    of_leader: int = 1
    granted: int = 2
    refused: int = 1
    extended: int = 1
    paused: int = 1
    without: int = 0
    unhappy: int = 1
    urged: int = 7
    inspected: int = 2
    looked_back: int = 5


@dataclass(frozen=True)
class Past:
    """One plenary. content: the file of what is written for it. luck: tells its dice from those of the others.

    classes: how many items of each class are taken from the topics; None where the content lists all that there are.
    """

    plenary: Plenary
    content: str
    luck: str
    days: Days
    counts: Counts
    classes: Mapping[str, int] | None = None
    star_dues: tuple[date, ...] = ()

    @property
    def year(self) -> int:
        return int(self.plenary.opened[:4])

    @property
    def limit(self) -> date:
        """Three years from the close: by then everything planned was to be done."""
        closed = date.fromisoformat(self.plenary.closed)
        return closed.replace(year=closed.year + 3)

    @property
    def is_told_to_the_end(self) -> bool:
        return self.plenary != PLENARY_2020


def _usual_days(received: date, registered: date, assigned: date) -> Days:
    """A year before 2020, by the days on which the papers come in, are registered and are assigned."""
    year = received.year
    filed = date.fromordinal(received.toordinal() - received.weekday() + 7)
    return Days(
        received=received,
        filed=filed,
        handed_over=date.fromordinal(filed.toordinal() + 7),
        registered=registered,
        assigned=assigned,
        leadership=date(year, 3, 6),
        slow=(date(year, 4, 20), date(year, 5, 18)),
        extension_asked=date(year, 5, 9),
        extended_to=(date(year, 6, 29), date(year, 7, 13)),
        plan_until=date(year, 5, 18),
        last_issue=date(year, 5, 22),
        answered=date(year, 6, 1),
        inspected=date(year, 7, 9),
        looked_back=date(year, 10, 16),
        revisited=date(year, 10, 12),
        between=(date(year, 3, 5), date(year, 9, 14)),
        dues=(
            (date(year, 6, 30), date(year, 7, 31), date(year, 9, 29), date(year, 11, 30), date(year, 12, 29)),
            (date(year + 1, 1, 31), date(year + 1, 3, 30), date(year + 1, 4, 27)),
            (date(year + 1, 6, 29), date(year + 1, 9, 28), date(year + 1, 10, 31), date(year + 1, 12, 28)),
            (date(year + 2, 3, 29), date(year + 2, 6, 28), date(year + 2, 9, 30), date(year + 2, 12, 27)),
        ),
    )


def _of_term_12(meeting: int, ordinal: str, opened: str, closed: str) -> Plenary:
    label = f"中国人民政治协商会议第十二届淄博市委员会第{ordinal}次会议"
    return Plenary(f"zx-12-{meeting}", label, "cppcc", 12, meeting, opened, closed)


def _kinds(joint: int, party: int, body: int, committee: int, sector: int) -> dict[ProposerKind, int]:
    return {
        ProposerKind.JOINT: joint,
        ProposerKind.PARTY: party,
        ProposerKind.BODY: body,
        ProposerKind.COMMITTEE: committee,
        ProposerKind.SECTOR: sector,
    }


PAST_2017 = Past(
    plenary=_of_term_12(1, "一", "2017-01-09", "2017-01-13"),
    content="earlier/2017",
    luck=" of 2017",
    days=_usual_days(date(2017, 1, 10), date(2017, 2, 6), date(2017, 2, 28)),
    counts=Counts(marks={"A": 27, "B": 31}, being_solved=8, kinds=_kinds(6, 4, 1, 2, 3), forms=66),
)
PAST_2018 = Past(
    plenary=_of_term_12(2, "二", "2018-01-08", "2018-01-11"),
    content="earlier/2018",
    luck=" of 2018",
    days=_usual_days(date(2018, 1, 9), date(2018, 1, 30), date(2018, 2, 27)),
    counts=Counts(marks={"A": 30, "B": 30}, being_solved=8, kinds=_kinds(6, 4, 2, 2, 3), forms=69),
)
PAST_2019 = Past(
    plenary=_of_term_12(3, "三", "2019-01-07", "2019-01-10"),
    content="earlier/2019",
    luck=" of 2019",
    days=_usual_days(date(2019, 1, 8), date(2019, 1, 29), date(2019, 2, 26)),
    counts=Counts(marks={"A": 33, "B": 31}, being_solved=9, kinds=_kinds(7, 4, 1, 2, 4), forms=74),
)
PAST_2020 = Past(
    plenary=PLENARY_2020,
    content="specials",
    luck="",
    classes={"经济科技": 149, "社会事业和民生保障": 129, "城建交通": 147, "其他": 11},
    star_dues=(date(2021, 1, 29), date(2021, 2, 10), date(2021, 2, 26), date(2021, 3, 12)),
    days=Days(
        received=date(2020, 1, 6),
        filed=date(2020, 1, 13),
        handed_over=date(2020, 1, 20),
        registered=date(2020, 2, 3),
        assigned=date(2020, 2, 25),
        leadership=date(2020, 3, 3),
        slow=(date(2020, 4, 22), date(2020, 5, 20)),
        extension_asked=date(2020, 5, 11),
        extended_to=(date(2020, 6, 30), date(2020, 7, 15), date(2020, 7, 24)),
        plan_until=date(2020, 5, 20),
        last_issue=date(2020, 5, 22),
        answered=date(2020, 6, 1),
        inspected=date(2020, 7, 6),
        looked_back=date(2020, 10, 20),
        revisited=date(2020, 10, 12),
        # The last ones come in so late that they are answered and evaluated before the year is told.
        between=(date(2020, 3, 2), date(2020, 9, 25)),
        dues=(
            (date(2020, 6, 30), date(2020, 7, 31), date(2020, 9, 30), date(2020, 10, 30), date(2020, 12, 31)),
            (date(2021, 1, 20), date(2021, 1, 29), date(2021, 2, 10), date(2021, 2, 26), date(2021, 3, 31)),
            (date(2021, 6, 30), date(2021, 9, 30), date(2021, 10, 31), date(2021, 12, 31)),
            (date(2022, 3, 31), date(2022, 6, 30), date(2022, 9, 30), date(2022, 12, 30)),
        ),
    ),
    counts=Counts(
        marks={"A": 230, "B": 198},
        being_solved=50,
        kinds=_kinds(48, 28, 8, 10, 18),
        # Of 500 forms on the latest answers 498 are satisfied or basically satisfied with the result: 99.6 percent, as
        # the circular prints it. Of each mark one is won over by the second answer, and one is not.
        forms=500,
        between=24,
        separate=8,
        brief=10,
        of_leader=2,
        granted=12,
        refused=6,
        extended=5,
        paused=3,
        without=2,
        unhappy=2,
        urged=45,
        inspected=8,
        looked_back=20,
    ),
)
PASTS = (PAST_2017, PAST_2018, PAST_2019, PAST_2020)
