"""Numbers and times as a language writes them. Months stand as words and hours in 24: no order of digits to misread.

A time without "UTC" names no zone, in every language. Values come in the one English form in which the record has them
(model.said.span); what is not of that form is not touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...model.said import MONTHS

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)
_ONE = re.compile(
    rf"(?:(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) )?(\d{{4}})(?: (\d\d:\d\d)( UTC| \(no time zone\)))?", re.ASCII
)
_SHORT = re.compile(rf"(\d{{1,2}})(?: ({'|'.join(MONTHS)}))?", re.ASCII)
_HOURS = re.compile(r"\d\d:\d\d(?:–\d\d:\d\d)?(?:, \d\d:\d\d(?:–\d\d:\d\d)?)* UTC", re.ASCII)
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one language writes numbers and times."""

    thousands: str = ","
    point: str = "."
    day: str = "{day} {month} {year}"
    month: str = "{month} {year}"
    year: str = "{year}"
    months: tuple[str, ...] = MONTHS
    """After a day: in Slavic languages in the genitive."""
    alone: tuple[str, ...] = MONTHS
    """Without a day."""
    short: tuple[str, ...] = MONTHS
    """After a day, where there is little room."""
    short_day: str = "{day} {month}"
    until: str = "until {when}"
    since: str = "from {when}"
    any_time: str = "any time"
    no_zone: str = "no time zone"
    stop: str = ""
    """The abbreviation of "year" that may end a time; its full stop also ends a sentence."""
    several: tuple[str, ...] = ("one", "other")
    """Names of the plural forms, in the order of the catalogue's rule."""


STYLES = {
    "en": Style(),
    "ru": Style(
        thousands=_NO_BREAK,
        point=",",
        day="{day} {month} {year} г.",
        month="{month} {year} г.",
        year="{year} г.",
        months=(
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
        ),
        alone=(
            "январь",
            "февраль",
            "март",
            "апрель",
            "май",
            "июнь",
            "июль",
            "август",
            "сентябрь",
            "октябрь",
            "ноябрь",
            "декабрь",
        ),
        short=("янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."),
        until="не позднее {when}",
        since="не ранее {when}",
        any_time="любое время",
        no_zone="часовой пояс не указан",
        stop="г.",
        several=("one", "few", "many"),
    ),
    "uk": Style(
        thousands=_NO_BREAK,
        point=",",
        day="{day} {month} {year} р.",
        month="{month} {year} р.",
        year="{year} р.",
        months=(
            "січня",
            "лютого",
            "березня",
            "квітня",
            "травня",
            "червня",
            "липня",
            "серпня",
            "вересня",
            "жовтня",
            "листопада",
            "грудня",
        ),
        alone=(
            "січень",
            "лютий",
            "березень",
            "квітень",
            "травень",
            "червень",
            "липень",
            "серпень",
            "вересень",
            "жовтень",
            "листопад",
            "грудень",
        ),
        short=("січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд."),
        until="не пізніше {when}",
        since="не раніше {when}",
        any_time="будь-який час",
        no_zone="часовий пояс не вказано",
        stop="р.",
        several=("one", "few", "many"),
    ),
    "ko": Style(
        day="{year}년 {month} {day}일",
        month="{year}년 {month}",
        year="{year}년",
        months=tuple(f"{number}월" for number in range(1, 13)),
        alone=tuple(f"{number}월" for number in range(1, 13)),
        short=tuple(f"{number}월" for number in range(1, 13)),
        short_day="{month} {day}일",
        until="{when} 이전",
        since="{when} 이후",
        any_time="시점 제한 없음",
        no_zone="시간대 표시 없음",
        several=("other",),
    ),
}


def plural(style: Style, number: int) -> int:
    """Which form goes with a number: the Unicode CLDR rules for integers, as the catalogue's header has them."""
    if len(style.several) == 1:
        return 0
    if len(style.several) == 2:
        return int(number != 1)
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


def number(style: Style, text: str) -> str | None:
    """ "1,489" as the language writes it; None where the text is no number."""
    if not _NUMBER.fullmatch(text):
        return None
    return text.translate({ord(","): style.thousands, ord("."): style.point})


def hours(text: str) -> str | None:
    """ "04:10–05:20, 07:00 UTC" is the same in every language; None where the text is no hours."""
    return text if _HOURS.fullmatch(text) else None


def when(style: Style, text: str, *, dependent: bool = False) -> str | None:
    """A stretch of time as the language writes it; None where the text is none.

    `dependent`: behind a word such as "by", where a Slavic month stands in the genitive also without a day.
    """
    if text == "any time":
        return style.any_time
    for opening, told in (("until ", style.until), ("from ", style.since)):
        if text.startswith(opening):
            only = _one(style, text.removeprefix(opening), dependent=True)
            return only and told.replace("{when}", only)
    first, dash, last = text.partition(" – ")
    if not dash:
        return _one(style, text, dependent=dependent)
    start, end = _whole(first, last), _one(style, last)
    begins = start and _one(style, start)
    return f"{begins} – {end}" if begins and end else None


def _whole(first: str, last: str) -> str | None:
    """The first day with the month and year that only the last one has: "8" of "8 – 9 Nov 2021"."""
    short, end = _SHORT.fullmatch(first), _ONE.fullmatch(last)
    if short is None or end is None or not end[1]:
        return first
    return f"{short[1]} {short[2] or end[2]} {end[3]}"


def _one(style: Style, text: str, *, dependent: bool = False) -> str | None:
    found = _ONE.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, zone = found.groups()
    form = style.day if day else style.month if month else style.year
    if month:
        month = (style.months if day or dependent else style.alone)[MONTHS.index(month)]
    told = form.replace("{day}", day or "").replace("{month}", month or "").replace("{year}", year)
    if not hour:
        return told
    return f"{told}, {hour} UTC" if zone == " UTC" else f"{told}, {hour} ({style.no_zone})"
