"""What a unit writes: the answer to each ask, the letter, the promise and what shows that it was kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huiyin.clock.said import in_full
from huiyin.demo.content import read
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
    story: Story, item: Item, point: Point, due: date | None, unit: str, *, again: bool = False
) -> Answer:
    """Refused with the reason, promised with the day and the division that does it, or done."""
    if point.why_not:
        return Answer(item, point, Disposition.CANNOT, f"这条建议目前不能采纳。{point.why_not}")
    if item != story.item and (same := _same_ask(story.item, point)):
        text = f"与第{story.item.number}号提案第{same}条建议相同，已一并办理。{point.done}"
        return Answer(item, point, Disposition.ADOPTED, text)
    if due is None:
        more = "经现场复核，以上情况属实，完成时间和地点附后。" if again else ""
        return Answer(item, point, Disposition.ADOPTED, f"已经采纳。{point.done}{more}")
    division = story.unit(unit).division
    if story.item.meaning == Meaning.BEING_SOLVED:
        text = f"正在办理。{in_full(due)}前{point.will}，由{division}负责。"
        return Answer(item, point, Disposition.ADOPTED, text, due)
    to_you = "向您" if story.lead_proposer.is_one_person else ""
    how = f"主要负责人督办，每季度{to_you}当面通报一次" if again else f"进展每半年{to_you}通报一次"
    text = f"列入工作计划。{in_full(due)}前{point.will}，由{division}负责，{how}。"
    return Answer(item, point, Disposition.PLANNED, text, due)


def _same_ask(item: Item, point: Point) -> int:
    """The number of the same ask in the head of a merged item, nought where the head does not ask it."""
    return next((one.number for one in item.points if one.ask == point.ask), 0)


def letter(story: Story, unit: str, answers: Iterable[Answer], round_number: int = 1) -> str:
    """The whole letter: greeting, which item, with whom it was handled, the answers, thanks."""
    item, we = story.item, story.unit(unit).we
    group = "贵界别" if story.lead_proposer.kind == ProposerKind.SECTOR else "贵单位"
    you = "您" if story.lead_proposer.is_one_person else group
    if len(item.proposers) > 1:
        you = "各位"
    others = "、".join(story.unit(share.unit).short_name for share in item.co)
    joined = f"会同{others}" if others and unit == item.lead else ""
    kind = "建议" if item.kind == "suggestion" else "提案"
    number = f"第{item.number}号" if item.number.isdigit() else f"{item.number}号"
    head = f"{you}提出的《{item.title}》（{number}{kind}）收悉。"
    body = f"{we}{joined}认真研究办理，现逐条答复如下："
    if round_number > 1:
        body = f"{we}针对提出的意见，由主要负责人带队到现场重新核实并重新办理，现逐条答复如下："
    lines = [
        f"{NUMERALS[place]}、{'并案提案提出的' if answer.item != item else ''}"
        f"关于“{answer.point.brief}”。{answer.text}"
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


def reference(story: Story, unit: str, answer: Answer, ref: str, year: int) -> dict[str, str]:
    """Where the evidence is found: a document's number, or the page that shows it (a name that leads nowhere)."""
    serial = 1 + story.rng.randrange(90)
    if answer.point.sort == "文":
        return {"document_number": f"淄{story.unit(unit).letter}发〔{year}〕{serial}号"}
    if answer.point.sort == "工":
        return {"document_number": f"{story.unit(unit).letter}验收〔{year}〕{serial}号"}
    return {"link": f"https://huiyin.example/{story.item.key}/{ref}"}
