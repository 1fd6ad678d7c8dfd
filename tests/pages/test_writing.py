"""The pages on which a proposer writes, reads a manuscript in, and signs with others."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from huiyin.journal.step import Refused
from huiyin.people.actor import Actor
from huiyin.proposals.models import Draft, Proposal
from huiyin.proposals.steps import set_publicity
from huiyin.proposals.writing import keep
from tests.pages.world import World
from tests.people import actor
from tests.stories import intake, writing
from tests.stories.moments import at

HTMX = {"HX-Request": "true"}


def begun(here: World) -> tuple[Client, Draft]:
    client = here.client(here.city.chen_yiming)
    answer = client.post("/writing/", {"proposer": here.city.lead_proposer.pk})
    draft = Draft.objects.order_by("-pk")[0]
    assert answer.url == draft.get_absolute_url()
    return client, draft


def sent(**more: object) -> dict[str, object]:
    return {
        "title": "关于增设夜间公交的提案",
        "situation": "末班车太早。",
        "points-0-text": "延长三条线路。",
        "points-1-text": "",
        "points-2-text": "公布时刻表。",
    } | more


def on_the_page(client: Client, draft: Draft, **more: object) -> dict[str, object]:
    """What the page sends that the client opens now."""
    page = client.get(draft.get_absolute_url()).context["page"]
    return sent(page=page.mark, revision=page.revision, **more)


def page_of(here: World, who: Actor, draft: Draft) -> str:
    return here.client(who).get(draft.get_absolute_url()).content.decode()


def test_what_is_written_is_kept_and_shown_again(here: World) -> None:
    client, draft = begun(here)
    answer = client.post(draft.get_absolute_url(), on_the_page(client, draft, then=""), follow=True)
    draft.refresh_from_db()
    assert draft.points == ["延长三条线路。", "公布时刻表。"]
    shown = answer.content.decode()
    assert "末班车太早。" in shown
    assert "已保存" in shown


def test_it_is_kept_while_it_is_written_and_says_so(here: World) -> None:
    client, draft = begun(here)
    answer = client.post(draft.get_absolute_url(), on_the_page(client, draft), headers=HTMX)
    assert answer.status_code == 200
    assert "已保存" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert Draft.objects.get(pk=draft.pk).title == "关于增设夜间公交的提案"


def test_what_a_page_keeps_by_itself_does_not_go_over_its_own_button(here: World) -> None:
    client, draft = begun(here)
    late = on_the_page(client, draft, situation="")
    client.post(draft.get_absolute_url(), late, headers=HTMX)
    pressed = late | {"then": "read", "pasted": "情况\n末班车九点就没有了。"}
    assert client.post(draft.get_absolute_url(), pressed).status_code == 302
    answer = client.post(draft.get_absolute_url(), late, headers=HTMX)
    assert "还没有保存" in answer.content.decode()
    assert Draft.objects.get(pk=draft.pk).situation == "末班车九点就没有了。"


def test_of_two_windows_neither_loses_its_text(here: World) -> None:
    client, draft = begun(here)
    one, other = (on_the_page(client, draft, situation=said) for said in ("一边写的。", "另一边写的。"))
    client.post(draft.get_absolute_url(), one, headers=HTMX)
    client.post(draft.get_absolute_url(), one | {"then": ""})
    assert "还没有保存" in client.post(draft.get_absolute_url(), other, headers=HTMX).content.decode()
    answer = client.post(draft.get_absolute_url(), other | {"then": ""})
    assert answer.status_code == 422
    assert "在别的窗口或者手机上改过" in answer.content.decode()
    assert "另一边写的。" in answer.content.decode()
    assert Draft.objects.get(pk=draft.pk).situation == "一边写的。"
    again = answer.context["page"]
    anew = other | {"then": "", "page": again.mark, "revision": again.revision}
    assert client.post(draft.get_absolute_url(), anew).status_code == 302
    assert Draft.objects.get(pk=draft.pk).situation == "另一边写的。"


def test_a_page_that_says_nonsense_of_itself_keeps_nothing(here: World) -> None:
    client, draft = begun(here)
    for nonsense in ({"revision": "三"}, {"page": "x" * 500}, {"page": "", "revision": ""}):
        answer = client.post(draft.get_absolute_url(), on_the_page(client, draft) | nonsense)
        assert answer.status_code == 422
    assert Draft.objects.get(pk=draft.pk).title == ""


def test_a_page_left_open_does_not_change_what_was_handed_in(here: World) -> None:
    client, draft = begun(here)
    client.post(draft.get_absolute_url(), on_the_page(client, draft))
    left_open = Draft.objects.select_related(*Draft.lock_with).get(pk=draft.pk)
    client.post(reverse("components:step", args=["draft.submit", draft.pk]), {})
    with pytest.raises(Refused, match="已经提交"):
        keep(left_open, {"situation": "晚到的。"}, at("2020-04-01"))


def test_a_marked_text_is_refused_and_stays_on_the_page(here: World) -> None:
    client, draft = begun(here)
    answer = client.post(draft.get_absolute_url(), on_the_page(client, draft, text="机密★10年"))
    assert answer.status_code == 422
    assert "请改走纸质涉密渠道" in answer.content.decode()
    assert "末班车太早。" in answer.content.decode()
    assert Draft.objects.get(pk=draft.pk).text == ""
    by_itself = client.post(
        draft.get_absolute_url(), on_the_page(client, draft, text="机密★10年"), headers=HTMX
    )
    assert "还没有保存" in by_itself.content.decode()


def test_a_word_file_is_read_in_beside_what_was_just_typed(here: World) -> None:
    client, draft = begun(here)
    document = Document()
    for line in ("情况", "冬天更冷。", "建议", "一、加装候车亭。", "其他", "谢谢。"):
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    upload = SimpleUploadedFile("提案.docx", content.getvalue())
    answer = client.post(
        draft.get_absolute_url(), on_the_page(client, draft, then="read", file=upload), follow=True
    )
    draft.refresh_from_db()
    assert draft.situation == "末班车太早。\n冬天更冷。"
    assert draft.points == ["延长三条线路。", "公布时刻表。", "加装候车亭。\n其他\n谢谢。"]
    assert "已读入情况1段、具体建议1条" in answer.content.decode()


def test_what_cannot_be_read_says_what_to_do(here: World) -> None:
    client, draft = begun(here)
    for name, content, said in (
        ("提案.wps", b"x", "请另存为 .docx"),
        ("提案.docx", b"x", "打不开"),
        ("提案.txt", "秘密★".encode(), "纸质涉密渠道"),
    ):
        upload = SimpleUploadedFile(name, content)
        answer = client.post(draft.get_absolute_url(), on_the_page(client, draft, then="read", file=upload))
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert Draft.objects.get(pk=draft.pk).situation == "末班车太早。"  # what was typed is kept all the same


def test_from_the_first_word_to_the_item(here: World) -> None:
    city = here.city
    client, draft = begun(here)
    to_invite = client.post(draft.get_absolute_url(), on_the_page(client, draft, then="draft.invite"))
    client.post(to_invite.url, {"proposers": [city.co_signers[0].pk], "closes_on": "2020-04-20"})
    asked = writing.invitation(draft, city.co_signers[0])
    desk = here.client(city.co_signer).get("/").content.decode()
    assert "请您联名" in desk  # the other one of the world stands there too
    assert "关于增设夜间公交的提案" in desk
    assert "同意联名" in page_of(here, city.co_signer, draft)
    sign = reverse("components:step", args=["invitation.sign", asked.pk])
    assert here.client(city.chen_yiming).get(sign).status_code == 404
    here.client(city.co_signer).post(sign, {})
    assert draft not in [one.draft for one in here.client(city.co_signer).get("/").context["invitations"]]
    client.post(
        draft.get_absolute_url(), on_the_page(client, draft, then="", situation="末班车九点就没有了。")
    )
    assert "文本改过，等再次同意" in page_of(here, city.chen_yiming, draft)
    assert "起草人改过文本" in page_of(here, city.co_signer, draft)
    here.client(city.co_signer).post(sign, {})
    to_submit = client.post(
        draft.get_absolute_url(),
        on_the_page(client, draft, then="draft.submit", situation="末班车九点就没有了。"),
    )
    assert "提案者：陈一鸣、刘敏" in client.get(to_submit.url).content.decode()
    done = client.post(to_submit.url, {}, follow=True)
    item = Proposal.objects.get(title="关于增设夜间公交的提案")
    assert "已办好：提交" in done.content.decode()
    assert item.signers().count() == 2
    assert client.get(draft.get_absolute_url()).url == item.get_absolute_url()
    assert here.client(city.co_signer).get(draft.get_absolute_url()).status_code == 404
    assert here.client(city.co_signer).get(item.get_absolute_url()).status_code == 200


def test_it_may_be_taken_back_before_it_is_filed(here: World) -> None:
    client, draft = begun(here)
    client.post(draft.get_absolute_url(), on_the_page(client, draft))
    client.post(reverse("components:step", args=["draft.submit", draft.pk]), {})
    item = Proposal.objects.get(title="关于增设夜间公交的提案")
    withdraw = reverse("components:step", args=["proposal.withdraw", item.pk])
    assert withdraw in client.get(reverse("desks:steps", args=[item.pk])).content.decode()
    client.post(withdraw, {"reason": "与另一件重复。"})
    item.refresh_from_db()
    assert item.state == "withdrawn"


def test_earlier_items_alike_are_shown_if_they_are_public_or_ones_own(here: World) -> None:
    city = here.city
    client, draft = begun(here)
    topic = "开行社区夜间公交专线"
    theirs = intake.registered(city, plenary=city.congress, title=f"关于{topic}的建议")
    client.post(draft.get_absolute_url(), on_the_page(client, draft, title="关于开行夜间公交专线的提案"))
    address = draft.get_absolute_url()
    assert topic not in client.get(address).content.decode()
    set_publicity(theirs, actor=city.lin_lan, at=at("2020-04-13"), publicity="full")
    shown = client.get(address).content.decode()
    assert topic in shown
    assert theirs.get_absolute_url() not in shown  # its page is not open to others
    own = intake.registered(city, title=f"关于{topic}的提案")
    assert own.get_absolute_url() in client.get(address).content.decode()


def test_a_proposer_without_an_entry_is_told_whom_to_ask(here: World) -> None:
    stranger = actor("新委员", "proposer", here.city.here)
    answer = here.client(stranger).get("/writing/")
    assert "登记以后就能在这里起草" in answer.content.decode()
    assert (
        here.client(stranger).post("/writing/", {"proposer": here.city.lead_proposer.pk}).status_code == 404
    )
