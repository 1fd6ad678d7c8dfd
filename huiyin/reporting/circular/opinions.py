"""What the proposers said of the handling: each rate with the base on which it stands, a shared base said once."""

from huiyin.reporting.circular.head import Terms
from huiyin.reporting.circular.prose import Figures
from huiyin.reporting.scope import Figure
from huiyin.words import Dimension, Grade


def opinions(figures: Figures, terms: Terms) -> str:
    """By dimension; the round that counts is said once."""
    rates = [rate for rate in figures.starting("satisfaction.") if rate.code.endswith(".rate") and rate.of]
    if not rates:
        return ""
    said, before = [], None
    for rate in rates:
        later = rate.code == f"satisfaction.{Dimension.FULFILMENT}.rate"
        stated = "" if before and (before.of, before.base) == (rate.of, rate.base) else _base(rate, later)
        said.append(f"{stated}{_graded(figures, rate, terms)}")
        before = rate
    round_of = rates[0].note.split("；")[0]
    return f"{'；'.join(said)}（{round_of}）。"


def measure_of(rate: Figure) -> str:
    return "份" if "意见表" in rate.base else "件"


def _base(rate: Figure, later: bool) -> str:
    """收回的征询意见表 500 -> 收回征询意见表500份; a base of items is named as the figure names it."""
    base = rate.base.replace("收回的", "收回").replace("发出的", "发出")
    when = "承诺兑现后再次征求意见，" if later else ""
    return f"{when}{base}{{{rate.code}/}}{measure_of(rate)}，"


def _graded(figures: Figures, rate: Figure, terms: Terms) -> str:
    name, measure = rate.code.removesuffix(".rate"), measure_of(rate)
    grades = ((f"{name}.{grade}", f"{grade.label}{{{name}.{grade}}}{measure}") for grade in Grade)
    about = rate.label.removesuffix("满意和基本满意率")
    return f"对{about}表示{figures.listed(*grades)}，满意和基本满意率{{{rate.code}%}}"
