"""考核: the catalogue of what a unit can be scored by, the entry of a pack, and how it is read.

A measure is a share of rows that are as they should be, or a number of cases that each cost something. Which rows, the
code says and tests; a pack chooses measures, weights and ranges. No expressions: a formula can be read by anybody.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from huiyin.rulepacks.citing import Sources
from huiyin.rulepacks.periods import NO_SOURCE, Source
from huiyin.rulepacks.reading import Table
from huiyin.words import Kind


@dataclass(frozen=True)
class Measure:
    """What is measured, of which rows, and what shows it. against: each row costs; graded: 基本满意 is worth a part."""

    label: str
    base: str
    evidence: str
    against: bool = False
    graded: bool = False


MEASURES: dict[str, Measure] = {
    "signed_in_time": Measure("按时签收", "退办期限已过或者已签收的交办件", "签收的事件和退办期限"),
    "contact_made": Measure("答复前沟通", "已答复的主办、分办件", "沟通记录"),
    "answered_in_time": Measure(
        "按期答复", "已答复或答复期限已过、且日期可考的主办、分办件", "答复期限和送出答复的事件"
    ),
    "opinion_in_time": Measure(
        "按期提交会办意见", "已提交或期限已过、且日期可考的会办件", "会办意见期限和提交的事件"
    ),
    "fulfilment": Measure("承诺兑现", "已兑现、已终止或者已到期的承诺事项", "政府办认可的佐证"),
    "reports_in_time": Measure(
        "按期报告承诺进展", "已经到期或者已经报告、且日期可考的承诺进展报告", "进展报告的期限和报告的事件"
    ),
    "attitude": Measure("办理态度评价", "计入的征询意见表", "征询意见表", graded=True),
    "result": Measure("办理结果评价", "计入的征询意见表", "征询意见表", graded=True),
    "partner_rating": Measure("主办、会办互评", "已经公开的互评", "互评记录", graded=True),
    "late_replies": Measure("逾期答复", "每件逾期答复或者逾期未答复的件", "答复期限", against=True),
    "returns_refused": Measure("退办不成立", "每次未被同意的退办申请", "退办裁定", against=True),
    "slips": Measure("承诺延期", "每次推后的承诺期限", "期限变更的事件", against=True),
    "look_back_findings": Measure("回头看发现问题", "每次提出整改要求的回头看", "回头看记录", against=True),
    "urged": Measure("被催办", "每次催办", "催办记录", against=True),
    "redone": Measure("重新办理", "每次决定的重新办理", "重办决定", against=True),
}
BASIC, DAYS = 60, 15
MOST_POINTS = 100


@dataclass(frozen=True)
class Score:
    """One measure of the formula. points: the most it gives. low, high: the percent of the base at which points begin
    and at which all are given. each: what one case costs. basic: what 基本满意 is worth, in percent. within_days: how long the
    units of an item may rate each other after its answer."""

    measure: str
    points: int
    source: Source
    kind: Kind | None = None
    low: int = 0
    high: int = 100
    each: Decimal | None = None
    basic: int | None = None
    within_days: int | None = None
    assumed: bool = False
    note: str = ""

    @property
    def about(self) -> Measure:
        return MEASURES[self.measure]

    @property
    def label(self) -> str:
        return self.about.label

    @property
    def worth_of_basic(self) -> int:
        return BASIC if self.basic is None else self.basic

    @property
    def formula(self) -> str:
        """In words, as it stands on every page that shows points."""
        if self.about.against:
            return f"满分{self.points}分，{self.about.base}扣{self.each}分，扣完为止"
        least = f"，{self.low}%及以下不得分" if self.low else ""
        basic = f"，基本满意按{self.worth_of_basic}%计" if self.about.graded else ""
        return f"满分{self.points}分，按占{self.about.base}的比例计分，{self.high}%得满分{least}{basic}"


def score(table: Table, sources: Sources) -> Score:
    source, assumed = sources.cite(table)
    made = Score(
        measure=table.one_of("measure", MEASURES),
        points=table.number("points", 0, least=1, most=MOST_POINTS),
        source=source,
        kind=table.word_or_none("kind", Kind),
        low=table.number("low", 0, most=99),
        high=table.number("high", 100, least=1, most=100),
        each=table.read("each", read_points, "请写成“0.4”这样加引号的分数，最多一位小数"),
        basic=table.number("basic", BASIC, most=100) if table.has("basic") else None,
        within_days=table.number("within_days", DAYS, least=1, most=365)
        if table.has("within_days")
        else None,
        assumed=assumed,
        note=table.text("note", ""),
    )
    _check(table, made)
    return made


def read_points(text: str) -> Decimal | None:
    """A positive number of points, tenths at the finest; None where it is none."""
    try:
        made = Decimal(text)
    except InvalidOperation:
        return None
    fits = made.is_finite() and 0 < made <= MOST_POINTS and -int(made.as_tuple().exponent) <= 1
    return made if fits else None


def _check(table: Table, made: Score) -> None:
    """Nothing stands in the pack that the measure makes no use of."""
    if not table.has("points"):
        table.say("", "缺少points，请写明这一项满分多少。")
    if made.measure not in MEASURES:
        return
    about = made.about
    if about.against and made.each is None and not table.has("each"):
        table.say("", f"缺少each，请写明“{about.label}”每次扣多少分。")
    if about.against and (table.has("low") or table.has("high")) and (made.low, made.high) != (0, 100):
        table.say("low", f"“{about.label}”按次扣分，不用写low和high。")
    if not about.against and made.each is not None:
        table.say("each", f"“{about.label}”按比例计分，不用写each。")
    if made.low >= made.high:
        table.say("high", "high应当大于low。")
    if made.basic is not None and not about.graded:
        table.say("basic", f"“{about.label}”不分等次，不用写basic。")
    if made.within_days is not None and made.measure != "partner_rating":
        table.say("within_days", "只有互评（partner_rating）要写within_days。")


def _usual(measure: str, points: int, low: int = 0, each: str = "") -> Score:
    return Score(measure, points, NO_SOURCE, low=low, each=Decimal(each) if each else None, assumed=True)


# Where a pack has no formula of its own: what is carried out weighs most, what is answered by a date less.
USUAL_SCORING = (
    _usual("signed_in_time", 5, 50),
    _usual("contact_made", 10, 50),
    _usual("answered_in_time", 15, 50),
    _usual("opinion_in_time", 5, 50),
    _usual("fulfilment", 25),
    _usual("reports_in_time", 5, 50),
    _usual("attitude", 5, 50),
    _usual("result", 15, 50),
    _usual("partner_rating", 5),
    _usual("returns_refused", 2, each="1"),
    _usual("slips", 4, each="1"),
    _usual("look_back_findings", 4, each="2"),
)
