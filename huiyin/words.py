"""The glossary in code: every state, kind, grade, role and dimension with its Chinese label.

One word per idea. The identifier stands in the database, in events and in rule packs; the label is what
people read. Nothing else in the project spells these words out.
"""

from enum import StrEnum


class Word(StrEnum):
    """A code with its label; compares equal to the code, so it can be stored and filtered as it is."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Word":
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(word.value, word.label) for word in cls]

    @classmethod
    def label_of(cls, value: str) -> str:
        """The label of a stored code; an unknown or empty code is shown as it stands."""
        word = cls._value2member_map_.get(value)
        return word.label if isinstance(word, Word) else value


class Kind(Word):
    """类型: a 议案 passed on for handling is a suggestion of that origin."""

    PROPOSAL = "proposal", "提案"
    SUGGESTION = "suggestion", "建议"


class Assembly(Word):
    """会议: who hands items over."""

    CPPCC = "cppcc", "政协"
    NPC = "npc", "人大"


class Period(Word):
    IN_PLENARY = "in_plenary", "会议期间"
    BETWEEN = "between", "闭会期间"


class Level(Word):
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


class DraftState(Word):
    WRITING = "writing", "起草中"
    SUBMITTED = "submitted", "已提交"
    DISCARDED = "discarded", "不再提交"


class InvitationState(Word):
    INVITED = "invited", "等待答复"
    SIGNED = "signed", "已联名"
    DECLINED = "declined", "不联名"


class ProposalState(Word):
    """提案自身的状态, up to the hand-over to the units; afterwards the two stages tell the story."""

    RECEIVED = "received", "收到"
    REVIEWED = "reviewed", "已审查"
    FILED = "filed", "已立案"
    NOT_FILED = "not_filed", "不予立案"
    MERGED = "merged", "已并案"
    WITHDRAWN = "withdrawn", "已撤案"
    HANDED_OVER = "handed_over", "已移交"
    ELSEWHERE = "elsewhere", "另行办理"
    REGISTERED = "registered", "已登记"
    ANSWER_CLOSED = "answer_closed", "答复办结"
    SETTLED = "settled", "已销号"
    VOID = "void", "已作废"


class AnswerStage(Word):
    """办理阶段, derived from the parts and stored."""

    INTAKE = "intake", "收案"
    ASSIGNING = "assigning", "待交办"
    HANDLING = "handling", "办理中"
    ANSWERED = "answered", "已答复"
    EVALUATED = "evaluated", "已评价"
    REDO_PROPOSED = "redo_proposed", "拟重办"
    SECOND_HANDLING = "second_handling", "重新办理"
    ANSWER_CLOSED = "answer_closed", "答复办结"
    WITH_HEAD = "with_head", "随并案件办理"
    ENDED = "ended", "不再办理"


class FulfilmentStage(Word):
    """落实阶段, derived from the parts and stored: answered is not carried out."""

    NOT_ANSWERED = "not_answered", "尚未答复"
    NOTHING_PROMISED = "nothing_promised", "无承诺"
    DONE_AT_REPLY = "done_at_reply", "答复时已落实"
    BEING_CARRIED_OUT = "being_carried_out", "落实中"
    CARRIED_OUT = "carried_out", "已落实"
    EXPLAINED = "explained", "已说明"


class UnitRole(Word):
    """One unit's share of one proposal."""

    LEAD = "lead", "主办"
    CO = "co", "会办"
    SEPARATE = "separate", "分办"


class AssignmentState(Word):
    OFFERED = "offered", "待签收"
    SIGNED = "signed", "已签收"
    RETURN_ASKED = "return_asked", "申请退办"
    RETURNED = "returned", "已退办"
    PLANNED = "planned", "已定案"
    OPINION_GIVEN = "opinion_given", "已交会办意见"
    ANSWERED = "answered", "已答复"
    REHANDLING = "rehandling", "重新办理"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已撤销"


class ReplyState(Word):
    DRAFT = "draft", "起草"
    IN_REVIEW = "in_review", "单位审核"
    SIGNED = "signed", "已签发"
    IN_CHECK = "in_check", "政府办审核"
    PASSED = "passed", "审核通过"
    ISSUED = "issued", "已答复"
    VOID = "void", "已作废"


class PromiseState(Word):
    ACTIVE = "active", "落实中"
    CLAIMED = "claimed", "报请确认"
    KEPT = "kept", "已落实"
    DROPPED = "dropped", "已终止并说明"
    VOID = "void", "已作废"


class EvaluationState(Word):
    INVITED = "invited", "待评价"
    SUBMITTED = "submitted", "已评价"
    LAPSED = "lapsed", "期满未交"
    REVOKED = "revoked", "已撤回"


class SecondHandlingState(Word):
    PROPOSED = "proposed", "拟重办"
    ORDERED = "ordered", "重新办理"
    DECLINED = "declined", "不再重办"
    DONE = "done", "已重新答复"


class Ruling(Word):
    """裁定 on what a unit or proposer has asked for."""

    GRANTED = "granted", "同意"
    REFUSED = "refused", "不同意"


class Role(Word):
    """Roles of design §1; a person holds one through a post."""

    ASSEMBLY_STAFF = "assembly_staff", "政协提案委、人大代表工委工作人员"
    PROPOSER = "proposer", "提案者"
    REGISTRAR = "registrar", "政府办公室经办人"
    LIAISON = "liaison", "承办单位联络员"
    HANDLER = "handler", "承办人"
    UNIT_LEADER = "unit_leader", "承办单位负责人"
    GOVERNMENT_LEADER = "government_leader", "市领导"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "系统管理员"


UNIT_ROLES = (Role.LIAISON, Role.HANDLER, Role.UNIT_LEADER)


class ProposerKind(Word):
    MEMBER = "member", "委员"
    DEPUTY = "deputy", "代表"
    JOINT = "joint", "联名"
    PARTY = "party", "党派"
    BODY = "body", "人民团体"
    SECTOR = "sector", "界别"
    COMMITTEE = "committee", "专门委员会"
    DELEGATION = "delegation", "代表团"
    GROUP = "group", "小组"
    COLLECTIVE = "collective", "集体"


class ContactPhase(Word):
    BEFORE = "before", "办前"
    DURING = "during", "办中"
    AFTER = "after", "办后"
    REVISIT = "revisit", "复查"


class ContactWay(Word):
    PHONE = "phone", "电话联系"
    VISIT = "visit", "上门走访"
    TALK = "talk", "座谈面商"
    ON_SITE = "on_site", "现场办理"
    OTHER = "other", "其他方式"


class Response(Word):
    """How the proposer took what was explained."""

    UNDERSTOOD = "understood", "谅解或认可"
    NOT_ACCEPTED = "not_accepted", "不认可"
    NO_VIEW = "no_view", "未表态"


class Meaning(Word):
    """办理结果的中性含义: what a mark says, whatever its letter."""

    SOLVED = "solved", "已经解决"
    BEING_SOLVED = "being_solved", "正在解决"
    PLANNED = "planned", "列入计划解决"
    CANNOT = "cannot", "暂不能解决"
    REFERENCE = "reference", "留作参考"


class Disposition(Word):
    """How one point was dealt with in the reply."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    PLANNED = "planned", "列入计划"
    CANNOT = "cannot", "不能采纳"
    HIGHER = "higher", "属上级权限"


class Dimension(Word):
    ATTITUDE = "attitude", "办理态度"
    RESULT = "result", "办理结果"
    FULFILMENT = "fulfilment", "落实情况"


class Grade(Word):
    SATISFIED = "satisfied", "满意"
    BASIC = "basic", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class Channel(Word):
    LINK = "link", "评价链接"
    LOGIN = "login", "登录评价"
    PAPER = "paper", "纸质意见表"


class Publicity(Word):
    FULL = "full", "全文公开"
    SUMMARY = "summary", "摘要公开"
    ON_REQUEST = "on_request", "依申请公开"
    CLOSED = "closed", "不公开"


class LeadershipKind(Word):
    LEAD = "lead", "领办"
    SUPERVISE = "supervise", "督办"


class UrgingWay(Word):
    PHONE = "phone", "电话催办"
    LETTER = "letter", "书面催办"
    VISIT = "visit", "上门督促"
    CIRCULAR = "circular", "通报催办"


class DeadlineName(Word):
    """期限的名称, the same in every pack."""

    REPLY = "reply", "答复"
    RETURN_WINDOW = "return_window", "申请退办"
    CO_OPINION = "co_opinion", "会办意见"
    SECOND_HANDLING = "second_handling", "重新办理"
    FEEDBACK = "feedback", "反馈评价"
    FIRST_CONTACT = "first_contact", "首次沟通"
    EXTENSION_MAX = "extension_max", "延期上限"
    FULFILMENT = "fulfilment", "落实"
    PUBLICATION = "publication", "公开"
    PROMISE_REPORT = "promise_report", "承诺进展报告"
