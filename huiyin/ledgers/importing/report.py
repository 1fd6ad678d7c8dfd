"""What an import has come to: counted by row, with everything there is to say."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from huiyin.ledgers.reading import Column, Problem, ProblemKind

Told = Callable[[int], object]
"""Long work tells how much there is to do, and then how much more has been done, for a progress bar."""

CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"
OUTCOMES = (CREATED, UPDATED, UNCHANGED, REFUSED)


def unheard(count: int) -> None:
    """Where nobody watches."""


@dataclass
class Report:
    """Every row has one outcome: `rows` is their sum."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    ignored: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    import_id: int | None = None

    def count(self, outcome: str) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)

    @property
    def rows(self) -> int:
        return sum(getattr(self, outcome) for outcome in OUTCOMES)

    @property
    def wrong(self) -> list[Problem]:
        """What somebody has to see to; a gap is what old paper does not say, and no fault."""
        return [problem for problem in self.problems if problem.kind != ProblemKind.GAP]

    def counts(self) -> dict[str, int]:
        return {"rows": self.rows} | {outcome: getattr(self, outcome) for outcome in OUTCOMES}

    def as_dict(self) -> dict[str, Any]:
        """The shape that the command prints (design §8)."""
        problems = [problem.as_dict() for problem in self.problems]
        return {**self.counts(), "ignored": list(self.ignored), "problems": problems}
