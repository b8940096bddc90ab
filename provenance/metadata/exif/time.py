"""Capture time and GPS time as the tags give them, with the known reasons not to rely on either."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ...model.days.never_set import WORDS, by_unset_clock, nothing_after
from ...model.time import EASTERNMOST, WESTERNMOST, Interval, parse_interval
from .value import Value

_WRITTEN = re.compile(
    r"(\d{4})[:\-/.](\d{2})[:\-/.](\d{2})(?:[T ]+(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?"
)
_ZONE = re.compile(r"Z|[+-]\d{2}:?\d{2}")

FIRST_EXIF = datetime(1995, 10, 1, tzinfo=UTC)  # Exif 1.0, October 1995 (JEIDA)
# A day's doubt covers any two zones that a camera and a program may have kept.
CHANGED_BEFORE = timedelta(days=1)
FIRST_GPS = datetime(1980, 1, 6, tzinfo=UTC)  # GPS week 0 (IS-GPS-200)
# A receiver may hold its last fix for a while: gaps up to an hour between the clock and GPS say nothing.
GPS_GAP = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSaid:
    """A time by the tags: their words, the interval these stand for, and what speaks against them."""

    basis: str
    quote: str
    interval: Interval
    defeaters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A date and time as written: ISO 8601 to the second, a fraction such as ".25", a zone such as "+02:00"."""

    iso: str
    fraction: str
    zone: str

    def isoformat(self) -> str:
        """All three together."""
        return f"{self.iso}{self.fraction}{self.zone}"


def written_moment(raw: str) -> Written | None:
    """Read "2024:11:14 12:33:44" (Exif 3.0 section 4.6.5.4.4) and its common misspellings; None for anything else."""
    match = _WRITTEN.fullmatch(raw.strip("\0 \t\r\n"))
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    iso = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}" if hour else "")
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return None
    return Written(iso=iso, fraction=(fraction or "").rstrip("0").rstrip("."), zone=_zone(zone or ""))


def why_no_moment(raw: str) -> str:
    """What is wrong with a text that `written_moment` does not read."""
    match = _WRITTEN.fullmatch(raw.strip("\0 \t\r\n"))
    if match is None or not int(match[1]):
        return "This is no date and time: it was emptied, or the clock was never set."
    return "No calendar has this date and time, and no camera's clock shows it."


def capture_time(values: Mapping[str, Value], now: datetime) -> TimeSaid | None:
    """When the picture was taken by DateTimeOriginal; None without a readable one.

    With an offset the interval is one second (or the sub-second's instant); without, the 26 hours of all zones.
    """
    value = values.get("exif.DateTimeOriginal")
    written = written_moment(value.raw) if value else None
    if value is None or written is None:
        return None
    subsecond, offset = (_raw(values, f"exif.{name}TimeOriginal").strip() for name in ("SubSec", "Offset"))
    fraction = written.fraction or (f".{subsecond[:6]}" if subsecond.isascii() and subsecond.isdigit() else "")
    interval = _interval(written, fraction, _zone(offset) or written.zone)
    if interval is None:
        return None
    quote = value.raw.strip("\0 ") + (f".{subsecond}" if subsecond else "") + (f" {offset}" if offset else "")
    return TimeSaid(
        basis="EXIF DateTimeOriginal",
        quote=quote,
        interval=interval,
        defeaters=tuple(_against_capture(written, interval, values, now)),
    )


def gps_time(values: Mapping[str, Value], now: datetime) -> TimeSaid | None:
    """When the receiver had its fix, in UTC (GPSDateStamp and GPSTimeStamp); None unless both can be read."""
    day, clock = values.get("gps.GPSDateStamp"), values.get("gps.GPSTimeStamp")
    written = written_moment(day.raw) if day else None
    if day is None or clock is None or written is None or not clock.normal:
        return None
    try:
        interval = parse_interval(f"{written.iso[:10]}T{clock.normal}Z")
    except ValueError:
        return None
    defeaters = future(interval, now)
    if interval.earliest is not None and interval.earliest < FIRST_GPS + timedelta(days=1):
        defeaters = (*defeaters, "It lies at or before the first day of GPS time: the receiver had no date.")
    quote = f"{day.raw} {clock.raw}"
    return TimeSaid(basis="EXIF GPSDateStamp and GPSTimeStamp", quote=quote, interval=interval, defeaters=defeaters)


def _interval(written: Written, fraction: str, zone: str) -> Interval | None:
    for attempt in (f"{written.iso}{fraction}{zone}", f"{written.iso}{fraction}", written.iso):
        if "T" not in written.iso and attempt != written.iso:
            continue
        try:
            return parse_interval(attempt)
        except ValueError:
            continue
    return None


def _against_capture(
    written: Written, interval: Interval, values: Mapping[str, Value], now: datetime
) -> tuple[str, ...]:
    found = list(future(interval, now))
    if unset := never_set(written.iso):
        found.extend(unset)
    elif written.iso.endswith("-01-01T00:00:00"):
        found.append(
            "It is the first moment of a year: what a clock that was never set shows, or who knew the year only."
        )
    elif interval.latest is not None and interval.latest < FIRST_EXIF:
        found.append("The date is older than the EXIF format itself: the clock was not set, or the tag was typed in.")
    offset = _raw(values, "exif.OffsetTimeOriginal")
    if offset.strip(" :") and not written_zone(offset):
        found.append("The tags name a time zone that no clock on Earth runs at; it was left out.")
    changed = written_moment(_raw(values, "exif.DateTime"))
    if changed and _clock(written) - _clock(changed) > CHANGED_BEFORE:
        found.append("By the same tags the file was last changed before it was taken.")
    gps = gps_time(values, now)
    if gps and not gps.defeaters and (gap := _gap(interval, gps.interval)) > GPS_GAP:
        least = "" if interval.zone_known else "at least "
        found.append(f"The GPS time in the same tags lies {least}{_in_words(gap)} away.")
    return tuple(found)


def _clock(written: Written) -> datetime:
    """The clock as written, taken for UTC, to be compared with another of the same block."""
    return datetime.fromisoformat(f"{written.iso}T00:00:00Z" if "T" not in written.iso else f"{written.iso}Z")


def never_set(iso: str) -> tuple[str, ...]:
    """What speaks against a time, as written in ISO 8601, that shows on clocks which nobody set."""
    return (f"{WORDS[0].upper()}{WORDS[1:]}.",) if by_unset_clock(iso) else ()


def future(interval: Interval, now: datetime) -> tuple[str, ...]:
    """What speaks against a time that begins after the moment of the check."""
    late = interval.earliest is not None and interval.earliest > nothing_after(now)
    return ("It lies after the moment of this check.",) if late else ()


def _gap(first: Interval, second: Interval) -> timedelta:
    if first.latest and second.earliest and first.latest < second.earliest:
        return second.earliest - first.latest
    if second.latest and first.earliest and second.latest < first.earliest:
        return first.earliest - second.latest
    return timedelta(0)


def _in_words(gap: timedelta) -> str:
    gap += timedelta(minutes=1)  # a moment lasts to the end of its last written digit
    hours = int(gap.total_seconds() // 3600)
    if hours < 48:
        return "1 hour" if hours == 1 else f"{hours} hours"
    return f"{gap.days:,} days"


def _raw(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key)
    return value.raw.strip("\0 ") if value else ""


def written_zone(text: str) -> str:
    """A zone such as "+0200" or "Z" as "+02:00"; "" for what is none, or lies outside -12:00 to +14:00."""
    zone = _zone(text)
    if zone in ("", "Z"):
        return "+00:00" if zone else ""
    minutes = 60 * int(zone[1:3]) + int(zone[4:6])
    farthest = WESTERNMOST if zone[0] == "-" else EASTERNMOST
    return zone if int(zone[4:6]) < 60 and timedelta(minutes=minutes) <= farthest else ""


def _zone(text: str) -> str:
    text = text.strip("\0 ")
    if not _ZONE.fullmatch(text):
        return ""
    return text if text == "Z" or ":" in text else f"{text[:3]}:{text[3:]}"
