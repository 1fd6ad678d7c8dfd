"""The standard headings and the words that offices print for them.

The words are those of the registers, forms and record pages of some fifty places (their headings only). A heading is
compared without spaces, line breaks, marks of obligation and width differences; a remark in brackets behind it is
tried with it, without it, and alone: 提案人(领衔代表), 交办日期(年月日), (一)案由.
"""

import re
import unicodedata
from functools import cache

STANDARD: tuple[str, ...] = (
    "届次", "类型", "编号", "案由", "正文", "具体建议", "提案者", "联名", "提出时间",
    "分类", "重点", "主办单位", "会办单位", "分办单位", "交办日期", "签收日期", "沟通日期", "沟通方式",
    "答复日期", "答复文号", "办理结果", "承诺事项", "承诺期限", "态度评价", "结果评价", "公开属性", "备注",
)  # fmt: skip

UNSPLIT_UNITS = "承办单位"
"""Not a standard heading: leads and co-units in one column."""
PROPOSER_KIND = "提案者类别"
"""Not a standard heading: says only what sort of proposer it is."""
EITHER_KIND = "类别"
"""Not a standard heading: 类型 or 分类, as its values decide."""
LOOSE_TEXT = "内容"
"""Not a standard heading: the title where the sheet has no other, else the text."""

CHOICES = (*STANDARD, UNSPLIT_UNITS, PROPOSER_KIND)
"""What a person may say that a column is."""

REMARK, FIRST_SHEET, FIRST_ROW = "导入备注", "原工作表", "原行号"
"""What the spreadsheet of refused rows says of each row before its own cells; read again, they say nothing."""

LEVELS = ">"
"""Between the two parts of a two-level heading where it is named: 承办单位>主办."""

_PLAIN = {
    "届次": "会次 届别 届数 会议届次 所属届次 届次会议 所属会议 会议名称 届会 大会届次",
    "类型": "案别 件别 文种 建议提案类型 议案建议类型",
    "编号": (
        "案号 号数 件号 立案号 立案编号 流水号 第号 第号提案 第号建议 建议提案编号 建议提案号 "
        "议提案编号 案件编号"
    ),
    "案由": "标题 题目 名称 事由 议题 题名 案名 主要案由",
    "正文": "提案正文 建议正文 问题内容 情况反映 情况分析 主要内容 全文 问题及分析 存在问题",
    "具体建议": (
        "建议 意见建议 建议事项 具体意见建议 具体意见 建议措施 意见和建议 对策建议 具体建议事项 "
        "提案要求 建议要求"
    ),
    "提案者": (
        "提案人 提案人姓名 提案者姓名 提案委员 第一提案人 第一提案者 首提人 领衔代表 领衔人 "
        "领衔委员 领衔提案人 领衔代表姓名 领衔人姓名 代表姓名 委员姓名 建议人 建议人姓名 建议者 "
        "提出人 提出者 提议人 提交人 提交者 提案单位 第一反映人 建议代表 提建议人 提建议代表 "
        "提案人或领衔代表 提案人领衔代表 提出代表 议案领衔人"
    ),
    "联名": (
        "联名人 联名者 联名委员 联名代表 附议人 附议者 附议代表 附议委员 附议 联名提案人 "
        "联名提案者 其他提案人 联名姓名 联名人姓名 附议人姓名 共同提案人"
    ),
    "提出时间": (
        "提出日期 提交时间 提交日期 收到时间 收到日期 收到提案时间 收到建议时间 收件日期 "
        "收件时间 来件日期 提案时间 提案日期 建议时间 收案日期 收案时间"
    ),
    "分类": ("提案分类 建议分类 内容分类 主题分类 业务分类 所属类别 行业分类 提交分类 内容类别 分类名称"),
    "重点": (
        "是否重点 重点提案 重点建议 是否重点提案 是否重点建议 是否重点件 重点件 重点督办 "
        "是否重点督办 重点督办件"
    ),
    "主办单位": (
        "主办 牵头单位 牵头部门 主办部门 牵头办理单位 主办单位名称 主要承办单位 主承办单位 牵头 牵头主办单位"
    ),
    "会办单位": (
        "会办 协办 协办单位 配合单位 配合部门 协办部门 会办部门 会同办理单位 协助单位 参与单位 "
        "配合 协会办单位 协同单位 会办单位名称 协办单位名称 会办协办单位"
    ),
    "分办单位": "分办 分别办理单位 分办部门 分别承办单位 分别主办单位",
    "交办日期": "交办时间 转办日期 转办时间 分办时间 分办日期 交办日 交办年月日",
    "签收日期": "签收时间 接收日期 接收时间 签收日 接件日期",
    "沟通日期": (
        "沟通时间 联系日期 联系时间 面商日期 面商时间 走访日期 走访时间 见面日期 见面时间 "
        "沟通联系日期 沟通联系时间"
    ),
    "沟通方式": "沟通形式 面商方式 面商形式 走访方式 沟通联系方式 联系沟通方式",
    "答复日期": (
        "答复时间 办复日期 办复时间 办结日期 办结时间 回复日期 回复时间 复函日期 复文日期 "
        "答复日 正式答复日期 书面答复日期"
    ),
    "答复文号": (
        "文号 复文号 发文字号 复函文号 答复函号 答复字号 复文文号 发文文号 答复函文号 回复文号 答复件文号"
    ),
    "办理结果": (
        "办理类别 答复类型 办复类别 分类标记 类别标记 办理结果类别 结果类别 办理结果分类 "
        "答复类别 办理类型 办复结果 答复分类 办理结果标记 办理结果类型 办复类型 办理分类 "
        "答复标记 办结类别 采纳情况"
    ),
    "承诺事项": "承诺内容 承诺 承诺办理事项 承诺解决事项 承诺解决内容 答复承诺事项 答复承诺",
    "承诺期限": (
        "承诺时限 承诺完成时间 承诺完成时限 承诺完成期限 承诺时间 承诺日期 承诺办结时间 "
        "承诺解决时间 承诺解决时限 承诺兑现时限 完成时限 解决时限"
    ),
    "态度评价": (
        "态度 办理态度 办理态度评价 对办理态度 对办理态度评价 对办理态度的评价 态度满意度 "
        "办理态度满意度 对办理工作 对办理工作评价 对办理工作的评价 办理工作评价 评价态度"
    ),
    "结果评价": (
        "评价结果 办理结果评价 对办理结果 对办理结果评价 对办理结果的评价 结果满意度 "
        "办理结果满意度 满意度 评价 满意情况 满意度评价 代表评价 委员评价 代表满意度 委员满意度 "
        "满意程度 测评结果"
    ),
    "公开属性": (
        "公开类型 是否公开 是否同意公开 公开方式 信息公开选项 公开选项 公开情况 公开 "
        "是否同意对外公开 信息公开属性 公开意见"
    ),
    "备注": "附注 备考 说明",
    UNSPLIT_UNITS: "承办单位名称 承办部门 办理单位 办理部门 责任单位 承办",
    PROPOSER_KIND: (
        "提案人类别 提案者类型 提案人类型 提案人性质 提案者性质 提交者性质 代表类别 建议人类别 "
        "提案形式 提交形式"
    ),
    EITHER_KIND: "提案类别 建议类别 提案类型 建议类型 议案类别 性质类别",
    LOOSE_TEXT: "提案内容 建议内容 内容概述 提案建议内容",
}
_PREFIXES = (
    "提案",
    "建议",
    "议案",
    "建议提案",
    "提案建议",
    "议案建议",
    "议提案",
    "政协提案",
    "代表建议",
    "人大建议",
    "议案提案",
)
_PREFIXED = {
    "编号": ("编号", "号", "案号", "序号", "号码"),
    "案由": ("标题", "题目", "名称", "案由", "题名", "主题"),
}
_TOTAL = re.compile(
    r"(?:本[页表类]|以上|全部)?(?:合计|小计|总计|共计|累计|总数)(?:共?\d+(?:\.\d+)?[件个]?)?|共\d+(?:\.\d+)?[件个]"
)
_UNIT_OF_MEASURE = re.compile(
    r"\(?(?:单位:?)?(?:件|个|人|元|万元|%|条|次|天|日|年月日|年/月/日|是/否|√|份|名|位)\)?"
)


@cache
def _synonyms() -> dict[str, str]:
    table = {word: word for word in (*STANDARD, UNSPLIT_UNITS, PROPOSER_KIND, EITHER_KIND, LOOSE_TEXT)}
    for standard, words in _PLAIN.items():
        for word in words.split():
            if table.setdefault(word, standard) != standard:
                raise AssertionError(f"{word}: two standard headings")
    for standard, ends in _PREFIXED.items():
        for prefix in _PREFIXES:
            for end in ends:
                table.setdefault(prefix + end, standard)
    return table


def plain_heading(text: str) -> str:
    """A heading without what a printer adds: spaces, line breaks, widths, stars, colons, blanks to fill in."""
    folded = unicodedata.normalize("NFKC", text).replace("〔", "(").replace("〕", ")")
    folded = folded.replace("[", "(").replace("]", ")").replace("【", "(").replace("】", ")")
    return re.sub(r"[\s*※:_、“”\"'·]+", "", folded)


def is_total(text: str) -> bool:
    """合计, 总计:12件, 共12件: what stands on a row of totals."""
    return bool(_TOTAL.fullmatch(plain_heading(text)))


def is_unit_of_measure(text: str) -> bool:
    return bool(_UNIT_OF_MEASURE.fullmatch(plain_heading(text)))


def standard_of(text: str) -> str | None:
    """The standard (or one of the four further) heading that a heading's text means, None where none is known."""
    plain = plain_heading(text)
    if LEVELS in plain:
        return standard_of_levels(*plain.split(LEVELS, 1))
    table = _synonyms()
    for attempt in _attempts(plain):
        if attempt in table:
            return table[attempt]
    return None


def _attempts(plain: str) -> list[str]:
    attempts = [plain, re.sub(r"[()/]", "", plain)]
    if match := re.fullmatch(r"([^()]+)\(([^()]*)\)", plain):
        attempts += [match[1], match[2]]
    elif match := re.fullmatch(r"\(([^()]*)\)([^()]+)", plain):
        attempts += [match[2]]
    if "/" in plain:
        attempts += reversed(plain.split("/"))
    return [attempt for attempt in attempts if attempt]


def standard_of_levels(top: str, sub: str) -> str | None:
    """A two-level heading, 承办单位 above 主办: together, the other way round, else the lower alone; 答复情况 above
    文号 is the 文号 of the 答复.
    """
    if not sub or is_unit_of_measure(sub):
        return standard_of(top)
    if not top:
        return standard_of(sub)
    bare = top.removesuffix("情况")
    return standard_of(top + sub) or standard_of(bare + sub) or standard_of(sub + bare) or standard_of(sub)
