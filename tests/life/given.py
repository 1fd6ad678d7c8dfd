"""What somebody fills in for a step, made from the declaration of its fields alone: mostly sense, at times nonsense."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from huiyin.clock.now import now, today
from huiyin.journal.fields import Field
from huiyin.journal.step import Step
from huiyin.people.models import Post, Proposer, Unit
from huiyin.proposals.models import Proposal

LINES = ["经研究办理", "情况属实", "材料已经补齐", "需要上级支持"]
NONSENSE = [None, "", "   ", "胡写一气", "机密★十年", "长" * 501]
# Days from today that people write down as dates.
DAYS = [20, 90, 300, 1, 0, -1, -30, 2000]
CODES = {
    "number": ["", "", "127", "0094", "闭字1"],
    "document_number": ["淄教函〔2020〕8号", "淄教字〔2021〕3号"],
    "taxonomy": ["category", "本市专题"],
    "name": ["海洋", "托育"],
    "item_class": ["科教文卫体", "工交城建", "没有这一类"],
    "code": ["届次甲", "届次乙"],
    "digest": ["00ff"],
}
NUMBERS = [1, 3, 5, 0, 7]


class Filled:
    """Draws the data of one call; `sense` says whether each value fits what the field asks for."""

    def __init__(self, data: Any, step: Step, obj: Any, actor: Any, *, sense: bool) -> None:
        self.data, self.step, self.obj, self.actor, self.sense = data, step, obj, actor, sense

    def pick(self, choices: Any) -> Any:
        return self.data.draw(st.sampled_from(list(choices)))

    def often(self, times: int = 4) -> bool:
        """True so many times out of that and one more; the first choice is what shrinking ends with."""
        return self.pick([True] * times + [False])

    def values(self) -> dict[str, Any]:
        made = {}
        for spec in self.step.fields:
            if self.sense and not spec.required and spec.kind != "table" and self.often(1):
                continue
            value = self.value(spec)
            if value is not None or not self.sense:
                made[spec.name] = value
        return self._fitting(made)

    def value(self, spec: Field) -> Any:
        if not self.sense and not self.often(2):
            return self.pick(NONSENSE) if spec.kind in ("text", "line", "code", "word", "choice") else None
        return getattr(self, f"_{spec.kind}")(spec)

    def _text(self, spec: Field) -> str:
        return self.pick(LINES)

    _line = _text

    def _code(self, spec: Field) -> str:
        return self.pick(CODES.get(spec.name, LINES))

    def _date(self, spec: Field) -> Any:
        return today() + timedelta(days=self.pick(DAYS))

    def _moment(self, spec: Field) -> Any:
        return now() - timedelta(days=self.pick([2, 1, 0, 10, 40]), hours=self.pick([0, 5]))

    def _word(self, spec: Field) -> str:
        assert spec.words is not None
        return self.pick(spec.words)

    def _choice(self, spec: Field) -> str | None:
        assert spec.options is not None
        codes = [code for code, _ in spec.options(self.obj, self.actor)]
        return self.pick(codes) if codes else None

    def _number(self, spec: Field) -> int:
        return self.pick(NUMBERS)

    def _amount(self, spec: Field) -> Decimal:
        return Decimal(self.pick(NUMBERS)) / 4

    def _flag(self, spec: Field) -> bool:
        return self.pick([True, False])

    def _files(self, spec: Field) -> None:
        return None

    def _rows(self, spec: Field) -> list[Any]:
        rows = self._offered(spec)
        return self.data.draw(st.lists(st.sampled_from(rows), max_size=3, unique_by=id)) if rows else []

    def _row(self, spec: Field) -> Any:
        rows = self._offered(spec)
        if not self.sense and not self.often(1):
            rows = [row for model in (Unit, Post, Proposer, Proposal) for row in self._all(model, rows)]
        return self.pick(rows) if rows else None

    def _offered(self, spec: Field) -> list[Any]:
        assert spec.options is not None
        return list(spec.options(self.obj, self.actor).order_by("pk"))

    @staticmethod
    def _all(model: Any, rows: list[Any]) -> list[Any]:
        """Every row of the model that the field offers, whether or not it is on offer."""
        return list(model.objects.order_by("pk")) if rows and isinstance(rows[0], model) else []

    def _table(self, spec: Field) -> list[dict[str, Any]]:
        if spec.initial is not None and any(column.kind == "row" for column in spec.columns):
            return [self._line_of(spec, row) for row in spec.initial(self.obj) if self.often(9)]
        return [self._line_of(spec, {}) for _ in range(self.pick([1, 2, 3]))]

    def _line_of(self, spec: Field, about: dict[str, Any]) -> dict[str, Any]:
        """A line about a row keeps that row."""
        return {
            column.name: about[column.name]
            if column.kind == "row" and column.name in about
            else self.value(column)
            if not column.required or self.sense
            else self.value(column) or LINES[0]
            for column in spec.columns
        }

    def _fitting(self, made: dict[str, Any]) -> dict[str, Any]:
        """Values that people choose together."""
        mark = made.get("mark")
        if mark and self.sense and hasattr(self.obj, "proposal"):  # of an item, not of a list to choose from
            meanings = self.obj.proposal.pack.mark(self.obj.proposal.kind, mark).meanings
            made["meaning"] = self.pick(meanings)
            if "meaning_note" in {spec.name for spec in self.step.fields}:
                made["meaning_note"] = LINES[0]
        return made
