"""征询意见函: the link and its code on paper, for the staff who hand it out."""

from django.urls import reverse

from huiyin.evaluations import links
from huiyin.replies.models import Reply
from tests.pages.world import World


def reply_with(count: int) -> Reply:
    """One on which so many forms are still out."""
    return next(one for one in Reply.objects.issued() if one.evaluations.waiting().count() == count)


def test_each_evaluator_who_has_not_answered_has_a_page_of_paper(here: World) -> None:
    reply = reply_with(2)  # one of three has answered
    page = here.client(here.city.staff).get(reverse("evaluations:letters", args=[reply.pk]))
    text = page.content.decode()
    waiting = list(reply.evaluations.waiting())
    assert len(waiting) == 2
    assert all(links.token_of(form) in text for form in waiting)
    assert text.count("data:image/svg+xml") == 2
    assert "态度" in text
    assert "□ 基本满意" in text
    assert "承办单位在结果计入前看不到" in text


def test_the_code_on_the_staffs_page_leads_to_the_paper(here: World) -> None:
    form = reply_with(3).evaluations.waiting().first()
    text = here.client(here.city.staff).get(reverse("evaluations:link", args=[form.pk])).content.decode()
    assert reverse("evaluations:letters", args=[form.reply_id]) in text


def test_units_and_proposers_print_none(here: World) -> None:
    address = reverse("evaluations:letters", args=[reply_with(3).pk])
    for who in (here.city.chen_jing, here.city.gao_yuan, here.city.chen_yiming, here.city.auditor):
        assert here.client(who).get(address).status_code == 404
