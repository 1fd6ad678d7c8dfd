"""What a step leaves: an event, its free texts, its place in the chain, and the notices that follow.

Events, texts and seals are append-only; database triggers (`triggers.py`) refuse everything else. The one
exception is an erasure, which empties an EventText and keeps its digest, so that the chain still holds.
"""

from typing import Any, Self

from django.db import models


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)

    def told(self) -> Self:
        """With everything that a sentence needs, in few queries."""
        return self.select_related("actor", "unit", "target_unit").prefetch_related("texts")


class Event(models.Model):
    """事件: one step that was taken. `at` is when it happened, `recorded_at` when it was entered."""

    id = models.BigAutoField(primary_key=True)
    jurisdiction = models.ForeignKey("people.Jurisdiction", models.PROTECT, related_name="+")
    proposal = models.ForeignKey("proposals.Proposal", models.PROTECT, null=True, related_name="events")
    assignment = models.ForeignKey("handling.Assignment", models.PROTECT, null=True, related_name="events")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    code = models.CharField("步骤", max_length=40)
    actor = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("people.Post", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    target_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    on_paper = models.BooleanField("代录", default=False)
    history = models.BooleanField("补录", default=False)
    at = models.DateTimeField("发生时间")
    at_known = models.BooleanField(default=True)
    recorded_at = models.DateTimeField("录入时间")
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)
    gaps = models.JSONField(default=list)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, db_index=False, related_name="corrections"
    )

    objects = EventQuerySet.as_manager()

    # The object the step was taken on or has made; set by the runner, so that callers need no second look-up.
    subject: Any = None

    class Meta:
        verbose_name = verbose_name_plural = "事件"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"]),
            models.Index(fields=["code", "at"]),
            models.Index(fields=["recorded_at"]),
            models.Index(
                fields=["corrects"], condition=models.Q(corrects__isnull=False), name="corrections_of_events"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} #{self.pk}"

    @property
    def assembly(self) -> str:
        return self.proposal.assembly if self.proposal else ""


class EventText(models.Model):
    """Free text or a personal value of an event; `digest` is the salted SM3 hash that the chain covers."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="texts")
    name = models.CharField(max_length=40)
    salt = models.CharField(max_length=32)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    erased = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="one_text_of_a_name")]

    def __str__(self) -> str:
        return self.text


class ChainHead(models.Model):
    """The last link of a jurisdiction's chain; its row is the lock under which the next link is written."""

    jurisdiction = models.OneToOneField("people.Jurisdiction", models.PROTECT, related_name="+")
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.jurisdiction_id}: {self.seq}"


class Seal(models.Model):
    """One link: hash over the event and the link before it."""

    jurisdiction = models.ForeignKey("people.Jurisdiction", models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    event = models.OneToOneField(Event, models.PROTECT, related_name="seal")
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["jurisdiction", "seq"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "seq"], name="one_link_a_place")]

    def __str__(self) -> str:
        return f"{self.seq}: {self.hash[:12]}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def on_pages(self) -> Self:
        return self.filter(channel=Delivery.PAGE)

    def to_be_sent(self) -> Self:
        """By other ways than the page, and in no message yet."""
        return self.filter(message=None).exclude(channel=Delivery.PAGE)


class Delivery(models.Model):
    """待送达: the outbox, a row for each event, person and way. `key` drops doubles; nothing is sent in a transaction.

    What stands on a page is delivered with that; the rest waits for the message that carries it (notices).
    """

    PAGE = "page"

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    receiver = models.ForeignKey("people.Person", models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=12, default=PAGE)
    key = models.CharField(max_length=60, unique=True)
    message = models.ForeignKey("notices.Message", models.PROTECT, null=True, related_name="deliveries")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["receiver", "channel"]),
            models.Index(
                fields=["receiver", "channel"],
                condition=models.Q(message=None) & ~models.Q(channel="page"),
                name="deliveries_to_be_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def by(cls, channel: str, event: Event, person: int) -> Self:
        return cls(event=event, receiver_id=person, channel=channel, key=f"{event.pk}:{person}:{channel}")

    @classmethod
    def on_page(cls, event: Event, person: int) -> Self:
        """A notice that the person finds on the desk."""
        return cls.by(cls.PAGE, event, person)
