"""A day as people write it."""

from datetime import date


def in_full(day: date) -> str:
    """2020年5月8日"""
    return f"{day.year}年{day.month}月{day.day}日"


def short(day: date, beside: date) -> str:
    """Without the year where it is the year of the date beside it: 5月8日."""
    return f"{day.month}月{day.day}日" if day.year == beside.year else in_full(day)
