"""Keeping what has been typed into the form of a step until the step is taken (decision 0007)."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict

from huiyin.clock.now import now
from huiyin.components.models import AT_WORK, FormDraft
from huiyin.files.marking import refuse_classified
from huiyin.journal.step import Step
from huiyin.people.actor import Actor

KEEP, DROP = "keep", "drop"  # the buttons of a form that keep what is typed, and give it up
NOT_TYPED = {"csrfmiddlewaretoken", "back", KEEP, DROP}
LONGEST = 200_000  # characters
TOO_LONG = "内容太长，没有存上。请先保存到自己的文件里，再分段填写。"


class Kept:
    """What is kept of one form: the person's own, and who else is at it. Nothing for those who come by a link."""

    def __init__(self, request: HttpRequest, step: Step, obj: Any, actor: Actor) -> None:
        known = request.user.is_authenticated and actor.by_link is None
        self.person = request.user if known else None
        self.step, self.subject = step.code, obj.pk

    @cached_property
    def rows(self) -> list[FormDraft]:
        return list(FormDraft.objects.on(self.step, self.subject)) if self.person else []

    @property
    def own(self) -> FormDraft | None:
        return next((row for row in self.rows if row.person == self.person), None)

    @property
    def others(self) -> list[FormDraft]:
        """Who has the same form half filled in, written lately."""
        since = now() - AT_WORK
        return [row for row in self.rows if row.person != self.person and row.saved_at >= since]

    def typed(self) -> QueryDict | None:
        """As the browser would send it again."""
        if self.own is None:
            return None
        found = QueryDict(mutable=True)
        for name, values in self.own.fields.items():
            found.setlist(name, values)
        return found

    def keep(self, sent: QueryDict) -> str | datetime:
        """Keep what was sent; returns when, or the sentence that says why not."""
        if self.person is None:
            return "没有登录，不能暂存。"
        fields = {name: values for name, values in sent.lists() if name not in NOT_TYPED}
        text = "\n".join(value for values in fields.values() for value in values)
        if len(text) > LONGEST:
            return TOO_LONG
        if said := refuse_classified(text):
            return said
        at = now()
        FormDraft.objects.too_old().delete()
        FormDraft.objects.update_or_create(
            person=self.person,
            step=self.step,
            subject=self.subject,
            defaults={"fields": fields, "saved_at": at},
            create_defaults={"fields": fields, "saved_at": at, "began_at": at},
        )
        return at

    def drop(self) -> None:
        if self.person:
            FormDraft.objects.filter(person=self.person, step=self.step, subject=self.subject).delete()
