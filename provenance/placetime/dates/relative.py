"""Relative times in text ("2h", "3 days ago", "yesterday"): intervals once the moment of reading is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from ...model.text import alternatives, folded
from ...model.time import Interval
from .words import (
    AGO_BEFORE,
    AGO_BEHIND,
    DAY_BEFORE,
    HERE,
    JUST_NOW,
    TODAY,
    UNITS_S,
    YEAR_S,
    YEARS_OR_HOURS,
    YESTERDAY,
)

_SECONDS = {folded(word): seconds for seconds, words in UNITS_S.items() for word in words.split()}
_UNIT = alternatives(_SECONDS)
_BEHIND, _BEFORE, _TODAY, _YESTERDAY, _NOW = map(alternatives, (AGO_BEHIND, AGO_BEFORE, TODAY, YESTERDAY, JUST_NOW))
_ON = rf"(?:{_TODAY}|{_YESTERDAY})"
_BARE = re.compile(
    r"\d{1,3}\s?(?:s|m|min|h|hr|d|w|wk|mo|y|yr|ч|мин|сек|дн|нед|хв|год|시간|분|std|sa|dk|g)\.?", re.IGNORECASE
)
_DAYS = re.compile(rf"(?<!\w)(?:(?P<today>{_TODAY})|(?P<yesterday>{_YESTERDAY})|(?P<now>{_NOW}))(?!\w)", re.IGNORECASE)
# "Hier soir", "Hier, à 14:32", "depuis hier", "publié hier", "hier" alone; not "Hier in Kyjiw", "Hier 20 Bilder", "wir
# sind hier", and not the Dutch "hier en daar".
_FRENCH = re.compile(
    r",?\s(?:soir|matin|midi|après|à|vers (?:\d|mi(?:di|nuit))|dans l|en (?:soirée|matinée|fin|début|milieu|pleine)"
    r"|\d{1,2}\s?(?:h\d\d|h(?=\s*(?:$|[,.·•|\n]))|:\d\d)(?!\w|\s?uhr))",
    re.IGNORECASE,
)
_SINCE = re.compile(r"(?:d['’]|depuis |\w(?<!caf)ée?s? )$", re.IGNORECASE)
_ALONE = re.compile(r"(?:^|[·•|\n])\s*$"), re.compile(r"\s*(?:$|[·•|\n])")
_OTHER_DAY = re.compile(rf"(?<!\w)(?:{'|'.join(DAY_BEFORE)})[\s-]$", re.IGNORECASE)
_OTHER_DAY_BEHIND = re.compile(r"\s(?:الأول|الاول)(?!\w)")
# "USA Today" is a newspaper; "Posted Today" is none.
_TITLE = re.compile(r"(?<!\w)[A-Z]\w*(?<!ed)\s$")
_AGO = re.compile(rf"(?<!\w)(?:{_BEHIND})\s{{1,2}}$", re.IGNORECASE)
_BESIDE = 40
_DAY = timedelta(days=1)


def relative(text: str, seen: datetime | None) -> Iterator[tuple[int, int, Interval | None]]:
    """Start, end and interval of each; no interval while `seen`, the moment of reading, is unknown.

    Programs round either way, so "2h" is anything from 1 to 3 hours. A day begins where the reader's zone says, so
    "yesterday" is anything in the 48 hours before. "5 years ago today" is one time, and none of today.
    """
    starts, ends = set[int](), set[int]()
    for match in _counted().finditer(text):
        if match["before"] or match["behind"] or _stands_alone(text, match):
            count, unit = int(match["count"]), timedelta(seconds=_seconds(match))
            starts.add(match.start())
            ends.add(match.end())
            yield match.start(), match.end(), _back(seen, (count + 1) * unit, max(0, count - 1) * unit)
    for match in _DAYS.finditer(text):
        of_another = match.start() in starts or match.end() in ends
        if not of_another and _is_a_day(text, match):
            longest = 2 * _DAY if match["yesterday"] else _DAY if match["today"] else timedelta(minutes=10)
            yield match.start(), match.end(), _back(seen, longest, timedelta(0))


def _is_a_day(text: str, match: re.Match[str]) -> bool:
    """Whether the word for today, yesterday or now says when: no part of another time, of a name or of a language."""
    start, end = match.span()
    before, behind = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    if _AGO.search(before) or (match["today"] and match[0][0].isupper() and _TITLE.search(before)):
        return False
    if match["yesterday"] and (_OTHER_DAY.search(before) or _OTHER_DAY_BEHIND.match(behind)):
        return False
    if match[0].casefold() != HERE or _FRENCH.match(behind) or _SINCE.search(before):
        return True
    return all((_ALONE[0].search(before), _ALONE[1].match(behind)))


@cache
def _counted() -> re.Pattern[str]:
    """Compiled by the first text: the words of all languages make it long."""
    return re.compile(
        rf"(?<!\w)(?:{_ON},?\s{{1,2}})?(?:(?P<before>{_BEFORE})\s)?(?<![\d.,:/-])(?P<count>\d{{1,3}})\s?(?P<unit>{_UNIT})\.?"
        rf"(?:\s?(?P<behind>{_BEHIND})(?![^\W\d_])|(?!\w))(?:,?\s{{1,2}}{_ON}(?!\w))?",
        re.IGNORECASE,
    )


def _seconds(match: re.Match[str]) -> int:
    unit, behind = folded(match["unit"]), folded(match["behind"] or "")
    return YEAR_S if (unit, behind) == YEARS_OR_HOURS else _SECONDS[unit]


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """ "2h" and "3 d" count where a platform writes them: alone on their line or between its marks."""
    before, behind = text[: match.start()].rstrip(" "), text[match.end() :].lstrip(" ")
    apart = (not before or before[-1] in "·•|") and (not behind or behind[0] in "·•|🌐…")
    return apart and _BARE.fullmatch(match[0]) is not None


def _back(seen: datetime | None, longest: timedelta, shortest: timedelta) -> Interval | None:
    try:
        return None if seen is None else Interval(seen - longest, seen - shortest, True)
    except OverflowError:
        return None
