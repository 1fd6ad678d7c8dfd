"""What is new since somebody's last look at an item, and what those are told who follow one."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse

from huiyin.clock.now import at, moment
from huiyin.desks.following import changed
from huiyin.desks.models import Look
from huiyin.handling.steps import plan, sign
from huiyin.journal.models import Delivery
from huiyin.journal.work import work
from huiyin.people.actor import Actor
from huiyin.people.directory import end_post
from huiyin.people.models import Post
from huiyin.supervision.steps import urge
from tests.pages.world import TODAY, World
from tests.stories import answering, evaluating, handling, intake

NEW = "有新进展"
LINE = "上次查看"


def opened(here: World, who: Actor, item: object) -> str:
    return here.client(who).get(reverse("desks:case", args=[item.pk])).content.decode()


def follows(here: World, who: Actor, item: object, wanted: str = "1") -> None:
    answer = here.client(who).post(reverse("desks:follow", args=[item.pk]), {"follow": wanted})
    assert answer.status_code == 302


def told(who: Actor, item: object) -> list[str]:
    found = Delivery.objects.filter(receiver=who.person, event__proposal=item).order_by("event")
    return list(found.values_list("event__code", flat=True))


def at_hours(*acts: Callable[[], object]) -> None:
    """One after the other, an hour apart, so that each is a visit of its own."""
    for hour, act in enumerate(acts):
        with at(moment(TODAY, 9) + timedelta(hours=hour)):
            act()


def test_what_others_did_since_the_last_look_is_marked_until_it_is_looked_at(here: World) -> None:
    office, unit = here.city.lin_lan, here.city.chen_jing
    share = handling.assigned(here.city, title="关于有没有动静的提案", when="2020-04-13")
    item = share.proposal
    seen: list[str] = []

    def ledger() -> None:
        page = here.client(office).get(reverse("desks:ledger"), {"q": "有没有动静"})
        seen.append("marked" if NEW in page.content.decode() else "plain")

    at_hours(
        ledger,  # never looked at: nothing to compare with
        lambda: seen.append("line" if LINE in opened(here, office, item) else "no line"),
        lambda: sign(share, actor=unit),
        ledger,
        lambda: seen.append("line" if LINE in opened(here, office, item) else "no line"),
        ledger,
    )
    assert seen == ["plain", "no line", "marked", "line", "plain"]


def test_the_new_events_stand_above_the_line(here: World) -> None:
    office, unit = here.city.lin_lan, here.city.chen_jing
    share = handling.assigned(here.city, title="关于新旧分明的提案", when="2020-04-13")
    pages: list[object] = []

    def case() -> None:
        pages.append(here.client(office).get(reverse("desks:case", args=[share.proposal.pk])))

    at_hours(
        case,
        lambda: sign(share, actor=unit),
        lambda: plan(share, actor=unit, measures="先行试点", person=here.city.zhou_ning.post),
        case,
    )
    first, last = (page.context["story"] for page in pages)
    assert first.new == []
    assert [event.code for event in last.new] == ["assignment.plan", "assignment.sign"]
    assert "assignment.assign" in [event.code for event in last.old]
    text = pages[1].content.decode()
    story = text[text.index('id="story-card"') :]
    assert story.index("先行试点") < story.index(LINE) < story.index("交市教育局主办")


def test_what_one_did_oneself_is_no_news(here: World) -> None:
    unit = here.city.chen_jing
    share = handling.assigned(here.city, title="关于自己办的事的提案", when="2020-04-13")
    at_hours(lambda: opened(here, unit, share.proposal), lambda: sign(share, actor=unit))
    assert changed(unit, [share.proposal]) == set()
    assert changed(here.city.auditor, [share.proposal]) == set()  # never looked


def test_a_desk_marks_its_rows(here: World) -> None:
    unit = here.city.chen_jing
    share = handling.assigned(here.city, title="关于待办也标明的提案", when="2020-04-13")
    at_hours(
        lambda: opened(here, unit, share.proposal),
        lambda: urge(share, actor=here.city.lin_lan, way="phone", text="请尽快签收"),
    )
    page = here.client(unit).get(reverse("desks:group", args=["assignment.sign"])).content.decode()
    row = page[page.index("待办也标明") :]
    assert NEW in row[: row.index("</li>")]


def test_a_proposer_is_not_shown_that_a_unit_drafts(here: World) -> None:
    proposer = here.city.chen_yiming
    share = answering.at_work(here.city, title="关于起草不外传的提案")
    at_hours(lambda: opened(here, proposer, share.proposal))
    answering.drafted(here.city, share)
    assert changed(proposer, [share.proposal]) == set()


def test_a_follower_is_told_and_finds_the_item_on_the_desk_and_in_the_ledger(here: World) -> None:
    auditor, unit = here.city.auditor, here.city.chen_jing
    share = handling.assigned(here.city, title="关于有人关注的提案", when="2020-04-13")
    item = share.proposal
    assert "取消关注" not in opened(here, auditor, item)
    at_hours(lambda: follows(here, auditor, item), lambda: sign(share, actor=unit))
    assert "取消关注" in opened(here, auditor, item)
    assert told(auditor, item) == ["assignment.sign"]
    desk = here.client(auditor).get("/")
    ((found, events),) = desk.context["followed"]
    assert (found, events[0].code) == (item, "assignment.sign")
    assert "assignment.sign" in [event.code for event in desk.context["news"]]
    ledger = here.client(auditor).get(reverse("desks:ledger"), {"followed": "on", "plenary": "all"})
    assert [line.item for line in ledger.context["lines"]] == [item]
    follows(here, auditor, item, wanted="0")
    plan(share, actor=unit, measures="先行试点", person=here.city.zhou_ning.post)
    assert told(auditor, item) == ["assignment.sign"]
    assert here.client(auditor).get("/").context["followed"] == []


def test_a_follower_is_told_only_what_he_may_see(here: World) -> None:
    """R4: the unit hears of a form when it counts; the proposer nothing of drafts."""
    unit, proposer = here.city.gao_yuan, here.city.chen_yiming
    share = answering.at_work(here.city, title="关于关注有分寸的提案")
    follows(here, unit, share.proposal)
    follows(here, proposer, share.proposal)
    follows(here, here.city.staff, share.proposal)
    reply = answering.issued(here.city, share)
    evaluating.evaluated(here.city, reply, when="2020-04-13")
    assert "reply.draft" in told(unit, share.proposal)
    assert "reply.draft" not in told(proposer, share.proposal)
    assert "reply.issue" in told(proposer, share.proposal)
    assert "evaluation.submit" in told(here.city.staff, share.proposal)
    assert "evaluation.submit" not in told(unit, share.proposal)


def test_who_has_left_is_told_nothing_more(here: World) -> None:
    leaving = here.city.zhou_ning
    share = handling.assigned(here.city, title="关于人已离任的提案", when="2020-04-13")
    follows(here, leaving, share.proposal)
    end_post(Post.objects.get(pk=leaving.post.pk), TODAY - timedelta(days=1))
    sign(share, actor=here.city.chen_jing)
    assert "assignment.sign" not in told(leaving, share.proposal)


def test_nobody_follows_what_he_may_not_see(here: World) -> None:
    item = intake.received(here.city, title="关于无关的人看不到的提案")
    for who in (here.city.chen_jing, here.city.stranger):
        assert here.client(who).post(reverse("desks:follow", args=[item.pk])).status_code == 404
    assert not Look.objects.filter(proposal=item).exists()


def test_a_follower_of_what_is_taken_in_from_old_paper_is_not_told(here: World) -> None:
    share = handling.assigned(here.city, title="关于补录不打扰的提案", when="2020-04-13")
    follows(here, here.city.auditor, share.proposal)
    with work(history=True):
        sign(share, actor=here.city.chen_jing)
    assert told(here.city.auditor, share.proposal) == []
