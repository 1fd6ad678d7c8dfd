"""The columns of the ledger: one table, which the page, its totals, the print and the files read alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Expression, F, OuterRef, QuerySet

from huiyin.clock.holidays import calendar_today
from huiyin.clock.now import day_of, today
from huiyin.contacts.models import Contact
from huiyin.desks import parts, said
from huiyin.people.actor import Actor
from huiyin.promises.models import Promise
from huiyin.proposals.models import Proposal
from huiyin.reporting.circular.head import chinese
from huiyin.words import AnswerStage, Assembly, FulfilmentStage, Grade, Kind, Period, Publicity, UnitRole

PAUSED = "中止计时"
ALWAYS = "title"  # what leads to the item itself


@dataclass(frozen=True)
class Total:
    """What the foot says of a column: of the cells of a page, and of a whole list by its parts, without their rows."""

    label: str
    of_cells: Callable[[list[Any]], int]
    of_list: Callable[[QuerySet[Proposal]], QuerySet[Any]]


@dataclass(frozen=True)
class Column:
    """key: its name in the address. value: what it says of an item, a text, a number or a date; needs: parts read for it.

    by: what it is sorted by, a field of the item or an expression, within a plenary or a list of one's own items;
    everywhere: quick over all plenaries too, from an index. show: how the page writes it, where not as it is.
    """

    key: str
    label: str
    value: Callable[[Any], Any]
    needs: tuple[str, ...] = ()
    by: str | Callable[[Actor], Expression] = ""
    everywhere: bool = False
    show: str = ""
    total: Total | None = None

    @property
    def speaks_for_itself(self) -> bool:
        """Needs no label on the card that a row becomes on a phone."""
        return self.show in ("code", "title", "flag")


def _plenary(item: Proposal) -> str:
    """政协十二届四次: its full name would make every row three lines high."""
    held = item.plenary
    assembly = "政协" if held.assembly == Assembly.CPPCC else "人大"
    return f"{assembly}{chinese(held.term)}届{chinese(held.meeting)}次"


def _units(*roles: UnitRole) -> Callable[[Any], str]:
    return lambda item: "、".join(
        said.unit_name(share) for role in roles for share in item.assignments.all() if share.role == role
    )


def _handlers(item: Any) -> str:
    """基础教育科 · 周宁、张工."""
    shares = [share for share in item.assignments.all() if share.handler or share.division]
    named = (
        said.joined(share.division, share.handler.person.name if share.handler else "") for share in shares
    )
    return "、".join(dict.fromkeys(named))


def _due(item: Any) -> date | str | None:
    """When the first thing that runs is due; that something is paused is said where nothing else runs."""
    return item.due or (PAUSED if item.is_paused else None)


def _signers(item: Any) -> str:
    return said.of_signers(item, item.lead_signer, item.signers_count)


def _day(field: str) -> Callable[[Any], date | None]:
    def value(item: Any) -> date | None:
        found = getattr(item, field)
        return day_of(found) if isinstance(found, datetime) else found

    return value


def _worked(item: Any) -> int | None:
    """Workdays from the first assignment to the last answer, or to today; what stood still is within them."""
    until = today() if item.owes_answer else item.answered_on
    return (
        max(0, calendar_today().workdays_between(item.offered_on, until))
        if item.offered_on and until
        else None
    )


def _stopped(item: Any) -> int | None:
    still = calendar_today().workdays_between(item.stopped_since, today()) if item.stopped_since else 0
    return item.stopped_days + still or None


def _fulfilment(item: Proposal) -> str:
    stage = item.fulfilment_stage
    return "" if stage == FulfilmentStage.NOT_ANSWERED else FulfilmentStage.label_of(stage)


def _overdue(items: QuerySet[Proposal]) -> QuerySet[Any]:
    late = parts.running().overdue(today()).filter(proposal=OuterRef("pk"))
    return items.filter(Exists(late.order_by()))


def _late(cells: list[Any]) -> int:
    return sum(isinstance(cell, date) and cell < today() for cell in cells)


def _sum(cells: list[Any]) -> int:
    return sum(cell or 0 for cell in cells)


def _filled(cells: list[Any]) -> int:
    return sum(bool(cell) for cell in cells)


def _within(rows: Callable[[], QuerySet[Any]]) -> Callable[[QuerySet[Proposal]], QuerySet[Any]]:
    return lambda items: rows().filter(proposal__in=items.values("pk"))


KEYS = Total("重点", _filled, lambda items: items.filter(is_key=True))
LATE = Total("逾期", _late, _overdue)
CONTACTS = Total("", _sum, _within(Contact.objects.all))
PROMISES = Total("", _sum, _within(Promise.objects.in_force))

COLUMNS: tuple[Column, ...] = (
    Column("plenary", "届次", _plenary),
    Column("number", "编号", lambda item: item.number, by="number_key", everywhere=True, show="code"),
    Column("title", "案由", lambda item: item.title, by="title_key", show="title"),
    Column("key", "重点", lambda item: "重点" if item.is_key else "", by="is_key", show="flag", total=KEYS),
    Column("kind", "类型", lambda item: Kind.label_of(item.kind), by="kind"),
    Column("period", "提出时段", lambda item: Period.label_of(item.period), by="period"),
    Column("proposer", "提案者", _signers, ("signers",), lambda actor: parts.first_signer(), show="wraps"),
    Column("classes", "分类", said.classes, ("classes",), lambda actor: parts.first_class(), show="wraps"),
    Column(
        "leads",
        "主办、分办",
        _units(UnitRole.LEAD, UnitRole.SEPARATE),
        ("shares",),
        lambda actor: parts.first_unit(UnitRole.LEAD, UnitRole.SEPARATE),
        show="wraps",
    ),
    Column(
        "co",
        "会办",
        _units(UnitRole.CO),
        ("shares",),
        lambda actor: parts.first_unit(UnitRole.CO),
        show="wraps",
    ),
    Column("handlers", "承办人", _handlers, ("handlers",), show="wraps"),
    Column(
        "stage",
        "办理阶段",
        lambda item: AnswerStage.label_of(item.answer_stage),
        by=lambda actor: parts.order_of("answer_stage", AnswerStage),
    ),
    Column(
        "due",
        "期限",
        _due,
        ("running",),
        lambda actor: parts.first_due(),
        everywhere=True,
        show="until",
        total=LATE,
    ),
    Column(
        "contacts",
        "沟通次数",
        lambda item: item.contacts_made or None,
        ("contacts",),
        lambda actor: parts.number_of(Contact.objects.all()),
        show="number",
        total=CONTACTS,
    ),
    Column(
        "mark",
        "办理结果",
        lambda item: said.mark_label(item, item.mark or ""),
        ("mark",),
        lambda actor: parts.standing_mark("order"),
        show="said",
    ),
    Column(
        "promises",
        "承诺项数",
        lambda item: item.promises_made or None,
        ("promises",),
        lambda actor: parts.number_of(Promise.objects.in_force()),
        show="number",
        total=PROMISES,
    ),
    Column(
        "grade",
        "结果评价",
        lambda item: Grade.label_of(item.grade or ""),
        ("grade",),
        lambda actor: parts.lowest_grade(actor, "place"),
    ),
    Column(
        "fulfilment",
        "落实阶段",
        _fulfilment,
        by=lambda actor: parts.order_of("fulfilment_stage", FulfilmentStage),
    ),
    Column("difficulty", "难易程度", lambda item: item.difficulty, by=lambda actor: F("difficulty")),
    Column("publicity", "公开属性", lambda item: Publicity.label_of(item.publicity)),
    Column("received", "收到日期", _day("received_at"), by="received_at", everywhere=True, show="day"),
    Column(
        "handed_over", "移交日期", _day("handed_over_at"), by=lambda actor: F("handed_over_at"), show="day"
    ),
    Column(
        "offered", "交办日期", _day("offered_on"), ("offered",), lambda actor: parts.first_offer(), show="day"
    ),
    Column(
        "answered",
        "答复日期",
        _day("answered_on"),
        ("answered",),
        lambda actor: parts.last_answer(),
        show="day",
    ),
    Column("worked", "办理工作日", _worked, ("days",), show="number"),
    Column("stopped", "其中停表", _stopped, ("days",), show="number"),
    Column(
        "closed", "办结日期", _day("answer_closed_at"), by=lambda actor: F("answer_closed_at"), show="day"
    ),
    Column("settled", "销号日期", _day("settled_at"), by=lambda actor: F("settled_at"), show="day"),
    Column("remarks", "备注", lambda item: item.remarks, show="wraps"),
)
BY_KEY = {column.key: column for column in COLUMNS}
STANDARD = (
    "number", "title", "key", "proposer", "classes", "leads", "co", "stage", "due", "contacts", "mark", "promises",
    "grade", "fulfilment",
)  # fmt: skip


def chosen(keys: Iterable[str], *, over_plenaries: bool = False) -> list[Column]:
    """The columns of these keys in their order; unknown ones are left out, and the title is never missing.

    Without any the standard ones stand there; a number alone does not say of which plenary it is.
    """
    found = [BY_KEY[key] for key in dict.fromkeys(keys) if key in BY_KEY]
    if not found:
        found = [BY_KEY[key] for key in (*(("plenary",) if over_plenaries else ()), *STANDARD)]
    return found if BY_KEY[ALWAYS] in found else [BY_KEY[ALWAYS], *found]
