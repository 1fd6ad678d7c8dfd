"""What a message says, written when it is sent: what still waits for the person then, and what the person may see."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from huiyin.clock.hear import standing
from huiyin.clock.models import Deadline
from huiyin.clock.now import now, today
from huiyin.clock.said import in_full
from huiyin.desks.story import REMINDER
from huiyin.journal.models import Event
from huiyin.notices.config import Config
from huiyin.notices.models import Message
from huiyin.notices.naming import item_said, step_said
from huiyin.notices.sending.channels import Letter
from huiyin.notices.week import week_of
from huiyin.notices.words import Sort, Way
from huiyin.people.actor import Actor
from huiyin.people.models import Person, Post
from huiyin.proposals.models import Proposal

LINES = 40
TRIED = "收到这一条，说明回音可以用这个方式通知您。"


def letter_of(message: Message, config: Config) -> Letter | None:
    """None where nothing is left to be said."""
    return LETTERS[Sort(message.sort)](message, config)


def posts_of(person: Person) -> list[Post]:
    """Those held today; who holds none is told nothing any more."""
    if not person.is_active:
        return []
    held = Post.objects.filter(person=person).held_on(today()).order_by("id")
    return list(held.select_related("person", "jurisdiction", "unit"))


def _test(message: Message, config: Config) -> Letter | None:
    return Letter(message.key, "回音测试消息", f"{TRIED}\n{_foot(config)}")


def _daily(message: Message, config: Config) -> Letter | None:
    posts = posts_of(message.person)
    carried = message.deliveries.order_by().values("event")
    told = Event.objects.filter(pk__in=carried).select_related("proposal__plenary", "unit").order_by("id")
    events = seen_events(list(told), posts)
    outside = message.channel != Way.MAIL
    due = _still_open(event for event in events if event.code == REMINDER)
    news = [event for event in events if event.code != REMINDER]
    if not due and not news:
        return None
    late = sum(deadline.is_overdue(today()) for deadline in due)
    parts = []
    if due:
        parts.append(_listed("到期提醒：", [_due_line(one, outside=outside) for one in due]))
    if news:
        parts.append(_listed("其他通知：", [_news_line(event, outside=outside) for event in news]))
    said = f"{len(due)}件到期提醒" if due else f"{len(news)}条通知"
    subject = f"回音：{said}（{message.day.month}月{message.day.day}日）"
    text = "\n\n".join([*parts, _foot(config)])
    return Letter(message.key, subject, text, len(due), late, len(news))


def seen_events(events: list[Event], posts: list[Post]) -> list[Event]:
    """What the person may still see today, through one post or another."""
    items = {event.proposal_id for event in events if event.proposal_id}
    seen: set[int] = set()
    for post in posts:
        visible = Proposal.objects.visible_to(Actor.of(post)).filter(pk__in=items)
        seen |= set(visible.order_by().values_list("pk", flat=True))
    places = {post.jurisdiction_id for post in posts}
    return [
        event
        for event in events
        if (event.proposal_id in seen if event.proposal_id else event.jurisdiction_id in places)
    ]


def _still_open(reminders: Iterable[Event]) -> list[Deadline]:
    """The deadlines reminded of, each once, without those that have been met, ended, paused or moved meanwhile."""
    said = {event.subject_id: event.facts["due_on"] for event in reminders}
    rows = Deadline.objects.open().filter(pk__in=said, paused_since=None)
    found = rows.select_related("proposal__plenary", "assignment__unit", "promise__unit").order_by(
        "due_on", "id"
    )
    return [row for row in found if said[row.pk] == row.due_on.isoformat()]


def _due_line(deadline: Deadline, *, outside: bool) -> str:
    whose = f"（{deadline.unit.name}）" if deadline.unit else ""
    item = item_said(deadline.proposal, outside=outside)
    day = deadline.due_on
    how = standing(deadline, today())
    return f"{item}：{deadline.label}{whose}，期限{in_full(day)}，{how}"


def _news_line(event: Event, *, outside: bool) -> str:
    item = f"{item_said(event.proposal, outside=outside)}：" if event.proposal else ""
    return f"{item}{step_said(event)}"


def _weekly(message: Message, config: Config) -> Letter | None:
    """The week that has passed; the text goes by mail in full, elsewhere as counts."""
    weeks = [week for post in posts_of(message.person) if (week := week_of(Actor.of(post), _asked(message)))]
    if not weeks:
        return None
    outside = message.channel != Way.MAIL
    parts = []
    for week in weeks:
        parts.append(week.in_short)
        if not outside:
            parts += [_listed(f"{head}：", lines) for head, lines in week.in_full() if lines]
    parts.append(f"全文：{config.site}{reverse('notices:week')}")
    counts = (sum(len(week.items) for week in weeks), sum(len(week.late) for week in weeks))
    subject = f"回音：一周要情（{message.day.month}月{message.day.day}日）"
    return Letter(message.key, subject, "\n\n".join([*parts, _foot(config)]), *counts)


def _asked(message: Message) -> date:
    """The last day of the week that is told of: the Sunday before the message's Monday."""
    return message.day - timedelta(days=1)


def _listed(head: str, lines: list[str]) -> str:
    shown = [f"· {line}" for line in lines[:LINES]]
    more = [f"· 另有{len(lines) - LINES}条，请登录查看。"] if len(lines) > LINES else []
    return "\n".join([head, *shown, *more])


def _foot(config: Config) -> str:
    own = f"{config.site}{reverse('notices:own')}"
    return f"请登录回音办理：{config.site}/\n不想再收到，或要换一个方式：{own}\n发出时间：{in_full(today())} {now():%H:%M}"


LETTERS = {Sort.DAILY: _daily, Sort.WEEKLY: _weekly, Sort.TEST: _test}
