"""The text of the circular, part by part, in the project's own sentences, from figures alone.

The usual form: opening paragraphs with all the figures, four parts (组织领导、办理流程、沟通协商、以点促面), weak points and
next steps. What has not been recorded is not claimed: a sentence stands only on a figure that is not 0.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from huiyin.clock.said import in_full
from huiyin.reporting.circular.grouping import grouping
from huiyin.reporting.circular.head import Terms
from huiyin.reporting.circular.opinions import opinions
from huiyin.reporting.circular.outcomes import Outcome, Widened
from huiyin.reporting.circular.prose import Figures, Heading, Paragraph
from huiyin.reporting.circular.weak import next_steps, weak_points
from huiyin.reporting.families.stock import lines
from huiyin.reporting.scope import Figure
from huiyin.supervision.words import MeetingKind
from huiyin.words import ContactPhase, ContactWay, UrgingWay

NAMED_IN_TEXT = 2
MOST_TOPICS = 6


def compose(
    figures: Figures,
    terms: Terms,
    year: int,
    as_of: date,
    outcomes: Sequence[Outcome] = (),
    topics: Sequence[Widened] = (),
) -> list[Paragraph | Heading]:
    parts: list[Paragraph | Heading] = [
        received(figures, terms, year),
        answered(figures, terms, as_of),
        carried_out(figures, terms),
        Heading("一、组织领导和责任分工"),
        leading(figures, terms),
        Heading("二、办理流程和督促检查"),
        procedure(figures, terms),
        supervising(figures, terms),
        Heading("三、沟通协商和征求意见"),
        contact(figures, terms),
        Heading("四、以点促面和承诺落实"),
        widening(figures, terms),
        grouping(figures, terms, topics),
        keeping(figures, terms, outcomes),
        weak_points(figures, terms),
        next_steps(figures, terms),
    ]
    return [part for part in parts if isinstance(part, Heading) or part.pieces]


def received(figures: Figures, terms: Terms, year: int) -> Paragraph:
    between = figures.falls_short("received.in_plenary")
    return figures.paragraph(
        f"{year}年，{terms.here}政府系统共承办{terms.meeting}以来的{terms.item}{{received.total}}件",
        "，其中会议期间提出{received.in_plenary}件，占{received.in_plenary%}。" if between else "。",
        _classes(figures),
    )


def class_name(figure: Figure) -> str:
    return figure.code.split(".", 2)[2]


def _of_taxonomy(figures: Figures) -> dict[str, list[Figure]]:
    """The classes by taxonomy in the pack's order, those without an item left out."""
    found: dict[str, list[Figure]] = {}
    for figure in figures.starting("class."):
        found.setdefault(figure.code.split(".")[1], []).extend([figure] if figure.count else [])
    return found


def _classes(figures: Figures) -> str:
    """The classes of the pack's first taxonomy; the others follow in the fourth part."""
    first = next(iter(_of_taxonomy(figures).values()), [])
    listed = [f"{class_name(one)}{{{one.code}}}件，占{{{one.code}%}}" for one in first]
    return f"从内容看，{'；'.join(listed)}。" if listed else ""


def answered(figures: Figures, terms: Terms, as_of: date) -> Paragraph:
    if not figures.base("reply.rate"):
        return figures.paragraph(f"截至{in_full(as_of)}，本届次{terms.item}尚未交办。")
    some = figures.falls_short("reply.rate")
    return figures.paragraph(
        f"截至{in_full(as_of)}，",
        "已交办的{reply.rate/}件中，{reply.rate}件由承办单位全部书面答复，办复率{reply.rate%}。"
        if some
        else "已交办的{reply.rate/}件全部书面答复，办复率{reply.rate%}。",
        _in_time(figures),
        _marks(figures),
        opinions(figures, terms),
    )


def _in_time(figures: Figures) -> str:
    timed = figures.get("reply.on_time")
    if timed is None or not timed.of:
        return "交办或者答复日期没有可考的记录，按期答复情况不作统计。"
    if timed.of == figures.base("reply.rate"):
        return "其中按期答复{reply.on_time}件，按期答复率{reply.on_time%}。"
    return (
        "已经答复或者期限已过、且日期可考的{reply.on_time/}件中，按期答复{reply.on_time}件，"
        "按期答复率{reply.on_time%}。"
    )


def _marks(figures: Figures) -> str:
    """Each mark with its meaning, its letter behind it: never a bare letter."""
    listed = []
    for mark in figures.starting("mark."):
        if mark.count:
            meaning, bracket, letter = mark.label.partition("（")
            listed.append(f"{meaning}的{bracket}{letter}{{{mark.code}}}件，占{{{mark.code}%}}")
    return f"从办理结果看，{'；'.join(listed)}。" if listed else ""


def carried_out(figures: Figures, terms: Terms) -> Paragraph:
    """Answered is not carried out: the two rates stand side by side."""
    if not figures.count("promise.total"):
        said = "答复中没有登记承诺事项，落实率不作统计。现将有关情况通报如下。"
    else:
        said = (
            "答复不等于落实。承办单位在答复中共作出承诺{promise.total}项，经核实已经兑现{promise.carried_out}项，"
            "落实率{fulfilment.rate%}；到期尚未兑现{promise.overdue}项。现将有关情况通报如下。"
        )
    return figures.paragraph(said)


def leading(figures: Figures, terms: Terms) -> Paragraph:
    met = figures.listed(
        ("meeting.assignment", "交办会{meeting.assignment}次"),
        ("meeting.special", "专题会议{meeting.special}次"),
    )
    led = figures.listed(
        ("leadership.lead", f"领办{terms.item}{{leadership.lead}}件"),
        ("leadership.supervise", f"督办{terms.item}{{leadership.supervise}}件"),
        ("instruction.count", "作出批示{instruction.count}次"),
    )
    units = "承担主办、分办任务的单位共{unit.count}个，各自对答复和落实负责"
    planned = "，逐件确定承办人、办理措施和完成时限，制定办理方案{handling.plans}份"
    return figures.paragraph(
        f"{terms.here}政府召开{met}，研究部署{terms.item}办理工作。" if met else "",
        f"{terms.here}政府领导按照分工{led}。" if led else "",
        units + (planned if figures.count("handling.plans") else "") + "。"
        if figures.count("unit.count")
        else "",
        f"{terms.here}政府办公室负责统筹协调、督促检查和答复审核。",
    )


def procedure(figures: Figures, terms: Terms) -> Paragraph:
    changed = figures.listed(
        ("handling.returns_asked", "承办单位申请退办{handling.returns_asked}件次"),
        ("handling.returns_granted", "经核对职责同意改办{handling.returns_granted}件次"),
        ("handling.extensions", "同意延期{handling.extensions}件次"),
        ("handling.pauses", "因须报上级研究而中止计时{handling.pauses}件次"),
    )
    return figures.paragraph(
        f"{terms.item}办理依次经过接收、登记、分类、交办、承办、审核、答复、落实八个环节，自交办之日起逐件建立台账，"
        "每项期限都注明依据和起算日期。",
        f"内容相近的并案办理{{merged.count}}件，分别答复每位{terms.proposer}。"
        if figures.count("merged.count")
        else "",
        f"{changed.replace('、', '，')}，均有书面理由和审定记录。" if changed else "",
        "会办单位向主办单位提交书面会办意见{handling.opinions}份。"
        if figures.count("handling.opinions")
        else "",
        "已经答复办结{answer_closed.count}件，占{answer_closed.count%}。"
        if figures.count("answer_closed.count")
        else "",
    )


def supervising(figures: Figures, terms: Terms) -> Paragraph:
    urged = figures.listed(*((f"urging.{way}", f"{way.label}{{urging.{way}}}次") for way in UrgingWay))
    looked = figures.listed(
        ("inspection.count", "督查{inspection.count}次"), ("look_back.count", "“回头看”{look_back.count}次")
    )
    return figures.paragraph(
        f"对进度偏慢的，共催办{{urging.total}}次，其中{urged}。" if urged else "",
        "开展调度{dispatch.count}次，发出调度单{dispatch.on_time/}份，按时报送{dispatch.on_time}份，"
        "到期没有报送{dispatch.silent}份。"
        if figures.count("dispatch.count")
        else "",
        f"对答复事项是否兑现，开展{looked}。" if looked else "",
        "按规则抽取已答复的{sample.drawn}件，占{sample.drawn%}，已走访{sample.well/}件，其中属实到位{sample.well}件、"
        "发现问题{sample.wanting}件，整改已经确认{sample.redressed}件。"
        if figures.count("sample.drawn")
        else "",
        f"{terms.here}政府领导批示、督查整改和会议交办的事项列为督办任务{{task.total}}项，确认落实{{task.accepted}}项。"
        if figures.count("task.total")
        else "",
        f"对{terms.proposer}不满意的，重新办理{{second_handling.count}}件次，前后两次答复一并存档。"
        if figures.count("second_handling.count")
        else "",
    )


def contact(figures: Figures, terms: Terms) -> Paragraph:
    phases = figures.listed(
        *((f"contact.phase.{one}", f"{one.label}{{contact.phase.{one}}}次") for one in ContactPhase)
    )
    ways = figures.listed(
        *((f"contact.way.{one}", f"{one.label}{{contact.way.{one}}}次") for one in ContactWay)
    )
    faces = (MeetingKind.FACE_TO_FACE, MeetingKind.INSPECTION, MeetingKind.TALK)
    met = figures.listed(*((f"meeting.{kind}", f"{kind.label}{{meeting.{kind}}}次") for kind in faces))
    logged = (
        f"承办单位与{terms.proposer}沟通{{contact.total}}次，按环节分为{phases}，按方式分为{ways}。"
        "已交办的{contact.rate/}件中，留有沟通记录的{contact.rate}件，占{contact.rate%}。"
    )
    explained = (
        f"对暂时不能解决或者只能留作参考的，先当面说明原因、再作书面答复，共说明{{contact.explained}}次，"
        f"{terms.proposer}表示谅解或者认可的{{contact.understood}}次。"
    )
    return figures.paragraph(
        logged if figures.count("contact.total") else "本届次没有登记沟通记录。",
        explained if figures.count("contact.explained") else "",
        f"另外组织{met}，当面听取意见。" if met else "",
    )


def widening(figures: Figures, terms: Terms) -> Paragraph:
    """Topics: what the items are about beyond the first taxonomy, and where most of them lie."""
    nothing = f"本届次{terms.item}尚未分类。"
    return figures.paragraph(*(_topics(figures, terms) if any(_of_taxonomy(figures).values()) else [nothing]))


def _topics(figures: Figures, terms: Terms) -> Iterator[str]:
    taxonomies = [own for own in _of_taxonomy(figures).values() if own]
    most = max(taxonomies[0], key=lambda figure: figure.count)
    yield (
        f"{class_name(most)}方面的{terms.item}最为集中，有{{{most.code}}}件，占{{{most.code}%}}。"
        "对反映同类问题的，归并研究，力求办理一件、改进一面。"
    )
    for own in taxonomies[1:]:
        largest = sorted(own, key=lambda figure: -figure.count)[:MOST_TOPICS]
        listed = "、".join(f"{class_name(one)}{{{one.code}}}件" for one in largest)
        yield f"按{largest[0].label.split('：')[0]}归集，主要有{listed}。"


def _by_the_ask(figures: Figures) -> str:
    if not figures.base("point.adoption"):
        return ""
    return (
        "按具体建议逐条统计，已经答复{point.adoption/}条，采纳和部分采纳{point.adoption}条，采纳率{point.adoption%}；"
        "列入计划{point.planned}条，已经落实{point.fulfilment}条。"
    )


def _carried_over(figures: Figures) -> Iterator[str]:
    """What earlier plenaries were promised and is open still; the first lines are the plenary's own."""
    stock = lines(figures)
    for line in stock:
        still_open = line.of("open")
        earlier = line.unit == "项" and line.plenary != stock[0].plenary
        if earlier and still_open is not None and still_open.count:
            yield f"{line.plenary}的承诺还有{{{still_open.code}}}项在落实。"


def keeping(figures: Figures, terms: Terms, outcomes: Sequence[Outcome]) -> Paragraph:
    """Promises on record, and by class a few that have been carried out."""
    if not figures.count("promise.total"):
        return figures.paragraph()
    by_class: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_class.setdefault(outcome.class_name, []).append(outcome)
    told = "；".join(
        f"{name}方面，{'，'.join(f'{one.unit}{one.what}' for one in own[:NAMED_IN_TEXT])}"
        for name, own in by_class.items()
    )
    return figures.paragraph(
        "答复中的承诺逐项列明责任单位、责任人和期限，跨年度继续跟踪，经核实兑现后销号。",
        _by_the_ask(figures),
        *_carried_over(figures),
        f"已经兑现的承诺中，{told}。依据见附件。" if told else "",
    )
