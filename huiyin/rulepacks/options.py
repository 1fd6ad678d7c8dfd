"""The catalogue: every behaviour, base and name that a pack may choose from. What is not here, the code does not do.

An option that a pack does not name takes the catalogue's default and counts as assumed. Each value is tested.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class OptionSpec:
    """A named option: its label, the allowed values with their meaning, the default, and why it exists."""

    label: str
    values: dict[str, str]
    default: str | int
    doc: str
    least: int = 0
    most: int = 0

    @property
    def is_number(self) -> bool:
        return not self.values

    def allows(self, value: object) -> bool:
        if self.is_number:
            return type(value) is int and self.least <= value <= self.most
        return value in self.values

    def allowed(self) -> str:
        return f"{self.least}至{self.most}的整数" if self.is_number else "、".join(self.values)

    def said(self, value: str | int) -> str:
        return self.values.get(str(value), f"{value}次" if self.is_number else str(value))


OPTIONS: dict[str, OptionSpec] = {
    "office_check": OptionSpec(
        "政府办公室审核答复",
        {"before_issue": "发出前审核", "after_issue": "发出后审核", "none": "不审核"},
        "none",
        "Whether the government office looks at a reply, and whether it is issued before or after that.",
    ),
    "extension": OptionSpec(
        "延期办理",
        {"approve": "须经批准", "explain": "向提案者说明即可"},
        "approve",
        "Henan and the Deputies Law name no approval of a longer term, only an explanation; the others do.",
    ),
    "several_leads": OptionSpec(
        "几个主办单位",
        {"one_agreed_reply": "协商一致后作一份答复", "own_replies": "各自答复"},
        "own_replies",
        "Shanghai art. 17: several leads agree before they answer.",
    ),
    "separate_parts": OptionSpec(
        "分别办理的内容",
        {"named": "交办时写明各单位办理的内容", "free": "不要求写明"},
        "free",
        "Qingdao art. 16 wants each unit's part named at assignment.",
    ),
    "joint_reply": OptionSpec(
        "联名件的答复",
        {
            "each": "逐一答复每位提案者",
            "lead": "答复第一提案人，由其转告",
            "each_or_lead_with_consent": "逐一答复，或者经同意由第一提案人转告",
        },
        "each",
        "Who of several proposers gets the letter.",
    ),
    "second_handling": OptionSpec(
        "决定重新办理",
        {
            "automatic": "评价不满意即重新办理",
            "assembly_office": "由人大、政协的工作机构决定",
            "standing_committee": "由常务委员会决定",
        },
        "automatic",
        "Who orders an item to be handled anew.",
    ),
    "second_handling_on": OptionSpec(
        "引起重新办理的评价",
        {"result": "对办理结果不满意", "either": "对办理态度或者办理结果不满意"},
        "result",
        "Which dissatisfied answer leads to handling anew.",
    ),
    "second_handling_rounds": OptionSpec(
        "重新办理的次数", {}, 1, "How often an item may be handled anew at most.", least=1, most=9
    ),
    "after_last_round": OptionSpec(
        "最后一次重新办理后仍不满意",
        {"convene": "召集双方当面协商", "close": "记录在案，答复办结"},
        "close",
        "What follows the last dissatisfied answer: Chongqing art. 27 and Sichuan bring both sides together.",
    ),
    "withdrawal": OptionSpec(
        "撤回",
        {"before_assignment": "交办以前可以撤回", "any_stage": "办理的任何阶段都可以撤回"},
        "any_stage",
        "Until when a proposer may withdraw: Beijing before assignment only.",
    ),
    "joint_withdrawal": OptionSpec(
        "联名件的撤回",
        {"all": "须全体署名者一致要求", "lead": "由第一提案人提出"},
        "all",
        "Who may withdraw a joint item: Shanghai art. 10 asks for all signers.",
    ),
    "late_return": OptionSpec(
        "逾期申请退办",
        {"refuse": "不予受理", "rule": "仍由交办机构裁定"},
        "refuse",
        "What a request for return after its window meets: Yulin changes nothing then.",
    ),
    "proposer_objects": OptionSpec(
        "提案者对承办单位提出意见",
        {"yes": "可以提出", "no": "不设此程序"},
        "no",
        "Shanghai art. 14: the deputy may object to the assignment too.",
    ),
    "merging": OptionSpec(
        "并案",
        {"at_intake": "受理时可以合并", "handling_only": "只合并办理，分别答复"},
        "at_intake",
        "Chongqing art. 13 merges at intake; Zhejiang art. 18 and Shandong only while handling.",
    ),
    "evaluators": OptionSpec(
        "填写评价",
        {"each": "每位署名的提案者", "lead": "第一提案人"},
        "each",
        "Who of several proposers fills in the form.",
    ),
    "unreturned_forms": OptionSpec(
        "未收回的征询意见表",
        {"left_out": "不计入统计", "counted": "计入统计的基数"},
        "left_out",
        "Chongqing art. 29: forms not returned after a reminder are left out.",
    ),
    "mark_setter": OptionSpec(
        "确定办理结果类别",
        {"unit": "承办单位", "office": "政府办公室"},
        "unit",
        "Who sets the mark of a reply.",
    ),
    "mark_changer": OptionSpec(
        "改动承办单位所定类别",
        {"nobody": "只能退回承办单位改正", "office": "政府办公室审核时可以改定"},
        "nobody",
        "In one online system the supervising department may change the unit's mark when it reviews.",
    ),
}

RATES: dict[str, tuple[str, dict[str, str]]] = {
    "satisfaction": (
        "满意率",
        {
            "forms_returned": "收回的征询意见表",
            "forms_sent": "发出的征询意见表",
            "items_evaluated": "已评价的件数",
            "items_answered": "已答复的件数",
            "items_assigned": "已交办的件数",
            "items_received": "承办总数",
        },
    ),
}
ROUNDS = {"latest": "最近一轮", "first": "第一轮"}

# What a mark may need beside what R3 demands of its meaning.
NEEDS = {"consent": "提案者同意"}

LETTERS = {
    "reply": "答复",
    "co_opinion": "会办意见",
    "evaluation": "征询意见表",
    "not_filed": "不予立案告知",
    "merged": "并案告知",
    "urging": "催办通知",
    "fulfilment": "承诺事项落实情况告知",
}
PLACEHOLDERS = frozenset({"plenary", "number", "title", "unit", "proposer", "word", "year", "serial", "n"})

PUBLISHED = {
    "report": "办理情况报告",
    "item": "提案、建议",
    "reply": "答复",
    "feedback": "提案者的反馈意见",
}

OTHER_PERIODS = {
    "assign": "闭会期间交办",
    "acceptance_notice": "受理告知",
    "assignment_meeting": "交办会",
    "return_ruling": "对退办申请的处理",
    "co_opinion_redo": "重新提出会办意见",
    "later_evaluation": "落实情况评价反馈",
    "summary_report": "办理情况报告",
}
