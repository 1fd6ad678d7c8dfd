"""What the steps of a promise require; each gives a sentence or None."""

import re

from huiyin.clock.now import day_of
from huiyin.clock.said import in_full
from huiyin.journal.step import Call, requirement
from huiyin.promises.limit import beyond
from huiyin.words import ProposalState


@requirement()
def item_is_open(call: Call) -> str | None:
    if call.obj.proposal.state == ProposalState.SETTLED:
        return "这一件已经销号，不能再作新的承诺；情况有变化的，请与市政府办公室联系。"
    return None


@requirement()
def answers_the_proposer(call: Call) -> str | None:
    if call.obj.is_answering:
        return None
    return "会办单位不直接向提案者承诺；请把可以承诺的事项写进会办意见，由主办单位写入答复。"


WEB_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
NO_DATE = "承诺没有写明完成期限。请与责任单位商定期限后填写。"


@requirement(gap="promise_date", field="due_on", late=True)
def has_a_date(call: Call) -> str | None:
    return None if call.given("due_on") else NO_DATE


@requirement(gap="promise_date", field="due_on", late=True)
def keeps_its_date(call: Call) -> str | None:
    """A draft that was taken in without a date may wait for it; one that has a date does not lose it again."""
    return NO_DATE if call.obj.due_on is not None and call.cleared("due_on") else None


@requirement(field="what", late=True)
def still_says_what(call: Call) -> str | None:
    return "请填写“承诺事项”；不再承诺的，请办理“取消承诺”。" if call.cleared("what") else None


@requirement(gap="promise_date", field="due_on", late=True)
def within_the_limit(call: Call) -> str | None:
    """The pack's `fulfilment`, counted from when the promise was made."""
    made_at = getattr(call.obj, "made_at", call.at)
    return beyond(call.obj.proposal, made_at, call.given("due_on"))


@requirement(field="measure", late=True)
def measure_named(call: Call) -> str | None:
    """2 of what."""
    if call.becomes("amount") is None or call.becomes("measure"):
        return None
    return "写了数量，还要写计量单位，例如所、公里、万元。"


@requirement()
def still_a_draft(call: Call) -> str | None:
    if call.obj.is_draft:
        return None
    return "承诺已随答复生效，不能再改写。期限有变的，请办理“调整期限”；不能落实的，请办理“终止承诺”。"


@requirement()
def in_force(call: Call) -> str | None:
    if not call.obj.is_draft:
        return None
    return "承诺还没有随答复生效。答复发出以前，请直接修改或取消这项承诺。"


@requirement()
def has_no_date_yet(call: Call) -> str | None:
    return "这项承诺已经有期限，期限有变的请办理“调整期限”。" if call.obj.due_on else None


@requirement(done=True)
def not_reached_yet(call: Call) -> str | None:
    reached = call.obj.reached_at
    return f"这个节点已于{in_full(day_of(reached))}完成。" if reached else None


@requirement(field="due_on", late=True)
def date_differs(call: Call) -> str | None:
    same = call.obj.due_on is not None and call.obj.due_on == call.given("due_on")
    return "新的期限和现在的期限是同一天，不用调整。" if same else None


@requirement(field="owner", late=True)
def somebody_takes_over(call: Call) -> str | None:
    """Another unit, or another person of the unit that carries it out."""
    promise, unit, owner = call.obj, call.given("unit", call.obj.unit), call.given("owner")
    if owner is not None and unit is not None and owner.unit_id != unit.pk:
        return f"{owner.person.name}不在{unit.name}任职，请选责任单位的人员。"
    if unit == promise.unit and owner in (None, promise.owner):
        return "责任单位、责任人都与现在一样，请选择接手的单位或人员。"
    return None


@requirement(field="what", late=True)
def something_is_altered(call: Call) -> str | None:
    same = all(
        call.becomes(name) == getattr(call.obj, name) for name in ("what", "amount", "measure", "proof")
    )
    return "承诺的内容与现在一样，不用变更。" if same else None


@requirement(gap="evidence", field="document_number", late=True)
def evidence_shown(call: Call) -> str | None:
    """Words alone are no evidence: a document number, a link or an attachment goes with them."""
    if any(call.given(name) for name in ("document_number", "link", "attachments")):
        return None
    return "请附上佐证：填写文号、网址，或上传附件，至少一项。"


@requirement(field="link", late=True)
def link_can_be_opened(call: Call) -> str | None:
    """It is shown as a link; anything but an address of the web would be a dead one, or a trap."""
    link = str(call.given("link", "")).strip()
    if not link or WEB_ADDRESS.fullmatch(link):
        return None
    return "网址要以http://或者https://开头，中间不能有空格，请从浏览器的地址栏里复制。"


@requirement(field="told_how", late=True)
def proposer_told(call: Call) -> str | None:
    """R6: a promise is settled by dropping it only when the proposer has been told."""
    if call.given("told_in") or (call.given("told_how") and call.given("told_on")):
        return None
    return "终止承诺要先向提案者说明：请选择说明时的沟通记录，或写明说明的方式和日期。"
