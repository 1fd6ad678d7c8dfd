"""Where a person wants to be told, the messages that go there, and the secret address of a person's feeds.

Part of no item's life, so no step changes them and no event tells of them: the journal holds no address and no key.
"""

import hashlib
import secrets
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from huiyin.clock.said import in_full
from huiyin.journal.models import Delivery
from huiyin.notices.words import Outcome, Sort, Way
from huiyin.people.models import Person, Post

SHOWN = 4  # signs of a key that a page shows


class AddressQuerySet(models.QuerySet["Address"]):
    def of(self, person: Person | None) -> Self:
        return self.filter(person=person)


class Address(models.Model):
    """接收方式: where one person is told by one channel. `key` is a mail address, a number, or a robot's key."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="addresses")
    channel = models.CharField("渠道", max_length=12, choices=Way.choices())
    key = models.CharField("地址", max_length=200)
    secret = models.CharField("加签密钥", max_length=200, blank=True)
    news_too = models.BooleanField("其他通知也发", default=False)
    weekly = models.BooleanField("一周要情", default=False)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "接收方式"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "channel"], name="one_address_a_channel"),
        ]

    def __str__(self) -> str:
        return f"{Way.label_of(self.channel)} {self.shown}"

    @property
    def shown(self) -> str:
        """What a page may show of it: of a key or a number the end alone."""
        if self.channel == Way.MAIL:
            return self.key
        return f"…{self.key[-SHOWN:]}"


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self, at: datetime) -> Self:
        """Whose time has come, and which no other process is sending."""
        free = Q(claimed_until=None) | Q(claimed_until__lte=at)
        return self.filter(free, outcome=Outcome.WAITING, next_try_at__lte=at)

    def dead(self) -> Self:
        return self.filter(outcome=Outcome.DEAD)

    def of(self, person: Person | None) -> Self:
        return self.filter(person=person)

    def tests_of(self, address: Address, day: date) -> Self:
        return self.filter(person=address.person_id, channel=address.channel, sort=Sort.TEST, day=day)

    def of_place(self, place: Any) -> Self:
        """To people who work there."""
        posts = Post.objects.filter(jurisdiction=place).order_by().values("person")
        return self.filter(person__in=posts)

    def try_again(self, at: datetime) -> int:
        """From the start, with the same key; how many they are."""
        begun = {"tries": 0, "next_try_at": at, "claimed_until": None, "failure": ""}
        return self.update(outcome=Outcome.WAITING, **begun)

    def give_up(self) -> int:
        return self.update(outcome=Outcome.GIVEN_UP)


class Message(models.Model):
    """一条消息: what one person gets by one channel, on one day at most once: its key says so.

    What stands in it is written when it is sent, so that nothing is reminded of that has been done meanwhile.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="messages")
    channel = models.CharField("渠道", max_length=12, choices=Way.choices())
    sort = models.CharField("内容", max_length=8, choices=Sort.choices())
    day = models.DateField("日期")
    key = models.CharField(max_length=60, unique=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices(), default=Outcome.WAITING)
    tries = models.PositiveSmallIntegerField("试过几次", default=0)
    next_try_at = models.DateTimeField("下次发送")
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField("发出", null=True)
    failure = models.CharField("为什么没有发出去", max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(outcome=Outcome.WAITING), name="messages_to_be_sent"
            ),
            models.Index(fields=["outcome"], condition=Q(outcome=Outcome.DEAD), name="messages_dead"),
        ]

    def __str__(self) -> str:
        return f"{in_full(self.day)}{Sort.label_of(self.sort)}"

    @property
    def label(self) -> str:
        return Sort.label_of(self.sort)

    @property
    def channel_label(self) -> str:
        return Way.label_of(self.channel)

    @property
    def outcome_label(self) -> str:
        return Outcome.label_of(self.outcome)


def key_of(sort: Sort, person: int, channel: str, day: date) -> str:
    """The same for every try, so that a receiver can drop a second one."""
    return f"{sort}-{person}-{channel}-{day:%Y%m%d}"


def new_message(sort: Sort, address: Address, day: date, at: datetime, key: str = "") -> Message:
    return Message(
        person_id=address.person_id,
        channel=address.channel,
        sort=sort,
        day=day,
        key=key or key_of(sort, address.person_id, address.channel, day),
        next_try_at=at,
    )


def ask_for_test(address: Address, day: date, at: datetime) -> None:
    """Each test is a message of its own."""
    key = f"{Sort.TEST}-{address.person_id}-{address.channel}-{secrets.token_hex(8)}"
    new_message(Sort.TEST, address, day, at, key).save()


def choose(person: Person | None, channel: Way, chosen: dict[str, Any]) -> None:
    """From now on by this way too, or by it otherwise than before."""
    Address.objects.update_or_create(person=person, channel=channel, defaults=chosen)


def stop(address: Address) -> None:
    """No longer by this way: what waits for it goes with it."""
    whose = {"channel": address.channel}
    Delivery.objects.to_be_sent().filter(receiver=address.person_id, **whose).delete()
    Message.objects.filter(person=address.person_id, outcome=Outcome.WAITING, **whose).give_up()
    address.delete()


class Feed(models.Model):
    """订阅地址: whoever holds it reads the person's due dates and news. Only its digest is stored."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("生成时间")

    def __str__(self) -> str:
        return f"{self.person}: {self.made_at:%Y-%m-%d}"


def open_feed(person: Person, at: datetime) -> str:
    """A fresh secret for the person's feeds; the one before opens nothing any more. It is shown once."""
    token = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(person=person, defaults={"digest": _digest(token), "made_at": at})
    return token


def close_feed(person: Person | None) -> None:
    Feed.objects.filter(person=person).delete()


def feed_of(token: str) -> Feed | None:
    """The feed that a secret opens, of a person who may log in."""
    found = Feed.objects.filter(digest=_digest(token), person__is_active=True)
    return found.select_related("person").first()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
