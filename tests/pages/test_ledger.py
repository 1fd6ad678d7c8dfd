"""The ledger's order and what it leaves out; what a form says above its fields."""

from typing import Any

from django.urls import reverse

from huiyin.handling import steps as handling_steps
from huiyin.journal.models import Event
from huiyin.journal.tell import sentence
from tests.pages.world import NOW, World
from tests.stories import handling, intake
from tests.stories.moments import at


def numbers(here: World, query: str) -> list[str]:
    page = here.client(here.city.lin_lan).get(f"/ledger/?{query}")
    return [line.item.number for line in page.context["lines"]]


def test_numbers_are_sorted_as_people_count(here: World) -> None:
    for number in ("905", "闭字91", "90"):
        intake.classified(here.city, title=f"关于编号{number}的提案", number=number)
    intake.received(here.city, title="关于编号还没有的提案")
    assert numbers(here, "sort=number&q=关于编号") == ["90", "905", "闭字91", ""]


def test_what_was_entered_by_mistake_is_in_nobodys_way(here: World) -> None:
    item = intake.registered(here.city, title="关于误录一次的提案", number="777")
    assert numbers(here, "q=误录一次") == ["777"]
    handling_steps.void(item, actor=here.city.lin_lan, at=at(NOW), reason="重复录入")
    assert numbers(here, "q=误录一次") == []
    assert numbers(here, "q=误录一次&stage=ended") == ["777"]


def told_above_the_form(here: World, name: str, code: str, share: Any) -> str:
    page = here.client(here.actors[name]).get(reverse("components:step", args=[code, share.pk]))
    assert page.status_code == 200
    return page.content.decode()


def test_a_ruling_has_the_request_beside_it(here: World) -> None:
    share = handling.assigned(here.city, title="关于治理扬尘的提案", when=NOW)
    handling_steps.ask_return(
        share, actor=here.city.chen_jing, at=at(NOW), reason="扬尘由住建部门主管", proposed=None
    )
    assert "扬尘由住建部门主管" in told_above_the_form(here, "lin_lan", "assignment.rule_return", share)


def test_a_proposer_is_not_told_above_a_form_what_goes_on_inside_a_unit(here: World) -> None:
    offered = handling.assigned(here.city, title="关于治理油烟的提案", when=NOW)
    share = handling.signed(here.city, offered, when=NOW)
    last = sentence(Event.objects.filter(assignment=share).last())
    assert last in told_above_the_form(here, "lin_lan", "assignment.cancel", share)
    assert last not in told_above_the_form(here, "chen_yiming", "assignment.object", share)
