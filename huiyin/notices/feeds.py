"""The feeds of a person: due dates for a calendar program, news for a reader of Atom. Asked anew at each reading."""

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from huiyin.clock.hear import standing
from huiyin.clock.models import Deadline
from huiyin.clock.now import SHANGHAI, day_of, today
from huiyin.clock.said import in_full
from huiyin.journal.models import Delivery, Event
from huiyin.journal.step import STEPS
from huiyin.notices.icalendar import Entry, written
from huiyin.notices.naming import item_said, said_of
from huiyin.notices.texts import posts_of, seen_events
from huiyin.people.models import Person, Post
from huiyin.promises.models import Promise
from huiyin.supervision.models import Leadership
from huiyin.words import UNIT_ROLES, DeadlineName, Role

BACK = timedelta(days=60)  # what is past longer than that no calendar needs
MOST = 3000
NEWS = 50
LISTED = 30
ATOM = "http://www.w3.org/2005/Atom"


def due_dates(person: Person, site: str, at: datetime) -> str:
    """One entry for each day and sort of deadline: an office with many items of one day gets one line for it."""
    posts = posts_of(person)
    entries = [*_deadlines(posts, site), *_promises(posts, site)]
    return written(f"回音期限（{person.name}）", entries, at)


def _deadlines(posts: list[Post], site: str) -> list[Entry]:
    wanted = Q(pk__in=[])
    for post in posts:
        wanted |= _own(post)
    rows = Deadline.objects.open().duties().filter(wanted, due_on__gte=today() - BACK, paused_since=None)
    found = rows.select_related("proposal", "assignment__unit").order_by("due_on", "name", "id")[:MOST]
    entries = []
    for (day, name), group in groupby(found, key=lambda one: (one.due_on, one.name)):
        deadlines = list(group)
        lines = [f"{item_said(one.proposal, outside=False)}，{standing(one, today())}" for one in deadlines]
        label = DeadlineName.label_of(name)
        entries.append(
            _entry(f"due-{name}-{day}", day, f"{label}到期", lines, _address(deadlines, site), site)
        )
    return entries


def _own(post: Post) -> Q:
    """What a post answers for, or watches over."""
    if post.role in UNIT_ROLES:
        return Q(assignment__unit=post.unit_id) | Q(promise__unit=post.unit_id)
    if post.role == Role.PROPOSER:
        return Q(evaluation__evaluator__person=post.person_id)
    here = Q(jurisdiction=post.jurisdiction_id)
    if post.role == Role.REGISTRAR:
        return here & Q(name__in=(DeadlineName.REPLY, DeadlineName.SECOND_HANDLING, DeadlineName.CO_OPINION))
    if post.role == Role.ASSEMBLY_STAFF:
        return here & Q(name=DeadlineName.FEEDBACK, proposal__plenary__assembly=post.assembly)
    if post.role == Role.GOVERNMENT_LEADER:
        return here & _led(post)
    return Q(pk__in=[])


def _led(post: Post) -> Q:
    led = Leadership.objects.current().filter(leader=post.pk, proposal=OuterRef("proposal"))
    return Q(Exists(led))


def _promises(posts: list[Post], site: str) -> list[Entry]:
    wanted = Q(pk__in=[])
    for post in posts:
        if post.role in UNIT_ROLES:
            wanted |= Q(unit=post.unit_id)
        elif post.role == Role.GOVERNMENT_LEADER:
            wanted |= _led(post)
    rows = Promise.objects.in_force().open().filter(wanted, due_on__gte=today() - BACK)
    found = rows.select_related("proposal", "unit").order_by("due_on", "id")[:MOST]
    entries = []
    for day, group in groupby(found, key=lambda one: one.due_on):
        promises = list(group)
        lines = [said_of(one.proposal, one.what) for one in promises]
        address = _address(promises, site)
        entries.append(_entry(f"due-promise-{day}", day, "承诺到期", lines, address, site, "项"))
    return entries


def _address(rows: list[Any], site: str) -> str:
    """The item itself where it is one, else the desk."""
    items = {row.proposal_id for row in rows}
    return f"{site}{reverse('desks:case', args=[items.pop()]) if len(items) == 1 else '/'}"


def _entry(
    uid: str, day: Any, label: str, lines: list[str], address: str, site: str, counted: str = "件"
) -> Entry:
    summary = f"{label}：{lines[0]}" if len(lines) == 1 else f"{label}：{len(lines)}{counted}"
    more = [f"另有{len(lines) - LISTED}{counted}，请登录回音查看。"] if len(lines) > LISTED else []
    return Entry(
        f"{uid}@{site.partition('//')[2] or 'huiyin'}",
        day,
        summary,
        "\n".join([*lines[:LISTED], *more]),
        address,
    )


def news(person: Person, site: str, own: str, at: datetime) -> bytes:
    """What the person was told of lately and may still see, the newest first. `own`: the feed's address without its secret."""
    told = (
        Delivery.objects.on_pages().filter(receiver=person).order_by("-event").values_list("event", flat=True)
    )
    rows = Event.objects.filter(pk__in=list(told[:NEWS])).select_related("proposal", "unit").order_by("-id")
    events = seen_events(list(rows), posts_of(person))
    host = site.partition("//")[2].partition(":")[0] or "huiyin"
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", f"回音通知（{person.name}）")
    _add(feed, "id", f"tag:{host},2020:notices-{person.pk}")
    _add(feed, "updated", _moment(events[0].recorded_at if events else at))
    ET.SubElement(feed, f"{{{ATOM}}}link", href=f"{site}{own}")
    _add(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", "回音")
    for event in events:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "title", _headline(event))
        _add(entry, "id", f"tag:{host},2020:event-{event.pk}")
        _add(entry, "updated", _moment(event.recorded_at))
        address = event.proposal.get_absolute_url() if event.proposal else "/"
        ET.SubElement(entry, f"{{{ATOM}}}link", href=f"{site}{address}")
        _add(entry, "summary", f"{in_full(day_of(event.at))} {event.unit.name if event.unit else '系统'}")
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True)


def _headline(event: Event) -> str:
    step = STEPS.get(event.code)
    item = f"{item_said(event.proposal, outside=False)}：" if event.proposal else ""
    return f"{item}{step.label if step else event.code}"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _moment(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")
