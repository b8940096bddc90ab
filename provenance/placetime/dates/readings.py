"""What a form of a date says: from its named groups to every day, or span of days, that it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ...model.days.months import MONTHS
from ...model.text import folded

# A span of days that goes on for longer is none that a caption means: "5 June - 2 May 2021".
_LONGEST = timedelta(days=183)
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WESTERN = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u052f]")
# Years before the first of an era; of the Republic of China, as Taiwan counts.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year, a month of it or a day of that; `last_day` closes a range of days, of one month or up to `last_month`.

    A `last_month` before `month` is one of the next year.
    """

    year: int
    month: int = 0
    day: int = 0
    last_day: int = 0
    last_month: int = 0

    @property
    def last_year(self) -> int:
        """The year in which a range of days ends."""
        return self.year + (0 < self.last_month < self.month)


def exists(one: Calendar) -> bool:
    """Whether the calendar has its days, and a span of them ends behind its beginning and within half a year."""
    try:
        first = date(one.year or 2024, one.month or 1, one.day or 1)
        last = date(one.last_year or 2024, one.last_month or one.month or 1, one.last_day or 1)
    except ValueError:
        return False
    return one.last_day == 0 or timedelta() <= last - first <= _LONGEST


def named(match: re.Match[str]) -> Iterator[Calendar]:
    """A date whose months are written by name; the year of a span is that of its last day."""
    found = match.groupdict()
    month, until = (MONTHS[folded(" ".join(found[key].split()))] if found.get(key) else 0 for key in ("month", "until"))
    yield Calendar(
        int(found.get("year") or 0) - (0 < until < month),  # 28 December - 3 January 2022
        month,
        int(found.get("day") or 0),
        int(found.get("last") or 0),
        until,
    )


def numbered(match: re.Match[str]) -> Iterator[Calendar]:
    """A date in numbers; the year of a span is that of its first day."""
    found = match.groupdict()
    year = int(found.get("year") or 0)
    if found.get("era"):
        year = int(found["counted"]) + _ERAS[found["era"]]
    elif year and year < 100:
        year += 2000
    until = int(found.get("until") or 0)
    yield Calendar(year, int(found.get("month") or 0), int(found.get("day") or 0), int(found.get("last") or 0), until)


def if_there_is(match: re.Match[str]) -> Iterator[Calendar]:
    """The same, or nothing, so that the first day is read by itself."""
    yield from filter(exists, numbered(match))


def into_the_year(match: re.Match[str]) -> Iterator[Calendar]:
    """From one day in numbers to another, whose year is written; nothing where there is no such span."""
    for one in numbered(match):
        yield from filter(exists, [replace(one, year=one.year - (one.last_month < one.month))])


def perhaps_into_the_year(match: re.Match[str]) -> Iterator[Calendar]:
    """The same, or a number of something else before one day: "version 2.1 - 02.03.2024"."""
    for one in into_the_year(match):
        yield from (one, Calendar(one.last_year, one.last_month, one.last_day))


def perhaps_two(match: re.Match[str]) -> Iterator[Calendar]:
    """Two days with a dash between spaces, or a number of something else before one day: "Photo 3 - 17.07.2014"."""
    for one in numbered(match):
        yield one
        yield Calendar(one.year, one.month, one.last_day)


def one_night(match: re.Match[str]) -> Iterator[Calendar]:
    """Two days with a stroke between them, which are one night where they follow each other; 24/7 and 3/17 are none."""
    if int(match["last"]) == int(match["day"]) + 1:
        yield from named(match) if not match["month"].isdigit() else numbered(match)


def orders(match: re.Match[str]) -> Iterator[Calendar]:
    """Three numbers: with dots the day stands first (CLDR), in Korean and Chinese text the year; else any order.

    Dots with a year of two digits are of no country where no letter stands beside them.
    """
    first, second, last = int(match["one"]), int(match["two"]), match["three"]
    year, short = (int(last), False) if len(last) == 4 else (2000 + int(last), True)
    dotted, eastern = match["mark"] == ".", _EASTERN.search(match.string) is not None
    western = dotted and not eastern and _WESTERN.search(match.string) is not None
    if short and not western:
        yield Calendar(2000 + first, second, int(last))
    if short and eastern:
        return
    yield Calendar(year, second, first)
    if not dotted:
        yield Calendar(year, first, second)


def two(match: re.Match[str]) -> Iterator[Calendar]:
    """Day and month, the month first too where neither dots nor letters of a country with dots decide it."""
    first, second = int(match["one"]), int(match["two"])
    yield Calendar(0, second, first)
    if match["mark"] != "." or _WESTERN.search(match.string) is None:
        yield Calendar(0, first, second)


def short_year(match: re.Match[str]) -> Iterator[Calendar]:
    """A year of two digits behind a month by its name: of this century or of the last."""
    for one in named(match):
        yield Calendar(2000 + int(match["short"]), one.month, one.day)
        yield Calendar(1900 + int(match["short"]), one.month, one.day)
