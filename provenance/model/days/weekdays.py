"""Names of the days of the week, and the one that stands beside a date: a day that does not fit its date is no date.

Unicode CLDR 46. A full name counts wherever it touches a date, a short one ("Fri", "пт") only where dates begin or in
brackets, for it may be another word: "so", "The Sun".
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType

from ..text import alternatives, folded

# English, German, Turkish, Indonesian; Arabic, Persian; Korean, Japanese, Chinese
_FULL = (
    "monday montag pazartesi senin الاثنين الإثنين دوشنبه 월요일 月曜日 星期一 周一 週一",
    "tuesday dienstag salı selasa الثلاثاء سه‌شنبه 화요일 火曜日 星期二 周二 週二",
    "wednesday mittwoch çarşamba rabu الأربعاء الاربعاء چهارشنبه 수요일 水曜日 星期三 周三 週三",
    "thursday donnerstag perşembe kamis الخميس پنجشنبه 목요일 木曜日 星期四 周四 週四",
    "friday freitag cuma jumat الجمعة جمعه 금요일 金曜日 星期五 周五 週五",
    "saturday samstag sonnabend cumartesi sabtu السبت شنبه 토요일 土曜日 星期六 周六 週六",
    "sunday sonntag pazar minggu الأحد الاحد یکشنبه 일요일 日曜日 星期日 星期天 周日 週日",
)
# French, Spanish, Portuguese, Italian, Polish, Dutch; Russian, Ukrainian: written small
_FULL_SMALL = (
    "lundi lunes segunda-feira lunedì poniedziałek maandag понедельник понеділок",
    "mardi martes terça-feira martedì wtorek dinsdag вторник вівторок",
    "mercredi miércoles quarta-feira mercoledì środa woensdag среда среду середа середу",
    "jeudi jueves quinta-feira giovedì czwartek donderdag четверг четвер",
    "vendredi viernes sexta-feira venerdì piątek vrijdag пятница пятницу п'ятниця п’ятниця пʼятниця п'ятницю п’ятницю"
    " пʼятницю",
    "samedi sábado sabato sobota zaterdag суббота субботу субота суботу",
    "dimanche domingo domenica niedziela zondag воскресенье неділя неділю",
)
_SHORT = ("mon mo пн", "tue tues di вт", "wed mi ср", "thu thur thurs do чт", "fri fr пт", "sat sa сб", "sun so вс нд")
_IN_BRACKETS = ("月一월", "火二화", "水三수", "木四목", "金五금", "土六토", "日일")


def _by_name(days: tuple[str, ...]) -> MappingProxyType[str, int]:
    return MappingProxyType({folded(name): day for day, names in enumerate(days) for name in names.split()})


_SMALL = _by_name(_FULL_SMALL)
FULL, SHORT = MappingProxyType({**_by_name(_FULL), **_SMALL}), _by_name(_SHORT)
"""Name, folded, to 0 for Monday up to 6 for Sunday."""
_LETTERS = MappingProxyType({letter: day for day, letters in enumerate(_IN_BRACKETS) for letter in letters})
_ARTICLE = r"(?:(?:den|dem|le|el|em)\s)?"
_BEHIND_A_WORD = re.compile(
    r"(?<!\ble)(?<!\bel)(?<!\bil)(?<!\bem)(?<!\ba)(?<!\b[ву])(?<!\bво)(?<=\w)\s$", re.IGNORECASE
)
LONGEST = 40
"""Characters beside a date that are looked at."""


def weekday_beside(before: str, behind: str) -> int | None:
    """The day of the week, 0 for Monday, that stands before or behind a date; None where none does.

    `before`, `behind`: what stands on both sides of the date in its text. Where a sentence goes on behind the name it
    is of the sentence: "on 3 March, Friday prayers".
    """
    before = before[-LONGEST:]
    match = _before().search(before)
    if match is None or _of_a_name(before, match):
        match = _behind().match(behind[:LONGEST])
    return None if match is None else _day(match)


def _of_a_name(before: str, match: re.Match[str]) -> bool:
    """Whether a day that its language writes small has a capital behind a word: "Santo Domingo", not "el Domingo"."""
    name = match[1] or ""
    capital = name[:1].isupper() and not name.isupper() and folded(name) in _SMALL
    return capital and _BEHIND_A_WORD.search(before, 0, match.start(1)) is not None


def without_weekday(text: str) -> tuple[str, int | None]:
    """A date without the day of the week at one of its ends, and which that is; None, and the text, without one."""
    if match := _first().match(text):
        return text[match.end() :], _day(match)
    if match := _behind().search(text):
        return text[: match.start()], _day(match)
    return text, None


def _day(match: re.Match[str]) -> int:
    name = folded(next(filter(None, match.groups())))
    return next(names[name] for names in (FULL, SHORT, _LETTERS) if name in names)


@cache
def _before() -> re.Pattern[str]:
    """Of two letters with a dot only: "Do. 3. März", not "So, 3 March"."""
    full, short = alternatives(FULL), alternatives(SHORT)
    return re.compile(
        rf"(?:(?<!\w)({full})[,،]?|(?:^|[\n·•|(\[–—-])\s?(?=[a-z]{{2}}\.|[^a-z]|[a-z]{{3}})({short})[.,]{{0,2}})"
        rf"\s{{1,2}}{_ARTICLE}$",
        re.IGNORECASE,
    )


@cache
def _first() -> re.Pattern[str]:
    return re.compile(rf"({alternatives((*FULL, *SHORT))})[.,،]{{0,2}}\s{{1,2}}{_ARTICLE}(?=\w)", re.IGNORECASE)


@cache
def _behind() -> re.Pattern[str]:
    full, short = alternatives(FULL), alternatives(SHORT)
    return re.compile(
        rf"(?:[,،.]?\s?({full})(?:\s(?:günü|г\.))?(?=\s*(?:$|[,.;:()\[\]·•|\n\d]))"
        rf"|\s?[(（\[](?:({full})|({short})\.?|([{''.join(_LETTERS)}]))[)）\]])",
        re.IGNORECASE,
    )
