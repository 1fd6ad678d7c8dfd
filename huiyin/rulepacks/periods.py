"""What a rule pack says about time, as frozen dataclasses; and the source that every entry cites."""

from dataclasses import dataclass

from huiyin.words import Kind, Level, Period, ProposerKind, Word


@dataclass(frozen=True)
class Source:
    """The document a rule rests on, as people cite it. `article` may be empty for circulars and notices."""

    document: str
    number: str = ""
    dated: str = ""
    article: str = ""

    def __str__(self) -> str:
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.document}》{number}{self.article}" if self.document else "未见规定，本规则包设定"


# What an entry rests on that no document supports: nothing, and it says so.
NO_SOURCE = Source("")


@dataclass(frozen=True)
class Length:
    """A span: `count` of `unit`, one of days, workdays, months, years."""

    count: int
    unit: str


@dataclass(frozen=True)
class FixedDate:
    """The same date every year: on or after the start (`month`, `day`)."""

    month: int
    day: int


@dataclass(frozen=True)
class Before:
    """`length` before the due date of another deadline of the same item, e.g. 20 days before the reply is due."""

    length: Length
    deadline: str


@dataclass(frozen=True)
class Alert:
    """A moment to tell the responsible, relative to the due date: negative is before it."""

    count: int
    unit: str = "days"


@dataclass(frozen=True)
class DeadlineRule:
    """One deadline.

    starts: event code, or "plenary.close" for the close of the plenary; met_by: event codes that meet it; a rule
    that nothing meets never runs, it is a limit to look up.
    count_from: "next_day" （民法典 art. 201: the day of the start is not counted） or "same_day".
    if_rest_day: "next_workday" （民法典 art. 203）, "previous_workday" or "keep".
    restart: whether a reassignment starts it anew for the new unit (True) or the first start goes on (False); no
    text seen says which.
    maximum: the longest it may run with extensions, from its start; approver: who grants an extension, or who
    rules on a request, in words. levels, proposers: an exception for items handed down from these levels or put
    forward by these kinds of proposers (parties earlier than members); empty for everybody else.
    """

    name: str
    starts: str
    length: Length | FixedDate | Before
    source: Source
    kind: Kind | None = None
    period: Period | None = None
    met_by: tuple[str, ...] = ()
    count_from: str = "next_day"
    if_rest_day: str = "next_workday"
    maximum: Length | None = None
    approver: str = ""
    alerts: tuple[Alert, ...] = ()
    restart: bool = True
    levels: tuple[Level, ...] = ()
    proposers: tuple[ProposerKind, ...] = ()
    assumed: bool = False
    note: str = ""


@dataclass(frozen=True)
class OtherPeriod:
    """A period or date that a source states and no clock runs for: assigning, ruling on a return, yearly reports.

    `length` where it can be counted; `when` says in words what it counts from, or the date where it cannot.
    """

    name: str
    source: Source
    length: Length | FixedDate | None = None
    when: str = ""
    kind: Kind | None = None
    assumed: bool = False


@dataclass(frozen=True)
class WarningColour:
    """预警颜色： shown from `days` days before the due date (negative: after it) until the next colour takes over."""

    colour: str
    label: str
    days: int
    source: Source
    assumed: bool = False


class Told(Word):
    """逐级提醒的对象, from the nearest to the highest."""

    LIAISON = "liaison", "联络员"
    HANDLER = "handler", "承办人"
    CHIEF = "chief", "承办科室负责人"
    UNIT_LEADER = "unit_leader", "单位负责人"
    REGISTRAR = "registrar", "政府办公室"
    GOVERNMENT_LEADER = "government_leader", "领办督办的市领导"


@dataclass(frozen=True)
class Escalation:
    """逐级提醒: who is reminded too, from so many days after the due date on (negative: before it)."""

    to: Told
    days: int
    source: Source
    assumed: bool = False
