"""The ledger of a plenary in the standard headings; taken in again it says nothing new (design §8)."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from huiyin.clock.now import day_of
from huiyin.contacts.models import Contact
from huiyin.evaluations.models import Evaluation
from huiyin.handling.models import OUT
from huiyin.journal.models import Event
from huiyin.ledgers.importing.intake import MOTION
from huiyin.ledgers.importing.report import Told, unheard
from huiyin.ledgers.importing.run import ADOPTED
from huiyin.ledgers.importing.stored import Item, load_items
from huiyin.ledgers.models import ImportRow
from huiyin.ledgers.reading import INDIVIDUAL, write_ledger
from huiyin.ledgers.reading.meanings import read_proposer
from huiyin.proposals.models import Plenary, Proposal
from huiyin.replies.models import MarkHistory, Reply
from huiyin.words import (
    Assembly,
    ContactWay,
    Dimension,
    EvaluationState,
    Grade,
    Kind,
    ProposerKind,
    Publicity,
    UnitRole,
)

CHUNK = 400


def export_ledger(plenary: Plenary, path: Path, *, started: Told = unheard, advanced: Told = unheard) -> int:
    """Write the items that the government has been handed; returns how many.

    started, advanced: told how many there are and how many have been written, for a progress bar.
    """
    return write_ledger(path, ledger_rows(plenary, started, advanced))


def ledger_rows(
    plenary: Plenary, started: Told = unheard, advanced: Told = unheard
) -> Iterator[dict[str, object]]:
    """Each item as a row of the standard headings, in the order in which they came."""
    ids = list(Proposal.objects.in_plenary(plenary).received().order_by("pk").values_list("pk", flat=True))
    started(len(ids))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        items = load_items(chunk)
        signed = _signed_days(items)
        kept = _unattributed(chunk)
        for pk in chunk:
            row = _row(items[pk], signed)
            # what could not be attributed is kept, and goes out where it came in
            for heading, text in kept.get(pk, {}).items():
                if not row.get(heading):
                    row[heading] = text
            yield row
        advanced(len(chunk))


def _row(item: Item, signed: Mapping[int, date]) -> dict[str, object]:
    proposal = item.proposal
    return {
        "届次": proposal.plenary.label,
        "类型": MOTION if proposal.origin == MOTION else Kind.label_of(proposal.kind),
        "编号": proposal.number,
        "案由": proposal.title,
        "正文": "\n".join(filter(None, (proposal.situation, proposal.analysis, proposal.text))),
        "具体建议": [point.text for point in item.points],
        "提案者": _proposer(item),
        "联名": [one.proposer.name for one in item.signatures if one.order > 0 and one.withdrawn_at is None],
        "提出时间": proposal.proposed_on,
        "分类": next(iter(_first_class(item)), ""),
        "重点": "是" if proposal.is_key else "",
        **_shares(item, signed),
        **_contacts(item.contacts),
        **_answers(item),
        **_promises(item),
        **_grades(item),
        "公开属性": Publicity.label_of(proposal.publicity),
        "备注": proposal.remarks,
    }


def _first_class(item: Item) -> Iterator[str]:
    """In the pack's first taxonomy, else in any."""
    for taxonomy in item.proposal.pack.taxonomies_for(item.proposal.kind):
        if taxonomy.name in item.classes:
            yield item.classes[taxonomy.name]
    yield from item.classes.values()


def _proposer(item: Item) -> str:
    """The name, with the kind before it where the name alone does not say it; the kind alone where no name is known."""
    kind, name = item.proposal.proposer_kind, item.lead
    label = ProposerKind.label_of(kind)
    if not name or not kind:
        return name or label
    member = ProposerKind.MEMBER if item.proposal.assembly == Assembly.CPPCC else ProposerKind.DEPUTY
    said = read_proposer(name)
    if said.name == name and kind == (member if said.kind in ("", INDIVIDUAL) else said.kind):
        return name
    return f"{label}（{name}）"


def _shares(item: Item, signed: Mapping[int, date]) -> dict[str, object]:
    """Units by role; the days of the first of them."""
    standing = [share for share in item.assignments if share.state not in OUT]
    names = {role: [share.unit.name for share in standing if share.role == role] for role in UnitRole}
    given = [day_of(share.offered_at) for share in standing if share.offered_known and share.offered_at]
    days = [signed[share.pk] for share in standing if share.pk in signed]
    return {
        "主办单位": names[UnitRole.LEAD],
        "会办单位": names[UnitRole.CO],
        "分办单位": names[UnitRole.SEPARATE],
        "交办日期": min(given, default=None),
        "签收日期": min(days, default=None),
    }


def _signed_days(items: Mapping[int, Item]) -> dict[int, date]:
    """By share, where the day is known or has been corrected since."""
    shares = {share.pk: share for item in items.values() for share in item.assignments if share.signed_at}
    events = Event.objects.filter(code="assignment.sign", assignment__in=shares)
    known = events.filter(at_known=True) | events.filter(corrections__isnull=False)
    ids = set(known.values_list("assignment", flat=True))
    return {pk: day_of(share.signed_at) for pk, share in shares.items() if pk in ids and share.signed_at}


def _contacts(contacts: list[Contact]) -> dict[str, object]:
    """Days and ways side by side: those without a day last, so that each way stays beside its day."""
    dated = sorted((one for one in contacts if one.at_known), key=lambda one: (one.at, one.pk))
    in_order = [*dated, *(one for one in contacts if not one.at_known)]
    ways = [_way(contact) for contact in in_order]
    if not any(ways):
        ways = []
    return {
        "沟通日期": [day_of(contact.at) for contact in dated],
        "沟通方式": [way or ContactWay.OTHER.label for way in ways],
    }


def _way(contact: Contact) -> str:
    """The way's label; of another way the words for it, nothing where none were given."""
    if contact.way != ContactWay.OTHER:
        return ContactWay.label_of(contact.way)
    return "" if contact.way_is_open else ContactWay.OTHER.label


def _answers(item: Item) -> dict[str, object]:
    """The latest reply; of several units' marks the least favourable, as figures count it."""
    issued = item.issued()
    if not issued:
        return {}
    latest: Reply = issued[-1]
    known = latest.issued_known and latest.issued_at
    now = {mark.assignment_id: mark for mark in item.marks}
    worst = max(now.values(), key=lambda mark: mark.order, default=None)
    return {
        "答复日期": day_of(latest.issued_at) if known and latest.issued_at else None,
        "答复文号": latest.document_number,
        "办理结果": _mark_word(item, worst) if worst else latest.mark,
    }


def _mark_word(item: Item, mark: MarkHistory) -> str:
    """The code; where it has several meanings, the word for the one that is meant, if a ledger has such a word."""
    proposal = item.proposal
    known = proposal.pack.mark(proposal.kind, mark.mark)
    if known is None or len(known.meanings) == 1 or not mark.meaning:
        return mark.mark
    said = (word for word, meaning in known.says if meaning == mark.meaning and ADOPTED not in word)
    return next(said, mark.mark)


def _promises(item: Item) -> dict[str, object]:
    """Those with a date first, so that each date stays beside its promise."""
    promises = sorted(item.promises, key=lambda promise: (promise.due_on is None, promise.pk))
    return {
        "承诺事项": [promise.what for promise in promises],
        "承诺期限": [promise.due_on for promise in promises if promise.due_on],
    }


def _grades(item: Item) -> dict[str, object]:
    """Of the latest round, the form of the lead proposer, else the first."""
    forms = [form for form in item.evaluations if form.state == EvaluationState.SUBMITTED and not form.later]
    if not forms:
        return {}
    last = max(form.round for form in forms)
    leads = {one.proposer_id for one in item.signatures if one.order == 0}
    of_round = [form for form in forms if form.round == last]
    form: Evaluation = next((form for form in of_round if form.evaluator_id in leads), of_round[0])
    grades: dict[str, Any] = {rating.dimension: rating.grade for rating in form.ratings.all()}
    return {
        "态度评价": Grade.label_of(grades.get(Dimension.ATTITUDE, "")),
        "结果评价": Grade.label_of(grades.get(Dimension.RESULT, "")),
    }


def _unattributed(ids: list[int]) -> dict[int, dict[str, str]]:
    """What import rows keep apart, by item and standard heading; the latest import counts."""
    rows = ImportRow.objects.filter(proposal__in=ids).exclude(unattributed={}).order_by("pk")
    return {pk: kept for pk, kept in rows.values_list("proposal", "unattributed") if pk is not None}
