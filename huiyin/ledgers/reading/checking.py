"""One record becomes a Row: every cell read, and everything said that can be known without a database (design §8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import TypeVar

from huiyin.clock.said import in_full
from huiyin.files.marking import classified_marking, marking_sentence
from huiyin.ledgers.reading import meanings
from huiyin.ledgers.reading.columns import PROPOSER_KIND, UNSPLIT_UNITS
from huiyin.ledgers.reading.dates import BadDateError, read_date, read_deadline
from huiyin.ledgers.reading.findings import Findings
from huiyin.ledgers.reading.headings import Heading
from huiyin.ledgers.reading.lines import Line
from huiyin.ledgers.reading.shapes import Contact, Promise, Proposer, Row, Units, plain_number
from huiyin.ledgers.reading.sheets import Cell, cell_text
from huiyin.ledgers.reading.splitting import split_each, split_list, split_points

TITLE_LENGTH = 500
T = TypeVar("T")
_KEPT_OF_CLASSIFIED = (
    "编号",
    "提出时间",
    "交办日期",
    "答复日期",
    "主办单位",
    "会办单位",
    "分办单位",
    UNSPLIT_UNITS,
)


@dataclass(frozen=True)
class Terms:
    """What a file is read against: the pack's marks (word to code) and the day the plenary opened."""

    marks: Mapping[str, str]
    opened_on: date | None


class RecordReader:
    """Reads the cells of one record; what it finds wrong goes to `findings`."""

    def __init__(self, line: Line, heading: Heading, findings: Findings, terms: Terms) -> None:
        self.line, self.heading, self.findings, self.terms = line, heading, findings, terms

    def row(self) -> Row | None:
        """The row, None where it is refused."""
        if self._classified():
            return None
        row = self._identified()
        row = self._dated(self._handled(row))
        row = self._evaluated(self._promised(row))
        self._report_gaps(row)
        return None if self.findings.refused else replace(row, problems=tuple(self.findings.problems))

    def kept_cells(self) -> dict[str, str]:
        """The cells as they stood; of a classified row only those that the system may hold."""
        names = self.heading.names
        cells = {name: cell_text(cell) for name, cell in zip(names, self.line.cells, strict=True)}
        if self._marked():
            allowed = {self.heading.name_of(standard) for standard in _KEPT_OF_CLASSIFIED}
            return {
                name: text for name, text in cells.items() if name in allowed and not classified_marking(text)
            }
        return cells

    def _marked(self) -> list[tuple[str, str]]:
        cells = zip(self.heading.names, self.line.cells, strict=True)
        return [(name, level) for name, cell in cells if (level := classified_marking(cell_text(cell)))]

    def _classified(self) -> bool:
        for name, level in self._marked():
            self.findings.refuse(name, marking_sentence(level), "classified")
        return self.findings.refused

    def _cell(self, standard: str) -> Cell:
        index = self.heading.columns.get(standard)
        return "" if index is None else self.line.cells[index]

    def _text(self, standard: str) -> str:
        """A cell's text, empty where it holds 无 or a dash."""
        text = cell_text(self._cell(standard))
        return "" if meanings.says_nothing(text) else text

    def _identified(self) -> Row:
        title = self._text("案由")
        if not title:
            self.findings.refuse("案由", "没有填写，请补上标题后重新导入", "title")
        elif len(title) > TITLE_LENGTH:
            what = f"标题有{len(title)}字，超过{TITLE_LENGTH}字，请缩短，其余内容写入“正文”"
            self.findings.refuse("案由", what, "title_length")
        kind = self._known("类型", meanings.read_kind, "不是提案、建议或议案，按本次会议的类型登记")
        names = self.heading.names
        columns = {standard: names[index] for standard, index in self.heading.columns.items()}
        return Row(
            sheet=self.findings.sheet,
            row=self.line.row,
            cells=self.kept_cells(),
            columns=columns,
            title=title,
            term=self._text("届次"),
            kind=str(kind[0]) if kind else "",
            from_motion=bool(kind and kind[1]),
            number=plain_number(self._text("编号")),
            text=self._text("正文"),
            points=tuple(filter(None, split_points(self._text("具体建议")))),
            proposer=self._proposer(),
            cosigners=self._cosigners(),
            category=self._text("分类"),
            key_item=self._known("重点", meanings.read_key_item, "看不出是不是重点件，未作重点件登记"),
            remarks=self._text("备注"),
        )

    def _cosigners(self) -> tuple[str, ...]:
        names = split_list(self._text("联名"))
        if len(names) == 1 and meanings.is_headcount(names[0]):
            self.findings.gap("联名", f"只写了人数“{names[0]}”，没有姓名", "cosigners")
            return ()
        if kinds := [name for name in names if meanings.proposer_kind(name)]:
            self.findings.gap("联名", f"只写了联名者的类别“{'、'.join(kinds)}”，没有姓名", "cosigners")
        return tuple(name for name in names if name not in kinds)

    def _proposer(self) -> Proposer:
        kind = self._text(PROPOSER_KIND)
        if kind and not meanings.proposer_kind(kind):
            self.findings.gap(PROPOSER_KIND, f"“{_shorten(kind)}”看不出是哪一类提案者", "unknown_word")
        return meanings.read_proposer(self._text("提案者"), kind)

    def _handled(self, row: Row) -> Row:
        leads, co = split_list(self._text("主办单位")), split_list(self._text("会办单位"))
        unsplit = split_list(self._text(UNSPLIT_UNITS))
        units = Units(leads or unsplit[:1], co or unsplit[1:], split_list(self._text("分办单位")))
        return replace(row, units=units, reply_number=self._text("答复文号"), mark=self._mark())

    def _mark(self) -> str:
        text = self._text("办理结果")
        if not text:
            return ""
        code = meanings.read_mark(text, self.terms.marks)
        if code is None:
            codes = "、".join(dict.fromkeys(self.terms.marks.values()))
            what = f"“{_shorten(text)}”不是本地规则中的办理结果类别，请改为其中之一：{codes}"
            self.findings.refuse("办理结果", what, "mark")
        return code or ""

    def _dated(self, row: Row) -> Row:
        row = replace(
            row,
            handed_in_on=self._date("提出时间"),
            assigned_on=self._date("交办日期"),
            signed_on=self._date("签收日期"),
            replied_on=self._date("答复日期"),
            contacts=self._contacts(),
        )
        if row.assigned_on and row.replied_on and row.replied_on < row.assigned_on:
            what = f"答复日期{in_full(row.replied_on)}早于交办日期{in_full(row.assigned_on)}，请核对后改正"
            self.findings.refuse("答复日期", what, "reply_before_assignment")
        return row

    def _date(self, standard: str) -> date | None:
        cell = self._cell(standard)
        if isinstance(cell, str) and meanings.says_nothing(cell):
            return None
        return self._read(standard, cell, read_date)

    def _read(self, standard: str, cell: Cell, read: Callable[[Cell], date | None]) -> date | None:
        try:
            day = read(cell)
        except BadDateError as error:
            self.findings.refuse(standard, str(error), "date")
            return None
        if day and self.terms.opened_on and day < self.terms.opened_on:
            what = f"{in_full(day)}早于本次会议开幕日{in_full(self.terms.opened_on)}"
            self.findings.gap(standard, what, "before_plenary")
        return day

    def _parts(self, standard: str, split: Callable[[str], list[str]]) -> list[Cell]:
        """The several values of a cell; a date or number of the spreadsheet's own is one."""
        cell = self._cell(standard)
        return list(split(self._text(standard))) if isinstance(cell, str) else [cell]

    def _contacts(self) -> tuple[Contact, ...]:
        days = [self._read("沟通日期", part, read_date) for part in self._parts("沟通日期", split_each)]
        ways = split_each(self._text("沟通方式"))
        if ways and len(ways) > len(days):
            self.findings.gap(
                "沟通日期", f"写了{len(ways)}种沟通方式，只有{len(days)}个沟通日期", "contact_date"
            )
        elif ways and len(ways) == 1:
            ways *= len(days)
        elif len(ways) < len(days):
            self.findings.gap(
                "沟通方式", f"写了{len(days)}个沟通日期，只有{len(ways)}种沟通方式", "contact_way"
            )
        paired = [(_at(days, index), _at(ways, index)) for index in range(max(len(days), len(ways)))]
        return tuple(
            Contact(day, str(meanings.read_way(way)) if way else "", way or "") for day, way in paired
        )

    def _promised(self, row: Row) -> Row:
        whats = ["" if meanings.says_nothing(what) else what for what in split_points(self._text("承诺事项"))]
        parts = self._parts("承诺期限", lambda text: list(split_points(text)))
        days = [self._deadline(part) for part in parts]
        promises = tuple(Promise(what, by) for what, by in zip_longest(whats, days, fillvalue=None) if what)
        dated, given = sum(promise.by is not None for promise in promises), sum(map(bool, days))
        if given > dated:
            what = f"写了{given}个期限，只有{len(promises)}项承诺，多出的期限没有对应事项"
            self.findings.gap("承诺事项", what, "deadline_without_promise")
        if dated < len(promises):
            what = f"写了{len(promises)}项承诺，只有{dated}个期限"
            self.findings.gap("承诺期限", what, "promise_without_date")
        return replace(row, promises=promises)

    def _deadline(self, part: Cell) -> date | None:
        if isinstance(part, str) and meanings.says_nothing(part):
            return None
        return self._read("承诺期限", part, read_deadline)

    def _evaluated(self, row: Row) -> Row:
        unknown = "不是满意、基本满意或不满意，未作评价登记"
        attitude = self._known("态度评价", meanings.read_grade, unknown)
        result = self._known("结果评价", meanings.read_grade, unknown)
        publicity = self._known("公开属性", meanings.read_publicity, "看不出公开属性，按未定登记")
        return replace(
            row, attitude=str(attitude or ""), result=str(result or ""), publicity=str(publicity or "")
        )

    def _known(self, standard: str, read: Callable[[str], T | None], what: str) -> T | None:
        """A cell's meaning; unknown words are a gap and stay on the row as they stood."""
        text = self._text(standard)
        if not text:
            return None
        meaning = read(text)
        if meaning is None:
            self.findings.gap(standard, f"“{_shorten(text)}”{what}", "unknown_word")
        return meaning

    def _report_gaps(self, row: Row) -> None:
        gap = self.findings.gap
        if not row.number:
            gap("编号", "没有编号", "number")
        if not row.proposer.name:
            gap("提案者", _proposer_gap(row.proposer), "proposer")
        if not (row.units.leads or row.units.separate):
            gap(self._unit_column(), "没有主办或分办单位", "unit")
            if row.replied_on or row.reply_number or row.mark:
                gap("答复日期", "有答复内容而没有承办单位，答复保留在导入记录上", "reply_without_unit")
        if not row.assigned_on and not self._refused_in("交办日期"):
            gap("交办日期", "没有交办日期", "assigned_on")
        if row.mark and not row.replied_on and not self._refused_in("答复日期"):
            gap("答复日期", "有办理结果而没有答复日期", "mark_without_reply_date")

    def _unit_column(self) -> str:
        return UNSPLIT_UNITS if UNSPLIT_UNITS in self.heading.columns else "主办单位"

    def _refused_in(self, standard: str) -> bool:
        column = self.heading.name_of(standard)
        return any(problem.column == column and problem.name == "date" for problem in self.findings.problems)


def _at(values: list[T], index: int) -> T | None:
    return values[index] if index < len(values) else None


def _proposer_gap(proposer: Proposer) -> str:
    return "只写了提案者的类别，没有姓名或名称" if proposer.kind else "没有提案者"


def _shorten(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"
