"""Reminders for the tests of sending: an item that is due, and people who have chosen their ways."""

from datetime import date

from huiyin.notices.models import Address
from huiyin.notices.words import Way
from huiyin.people.actor import Actor
from huiyin.proposals.models import Proposal
from huiyin.rulepacks.schema import Alert
from tests.clock.told import laid_out, share, tell
from tests.notices.receivers import DINGTALK, WECOM_KEY
from tests.packs_for_tests import pack_version
from tests.people import City

DUE = date(2020, 5, 25)
FIRST = date(2020, 5, 18)
KEYS = {
    Way.MAIL: ("chenjing@example.gov.cn", ""),
    Way.SMS: ("13800000001", ""),
    Way.WECOM: (WECOM_KEY, ""),
    Way.DINGTALK: DINGTALK,
}


def reached_by(who: Actor, *channels: Way, key: str = "", **more: bool) -> None:
    for channel in channels:
        usual, secret = KEYS[channel]
        Address.objects.create(person=who.person, channel=channel, key=key or usual, secret=secret, **more)


def due_items(city: City, *numbers: str) -> list[Proposal]:
    """Items of 市教育局, assigned on 24 February 2020: due on 25 May, first alert on 18 May."""
    pack_version(alerts=(Alert(-7), Alert(0), Alert(3)))
    items = []
    for number in numbers:
        item = laid_out(city, title=f"关于第{number}件事的提案")
        item.number = number
        item.save(update_fields=["number"])
        tell("assignment.assign", "2020-02-24", share(item, city.education))
        items.append(item)
    return items
