"""Words that only supervision uses, each with its Chinese label."""

from huiyin.words import Word


class TaskState(Word):
    """督办任务: what was asked of a unit in an instruction, a finding or a meeting, until the office accepts it."""

    GIVEN = "given", "待报告"
    REPORTED = "reported", "待确认"
    ACCEPTED = "accepted", "已确认"
    CANCELLED = "cancelled", "已撤销"


class Verdict(Word):
    """What an inspection or a look-back found."""

    WELL = "well", "属实到位"
    WANTING = "wanting", "发现问题"


class Progress(Word):
    """How a unit says that an item stands, in a dispatch."""

    DONE = "done", "已办成"
    ON_TIME = "on_time", "按计划推进"
    SLOW = "slow", "比计划慢"
    STUCK = "stuck", "遇到困难"
    NOT_BEGUN = "not_begun", "还没有动手"


class Hollow(Word):
    """Why an answer to a dispatch says nothing."""

    NOTHING = "nothing", "没有时间、数量、文件、地点"
    SAME = "same", "与上次报的一样"


class SuperiorState(Word):
    """报请上级: where a matter stands that only a superior authority can decide."""

    SENT = "sent", "已报请"
    ACKNOWLEDGED = "acknowledged", "上级已收到"
    ANSWERED = "answered", "上级已答复"
    WITHDRAWN = "withdrawn", "已撤回"


class MeetingKind(Word):
    ASSIGNMENT = "assignment", "交办会"
    SPECIAL = "special", "专题会议"
    FACE_TO_FACE = "face_to_face", "面复会"
    INSPECTION = "inspection", "视察"
    TALK = "talk", "座谈"
    INTERVIEW = "interview", "约谈"


class Every(Word):
    """How often a dispatch repeats by itself."""

    WEEK = "week", "每周"
    MONTH = "month", "每月"


class Sent(Word):
    """What became of a unit's sheet."""

    ON_TIME = "on_time", "按时"
    LATE = "late", "逾期"
    SILENT = "silent", "没有报送"
    WAITING = "waiting", "待报送"
