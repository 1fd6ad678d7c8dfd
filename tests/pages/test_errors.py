"""What is said when a page cannot be shown, and where one can go from there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from huiyin.components.errors import broken
from huiyin.desks import views
from huiyin.people.models import Person
from tests.pages.world import World
from tests.stories import handling

HOST = "http://testserver"


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_what_is_not_there_and_what_is_not_ones_own_look_alike(here: World) -> None:
    share = handling.assigned(here.city, title="关于看不到的提案")
    client = here.client(here.city.unit_without_share)
    for address in (reverse("desks:case", args=[share.proposal.pk]), "/nowhere/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "没有找到这一页" in text(answer)
        assert "看不到的提案" not in text(answer)
        assert reverse("desks:ledger") in text(answer)  # the navigation is there


def test_the_way_back_is_the_page_of_the_item(here: World) -> None:
    client = here.client(here.city.chen_jing)
    here_it_was = f"{HOST}/cases/7/?story=replies"
    assert 'href="/cases/7/?story=replies"' in text(client.get("/nowhere/", headers={"referer": here_it_was}))
    assert 'href="/cases/9/"' in text(client.get("/nowhere/?back=/cases/9/"))
    for elsewhere in ("https://example.org/cases/7/", "javascript:alert(1)"):
        answer = text(client.get("/nowhere/", {"back": elsewhere}, headers={"referer": elsewhere}))
        assert "example.org" not in answer
        assert "javascript" not in answer


def test_an_address_that_nobody_types(here: World) -> None:
    answer = here.client(here.city.chen_jing).get("/ledger/?q=%00")
    assert answer.status_code == 400
    assert "这个地址打不开" in text(answer)


def test_the_address_of_a_button_opened_like_a_page_says_where_the_button_is(here: World) -> None:
    share = handling.assigned(here.city, title="关于按钮地址的提案")
    case = reverse("desks:case", args=[share.proposal.pk])
    follow = reverse("desks:follow", args=[share.proposal.pk])
    client = here.client(here.city.chen_jing)
    answer = client.get(follow, headers={"referer": HOST + case})
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "再按一次那里的按钮" in text(answer)
    assert f'href="{case}">回到刚才的页面' in text(answer)
    assert "再按一次那里的按钮" in text(client.get(reverse("people:logout")))


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=200)
def test_what_is_too_large_is_said_to_be_too_large(here: World) -> None:
    share = handling.assigned(here.city, title="关于写得太长的提案")
    address = reverse("components:step", args=["contact.log", share.pk])
    answer = here.client(here.city.chen_jing).post(
        address, "summary=" + "长" * 300, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert "内容太多，没有收下" in text(answer)


def test_a_person_without_a_post_is_told_whom_to_ask(here: World) -> None:
    nobody = Person.objects.create_user(username="nobody", name="无名")
    client = Client()
    client.force_login(nobody, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/")
    assert answer.status_code == 403
    assert "您还没有任职记录，请联系系统管理员。" in text(answer)


def test_a_form_of_another_log_in_was_not_sent_and_can_be_opened_again(here: World) -> None:
    share = handling.assigned(here.city, title="关于放久了的提案")
    client = Client(enforce_csrf_checks=True)
    client.force_login(here.city.chen_jing.person, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("components:step", args=["assignment.sign", share.pk])
    answer = client.post(address, headers={"referer": HOST + address})
    assert answer.status_code == 403
    assert "页面放得太久，没有提交" in text(answer)
    assert f'href="{address}">回到刚才的页面' in text(answer)
    share.refresh_from_db()
    assert share.state == "offered"


def test_a_log_in_that_has_ended_leads_back_to_where_one_was(here: World) -> None:
    share = handling.assigned(here.city, title="关于登录失效的提案")
    case = reverse("desks:case", args=[share.proposal.pk])
    answer = Client().get(case, follow=True)
    assert "登录以后会回到刚才的页面" in text(answer)
    assert f'name="next" value="{case}"' in text(answer)
    pressed = Client().post(
        reverse("desks:follow", args=[share.proposal.pk]), headers={"referer": HOST + case}, follow=True
    )
    assert f'name="next" value="{case}"' in text(pressed)  # what was pressed is no page


@pytest.mark.usefixtures("here")
def test_too_many_wrong_passwords_close_the_log_in_for_half_an_hour() -> None:
    client = Client()
    for _ in range(6):
        answer = client.post("/login/", {"username": "somebody", "password": "wrong"})
    assert answer.status_code == 429
    assert "登录暂停半小时" in text(answer)
    assert "忘记密码的，请联系系统管理员" in text(answer)


@contextmanager
def no_database() -> Iterator[None]:
    def refuse(*given: Any) -> Any:
        raise AssertionError("the database was asked")

    with connection.execute_wrapper(refuse):
        yield


def test_a_fault_is_told_without_the_database(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*given: Any, **more: Any) -> Any:
        raise RuntimeError("broken")

    client = here.client(here.city.chen_jing)
    client.raise_request_exception = False
    monkeypatch.setattr(views, "look", fails)
    share = handling.assigned(here.city, title="关于出故障的提案")
    address = reverse("desks:case", args=[share.proposal.pk])
    answer = client.get(address)
    assert answer.status_code == 500
    assert "系统出了故障" in text(answer)
    assert address in text(answer)
    with no_database():
        alone = broken(RequestFactory().get(address))
    assert alone.status_code == 500
    assert f'href="{address}">再打开一次' in text(alone)
