"""The annexes: every figure with its base and note, and promises that have been carried out with their sources."""

from collections.abc import Iterator, Sequence
from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH

from huiyin.clock.said import in_full
from huiyin.reporting.circular import paper
from huiyin.reporting.circular.head import Terms
from huiyin.reporting.circular.outcomes import Outcome
from huiyin.reporting.circular.prose import BASE, COUNT, SHARE, Figures
from huiyin.reporting.circular.writer import Writer
from huiyin.reporting.families import stock
from huiyin.reporting.scope import Figure

FIGURES, STOCK, OUTCOMES = "统计数字一览表", "历届承诺落实情况", "部分承诺兑现情况"
FIGURE_COLUMNS = (("项目", 56), ("数量", 15), ("基数", 15), ("占比", 17), ("基数和口径", 53))
NUMERIC = (1, 2, 3)
STOCK_NOTE = (
    "“件”是答复时答应解决的件，答应的事项全部落实才算落实；“项”是承诺事项。"
    "各年落实、终止、还在落实和没有登记承诺的，合起来等于总数；推迟期限的，仍按最初的期限计算。"
)
OUTCOME_COLUMNS = (
    ("分类", 25),
    ("编号", 14),
    ("兑现的承诺", 31),
    ("单位", 23),
    ("依据", 40),
    ("确认日期", 23),
)
GROUPS = {
    "received": "收案与办结",
    "filed": "收案与办结",
    "merged": "收案与办结",
    "answer_closed": "收案与办结",
    "mark": "办理结果",
    "reply": "答复",
    "point": "具体建议",
    "handling": "承办",
    "contact": "沟通",
    "second_handling": "收案与办结",
    "promise": "承诺与落实",
    "fulfilment": "承诺与落实",
    "report": "承诺与落实",
    "topic": "由点及面",
    "repeat": "由点及面",
    "gap": "资料缺项",
}


def annexes(figures: Figures, outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    """Name and title of each annex there is."""
    titles = [FIGURES, *([STOCK] if stock.lines(figures) else []), *([OUTCOMES] if outcomes else [])]
    if len(titles) == 1:
        return [("附件", FIGURES)]
    return [(f"附件{n}", title) for n, title in enumerate(titles, 1)]


def write_annexes(
    writer: Writer, figures: Figures, outcomes: Sequence[Outcome], terms: Terms, as_of: date
) -> None:
    about = f"{terms.meeting}以来{terms.item}，截至{in_full(as_of)}"
    for name, title in annexes(figures, outcomes):
        if title == FIGURES:
            writer.annex(name, title, f"{about}。占比按件数四舍五入。")
            _figures(writer, figures)
        elif title == STOCK:
            writer.annex(name, title, f"截至{in_full(as_of)}。{STOCK_NOTE}")
            _stock(writer, figures)
        else:
            writer.annex(name, title, f"{about}。每类选列几项。")
            _outcomes(writer, outcomes)


def group_of(figure: Figure) -> str:
    """The heading under which a figure stands: its taxonomy, its dimension, else its family."""
    family = figure.code.split(".")[0]
    if family == "class":
        return figure.label.split("：")[0]
    if family == "satisfaction":
        return f"征求意见：{figure.label.split('：')[0].removesuffix('满意和基本满意率')}"
    return GROUPS.get(family, "领导与督办")


def _label(figure: Figure) -> str:
    """What the heading of its group says already is not said again."""
    if figure.code.startswith("satisfaction.") and figure.code.endswith(".rate"):
        return "满意和基本满意率"
    return figure.label.split("：", 1)[-1]


def _figures(writer: Writer, figures: Figures) -> None:
    table = writer.table(FIGURE_COLUMNS, NUMERIC)
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.code.startswith("stock."):
            continue  # has a table of its own
        groups.setdefault(group_of(figure), []).append(figure)
    for group, listed in groups.items():
        cells = writer.row(table)
        cells[0].paragraph_format.keep_with_next = True
        paper.put(cells[0], group, paper.HEADING, 10.5)
        table.rows[-1].cells[0].merge(table.rows[-1].cells[-1])
        for figure, said in _said(listed):
            _row(writer, writer.row(table), figure, said, figures)
    paper.widths(table, [width for _, width in FIGURE_COLUMNS])


def _said(listed: list[Figure]) -> Iterator[tuple[Figure, str]]:
    """Each figure with what its base is; the same as in the line above is not written out again."""
    above = ""
    for figure in listed:
        said = "；".join(text for text in (figure.base, figure.note) if text)
        yield figure, "同上" if said and said == above else said
        above = said


def _row(writer: Writer, cells: list, figure: Figure, said: str, figures: Figures) -> None:
    paper.put(cells[0], _label(figure), paper.SMALL, 10.5)
    for place, part in zip(NUMERIC, (COUNT, BASE, SHARE), strict=True):
        cells[place].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if part == COUNT or (figure.of is not None if part == BASE else figure.percent is not None):
            writer.number(cells[place], figures.number(figure.code, part), 10.5)
    paper.put(cells[4], said, paper.SMALL, 9)


def _stock(writer: Writer, figures: Figures) -> None:
    """A row for items and one for promises of each plenary, every number in a control of its own."""
    columns = (("届次和单位", 34), *((label, 11) for _, label in stock.COLUMNS))
    table = writer.table(columns, tuple(range(1, len(columns))))
    for line in stock.lines(figures):
        cells = writer.row(table)
        paper.put(cells[0], f"{line.plenary}（{line.unit}）", paper.SMALL, 9)
        for cell, (name, _) in zip(cells[1:], stock.COLUMNS, strict=True):
            cell.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if found := line.of(name):
                writer.number(cell, figures.number(found.code, COUNT), 9)
    paper.widths(table, [width for _, width in columns])


def _outcomes(writer: Writer, outcomes: Sequence[Outcome]) -> None:
    table = writer.table(OUTCOME_COLUMNS)
    for outcome in outcomes:
        texts = (
            outcome.class_name,
            outcome.number,
            outcome.what,
            outcome.unit,
            outcome.source,
            f"{outcome.accepted_on.year}.{outcome.accepted_on.month}.{outcome.accepted_on.day}",
        )
        for cell, text in zip(writer.row(table), texts, strict=True):
            paper.put(cell, text, paper.SMALL, 9)
    paper.widths(table, [width for _, width in OUTCOME_COLUMNS])
