"""难件 in the made city: one unit is seen to take up the easy ones first, and no other is."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from huiyin.demo.city import make_city
from huiyin.demo.grading import EASY_FIRST
from huiyin.people.models import Post


@pytest.fixture
def registrar(demo_city: Path) -> Client:
    post = Post.objects.get(person__username="registrar1")
    client = Client()
    client.force_login(post.person, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["post"] = post.pk
    session.save()
    return client


@pytest.mark.parametrize("code", ["zx-12-1", "zx-12-2", "zx-12-3", "zx-12-4", "zx-12-5"])
def test_one_unit_is_named_and_no_other(registrar: Client, code: str) -> None:
    answer = registrar.get(reverse("desks:hard"), {"plenary": code})
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    rows = page.select("section[aria-labelledby=by-unit] tbody tr")
    named = [row.th.get_text() for row in rows if row.th and row.select(".light-late")]
    assert named == [make_city().unit_by_key[EASY_FIRST].name]
