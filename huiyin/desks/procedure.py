"""The steps in the order of the procedure, under the headings by which a person finds them.

The order in which steps are declared follows the imports of the code; this is the order of the life. A test holds
that every step that a person may take stands here once.
"""

from huiyin.journal.step import STEPS, Step

PROCEDURE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "届次与分类",
        (
            "jurisdiction.change",
            "jurisdiction.choose_pack",
            "plenary.open",
            "plenary.change",
            "item_class.add",
            "proposer.enter",
            "proposer.change",
        ),
    ),
    (
        "起草提交",
        ("draft.invite", "invitation.sign", "invitation.decline", "draft.submit", "draft.discard"),
    ),
    (
        "收案立案",
        (
            "proposal.receive",
            "proposal.review",
            "proposal.ask_completion",
            "proposal.revise",
            "proposal.wish_confidential",
            "proposal.file",
            "proposal.accept",
            "proposal.refuse",
            "proposal.merge",
            "proposal.unmerge",
            "proposal.hand_over",
            "proposal.handle_elsewhere",
            "proposal.supplement",
            "proposal.correct",
        ),
    ),
    (
        "登记交办",
        (
            "proposal.register",
            "proposal.split",
            "proposal.classify",
            "proposal.mark_key",
            "proposal.grade_difficulty",
            "proposal.set_publicity",
            "assignment.assign",
            "leadership.assign",
            "leadership.end",
            "assignment.cancel",
            "proposal.move_to_pack",
        ),
    ),
    (
        "签收办理",
        (
            "assignment.sign",
            "assignment.ask_return",
            "assignment.rule_return",
            "assignment.object",
            "assignment.rule_objection",
            "assignment.object_difficulty",
            "assignment.rule_difficulty",
            "assignment.reassign",
            "assignment.plan",
            "assignment.pass_on",
            "assignment.take_over",
            "assignment.give_opinion",
            "assignment.revise_opinion",
            "assignment.ask_extension",
            "assignment.explain_extension",
            "assignment.rule_extension",
            "assignment.pause",
            "assignment.resume",
            "superior.send",
            "superior.acknowledge",
            "superior.answer",
            "superior.withdraw",
        ),
    ),
    ("沟通", ("contact.log", "contact.supplement", "contact.confirm")),
    (
        "答复",
        (
            "promise.make",
            "promise.use",
            "promise.change",
            "promise.void",
            "reply.draft",
            "reply.revise",
            "reply.submit",
            "reply.agree",
            "reply.sign",
            "reply.send_back",
            "reply.to_check",
            "reply.pass_check",
            "reply.fail_check",
            "reply.issue",
            "reply.void",
            "reply.supplement",
        ),
    ),
    (
        "评价与重办",
        (
            "evaluation.submit",
            "evaluation.enter_paper",
            "evaluation.invite",
            "evaluation.renew_link",
            "evaluation.revoke",
            "evaluation.supplement",
            "evaluation.count",
            "second_handling.propose",
            "second_handling.order",
            "second_handling.decline",
            "proposal.close_answer",
        ),
    ),
    (
        "落实",
        (
            "promise.report",
            "promise.skip_report",
            "promise.claim_done",
            "promise.accept",
            "promise.send_back",
            "promise.confirm",
            "promise.add_milestone",
            "promise.reach_milestone",
            "promise.set_date",
            "promise.move_date",
            "promise.alter",
            "promise.take_over",
            "promise.explain",
            "promise.drop",
            "reply.raise_mark",
            "reply.lower_mark",
            "proposal.settle",
        ),
    ),
    (
        "督办",
        (
            "division.set",
            "division.end",
            "instruction.give",
            "urging.send",
            "urging.slip",
            "urging.receipt",
            "dispatch.open",
            "dispatch.answer",
            "dispatch.send_back",
            "dispatch.close",
            "inspection.record",
            "look_back.draw",
            "look_back.visit",
            "look_back.record",
            "inspection.again",
            "meeting.record",
            "task.receive",
            "task.report",
            "task.accept",
            "task.send_back",
            "task.move_date",
            "task.cancel",
            "snapshot.freeze",
        ),
    ),
    (
        "由点及面",
        (
            "repeat.search",
            "repeat.mark",
            "repeat.confirm",
            "repeat.dismiss",
            "topic.open",
            "topic.change",
            "topic.join",
            "topic.leave",
            "topic.begin",
            "topic.report",
            "topic.bind_promise",
            "topic.unbind_promise",
            "topic.record_outcome",
            "topic.correct_outcome",
            "topic.settle",
            "topic.reopen",
        ),
    ),
    (
        "考核",
        ("partner.rate", "quality.rate", "score_sheet.freeze", "appeal.lodge", "appeal.rule"),
    ),
    (
        "撤案与更正",
        ("proposal.withdraw", "proposership.withdraw", "proposal.void", "event.correct", "event.erase"),
    ),
    ("单位与人员", ("unit.enter", "unit.change", "post.appoint", "post.end", "post.reset_password")),
)

ORDER = {code: place for place, code in enumerate(code for _, codes in PROCEDURE for code in codes)}
HEADING = {code: heading for heading, codes in PROCEDURE for code in codes}


def place_of(step: Step) -> int:
    return ORDER.get(step.code, len(ORDER))


def standing_steps() -> set[str]:
    """Every step that a person may take."""
    return {code for code, step in STEPS.items() if not step.automatic}
