"""docs/manual/life.svg: the life of an item as a picture, drawn from the declared steps.

A lane for each thing that has a state of its own. From left to right the way it goes when all goes well, with the
steps on the arrows; below it the other states; under each the steps that lead there otherwise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from huiyin.words import (
    AssignmentState,
    EvaluationState,
    PromiseState,
    ProposalState,
    ReplyState,
    SecondHandlingState,
    Word,
)

A, P, R, E, S = AssignmentState, ProposalState, ReplyState, EvaluationState, SecondHandlingState
LANES: tuple[tuple[str, Sequence[Word]], ...] = (
    (
        "提案、建议",
        (P.RECEIVED, P.REVIEWED, P.FILED, P.HANDED_OVER, P.REGISTERED, P.ANSWER_CLOSED, P.SETTLED),
    ),
    ("每个承办单位", (A.OFFERED, A.SIGNED, A.PLANNED, A.ANSWERED, A.CLOSED)),
    ("答复", (R.DRAFT, R.IN_REVIEW, R.SIGNED, R.IN_CHECK, R.PASSED, R.ISSUED)),
    ("评价", (E.INVITED, E.SUBMITTED)),
    ("重新办理", (S.PROPOSED, S.ORDERED, S.DONE)),
    ("承诺", (PromiseState.ACTIVE, PromiseState.CLAIMED, PromiseState.KEPT)),
)
WIDE, HIGH, APART, LINE = 104, 36, 216, 19
LEFT, TOP, MARGIN = 150, 40, 24
ALONG = 7  # states in a row
CHARACTERS = 14  # in a line under a box

STYLE = """
  text { font: 14px "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; fill: #1f2937; }
  .lane { font-weight: 700; font-size: 16px; } .by, .other { font-size: 13px; fill: #4b5563; }
  rect.main { fill: #e8f0fe; stroke: #1d4f91; } rect.side { fill: #f3f4f6; stroke: #6b7280; }
  path { stroke: #1d4f91; stroke-width: 1.5; fill: none; marker-end: url(#tip); }
"""
HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title">
<title id="title">一件提案从收到到落实的过程</title>
<style>{style}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">
<polygon points="0,0 8,4 0,8" fill="#1d4f91"/></marker></defs>
<rect width="{width}" height="{height}" fill="#ffffff"/>
"""


@dataclass(frozen=True)
class Way:
    """A step that leads to a state."""

    label: str
    sources: frozenset[Word]
    to: Word


def ways_to(lane: type[Word]) -> list[Way]:
    """Every step that brings something into one of these states, in the order of the procedure."""
    from huiyin.desks.procedure import place_of
    from huiyin.journal.step import STEPS
    from tests.project.drawn import in_order, targets

    ways = []
    for step in sorted(STEPS.values(), key=lambda step: (place_of(step), step.code)):
        # By their class, too: as a word, 已签收 of a share and 已签发 of a reply are both "signed".
        reached = [state for state in in_order(targets(step)) if type(state) is lane]
        sources = frozenset(state for state in step.source or () if type(state) is lane)
        # Of several, one that it may start from is where it stays: decided twice, or checked after issue.
        into = [state for state in reached if state not in sources or state is reached[0]]
        ways += [Way(step.label, sources, state) for state in into]
    return ways


def life() -> str:
    """The picture."""
    import huiyin.steps  # noqa: F401  declares them

    drawn, y = [], TOP
    for name, main in LANES:
        parts, y = _lane(name, main, y)
        drawn += parts
    head = HEAD.format(width=LEFT + ALONG * APART, height=y, style=STYLE)
    return head + "\n".join(drawn) + "\n</svg>\n"


def _lane(name: str, main: Sequence[Word], y: int) -> tuple[list[str], int]:
    side = [state for state in type(main[0]) if state not in main]
    ways = ways_to(type(main[0]))
    drawn = [f'<text class="lane" x="{MARGIN}" y="{y + 24}">{name}</text>']
    parts, deepest = _row(main, "main", ways, y)
    drawn += parts
    if side:
        parts, deepest = _row(side, "side", ways, deepest + 14)
        drawn += parts
    return drawn, deepest + 34


def _row(states: Sequence[Word], kind: str, ways: list[Way], y: int) -> tuple[list[str], int]:
    """Boxes beside each other; gives what is drawn and how far down it reaches."""
    drawn, deepest = [], y + HIGH
    for place, state in enumerate(states):
        x = LEFT + place * APART
        before = states[place - 1] if place and kind == "main" else None
        onward = [way for way in ways if way.to == state and before in way.sources]
        drawn.append(f'<rect class="{kind}" x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="6"/>')
        drawn.append(
            f'<text x="{x + WIDE / 2}" y="{y + 23}" text-anchor="middle">{escape(state.label)}</text>'
        )
        if onward:
            drawn += _arrow(x, y, [way.label for way in onward])
        others = [way for way in ways if way.to == state and way not in onward]
        lines = _folded(dict.fromkeys(way.label for way in others))
        for number, line in enumerate(lines):
            drawn.append(f'<text class="other" x="{x}" y="{y + HIGH + LINE * (number + 1)}">{line}</text>')
        deepest = max(deepest, y + HIGH + LINE * len(lines))
    return drawn, deepest


def _arrow(x: int, y: int, labels: list[str]) -> list[str]:
    """From the box before, with the steps that lead along it: the first above the line, the others below it."""
    start, middle = x - APART + WIDE + 4, x - (APART - WIDE) / 2
    said = [(y + HIGH / 2 - 6, labels[0])]
    said += [(y + HIGH / 2 + LINE * number, label) for number, label in enumerate(labels[1:], start=1)]
    texts = [
        f'<text class="by" x="{middle}" y="{at}" text-anchor="middle">{label}</text>' for at, label in said
    ]
    return [f'<path d="M{start} {y + HIGH / 2}H{x - 4}"/>', *texts]


def _folded(labels: Iterable[str]) -> list[str]:
    """「由…」 under a box, in lines that stay beside the next one."""
    lines: list[str] = []
    for label in labels:
        if lines and len(lines[-1]) + len(label) < CHARACTERS:
            lines[-1] += f"、{label}"
        else:
            lines.append(label)
    return [f"← {line}" for line in lines]
