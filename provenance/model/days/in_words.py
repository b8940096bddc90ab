"""Days as people write them, where one meaning is left: "3 March 2022", "2022年3月16日", "27 Aban 1398".

What two countries read differently ("3/4/2022"), and what needs another day to be read ("Saturday", "вчера"), is none
of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ..text import alternatives, folded
from ..time import EASTERNMOST, WESTERNMOST, Interval, between, parse_interval
from .converted import days_elsewhere
from .months import MONTHS
from .weekdays import without_weekday

_NAMES = alternatives(MONTHS)
_MONTH = rf"(?P<month>{_NAMES})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?"
_YEAR = r"(?P<year>\d{4})"
_OF = r"(?:\s+(?:of|de|del|d'))?"
_END = r"(?:,?\s*(?:г\.?|года?|р\.?|року))?"
_BEFORE = r"(?:(?!\d)\w{2,12}\.?,\s+)?"
# As text: `re` compiles each for the first day in words.
_FORMS = (
    rf"{_BEFORE}(?:le |el |am |den )?{_DAY}{_OF}\s+{_MONTH}{_OF},?\s+{_YEAR}{_END}",
    rf"{_BEFORE}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    rf"{_MONTH}{_OF},?\s+{_YEAR}{_END}",
    rf"{_YEAR}\s?[年년]\s?(?P<number>\d{{1,2}})\s?[月월](?:\s?(?P<day>\d{{1,2}})\s?[日号일])?",
    rf"{_YEAR}[./]\s?(?P<number>\d{{1,2}})[./]\s?(?P<day>\d{{1,2}})\.?",
    rf"(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.{_YEAR}{_END}",
    rf"{_DAY}-{_MONTH}-{_YEAR}",
)
_SPAN = rf"(?P<first>\d{{1,2}})\s?[–—-]\s?(?P<last>\d{{1,2}}){_OF}\s+(?P<rest>(?:{_NAMES})\.?{_OF},?\s+\d{{4}}){_END}"
_NIGHT = rf"(?P<first>\d{{1,2}})/(?P<last>\d{{1,2}}){_OF}\s+(?P<rest>(?:{_NAMES})\.?{_OF},?\s+\d{{4}}){_END}"
_NIGHT_BEHIND = rf"(?P<month>(?:{_NAMES})\.?)\s+(?P<first>\d{{1,2}})/(?P<last>\d{{1,2}}),?\s+(?P<year>\d{{4}})"
_OTHERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_HALF_A_YEAR = timedelta(days=183)
LONGEST = 60


def read_time(text: str) -> Interval:
    """What `parse_interval` reads, and days in words. Raises ValueError, of a day that may be two with both."""
    try:
        return parse_interval(text)
    except ValueError:
        if (found := day_in_words(text)) is not None:
            return found
        plain, weekday = without_weekday(" ".join(text.split())[:LONGEST])
        both = _readings(plain)
        fitting = [one for one in both if weekday in (None, date.fromisoformat(one).weekday())]
        if len(fitting) == 2:
            raise ValueError(f"it may be {both[0]} or {both[1]}") from None
        if fitting:
            return parse_interval(fitting[0])
        raise


def day_in_words(text: str) -> Interval | None:
    """The day, days of one month, month, or two of them with a dash between spaces; None for every other text.

    As wide as a bare date (model/time.py). Raises ValueError for a day that no calendar has.
    """
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return None
    if match := re.fullmatch(_SPAN, text, re.IGNORECASE):
        days = [day_in_words(f"{match[key]} {match['rest']}") for key in ("first", "last")]
    elif night := _night(text):
        days = night
    else:
        parts = re.split(r"\s[–—-]\s", text)
        days = [_one(part) for part in parts]
        if len(parts) == 2 and days[0] is None and days[1] is not None:
            days[0] = _by_the_year_behind(parts[0], parts[1], days[1])
    first, last = days[0], days[-1]
    if len(days) > 2 or first is None or last is None:
        return None
    return between(first, last) if len(days) == 2 else first


def _by_the_year_behind(text: str, behind: str, last: Interval) -> Interval | None:
    """A first day without a year, by that of the last ("28 February - 2 March 2024"); by the one before at a turn.

    More than half a year is no turn, and ends before it begins.
    """
    written = re.search(r"\d{4}(?=\D*$)", behind)
    if written is None or re.search(r"\d{4}", text):
        return None
    first = _one(f"{text} {written[0]}")
    before = first and first.earliest and last.earliest and first.earliest - last.earliest
    if before and before > _HALF_A_YEAR:
        return _one(f"{text} {int(written[0]) - 1:04d}")
    return first


def _night(text: str) -> list[Interval | None]:
    """Both days of a night, "14/15 July 2016"; none where the second is not the day after."""
    match = re.fullmatch(_NIGHT, text, re.IGNORECASE) or re.fullmatch(_NIGHT_BEHIND, text, re.IGNORECASE)
    if match is None or int(match["last"]) != int(match["first"]) + 1:
        return []
    found = match.groupdict()
    rest = found.get("rest") or f"{found['month']} {found['year']}"
    return [day_in_words(f"{match[key]} {rest}") for key in ("first", "last")]


def _readings(text: str) -> tuple[str, ...]:
    """The ISO dates that a day in numbers may be: two of 3/4/2022, one of 16/3/2022, none of other texts."""
    match = _OTHERS.fullmatch(text.strip())
    return tuple(dict.fromkeys(_dates(*map(int, match.groups())))) if match else ()


def _dates(one: int, two: int, year: int) -> Iterator[str]:
    for month, day in ((two, one), (one, two)):
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield f"{year:04d}-{month:02d}-{day:02d}"


def _one(text: str) -> Interval | None:
    """One day or month. Raises ValueError for a day that no calendar has, and where its day of the week is another."""
    plain, weekday = without_weekday(text)
    if weekday is None:
        return _dated(text)
    found = _iso(plain) or _dated(plain)
    if found is None or found.earliest is None or found.latest is None:
        return _dated(text)
    day = (found.earliest + EASTERNMOST).date()
    if found.latest - WESTERNMOST <= found.earliest + EASTERNMOST + timedelta(days=1) and day.weekday() != weekday:
        raise ValueError(f"{day.isoformat()} was a {day:%A}")
    return found


def _iso(text: str) -> Interval | None:
    try:
        return parse_interval(text)
    except ValueError:
        return None


def _dated(text: str) -> Interval | None:
    if (elsewhere := days_elsewhere(text)) is not None:
        first, last = (parse_interval(day.isoformat()) for day in elsewhere)
        return between(first, last)
    match = next((fits for form in _FORMS if (fits := re.fullmatch(form, text, re.IGNORECASE))), None)
    if match is None:
        return None
    found = match.groupdict()
    if found.get("day") and not int(found["day"]):
        raise ValueError("day is out of range for month")
    month = int(found["number"]) if found.get("number") else MONTHS[folded(" ".join(found["month"].split()))]
    day = f"-{int(found['day']):02d}" if found.get("day") else ""
    return parse_interval(f"{int(found['year']):04d}-{month:02d}{day}")
