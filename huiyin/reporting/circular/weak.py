"""Weak points and next steps, read off the figures: each weak point has its figure, each next step its weak point."""

from collections.abc import Callable
from dataclasses import dataclass

from huiyin.reporting.circular.head import Terms
from huiyin.reporting.circular.prose import Figures, Paragraph

ORDINALS = "一二三四五六七八"
MOST_GAPS = 3


@dataclass(frozen=True)
class Weakness:
    """When it shows, how it is said, and what is done about it."""

    shows: Callable[[Figures], bool]
    said: str
    remedy: str


def _lags(figures: Figures) -> bool:
    """Replies given, promises not kept: the reply was taken as the end."""
    replied, kept = figures.get("reply.rate"), figures.get("fulfilment.rate")
    if replied is None or kept is None or not replied.of or not kept.of:
        return False
    return kept.count * replied.of < replied.count * kept.of


WEAKNESSES = (
    Weakness(
        _lags,
        "重答复、轻落实的问题仍然存在，办复率为{reply.rate%}，落实率只有{fulfilment.rate%}",
        "把工作重心放到落实上，承诺事项逐项跟踪到确认销号为止",
    ),
    Weakness(
        lambda figures: figures.count("promise.overdue") > 0,
        "有{promise.overdue}项承诺到期没有落实",
        "对到期未落实的承诺逐项列出清单，由责任单位说明原因、重新明确期限",
    ),
    Weakness(
        lambda figures: figures.falls_short("reply.rate"),
        "已交办的{reply.rate/}件中只有{reply.rate}件全部答复",
        "对尚未答复的逐件催办，难办的由领导牵头协调",
    ),
    Weakness(
        lambda figures: figures.falls_short("reply.on_time"),
        "期限可考的{reply.on_time/}件中按期答复的为{reply.on_time}件，存在易办的先办、难办的拖后的现象",
        "难办事项提前研究、提前沟通，用好延期和中止规定，不拖到期限之后",
    ),
    Weakness(
        lambda figures: figures.count("satisfaction.result.dissatisfied") > 0,
        "对办理结果不满意的评价有{satisfaction.result.dissatisfied}份",
        "不满意的逐件重新办理，重办结果再次征求意见",
    ),
    Weakness(
        lambda figures: figures.falls_short("contact.rate"),
        "有的承办件没有沟通记录，有记录的占{contact.rate%}",
        "把沟通作为答复的前提，办前、办中、办后都留下记录",
    ),
)


def _showing(figures: Figures) -> list[Weakness]:
    return [weakness for weakness in WEAKNESSES if weakness.shows(figures)]


def _gaps(figures: Figures) -> str:
    gaps = sorted(figures.starting("gap."), key=lambda figure: -figure.count)[:MOST_GAPS]
    listed = "、".join(f"{gap.label.removeprefix('缺项：')}的{{{gap.code}}}件" for gap in gaps)
    return f"台账资料不全，较多的是{listed}" if listed else ""


def weak_points(figures: Figures, terms: Terms) -> Paragraph:
    said = [weakness.said for weakness in _showing(figures)]
    if gaps := _gaps(figures):
        said.append(gaps)
    if not said:
        return figures.paragraph("从统计数字看，各项指标没有明显短板，仍需防止松懈。", lead="存在的不足。")
    return figures.paragraph(f"与要求相比还有差距：{'；'.join(said)}。", lead="存在的不足。")


def next_steps(figures: Figures, terms: Terms) -> Paragraph:
    steps = [weakness.remedy for weakness in _showing(figures)]
    if figures.starting("gap."):
        steps.append("补齐台账，今后随办随记")
    steps.append(f"健全领导领办、督办重点{terms.item}的制度，同类问题合并研究、一并解决")
    listed = "；".join(f"{ORDINALS[n]}是{step}" for n, step in enumerate(steps[: len(ORDINALS)]))
    return figures.paragraph(f"{listed}。", lead="下一步工作。")
