"""The words of this app: kinds and states of topics, what an outcome counts, whether an item was raised again."""

from huiyin.words import Word


class TopicKind(Word):
    """专题: what groups items across units and years. They live one life; only the name makes a difference."""

    PROBLEM = "problem", "同类问题"
    INITIATIVE = "initiative", "专项行动"


class TopicState(Word):
    OPEN = "open", "待推进"
    CARRIED_OUT = "carried_out", "推进中"
    SETTLED = "settled", "已解决"


class OutcomeKind(Word):
    PROJECTS = "projects", "项目"
    MONEY = "money", "资金"
    COUNT = "count", "数量"


class RepeatState(Word):
    PROPOSED = "proposed", "待认定"
    CONFIRMED = "confirmed", "重复提出"
    DISMISSED = "dismissed", "不是重复提出"


class Likeness(Word):
    """Why an earlier item is taken for the same."""

    TITLE = "title", "案由相近"
    PROPOSER = "proposer", "同一提案者，案由相近"
    BY_HAND = "by_hand", "经办人认定"
