"""Text -> the times it states: each with its words, every reading as an interval, and what is missing to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from ...model.days.weekdays import FULL, LONGEST, SHORT, weekday_beside
from ...model.text import alternatives
from ...model.time import Interval, local_moment, parse_interval
from .clock import ClockTime, times
from .days import DateText, dates
from .readings import Calendar
from .relative import relative
from .words import JOINING

MOST_CHARS = 20_000
MOST_FOUND = 200
_FARTHEST_CHARS = 40
_BETWEEN = (
    r"(?:[\s,.;:·•|()\[\]\u2013\u2014'’-]|"
    rf"(?<!\w)(?:{alternatives([*JOINING.split(), *FULL, *SHORT])})(?!\w)"
    r"|\([日月火水木金土一二三四五六월화수목금토일]\)|🌐|г\.?|р\.?|t)*"
)
# "Tue Nov 12 14:30:00 +0000 2024"; and words that tell of another year than the one of the reader.
_YEAR_BEHIND = re.compile(r"[\s,]{0,3}(?:[+-]\d{4}|[A-Z]{2,5})?\s{0,2}((?:19|20)\d{2})(?![\d:])")
_OTHER_YEAR = re.compile(
    r"last year|прошлого|прошлом году|минулого|去年|昨年|작년|지난해|letzten|vorigen|dernier|geçen yıl|الماضي",
    re.IGNORECASE,
)
# Digits of other scripts and spaces of other widths, one character for one, so that places in the text stay the same.
_PLAIN = str.maketrans(
    {chr(start + n): str(n) for start in (0x0660, 0x06F0, 0x0966, 0xFF10) for n in range(10)}
    | dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u3000\t\n\r", " ")
    | {"：": ":", "／": "/", "－": "-", "．": ".", "‐": "-", "‑": "-"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeText:
    """A time that a text states. More than one reading: the text does not say which; none: something is missing."""

    start: int
    end: int
    quote: str
    readings: tuple[Interval, ...]
    finest: str
    """ "year", "month", "days", "day", "hour", "minute", "second" or "relative": never finer than what is written."""
    needs: str = ""
    """What would let it be read: "the year", "the time at which the text was seen"."""


def read(text: str, *, seen: datetime | None = None) -> tuple[TimeText, ...]:
    """Every time that the text states, in the order of the text.

    `seen`: the aware moment at which the text was on the screen; relative times ("2h", "yesterday") and dates without a
    year are read only with it. Without a zone in the text a time is 26 hours wide (model/time.py). Longer texts are
    read up to 20,000 characters.
    """
    plain = text[:MOST_CHARS].translate(_PLAIN)
    clocks = list(times(plain))
    found: list[TimeText] = []
    for one in sorted(dates(plain), key=lambda date: date.start):
        clock = _beside(one, clocks, plain)
        if clock is not None:
            clocks.remove(clock)
        weekday = weekday_beside(plain[max(0, one.start - LONGEST) : one.start], plain[one.end : one.end + LONGEST])
        found.append(_stated(one, clock, text, seen, weekday))
    spans = [(one.start, one.end) for one in found]
    for start, end, interval in relative(plain, seen):
        if not any(first < end and start < last for first, last in spans):
            needs = "" if interval is not None else "the time at which the text was seen"
            readings = () if interval is None else (interval,)
            found.append(
                TimeText(start=start, end=end, quote=text[start:end], readings=readings, finest="relative", needs=needs)
            )
    return tuple(sorted(found, key=lambda one: one.start)[:MOST_FOUND])


def _beside(one: DateText, clocks: list[ClockTime], text: str) -> ClockTime | None:
    """The time of day that belongs to a date: nothing but joining words and marks between them."""
    best: tuple[int, ClockTime] | None = None
    for clock in clocks:
        start, end = (one.end, clock.start) if clock.start >= one.end else (clock.end, one.start)
        gap = end - start
        if not 0 <= gap <= _FARTHEST_CHARS or not _between().fullmatch(text, start, end):
            continue
        if best is None or gap < best[0]:
            best = gap, clock
    return best[1] if best else None


@cache
def _between() -> re.Pattern[str]:
    """Compiled by the first date with a time of day: the words of all languages take as long as reading some texts."""
    return re.compile(_BETWEEN, re.IGNORECASE)


def _stated(one: DateText, clock: ClockTime | None, text: str, seen: datetime | None, weekday: int | None) -> TimeText:
    start, end = one.start, one.end
    if clock is not None:
        start, end = min(start, clock.start), max(end, clock.end)
    behind = _YEAR_BEHIND.match(text, end)
    year = int(behind[1]) if behind and not any(reading.year for reading in one.readings) else 0
    if year and behind:
        end = behind.end()
    another = _OTHER_YEAR.search(text[max(0, start - 20) : start + 40 + end - start]) is not None
    seen = None if another else seen
    all_dated = [full for reading in one.readings for full in _with_year(reading, year, seen, weekday)]
    dated = [full for full in all_dated if _fits(full, weekday)]
    intervals = tuple(dict.fromkeys(interval for full in dated for interval in _interval(full, clock)))
    return TimeText(
        start=start,
        end=end,
        quote=text[start:end],
        readings=intervals,
        finest=_finest(one.readings[0], clock) if one.readings else "day",
        needs="" if intervals else _missing(one, bool(all_dated)),
    )


def _missing(one: DateText, dated: bool) -> str:
    if dated:
        return "a day of the week that fits its date"
    return "the year" if one.readings else "a day that the calendar has"


def _fits(full: Calendar, weekday: int | None) -> bool:
    """Whether a date is of the day of the week that stands beside it; of days and months that is not asked."""
    if weekday is None or not full.day or full.last_day:
        return True
    try:
        return date(full.year, full.month, full.day).weekday() == weekday
    except ValueError:
        return True


def _with_year(reading: Calendar, behind: int, seen: datetime | None, weekday: int | None) -> Iterator[Calendar]:
    """A date without a year is of the year behind its time, or the last such day before the text was seen.

    With a day of the week beside it, the last that fits it.
    """
    if reading.year or behind:
        yield replace(reading, year=reading.year or behind)
        return
    if seen is None:
        return
    for year in range(seen.year + 1, seen.year - 5, -1):
        try:
            day = datetime(year, reading.month, reading.day or 1, tzinfo=UTC)
        except ValueError:
            continue
        if day - timedelta(hours=14) <= seen and _fits(replace(reading, year=year), weekday):
            yield replace(reading, year=year)
            return


def _interval(full: Calendar, clock: ClockTime | None) -> Iterator[Interval]:
    try:
        if not full.day:
            yield parse_interval(f"{full.year:04d}-{full.month:02d}" if full.month else f"{full.year:04d}")
            return
        first = f"{full.year:04d}-{full.month:02d}-{full.day:02d}"
        if clock is None or full.last_day:
            until = f"{full.last_year:04d}-{full.last_month or full.month:02d}-{full.last_day or full.day:02d}"
            yield parse_interval(f"{first}/{until}")
            return
        naive = datetime.fromisoformat(f"{first}T{clock.hour:02d}:{clock.minute:02d}:{clock.second:02d}")
        precision = clock.precision - timedelta(microseconds=1)
        if clock.offset is None:
            yield local_moment(naive, precision=precision)
        else:
            moment = naive.replace(tzinfo=timezone(clock.offset)).astimezone(UTC)
            yield Interval(moment, moment + precision, True)
    except (ValueError, OverflowError):
        return


def _finest(reading: Calendar, clock: ClockTime | None) -> str:
    if not reading.day:
        return "month" if reading.month else "year"
    if clock is None or reading.last_day:
        return "days" if reading.last_day else "day"
    if clock.precision >= timedelta(hours=1):
        return "hour"
    return "second" if clock.precision < timedelta(minutes=1) else "minute"
