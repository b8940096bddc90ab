"""Times of day in text: hour, minute, second where written, half of the day, and a zone where one is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from ...model.text import alternatives
from ...model.time import EASTERNMOST, WESTERNMOST
from .words import AFTER_NOON, BEFORE_NOON, ZONES_MIN

_HALVES, _ZONE = alternatives((*BEFORE_NOON, *AFTER_NOON)), alternatives(ZONES_MIN)
_TIME = re.compile(
    rf"(?:(?<!\w)(?P<first>{_HALVES})\s?)?"
    r"(?<![\d:.,/-])(?P<hour>\d{1,2})(?:\s?(?:h|시|時|时|点|點|ч|:|\.(?=\d\d(?:\s?(?:uhr|$|[^\d.]))))\s?)"
    r"(?P<minute>\d{2}|\d(?=\s?[분分]))(?:\s?[분分])?(?::(?P<second>\d{2}))?(?![\d:])"
    rf"(?:\s?(?P<last>{_HALVES})(?!\w))?"
    rf"(?:\s?\(?(?P<zone>(?:{_ZONE})?(?P<offset>[+-]\d{{1,2}}(?::?\d{{2}})?)|(?:{_ZONE}))\)?(?!\w))?",
    re.IGNORECASE,
)
_HOUR_ALONE = re.compile(
    rf"(?:(?<!\w)(?P<first>{_HALVES})\s?(?P<hour>\d{{1,2}})\s?[시時时点點](?!\s?\d))"
    rf"|(?:(?<![\d:.,/-])(?P<bare>\d{{1,2}})\s?(?P<last>{_HALVES})(?!\w))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTime:
    """A time of day as written, and where it stands in the text."""

    start: int
    end: int
    hour: int
    minute: int = 0
    second: int = 0
    precision: timedelta = timedelta(minutes=1)
    offset: timedelta | None = None
    """East of UTC; None when no zone is named."""


def times(text: str) -> Iterator[ClockTime]:
    """Every time of day in a text whose digits are ASCII; those that no clock shows are left out."""
    taken: list[tuple[int, int]] = []
    for match in _TIME.finditer(text):
        half = (match["first"] or match["last"] or "").casefold()
        hour = _of_day(int(match["hour"]), half)
        minute, second = int(match["minute"]), int(match["second"] or 0)
        if hour is None or minute > 59 or second > 60:
            continue
        taken.append(match.span())
        yield ClockTime(
            start=match.start(),
            end=match.end(),
            hour=hour,
            minute=minute,
            second=min(second, 59),
            precision=timedelta(seconds=1) if match["second"] else timedelta(minutes=1),
            offset=_offset(match["zone"] or "", match["offset"] or ""),
        )
    for match in _HOUR_ALONE.finditer(text):
        hour = _of_day(int(match["hour"] or match["bare"]), (match["first"] or match["last"]).casefold())
        if hour is not None and not any(start < match.end() and match.start() < end for start, end in taken):
            yield ClockTime(start=match.start(), end=match.end(), hour=hour, precision=timedelta(hours=1))


def _of_day(hour: int, half: str) -> int | None:
    """The hour of 24; None for an hour that no clock with that half of the day shows."""
    if not half:
        return hour if hour < 24 else None
    if half in AFTER_NOON:
        return hour % 12 + 12 if 1 <= hour <= 12 else hour if 13 <= hour < 24 else None
    return hour % 12 if hour <= 12 else None


def _offset(zone: str, digits: str) -> timedelta | None:
    base = ZONES_MIN.get(zone.removesuffix(digits).strip().casefold(), 0) if zone else None
    if base is None:
        return None
    if digits:
        plain = digits[1:].replace(":", "").zfill(2)
        hours, minutes = (int(plain[:-2] or 0), int(plain[-2:])) if len(plain) > 2 else (int(plain), 0)
        base += (hours * 60 + minutes) * (-1 if digits[0] == "-" else 1)
    offset = timedelta(minutes=base)
    return offset if -WESTERNMOST <= offset <= EASTERNMOST else None
