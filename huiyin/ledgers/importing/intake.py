"""The item itself: received, filed or accepted with its number, handed over, registered, classified."""

from collections.abc import Iterable
from typing import Any

from huiyin.ledgers.importing.filling import Filling, bare
from huiyin.ledgers.importing.known import CLASS_LENGTH
from huiyin.ledgers.importing.stored import Item
from huiyin.ledgers.reading import Row
from huiyin.proposals import steps
from huiyin.proposals.models import Plenary
from huiyin.rulepacks.schema import Pack
from huiyin.words import Assembly, Kind, Period, ProposalState, Publicity

MOTION = "议案"
TO_BE_REGISTERED = (
    ProposalState.RECEIVED,
    ProposalState.REVIEWED,
    ProposalState.FILED,
    ProposalState.HANDED_OVER,
)


def receive(filling: Filling) -> None:
    """A new item with everything that its row says of it."""
    row, known = filling.row, filling.known
    signers = known.signers(row)
    lead = known.lead(row)
    given: dict[str, Any] = {
        "title": row.title,
        "kind": row.kind or known.plenary.kind,
        "period": _period(row, known.plenary, known.pack),
        "origin": MOTION if row.from_motion else "",
        "proposed_on": row.handed_in_on,
        "proposers": signers if lead else [],
        "proposer_kind": known.kind_of(row),
        "text": row.text,
        "points": [{"text": point} for point in row.points],
        "publicity": row.publicity,
        "remarks": row.remarks,
    }
    when = filling.moments.at("handed_in", 9, own=row.handed_in_on)
    event = filling.run(steps.receive, known.plenary, when, "案由", data=given)
    filling.item = Item(event.subject)
    filling.created = True
    if signers and not lead:
        # the first place stays free for the lead proposer, whose name the row does not give
        filling.run(steps.supplement, event.subject, when, "联名", data={"cosigners": signers})
    register(filling)
    _classify(filling)
    _mark_key(filling)


def register(filling: Filling) -> None:
    """A row of the government's ledger has been filed, handed over and registered, whenever that was."""
    proposal, row, at = filling.stored.proposal, filling.row, filling.moments.at
    if proposal.state not in TO_BE_REGISTERED:
        return
    if proposal.state in (ProposalState.RECEIVED, ProposalState.REVIEWED):
        file_it = steps.file if proposal.assembly == Assembly.CPPCC else steps.accept
        proposal = filling.run(
            file_it, proposal, at("assigned", 9, 30), "编号", data={"number": row.number or proposal.number}
        ).subject
    if proposal.state == ProposalState.FILED:
        proposal = filling.run(steps.hand_over, proposal, at("assigned", 10), "案由").subject
    filling.stored.proposal = filling.run(steps.register, proposal, at("assigned", 10, 30), "案由").subject


def supplement(filling: Filling) -> None:
    """What newly filled cells say of an item that is stored already."""
    row, item = filling.row, filling.stored
    if row.units.named:
        register(filling)
    proposal = item.proposal
    given: dict[str, Any] = {}
    for name, column, value, key in (
        ("number", "编号", row.number, str),
        ("proposed_on", "提出时间", row.handed_in_on, str),
        ("text", "正文", row.text, bare),
        ("remarks", "备注", row.remarks, bare),
    ):
        if filling.is_new(column, value, getattr(proposal, name), key=key):
            given[name] = value
    filling.is_new("类型", row.kind, proposal.kind, label=Kind.label_of)
    given |= _signers(filling)
    if given:
        when = filling.moments.at("assigned", 10, 40)
        item.proposal = filling.run(steps.supplement, proposal, when, "案由", data=given).subject
    _points(filling)
    if filling.is_new("公开属性", row.publicity, proposal.publicity, label=Publicity.label_of):
        when = filling.moments.at("assigned", 10, 45)
        filling.run(steps.set_publicity, item.proposal, when, "公开属性", data={"publicity": row.publicity})
    _classify(filling)
    _mark_key(filling)


def _signers(filling: Filling) -> dict[str, Any]:
    """A lead proposer, a kind and co-signers that were missing so far."""
    row, known, item = filling.row, filling.known, filling.stored
    given: dict[str, Any] = {}
    if filling.is_new("提案者", row.proposer.name, item.lead):
        given["lead"] = known.lead(row)
    kind = known.kind_of(row)
    if kind and not item.proposal.proposer_kind:
        given["proposer_kind"] = kind
    others = [one for one in item.signatures if one.order > 0]
    standing = [one.proposer.name for one in others if one.withdrawn_at is None]
    gone = [one.proposer.name for one in others if one.withdrawn_at is not None]
    signers = {one.name: one for one in known.signers(row) if one.name != row.proposer.name}
    if new := filling.new_ones("联名", signers, standing, gone):
        given["cosigners"] = [signers[name] for name in new]
    return given


def _points(filling: Filling) -> None:
    row, stored = filling.row, [point.text for point in filling.stored.points]
    if filling.is_new("具体建议", row.points, stored, key=_all_bare, label="；".join):
        when = filling.moments.at("assigned", 10, 40)
        points = [{"text": point} for point in row.points]
        filling.run(steps.split, filling.stored.proposal, when, "具体建议", data={"points": points})


def _classify(filling: Filling) -> None:
    """Into the pack's first taxonomy, or the one that the import was told to fill."""
    row, known = filling.row, filling.known
    name = row.category
    if not filling.is_new("分类", name, filling.stored.classes.get(known.taxonomy, "")):
        return
    if name not in known.classes and not (known.open_classes and len(name) <= CLASS_LENGTH):
        what = f"“{name[:CLASS_LENGTH]}”不在现有分类中，未作分类；要增加这一类，请指明新类别归入哪种分类法"
        filling.notes.problem("分类", what, "unknown_class")
        filling.keep_apart("分类")
        return
    when = filling.moments.at("assigned", 10, 50)
    if name not in known.classes:
        filling.run(
            steps.add_class, known.jurisdiction, when, "分类", data={"taxonomy": known.taxonomy, "name": name}
        )
        filling.new_classes.add(name)
    filling.run(
        steps.classify,
        filling.stored.proposal,
        when,
        "分类",
        data={"taxonomy": known.taxonomy, "item_class": name},
    )


def _mark_key(filling: Filling) -> None:
    row, proposal = filling.row, filling.stored.proposal
    if row.key_item is False and proposal.is_key:
        filling.notes.conflict("重点", "否", "重点")
    if row.key_item and not proposal.is_key:
        when = filling.moments.at("assigned", 10, 55)
        filling.stored.proposal = filling.run(
            steps.mark_key, proposal, when, "重点", data={"key": True}
        ).subject


def _period(row: Row, plenary: Plenary, pack: Pack) -> Period:
    """闭会期间: handed in after the close, or numbered as the pack numbers such items."""
    if row.handed_in_on:
        return Period.BETWEEN if row.handed_in_on > plenary.closed_on else Period.IN_PLENARY
    if not row.number or not pack.numbering:
        return Period.IN_PLENARY
    rule = pack.numbering_for(row.kind or plenary.kind)
    before, after = rule.between.split("{n}")
    own = before or after
    fits = row.number.startswith(before) and row.number.endswith(after)
    return Period.BETWEEN if own and rule.between != rule.in_plenary and fits else Period.IN_PLENARY


def _all_bare(points: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(bare, points))
