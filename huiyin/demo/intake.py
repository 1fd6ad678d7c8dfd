"""The assembly's part and the registrar's desk: received, reviewed, filed, handed over, registered, classified."""

from dataclasses import dataclass
from datetime import date, datetime

from huiyin.demo.items import Fate, Item
from huiyin.demo.story import Line, Story
from huiyin.words import Kind, Period

TAXONOMY = "category"
# The CPPCC's own classes beside the government's: the same proposals, sorted otherwise.
CPPCC_TAXONOMY = "cppcc_category"
CPPCC_CLASSES = {"经济科技": "经济建设", "城建交通": "城建交通", "其他": "司法行政及其他"}
CULTURE = {"jiaoyu", "tiyu", "weijian", "wenlv"}
PAPER_SHARE = 0.1
ACCEPTED = "符合受理条件，建议受理。"
REVIEWED = (
    "一事一案，情况、分析、建议齐全，建议立案。",
    "内容具体，建议可行，建议立案。",
    "符合立案条件。",
    "反映的问题有调查，建议有针对性，建议立案。",
    "选题贴近工作，建议由政府部门办理，建议立案。",
    "格式规范，一事一案，同意立案。",
    "所提问题群众关注，建议明确，建议立案交办。",
)


@dataclass(frozen=True)
class Intake:
    """When each of the first acts happens; None and all after it has not happened yet."""

    received: date
    reviewed: date | None = None
    filed: date | None = None
    handed_over: date | None = None
    registered: date | None = None
    classified: date | None = None


def cppcc_class(item: Item) -> str:
    """Of the livelihood matters, education, health, culture and sports stand apart from social security."""
    return CPPCC_CLASSES.get(item.class_name) or ("文教卫体" if item.lead in CULTURE else "社会保障")


def asks_of(item: Item) -> tuple[dict[str, str], ...]:
    return tuple({"text": point.ask} for point in item.points)


def take_in(story: Story, days: Intake) -> datetime:
    """Tell the way to the registrar's desk, as far as it has come; gives the moment of the last act."""
    item, line = story.item, story.line()
    on_paper = story.rng.random() < PAPER_SHARE and item.fate == Fate.HANDLED
    _receive(story, line, days.received, on_paper)
    if item.fate == Fate.VOIDED:
        line.act(days.received, "proposal.void", story.assembly_staff(), reason=item.special["reason"])
    elif days.reviewed is not None:
        _review(story, line, days)
    if item.fate == Fate.HANDLED and days.handed_over is not None:
        line.act(days.handed_over, "proposal.hand_over", story.assembly_staff())
        _register(story, line, days, on_paper)
    assert line.last is not None
    return line.last


def _receive(story: Story, line: Line, day: date, on_paper: bool) -> None:
    """Paper is taken in as a whole text; its asks are split off when it is registered."""
    item = story.item
    line.act(
        day,
        "proposal.receive",
        story.assembly_staff(),
        kind=item.kind,
        period=item.period,
        title=item.title,
        proposed_on=day,
        proposers=item.proposers,
        proposer_kind=item.proposer_kind,
        situation=item.matter.situation,
        analysis=item.matter.analysis,
        text=item.text,
        points=() if on_paper else asks_of(item),
        publicity=item.publicity,
    )


def _review(story: Story, line: Line, days: Intake) -> None:
    item, staff = story.item, story.assembly_staff()
    assert days.reviewed is not None
    if item.fate == Fate.NOT_FILED:
        line.act(days.reviewed, "proposal.review", staff, opinion="不符合立案条件，建议不予立案。")
        words = ("ground", "route", "note")
        line.act(days.filed or days.reviewed, "proposal.refuse", staff, **{w: item.special[w] for w in words})
        return
    suggestion = item.kind == Kind.SUGGESTION
    opinion = ACCEPTED if suggestion else story.words.choice(REVIEWED)
    if item.fate == Fate.MERGED:
        line.act(
            days.reviewed, "proposal.review", staff, opinion="与同类提案内容相近，建议并案，分别告知提案者。"
        )
        day = days.filed or days.reviewed
        line.act(
            day, "proposal.merge", staff, into=item.head, reason="反映的是同一问题，一并办理、分别答复。"
        )
        return
    line.act(days.reviewed, "proposal.review", staff, opinion=opinion)
    if days.filed is None:
        return
    line.act(days.filed, "proposal.accept" if suggestion else "proposal.file", staff, number=item.number)
    if item.fate == Fate.HANDLED and not suggestion:
        sort = cppcc_class(item)
        line.act(days.filed, "proposal.classify", staff, taxonomy=CPPCC_TAXONOMY, item_class=sort)
    if item.fate == Fate.ELSEWHERE:
        reason = "内容属于党委部门或司法机关职责。"
        line.act(
            days.handed_over or days.filed,
            "proposal.handle_elsewhere",
            staff,
            handled_by=item.special["body"],
            reason=reason,
        )
    if item.fate == Fate.WITHDRAWN:
        line.act(
            days.filed,
            "proposal.withdraw",
            story.lead_proposer.person.key,
            reason=item.special["reason"],
            agreed=item.proposers,
        )


def _register(story: Story, line: Line, days: Intake, on_paper: bool) -> None:
    item = story.item
    if days.registered is None:
        return
    line.act(days.registered, "proposal.register", story.registrar())
    if on_paper and (days.classified is not None or item.period == Period.IN_PLENARY):
        line.act(days.registered, "proposal.split", story.registrar(), points=asks_of(item))
    if days.classified is not None:
        line.act(
            days.classified,
            "proposal.classify",
            story.registrar(),
            taxonomy=TAXONOMY,
            item_class=item.class_name,
        )
