"""Closed intervals in UTC, and the one way in which written dates become intervals.

A time without a zone may have been written anywhere between UTC-12 and UTC+14, so it is 26 hours wide: local time t
means UTC in [t - 14 h, t + 12 h]. A bare date covers its whole day under the same doubt; a month and a year cover all
of theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

_BEYOND = "with its time zone, or the doubt about that, the date reaches beyond the years 1 to 9999"
EASTERNMOST = timedelta(hours=14)
WESTERNMOST = timedelta(hours=12)

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(\.\d{1,6})?\s*(Z|[+-]\d{2}(?::?\d{2})?)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of UTC time; None is an open end. Both ends are aware datetimes in UTC."""

    earliest: datetime | None = None
    latest: datetime | None = None
    zone_known: bool = False

    def __post_init__(self) -> None:
        for end in (self.earliest, self.latest):
            if end is not None and end.utcoffset() != timedelta(0):
                raise ValueError("an Interval takes aware times in UTC")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError("it ends before it begins")

    def meets(self, other: Interval) -> bool:
        """Whether the two share at least one moment."""
        return _before_or_at(self.earliest, other.latest) and _before_or_at(other.earliest, self.latest)

    def before(self, other: Interval) -> bool:
        """Whether this one ends before the other begins."""
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest


def _before_or_at(start: datetime | None, end: datetime | None) -> bool:
    return start is None or end is None or start <= end


def parse_interval(text: str) -> Interval:
    """Read an ISO 8601 year, month, date, date-time or closed range "A/B" ("../B" and "A/.." are open).

    A date-time with an offset is exact to its last written digit; one without, and every bare date, is widened by the
    26 hours of all zones. A leap second (23:59:60) counts with the second before it, since clocks differ in where they
    put it. Raises ValueError with the reason.
    """
    text = text.strip()
    if text.count("/") == 1:
        first, _, last = text.partition("/")
        start = Interval() if first.strip() in ("", "..") else parse_interval(first)
        end = Interval() if last.strip() in ("", "..") else parse_interval(last)
        return between(start, end)
    if match := _MOMENT.fullmatch(text):
        return _moment(match)
    if match := _DATE.fullmatch(text):
        return _calendar(int(match[1]), int(match[2] or 0), int(match[3] or 0))
    raise ValueError(f"{text!r} is no ISO 8601 date (2024, 2024-11, 2024-11-14, 2024-11-14T15:42+07:00, or A/B)")


def between(first: Interval, last: Interval) -> Interval:
    """From the start of one written time to the end of another. Raises ValueError where the second is the earlier one.

    Two days without a zone, the later one first, would still share the hours that their unknown zones leave open.
    """
    start, end, begun = first.earliest, last.latest, last.earliest
    if start and end and begun and not (first.zone_known or last.zone_known):
        apart = (start - begun, end - begun - EASTERNMOST - WESTERNMOST)
        if apart[0] > apart[1] or apart[0] == apart[1] > timedelta(0):
            raise ValueError("it ends before it begins")
    return Interval(start, end, first.zone_known and last.zone_known)


def day_interval(day: date) -> Interval:
    """The interval in which a clock somewhere on Earth can have shown this date."""
    return _calendar(day.year, day.month, day.day)


def local_moment(naive: datetime, *, precision: timedelta = timedelta(0)) -> Interval:
    """The interval that a local time without a zone stands for, `precision` being its last written digit."""
    start = datetime(*naive.timetuple()[:6], naive.microsecond, tzinfo=UTC)
    return _within_years(start, -EASTERNMOST, WESTERNMOST + precision, False)


def _moment(match: re.Match[str]) -> Interval:
    day, minute, second, fraction, zone = match.groups()
    digits = fraction.ljust(7, "0") if fraction else ""
    leap = second == ":60" and int(minute[3:]) % 15 == 14  # zones differ by quarters of an hour
    naive = datetime.fromisoformat(f"{day}T{minute}{':59' if leap else second or ':00'}{digits}")
    precision = timedelta(seconds=1) if leap else timedelta(0)
    precision += timedelta(0) if fraction else timedelta(seconds=1 if second else 60) - timedelta(microseconds=1)
    if zone is None:
        return local_moment(naive, precision=precision)
    offset = timedelta(0)
    if zone.upper() != "Z":
        if len(zone) == 3 and zone[0] == "-" and second is None and int(zone[1:]) > int(minute[:2]):
            raise ValueError(
                f"{minute}{zone} may go on until {zone[1:]}:00: write {zone}:00, or two times with a slash"
            )
        digits = zone[1:].replace(":", "").ljust(4, "0")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        if int(digits[2:]) > 59 or offset > EASTERNMOST or (zone[0] == "-" and offset > WESTERNMOST):
            raise ValueError(f"no clock on Earth runs at UTC{zone}")
        offset = -offset if zone[0] == "-" else offset
    try:
        start = datetime(*naive.timetuple()[:6], naive.microsecond, tzinfo=timezone(offset)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(_BEYOND) from error
    if leap and (start.hour, start.minute) != (23, 59):
        raise ValueError("a leap second ends a day of UTC")
    return _within_years(start, timedelta(0), precision, True)


def _calendar(year: int, month: int, day: int) -> Interval:
    first = datetime(year, month or 1, day or 1, tzinfo=UTC)
    if day:
        after = timedelta(days=1)
    elif month:
        after = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC) - first
    else:
        after = datetime(year + 1, 1, 1, tzinfo=UTC) - first
    return _within_years(first, -EASTERNMOST, after + WESTERNMOST, False)


def utc_moment(written: str) -> datetime | None:
    """A time in ISO 8601 as UTC; None for what is none, has no zone, or leaves the years 1 to 9999."""
    try:
        moment = datetime.fromisoformat(written)
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _within_years(moment: datetime, before: timedelta, after: timedelta, zone_known: bool) -> Interval:
    try:
        return Interval(moment + before, moment + after, zone_known)
    except OverflowError as error:
        raise ValueError(_BEYOND) from error
