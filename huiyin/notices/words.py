"""The words of notices: channels, what is sent by them, how far a message is."""

from huiyin.words import Word


class Way(Word):
    """How a notice goes out; the page 我的通知 shows those that the site has."""

    MAIL = "mail", "电子邮件"
    SMS = "sms", "手机短信"
    WECOM = "wecom", "企业微信群机器人"
    DINGTALK = "dingtalk", "钉钉群机器人"


class Sort(Word):
    """What a message is: what came up for a person on a day, the leaders' week, or a try."""

    DAILY = "daily", "每日提醒"
    WEEKLY = "weekly", "一周要情"
    TEST = "test", "测试消息"


class Outcome(Word):
    """How far a message is."""

    WAITING = "waiting", "等待发送"
    SENT = "sent", "已发出"
    MOOT = "moot", "已无须发送"
    DEAD = "dead", "没有发出去"
    GIVEN_UP = "given_up", "不再发送"
