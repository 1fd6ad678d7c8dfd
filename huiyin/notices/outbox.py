"""What goes out beside the page: a row for each way that a receiver has chosen, in the transaction of the step."""

from collections import defaultdict

from huiyin.desks.story import REMINDER
from huiyin.journal.models import Delivery
from huiyin.journal.prepared import Prepared
from huiyin.notices.models import Address

_ADDRESSES = Prepared(
    lambda persons: (
        Address.objects.filter(person__pk__in=persons)
        .order_by("id")
        .values_list("person", "channel", "news_too")
    )
)


def outward(deliveries: list[Delivery]) -> list[Delivery]:
    """Reminders by every way of the receiver, other news where that is wanted. One question for all."""
    receivers = tuple(sorted({one.receiver_id for one in deliveries}))
    ways: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for person, channel, news_too in _ADDRESSES(receivers) if receivers else ():
        ways[person].append((channel, news_too))
    return [
        Delivery.by(channel, one.event, one.receiver_id)
        for one in deliveries
        for channel, news_too in ways[one.receiver_id]
        if news_too or one.event.code == REMINDER
    ]
