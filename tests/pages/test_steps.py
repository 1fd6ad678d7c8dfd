"""Every step that a person may take can be taken from a page, by the right person, with a form drawn from it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huiyin import steps as _declared  # noqa: F401
from huiyin.components.forms import FilesField, StepForm, form_of
from huiyin.components.picking import PickField, PickManyField, described
from huiyin.components.tables import TableField
from huiyin.components.views import seen_by
from huiyin.desks.procedure import ORDER, PROCEDURE, standing_steps
from huiyin.journal.step import STEPS, Call, Step
from huiyin.journal.work import hooks
from huiyin.people.actor import Actor, standing_in
from tests.pages.world import World, rows_of
from tests.stories import intake

BY_PERSONS = sorted(standing_steps())
# Open only after the ten years for which documents are kept.
NOT_YET = {"event.erase"}


def test_the_procedure_names_every_step_once() -> None:
    listed = [code for _, codes in PROCEDURE for code in codes]
    assert sorted(listed) == BY_PERSONS
    assert len(ORDER) == len(listed)


def takers(here: World, step: Step) -> Iterator[tuple[Any, Actor, Actor]]:
    """(row, person, acting): who may take the step on what; where it is open at once, first."""
    found = []
    for who in here.actors.values():
        seen = set(seen_by(who, rows_of(step)[0].__class__).values_list("pk", flat=True))
        for row in rows_of(step):
            if row.pk not in seen:
                continue
            for acting in (who, standing_in(who, row)):
                if acting is not None and step.who(acting, row):
                    refused = step.refusal(Call(step, row, acting, hooks.now(), None))
                    found.append((refused is not None, row.pk, row, who, acting))
                    break
    yield from ((row, who, acting) for _, _, row, who, acting in sorted(found, key=lambda one: one[:2]))


@pytest.mark.parametrize("code", BY_PERSONS)
def test_its_form_is_drawn_and_what_is_sent_is_done_or_answered_with_a_sentence(
    here: World, code: str
) -> None:
    step = STEPS[code]
    row, who, acting = next(takers(here, step))
    refused = step.refusal(Call(step, row, acting, hooks.now(), None))
    assert refused is None or refused.field or code in NOT_YET, (
        f"no row of the world is open to it: {refused}"
    )
    address = reverse("components:step", args=[code, row.pk])
    client = here.client(who)
    page = client.get(address)
    assert page.status_code == 200
    form = page.context["form"]
    if code in NOT_YET:
        assert refused.sentence in page.content.decode()
        return
    for name, field in form.fields.items():
        assert f"{name}" in page.content.decode(), f"{field.label} is not on the page"
    answer = client.post(address, filled_in(form) | {"back": "/"})
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        said = [str(one) for errors in answer.context["form"].errors.values() for one in errors]
        assert said
        assert all(one.endswith(("。", "”")) for one in said), said


def filled_in(form: StepForm) -> dict[str, Any]:
    """Something plausible in every field."""
    sent: dict[str, Any] = {}
    for name, field in form.fields.items():
        if name != "at":
            sent |= entry(name, field, form.get_initial_for_field(field, name))
    return sent


def entry(name: str, field: forms.Field, initial: Any = None) -> dict[str, Any]:
    if isinstance(field, TableField):
        rows = field.widget.get_context(name, initial, None)["widget"]["rows"]
        given = list(initial or [])
        sent: dict[str, Any] = {}
        for number in range(len(rows) if given else 1):
            for key, column in field.columns.items():
                there = given[number].get(key) if number < len(given) else None
                sent |= entry(f"{name}-{number}-{key}", column, there)
        return sent
    if isinstance(field, FilesField):
        return {name: SimpleUploadedFile("佐证.txt", "已完成".encode())}
    if isinstance(field, (PickField, PickManyField)):
        return {name: described(field.known.rows.first())}
    if isinstance(field, forms.ModelMultipleChoiceField):
        return {name: [row.pk for row in field.queryset]}
    if isinstance(field, forms.ModelChoiceField):
        first = initial or (field.queryset.first() if field.queryset is not None else None)
        return {name: getattr(first, "pk", first)} if first else {}
    if isinstance(field, forms.ChoiceField):
        codes = [code for code, _ in field.choices if code]
        return {name: initial or codes[0]} if codes else {}
    if isinstance(field, forms.BooleanField):
        return {}
    if isinstance(field, forms.DateTimeField):
        return {name: "2020-04-01T09:00"}
    if isinstance(field, forms.DateField):
        return {name: date(2020, 7, 20).isoformat()}
    if isinstance(field, forms.IntegerField):
        return {name: initial if initial is not None else 3}
    if isinstance(initial, datetime):
        return {name: initial.isoformat()}
    return {name: initial or "已办妥，予以说明"}


@pytest.mark.parametrize("code", BY_PERSONS)
def test_whoever_may_not_take_it_finds_no_such_page(here: World, code: str) -> None:
    step = STEPS[code]
    row = rows_of(step)[0]
    may = {
        name
        for name, who in here.actors.items()
        if any(one is not None and step.who(one, row) for one in (who, standing_in(who, row)))
    }
    for name, who in here.actors.items():
        answer = here.client(who).get(reverse("components:step", args=[code, row.pk]))
        assert answer.status_code == 404 or name in may, f"{name} gets {answer.status_code}"


def test_an_automatic_step_has_no_page(here: World) -> None:
    automatic = next(step for step in STEPS.values() if step.automatic and step.on == "proposals.Proposal")
    address = reverse("components:step", args=[automatic.code, rows_of(automatic)[0].pk])
    assert here.client(here.city.lin_lan).get(address).status_code == 404


def test_a_second_click_is_news_and_not_an_error(here: World) -> None:
    item = here.city.plenary.proposals.get(title="关于发展乡村旅游的提案")
    client = here.client(here.city.lin_lan)
    address = reverse("components:step", args=["proposal.register", item.pk])
    assert client.post(address, {}).status_code == 302
    again = client.post(address, {}, follow=True)
    assert "已经办过了" in again.content.decode()


def test_it_goes_back_only_to_addresses_of_its_own(here: World) -> None:
    item = here.city.plenary.proposals.get(title="关于发展乡村旅游的提案")
    client = here.client(here.city.lin_lan)
    address = reverse("components:step", args=["proposal.register", item.pk])
    assert client.post(address, {"back": "https://elsewhere.example/"}).url == item.get_absolute_url()


def test_a_class_is_suggested_and_another_one_may_be_written(here: World) -> None:
    item = here.city.plenary.proposals.get(title="关于加装电梯的提案")
    request = type("Request", (), {"method": "GET"})()
    form = form_of(STEPS["proposal.classify"], item, here.city.lin_lan, request)
    assert 'list="list_item_class"' in str(form["item_class"])


def test_splitting_starts_from_the_split_that_stands(here: World) -> None:
    item = intake.registered(here.city, title="关于重新拆分的提案")
    page = here.client(here.city.lin_lan).get(reverse("components:step", args=["proposal.split", item.pk]))
    texts = [area.text.strip() for area in BeautifulSoup(page.content, "html.parser").select("td textarea")]
    assert texts[:2] == [point.text for point in item.points.all()]
    assert not any(texts[2:])
