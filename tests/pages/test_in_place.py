"""What a script asks for is what a reload shows: every page for every role, with htmx's header and without."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.pages.neighbours import Neighbour, own
from tests.pages.test_rights import PEOPLE, addresses
from tests.pages.world import World, today

SOMEBODY = {person: name for person, name in PEOPLE.items() if name}


@pytest.fixture(scope="module")
def subject(built: World, django_db_blocker: Any) -> Neighbour:
    with django_db_blocker.unblock(), today():
        return own(built.city)


def main_of(content: bytes) -> Tag:
    """What stands on the page, without the marks that are new in every answer."""
    page = BeautifulSoup(content, "html.parser")
    for token in page.select("input[name=csrfmiddlewaretoken], #draft > input[name=page]"):
        token.decompose()
    return page.main or page


def differs(client: Client, address: str) -> bool:
    first = client.get(address)  # having looked at it is noted
    if first.streaming:
        list(first.streaming_content)  # a file, which is closed when it has been read
    if not str(first.headers.get("Content-Type", "")).startswith("text/html"):
        return False
    whole = client.get(address)
    asked = client.get(
        address, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}"}
    )
    if "HX-Redirect" in asked.headers:  # it needs a page of its own and says so
        return asked.headers["HX-Redirect"] != address
    if "HX-Refresh" in asked.headers:  # it is shown by a reload
        return False
    shown, part = main_of(whole.content), main_of(asked.content)
    if part.name == "main":
        return str(shown) != str(part)
    place = shown.select_one("#step")
    return place is None or place.decode_contents().split() != part.decode_contents().split()


@pytest.mark.parametrize("person", SOMEBODY)
def test_what_a_script_asks_for_is_what_a_reload_shows(here: World, subject: Neighbour, person: str) -> None:
    client = here.client(here.actors[SOMEBODY[person]])
    found = addresses(person, subject)
    assert found
    assert [address for address in found if differs(client, address)] == []
