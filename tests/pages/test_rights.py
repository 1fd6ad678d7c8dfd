"""Every address by every role, on one's own item, a neighbour's and another city's: tests/tables/rights.csv.

An address that the table does not name fails here, and so does an answer that the table does not give.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests.pages.neighbours import Neighbour, another_citys, neighbours, own
from tests.pages.tables import differences, read
from tests.pages.world import World, today

PEOPLE = {
    "没有登录": "",
    "政协提案委": "staff",
    "政府办经办人": "lin_lan",
    "联络员": "chen_jing",
    "承办人": "zhou_ning",
    "单位负责人": "gao_yuan",
    "市领导": "mayor_wang",
    "提案者": "chen_yiming",
    "审计员": "auditor",
    "系统管理员": "administrator",
    "无关单位": "he_shan",
    "外市经办人": "stranger",
}
OWN, NEIGHBOUR, ELSEWHERE = "本人的件", "别人的件", "外市的件"
POSTED = {"people:logout", "people:switch", "ledgers:undo", "desks:follow"}


SAME_FOR_ALL = {
    "desks:group": ("contact.log",),
    "desks:together": ("assignment.sign",),
    "components:workdays": (2020,),
    "setup:blank": ("units",),
}


def password(subject: Neighbour) -> tuple[str, str]:
    person = subject.account.person
    return urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)


ABOUT: dict[str, Callable[[Neighbour], Any]] = {
    "desks:case": lambda it: (it.item.pk,),
    "desks:earlier": lambda it: (it.item.pk,),
    "desks:follow": lambda it: (it.item.pk,),
    "desks:steps": lambda it: (it.item.pk,),
    "desks:promise": lambda it: (it.reply.assignment.promises.get().pk,),
    "desks:reply": lambda it: (it.reply.pk,),
    "desks:letter": lambda it: (it.reply.pk, 1),
    "desks:attachment": lambda it: (it.file.pk,),
    "desks:event": lambda it: (it.event.pk,),
    "desks:saved_view": lambda it: (it.view.pk,),
    "desks:score_unit": lambda it: (it.plenary.code, it.scored.unit_id),
    "desks:score_rows": lambda it: (it.plenary.code, it.scored.unit_id, "answered_in_time"),
    "desks:score_sheet": lambda it: (it.scored.sheet_id,),
    "desks:unit_score": lambda it: (it.scored.sheet_id, it.scored.unit_id),
    "desks:unit_score_rows": lambda it: (it.scored.sheet_id, it.scored.unit_id, "answered_in_time"),
    "desks:quality_rows": lambda it: (it.plenary.code, "problem", "good"),
    "desks:topic": lambda it: (it.topic.pk,),
    "desks:snapshot": lambda it: (it.frozen.pk,),
    "desks:snapshot_rows": lambda it: (it.frozen.pk, "received.total"),
    "desks:frozen_circular": lambda it: (it.frozen.pk,),
    "desks:circular": lambda it: (it.plenary.code,),
    "desks:figure_rows": lambda it: (it.plenary.code, "received.total"),
    "components:step": lambda it: ("contact.log", it.item.assignments.get().pk),
    "evaluations:by_link": lambda it: (it.token,),
    "evaluations:letters": lambda it: (it.reply.pk,),
    "evaluations:link": lambda it: (it.form.pk,),
    "desks:dispatch": lambda it: (it.round.pk,),
    "desks:dispatch_export": lambda it: (it.round.pk,),
    "desks:dispatch_sheet": lambda it: (it.round.sheets.get(unit=it.unit).pk,),
    "desks:sample": lambda it: (it.sample.pk,),
    "desks:meeting": lambda it: (it.meeting.pk,),
    "desks:unit_conduct_rows": lambda it: (it.plenary.code, it.unit.pk),
    "ledgers:import": lambda it: (it.brought.pk,),
    "ledgers:refused": lambda it: (it.brought.pk,),
    "ledgers:draft": lambda it: (it.on_its_way.pk,),
    "ledgers:draft_refused": lambda it: (it.on_its_way.pk,),
    "ledgers:undo": lambda it: (it.brought.pk,),
    "ledgers:export": lambda it: (it.plenary.code,),
    "proposals:draft": lambda it: (it.draft.pk,),
    "notices:due_feed": lambda it: (it.feed,),
    "notices:news_feed": lambda it: (it.feed,),
    "people:switch": lambda it: (it.post.pk,),
    "people:password_link": lambda it: (it.post.pk,),
    "people:set_password": password,
}


def names() -> list[str]:
    """Every address of the project, by its name."""

    def walk(patterns: list[Any], space: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, inner)
            elif isinstance(pattern, URLPattern):
                assert pattern.name, f"an address without a name: {pattern.pattern}"
                yield f"{space}{pattern.name}"

    return sorted(walk(get_resolver().url_patterns, ""))


@pytest.fixture(scope="module")
def subjects(built: World, django_db_blocker: Any) -> dict[str, Neighbour]:
    with django_db_blocker.unblock(), today():
        city = built.city
        return {OWN: own(city), NEIGHBOUR: neighbours(city), ELSEWHERE: another_citys(city)}


def addresses(person: str, subject: Neighbour) -> list[str]:
    """The pages that open for this column of the table."""
    head, *rows = read("rights.csv")
    column = head.index(person)
    names = [row[0] for row in rows if row[1] in ("", OWN) and row[column] == "200" and row[0] not in POSTED]
    return [
        reverse(name, args=ABOUT[name](subject) if name in ABOUT else SAME_FOR_ALL.get(name, ()))
        for name in names
    ]


def answer(client: Client, name: str, address: str) -> str:
    found = client.post(address) if name in POSTED else client.get(address)
    if hasattr(found, "streaming_content"):
        list(found.streaming_content)
    if found.status_code == 302:
        return "去登录" if found.url.startswith("/login/") and name != "people:logout" else "302"
    return str(found.status_code)


def table(here: World, subjects: dict[str, Neighbour]) -> list[list[str]]:
    rows = [["地址", "对象", *PEOPLE]]
    for name in names():
        for kind, subject in subjects.items():
            answers = []
            for person in PEOPLE.values():
                client = here.client(here.actors[person]) if person else Client()
                # After the log-in: a link for setting a password ends with the next log-in of its person.
                args = ABOUT[name](subject) if name in ABOUT else SAME_FOR_ALL.get(name, ())
                answers.append(answer(client, name, reverse(name, args=args)))
            rows.append([name, kind if name in ABOUT else "", *answers])
            if name not in ABOUT:
                break
    return rows


def test_every_address_answers_as_the_table_says(here: World, subjects: dict[str, Neighbour]) -> None:
    assert differences("rights.csv", table(here, subjects)) == []


def test_strangers_find_nothing_of_another_citys_items() -> None:
    """Read from the table itself: but for those with the link, nobody is let in elsewhere."""
    head, *rows = read("rights.csv")
    open_to_holders = {
        "evaluations:by_link",
        "people:set_password",
        "notices:due_feed",
        "notices:news_feed",
    }
    let_in = [
        (row[0], person)
        for row in rows
        if row[1] == ELSEWHERE and row[0] not in open_to_holders
        for person, status in zip(head[2:], row[2:], strict=True)
        if status not in ("404", "去登录") and person != "外市经办人"
    ]
    assert let_in == []
