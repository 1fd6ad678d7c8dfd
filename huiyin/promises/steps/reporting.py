"""进展: how far a promise has come falls due again and again; what is unfinished when the time is over is explained."""

from datetime import date, datetime
from typing import Any

from huiyin.clock.models import Deadline
from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.files.keep import keep
from huiyin.journal.fields import Field
from huiyin.journal.step import Call, requirement, step
from huiyin.journal.work import up_to_date
from huiyin.people import who
from huiyin.people.actor import Actor
from huiyin.people.steps import also_dates
from huiyin.people.tell import assembly_staff_of, proposers_of, registrars
from huiyin.promises import needs
from huiyin.promises.limit import last_day
from huiyin.promises.models import OPEN, Explanation, Promise, Report
from huiyin.words import DeadlineName

also_dates("promise.report", "promises.Report", "promise", "reported_at")
also_dates("promise.skip_report", "promises.Report", "promise", "reported_at")
also_dates("promise.explain", "promises.Explanation", "promise", "given_at")
WHOLE = 100


def due_report(promise: Promise) -> Deadline | None:
    """The report that is owed next."""
    running = Deadline.objects.open().named(DeadlineName.PROMISE_REPORT).filter(promise=promise)
    return running.order_by("due_on").first()


@requirement(field="share_done", late=True)
def is_a_share(call: Call) -> str | None:
    share = call.given("share_done")
    return "完成的百分比请填0到100之间的整数。" if share is not None and share > WHOLE else None


@requirement()
def report_is_owed(call: Call) -> str | None:
    up_to_date()
    if due_report(call.obj) is not None:
        return None
    return "这项承诺现在没有要报告的进展，不用说明；有进展的，可以随时报告。"


@requirement()
def not_twice_running(call: Call) -> str | None:
    """Silence with an excuse is still silence: the next period wants a report."""
    last = call.obj.reports.last()
    if last is None or not last.skipped:
        return None
    return "上一期已经说明没有进展可报，这一期请报告进展；确实做不到的，请办理“调整期限”或“终止承诺”。"


def _report(promise: Promise, at: datetime, text: str, **more: Any) -> dict[str, Any]:
    owed = due_report(promise)
    made = Report.objects.create(
        promise=promise, due_on=owed.due_on if owed else None, text=text.strip(), reported_at=at, **more
    )
    return {"report": made.pk, "due_on": owed.due_on.isoformat() if owed else None}


@step(
    "promise.report",
    label="报告进展",
    on="promises.Promise",
    who=who.answers_for_promise,
    source=set(OPEN),
    requires=[needs.in_force, is_a_share],
    fields=[
        Field(
            "share_done",
            "完成了百分之几",
            "number",
            help="填0到100的整数。全部完成的，请另外办理“报请确认已落实”。",
        ),
        Field("text", "做了什么，还差什么", "text"),
        Field("attachments", "附件", "files", required=False),
    ],
    tell=[registrars, proposers_of],
    sentence="{unit}报告承诺进展：完成{share_done}%，{text}",
)
def report(
    promise: Promise, *, actor: Actor, at: datetime, share_done: int, text: str, **given: Any
) -> dict[str, Any]:
    """Whenever there is something to tell; the one that is owed for the period is met by it."""
    files = keep(given.get("attachments"), proposal=promise.proposal, actor=actor, at=at)
    facts = _report(promise, at, text, share_done=share_done)
    promise.share_done = share_done
    promise.save(update_fields=["share_done"])
    return facts | {"attachments": [file.pk for file in files]}


@step(
    "promise.skip_report",
    label="说明本期不报告",
    on="promises.Promise",
    who=who.answers_for_promise,
    source=set(OPEN),
    requires=[needs.in_force, report_is_owed, not_twice_running],
    fields=[Field("text", "本期没有进展可报的原因", "text")],
    tell=[registrars],
    sentence="{unit}说明本期没有进展可报：{text}",
)
def skip_report(promise: Promise, *, actor: Actor, at: datetime, text: str) -> dict[str, Any]:
    """With a reason, and never twice running."""
    return _report(promise, at, text, skipped=True)


@requirement()
def time_is_over(call: Call) -> str | None:
    """The pack's `fulfilment`: three years from the close of the plenary, in Zibo."""
    last = last_day(call.obj.proposal, call.obj.made_at)
    if last is None:
        return "现行规则没有规定承诺落实的最后期限，不用另作说明。"
    if day_of(call.at) > last:
        return None
    return f"承诺落实的最后期限是{in_full(last)}，还没有到，不用另作说明；进展请用“报告进展”。"


@requirement(field="until", late=True)
def lies_ahead(call: Call) -> str | None:
    until = call.given("until")
    return "预计完成的日期已经过去，请改为以后的日期。" if until and until <= day_of(call.at) else None


@step(
    "promise.explain",
    label="书面说明未完成",
    on="promises.Promise",
    who=who.answers_for_promise,
    source=set(OPEN),
    requires=[needs.in_force, time_is_over, lies_ahead],
    fields=[
        Field("reason", "没有完成的原因", "text"),
        Field("next_steps", "下一步打算", "text"),
        Field("until", "预计完成的日期", "date", required=False),
        Field("attachments", "附件", "files", required=False),
    ],
    tell=[registrars, proposers_of, assembly_staff_of],
    sentence="{unit}书面说明承诺没有完成：{reason}",
)
def explain(
    promise: Promise,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    next_steps: str,
    until: date | None = None,
    **given: Any,
) -> dict[str, Any]:
    """The promise stays open and overdue: an explanation is owed to the proposer, and takes nothing off the list."""
    files = keep(given.get("attachments"), proposal=promise.proposal, actor=actor, at=at)
    made = Explanation.objects.create(
        promise=promise, reason=reason.strip(), next_steps=next_steps.strip(), until=until, given_at=at
    )
    return {"explanation": made.pk, "attachments": [file.pk for file in files]}
