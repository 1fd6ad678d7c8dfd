"""What a unit answered, promised and was told of its answer: 答复、承诺、评价."""

from dataclasses import replace
from datetime import date

from huiyin.clock.now import day_of
from huiyin.evaluations import steps as evaluations
from huiyin.evaluations.asked import dimensions_of, grades_of
from huiyin.evaluations.models import Evaluation
from huiyin.handling.models import Assignment
from huiyin.ledgers.importing.correcting import date_step
from huiyin.ledgers.importing.filling import Filling, bare
from huiyin.ledgers.importing.shares import sign
from huiyin.promises import steps as promises
from huiyin.promises.models import Promise
from huiyin.replies import steps as replies
from huiyin.replies.models import Reply
from huiyin.words import AssignmentState, Dimension, Grade, UnitRole

REPLY = ("答复日期", "答复文号", "办理结果")
PROMISED = ("承诺事项", "承诺期限")
GRADED = {Dimension.ATTITUDE: "态度评价", Dimension.RESULT: "结果评价"}
NUMBER_LENGTH = 80
UNSIGNED = AssignmentState.OFFERED


def answer(filling: Filling) -> None:
    """The reply of every unit that answers; where there is none, the cells stay on the import row."""
    _leave_out_long_number(filling)
    row = filling.row
    replied = bool(row.replied_on or row.reply_number or row.mark)
    shares = filling.stored.answering()
    if not shares:
        filling.keep_apart(*REPLY, *PROMISED, *GRADED.values())
        return
    if replied or row.promises:
        shares = [sign(filling, share) if share.state == UNSIGNED else share for share in shares]
    _promise(filling, shares[0])
    if replied:
        _reply(filling, shares)
    _evaluate(filling, shares)


def _leave_out_long_number(filling: Filling) -> None:
    if len(filling.row.reply_number) > NUMBER_LENGTH:
        what = f"文号超过{NUMBER_LENGTH}个字，没有登记，保留在导入记录上"
        filling.notes.problem("答复文号", what, "number_length")
        filling.keep_apart("答复文号")
        filling.row = replace(filling.row, reply_number="")


def _reply(filling: Filling, shares: list[Assignment]) -> None:
    """One letter in common where the pack says so, else each unit's own."""
    begun = {reply.assignment_id for reply in filling.stored.replies}
    if filling.stored.issued():
        _complete(filling)
    elif begun:
        shown = filling.shown("答复日期") or filling.shown("办理结果")
        filling.notes.conflict("答复日期", shown, "答复稿，尚未答复")
    if begun:
        return
    leads = [share for share in shares if share.role == UnitRole.LEAD]
    together = filling.stored.proposal.option("several_leads") == "one_agreed_reply" and len(leads) > 1
    for share in shares:
        if not together or share.role != UnitRole.LEAD:
            _issue(filling, share, [])
        elif share is leads[0]:
            _issue(filling, share, leads[1:])


def _issue(filling: Filling, share: Assignment, agreeing: list[Assignment]) -> None:
    row = filling.row
    when = filling.moments.at("replied", 16, own=row.replied_on)
    data = {"document_number": row.reply_number} | _mark(filling)
    draft = filling.run(replies.draft, share, when, "答复日期", unit=share.unit, data=data).subject
    for other in agreeing:
        filling.run(replies.agree, draft, when, "主办单位", unit=other.unit)
    issued = filling.run(replies.issue, draft, when, "答复日期", unit=share.unit).subject
    filling.stored.replies.append(issued)


def _complete(filling: Filling) -> None:
    """Cells that have been filled in since the reply was taken in. Of several replies the row may mean any: what one
    of them says is not new, what none says is the latest's.
    """
    row, issued = filling.row, filling.stored.issued()
    latest = issued[-1]
    days = {_known_day(one) for one in issued}
    if row.replied_on not in days and filling.is_new("答复日期", row.replied_on, _known_day(latest)):
        assert row.replied_on is not None
        for one in issued:
            date_step(filling, one, "reply.issue", row.replied_on, 16, "答复日期")
    given = {}
    numbers = {one.document_number for one in issued}
    number = row.reply_number
    if number not in numbers and filling.is_new("答复文号", number, latest.document_number):
        given["document_number"] = number
    marks = {one.mark for one in filling.stored.marks}
    if row.mark not in marks and filling.is_new("办理结果", row.mark, latest.mark):
        given |= _mark(filling)
    when = filling.moments.at("replied", 16, 10, own=row.replied_on)
    for one in issued if given else ():
        if missing := {name: value for name, value in given.items() if value and not getattr(one, name)}:
            unit = one.assignment.unit
            filling.run(replies.supplement, one, when, "办理结果", unit=unit, data=missing)


def _mark(filling: Filling) -> dict[str, str]:
    """The mark, with its meaning where the words of the cell state it."""
    proposal, mark = filling.stored.proposal, filling.row.mark
    meaning = proposal.pack.meaning_said(proposal.kind, mark, filling.shown("办理结果")) if mark else None
    return {"mark": mark, "meaning": str(meaning or "")}


def _known_day(reply: Reply) -> date | None:
    return day_of(reply.issued_at) if reply.issued_known and reply.issued_at else None


def _promise(filling: Filling, share: Assignment) -> None:
    """What is promised stands in the log of the first unit that answers."""
    said = filling.row.promises
    stored = {bare(promise.what): promise for promise in filling.stored.promises}
    new = [one for one in said if bare(one.what) not in stored]
    if new and stored and len(new) == len(said):
        shown = "；".join(promise.what for promise in stored.values())
        filling.notes.conflict("承诺事项", filling.shown("承诺事项"), shown)
        return
    when = filling.moments.at("replied", 15, 30, own=filling.row.replied_on)
    for one in said:
        promise = stored.get(bare(one.what))
        if promise is None:
            data = {"what": one.what, "due_on": one.by}
            made = filling.run(promises.make, share, when, "承诺事项", unit=share.unit, data=data)
            filling.stored.promises.append(made.subject)
            stored[bare(one.what)] = made.subject
        elif one.by:
            _date_promise(filling, promise, one.by)


def _date_promise(filling: Filling, promise: Promise, by: date) -> None:
    """A promise that had no date; one that has slipped since still carries its first."""
    if by in (promise.first_due_on, promise.due_on):
        return
    if filling.is_new("承诺期限", by, promise.due_on):
        when = filling.moments.at("replied", 16, 20, own=filling.row.replied_on)
        filling.run(promises.set_date, promise, when, "承诺期限", unit=promise.unit, data={"due_on": by})


def _evaluate(filling: Filling, shares: list[Assignment]) -> None:
    """One form on the reply of the first unit; the ledger does not say on what day it came in."""
    row = filling.row
    grades = {Dimension.ATTITUDE: row.attitude, Dimension.RESULT: row.result}
    grades = {dimension: grade for dimension, grade in grades.items() if grade}
    grades = {name: grade for name, grade in grades.items() if _is_asked(filling, name, grade)}
    issued = {reply.assignment_id: reply for reply in filling.stored.issued()}
    reply = next((issued[share.pk] for share in shares if share.pk in issued), None)
    if not grades:
        return
    if reply is None:
        filling.keep_apart(*(GRADED[name] for name in grades))
        filling.notes.gap(
            GRADED[next(iter(grades))], "有评价而没有答复，评价保留在导入记录上", "evaluation_without_reply"
        )
        return
    forms = [form for form in filling.stored.evaluations if form.reply_id == reply.pk and not form.later]
    given = [form for form in forms if form.submitted_at]
    if given:
        _complete_form(filling, given, grades)
        return
    lead = filling.known.lead(row)
    data = {str(name): grade for name, grade in grades.items()} | {"evaluator": lead}
    when = filling.moments.at("evaluated", 17)
    filling.run(evaluations.enter_paper, reply, when, GRADED[next(iter(grades))], data=data)


def _is_asked(filling: Filling, dimension: Dimension, grade: str) -> bool:
    """Only what the pack's form asks, in its grades; the rest stays on the import row."""
    proposal = filling.stored.proposal
    if dimension in dimensions_of(proposal, later=False) and grade in grades_of(proposal):
        return True
    column = GRADED[dimension]
    what = f"现行规则的评价没有{dimension.label}“{Grade.label_of(grade)}”，未作评价登记"
    filling.notes.problem(column, what, "not_asked")
    filling.keep_apart(column)
    return False


def _complete_form(filling: Filling, forms: list[Evaluation], grades: dict[Dimension, str]) -> None:
    """A form that had one grade only gets the other; several forms are compared with none of their own."""
    if len(forms) > 1:
        return
    stored = {rating.dimension: rating.grade for rating in forms[0].ratings.all()}
    new = {}
    for dimension, grade in grades.items():
        if filling.is_new(GRADED[dimension], grade, stored.get(dimension, ""), label=Grade.label_of):
            new[str(dimension)] = grade
    if new:
        when = filling.moments.at("evaluated", 17, 10)
        filling.run(evaluations.supplement, forms[0], when, GRADED[Dimension(next(iter(new)))], data=new)
