"""Writes an iCalendar file (RFC 5545): days with a heading, as a calendar program subscribes to them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST = 75  # octets of a line, the end not counted
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """One whole day. The same `uid` names the same thing when it has moved."""

    uid: str
    day: date
    summary: str
    description: str
    address: str


def written(name: str, entries: Iterable[Entry], at: datetime) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Huiyin//due dates//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for entry in entries:
        lines += _event(entry, at)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + DAY:%Y%m%d}"
    yield f"SUMMARY:{_text(entry.summary)}"
    yield f"DESCRIPTION:{_text(entry.description)}"
    yield f"URL:{entry.address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(value: str) -> str:
    plain = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Long lines go on after a blank; a sign of several octets is never cut in two."""
    part, octets = "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > LONGEST:
            yield part
            part, octets = " ", 1
        part += sign
        octets += size
    yield part
