"""Days of other calendars in words -> the days of the Gregorian one that they may be: "27 Aban 1398", 令和3年7月3日.

Only where the words tell the calendar: by the name of a month that no other calendar has in a year of photographs, or
by an era. Arithmetic after Reingold and Dershowitz, Calendrical Calculations (4th edition): chapter 4 (Ethiopian), 7
(Islamic, tabular), 8 (Hebrew) and 15 (Iranian, by the cycle of 33 years, which is that in force from 1925 to 2089).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from .months_elsewhere import BY_CALENDAR, EITHER_ADAR, SECOND_ADAR, YEARS

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
_ERA_DAY = re.compile(
    rf"(?:中華)?(?P<era>{'|'.join(_ERAS)})\s?(?P<year>\d{{1,3}}|元)\s?年"
    r"(?:\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?)?"
)
_LUNISOLAR_UNTIL = 1873  # Japan's months follow the moon before the sixth year of Meiji
# Thailand's years began in April, and not yet in January, before 2484 (1941).
_THAI_NEW_YEAR_MOVED, _BUDDHIST = 2484, 543
# The new moon is seen a day or two earlier or later than the tables have it, from one country to the next.
_ISLAMIC_DOUBT = timedelta(days=2)
_EVENING_BEFORE = timedelta(days=1)
_IRANIAN_NEW_YEAR, _IRANIAN_YEAR = date(2024, 3, 20), 1403
_DAYS_BEFORE_THE_COMMON_ERA = 1_721_425  # of the Julian day number of day 0 of datetime.date
_HEBREW_EPOCH = -1_373_427  # 1 Tishri 1, as an ordinal of datetime.date
# Those written without a comma; any other word may be "before".
_WEEKDAYS = r"[a-z]{3,6}day|[^\s,،]{0,6}شنبه|جمعه|ال(?:[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة|سبت)|วัน[^\s,،]{2,14}ที่"
_YEARS_LONG = re.compile(
    r"(?:\s?(?:A\.?H|A\.?P|S\.?H|H\.?S|E\.?C|B\.?E|A\.?M|H)\.?|\s?هـ|\s?ه‍?\.? ?ش\.?)$", re.IGNORECASE
)


def days_elsewhere(text: str) -> tuple[date, date] | None:
    """The first and last Gregorian day that a day, month or year of another calendar may be; None for any other text.

    The days of the Hebrew and the Islamic calendar begin in the evening before. Raises ValueError for a day that the
    calendar does not have.
    """
    if match := _ERA_DAY.fullmatch(text):
        year = _ERAS[match["era"]] + (1 if match["year"] == "元" else _from_one(match["year"]))
        if match["era"] == "明治" and match["month"] and year < _LUNISOLAR_UNTIL:
            raise ValueError(f"months followed the moon before {_LUNISOLAR_UNTIL}")
        return _gregorian(year, _from_one(match["month"]), _from_one(match["day"]))
    for day, month, year, reckoned in _parts(_YEARS_LONG.sub("", text.strip())):
        for calendar, months in BY_CALENDAR.items():
            if month in months and year in YEARS[calendar] and reckoned != "ค.ศ.":
                if month in (EITHER_ADAR if _leap(year) else SECOND_ADAR):
                    raise ValueError("the year has two months Adar" if _leap(year) else "the year has one Adar")
                return _in(calendar, year, months[month], day)
            if month in months and calendar == "Buddhist" and 1826 <= year <= 2100 and reckoned != "พ.ศ.":
                return _gregorian(year, months[month], day)
    return None


def _parts(text: str) -> Iterator[tuple[int, str, int, str]]:
    """Day (0 where none is written), month, year, and what a Thai year is counted from where that is written."""
    for form in _forms():
        if match := form.fullmatch(text):
            day = _from_one(match.groupdict().get("day"))
            yield day, match["month"].casefold(), int(match["year"]), match["reckoned"] or ""


def _from_one(written: str | None) -> int:
    """A number that counts from 1; 0 where none is written. Raises ValueError for a written 0."""
    if written and not int(written):
        raise ValueError("days, months and years of an era are counted from 1")
    return int(written or 0)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    names = sorted((name for months in BY_CALENDAR.values() for name in months), key=len, reverse=True)
    month = rf"(?P<month>{'|'.join(map(re.escape, dict.fromkeys(names)))})"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    year = r"(?:(?P<reckoned>พ\.ศ\.|ค\.ศ\.)|سال|عام|سنة|year)?\s?(?P<year>\d{4})"
    weekday = rf"(?:[^\s\d,،]{{2,12}}[,،]\s+|(?:{_WEEKDAYS})\s+)?"
    forms = (
        rf"{weekday}(?:วันที่\s?)?{day}\s+(?:of\s+|ב)?{month}\s*,?\s*{year}",
        rf"{weekday}{month}\s+{day},?\s+{year}",
        rf"{month},?\s+{year}",
        rf"{year}\s+{month}\s+{day}",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _in(calendar: str, year: int, month: int, day: int) -> tuple[date, date]:
    match calendar:
        case "Buddhist":
            if year < _THAI_NEW_YEAR_MOVED and month <= 3:
                raise ValueError(f"it may be in {year - _BUDDHIST} or {year - _BUDDHIST + 1}")
            return _gregorian(year - _BUDDHIST, month, day)
        case "Iranian":
            first, length = _iranian(year, month)
        case "Ethiopian":
            first, length = _ethiopian(year, month)
        case "Hebrew":
            first, length = _hebrew(year, month)
        case _:
            first, length = _islamic(year, month)
    if day > length or length == 0:
        raise ValueError(f"day is out of range for month: the month has {length} days")
    start, end = (first + timedelta(days=n) for n in ((day - 1, day - 1) if day else (0, length - 1)))
    if calendar == "Islamic":
        return start - _EVENING_BEFORE - _ISLAMIC_DOUBT, end + _ISLAMIC_DOUBT
    return start - (_EVENING_BEFORE if calendar == "Hebrew" else timedelta(0)), end


def _gregorian(year: int, month: int, day: int) -> tuple[date, date]:
    if day:
        return date(year, month, day), date(year, month, day)
    following = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    return date(year, month or 1, 1), following - timedelta(days=1)


def _iranian(year: int, month: int) -> tuple[date, int]:
    between = range(min(year, _IRANIAN_YEAR), max(year, _IRANIAN_YEAR))
    days = sum(366 if _iranian_leap(one) else 365 for one in between)
    new_year = _IRANIAN_NEW_YEAR + timedelta(days=days if year > _IRANIAN_YEAR else -days)
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    length = 31 if month <= 6 else 30 if month < 12 or _iranian_leap(year) else 29
    return new_year + timedelta(days=before), length


def _iranian_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8


def _ethiopian(year: int, month: int) -> tuple[date, int]:
    number = 1_724_221 + 365 * (year - 1) + year // 4 + 30 * (month - 1)
    length = 30 if month < 13 else 6 if year % 4 == 3 else 5
    return date.fromordinal(number - _DAYS_BEFORE_THE_COMMON_ERA), length


def _islamic(year: int, month: int) -> tuple[date, int]:
    number = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + 1 + 1_948_055
    return date.fromordinal(number - _DAYS_BEFORE_THE_COMMON_ERA), 30  # where the moon is seen on the 30th evening


def _hebrew(year: int, month: int) -> tuple[date, int]:
    """Months from Tishri; the sixth, Adar I, has no days in a common year."""
    start, following = _tishri(year), _tishri(year + 1)
    whole = following - start
    leap = _leap(year)
    lengths = [30, 30 if whole % 10 == 5 else 29, 29 if whole % 10 == 3 else 30, 29, 30, 30 if leap else 0]
    lengths += [29, 30, 29, 30, 29, 30, 29]
    return date.fromordinal(start + sum(lengths[: month - 1])), lengths[month - 1]


def _leap(year: int) -> bool:
    return (7 * year + 1) % 19 < 7


def _tishri(year: int) -> int:
    """The ordinal of 1 Tishri, with the two postponements that depend on the years beside it."""
    before, this, after = map(_hebrew_days, (year - 1, year, year + 1))
    late = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return _HEBREW_EPOCH + this + late


def _hebrew_days(year: int) -> int:
    months = (235 * year - 234) // 19
    days = 29 * months + (12_084 + 13_753 * months) // 25_920
    return days + 1 if 3 * (days + 1) % 7 < 3 else days
