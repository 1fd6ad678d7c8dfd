"""Weak points and next steps, read off the figures: each weak point has its figure, each next step its weak point."""

from collections.abc import Callable
from dataclasses import dataclass

from huiyin.reporting.circular.head import Terms
from huiyin.reporting.circular.opinions import measure_of
from huiyin.reporting.circular.prose import Figures, Paragraph

ORDINALS = "一二三四五六七八九十"
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
        "答复与落实之间还有差距，办复率为{reply.rate%}，落实率为{fulfilment.rate%}，重答复、轻落实的倾向需要纠正",
        "把工作重心放到落实上，承诺事项全部纳入信息化台账，到期提醒、逐项跟踪，核实兑现一项、销号一项",
    ),
    Weakness(
        lambda figures: figures.count("promise.overdue") > 0,
        "有{promise.overdue}项承诺到期没有兑现",
        "对到期未兑现的承诺列出清单，由责任单位说明原因、商定新的期限，并告知{proposer}",
    ),
    Weakness(
        lambda figures: figures.count("promise.slipped") > 0,
        "有{promise.slipped}项承诺推迟过期限，最初期限已到或者已经落实的{promise.first_date/}项中，"
        "按最初期限落实的为{promise.first_date}项",
        "推迟期限的逐项公开原因，是否如期仍看最初的期限，不以改期代替落实",
    ),
    Weakness(
        lambda figures: figures.count("promise.vague") > 0,
        "有{promise.vague}项承诺在答复时没有写明数量、节点和完成的凭证，难以核实",
        "作出承诺时写明数量、节点和完成的凭证，空泛的在审核答复时退回补写",
    ),
    Weakness(
        lambda figures: figures.count("report.missing") > 0,
        "有{report.missing}次承诺进展逾期没有报告",
        "承诺进展按期报告，逾期不报的点名催办",
    ),
    Weakness(
        lambda figures: figures.falls_short("reply.rate"),
        "已交办的{reply.rate/}件中，全部答复的为{reply.rate}件，还有承办单位没有答复",
        "对尚未答复的逐件催办，难度较大的由{here}政府领导牵头协调",
    ),
    Weakness(
        lambda figures: figures.falls_short("reply.on_time"),
        "应当答复且日期可考的{reply.on_time/}件中，按期答复的为{reply.on_time}件，还有超期答复的",
        "难办事项提前研究、提前沟通，确需延长的依规定申请延期，不拖到期限之后",
    ),
    Weakness(
        lambda figures: figures.count("difficulty.passed_over") > 0,
        "难件{difficulty.passed_over/}件次中，{difficulty.passed_over}件次被承办单位同日或后来接到的多数易件插到前头，"
        "容易的先办、难办的拖后的现象仍然存在",
        "难件从交办起跟踪第一步实事，久无动静的列入重点督办，按难易和等待时间排定先后",
    ),
    Weakness(
        lambda figures: figures.count("satisfaction.result.dissatisfied") > 0,
        "对办理结果不满意的意见还有{satisfaction.result.dissatisfied}{measure}",
        "对不满意的当面听取意见，查明原因，能改进的继续改进，不能办到的解释清楚",
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


def _numbered(points: list[str]) -> str:
    """一是……；二是……; a single one stands without a number."""
    if len(points) == 1:
        return points[0]
    return "；".join(f"{ORDINALS[n]}是{point}" for n, point in enumerate(points[: len(ORDINALS)]))


def weak_points(figures: Figures, terms: Terms) -> Paragraph:
    rate = figures.get("satisfaction.result.rate")
    measure = measure_of(rate) if rate else ""
    said = [weakness.said.replace("{measure}", measure) for weakness in _showing(figures)]
    if gaps := _gaps(figures):
        said.append(gaps)
    if not said and not figures.base("reply.rate"):
        return figures.paragraph(f"本届次{terms.item}尚未交办，办理中的不足留待以后统计。")
    if not said:
        return figures.paragraph("从统计数字看，各项指标没有明显短板，仍需防止松懈。")
    return figures.paragraph(f"对照{terms.item}办理工作的要求，还存在以下不足：{_numbered(said)}。")


def next_steps(figures: Figures, terms: Terms) -> Paragraph:
    named = {"{proposer}": terms.proposer, "{here}": terms.here}
    steps = [weakness.remedy for weakness in _showing(figures)]
    for place, word in named.items():
        steps = [step.replace(place, word) for step in steps]
    if figures.starting("gap."):
        steps.append("补齐台账，今后随办随记")
    steps.append(
        f"坚持{terms.here}政府领导领办、督办重点{terms.item}，对同类问题合并研究、一并解决，以办好一件带动一类"
    )
    return figures.paragraph(f"下一步，重点做好以下工作：{_numbered(steps)}。")
