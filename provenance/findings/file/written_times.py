"""Whether two written times say the same, as far as both go: 2024-11-14 and a time of that day are no contradiction."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from ...model.time import EASTERNMOST, WESTERNMOST

_WRITTEN = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?)?)?"
)
# Fractions of a second are cut by some programs and rounded by others.
ROUNDED = timedelta(seconds=1)


def times_differ(first: str, second: str) -> bool:
    """Whether two ISO 8601 times part company at the precision of the coarser; what cannot be read parts from nothing.

    Two times without a zone are compared as written: one file, one clock. A time with a zone and one without agree
    while some zone makes them one: the clock is up to 14 hours before UTC and 12 behind it.
    """
    one, other = _WRITTEN.fullmatch(first.strip()), _WRITTEN.fullmatch(second.strip())
    if one is None or other is None:
        return False
    shared = min(_parts(one), _parts(other))
    if shared < 5:
        return one.groups()[: min(shared, 3)] != other.groups()[: min(shared, 3)] and not _near(one, other, shared)
    clocks = [_moment(match, shared) for match in (one, other)]
    if clocks[0] is None or clocks[1] is None:
        return False
    apart = abs((clocks[0] - _shift(one)) - (clocks[1] - _shift(other)))
    if bool(_zone(one)) == bool(_zone(other)):
        return apart > ROUNDED
    return not -WESTERNMOST - ROUNDED <= _ahead(one, other, clocks[0], clocks[1]) <= EASTERNMOST + ROUNDED


def _ahead(one: re.Match[str], other: re.Match[str], first: timedelta, second: timedelta) -> timedelta:
    """How far the clock without a zone is before the UTC of the other."""
    local, zoned, shift = (second, first, _shift(one)) if _zone(one) else (first, second, _shift(other))
    return local - (zoned - shift)


def as_written_apart(first: str, second: str) -> timedelta | None:
    """How far apart two written times are without their zones, at the coarser precision; None if unreadable."""
    one, other = _WRITTEN.fullmatch(first.strip()), _WRITTEN.fullmatch(second.strip())
    if one is None or other is None:
        return None
    shared = min(_parts(one), _parts(other))
    ends = [_moment(match, shared) if shared >= 5 else _day(match) if shared >= 3 else None for match in (one, other)]
    return abs(ends[0] - ends[1]) if ends[0] is not None and ends[1] is not None else None


def _parts(match: re.Match[str]) -> int:
    """How many of year, month, day, hour, minute, second are written."""
    return sum(part is not None for part in match.groups()[:6])


def _near(one: re.Match[str], other: re.Match[str], shared: int) -> bool:
    """A date beside a time with a zone is the day before or after in some zone."""
    zoned = [match for match in (one, other) if _zone(match)]
    plain = [match for match in (one, other) if match[4] is None]
    if shared != 3 or not zoned or not plain:
        return False
    moment, day = _moment(zoned[0], 5), _day(plain[0])
    if moment is None or day is None:
        return False
    at = moment - _shift(zoned[0])
    return day - EASTERNMOST <= at < day + timedelta(days=1) + WESTERNMOST


def _day(match: re.Match[str]) -> timedelta | None:
    return _since(f"{match[1]}-{match[2]}-{match[3]}")


def _moment(match: re.Match[str], parts: int) -> timedelta | None:
    """The clock as written, to the minute or the second, without its zone."""
    second = match[6] if parts == 6 and match[6] else "00"
    return _since(f"{match[1]}-{match[2]}-{match[3]}T{match[4]}:{match[5]}:{second}")


def _since(written: str) -> timedelta | None:
    """From the beginning of the calendar on: a file may state its first or last day, and a zone that leads beyond."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    return timedelta(days=at.toordinal(), hours=at.hour, minutes=at.minute, seconds=at.second)


def _shift(match: re.Match[str]) -> timedelta:
    """The written zone as a distance from UTC; nothing without one."""
    zone = _zone(match)
    if zone in ("", "Z"):
        return timedelta(0)
    digits = zone[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -shift if zone[0] == "-" else shift


def _zone(match: re.Match[str]) -> str:
    """The zone as written; "" without one, and for one that no clock on Earth runs at (-12:27 is a time astray)."""
    zone = match[7] or ""
    digits = zone[1:].replace(":", "")
    if not digits:
        return zone
    minutes = 60 * int(digits[:2]) + int(digits[2:])
    farthest = WESTERNMOST if zone[0] == "-" else EASTERNMOST
    return zone if minutes % 15 == 0 and timedelta(minutes=minutes) <= farthest else ""
