"""Finding the heading of a sheet, in one row or two, below merged titles and 填报单位 lines, and naming its columns."""

from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.ledgers.reading import columns
from huiyin.ledgers.reading.columns import plain_heading
from huiyin.ledgers.reading.shapes import LedgerError
from huiyin.ledgers.reading.sheets import Grid, cell_text, is_blank

SEARCHED_ROWS = 40
_KIND_WORDS = {"提案", "建议", "议案"}


@dataclass(frozen=True)
class Doubled:
    """A column left out because an earlier one already stands for the same heading."""

    name: str
    standard: str
    first: str


@dataclass(frozen=True)
class Heading:
    """Where the heading stands (from zero), what each column is called, and which column is which standard heading."""

    row: int
    depth: int
    names: tuple[str, ...]
    parts: tuple[frozenset[str], ...]
    columns: Mapping[str, int]
    ignored: tuple[str, ...]
    doubled: tuple[Doubled, ...]

    @property
    def first_data_row(self) -> int:
        return self.row + self.depth

    def name_of(self, standard: str) -> str:
        """The file's own words for a standard heading, the standard one where the file has no such column."""
        index = self.columns.get(standard)
        return standard if index is None else self.names[index]


@dataclass(frozen=True)
class _Candidate:
    row: int
    depth: int
    tops: list[str]
    subs: list[str]
    names: tuple[str, ...]
    mapped: list[bool]
    found: list[str | None]
    score: float


def checked_map(column_map: Mapping[str, str]) -> dict[str, str]:
    """The person's own 列名=标准列名, refused where the right side is no standard heading; an empty one leaves the
    column out.
    """
    allowed = columns.CHOICES
    for name, standard in column_map.items():
        if not plain_heading(name):
            raise LedgerError(f"列名对应“{name}={standard}”缺少等号左边的列名，请写成“列名=标准列名”")
        if standard and standard not in allowed:
            raise LedgerError(
                f"列名对应“{name}={standard}”中的“{standard}”不是标准列名，请从这些中选：{'、'.join(allowed)}"
            )
    return {plain_heading(name): standard for name, standard in column_map.items()}


def find_heading(grid: Grid, overrides: Mapping[str, str]) -> Heading | None:
    """The best heading among the first rows, None where the sheet has none."""
    shown = _filled(grid)
    candidates = [
        candidate
        for row in range(len(shown))
        for depth in (1, 2)
        if (candidate := _candidate(grid, shown, row, depth, overrides)) and _acceptable(candidate)
    ]
    if not candidates:
        return None
    best = max(candidates, key=lambda found: (_has_title(found), found.score, -found.depth, -found.row))
    return _settled(grid, best)


def likely_heading(grid: Grid) -> tuple[int, tuple[str, ...]]:
    """Where no heading is known: the first row about as full as the fullest, and its names, for a person to say what they
    mean. A title merged over all columns is one text; a row of values is often fuller than the heading above it.
    """
    shown = _filled(grid)
    full = [len({text for text in row if text}) for row in shown]
    enough = max(full, default=0)
    best = next(row for row, count in enumerate(full) if count * 3 >= enough * 2)
    return best, _names(["".join(text.split()) for text in shown[best]], [""] * grid.width)


def _filled(grid: Grid) -> list[list[str]]:
    """The texts of the first rows, every merged range filled with what it shows."""
    shown = [[cell_text(cell) for cell in row] for row in grid.cells[: SEARCHED_ROWS + 1]]
    for (top, left), (bottom, right) in grid.merged:
        for row in range(top, min(bottom + 1, len(shown))):
            for column in range(left, min(right + 1, grid.width)):
                shown[row][column] = cell_text(grid.cells[top][left])
    return shown


def _candidate(
    grid: Grid, shown: list[list[str]], row: int, depth: int, overrides: Mapping[str, str]
) -> _Candidate | None:
    tops = ["".join(text.split()) for text in shown[row]]
    subs = [""] * len(tops)
    spanned = False
    if depth == 2:
        if row + 1 >= len(shown):
            return None
        lower = ["".join(text.split()) for text in shown[row + 1]]
        spanned = any(top == row and bottom == row + 1 for (top, _), (bottom, _) in grid.merged)
        subs = ["" if sub == top else sub for top, sub in zip(tops, lower, strict=True)]
        tops = _carried(tops, subs)
        if not _reads_as_second_level(tops, subs, spanned, overrides):
            return None
    names = _names(tops, subs)
    found, mapped = [], []
    for top, sub, name in zip(tops, subs, names, strict=True):
        own = _overriding(top, sub, overrides, name)
        mapped.append(own is not None)
        found.append(columns.standard_of_levels(top, sub) if own is None else overrides[own])
    score = _known(found) + (0.5 if spanned else 0)
    return _Candidate(row, depth, tops, subs, names, mapped, found, score)


def _known(found: list[str | None]) -> int:
    """How many headings are known; also one of which a person has said that it is to be left out."""
    return len({standard for standard in found if standard}) + found.count("")


def _carried(tops: list[str], subs: list[str]) -> list[str]:
    """Without merged ranges only the first column under 承办单位 carries the word; the next ones take it over."""
    carried = list(tops)
    for index in range(1, len(tops)):
        if not carried[index] and subs[index]:
            carried[index] = carried[index - 1]
    return carried


def _reads_as_second_level(
    tops: list[str], subs: list[str], spanned: bool, overrides: Mapping[str, str]
) -> bool:
    real = [(top, sub) for top, sub in zip(tops, subs, strict=True) if sub]
    known = [
        (top, sub) for top, sub in real if columns.is_unit_of_measure(sub) or _lookup(top, sub, overrides)
    ]
    untitled = any(
        _lookup(top, "", overrides) == "案由" and (top, sub) not in known for top, sub in real if top
    )
    return bool(known) and not untitled and (spanned or len(known) * 2 > len(real))


def _lookup(top: str, sub: str, overrides: Mapping[str, str]) -> str | None:
    own = _overriding(top, sub, overrides)
    return columns.standard_of_levels(top, sub) if own is None else overrides[own]


def _overriding(top: str, sub: str, overrides: Mapping[str, str], name: str = "") -> str | None:
    """The entry of the person's own map that means this column: by the name it is shown under, else by its words."""
    words = (name, _joined(top, sub), top + sub, sub or top)
    return next((plain for text in words if (plain := plain_heading(text)) and plain in overrides), None)


def _joined(top: str, sub: str) -> str:
    return (
        f"{top}{columns.LEVELS}{sub}" if top and sub and not columns.is_unit_of_measure(sub) else top or sub
    )


def _has_title(candidate: _Candidate) -> bool:
    return "案由" in candidate.found or columns.LOOSE_TEXT in candidate.found


def _acceptable(candidate: _Candidate) -> bool:
    if any(own and found == "案由" for own, found in zip(candidate.mapped, candidate.found, strict=True)):
        return True  # somebody has said so
    known = _known(candidate.found)
    filled = {top for top in candidate.tops if top}
    return known >= 3 or (_has_title(candidate) and (known >= 2 or len(filled) == 1))


def _settled(grid: Grid, best: _Candidate) -> Heading:
    names = best.names
    wanted = _decided(grid, best)
    order = sorted(range(len(names)), key=lambda index: (not best.mapped[index], index))
    chosen: dict[str, int] = {}
    doubled = []
    for index in order:
        standard = wanted[index]
        if standard and standard in chosen:
            doubled.append(Doubled(names[index], standard, names[chosen[standard]]))
        elif standard:
            chosen[standard] = index
    start = best.row + best.depth
    taken = set(chosen.values())
    ignored = [
        name
        for index, name in enumerate(names)
        if index not in taken
        and (best.tops[index] or any(not is_blank(row[index]) for row in grid.cells[start:]))
    ]
    parts = tuple(
        frozenset(plain_heading(text) for text in (top, sub, top + sub) if text)
        for top, sub in zip(best.tops, best.subs, strict=True)
    )
    return Heading(best.row, best.depth, names, parts, chosen, tuple(ignored), tuple(doubled))


def _names(tops: list[str], subs: list[str]) -> tuple[str, ...]:
    """One name a column, the same name never twice, a column without a heading by its place."""
    names: list[str] = []
    for index, (top, sub) in enumerate(zip(tops, subs, strict=True)):
        base = name = _joined(top, sub) or f"第{index + 1}列"
        count = 1
        while name in names:
            count += 1
            name = f"{base}({count})"
        names.append(name)
    return tuple(names)


def _decided(grid: Grid, best: _Candidate) -> list[str | None]:
    """The further headings become standard ones, as the sheet's other columns and values say."""
    found = set(best.found)

    def decide(index: int, standard: str | None) -> str | None:
        if standard == columns.EITHER_KIND:
            return "类型" if _only_kinds(grid, best, index) else "分类"
        if standard == columns.LOOSE_TEXT:
            return "正文" if "案由" in found else "案由"
        if standard == columns.PROPOSER_KIND and "提案者" not in found:
            return "提案者"
        if standard == columns.UNSPLIT_UNITS and ("主办单位" in found or "会办单位" in found):
            return "主办单位"
        return standard

    decided = [decide(index, standard) for index, standard in enumerate(best.found)]
    explicit = best.found.index("主办单位") if "主办单位" in best.found else None
    if explicit is not None:
        # 承办单位 beside 主办单位 says nothing new: the explicit column is the one that counts
        for index, standard in enumerate(best.found):
            if standard == columns.UNSPLIT_UNITS and index < explicit:
                decided[index], decided[explicit] = None, "主办单位"
    return decided


def _only_kinds(grid: Grid, best: _Candidate, index: int) -> bool:
    """Whether every value of a column, on the rows that have a title, is 提案, 建议 or 议案."""
    title = next((at for at, found in enumerate(best.found) if found in ("案由", columns.LOOSE_TEXT)), index)
    own = plain_heading(best.subs[index] or best.tops[index])
    values = {
        plain_heading(cell_text(row[index]))
        for row in grid.cells[best.row + best.depth :]
        if not is_blank(row[title])
    } - {"", own}
    values = {value for value in values if not columns.is_total(value)}
    return bool(values) and values <= _KIND_WORDS
