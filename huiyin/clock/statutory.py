"""The days off that the regulation itself fixes: all that is known of a year before its notice comes.

Source: 全国年节及纪念日放假办法, as revised by 国务院令第270号 (1999), 第513号 (2007), 第644号 (2013), 第795号 (2024).
The lunar dates are astronomical facts; the table ends in 2050, later years carry the fixed dates only.
"""

from dataclasses import dataclass
from datetime import date, timedelta

# Year: first day of the first lunar month, fifth of the fifth, fifteenth of the eighth, each as month and day.
LUNAR: dict[int, tuple[int, int, int]] = {
    2004: (122, 622, 928), 2005: (209, 611, 918), 2006: (129, 531, 1006), 2007: (218, 619, 925),
    2008: (207, 608, 914), 2009: (126, 528, 1003), 2010: (214, 616, 922), 2011: (203, 606, 912),
    2012: (123, 623, 930), 2013: (210, 612, 919), 2014: (131, 602, 908), 2015: (219, 620, 927),
    2016: (208, 609, 915), 2017: (128, 530, 1004), 2018: (216, 618, 924), 2019: (205, 607, 913),
    2020: (125, 625, 1001), 2021: (212, 614, 921), 2022: (201, 603, 910), 2023: (122, 622, 929),
    2024: (210, 610, 917), 2025: (129, 531, 1006), 2026: (217, 619, 925), 2027: (206, 609, 915),
    2028: (126, 528, 1003), 2029: (213, 616, 922), 2030: (203, 605, 912), 2031: (123, 624, 1001),
    2032: (211, 612, 919), 2033: (131, 601, 908), 2034: (219, 620, 927), 2035: (208, 610, 916),
    2036: (128, 530, 1004), 2037: (215, 618, 924), 2038: (204, 607, 913), 2039: (124, 527, 1002),
    2040: (212, 614, 920), 2041: (201, 603, 910), 2042: (122, 622, 928), 2043: (210, 611, 917),
    2044: (130, 531, 1005), 2045: (217, 619, 925), 2046: (206, 608, 915), 2047: (126, 529, 1004),
    2048: (214, 615, 922), 2049: (202, 604, 911), 2050: (123, 623, 930),
}  # fmt: skip


@dataclass(frozen=True)
class Regulation:
    """One wording of the regulation: the spring days count from the first lunar day (-1 is the eve)."""

    number: str
    dated: date
    from_year: int
    spring: tuple[int, ...]
    labour: tuple[int, ...]
    lunar_feasts: bool


REGULATIONS = (
    Regulation("国务院令第270号", date(1999, 9, 18), 1999, (0, 1, 2), (1, 2, 3), lunar_feasts=False),
    Regulation("国务院令第513号", date(2007, 12, 14), 2008, (-1, 0, 1), (1,), lunar_feasts=True),
    Regulation("国务院令第644号", date(2013, 12, 11), 2014, (0, 1, 2), (1,), lunar_feasts=True),
    Regulation("国务院令第795号", date(2024, 11, 10), 2025, (-1, 0, 1, 2), (1, 2), lunar_feasts=True),
)


def regulation_for(year: int, known_on: date) -> Regulation:
    """The wording that governs a year, as far as it was known on a day."""
    known = [wording for wording in REGULATIONS if wording.dated <= known_on and wording.from_year <= year]
    return known[-1] if known else REGULATIONS[0]


def statutory_days(year: int, known_on: date) -> dict[date, str]:
    """The days off of a year by the regulation alone, with their names; no days moved, none made up."""
    wording = regulation_for(year, known_on)
    days = {date(year, 1, 1): "元旦"}
    days.update((date(year, 5, day), "劳动节") for day in wording.labour)
    days.update((date(year, 10, day), "国庆节") for day in (1, 2, 3))
    if year not in LUNAR:
        return days
    spring, dragon_boat, mid_autumn = (date(year, code // 100, code % 100) for code in LUNAR[year])
    days.update((spring + timedelta(days=offset), "春节") for offset in wording.spring)
    if wording.lunar_feasts:
        days.setdefault(date(year, 4, tomb_sweeping_day(year)), "清明节")
        days.setdefault(dragon_boat, "端午节")
        days.setdefault(mid_autumn, "中秋节")
    return days


def tomb_sweeping_day(year: int) -> int:
    """The April day on which the sun reaches 15 degrees (清明), by the usual approximation, good for 2000-2099."""
    of_century = year % 100
    return int(of_century * 0.2422 + 4.81) - of_century // 4
