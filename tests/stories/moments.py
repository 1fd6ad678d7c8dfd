"""Days of the stories: the plenary of January 2020 and the year after it."""

from datetime import datetime

from django.utils import timezone

RECEIVED = "2020-01-06"
REVIEWED = "2020-01-07"
FILED = "2020-01-08"
HANDED_OVER = "2020-01-13"
REGISTERED = "2020-01-14"
ASSIGNED = "2020-03-02"
SIGNED = "2020-03-03"
PLANNED = "2020-03-10"
CONTACTED = "2020-03-12"
OPINION = "2020-03-25"


def at(text: str) -> datetime:
    """A moment: a day (ten in the morning) or a day with a time, local."""
    moment = datetime.fromisoformat(text if len(text) > 10 else f"{text}T10:00:00")
    return timezone.make_aware(moment)
