"""The head of the circular: title and document block (索引号、文号、发文日期、发布机构)."""

from dataclasses import dataclass
from datetime import date

from huiyin.people.models import Jurisdiction, Unit
from huiyin.proposals.models import Plenary
from huiyin.words import Assembly, Level

DIGITS = "零一二三四五六七八九"
LEVELS = {Level.PROVINCE: "省", Level.CITY: "市", Level.COUNTY: "县", Level.TOWNSHIP: "乡"}


@dataclass(frozen=True)
class Head:
    """What stands above the text. Empty values are printed as a blank to be filled in by hand."""

    issuer: str
    issued_on: date
    number: str = ""
    index: str = ""

    @classmethod
    def of(cls, plenary: Plenary, issued_on: date, number: str = "") -> "Head":
        """The government office issues it; the index number begins with the office's social credit code (GB 32100)."""
        office = Unit.objects.filter(jurisdiction=plenary.jurisdiction, is_office=True).order_by("pk").first()
        name = f"{plenary.jurisdiction.name}人民政府办公室"
        code = office.credit_code if office else ""
        return cls(name, issued_on, number, f"{code}/{issued_on.year}" if code else "")


@dataclass(frozen=True)
class Terms:
    """How this circular calls things: a CPPCC's and a congress's differ in words only."""

    place: str
    here: str
    assembly: str
    meeting: str
    item: str
    proposer: str

    @classmethod
    def of(cls, plenary: Plenary) -> "Terms":
        cppcc = plenary.assembly == Assembly.CPPCC
        assembly = "政协" if cppcc else "人大"
        here = _short(plenary.jurisdiction)
        meeting = f"{here}{assembly}{chinese(plenary.term)}届{chinese(plenary.meeting)}次会议"
        item, proposer = ("提案", "提案者") if cppcc else ("建议", "代表")
        return cls(plenary.jurisdiction.name, here, assembly, meeting, item, proposer)

    @property
    def title(self) -> str:
        return self.title_lines.replace("\n", "")

    @property
    def title_lines(self) -> str:
        """The title broken where its sense allows it."""
        return f"{self.place}人民政府关于{self.meeting}\n以来{self.item}办理情况的通报"


def _short(jurisdiction: Jurisdiction) -> str:
    """How a place calls itself in its own documents: 市, 省, 区, 县."""
    last = jurisdiction.name[-1:]
    return last if last in "省市区县旗州乡镇" else LEVELS.get(Level(jurisdiction.level), "")


def chinese(number: int) -> str:
    """A number up to 99 as it stands in the name of a meeting: 十二届四次."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones else "")
