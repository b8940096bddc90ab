"""Calendar dates in text: every way to read each, and how fine it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from ...model.days.months import MONTHS
from ...model.text import alternatives
from .readings import (
    Calendar,
    exists,
    if_there_is,
    into_the_year,
    named,
    numbered,
    one_night,
    orders,
    perhaps_into_the_year,
    perhaps_two,
    short_year,
    two,
)

_NAMES = alternatives(MONTHS)
_MONTH = rf"(?<!\w)(?P<month>{_NAMES})(?!\w)\.?"
_DAY = r"(?<![\d.,:/-])(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|-?го|-е|-те)?\.?"
_YEAR = r"(?P<year>(?:1[89]|20)\d{2})(?![\d:])"
_OF = r"(?:\s?(?:de|del|of|d'|d’|،|,|\.)?\s{0,2})"
_UNTIL = _MONTH.replace("month", "until")
# "Between 3 and 5 May": the first day belongs to it.
_BETWEEN = r"(?<!\w)(?:between|zwischen|entre|между|між|поміж)\s(?:the\s|el\s|le\s|dem\s)?"
_AND = r"\.?\s(?:and|und|et|y|e|и|і|й|та)\s(?:the\s|el\s|le\s)?"
_DASH = r"(?:\s?[-–—]\s?|\s(?:to|bis|au|al|по|до)\s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateText:
    """A date where it stands. `readings` are all there are; none: no calendar has the day. Year 0: none is written."""

    start: int
    end: int
    readings: tuple[Calendar, ...]


def dates(text: str) -> Iterator[DateText]:
    """Every date in a text whose digits are ASCII, none overlapping another; the earlier forms of the list win."""
    taken: list[tuple[int, int]] = []
    if not _compiled(r"\d").search(text):
        return
    names_a_month = _compiled(_MONTH).search(text) is not None
    for pattern, read in _FORMS:
        if _MONTH in pattern and not names_a_month:
            continue
        for match in _compiled(pattern).finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            told = tuple(dict.fromkeys(read(match)))
            readings = tuple(one for one in told if exists(one))
            if readings or (told and all(1 <= one.month <= 12 and 1 <= one.day <= 31 for one in told)):
                taken.append(match.span())
                yield DateText(start=match.start(), end=match.end(), readings=readings)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The months of a dozen languages stand in most forms: each is compiled by the first text that it may be in."""
    return re.compile(pattern, re.IGNORECASE)


_ALONE = r"(?<![\d.,:/-])"  # no digit goes on into the number from the left
_FIRST = rf"{_ALONE}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?"
_LAST = r"(?P<last>\d{1,2})(?:st|nd|rd|th|er|º)?\.?"
_DAY_MONTH = r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})"
_LAST_DAY_MONTH = r"(?P<last>\d{1,2})\.(?P<until>\d{1,2})\."
# "Day 5 - 28 February 2022" is one day, and so is "№ 5 - 28 февраля 2022".
_LABELS = "day week part no no. photo page figure fig. room camp день часть фото стр. №"
_NO_LABEL = "".join(
    rf"(?<!{re.escape(word)}\s)" if word == "№" else rf"(?<!\b{re.escape(word)}\s)" for word in _LABELS.split()
)
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
_EASTERN_LAST = (
    r"(?:(?P<until>\d{1,2})\s?[月월]\s?)?(?P<last>\d{1,2})\s?[日일号號](?![間间간]|\s?동안)"  # no 3日から5日間
)
_ORDINAL = r"(?:st|nd|rd|th)?"
_CLOCK_AHEAD = r"(?=[\s,·|]{1,3}(?:в|о|um|at|à)?\s?\d{1,2}[:.]\d{2})"
_CALLED_YEAR = r"\s?(?:г\.|года|году|год|року|році|рік|р\.|年|년)"
# In English the month before the day begins with a capital; "may 3 people" and "out 3" are none.
_CAPITAL = r"(?-i:(?=[A-ZÄÀÉÖŞА-ЯІЄЇ]|[^A-Za-z]))"

_Form = tuple[str, Callable[[re.Match[str]], Iterator[Calendar]]]
_FORMS: tuple[_Form, ...] = (
    # 2024-11-14, 2024/11/14, 2024.11.14, 2024. 11. 14., 2024-11-14T...
    (
        rf"{_ALONE}(?P<year>(?:1[89]|20)\d{{2}})(?P<mark>[-/.])\s?(?P<month>\d{{1,2}})"
        r"(?P=mark)\s?(?P<day>\d{1,2})(?![\d/])",
        numbered,
    ),
    # 2024年11月14日, 2024년 11월 14일, 令和6年11月14日; 2024年11月; 11月14日
    (rf"{_ERA}\s?(?P<day>\d{{1,2}})\s?[日일号號]?{_EASTERN_DASH}{_EASTERN_LAST}", if_there_is),
    (_ERA + _CJK_DAY, numbered),
    (_ERA, numbered),
    (r"(?<!\d)(?P<month>\d{1,2})\s?[月월]" + _CJK_DAY, numbered),
    # 28 February - 2 March 2024, between 28 February and 2 March 2024; February 28 - March 2, November 14-16, 2024
    (rf"{_FIRST}{_OF}{_MONTH}{_DASH}{_LAST}{_OF}{_UNTIL}{_OF}{_YEAR}", named),
    (rf"{_BETWEEN}{_FIRST}{_OF}{_MONTH}{_AND}{_LAST}{_OF}{_UNTIL}{_OF}{_YEAR}", named),
    (rf"{_MONTH}\s{{1,2}}{_FIRST}{_DASH}(?:{_UNTIL}\s{{1,2}})?{_LAST}\s?,?\s{{1,2}}{_YEAR}", named),
    # between 14 and 16 November 2024; 14-16 November 2024; 14.-16.11.2024
    (rf"{_BETWEEN}{_FIRST}{_AND}{_LAST}{_OF}{_MONTH}{_OF}{_YEAR}", named),
    (rf"{_NO_LABEL}{_FIRST}{_DASH}{_LAST}{_OF}{_MONTH}{_OF}{_YEAR}", named),
    # 28.02. - 02.03.2024; 28.02 - 02.03.2024, which may be a version or a time of day before one day
    (rf"{_ALONE}{_DAY_MONTH}\.\s?[-–—]\s?{_LAST_DAY_MONTH}{_YEAR}", into_the_year),
    (rf"{_ALONE}{_DAY_MONTH}\s?[-–—]\s?{_LAST_DAY_MONTH}{_YEAR}", perhaps_into_the_year),
    (rf"{_FIRST}[-–—](?P<last>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}", numbered),
    (rf"{_NO_LABEL}{_FIRST}\s[-–—]\s(?P<last>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}", perhaps_two),
    # 14/15 November 2024, November 14/15, 2024, 14/15.11.2024
    (rf"{_FIRST}/{_LAST}{_OF}{_MONTH}{_OF}{_YEAR}", one_night),
    (rf"{_MONTH}\s{{1,2}}{_FIRST}/{_LAST}\s?,?\s{{1,2}}{_YEAR}", one_night),
    (rf"{_FIRST}/(?P<last>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}", one_night),
    # 14 November 2024, 14. Nov. 2024, 14 de noviembre de 2024, 14 ноября 2024 г.
    (rf"{_DAY}{_OF}{_MONTH}{_OF}{_YEAR}{_RU_YEAR}", named),
    # 14-Nov-2024
    (rf"{_ALONE}(?P<day>\d{{1,2}})-{_MONTH}-{_YEAR}", named),
    # November 14, 2024
    (rf"{_MONTH}\s{{0,2}}(?P<day>\d{{1,2}}){_ORDINAL}\s?[,،.]?\s{{1,2}}{_YEAR}", named),
    # 2024 November 14
    (rf"{_ALONE}{_YEAR}\s?[,.]?\s{{0,2}}{_MONTH}\s{{1,2}}(?P<day>\d{{1,2}})(?!\d)", named),
    # 14.11.2024, 14/11/24, 11-14-2024
    (
        rf"{_ALONE}(?P<one>\d{{1,2}})(?P<mark>[-/.])(?P<two>\d{{1,2}})(?P=mark)"
        r"(?P<three>\d{4}|\d{2})(?![\d:/-]|\.\d)",
        orders,
    ),
    # November 2024
    (rf"{_MONTH}{_OF}{_YEAR}{_RU_YEAR}", named),
    (rf"{_ALONE}{_YEAR}\s{{1,2}}{_MONTH}", named),
    # 14 Nov '23, 3 января 24 г., Nov 14, '23
    (rf"{_DAY}{_OF}{_MONTH}\s?,?\s?['’]?(?P<short>\d{{2}})(?![\d:.]|\s?[:h])(?:\s?г\.)?", short_year),
    (rf"{_MONTH}\s{{0,2}}(?P<day>\d{{1,2}})\s?,?\s?['’](?P<short>\d{{2}})(?!\d)", short_year),
    # without a year
    (rf"{_DAY}{_OF}(?!(?-i:may|mar|set|ago|out|mag)\b){_MONTH}", named),
    (rf"{_CAPITAL}{_MONTH}\s{{0,2}}(?P<day>\d{{1,2}}){_ORDINAL}(?![\d:.]|\s?[:h])", named),
    (rf"{_ALONE}(?P<one>\d{{1,2}})(?P<mark>[-/.])(?P<two>\d{{1,2}})\.?{_CLOCK_AHEAD}", two),
    # a year, where it is called one
    (rf"{_ALONE}{_YEAR}{_CALLED_YEAR}", numbered),
    (rf"\A\s*{_YEAR}\s*\Z", numbered),
)
