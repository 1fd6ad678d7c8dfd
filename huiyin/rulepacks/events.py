"""The moments that rules may name: codes of steps, and the close of the plenary. A pack that names another is refused."""

PLENARY_CLOSE = "plenary.close"

EVENTS: dict[str, str] = {
    PLENARY_CLOSE: "全会闭幕",
    "proposal.receive": "收到",
    "proposal.hand_over": "移交",
    "proposal.register": "登记",
    "assignment.assign": "交办",
    "assignment.sign": "签收",
    "assignment.ask_return": "申请退办",
    "assignment.plan": "定案",
    "assignment.give_opinion": "提交会办意见",
    "assignment.reopen": "决定重新办理",
    "contact.log": "登记沟通",
    "reply.issue": "答复",
    "evaluation.invite": "发出征询意见表",
    "evaluation.submit": "提交评价",
    "evaluation.enter_paper": "录入纸质评价",
    "promise.make": "作出承诺",
    "promise.undertake": "承诺生效",
    "promise.report": "报告承诺进展",
    "promise.claim_done": "报请确认承诺已落实",
    "promise.skip_report": "说明本期没有进展可报",
    "proposal.settle": "销号",
    "second_handling.order": "要求重新办理",
}
EVENT_CODES = frozenset(EVENTS)
