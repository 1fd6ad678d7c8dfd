"""答复函: what a reply letter says, one for each who is to be answered (R1, option joint_reply).

The order is that of the usual templates: mark, unit, number and signatory, title, salutation, opening, body, the
points one by one, what is promised, seal and date, contact, copies. `letter_docx.py` lays it out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.handling.models import CoOpinion
from huiyin.people.models import Proposer
from huiyin.promises.models import Promise
from huiyin.proposals.models import Proposal
from huiyin.replies import marks
from huiyin.replies.models import Answer, Reply
from huiyin.rulepacks.schema import Letter
from huiyin.words import Assembly, Disposition, Kind, ProposalState, ProposerKind

TITLES = {ProposerKind.MEMBER: "委员", ProposerKind.DEPUTY: "代表"}
DEFAULT_TITLE = "关于{plenary}第{number}号{kind}的答复"


@dataclass(frozen=True)
class PointAnswer:
    """One point as it was asked, and what is said to it."""

    number: int
    asked: str
    disposition: str
    said: str


@dataclass(frozen=True)
class ReplyLetter:
    """One letter, ready to be laid out."""

    item: Proposal
    addressee: str
    mark: str
    unit: str
    number: str
    signatory: str
    title: str
    opening: str
    paragraphs: tuple[str, ...]
    points: tuple[PointAnswer, ...]
    opinions: tuple[str, ...]
    promises: tuple[str, ...]
    dated: date | None
    contact: str
    copies: tuple[str, ...]
    attachments: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        return f"{self.item.numbered}{Kind.label_of(self.item.kind)}答复-{self.addressee}.docx".replace(
            "/", "-"
        )


def letters_of(reply: Reply) -> list[ReplyLetter]:
    """A letter to each proposer of the item and of those handled with it."""
    return [
        _letter(reply, item, name) for item in _items(reply.proposal) for name in _addressees(reply, item)
    ]


def _items(head: Proposal) -> list[Proposal]:
    merged = Proposal.objects.filter(merged_into=head, state=ProposalState.MERGED).select_related("plenary")
    return [head, *merged.order_by("id")]


def _addressees(reply: Reply, item: Proposal) -> list[str]:
    standing = item.proposerships.filter(withdrawn_at=None).select_related("proposer").order_by("order", "id")
    proposers = [ship.proposer for ship in standing]
    way = reply.proposal.option("joint_reply")
    if way == "lead" or (way == "each_or_lead_with_consent" and reply.lead_consents):
        proposers = proposers[:1]
    return [_addressed(proposer) for proposer in proposers] or ["提案者"]


def _addressed(proposer: Proposer) -> str:
    """陈一鸣委员; a body is addressed by its name."""
    return proposer.name + TITLES.get(ProposerKind(proposer.kind), "")


def _pattern(item: Proposal) -> Letter | None:
    entries = [entry for entry in item.pack.letters if entry.name == "reply"]
    return item.pack.letter("reply", item.kind) if entries else None


def _title(reply: Reply, item: Proposal, pattern: Letter | None) -> str:
    values = {
        "plenary": item.plenary.label,
        "number": item.number,
        "title": item.title,
        "unit": reply.assignment.unit.name,
        "proposer": "",
        "kind": Kind.label_of(item.kind),
    }
    return (pattern.title if pattern else DEFAULT_TITLE).format_map(_Known(values))


class _Known(dict[str, str]):
    """A pattern may name what an item does not have; it is left out."""

    def __missing__(self, key: str) -> str:
        return ""


def _opening(item: Proposal, head: Proposal, addressee: str) -> str:
    kind = Kind.label_of(item.kind)
    you = "您" if addressee.endswith(("委员", "代表")) else "贵单位"
    asked = f"{you}在{item.plenary.label}提出的《{item.title}》（{item.numbered}{kind}）收悉"
    if item.pk != head.pk:
        asked += f"，已与《{head.title}》（{head.numbered}{kind}）合并办理"
    return f"{asked}。经研究办理，现答复如下："


def _points(reply: Reply, item: Proposal) -> tuple[PointAnswer, ...]:
    """The answers to this item's own points; to those of its head where it has none."""
    answers = Answer.objects.filter(reply=reply).select_related("point").order_by("point__number")
    own = answers.filter(point__proposal=item) or answers.filter(point__proposal=reply.proposal)
    return tuple(
        PointAnswer(
            answer.point.number, answer.point.text, Disposition.label_of(answer.disposition), answer.text
        )
        for answer in own
    )


def _opinions(reply: Reply) -> tuple[str, ...]:
    """R2: a lead's reply reports what every co-handler has said."""
    latest: dict[str, str] = {}
    given = CoOpinion.objects.filter(assignment__proposal=reply.proposal)
    for opinion in given.select_related("assignment__unit").order_by("id"):
        latest[opinion.assignment.unit.name] = opinion.text
    return tuple(f"{unit}：{text}" for unit, text in latest.items())


def _terms(promise: Promise) -> Iterator[str]:
    """How much, by whom, by when, shown by what: what the proposer can hold it to."""
    if promise.quantity:
        yield f"数量：{promise.quantity}"
    yield f"责任单位：{promise.unit}"
    yield f"完成期限：{_day(promise.due_on)}"
    if promise.proof:
        yield f"完成的凭证：{promise.proof}"


def _promises(reply: Reply) -> tuple[str, ...]:
    return tuple(
        f"{promise.what}（{'，'.join(_terms(promise))}）"
        for promise in marks.live_promises(reply.assignment).select_related("unit").order_by("due_on", "id")
    )


def _day(day: date | None) -> str:
    return in_full(day) if day else "待定"


def _mark(reply: Reply) -> str:
    said = marks.said_by(reply)
    if said is None:
        return ""
    scheme = reply.proposal.pack.mark_scheme(reply.proposal.kind)
    return f"{said.mark.label}（{said.mark.code}）" if scheme.lettered else said.mark.label


def _copies(item: Proposal, pattern: Letter | None) -> tuple[str, ...]:
    if pattern and pattern.copies:
        return pattern.copies
    office = "市政协提案委员会" if item.assembly == Assembly.CPPCC else "市人大常委会代表工作机构"
    return (office, "市政府办公室")


def _letter(reply: Reply, item: Proposal, addressee: str) -> ReplyLetter:
    pattern = _pattern(item)
    contact = "联系人：" + reply.contact_person if reply.contact_person else ""
    phone = "联系电话：" + reply.contact_phone if reply.contact_phone else ""
    return ReplyLetter(
        item=item,
        addressee=addressee,
        mark=_mark(reply),
        unit=reply.assignment.unit.name,
        number=reply.document_number,
        signatory=reply.signatory,
        title=_title(reply, item, pattern),
        opening=_opening(item, reply.proposal, addressee),
        paragraphs=tuple(line.strip() for line in reply.text.splitlines() if line.strip()),
        points=_points(reply, item),
        opinions=_opinions(reply),
        promises=_promises(reply),
        dated=day_of(reply.issued_at) if reply.issued_at else None,
        contact=" ".join(part for part in (contact, phone) if part),
        copies=_copies(item, pattern),
        attachments=pattern.attachments if pattern else (),
    )
