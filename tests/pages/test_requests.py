"""What is wrong with a request itself is answered the same on every database."""

import pytest
from django.test import Client

from tests.pages.world import World

QUESTIONS = ["/accounts/?q=%00", "/figures/?plenary=%00", "/ledger/?q=a%00b", "/login/?next=%00", "/%00"]


@pytest.mark.parametrize("address", QUESTIONS)
def test_an_address_with_a_nul_is_refused_with_a_page(here: World, address: str) -> None:
    answer = here.client(here.city.administrator).get(address)
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


def test_a_nul_in_a_form_is_refused_by_the_form(client: Client, db: None) -> None:
    answer = client.post("/login/", {"username": "a\0b", "password": "x"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
