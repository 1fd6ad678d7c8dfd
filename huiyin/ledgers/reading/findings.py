"""Collecting what there is to say about one row, every sentence naming the row and the column."""

from dataclasses import dataclass, field

from huiyin.ledgers.reading.headings import Heading
from huiyin.ledgers.reading.shapes import Problem, ProblemKind


@dataclass
class Findings:
    """The problems of one row; `place` names the sheet where the file has several."""

    sheet: str
    row: int
    heading: Heading
    several_sheets: bool
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, standard: str, what: str, name: str) -> None:
        self._add(standard, what, name, ProblemKind.REFUSED)

    def gap(self, standard: str, what: str, name: str) -> None:
        self._add(standard, what, name, ProblemKind.GAP)

    @property
    def refused(self) -> bool:
        return any(problem.kind == ProblemKind.REFUSED for problem in self.problems)

    def _add(self, standard: str, what: str, name: str, kind: ProblemKind) -> None:
        column = self.heading.name_of(standard)
        sentence = f"{place(self.sheet, self.row, self.several_sheets)}“{column}”：{what}。"
        self.problems.append(Problem(self.sheet, self.row, column, kind, sentence, name))


def place(sheet: str, row: int, several_sheets: bool) -> str:
    return f"工作表“{sheet}”第{row}行" if several_sheets else f"第{row}行"
