"""The text of the circular, part by part, in the project's own sentences, from figures alone.

The usual form: an opening paragraph with all the figures, four parts (组织领导、办理流程、沟通协调、以点促面), weak points
and next steps. What has not been recorded is not claimed: a sentence stands only on a figure that is not 0.
"""

from datetime import date

from huiyin.reporting.circular.head import Terms, day
from huiyin.reporting.circular.prose import Figures, Paragraph
from huiyin.reporting.circular.weak import next_steps, weak_points
from huiyin.words import ContactPhase, ContactWay, Grade, MeetingKind, UrgingWay


def compose(figures: Figures, terms: Terms, year: int, as_of: date) -> list[Paragraph]:
    return [
        opening(figures, terms, year, as_of),
        leading(figures, terms),
        procedure(figures, terms),
        contact(figures, terms),
        widening(figures, terms),
        weak_points(figures, terms),
        next_steps(figures, terms),
    ]


def opening(figures: Figures, terms: Terms, year: int, as_of: date) -> Paragraph:
    between = figures.falls_short("received.in_plenary")
    return figures.paragraph(
        f"{year}年，{terms.here}政府系统承办{terms.meeting}以来的{terms.item}{{received.total}}件",
        "，其中会议期间提出{received.in_plenary}件。" if between else "。",
        _classes(figures),
        f"截至{day(as_of)}，",
        "已交办的{reply.rate/}件中有{reply.rate}件由主办、分办单位全部书面答复，办复率{reply.rate%}；",
        _in_time(figures),
        _marks(figures, terms),
        _satisfaction(figures, terms),
        _fulfilment(figures),
        "现将办理情况通报如下。",
    )


def _classes(figures: Figures) -> str:
    """The classes of the pack's first taxonomy; the others follow in the fourth part."""
    first = next((figure.code.split(".")[1] for figure in figures.starting("class.")), "")
    listed = [
        f"{figure.code.split('.', 2)[2]}{{{figure.code}}}件，占{{{figure.code}%}}"
        for figure in figures.starting(f"class.{first}.")
        if figure.count
    ]
    return f"按内容分，{'；'.join(listed)}。" if listed else ""


def _in_time(figures: Figures) -> str:
    timed = figures.get("reply.on_time")
    if timed is None or not timed.of:
        return "答复期限的起止日期没有可考的记录，按期答复率不作统计。"
    return "期限可考的{reply.on_time/}件中，按期答复{reply.on_time}件，占{reply.on_time%}。"


def _marks(figures: Figures, terms: Terms) -> str:
    marks = [figure for figure in figures.starting("mark.") if figure.count]
    if not marks:
        return ""
    listed = "；".join(
        f"{mark.label}{{{mark.code}}}件，占{terms.item}总数的{{{mark.code}%}}" for mark in marks
    )
    return f"从办理结果看，{listed}。"


def _satisfaction(figures: Figures, terms: Terms) -> str:
    said = []
    for rate in figures.starting("satisfaction."):
        if not rate.code.endswith(".rate") or not rate.of:
            continue
        name = rate.code.removesuffix(".rate")
        measure = "件" if "件数" in rate.base or "总数" in rate.base else "份"
        grades = figures.listed(
            *((f"{name}.{grade}", f"{grade.label}{{{name}.{grade}}}{measure}") for grade in Grade)
        )
        said.append(
            f"对{rate.label.removesuffix('满意和基本满意率')}，{rate.base}{{{rate.code}/}}{measure}，其中"
            f"{grades}，满意和基本满意率{{{rate.code}%}}（{rate.note.split('；')[0]}）"
        )
    return f"{terms.proposer}{'；'.join(said)}。" if said else ""


def _fulfilment(figures: Figures) -> str:
    """Answered is not carried out: the two rates stand side by side."""
    if not figures.count("promise.total"):
        return "答复中没有登记承诺事项，落实率不作统计。"
    return (
        "答复中共承诺事项{promise.total}项，经确认已落实{promise.carried_out}项，落实率{fulfilment.rate%}，"
        "到期未落实{promise.overdue}项。答复不等于落实，办复率与落实率分别统计、一并通报。"
    )


def leading(figures: Figures, terms: Terms) -> Paragraph:
    led = figures.listed(
        ("leadership.lead", "领办{leadership.lead}件"),
        ("leadership.supervise", "督办{leadership.supervise}件"),
        ("instruction.count", "批示{instruction.count}次"),
    )
    met = figures.listed(
        ("meeting.assignment", "交办会{meeting.assignment}次"),
        ("meeting.special", "专题会议{meeting.special}次"),
    )
    units = f"承担主办、分办任务的单位{{unit.count}}个，各自对所承办{terms.item}的答复和落实负责。"
    return figures.paragraph(
        f"{terms.here}政府领导按照分工{led}，" if led else "",
        f"召开{met}，" if met else "",
        "把办理任务逐件落到承办单位和承办人。",
        units if figures.count("unit.count") else "",
        "政府办公室负责统筹协调、督促检查和答复审核，办理中的交办、退办、改办和延期都有记录、有依据。",
        lead="一、组织领导：按分工领办，逐级负责。",
    )


def procedure(figures: Figures, terms: Terms) -> Paragraph:
    urged = figures.listed(*((f"urging.{way}", f"{way.label}{{urging.{way}}}次") for way in UrgingWay))
    looked = figures.listed(
        ("inspection.count", "现场督查{inspection.count}次"), ("look_back.count", "回头看{look_back.count}次")
    )
    return figures.paragraph(
        f"{terms.item}按接收、登记、分类、交办、承办、审核、答复、落实的顺序办理，逐件建立台账，期限由系统计算并注明依据。",
        "相近内容并案办理{merged.count}件，每位提案者都单独收到答复。"
        if figures.count("merged.count")
        else "",
        f"办理期间共催办{{urging.total}}次，其中{urged}。" if urged else "",
        f"围绕答复是否兑现，开展{looked}。" if looked else "",
        "对评价不满意的，按规定重新办理{second_handling.count}件次，前后两次答复都存档备查。"
        if figures.count("second_handling.count")
        else "",
        "已办理答复办结{answer_closed.count}件，占{answer_closed.count%}。"
        if figures.count("answer_closed.count")
        else "",
        lead="二、办理流程：环节清楚，期限可查。",
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
        f"承办单位与{terms.proposer}沟通{{contact.total}}次，按阶段分为{phases}，按方式分为{ways}；"
        "已交办的{contact.rate/}件中，{contact.rate}件留有沟通记录，占{contact.rate%}。"
    )
    return figures.paragraph(
        logged if figures.count("contact.total") else "本届次没有登记沟通记录。",
        f"另外组织{met}，当面听取意见。" if met else "",
        f"暂不能解决或者留作参考的，要求先向{terms.proposer}说明原因并记录其意见，再作答复。",
        lead="三、沟通协调：先沟通，再答复。",
    )


def widening(figures: Figures, terms: Terms) -> Paragraph:
    """Topics: what the items are about beyond the first taxonomy, and where most of them lie."""
    classes = [figure for figure in figures.starting("class.") if figure.count]
    taxonomies = list(dict.fromkeys(figure.code.split(".")[1] for figure in figures.starting("class.")))
    first = [figure for figure in classes if figure.code.split(".")[1] in taxonomies[:1]]
    said = []
    if first:
        most = max(first, key=lambda figure: figure.count)
        said.append(
            f"{most.code.split('.', 2)[2]}方面的{terms.item}最为集中，有{{{most.code}}}件，占{{{most.code}%}}，"
            "内容相近的放在一起研究，力求解决一件、带动一类。"
        )
    for taxonomy in taxonomies[1:]:
        own = [figure for figure in classes if figure.code.split(".")[1] == taxonomy]
        own.sort(key=lambda figure: -figure.count)
        if own:
            name = own[0].label.split("：")[0]
            listed = "、".join(f"{one.code.split('.', 2)[2]}{{{one.code}}}件" for one in own[:6])
            said.append(f"按{name}归集，主要有{listed}。")
    return figures.paragraph(
        *said,
        "答复中的承诺事项逐项列明责任单位、责任人和期限，跨年度继续跟踪，经确认后销号。"
        if figures.count("promise.total")
        else "",
        lead="四、以点促面：从办理一件到改进一面。",
    )
