"""What waits on the units that handle items."""

from huiyin.desks import dues, promise_rows, rows, said
from huiyin.desks.acts.act import (
    ANSWER,
    SHARE_PARTS,
    Act,
    answer_of_share,
    own_date,
    reply,
)
from huiyin.desks.acts.supervision import ASKED_OF_UNITS
from huiyin.desks.dues import numbers_of_share
from huiyin.words import DeadlineName, Role

DESK, HANDLING = frozenset({Role.LIAISON, Role.UNIT_LEADER}), frozenset({Role.LIAISON, Role.HANDLER})
CHIEF = frozenset({Role.UNIT_LEADER})

FOR_UNITS: tuple[Act, ...] = (
    Act(
        "待签收",
        "assignment.sign",
        DESK | HANDLING,
        rows.offered,
        said.offered,
        lambda: dues.of_share(DeadlineName.CO_OPINION, *ANSWER),
        SHARE_PARTS,
        "签收",
    ),
    Act(
        "承办人已离任，待交接",
        "assignment.take_over",
        DESK,
        rows.left_behind,
        said.at_work,
        answer_of_share,
        joined=("handler__person",),
        numbers=numbers_of_share,
        button="交接",
    ),
    reply("等您签发", "reply.sign", CHIEF, rows.to_sign),
    *ASKED_OF_UNITS,
    Act(
        "待定人定案定时",
        "assignment.plan",
        DESK | HANDLING,
        rows.to_plan,
        said.offered,
        answer_of_share,
        SHARE_PARTS,
        "定人定案",
    ),
    Act(
        "欠会办意见",
        "assignment.give_opinion",
        DESK | HANDLING,
        rows.opinions_owed,
        said.owed_opinion,
        lambda: dues.of_share(DeadlineName.CO_OPINION, DeadlineName.SECOND_HANDLING),
        SHARE_PARTS,
        "提交意见",
    ),
    Act(
        "待与提案者沟通",
        "contact.log",
        HANDLING,
        rows.to_contact,
        said.at_work,
        lambda: dues.of_share(DeadlineName.FIRST_CONTACT, *ANSWER),
        joined=("handler__person",),
        numbers=numbers_of_share,
        button="记录沟通",
    ),
    Act(
        "待起草答复",
        "reply.draft",
        HANDLING,
        rows.to_draft,
        said.at_work,
        answer_of_share,
        joined=("handler__person",),
        numbers=numbers_of_share,
        button="起草",
    ),
    reply("草稿待送审", "reply.submit", HANDLING, rows.drafts, "送审"),
    reply("等您会签", "reply.agree", DESK, rows.to_agree, "会签"),
    reply("待送政府办审核", "reply.to_check", DESK | HANDLING, rows.to_send_for_check, "送审核"),
    reply("待答复提案者", "reply.issue", DESK | HANDLING, rows.to_issue, "答复"),
    Act(
        "要落实的承诺",
        "promise.claim_done",
        DESK | HANDLING,
        promise_rows.to_keep,
        said.of_promise,
        own_date,
        button="报告",
    ),
    Act(
        "承诺进展待报告",
        "promise.report",
        DESK | HANDLING,
        promise_rows.to_report,
        said.reported_last,
        lambda: dues.of_promise(DeadlineName.PROMISE_REPORT),
        ("reports",),
        "报告进展",
    ),
    Act(
        "承诺期满没有完成，待书面说明",
        "promise.explain",
        DESK | HANDLING,
        promise_rows.to_explain,
        said.of_promise,
        lambda: dues.of_item_of(DeadlineName.FULFILMENT),
        button="说明",
    ),
)
