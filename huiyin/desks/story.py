"""经过: the events of an item in sentences, all or of one kind."""

from dataclasses import dataclass

from huiyin.journal.models import Event

# A kind, its label, and the beginnings of the codes that belong to it; an event is of the first kind that fits.
KINDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "deadlines",
        "期限",
        (
            "clock.",
            "deadline.",
            "assignment.ask_extension",
            "assignment.explain_extension",
            "assignment.rule_extension",
            "assignment.pause",
            "assignment.resume",
            "promise.move_date",
            "promise.set_date",
        ),
    ),
    ("contacts", "沟通", ("contact.",)),
    ("replies", "答复", ("reply.", "assignment.answer")),
    ("evaluations", "评价重办", ("evaluation.", "second_handling.")),
    ("promises", "承诺落实", ("promise.", "proposal.settle")),
    ("supervision", "督办", ("urging.", "instruction.", "inspection.", "look_back.", "leadership.")),
    (
        "decisions",
        "立案交办",
        (
            "proposal.",
            "proposership.",
            "assignment.assign",
            "assignment.re",
            "assignment.rule_",
            "assignment.cancel",
        ),
    ),
    ("handling", "办理", ("assignment.",)),
)
ALL = ""
SHOWN = 12  # lines that stand open


@dataclass(frozen=True)
class Story:
    """The lines of one kind, and how many there are of each."""

    chosen: str
    lines: list[Event]
    kinds: list[tuple[str, str, int]]
    total: int

    @property
    def open(self) -> list[Event]:
        return self.lines[:SHOWN]

    @property
    def folded(self) -> list[Event]:
        return self.lines[SHOWN:]


def kind_of(code: str) -> str:
    return next((kind for kind, _, starts in KINDS if code.startswith(starts)), ALL)


def story_of(events: list[Event], chosen: str) -> Story:
    """An unknown kind shows everything."""
    of_kind = [kind_of(event.code) for event in events]
    kinds = [(kind, label, of_kind.count(kind)) for kind, label, _ in KINDS if kind in of_kind]
    known = chosen if chosen in of_kind else ALL
    lines = [event for event, kind in zip(events, of_kind, strict=True) if known in (ALL, kind)]
    return Story(known, lines, kinds, len(events))
