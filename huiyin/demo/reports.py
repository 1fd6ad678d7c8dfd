"""进展报告: what is open at the end of a year is reported on by then, some weeks late, or not at all."""

from datetime import date, datetime, time
from random import Random

from huiyin.clock.now import SHANGHAI
from huiyin.demo.days import LAST_DAY, plus
from huiyin.demo.letters import SORTS, Answer
from huiyin.demo.story import Act, Story

IN_TIME, LATE, SILENT = 84, 10, 6
SAID = {
    "works": ("设计已经完成，正在招标，明年开春动工。", "已经动工，主体完成过半，雨季误了工期，正在赶。"),
    "rule": ("初稿已经写好，正在征求各区县意见。", "已经送审，等部门会签。"),
    "service": ("已在三个点先行试办，正在总结。", "人员和场地已经落实，正在添置设备。"),
}


def report(
    story: Story, unit: str, issued: date, ref: str, answer: Answer, ended_on: date | None, year: int
) -> None:
    """By chance of its own, so that nothing else of the story moves."""
    year_end = date(year, 12, 31)
    again = "" if year == LAST_DAY.year - 1 else f" {year}"
    luck = Random(f"{story.item.key} {ref} report{again}")
    late, silent = luck.choices(((False, False), (True, False), (False, True)), (IN_TIME, LATE, SILENT))[0]
    day = plus(year_end, luck.randint(12, 24) if late else -luck.randint(2, 18))
    settled = ended_on is not None and ended_on <= max(day, year_end)
    if silent or settled or issued > plus(year_end, -30):
        return
    at = datetime.combine(day, time(luck.randint(9, 16), luck.randrange(60)), SHANGHAI)
    data = {
        "share_done": luck.choice((20, 30, 40, 50, 60, 70, 80)),
        "text": luck.choice(SAID[SORTS[answer.point.sort]]),
    }
    story.acts.append(Act(at, "promise.report", story.handler(unit), story.item.key, unit, ref, data))
