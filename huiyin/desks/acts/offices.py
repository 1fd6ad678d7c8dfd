"""What waits on the government's office, on the assembly's staff, on leaders and on proposers."""

from django.db.models import Prefetch

from huiyin.desks import difficult, dues, promise_rows, rows, said
from huiyin.desks.acts import scores, topics
from huiyin.desks.acts.act import ITEM_PARTS, Act, answer_of_share, item, own_date, reply
from huiyin.desks.acts.supervision import FOR_LEADERS, FOR_THE_OFFICE_TO_OVERSEE
from huiyin.evaluations.models import Evaluation
from huiyin.handling.models import ReturnRequest
from huiyin.words import DeadlineName, PromiseState, Role

OFFICE, STAFF = frozenset({Role.REGISTRAR}), frozenset({Role.ASSEMBLY_STAFF})
AUTHOR = frozenset({Role.PROPOSER})

FOR_THE_OFFICE: tuple[Act, ...] = (
    Act(
        "等您裁定退办",
        "assignment.rule_return",
        OFFICE,
        rows.returns_asked,
        said.asked_return,
        answer_of_share,
        (Prefetch("returnrequests", ReturnRequest.objects.select_related("proposed")),),
        "裁定",
    ),
    Act(
        "等您裁定异议",
        "assignment.rule_objection",
        OFFICE,
        rows.objections,
        said.objected,
        answer_of_share,
        ("returnrequests",),
        "裁定",
    ),
    Act(
        "等您批复延期",
        "assignment.rule_extension",
        OFFICE,
        rows.extensions_asked,
        said.asked_extension,
        answer_of_share,
        ("extensions",),
        "批复",
    ),
    reply("答复待审核", "reply.pass_check", OFFICE, rows.to_check, "审核"),
    item("待登记", "proposal.register", OFFICE, rows.handed_over),
    item("待交办", "assignment.assign", OFFICE, rows.to_assign, bench="desks:assigning"),
    Act(
        "报请确认已落实",
        "promise.accept",
        OFFICE,
        promise_rows.claims,
        said.claimed,
        own_date,
        ("evidence",),
        "确认",
    ),
    Act(
        "提案者认为没有办成，待回头看",
        "look_back.record",
        OFFICE,
        promise_rows.disputed,
        said.of_item,
        parts=ITEM_PARTS,
        button="回头看",
        could=lambda case: any(promise.state == PromiseState.KEPT for promise in case.promises),
    ),
    item("已评价，待答复办结", "proposal.close_answer", OFFICE, rows.to_close),
    item("承诺都有着落，待销号", "proposal.settle", OFFICE, rows.to_settle),
    Act(
        "等您裁定难易程度",
        "assignment.rule_difficulty",
        OFFICE,
        difficult.grade_objections,
        said.objected_grade,
        answer_of_share,
        ("gradeobjections",),
        "裁定",
    ),
    item("待定难易程度", "proposal.grade_difficulty", OFFICE, difficult.ungraded, button="定难易"),
    Act(
        "可能往年提过，待认定",
        "repeat.confirm",
        OFFICE,
        topics.repeats_to_confirm,
        lambda row: f"{row}（{row.get_why_display()}）",
        joined=("earlier__plenary",),
        button="认定",
    ),
    Act(
        "承诺都有着落的专题",
        "topic.settle",
        OFFICE,
        topics.topics_to_settle,
        lambda row: f"{row.get_kind_display()}，{row.unit.name}牵头",
        own_date,
        button="认定",
    ),
    Act(
        "考核申诉，等您裁定",
        "appeal.rule",
        OFFICE,
        scores.appeals,
        lambda row: str(row.reason),
        lambda: dues.column("score__sheet__appeals_until"),
        button="裁定",
    ),
    Act(
        "难办而没有动静",
        "urging.send",
        OFFICE,
        difficult.hard_and_quiet,
        said.quiet,
        answer_of_share,
        button="催办",
    ),
    *FOR_THE_OFFICE_TO_OVERSEE,
)

FOR_THE_ASSEMBLY: tuple[Act, ...] = (
    item("待审查", "proposal.review", STAFF, rows.received),
    item("待立案", "proposal.file", STAFF, rows.to_file),
    item("待受理", "proposal.accept", STAFF, rows.to_accept),
    item("待移交", "proposal.hand_over", STAFF, rows.filed),
    Act(
        "不满意，待决定是否重办",
        "second_handling.order",
        STAFF,
        rows.redo_proposed,
        said.of_second,
        joined=("evaluation__evaluator", "share__unit"),
        button="决定",
    ),
    Act(
        "意见表还没有交回",
        "evaluation.enter_paper",
        STAFF,
        rows.forms_out,
        said.forms_out,
        rows.feedback_due,
        (Prefetch("evaluations", Evaluation.objects.waiting().select_related("evaluator")),),
        "录入纸质表",
    ),
)

FOR_LEADERS_AND_PROPOSERS: tuple[Act, ...] = (
    *FOR_LEADERS,
    Act(
        "等您评价",
        "evaluation.submit",
        AUTHOR,
        rows.my_forms,
        said.of_form,
        lambda: dues.of_form(DeadlineName.FEEDBACK),
        button="评价",
    ),
    Act(
        "等您确认是否办成",
        "promise.confirm",
        AUTHOR,
        promise_rows.to_confirm,
        said.of_promise,
        button="确认",
    ),
    Act(
        "等您确认沟通",
        "contact.confirm",
        AUTHOR,
        rows.contacts_to_confirm,
        lambda row: str(said.joined(str(row), row.summary)),
        button="确认",
    ),
)
