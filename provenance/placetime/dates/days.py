"""Calendar dates in text: every way to read each, and how fine it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .words import MONTHS

_NAMES = "|".join(re.escape(name) for name in sorted(MONTHS, key=len, reverse=True))
_MONTH = rf"(?<!\w)(?P<month>{_NAMES})(?!\w)\.?"
_DAY = r"(?<![\d.,:/-])(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|-?го|-е|-те)?\.?"
_YEAR = r"(?P<year>(?:1[89]|20)\d{2})(?![\d:])"
_OF = r"(?:\s?(?:de|del|of|d'|d’|،|,|\.)?\s{0,2})"
# A span of days that goes on for longer is none that a caption means: "5 June - 2 May 2021".
_LONGEST = timedelta(days=183)
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WESTERN = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u052f]")
_UNTIL = _MONTH.replace("month", "until")
# "Between 3 and 5 May": the first day belongs to it.
_BETWEEN = r"(?<!\w)(?:between|zwischen|entre|между|між|поміж)\s(?:the\s|el\s|le\s|dem\s)?"
_AND = r"\.?\s(?:and|und|et|y|e|и|і|й|та)\s(?:the\s|el\s|le\s)?"
_DASH = r"(?:\s?[-–—]\s?|\s(?:to|bis|au|al|по|до)\s)"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DateText:
    """A date where it stands. `readings` are all there are; none: no calendar has the day. Year 0: none is written."""

    start: int
    end: int
    readings: tuple[Calendar, ...]


def dates(text: str) -> Iterator[DateText]:
    """Every date in a text whose digits are ASCII, none overlapping another; the earlier forms of the list win."""
    taken: list[tuple[int, int]] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            told = tuple(dict.fromkeys(read(match)))
            readings = tuple(one for one in told if _exists(one))
            if readings or (told and all(1 <= one.month <= 12 and 1 <= one.day <= 31 for one in told)):
                taken.append(match.span())
                yield DateText(start=match.start(), end=match.end(), readings=readings)


def _exists(one: Calendar) -> bool:
    try:
        first = date(one.year or 2024, one.month or 1, one.day or 1)
        last = date(one.last_year or 2024, one.last_month or one.month or 1, one.last_day or 1)
    except ValueError:
        return False
    return one.last_day == 0 or timedelta() <= last - first <= _LONGEST


def _named(match: re.Match[str]) -> Iterator[Calendar]:
    found = match.groupdict()
    month, until = (
        MONTHS[" ".join(found[key].split()).casefold()] if found.get(key) else 0 for key in ("month", "until")
    )
    yield Calendar(
        int(found.get("year") or 0) - (0 < until < month),  # 28 December - 3 January 2022
        month,
        int(found.get("day") or 0),
        int(found.get("last") or 0),
        until,
    )


def _numbered(match: re.Match[str]) -> Iterator[Calendar]:
    """Year, month and day written in that order."""
    found = match.groupdict()
    year = int(found.get("year") or 0)
    if found.get("era"):
        year = int(found["counted"]) + _ERAS[found["era"]]
    elif year and year < 100:
        year += 2000
    until = int(found.get("until") or 0)
    yield Calendar(year, int(found.get("month") or 0), int(found.get("day") or 0), int(found.get("last") or 0), until)


def _one_night(match: re.Match[str]) -> Iterator[Calendar]:
    """Two days with a stroke between them, which are one night where they follow each other; 24/7 and 3/17 are none."""
    if int(match["last"]) == int(match["day"]) + 1:
        yield from _named(match) if not match["month"].isdigit() else _numbered(match)


def _orders(match: re.Match[str]) -> Iterator[Calendar]:
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


def _two(match: re.Match[str]) -> Iterator[Calendar]:
    """Day and month, the month first too where neither dots nor letters of a country with dots decide it."""
    first, second = int(match["one"]), int(match["two"])
    yield Calendar(0, second, first)
    if match["mark"] != "." or _WESTERN.search(match.string) is None:
        yield Calendar(0, first, second)


def _short_year(match: re.Match[str]) -> Iterator[Calendar]:
    """A year of two digits behind a month by its name: of this century or of the last."""
    for one in _named(match):
        yield Calendar(2000 + int(match["short"]), one.month, one.day)
        yield Calendar(1900 + int(match["short"]), one.month, one.day)


_ALONE = r"(?<![\d.,:/-])"  # no digit goes on into the number from the left
_FIRST = rf"{_ALONE}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?"
_LAST = r"(?P<last>\d{1,2})(?:st|nd|rd|th|er|º)?\.?"
# "Day 5 - 28 February 2022" is one day, and so is "№ 5 - 28 февраля 2022".
_LABELS = "day week part no no. photo page figure fig. room camp день часть фото стр. №"
_NO_LABEL = "".join(rf"(?<!{re.escape(word)}\s)" for word in _LABELS.split())
_RU_YEAR = r"(?:\s?(?:г\.|г(?!\w)|года|году|р\.|році|року))?"
# A short year behind a word is of this century only where the word is none of an era: 摄于24年, not 光緒26年.
_NO_ERA = r"(?:(?<![\u3400-\u9fff])|(?<=[于於在自从從至到摄攝影拍]))"
_ERA = (
    r"(?:(?P<era>令和|平成|昭和|大正|明治|民國|民国)\s?(?P<counted>\d{1,3})"
    rf"|(?<!\d)(?P<year>(?:1[89]|20)\d{{2}}|{_NO_ERA}\d{{2}}))"
    r"\s?[年년.]\s?(?P<month>\d{1,2})\s?[月월]"
)
_CJK_DAY = r"\s?(?P<day>\d{1,2})\s?[日일号號]"
# 2024年2月24日至3月2日, 2024년 2월 24일~26일
_EASTERN_DASH = r"\s?(?:[-–—~～〜至到]|から|부터)\s?"
_EASTERN_LAST = r"(?:(?P<until>\d{1,2})\s?[月월]\s?)?(?P<last>\d{1,2})\s?[日일号號]"
_ORDINAL = r"(?:st|nd|rd|th)?"
_CLOCK_AHEAD = r"(?=[\s,·|]{1,3}(?:в|о|um|at|à)?\s?\d{1,2}[:.]\d{2})"
_CALLED_YEAR = r"\s?(?:г\.|года|году|год|року|році|рік|р\.|年|년)"
# In English the month before the day begins with a capital; "may 3 people" and "out 3" are none.
_CAPITAL = r"(?-i:(?=[A-ZÄÀÉÖŞА-ЯІЄЇ]|[^A-Za-z]))"

# Years before the first of an era; of the Republic of China, as Taiwan counts.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}

_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Calendar]]]
_FORMS: tuple[_Form, ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        # 2024-11-14, 2024/11/14, 2024.11.14, 2024. 11. 14., 2024-11-14T...
        (
            rf"{_ALONE}(?P<year>(?:1[89]|20)\d{{2}})(?P<mark>[-/.])\s?(?P<month>\d{{1,2}})"
            r"(?P=mark)\s?(?P<day>\d{1,2})(?![\d/])",
            _numbered,
        ),
        # 2024年11月14日, 2024년 11월 14일, 令和6年11月14日; 2024年11月; 11月14日
        (rf"{_ERA}\s?(?P<day>\d{{1,2}})\s?[日일号號]?{_EASTERN_DASH}{_EASTERN_LAST}", _numbered),
        (_ERA + _CJK_DAY, _numbered),
        (_ERA, _numbered),
        (r"(?<!\d)(?P<month>\d{1,2})\s?[月월]" + _CJK_DAY, _numbered),
        # 28 February - 2 March 2024, between 28 February and 2 March 2024; February 28 - March 2, November 14-16, 2024
        (rf"{_FIRST}{_OF}{_MONTH}{_DASH}{_LAST}{_OF}{_UNTIL}{_OF}{_YEAR}", _named),
        (rf"{_BETWEEN}{_FIRST}{_OF}{_MONTH}{_AND}{_LAST}{_OF}{_UNTIL}{_OF}{_YEAR}", _named),
        (rf"{_MONTH}\s{{1,2}}{_FIRST}{_DASH}(?:{_UNTIL}\s{{1,2}})?{_LAST}\s?,?\s{{1,2}}{_YEAR}", _named),
        # between 14 and 16 November 2024; 14-16 November 2024; 14.-16.11.2024
        (rf"{_BETWEEN}{_FIRST}{_AND}{_LAST}{_OF}{_MONTH}{_OF}{_YEAR}", _named),
        (rf"{_NO_LABEL}{_FIRST}{_DASH}{_LAST}{_OF}{_MONTH}{_OF}{_YEAR}", _named),
        (rf"{_FIRST}\s?[-–—]\s?(?P<last>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}", _numbered),
        # 14/15 November 2024, November 14/15, 2024, 14/15.11.2024
        (rf"{_FIRST}/{_LAST}{_OF}{_MONTH}{_OF}{_YEAR}", _one_night),
        (rf"{_MONTH}\s{{1,2}}{_FIRST}/{_LAST}\s?,?\s{{1,2}}{_YEAR}", _one_night),
        (rf"{_FIRST}/(?P<last>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}", _one_night),
        # 14 November 2024, 14. Nov. 2024, 14 de noviembre de 2024, 14 ноября 2024 г.
        (rf"{_DAY}{_OF}{_MONTH}{_OF}{_YEAR}{_RU_YEAR}", _named),
        # 14-Nov-2024
        (rf"{_ALONE}(?P<day>\d{{1,2}})-{_MONTH}-{_YEAR}", _named),
        # November 14, 2024
        (rf"{_MONTH}\s{{0,2}}(?P<day>\d{{1,2}}){_ORDINAL}\s?[,،.]?\s{{1,2}}{_YEAR}", _named),
        # 2024 November 14
        (rf"{_ALONE}{_YEAR}\s?[,.]?\s{{0,2}}{_MONTH}\s{{1,2}}(?P<day>\d{{1,2}})(?!\d)", _named),
        # 14.11.2024, 14/11/24, 11-14-2024
        (
            rf"{_ALONE}(?P<one>\d{{1,2}})(?P<mark>[-/.])(?P<two>\d{{1,2}})(?P=mark)"
            r"(?P<three>\d{4}|\d{2})(?![\d:/-]|\.\d)",
            _orders,
        ),
        # November 2024
        (rf"{_MONTH}{_OF}{_YEAR}{_RU_YEAR}", _named),
        (rf"{_ALONE}{_YEAR}\s{{1,2}}{_MONTH}", _named),
        # 14 Nov '23, 3 января 24 г., Nov 14, '23
        (rf"{_DAY}{_OF}{_MONTH}\s?,?\s?['’]?(?P<short>\d{{2}})(?![\d:.]|\s?[:h])(?:\s?г\.)?", _short_year),
        (rf"{_MONTH}\s{{0,2}}(?P<day>\d{{1,2}})\s?,?\s?['’](?P<short>\d{{2}})(?!\d)", _short_year),
        # without a year
        (rf"{_DAY}{_OF}(?!(?-i:may|mar|set|ago|out|mag)\b){_MONTH}", _named),
        (rf"{_CAPITAL}{_MONTH}\s{{0,2}}(?P<day>\d{{1,2}}){_ORDINAL}(?![\d:.]|\s?[:h])", _named),
        (rf"{_ALONE}(?P<one>\d{{1,2}})(?P<mark>[-/.])(?P<two>\d{{1,2}})\.?{_CLOCK_AHEAD}", _two),
        # a year, where it is called one
        (rf"{_ALONE}{_YEAR}{_CALLED_YEAR}", _numbered),
        (rf"\A\s*{_YEAR}\s*\Z", _numbered),
    )
)
