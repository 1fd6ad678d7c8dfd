"""The units' shares: given, signed for, and what was said with the proposer."""

from collections import Counter

from huiyin.clock.now import day_of
from huiyin.contacts import steps as contacts
from huiyin.contacts.models import Contact
from huiyin.handling import steps
from huiyin.handling.models import OUT, Assignment
from huiyin.ledgers.importing.correcting import date_step
from huiyin.ledgers.importing.filling import Filling
from huiyin.ledgers.reading import Contact as Said
from huiyin.people.models import Unit
from huiyin.words import AssignmentState, ContactPhase, ContactWay, UnitRole

COLUMNS = {UnitRole.LEAD: "主办单位", UnitRole.CO: "会办单位", UnitRole.SEPARATE: "分办单位"}


def give(filling: Filling) -> None:
    """Each unit that the row names has a share; the day it was given, where the row says so."""
    if not filling.row.units.named:
        filling.keep_apart("交办日期", "签收日期", "沟通日期", "沟通方式")
        return
    there = {share.pk for share in filling.stored.assignments}
    for role, units in _units(filling).items():
        _give_role(filling, role, units)
    named = _named(filling)
    _date_shares(filling, [share for share in named if share.pk in there])
    _sign_all(filling, named)


def _units(filling: Filling) -> dict[UnitRole, list[Unit]]:
    """The units by role, each once: one that stands in two columns has the first of them."""
    row, seen = filling.row, set[int]()
    found: dict[UnitRole, list[Unit]] = {}
    named = ((UnitRole.LEAD, row.units.leads), (UnitRole.SEPARATE, row.units.separate))
    for role, names in (*named, (UnitRole.CO, row.units.co)):
        found[role] = []
        for name in names:
            unit = filling.known.unit(name)
            assert unit is not None  # rows that name unknown units have been refused
            if unit.pk in seen:
                what = f"“{name}”在本行出现了两次，只登记了一次"
                filling.notes.problem(COLUMNS[role], what, "unit_twice")
            else:
                found[role].append(unit)
            seen.add(unit.pk)
    return found


def _give_role(filling: Filling, role: UnitRole, units: list[Unit]) -> None:
    item, own = filling.stored, filling.row.assigned_on
    shares = {share.unit_id: share for share in item.assignments}
    standing = [share for share in item.assignments if share.role == role and share.state not in OUT]
    named = {unit.pk for unit in units}
    if units and any(share.unit_id not in named for share in standing):
        names = "、".join(share.unit.name for share in standing)
        filling.notes.conflict(COLUMNS[role], "、".join(unit.name for unit in units), names)
        return
    for unit in units:
        share = shares.get(unit.pk)
        if share is None:
            when = filling.moments.at("assigned", 11, own=own)
            event = filling.run(
                steps.assign, item.proposal, when, COLUMNS[role], data={"unit": unit, "role": role}
            )
            item.assignments.append(event.subject)
        elif share.role != role and share.state not in OUT:
            filling.notes.conflict(
                COLUMNS[role], unit.name, f"{unit.name}（{UnitRole.label_of(share.role)}）"
            )


def _named(filling: Filling) -> list[Assignment]:
    found = map(filling.known.unit, filling.row.units.named)
    units = {unit.pk for unit in found if unit is not None}
    return [share for share in filling.stored.assignments if share.unit_id in units]


def _date_shares(filling: Filling, shares: list[Assignment]) -> None:
    """The day of shares that were given at a moment not known. A row has one day for all its units; where some were
    given later, it means the first.
    """
    own = filling.row.assigned_on
    days = {day_of(share.offered_at) for share in shares if share.offered_known and share.offered_at}
    if own is None or own in days:
        return
    if days:
        filling.notes.conflict("交办日期", own, min(days))
        return
    for share in shares:
        date_step(filling, share, "assignment.assign", own, 11, "交办日期")


def _sign_all(filling: Filling, named: list[Assignment]) -> None:
    """Signed for on the row's one day, unless some unit has signed on it already."""
    own = filling.row.signed_on
    shares = [share for share in named if share.state not in OUT]
    signed = [share for share in shares if share.signed_at]
    days = {day_of(share.signed_at) for share in signed if share.signed_at}
    if own is None or own in days:
        return
    dated = [date_step(filling, share, "assignment.sign", own, 14, "签收日期") for share in signed]
    if signed and not any(dated):
        filling.notes.conflict("签收日期", own, min(days))
        return
    for share in shares:
        if share.state == AssignmentState.OFFERED:
            sign(filling, share)


def sign(filling: Filling, share: Assignment) -> Assignment:
    """Signed for on the day that the row states, or at a moment not known: whoever answers has signed before."""
    when = filling.moments.at("signed", 14, own=filling.row.signed_on)
    signed: Assignment = filling.run(steps.sign, share, when, "签收日期", unit=share.unit).subject
    shares = filling.stored.assignments
    shares[shares.index(share)] = signed
    return signed


def log_contacts(filling: Filling) -> None:
    """What the row says of contacts, in the log of the first unit that answers."""
    said = [contact for contact in filling.row.contacts if contact.on or contact.way]
    shares = [share for share in filling.stored.assignments if share.state not in OUT]
    if not said or not shares:
        if said:
            filling.keep_apart("沟通日期", "沟通方式")
        return
    share = next((share for share in shares if share.is_answering), shares[0])
    for contact in _new_contacts(filling, said):
        _log(filling, share, contact)


def _new_contacts(filling: Filling, said: list[Said]) -> list[Said]:
    """What is not logged yet, day by day; a way that comes later is filled in. Days that have nothing in common with
    those logged contradict them.
    """
    logged = filling.stored.contacts
    days = Counter(day_of(contact.at) for contact in logged if contact.at_known)
    undated = [contact for contact in logged if not contact.at_known]
    dated = [contact for contact in said if contact.on]
    new = []
    for contact in dated:
        if days[contact.on] > 0:
            days[contact.on] -= 1
            _compare_way(filling, contact)
        else:
            new.append(contact)
    if new and len(new) == len(dated) and sum(days.values()):
        filling.notes.conflict("沟通日期", filling.shown("沟通日期"), "、".join(map(str, sorted(days))))
        return []
    without = [contact for contact in said if not contact.on]
    while new and len(undated) > len(without):
        assert new[0].on is not None
        date_step(filling, undated.pop(0), "contact.log", new.pop(0).on, 15, "沟通日期")
    return new + without[len(undated) :]


def _compare_way(filling: Filling, said: Said) -> None:
    of_day = [one for one in filling.stored.contacts if one.at_known and day_of(one.at) == said.on]
    ways = {one.way for one in of_day if not one.way_is_open}
    if not said.way or said.way in ways:
        return
    open_one = next((one for one in of_day if one.way_is_open), None)
    if open_one is None:
        names = "、".join(sorted(map(ContactWay.label_of, ways)))
        filling.notes.conflict("沟通方式", said.way_text, f"{said.on}{names}")
        return
    data = {"way": said.way, "summary": _words(said)}
    when = filling.moments.at("contacted", 15, 10, own=said.on)
    filling.run(contacts.supplement, open_one, when, "沟通方式", unit=_unit_of(open_one, filling), data=data)


def _unit_of(contact: Contact, filling: Filling) -> Unit:
    return next(share.unit for share in filling.stored.assignments if share.pk == contact.assignment_id)


def _words(said: Said) -> str:
    """Another way is told in the cell's own words."""
    return said.way_text if said.way == ContactWay.OTHER else ""


def _log(filling: Filling, share: Assignment, said: Said) -> None:
    """The phase follows from the days alone: after the answer, else while it was handled."""
    replied = filling.row.replied_on
    after = said.on is not None and replied is not None and said.on > replied
    if not said.way:
        filling.notes.waived(["contact_way"])
    filling.run(
        contacts.log,
        share,
        filling.moments.at("contacted", 15, own=said.on),
        "沟通日期",
        unit=share.unit,
        data={
            "phase": ContactPhase.AFTER if after else ContactPhase.DURING,
            "way": said.way or ContactWay.OTHER,
            "summary": _words(said),
        },
    )
