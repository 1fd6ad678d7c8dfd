"""What a promise can be held to: how much, by which milestones, shown by what; and how it is altered in the open."""

from datetime import date
from decimal import Decimal

import pytest

from huiyin.journal.step import Refused
from huiyin.journal.work import work
from huiyin.people.actor import Actor
from huiyin.people.steps import correct
from huiyin.promises import steps
from huiyin.promises.models import Promise
from huiyin.promises.vague import is_vague, not_named
from tests.stories import answering, handling
from tests.stories.moments import at


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ["数量或者范围", "节点", "完成的凭证"]),
        ({"amount": Decimal(2)}, ["节点", "完成的凭证"]),
        ({"amount": Decimal(0)}, ["节点", "完成的凭证"]),
        ({"milestones": ["开工"]}, ["数量或者范围", "完成的凭证"]),
        ({"proof": "验收报告"}, ["数量或者范围", "节点"]),
        ({"proof": "　"}, ["数量或者范围", "节点", "完成的凭证"]),
    ],
)
def test_vague_is_what_names_none_of_the_three(given, missing):
    whole = {"amount": None, "milestones": [], "proof": ""} | given
    assert not_named(**whole) == missing
    assert is_vague(**whole) is (len(missing) == 3)


def test_it_says_how_much_and_what_will_show_it(city):
    share = answering.at_work(city)
    with pytest.raises(Refused, match="还要写计量单位"):
        answering.promised(city, share, amount=Decimal(2))
    promise = answering.promised(
        city, share, amount=Decimal("2.50"), measure="公里", proof="竣工验收报告", when="2020-04-01"
    )
    assert promise.quantity == "2.5公里"
    assert promise.named_at == at("2020-04-01")
    made = promise.proposal.events.get(code="promise.make")
    assert (made.facts["amount"], made.facts["measure"]) == ("2.5", "公里")
    assert made.texts.get(name="proof").text == "竣工验收报告"


def test_a_draft_that_names_nothing_any_more_is_vague_again(city):
    promise = answering.promised(city, answering.at_work(city), milestones=[{"what": "开工"}])
    assert not promise.is_vague
    steps.change(promise, actor=city.zhou_ning, milestones=[])
    promise.refresh_from_db()
    assert (promise.is_vague, promise.named_at) == (True, None)


def test_what_is_cleared_in_a_draft_is_gone_and_what_is_left_out_stands(city):
    share = answering.at_work(city)
    promise = answering.promised(city, share, amount=Decimal(3), measure="所", owner=city.zhou_ning.post)
    with pytest.raises(Refused, match="还要写计量单位"):
        steps.change(promise, actor=city.zhou_ning, measure="")
    steps.change(promise, actor=city.zhou_ning, what="新建几所公办幼儿园")
    promise.refresh_from_db()
    assert (promise.quantity, promise.owner) == ("3所", city.zhou_ning.post)
    event = steps.change(promise, actor=city.zhou_ning, amount=None, measure="", owner=None, unit=None)
    promise.refresh_from_db()
    assert (promise.amount, promise.measure, promise.owner) == (None, "", None)
    assert promise.unit == city.education
    assert (promise.is_vague, promise.named_at) == (True, None)
    assert event.facts["cleared"] == ["amount", "measure", "unit", "owner"]


def test_a_draft_keeps_its_words_and_its_date(city):
    promise = answering.promised(city, answering.at_work(city))
    with pytest.raises(Refused, match="请填写“承诺事项”"):
        steps.change(promise, actor=city.zhou_ning, what=" ")
    with pytest.raises(Refused, match="没有写明完成期限"):
        steps.change(promise, actor=city.zhou_ning, due_on=None)


def test_to_promise_no_amount_any_more_is_an_alteration(city):
    share = answering.at_work(city)
    answering.promised(city, share, amount=Decimal(3), measure="所", proof="招生公告")
    promise = answering.promise_in_force(city, share=share)
    told = {"what": promise.what, "reason": "用地还没有落实"}
    with pytest.raises(Refused, match="与现在一样"):
        steps.alter(promise, actor=city.zhou_ning, **told)
    steps.alter(promise, actor=city.zhou_ning, amount=None, measure="", **told)
    promise.refresh_from_db()
    assert (promise.quantity, promise.proof) == ("", "招生公告")
    assert promise.alterations.get().was_amount == 3


def test_what_is_named_after_the_answer_has_its_own_day(city):
    promise = answering.promise_in_force(city)
    assert list(Promise.objects.vague()) == [promise]
    event = steps.add_milestone(promise, actor=city.zhou_ning, at=at("2020-06-01"), what="开工")
    promise.refresh_from_db()
    assert promise.named_at == at("2020-06-01")
    assert not Promise.objects.vague().exists()
    correct(event, actor=city.lin_lan, to=at("2020-06-03"), reason="日期写错")
    promise.refresh_from_db()
    assert promise.named_at == at("2020-06-03")


def test_it_is_altered_with_a_reason_and_what_stood_before_stays(city):
    share = answering.at_work(city)
    answering.promised(city, share, amount=Decimal(3), measure="所", proof="招生公告")
    promise = answering.promise_in_force(city, share=share)
    event = steps.alter(
        promise,
        actor=city.zhou_ning,
        at=at("2020-09-01"),
        what="新建一所公办幼儿园",
        amount=Decimal(1),
        measure="所",
        reason="用地核减",
    )
    promise.refresh_from_db()
    was = promise.alterations.get()
    assert (was.was_what, was.was_amount, was.was_measure) == ("新建两所公办幼儿园", Decimal(3), "所")
    assert (promise.what, promise.quantity, promise.proof) == ("新建一所公办幼儿园", "1所", "招生公告")
    told = set(event.deliveries.values_list("receiver", flat=True))
    assert {city.lin_lan.person.pk, city.chen_yiming.person.pk} <= told
    with pytest.raises(Refused, match="与现在一样，不用变更"):
        steps.alter(promise, actor=city.zhou_ning, what="新建一所公办幼儿园", reason="核对")


def test_only_a_promise_that_holds_is_altered(city):
    promise = answering.promised(city, answering.at_work(city))
    with pytest.raises(Refused, match="还没有随答复生效"):
        steps.alter(promise, actor=city.zhou_ning, what="少建一所", reason="核减")
    assert promise.first_due_on == date(2021, 12, 31)


def test_what_a_ledger_leaves_out_is_not_held_against_the_promise(city):
    with work(history=True):
        promise = answering.promised(city, handling.signed(city, handling.assigned(city)))
        steps.undertake(promise, actor=Actor.system(city.here), at=at("2020-06-01"))
    assert (promise.is_vague, promise.on_paper) == (False, True)
    assert Promise.objects.in_force().exists()
    assert not Promise.objects.vague().exists()
