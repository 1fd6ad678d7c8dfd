"""What there is to say about one row once the database has been asked; the reading has said the rest already."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from huiyin.ledgers.reading import Problem, ProblemKind, Row
from huiyin.ledgers.reading.findings import place

# A step's gap: the column that it is told about, and how. Left out: what the reading has found in the row already.
_WAIVED = {
    "part": ("分办单位", "没有写明各分办单位承办的内容"),
    "points": ("具体建议", "答复没有对具体建议逐条回应"),
    "mark": ("办理结果", "有答复而没有办理结果"),
    "meaning": ("办理结果", "“{mark}”有几种含义，没有写明是哪一种"),
    "evidence": ("办理结果", "办理结果为已经解决，没有佐证或办结日期"),
    "promise": ("承诺事项", "这一办理结果要有承诺，没有写明承诺事项、责任单位和期限"),
    "promise_date": ("承诺期限", "承诺没有期限，或期限超出规则的最长时限"),
    "explanation": ("沟通日期", "这一办理结果要事先说明原因，没有说明的记录和提案者的意见"),
    "contact_way": ("沟通方式", "没有写明沟通方式"),
    "co_opinion": ("会办单位", "没有会办意见"),
    "contact": ("沟通日期", "没有规则要求的沟通记录"),
    "agreement": ("主办单位", "没有各主办单位会签的记录"),
    "evaluation": ("结果评价", "评价不完整"),
    "reason": ("结果评价", "评价没有写明理由"),
}
_SAID_WHEN_READ = {
    "number": "number",
    "mark_date": "mark_without_reply_date",
    "promise_date": "promise_without_date",
}


class RowRefused(Exception):
    """The row stays out; what it did so far is taken back."""

    def __init__(self, standard: str, what: str, name: str) -> None:
        super().__init__(what)
        self.standard, self.what, self.name = standard, what, name


@dataclass
class Notes:
    """The problems of one row, in the order in which they were met."""

    row: Row
    several_sheets: bool
    problems: list[Problem] = field(default_factory=list)

    def gap(self, standard: str, what: str, name: str) -> None:
        self._add(standard, what, name, ProblemKind.GAP)

    def problem(self, standard: str, what: str, name: str) -> None:
        self._add(standard, what, name, ProblemKind.PROBLEM)

    def conflict(self, standard: str, given: object, stored: object) -> None:
        """A cell says something else than what is stored; the stored value stays."""
        what = f"写的是“{_short(given)}”，系统中已登记为“{_short(stored)}”，没有改动；要更正请在办件页面办理"
        self._add(standard, what, "conflict", ProblemKind.CONFLICT)

    def refused(self, refusal: RowRefused) -> Problem:
        """The row stays out: only its refusal is left to say."""
        self.problems.clear()
        self._add(refusal.standard, refusal.what, refusal.name, ProblemKind.REFUSED)
        return self.problems[0]

    def waived(self, names: Iterable[str]) -> None:
        """Requirements that old paper does not meet, each told once a row."""
        known = {problem.name for problem in (*self.row.problems, *self.problems)}
        for name in names:
            if name in known or _SAID_WHEN_READ.get(name) in known:
                continue
            known.add(name)
            standard, what = _WAIVED.get(name, ("案由", f"缺少“{name}”"))
            self.gap(standard, what.format(mark=self.row.mark), name)

    def _add(self, standard: str, what: str, name: str, kind: ProblemKind) -> None:
        row = self.row
        column = row.column(standard)
        sentence = f"{place(row.sheet, row.row, self.several_sheets)}“{column}”：{what.rstrip('。')}。"
        self.problems.append(Problem(row.sheet, row.row, column, kind, sentence, name))


def _short(value: object) -> str:
    text = "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text if len(text) <= 40 else text[:40] + "…"
