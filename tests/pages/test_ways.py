"""Ways of working that hold on every page: shortcuts from one list, what a step says when it is done."""

import re
from collections import Counter

from django.urls import reverse

from huiyin.components.context import NAVIGATION
from huiyin.components.shortcuts import HERE, LETTERS, groups
from huiyin.handling.models import Assignment
from huiyin.journal.models import Event
from huiyin.journal.step import STEPS
from huiyin.people.actor import Actor
from tests.pages.neighbours import own
from tests.pages.tables import read
from tests.pages.test_rights import ABOUT, OWN, PEOPLE, POSTED, SAME_FOR_ALL
from tests.pages.world import World
from tests.project.source import templates
from tests.stories import handling, intake


def keys_of(text: str) -> list[str]:
    return re.findall(r'<tr data-keys="([^"]+)"', text)


def test_the_sheet_and_the_page_show_the_same_list_to_each_role(here: World) -> None:
    for who in here.actors.values():
        page = here.client(who).get(reverse("components:shortcuts")).content.decode()
        body, sheet = page.split("<dialog")
        assert keys_of(body) == keys_of(sheet)
        assert {one.keys for one in HERE} <= set(keys_of(sheet))
        letters = [keys for keys in keys_of(sheet) if keys.startswith("g ")]
        assert "g d" in letters
        for address in re.findall(r'data-go="([^"]+)"', sheet):
            assert here.client(who).get(address).status_code == 200


def test_every_place_of_the_navigation_has_a_letter() -> None:
    assert {name for name, _, _ in NAVIGATION} == set(LETTERS)


def test_no_two_shortcuts_have_one_key() -> None:
    every = [{"name": name, "label": name, "address": "/"} for name in LETTERS]
    keys = Counter(way for _, rows in groups(every) for one in rows for way in one.keys.split("|"))
    assert [way for way, times in keys.items() if times > 1] == []


def test_what_carries_a_key_stands_in_the_list() -> None:
    declared = {way for one in HERE for way in one.keys.split("|")}
    carried = {
        key
        for path in templates()
        for keys in re.findall(r'data-key="([^"]+)"', path.read_text(encoding="utf-8"))
        for key in keys.split()
    }
    pressed = {way for one in HERE if one.act == "press" for way in one.keys.split("|")}
    assert pressed <= carried <= declared


def said(here: World, who: Actor, code: str, pk: int, **data: object) -> str:
    page = here.client(who).post(reverse("components:step", args=[code, pk]), data, follow=True)
    text = page.content.decode()
    region = text[text.index('id="messages"') :]
    return region[: region.index("</div>")]


def test_a_step_says_what_was_done_and_leads_to_what_takes_it_back(here: World) -> None:
    item = intake.classified(here.city, title="关于交错了单位的提案")
    told = said(
        here, here.city.lin_lan, "assignment.assign", item.pk, unit=here.city.education.pk, role="lead"
    )
    share = Assignment.objects.get(proposal=item)
    assert "已办好：交办。" in told
    undo = reverse("components:step", args=["assignment.cancel", share.pk])
    assert f'href="{undo}?back=' in told
    assert "撤销交办" in told
    assert here.client(here.city.lin_lan).get(undo).status_code == 200


def test_where_nothing_takes_it_back_the_time_can_be_corrected_by_those_who_may(here: World) -> None:
    share = handling.assigned(here.city, title="关于签收早晚的提案")
    told = said(here, here.city.chen_jing, "assignment.sign", share.pk)
    assert "已办好：签收。" in told
    assert "办错了" not in told  # a unit corrects no dates
    told = said(here, here.city.lin_lan, "proposal.mark_key", share.proposal.pk, is_key="on")
    event = Event.objects.filter(code="proposal.mark_key", proposal=share.proposal).get()
    assert reverse("components:step", args=["event.correct", event.pk]) in told


def test_what_takes_a_step_back_is_taken_on_what_it_made() -> None:
    for step in STEPS.values():
        if step.undone_by:
            assert STEPS[step.undone_by].on == (step.creates or step.on), step.code


def test_the_calendar_of_a_year_is_that_of_the_notices_in_force(here: World) -> None:
    client = here.client(here.city.chen_yiming)
    found = client.get(reverse("components:workdays", args=[2020])).json()
    assert found["known"]
    assert found["off"]["2020-05-01"] == "劳动节"
    assert found["off"]["2020-02-02"] == "春节"  # by the second notice of that year
    assert found["work"] == {
        "2020-01-19": "春节",
        "2020-04-26": "劳动节",
        "2020-05-09": "劳动节",
        "2020-06-28": "端午节",
        "2020-09-27": "国庆节",
        "2020-10-10": "国庆节",
    }
    assert "2020-04-25" not in found["off"]  # a plain weekend needs no notice
    later = client.get(reverse("components:workdays", args=[2021])).json()
    assert not later["known"]  # on 14 April 2020 the notice of 2021 is not out
    assert "2021-10-01" in later["off"]
    assert client.get(reverse("components:workdays", args=[3000])).status_code == 404


def test_a_field_for_a_date_says_where_the_workdays_are(here: World) -> None:
    share = handling.signed(here.city, handling.assigned(here.city, title="关于选一个日期的提案"))
    page = here.client(here.city.chen_jing).get(
        reverse("components:step", args=["assignment.plan", share.pk])
    )
    field = re.search(r'<input type="date"[^>]*>', page.content.decode())
    assert field is not None
    assert 'data-workdays="/workdays/2020/"' in field[0]
    assert 'data-today="2020-04-14"' in field[0]


def test_every_page_below_the_desk_says_where_it_stands(here: World) -> None:
    """But for what is reached by a link without log-in, and the screen of a meeting."""
    subject = own(here.city)
    without = {"desks:desk", "desks:assigning_screen", "evaluations:by_link", "people:login", "people:play"}
    head, *rows = read("rights.csv")
    wrong = []
    for person in ("政府办经办人", "政协提案委", "联络员", "提案者", "审计员", "系统管理员"):
        client = here.client(here.actors[PEOPLE[person]])
        column = head.index(person)
        for row in rows:
            name = row[0]
            if name in without | POSTED or row[1] not in ("", OWN) or row[column] != "200":
                continue
            args = ABOUT[name](subject) if name in ABOUT else SAME_FOR_ALL.get(name, ())
            answer = client.get(reverse(name, args=args))
            if hasattr(answer, "streaming_content"):
                list(answer.streaming_content)  # a file is read to its end, and closed
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            found = re.search(r'<nav class="crumbs"[^>]*>(.*?)</nav>', answer.content.decode(), re.DOTALL)
            trail = re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""
            if not re.fullmatch(r"待办( › [^›]*\S)+", trail):
                wrong.append((person, name, trail))
    assert wrong == []
