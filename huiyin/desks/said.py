"""The one line of a row that lets a person decide without opening it."""

from typing import Any

from huiyin.components.templatetags.huiyin import day
from huiyin.handling.models import OUT, Assignment
from huiyin.proposals.models import Proposal
from huiyin.replies import marks
from huiyin.replies.models import Reply
from huiyin.words import UnitRole


def joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def signers(item: Proposal) -> str:
    """陈一鸣等3人; the kind where no name is known."""
    names = [ship.proposer.name for ship in item.proposerships.all() if ship.withdrawn_at is None]
    return of_signers(item, names[0] if names else "", len(names))


def of_signers(item: Proposal, first: str | None, count: int) -> str:
    if not first:
        return item.get_proposer_kind_display() or "提案者未填"
    return f"{first}等{count}人" if count > 1 else first


def classes(item: Proposal) -> str:
    return "、".join(dict.fromkeys(row.item_class.name for row in item.classifications.all()))


def of_item(item: Proposal) -> str:
    return joined(signers(item), classes(item), item.get_period_display())


def mark_label(item: Proposal, code: str) -> str:
    """Never a bare letter: 三年内基本解决（B）."""
    found = marks.said(item, code, "")
    return f"{found.mark.label}（{found.mark.code}）" if found else ""


def unit_name(share: Assignment | None) -> str:
    return (share.unit.short_name or share.unit.name) if share else ""


def of_share(share: Assignment) -> str:
    return joined(unit_name(share), UnitRole.label_of(share.role), share.part)


def asked_return(share: Assignment) -> str:
    asked = [row for row in share.returnrequests.all() if not row.ruling]
    if not asked:
        return unit_name(share)
    proposed = f"，建议改由{asked[-1].proposed.name}承办" if asked[-1].proposed else ""
    late = "（已过退办期限）" if asked[-1].late else ""
    return f"{unit_name(share)}申请退办{late}{proposed}：{asked[-1].reason}"


def objected(share: Assignment) -> str:
    asked = [row for row in share.returnrequests.all() if row.objected_by_id and not row.ruling]
    return f"提案者对{unit_name(share)}承办有异议：{asked[-1].reason}" if asked else unit_name(share)


def objected_grade(share: Assignment) -> str:
    asked = [row for row in share.gradeobjections.all() if not row.ruling]
    if not asked:
        return unit_name(share)
    said = share.proposal.pack.difficulty(share.proposal.kind).label_of
    now = share.proposal.difficulty
    graded = f"现定为{said(now)}，" if now else ""
    return f"{unit_name(share)}：{graded}认为应为{said(asked[-1].grade)}：{asked[-1].reason}"


def asked_extension(share: Assignment) -> str:
    asked = [row for row in share.extensions.all() if not row.ruling]
    if not asked:
        return unit_name(share)
    return f"{unit_name(share)}申请延期至{day(asked[-1].until)}：{asked[-1].reason}"


def offered(share: Assignment) -> str:
    beside = [other for other in share.proposal.assignments.all() if other.pk != share.pk]
    others = [unit_name(other) for other in beside if other.state not in OUT]
    return joined(
        UnitRole.label_of(share.role),
        f"{day(share.offered_at)}交办" if share.offered_known and share.offered_at else "",
        f"同办：{'、'.join(others)}" if others else "",
        share.part,
    )


def owed_opinion(share: Assignment) -> str:
    leads = [unit_name(one) for one in share.proposal.assignments.all() if one.role == UnitRole.LEAD]
    return f"主办：{'、'.join(leads)}" if leads else ""


def at_work(share: Any) -> str:
    who = f"承办人{share.handler.person.name}" if share.handler else "还没有定承办人"
    talked = f"沟通{share.contacts_made}次" if share.contacts_made else "还没有与提案者沟通"
    return joined(UnitRole.label_of(share.role), who, talked)


def of_reply(reply: Any) -> str:
    """市民政局 · 拟为“已解决（A）” · 承诺1项 · 沟通3次."""
    share = reply.assignment
    label = mark_label(share.proposal, reply.mark)
    return joined(
        unit_name(share),
        f"拟为“{label}”" if label else "还没有填办理结果",
        f"承诺{reply.promises_made}项" if reply.promises_made else "",
        f"沟通{reply.contacts_made}次" if reply.contacts_made else "没有沟通记录",
    )


def of_promise(promise: Any) -> str:
    unit = promise.unit.name if promise.unit else "责任单位未填"
    return joined(promise.what, unit)


def reported_last(promise: Any) -> str:
    """新建两所 · 上次报告完成40%."""
    done = promise.share_done
    return joined(promise.what, "还没有报告过" if done is None else f"上次报告完成{done}%")


def claimed(promise: Any) -> str:
    shown = [row.what for row in promise.evidence.all()]
    return joined(promise.what, f"报告：{shown[-1]}" if shown else "没有附佐证")


def of_form(form: Any) -> str:
    unit = unit_name(form.reply.assignment) if form.reply else ""
    again = "落实情况的再次评价" if form.later else ""
    return joined(f"{unit}的答复" if unit else "", again, f"第{form.round}轮" if form.round > 1 else "")


def forms_out(reply: Reply) -> str:
    waiting = [
        f"{form.evaluator.name}{'（再次评价落实情况）' if form.later else ''}"
        for form in reply.evaluations.all()
        if form.evaluator is not None
    ]
    return joined(f"{unit_name(reply.assignment)}的答复", f"{'、'.join(waiting)}的意见表还没有交回")


def of_second(second: Any) -> str:
    who = second.evaluation.evaluator.name if second.evaluation and second.evaluation.evaluator else "提案者"
    return joined(f"{who}不满意", unit_name(second.share), second.reason)


def quiet(share: Assignment) -> str:
    grade = share.proposal.pack.difficulty(share.proposal.kind).label_of(share.proposal.difficulty or 0)
    return joined(unit_name(share), f"难易程度：{grade}", "近来没有沟通、方案和会议")


def of_task(task: Any) -> str:
    sent_back = "报告被退回，请补充后重报" if task.reported_at and task.state == "given" else ""
    return joined(task.source, task.what, sent_back)


def reported_task(task: Any) -> str:
    """市教育局报告：已复工。没有佐证."""
    last = task.reports.all()[len(task.reports.all()) - 1]
    return joined(
        f"{task.unit.short_name or task.unit.name}报告：{last.text}", "" if last.has_proof else "没有佐证"
    )


def of_sheet(sheet: Any) -> str:
    return joined(sheet.round.asks, f"退回重报：{sheet.reason}" if sheet.reason else "")


def of_round(dispatch: Any) -> str:
    return str(dispatch.asks)
