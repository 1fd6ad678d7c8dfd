"""What is filled in has room where it is kept: a step refuses what is too long or too great, in a sentence."""

from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CharField

from huiyin import steps as _declared  # noqa: F401
from huiyin.components.forms import form_field
from huiyin.journal.fields import TEN_YEARS, Field
from huiyin.journal.step import STEPS, Refused, Step
from tests.people import City
from tests.stories import answering, supervising

# Kept under another name, or in a row beside the one that the step is about.
ELSEWHERE = {
    ("assignment.pause", "superior"): "handling.Pause.superior",
    ("post.appoint", "name"): "people.Person.name",
    ("post.appoint", "phone"): "people.Person.phone",
    ("post.appoint", "username"): "people.Person.username",
    ("promise.claim_done", "document_number"): "promises.Evidence.document_number",
    ("promise.claim_done", "link"): "promises.Evidence.link",
    ("proposal.classify", "item_class"): "proposals.ItemClass.name",
    ("superior.send", "superior"): "supervision.SuperiorMatter.to",
    ("task.report", "document_number"): "supervision.TaskReport.document_number",
}
# Written with spaces, kept without them: a requirement counts what is left.
KEPT_SHORTER = {"credit_code"}


def short_texts() -> list[tuple[Step, Field, int]]:
    """Every line and code of a step with the length of the column that it goes into."""
    found = []
    for step in STEPS.values():
        for spec in step.fields:
            if spec.kind not in ("line", "code") or spec.name in KEPT_SHORTER:
                continue
            place = ELSEWHERE.get((step.code, spec.name), f"{step.creates or step.on}.{spec.name}")
            model, _, name = place.rpartition(".")
            columns = {column.name: column for column in apps.get_model(model)._meta.concrete_fields}
            column = columns.get(name)
            assert column or (step.code, spec.name) not in ELSEWHERE, place
            if isinstance(column, CharField) and column.max_length:
                found.append((step, spec, column.max_length))
    return found


def test_no_short_text_may_be_longer_than_its_column() -> None:
    wrong = [
        f"{step.code} {spec.name}: {spec.most}, the column {room}"
        for step, spec, room in short_texts()
        if spec.most is None or spec.most > room
    ]
    assert not wrong
    assert len(short_texts()) > 50


def test_every_number_has_a_greatest() -> None:
    """By itself or by a requirement that is about it; a hidden one is only compared."""
    numbers = [
        (step, spec)
        for step in STEPS.values()
        for spec in step.fields
        if spec.kind == "number" and not spec.hidden
    ]
    unbounded = [
        f"{step.code} {spec.name}"
        for step, spec in numbers
        if spec.most is None
        and spec.name not in {need.field for need in step.requires}
        and (step.code, spec.name)
        not in {("plenary.open", "term"), ("plenary.change", "term")}  # with `meeting`
    ]
    assert numbers
    assert not unbounded


@pytest.mark.parametrize(
    ("spec", "value", "said"),
    [
        (Field("title", "名称", "line", most=100), "长" * 101, "“名称”最多100个字，现在有101个字，请改短。"),
        (
            Field("measure", "计量单位", "code", most=20),
            "所" * 21,
            "“计量单位”最多20个字，现在有21个字，请改短。",
        ),
        (Field("share", "比例（%）", "number", most=100), 101, "“比例（%）”最多填100。"),
        (Field("note", "说明", "line"), "长" * 501, "“说明”最多500个字，现在有501个字，请改短。"),
    ],
)
def test_the_form_says_the_same(spec: Field, value: Any, said: str) -> None:
    field = form_field(spec, None, None)  # type: ignore[arg-type]
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    assert refused.value.messages == [said]


def test_the_browser_knows_how_much_there_is_room_for() -> None:
    title = Field("title", "名称", "line", most=100)
    suggested = Field("measure", "计量单位", "code", most=20, options=lambda obj, actor: [("所", "所")])
    widths = [form_field(spec, None, None).widget.attrs["maxlength"] for spec in (title, suggested)]  # type: ignore[arg-type]
    assert widths == ["100", "20"]


def test_the_step_refuses_whoever_calls_it(city: City) -> None:
    with pytest.raises(Refused, match="“名称”最多100个字，现在有101个字") as said:
        supervising.asked_in_a_round(city, title="长" * 101)
    assert said.value.field == "title"
    with pytest.raises(Refused, match="“计量单位”最多20个字"):
        answering.promised(city, answering.at_work(city), amount=Decimal(2), measure="所" * 21)


@pytest.mark.parametrize("days", [TEN_YEARS + 1, 9999999])
def test_days_are_counted_within_ten_years(city: City, days: int) -> None:
    answering.issued(city)
    with pytest.raises(Refused, match="“答复满多少天”最多填3650"):
        supervising.sampled(city, count=0, age=days)
    with pytest.raises(Refused, match="“几天内报送”最多填3650"):
        supervising.asked_again_and_again(city, days=days)
    with pytest.raises(Refused, match="“只调度多少天以内到期的承诺”最多填3650"):
        supervising.asked_again_and_again(city, promise_days=days)
