"""A form half filled in outlives the session, and two people at one reply lose no words."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from huiyin.clock.now import at as clock_at
from huiyin.clock.now import now
from huiyin.components.models import FormDraft
from huiyin.replies.models import Reply
from tests.pages.world import World
from tests.stories import answering, handling

HALF = {"phase": "during", "way": "phone", "summary": "电话里说到一半的话"}
HTMX = {"HX-Request": "true"}


def a_share(here: World) -> Any:
    return handling.planned(here.city, title="关于填到一半的提案")


def form_at(code: str, row: Any) -> str:
    return reverse("components:step", args=[code, row.pk])


def test_what_was_typed_is_there_after_logging_out_in_mid_form(here: World) -> None:
    address = form_at("contact.log", a_share(here))
    client = here.client(here.city.zhou_ning)
    told = client.post(address, HALF | {"keep": "1"}, headers=HTMX)
    assert "已暂存" in told.content.decode()
    client.post(reverse("people:logout"))
    assert client.get(address).status_code == 302
    again = here.client(here.city.zhou_ning).get(address).content.decode()
    assert HALF["summary"] in again
    assert "填到一半的内容已经放回来了" in again


def test_it_is_kept_by_a_button_without_javascript(here: World) -> None:
    share = a_share(here)
    client = here.client(here.city.zhou_ning)
    told = client.post(form_at("contact.log", share), HALF | {"keep": "1"}, follow=True)
    assert "已暂存" in told.content.decode()
    assert share.contacts.count() == 0
    assert HALF["summary"] in client.get(form_at("contact.log", share)).content.decode()


def test_nobody_else_reads_it_but_learns_who_is_at_it(here: World) -> None:
    address = form_at("contact.log", a_share(here))
    here.client(here.city.zhou_ning).post(address, HALF | {"keep": "1"})
    other = here.client(here.city.chen_jing).get(address).content.decode()
    assert HALF["summary"] not in other
    assert "周宁 4月14日 09:00 起正在填这张表" in other
    with clock_at(now() + timedelta(hours=13)):
        later = here.client(here.city.chen_jing).get(address).content.decode()
    assert "起正在填这张表" not in later


def test_it_goes_when_the_step_is_taken_or_it_is_given_up(here: World) -> None:
    share = a_share(here)
    address = form_at("contact.log", share)
    client = here.client(here.city.zhou_ning)
    client.post(address, HALF | {"keep": "1"})
    fresh = client.post(address, HALF | {"drop": "1"}).content.decode()
    assert HALF["summary"] not in fresh
    assert not FormDraft.objects.exists()
    client.post(address, HALF | {"keep": "1"})
    client.post(address, HALF)
    assert share.contacts.count() == 1
    assert not FormDraft.objects.exists()


def test_a_classified_text_is_not_kept_either(here: World) -> None:
    address = form_at("contact.log", a_share(here))
    told = here.client(here.city.zhou_ning).post(
        address, HALF | {"summary": "机密★10年", "keep": "1"}, headers=HTMX
    )
    assert "请改走纸质涉密渠道" in told.content.decode()
    assert not FormDraft.objects.exists()


def test_it_is_kept_for_thirty_days(here: World) -> None:
    address = form_at("contact.log", a_share(here))
    here.client(here.city.zhou_ning).post(address, HALF | {"keep": "1"})
    with clock_at(now() + timedelta(days=31)):
        late = here.client(here.city.zhou_ning)
        assert HALF["summary"] not in late.get(address).content.decode()
        late.post(address, {"summary": "另一句", "keep": "1"})
    assert FormDraft.objects.count() == 1


def test_a_part_of_a_page_is_told_that_the_session_has_ended(here: World) -> None:
    address = form_at("contact.log", a_share(here))
    assert Client().post(address, HALF | {"keep": "1"}, headers=HTMX).status_code == 401


def test_inside_a_page_stands_the_form_alone_and_a_refusal_stays_there(here: World) -> None:
    share = a_share(here)
    address = form_at("contact.log", share)
    client = here.client(here.city.zhou_ning)
    inside = HTMX | {"HX-Current-URL": f"http://testserver{share.proposal.get_absolute_url()}"}
    part = client.get(address, headers=inside)
    assert "<html" not in part.content.decode()
    assert "<h2>记录沟通</h2>" in part.content.decode()
    refused = client.post(address, {"summary": "没有写阶段"}, headers=inside)
    assert refused.status_code == 422
    assert "<html" not in refused.content.decode()
    done = client.post(address, HALF, headers=inside)
    assert done["HX-Redirect"] == share.proposal.get_absolute_url()


def revision(reply: Reply, text: str, based_on: int) -> dict[str, Any]:
    given = {"text": text, "mark": reply.mark, "meaning": reply.meaning, "meaning_note": reply.meaning_note}
    answers: dict[str, Any] = {}
    for place, answer in enumerate(reply.answers.all()):
        answers |= {
            f"answers-{place}-point": answer.point_id,
            f"answers-{place}-disposition": answer.disposition,
            f"answers-{place}-text": answer.text,
        }
    return given | answers | {"completed_on": reply.completed_on or "", "based_on": based_on}


def test_two_at_one_reply_see_both_texts_and_neither_is_lost(here: World) -> None:
    share = a_share(here)
    handling.contacted(here.city, share)
    reply = answering.drafted(here.city, share)
    address = form_at("reply.revise", reply)
    first, second = here.client(here.city.chen_jing), here.client(here.city.zhou_ning)
    first.post(address, revision(reply, "已在两所小学划定停车位。", 1))
    refused = second.post(address, revision(reply, "已在三所小学划定停车位。", 1))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "已在<del>两</del>所小学划定停车位。" in page
    assert "已在<ins>三</ins>所小学划定停车位。" in page
    reply.refresh_from_db()
    assert reply.text == "已在两所小学划定停车位。"
    second.post(address, revision(reply, "已在三所小学划定停车位。", 1) | {"over": "2"})
    texts = list(reply.versions.order_by("number").values_list("text", flat=True))
    assert texts[1:] == ["已在两所小学划定停车位。", "已在三所小学划定停车位。"]


def test_a_kept_revision_remembers_which_version_it_began_from(here: World) -> None:
    share = a_share(here)
    handling.contacted(here.city, share)
    reply = answering.drafted(here.city, share)
    address = form_at("reply.revise", reply)
    second = here.client(here.city.zhou_ning)
    second.post(address, revision(reply, "写到一半", 1) | {"keep": "1"})
    here.client(here.city.chen_jing).post(address, revision(reply, "陈静先存了。", 1))
    page = second.get(address).content.decode()
    assert "写到一半" in page
    assert "陈静先存了。" in page  # beside one's own, before anything is sent
    assert 'name="based_on" value="1"' in page
