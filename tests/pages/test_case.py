"""The case page: whose turn it is and why that day, the story by kinds, versions side by side, items alike."""

import pytest
from django.urls import reverse

from huiyin.desks.story import KINDS, kind_of
from huiyin.journal.step import STEPS
from huiyin.promises import steps as promises
from huiyin.proposals.keys import likeness
from huiyin.replies import steps as replies
from tests.packs_for_tests import pack_version
from tests.pages.world import World
from tests.stories import answering, evaluating, handling, intake
from tests.stories.moments import at


def case(here: World, who: str, item: object, query: str = "") -> str:
    address = reverse("desks:case", args=[item.pk])
    return " ".join(here.client(here.actors[who]).get(address + query).content.decode().split())


def test_it_says_whose_turn_it_is_until_when_and_why(here: World) -> None:
    share = handling.assigned(here.city, title="关于轮到谁的提案", co=[here.city.police])
    page = case(here, "lin_lan", share.proposal)
    assert "现在由 <b>市教育局</b> 办：等待签收；会办意见还没有交：市公安局。" in page
    assert "为什么是这一天：" in page
    answering.at_work_on(here.city, share)
    handling.opinion_given(here.city, share.proposal.assignments.get(unit=here.city.police))
    answering.drafted(here.city, share)
    page = case(here, "lin_lan", share.proposal)
    assert "现在由 <b>市教育局周宁</b> 办：正在起草答复。" in page
    assert "会办意见未交" not in page
    assert "现在由 <b>市教育局周宁</b> 办：正在办理。" in case(
        here, "chen_yiming", share.proposal
    )  # no drafts outside


def test_before_the_government_has_it_the_assembly_has(here: World) -> None:
    item = intake.received(here.city, title="关于刚刚收到的提案")
    assert "现在由 <b>政协提案委</b> 办：等待审查。" in case(here, "staff", item)
    item = intake.reviewed(here.city, title="关于审查过的提案")
    assert "现在由 <b>政协提案委</b> 办：等待立案。" in case(here, "staff", item)
    suggestion = intake.reviewed(here.city, plenary=here.city.congress, title="关于审查过的建议")
    assert "现在由 <b>人大代表工委</b> 办：等待受理。" in case(here, "congress_staff", suggestion)


@pytest.mark.parametrize(
    ("decides", "waited_for"),
    [("assembly_office", "等待决定"), ("standing_committee", "等待常务委员会（主席会议、主任会议）决定")],
)
def test_whether_it_is_handled_again_is_for_the_assembly_to_say(
    here: World, decides: str, waited_for: str
) -> None:
    pack_version(second_handling=decides)
    second = evaluating.dissatisfied(
        here.city, answering.issued(here.city, title="关于重新办理的提案"), when="2020-04-13"
    )
    for who in ("staff", "lin_lan"):
        head = f"现在由 <b>政协提案委</b> 办：评价不满意，{waited_for}是否重新办理。"
        assert head in case(here, who, second.proposal)


def test_a_promise_of_another_item_that_answers_this_one_is_waited_for_here(here: World) -> None:
    city = here.city
    promise = answering.promise_in_force(city, title="关于学位的提案")
    share = answering.at_work(city, title="关于托位的提案")
    promises.use(share, actor=city.zhou_ning, at=at("2020-04-11"), promise=promise)
    reply = replies.draft(
        share,
        actor=city.zhou_ning,
        at=at("2020-04-11"),
        text="您的提案收悉，答复如下。",
        answers=answering.answers(share),
        mark="B",
        **answering.SAYS["B"],
    ).subject
    reply = answering.signed_off(city, reply, when="2020-04-12")
    evaluating.evaluated(city, answering.issued(city, reply=reply, when="2020-04-12"), when="2020-04-13")
    for who in ("lin_lan", "zhou_ning", "chen_yiming"):
        page = case(here, who, share.proposal)
        assert "现在由 <b>市教育局</b> 办：答复已评价，还有1项承诺在落实。" in page
        assert "承诺0/1项落实" in page
    desk = here.client(city.chen_yiming).get("/").content.decode()
    assert "承诺0/1项落实" in desk.split(share.proposal.title)[1].split("</ol>")[0]


def test_every_step_of_an_item_is_of_one_kind_of_the_story() -> None:
    """What is not about an item has no place on its page."""
    elsewhere = (
        "plenary.",
        "item_class.",
        "draft.",
        "invitation.",
        "proposer.",
        "unit.",
        "post.",
        "meeting.",
        "dispatch.",
        "division.",
        "score_sheet.",
        "appeal.",
        "event.",
        "person.",
        "import",
        "calendar.",
        "pack",
        "snapshot.",
        "jurisdiction.",
    )
    strays = [code for code in STEPS if not kind_of(code) and not code.startswith(elsewhere)]
    assert strays == []
    assert len({kind for kind, _, _ in KINDS}) == len(KINDS)


def test_the_story_is_told_by_kinds(here: World) -> None:
    share = handling.planned(here.city, title="关于分类讲述的提案")
    handling.contacted(here.city, share, summary="说了一回")
    story = case(here, "lin_lan", share.proposal, "?story=contacts").split('id="story-card"')[1]
    assert "沟通" in story
    assert "签收" not in story.split("</nav>")[1]
    everything = case(here, "lin_lan", share.proposal, "?story=nonsense").split('id="story-card"')[1]
    assert "市教育局签收" in everything


def test_versions_stand_side_by_side(here: World) -> None:
    share = handling.planned(here.city, title="关于历次稿件的提案")
    handling.contacted(here.city, share)
    reply = answering.drafted(here.city, share)
    for text in ("增设托位八十个。", "增设托位九十个。"):
        replies.revise(reply, actor=here.city.zhou_ning, at=at("2020-04-13"), text=text)
    address = reverse("desks:reply", args=[reply.pk])
    client = here.client(here.city.lin_lan)
    assert "增设托位<ins>九</ins>十个。" in client.get(address).content.decode()
    both = client.get(address + "?old=2&new=2").content.decode()
    assert "<ins>九" not in both
    assert client.get(address + "?old=x&new=99").status_code == 200  # what is not there: the last two


def test_items_alike_are_found_with_their_answer(here: World) -> None:
    city = here.city
    share = handling.assigned(city, title="关于增加普惠托育服务供给的提案")
    before = answering.issued(city, answering.at_work_on(city, share)).assignment.proposal
    item = intake.classified(city, title="关于进一步增加普惠托育服务的建议")
    page = here.client(city.lin_lan).get(reverse("desks:earlier", args=[item.pk])).content.decode()
    found = page.split(before.title)[1].split("</li>")[0]
    assert "案由相近、同一提案者" in found
    assert "市教育局" in found  # what was answered
    assert item.title not in page.split('id="likes"')[1]
    police = handling.assigned(city, title="关于普惠托育服务的提案", lead=city.police).proposal
    theirs = here.client(city.sun_yue).get(reverse("desks:earlier", args=[police.pk])).content.decode()
    assert before.title not in theirs  # not their own item


def test_titles_are_alike_by_their_matter_not_by_their_frame() -> None:
    assert likeness("关于增加普惠托育服务供给的提案", "关于进一步增加普惠托育服务的建议") > 0.7
    assert likeness("关于整治黄河滩区的提案", "关于打通断头路的提案") == 0
    assert likeness("关于的提案", "关于的提案") == 0
