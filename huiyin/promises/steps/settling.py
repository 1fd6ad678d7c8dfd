"""落实: a date slips openly, evidence is shown and accepted, or the promise is dropped with the proposer told."""

from datetime import date, datetime
from typing import Any

from huiyin.contacts.models import Contact
from huiyin.files.keep import keep
from huiyin.files.models import Attachment
from huiyin.journal.fields import Field
from huiyin.journal.step import step
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.models import Post, Unit
from huiyin.people.steps import also_dates
from huiyin.people.tell import assembly_staff_of, proposers_of, registrars, target_unit_people
from huiyin.promises import needs
from huiyin.promises.models import Alteration, DueDate, Evidence, Promise
from huiyin.promises.steps.making import as_it_stands, note_named, owners, units, verifiable
from huiyin.words import PromiseState

also_dates("promise.move_date", "promises.DueDate", "promise", "moved_at")
also_dates("promise.alter", "promises.Alteration", "promise", "altered_at")
also_dates("promise.alter", "promises.Promise", "pk", "named_at")
also_dates("promise.claim_done", "promises.Evidence", "promise", "given_at")
also_dates("promise.accept", "promises.Evidence", "promise", "accepted_at")
also_dates("promise.send_back", "promises.Evidence", "promise", "refused_at")


def _contacts(promise: Promise, actor: Actor) -> Any:
    return Contact.objects.filter(proposal=promise.proposal)


@step(
    "promise.set_date",
    label="补录期限",
    on="promises.Promise",
    who=who.answers_for_promise,
    source={PromiseState.ACTIVE, PromiseState.CLAIMED},
    requires=[needs.has_no_date_yet, needs.within_the_limit],
    fields=[Field("due_on", "完成期限", "date")],
    sentence="{unit}补录承诺期限{due_on}",
)
def set_date(promise: Promise, *, actor: Actor, at: datetime, due_on: date) -> None:
    """The first date of a promise taken in from paper without one: nothing has slipped."""
    promise.first_due_on = promise.due_on = due_on
    promise.save(update_fields=["first_due_on", "due_on"])


@step(
    "promise.move_date",
    label="调整期限",
    on="promises.Promise",
    who=who.answers_for_promise,
    source={PromiseState.ACTIVE, PromiseState.CLAIMED},
    requires=[needs.in_force, needs.date_differs, needs.within_the_limit],
    fields=[Field("due_on", "新的期限", "date"), Field("reason", "理由", "text")],
    tell=[registrars, proposers_of, target_unit_people],
    sentence="{unit}把承诺期限从{was}调整到{due_on}：{reason}",
)
def move_date(promise: Promise, *, actor: Actor, at: datetime, due_on: date, reason: str) -> dict[str, Any]:
    """A slip: the new date stands beside all the earlier ones, the first one never changes."""
    was = promise.due_on
    DueDate.objects.create(promise=promise, was=was, due_on=due_on, reason=reason.strip(), moved_at=at)
    promise.due_on = due_on
    promise.save(update_fields=["due_on"])
    return {"was": was.isoformat() if was else None, "target_unit": promise.unit}


@step(
    "promise.alter",
    label="变更承诺",
    on="promises.Promise",
    who=who.answers_for_promise,
    source={PromiseState.ACTIVE, PromiseState.CLAIMED},
    requires=[needs.in_force, needs.something_is_altered, needs.measure_named],
    fields=[
        Field("what", "承诺事项", "text", **as_it_stands("what")),
        *verifiable(as_it_stands),
        Field("reason", "理由", "text"),
    ],
    tell=[registrars, proposers_of, target_unit_people],
    sentence="{unit}变更承诺为“{what}”：{reason}",
)
def alter(promise: Promise, *, actor: Actor, at: datetime, reason: str, **given: Any) -> dict[str, Any]:
    """变更: what was promised before stays beside what is promised now."""
    was = {name: getattr(promise, name) for name in ("what", "amount", "measure", "proof")}
    Alteration.objects.create(
        promise=promise,
        reason=reason.strip(),
        altered_at=at,
        **{f"was_{name}": value for name, value in was.items()},
    )
    for name in was:
        setattr(promise, name, given.get(name, was[name]))
    promise.save(update_fields=list(was))
    note_named(promise, at)
    amount = str(was["amount"]) if was["amount"] is not None else None
    texts = {"was": str(was["what"]), "was_proof": str(was["proof"])}
    return {"was_amount": amount, "target_unit": promise.unit, "texts": {k: v for k, v in texts.items() if v}}


@step(
    "promise.take_over",
    label="交接承诺",
    on="promises.Promise",
    who=who.answers_for_promise | who.registrar,
    source={PromiseState.ACTIVE, PromiseState.CLAIMED},
    requires=[needs.in_force, needs.somebody_takes_over],
    fields=[
        Field("unit", "责任单位", "row", required=False, options=units, initial=lambda promise: promise.unit),
        Field("owner", "责任人", "row", required=False, options=owners),
        Field("reason", "理由", "text"),
    ],
    tell=[registrars, target_unit_people],
    sentence="承诺改由{target}负责落实：{reason}",
)
def take_over(
    promise: Promise,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    unit: Unit | None = None,
    owner: Post | None = None,
) -> dict[str, Any]:
    """交接: people leave and units are merged, and what was promised stays promised, with its dates as they are."""
    before = {"before_unit": promise.unit_id, "before_owner": promise.owner_id}
    promise.unit, promise.owner = unit or promise.unit, owner
    promise.save(update_fields=["unit", "owner"])
    return before | {"target_unit": promise.unit}


@step(
    "promise.claim_done",
    label="报请确认已落实",
    on="promises.Promise",
    who=who.answers_for_promise,
    source={PromiseState.ACTIVE},
    target=PromiseState.CLAIMED,
    stamps="claimed_at",
    requires=[needs.in_force, needs.evidence_shown, needs.link_can_be_opened],
    fields=[
        Field("what", "落实情况", "text"),
        Field("document_number", "文号", "code", required=False, most=80),
        Field("link", "网址", "line", required=False, help="以http://或者https://开头。", most=200),
        Field("attachments", "附件", "files", required=False),
    ],
    tell=[registrars],
    sentence="{unit}报告承诺已落实：{what}",
)
def claim_done(promise: Promise, *, actor: Actor, at: datetime, what: str, **given: Any) -> dict[str, Any]:
    """With evidence; the office decides whether it shows that the promise is carried out."""
    files = keep(given.get("attachments"), proposal=promise.proposal, actor=actor, at=at)
    shown: list[Attachment | None] = [*files] or [None]
    evidence = [
        Evidence.objects.create(
            promise=promise,
            what=what.strip(),
            document_number=given.get("document_number") or "",
            link=(given.get("link") or "").strip(),
            attachment=file,
            given_at=at,
        ).pk
        for file in shown
    ]
    return {"evidence": evidence, "attachments": [file.pk for file in files]}


@step(
    "promise.accept",
    label="确认已落实",
    on="promises.Promise",
    who=who.registrar,
    source={PromiseState.CLAIMED},
    target=PromiseState.KEPT,
    stamps="kept_at",
    fields=[Field("note", "审核意见", "text", required=False)],
    tell=[target_unit_people, proposers_of, assembly_staff_of],
    sentence="市政府办公室确认承诺已落实",
)
def accept(promise: Promise, *, actor: Actor, at: datetime, note: str = "") -> dict[str, Any]:
    """The office accepts the evidence that has been shown since the last claim was sent back."""
    shown = promise.evidence.filter(accepted_at=None, refused_at=None)
    accepted = list(shown.values_list("pk", flat=True))
    shown.update(accepted_at=at)
    return {"evidence": accepted, "target_unit": promise.unit}


@step(
    "promise.send_back",
    label="退回补充",
    on="promises.Promise",
    who=who.registrar,
    source={PromiseState.CLAIMED},
    target=PromiseState.ACTIVE,
    fields=[Field("reason", "退回原因", "text")],
    tell=[target_unit_people],
    sentence="市政府办公室退回落实报告：{reason}",
)
def send_back(promise: Promise, *, actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    """The evidence does not show it; what was shown stays, as not accepted."""
    promise.evidence.filter(accepted_at=None, refused_at=None).update(refused_at=at)
    return {"target_unit": promise.unit}


@step(
    "promise.drop",
    label="终止承诺",
    on="promises.Promise",
    who=who.answers_for_promise | who.registrar,
    source={PromiseState.ACTIVE, PromiseState.CLAIMED},
    target=PromiseState.DROPPED,
    stamps="dropped_at",
    requires=[needs.in_force, needs.proposer_told],
    fields=[
        Field("reason", "终止的原因", "text"),
        Field("told_in", "向提案者说明的沟通记录", "row", required=False, options=_contacts),
        Field("told_how", "说明的方式", "text", required=False, help="没有沟通记录的，请写明怎样说明的。"),
        Field("told_on", "说明的日期", "date", required=False),
    ],
    tell=[target_unit_people, proposers_of, assembly_staff_of, registrars],
    sentence="承诺终止：{reason}",
)
def drop(promise: Promise, *, actor: Actor, at: datetime, reason: str, **told: Any) -> dict[str, Any]:
    """It will not be carried out, and the proposer knows why (R6)."""
    promise.told_in = told.get("told_in")
    promise.told_how = told.get("told_how") or ""
    promise.told_on = told.get("told_on")
    promise.save(update_fields=["told_in", "told_how", "told_on"])
    return {"target_unit": promise.unit}
