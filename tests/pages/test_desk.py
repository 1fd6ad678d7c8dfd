"""A desk holds what its actor can take, the counts open their lists, and the numbers are those of the lists."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from huiyin.desks.acts import ACTS, acts_of
from huiyin.desks.beside import Number, Progress, news_of, progress_of
from huiyin.desks.desk import groups_of, ordered, row_of
from huiyin.desks.models import Visit, come
from huiyin.journal.step import STEPS
from huiyin.people.actor import Actor
from huiyin.proposals.models import Plenary
from huiyin.words import Role
from tests.pages.world import AT_WORK, TODAY, World, second_post


@pytest.mark.parametrize("name", AT_WORK)
def test_every_row_opens_a_form_that_the_actor_may_send(here: World, name: str) -> None:
    who = here.actors[name]
    client = here.client(who)
    groups = groups_of(who)
    assert groups
    for group in groups:
        rows = [row_of(group.act, obj) for obj in ordered(group.act, who)]
        assert group.count == len(rows)
        assert [row.line for row in group.rows] == [row.line for row in rows[: len(group.rows)]]
        for row in rows:
            page = client.get(reverse("components:step", args=[group.act.step, row.obj.pk]))
            assert page.status_code == 200, (group.act.label, row.line)
            assert page.context["refusal"] is None or "权限" not in page.context["refusal"].sentence
            assert page.context["form"].step.code == group.act.step
            assert row.line, f"{group.act.label}: nothing is said about the row"


def test_every_act_names_a_step_and_every_act_is_due_for_somebody(here: World) -> None:
    assert {act.step for act in ACTS} <= set(STEPS)
    waiting = {group.act.step for who in here.actors.values() for group in groups_of(who)}
    assert {act.step for act in ACTS} - waiting == set()


def test_what_a_unit_only_sees_is_not_on_its_desk(here: World) -> None:
    """市水利局 has no share: nothing waits on it, and the auditor and the administrator have nothing to do."""
    for who in (here.city.unit_without_share, here.city.auditor, here.city.administrator, here.city.stranger):
        assert groups_of(who) == []


def test_a_handler_sees_what_is_his_own_and_what_nobody_has_taken(here: World) -> None:
    other = second_post(here.city, here.city.zhou_ning)
    assert groups_of(Actor.of(other.post)) == []


def test_the_count_opens_the_whole_list_in_order(here: World) -> None:
    client = here.client(here.city.zhou_ning)
    groups = groups_of(here.city.zhou_ning)
    assert any(group.count > 1 for group in groups)
    for group in groups:
        page = client.get(reverse("desks:group", args=[group.act.step]))
        rows = page.context["group"].rows
        assert len(rows) == group.count
        dates = [row.due_on for row in rows if row.due_on]
        assert dates == sorted(dates)


def test_numbers_of_the_progress_are_those_of_the_lists_they_open(here: World) -> None:
    for who in (here.city.lin_lan, here.city.chen_jing, here.city.staff, here.city.mayor_wang):
        client = here.client(who)
        progress = progress_of(who, here.city.plenary)
        assert progress.numbers
        for number in [*progress.numbers, progress.answered]:
            page = client.get(number.address)
            assert page.context["page"].paginator.count == number.count, number


def test_the_share_on_a_desk_is_the_one_that_the_figures_print() -> None:
    """A half goes up: 1 of 16 is 6.25."""
    number = Number("已答复", 1, "")
    assert [Progress(Plenary(), number, of, []).share for of in (16, 0)] == ["6.3%", ""]


def test_silent_units_open_their_lists(here: World) -> None:
    page = here.client(here.city.lin_lan).get("/")
    assert page.context["silent"]
    for unit in page.context["silent"]:
        listed = here.client(here.city.lin_lan).get(unit.address)
        assert listed.context["page"].paginator.count == unit.count


def test_lights_count_in_workdays_and_say_so(here: World) -> None:
    text = here.client(here.city.zhou_ning).get("/").content.decode()
    assert "个工作日" in text
    assert "light-late" in text
    assert "已超" in text


def test_what_is_late_is_named_at_the_head_and_leads_to_its_group(here: World) -> None:
    found = 0
    for who in here.actors.values():
        page = here.client(who).get("/")
        if "groups" not in (page.context or ()):
            continue
        late = [
            act.step
            for act in acts_of(who)
            if (row := ordered(act, who).first()) is not None
            and (due_on := getattr(row, "due", None))
            and due_on < TODAY
        ]
        head = BeautifulSoup(page.content, "html.parser").select_one("header.head .facts")
        assert [link["href"] for link in head.find_all("a")] == [f"#{step}" for step in late]
        found += len(late)
    assert found > 3


def test_what_is_new_begins_where_the_last_visit_ended(here: World) -> None:
    from huiyin.clock.now import at, moment
    from huiyin.handling.steps import plan

    who = here.city.gao_yuan
    with at(moment(TODAY, 9)):
        assert come(who.person) is None
    share = here.city.education.assignments.filter(state="signed").first()
    with at(moment(TODAY, 10)):
        plan(share, actor=here.city.chen_jing, measures="先行试点", person=who.post)
    with at(moment(TODAY, 11)):
        news = news_of(who)
    assert news["since"] == moment(TODAY, 9)
    assert [event.code for event in news["news"]] == ["assignment.plan"]
    assert Visit.objects.get(person=who.person).last_at == moment(TODAY, 11)


def test_a_leader_sees_the_last_three_events_of_each_item(here: World) -> None:
    page = here.client(here.city.mayor_wang).get("/")
    (group,) = page.context["groups"]
    (row,) = group.rows
    assert [event.code for event in row.events] == ["inspection.record", "urging.send", "instruction.give"]


def test_a_proposer_sees_each_item_as_a_track(here: World) -> None:
    page = here.client(here.city.co_signer).get("/")
    assert page.context["tracks"]
    for _, stops in page.context["tracks"]:
        assert not stops or [stop.label for stop in stops][-1] == "落实"


def test_who_only_looks_is_told_where_to_look(here: World) -> None:
    assert reverse("desks:trace") in here.client(here.city.auditor).get("/").content.decode()
    assert reverse("people:accounts") in here.client(here.city.administrator).get("/").content.decode()


def test_acts_belong_to_roles_that_their_steps_let_in(here: World) -> None:
    for who in here.actors.values():
        for act in acts_of(who):
            assert who.role in act.roles
            assert who.role not in (Role.AUDITOR, Role.ADMINISTRATOR)
