"""The only place that reads the system clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    return datetime.now(ZONE)


def today() -> date:
    return now().date()
