"""Times and places in a desk's words, never finer than they were given."""

from __future__ import annotations

from datetime import datetime, timedelta

from .place import Place
from .publication import DateBasis
from .time import EASTERNMOST, WESTERNMOST, Interval

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""As the record writes them; other languages put their own in their place."""


def span(interval: Interval) -> str:
    """ "14 Nov 2024", "Nov 2024", "1 Oct – 15 Nov 2024", "until 30 Apr 2019", "14 Nov 2024 08:42 UTC"."""
    start, end = as_written(interval)
    if start is None and end is None:
        return "any time"
    if start is None or end is None:
        word, moment = ("until", end) if start is None else ("from", start)
        assert moment is not None  # one of the two ends is there  # noqa: S101
        return f"{word} {_one(moment, interval, last=start is None)}"
    if not interval.zone_known and (whole := _whole(start, end)):
        return whole
    # A moment at midnight is no day: the end tells, for a day ends at 24:00.
    same_day = not interval.zone_known and start.date() == end.date()
    first = _moment(start, interval) if same_day else _one(start, interval, last=False)
    last = _moment(end, interval) if same_day else _one(end, interval, last=True)
    return first if first == last else f"{_shortened(first, last)} – {last}"


def as_written(interval: Interval) -> tuple[datetime | None, datetime | None]:
    """Both ends as somebody wrote them: without the 26 hours that an unknown zone adds. The end of a day is 24:00."""
    if interval.zone_known:
        return interval.earliest, interval.latest
    try:
        start = None if interval.earliest is None else interval.earliest + EASTERNMOST
        end = None if interval.latest is None else interval.latest - WESTERNMOST
    except OverflowError:
        return interval.earliest, interval.latest
    return (start, end) if not (start and end and start > end) else (interval.earliest, interval.latest)


def last_day(interval: Interval) -> str:
    """The last calendar day of an interval, ISO 8601, as it was written; "" when it has no end."""
    end = as_written(interval)[1]
    if end is None:
        return ""
    return (end - timedelta(microseconds=1) if _midnight(end) else end).date().isoformat()


def _whole(start: datetime, end: datetime) -> str:
    """A whole year or month by its name; "" for anything else."""
    if not (_midnight(start) and _midnight(end)) or start.day != 1 or end.day != 1 or end <= start:
        return ""
    if start.month == end.month == 1 and end.year == start.year + 1:
        return str(start.year)
    months = (end.year - start.year) * 12 + end.month - start.month
    return f"{MONTHS[start.month - 1]} {start.year}" if months == 1 else ""


def _one(moment: datetime, interval: Interval, *, last: bool) -> str:
    if not interval.zone_known and _midnight(moment):
        first = datetime.min.replace(tzinfo=moment.tzinfo)  # nothing lies before it
        return _day(moment - timedelta(microseconds=1) if last and moment > first else moment)
    return _moment(moment, interval)


def _moment(moment: datetime, interval: Interval) -> str:
    return f"{_day(moment)} {moment:%H:%M}{' UTC' if interval.zone_known else ' (no time zone)'}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def _shortened(first: str, last: str) -> str:
    """The first day without the year, or month and year, that the last day repeats."""
    if first.count(" ") != 2 or last.count(" ") != 2:
        return first
    day, month, year = first.split(" ")
    if not last.endswith(f" {year}"):
        return first
    return day if last.endswith(f" {month} {year}") else f"{day} {month}"


def _midnight(moment: datetime) -> bool:
    return not (moment.hour or moment.minute or moment.second or moment.microsecond)


_KNOWN_BY = {
    DateBasis.UNKNOWN: "how it is known is not stated",
    DateBasis.PLATFORM_UTC: "platform",
    DateBasis.DISPLAY_NO_TZ: "as shown",
}


def known_by(basis: DateBasis) -> str:
    """How the date of a publication is known, in brackets behind it: "page date", "as shown"."""
    return _KNOWN_BY.get(basis, basis.value.replace("_", " "))


def where(place: Place) -> str:
    """ "Krasnoyarsk (RU)"; what is more than a name in quotation marks, since "in" may stand before: "near Bakhmut"."""
    said = f'"{place.name}"' if place.name[:1].islower() else place.name
    return f"{said} ({place.cc})" if place.cc and place.cc != place.name else said


def listing(names: list[str], *, most: int = 4) -> str:
    """ "a, b and c"; of many the first few and how many more."""
    shown = names[:most] if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""
