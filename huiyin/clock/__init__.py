"""Workdays, due dates, deadlines and the present moment."""

from huiyin.clock.now import at, day_of, moment, now, today

__all__ = ["at", "day_of", "moment", "now", "today"]
