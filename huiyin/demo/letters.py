"""What a unit writes: the answer to each ask, the letter, the promise and what shows that it was kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huiyin.demo.content import read
from huiyin.demo.days import in_words
from huiyin.demo.items import Item
from huiyin.demo.matters import Point
from huiyin.demo.story import Story
from huiyin.words import Disposition, Meaning, ProposerKind

SORTS = {"工": "works", "文": "rule", "事": "service"}
NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class Answer:
    """The answer to one ask of an item; `due` where something is promised."""

    item: Item
    point: Point
    disposition: Disposition
    text: str
    due: date | None = None

    def row(self) -> dict[str, object]:
        return {
            "item": self.item.key,
            "point": self.point.number,
            "disposition": self.disposition,
            "text": self.text,
        }


def answer_to(
    story: Story, item: Item, point: Point, meaning: Meaning, due: date | None, unit: str
) -> Answer:
    """Refused with the reason, promised with the day and the division that does it, or done."""
    if point.why_not:
        return Answer(item, point, Disposition.CANNOT, f"这条建议目前不能采纳。{point.why_not}")
    if due is None:
        return Answer(item, point, Disposition.ADOPTED, f"已经采纳。{point.done}")
    division = story.unit(unit).division
    if meaning == Meaning.BEING_SOLVED:
        text = f"正在办理。{in_words(due)}前{point.will}，由{division}负责。"
        return Answer(item, point, Disposition.ADOPTED, text, due)
    text = f"列入工作计划。{in_words(due)}前{point.will}，由{division}负责，进展每半年向您通报一次。"
    if not story.lead_proposer.is_one_person:
        text = text.replace("向您通报", "通报")
    return Answer(item, point, Disposition.PLANNED, text, due)


def letter(story: Story, unit: str, answers: Iterable[Answer], round_number: int = 1) -> str:
    """The whole letter: greeting, which item, with whom it was handled, the answers, thanks."""
    item, we = story.item, story.unit(unit).we
    you = "您" if story.lead_proposer.is_one_person else "贵单位"
    if len(item.proposers) > 1:
        you = "各位"
    others = "、".join(story.unit(share.unit).short_name for share in item.co)
    joined = f"会同{others}" if others and unit == item.lead else ""
    kind = "建议" if item.kind == "suggestion" else "提案"
    again = "重新" if round_number > 1 else ""
    number = f"第{item.number}号" if item.number.isdigit() else f"{item.number}号"
    head = f"{you}提出的《{item.title}》（{number}{kind}）收悉。"
    body = f"{we}{joined}认真研究并{again}办理，现逐条答复如下："
    lines = [
        f"{NUMERALS[place]}、关于“{short(answer.point.ask)}”。{answer.text}"
        for place, answer in enumerate(answers)
    ]
    thanks = story.say("thanks", we=we)
    if you != "您":
        thanks = (
            thanks.replace("您提出宝贵意见", "提出宝贵意见")
            .replace("感谢您对", "感谢对")
            .replace("向您通报", "通报")
        )
    return "\n".join([f"{story.greeting}：", head + body, *lines, thanks])


def short(ask: str) -> str:
    """The first clause of an ask, to call it by."""
    clause = ask.rstrip("。").split("，")[0]
    return clause if len(clause) >= 6 else "，".join(ask.rstrip("。").split("，")[:2])


def evidence(story: Story, point: Point) -> str:
    return story.say(f"evidence_{SORTS[point.sort]}")


def milestone(point: Point) -> str:
    found = read("phrases")[f"milestone_{SORTS[point.sort]}"]
    assert isinstance(found, str)
    return found


def address(story: Story) -> str:
    """How a note of a contact names the proposer."""
    first = story.lead_proposer
    if first.kind == ProposerKind.MEMBER or first.kind == ProposerKind.DEPUTY:
        return first.call
    return f"{first.name}联系人{first.person.name}"
