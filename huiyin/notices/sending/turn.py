"""One turn of sending: what waits is bundled, a message for each person, way and day; each is claimed, sent, noted.

No transaction is open while something is sent. A kill between sending and noting leaves the claim; when that has run
out the message is sent again under the same key, so it comes at least once and a receiver can drop the second.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from huiyin.clock.holidays import calendar_today
from huiyin.clock.hours import is_open, next_open
from huiyin.clock.now import day_of, now
from huiyin.journal.models import Delivery
from huiyin.notices.config import Config, load
from huiyin.notices.models import Address, Message, key_of, new_message
from huiyin.notices.sending.calling import NotSent
from huiyin.notices.sending.channels import SENDERS, Goal
from huiyin.notices.texts import letter_of
from huiyin.notices.words import Outcome, Sort, Way

CLAIM = timedelta(minutes=5)  # longer than any call takes
# How long after each try the next one comes; after the last the message is dead.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))


def send_due(at: datetime) -> None:
    """Everything whose time has come by `at`, the moment at which the turn began."""
    config = load(settings.HOME)
    if not config.channels:
        return
    if is_open(at, calendar_today()):
        _bundle(config, at)
        _begin_the_week(config, at)
    waiting = Message.objects.waiting(at).filter(channel__in=config.channels)
    down: set[str] = set()
    for message in waiting.order_by("next_try_at", "id"):
        if message.channel not in down and _may_go(message) and _claim(message, at):
            if _send(message, config):
                down.add(
                    message.channel
                )  # nobody answers there: the others keep their tries for the next turn


def _bundle(config: Config, at: datetime) -> None:
    """A message a day for each person and way; what comes after it waits for the next workday's."""
    day = day_of(at)
    waiting = Delivery.objects.to_be_sent().filter(channel__in=config.channels).order_by()
    pairs = set(waiting.values_list("receiver", "channel"))
    gone = set(Message.objects.filter(sort=Sort.DAILY, day=day).order_by().values_list("person", "channel"))
    for person, channel in sorted(pairs - gone):
        with transaction.atomic(durable=True):
            address = Address(person_id=person, channel=channel)
            message = new_message(Sort.DAILY, address, day, at)
            kept, made = Message.objects.get_or_create(
                key=message.key,
                defaults={
                    "person_id": person,
                    "channel": channel,
                    "sort": message.sort,
                    "day": day,
                    "next_try_at": at,
                },
            )
            if made:
                waiting.filter(receiver=person, channel=channel).update(message=kept)


def _begin_the_week(config: Config, at: datetime) -> None:
    """The leaders' week, on the first workday of each that the clock runs in."""
    monday = day_of(at) - timedelta(days=day_of(at).weekday())
    wanted = Address.objects.filter(weekly=True, channel__in=config.channels)
    begun = set(Message.objects.filter(sort=Sort.WEEKLY, day=monday).values_list("key", flat=True))
    new = [
        new_message(Sort.WEEKLY, address, monday, at)
        for address in wanted
        if key_of(Sort.WEEKLY, address.person_id, address.channel, monday) not in begun
    ]
    if new:
        Message.objects.bulk_create(new, ignore_conflicts=True)


def _may_go(message: Message) -> bool:
    """Looked at again before each: office hours may end during a turn. Who asks for a test waits for it."""
    return message.sort == Sort.TEST or is_open(now(), calendar_today())


def _claim(message: Message, at: datetime) -> bool:
    """Whether it is ours now; the statement looks at the row again, so of two processes one gets it."""
    with transaction.atomic(durable=True):
        ours = Message.objects.waiting(at).filter(pk=message.pk)
        return bool(ours.update(claimed_until=at + CLAIM, tries=F("tries") + 1))


def _send(message: Message, config: Config) -> bool:
    """Send what is claimed and note how it went; says whether the other side is down."""
    tries = message.tries + 1
    if tries > len(BACK_OFF) + 1:  # it was claimed as often, and none of its senders came back
        _note(message, Outcome.DEAD, failure="发送时系统几次中断。")
        return False
    channel = Way(message.channel)
    address = Address.objects.of(message.person).filter(channel=channel).first()
    letter = letter_of(message, config) if address is not None else None
    if address is None or letter is None:
        _note(message, Outcome.MOOT)
        return False
    try:
        SENDERS[channel](config, Goal(address.key, address.secret), letter, now())
    except NotSent as failed:
        _try_later(message, failed, tries)
        return failed.down
    _note(message, Outcome.SENT, sent_at=now(), failure="")
    return False


def _try_later(message: Message, failed: NotSent, tries: int) -> None:
    if not failed.again or tries > len(BACK_OFF):
        _note(message, Outcome.DEAD, failure=failed.sentence)
        return
    again = now() + BACK_OFF[tries - 1]
    if message.sort != Sort.TEST:
        again = next_open(again, calendar_today())
    _note(message, Outcome.WAITING, failure=failed.sentence, next_try_at=again)


def _note(message: Message, outcome: Outcome, **more: object) -> None:
    Message.objects.filter(pk=message.pk).update(outcome=outcome, claimed_until=None, **more)
