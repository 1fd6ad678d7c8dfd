"""A person at the pages: logs in, opens an item, finds the step there, fills in its form and sends it."""

import re
from datetime import date
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from huiyin.journal.step import Step
from huiyin.people.actor import Actor
from huiyin.people.middleware import POST_KEY

SENT = ("text", "hidden", "date", "datetime-local", "number", "url", "email")


class Walker:
    """One browser, in turn in the hands of everybody in the story."""

    def __init__(self) -> None:
        self.client = Client()

    def is_(self, actor: Actor) -> "Walker":
        """Log in as a person, in the post that acts."""
        assert actor.person is not None
        assert actor.post is not None
        self.client.force_login(actor.person)
        session = self.client.session
        session[POST_KEY] = actor.post.pk
        session.save()
        return self

    def sees(self, address: str) -> BeautifulSoup:
        answer = self.client.get(address, follow=True)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return BeautifulSoup(answer.content, "html.parser")

    def is_turned_away(self, step: Step, obj: Model) -> bool:
        return self.client.get(address_of(step, obj)).status_code == 404

    def does(self, step: Step, obj: Any, **given: Any) -> BeautifulSoup:
        """The step is offered on the item's page; its form is sent; the page that follows says that it is done."""
        self._finds(step, obj)
        answer = self._sends(step, obj, given)
        page = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == 200, told(page)
        assert answer.redirect_chain, told(page)
        assert f"已办好：{step.label}" in page.get_text()
        return page

    def is_refused(self, step: Step, obj: Any, **given: Any) -> str:
        """What the page says: at once where the form is not open, else after it has been sent."""
        page = self.sees(address_of(step, obj))
        if page.select_one("form.step-form") is None:
            return told(page)
        answer = self._sends(step, obj, given)
        assert answer.status_code == 422, answer.status_code
        return told(BeautifulSoup(answer.content, "html.parser"))

    def _finds(self, step: Step, obj: Any) -> None:
        item = getattr(obj, "proposal", None)
        if item is None:
            return
        self.sees(item.get_absolute_url())
        page = self.sees(reverse("desks:steps", args=[item.pk]))
        offered = {str(link.get("href", "")).split("?")[0] for link in page.find_all("a")}
        assert address_of(step, obj) in offered, f"{step.label} is not among the steps of the item"

    def _sends(self, step: Step, obj: Any, given: dict[str, Any]) -> Any:
        address = address_of(step, obj)
        form = self.sees(address).select_one("form.step-form")
        assert form is not None, told(self.sees(address))
        return self.client.post(address, filled(form, given), follow=True)


def address_of(step: Step, obj: Model) -> str:
    return reverse("components:step", args=[step.code, obj.pk])


def told(page: BeautifulSoup) -> str:
    """The refusals and faults on a page."""
    found = page.select(".refusal, .errorlist, .error, [role=alert]")
    return " ".join(part.get_text(" ", strip=True) for part in found) or page.get_text(" ", strip=True)[:400]


def filled(form: Tag, given: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends: the form as it stands, and what the person has put in."""
    data = standing(form)
    for name, value in given.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value):
                data |= {f"{name}-{number}-{key}": written(form, key, cell) for key, cell in row.items()}
        else:
            assert form.find(attrs={"name": name}), f"the form does not ask for {name}"
            data[name] = written(form, name, value)
    return {name: value for name, value in data.items() if value is not None}


def standing(form: Tag) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name = str(field.get("name") or "")
        if not name:
            continue
        if field.name == "textarea":
            data[name] = field.text.removeprefix("\n")
        elif field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            data[name] = chosen.get("value", "") if chosen else ""
        elif field.get("type", "text") in SENT:
            data[name] = field.get("value", "")
        elif field.get("type") in ("checkbox", "radio") and field.has_attr("checked"):
            data[name] = [*data.get(name, []), field.get("value", "on")]
    return data


def written(form: Tag, name: str, value: Any) -> Any:
    """A value as a browser sends it: a row by its key where it is chosen, by #key where it is named."""
    if isinstance(value, list):
        rows = [written(form, name, one) for one in value]
        return "\n".join(rows) if form.find("textarea", attrs={"name": name}) else rows
    if isinstance(value, Model):
        field = form.find(attrs={"name": name})
        named = field is not None and (field.name == "textarea" or field.get("type", "text") == "text")
        return f"#{value.pk}" if named and field.name != "select" else str(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    return "on" if value is True else None if value is False else str(value)


def words_on(page: BeautifulSoup) -> str:
    return re.sub(r"\s+", " ", page.get_text(" "))
