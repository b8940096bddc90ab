"""Where the times in one file contradict each other.

Fields that mean the same moment (capture by EXIF, XMP, IPTC) must agree as far as both go, to the second where both
name one. Of two moments in an order (taken, then digitised, then changed) only the order can be broken. The GPS fix is
another moment near the capture, and has an hour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from ...metadata.container.created import CREATED, iso_of
from ...metadata.exif.time import CHANGED_BEFORE, FIRST_GPS, GPS_GAP
from ...model.days.never_set import by_unset_clock
from ...model.finding import Conflict
from ...model.text import counted
from ...model.time import Interval, parse_interval
from ..gaps import between
from ..intervals import gap, start
from ..wording import lasting
from .sides import Facts, Side, beside, differing, shown, side_of, sides_of
from .written_times import as_written_apart, times_differ

_GPS = "the GPS time"
_ZONE = re.compile(r"Z|[+-]\d{2}:\d{2}")
_ENDS_IN_ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$")


def capture_time(facts: Facts) -> Iterator[Conflict]:
    """The moment of capture by every field that means it, and the GPS fix."""
    yield from differing("time of capture", _captures(facts), _differ, dimension="time", apart=_apart)


def _captures(facts: Facts) -> list[Side]:
    return [
        *_exif_times(facts, "Original"),
        *sides_of(facts, "xmp.exif:DateTimeOriginal"),
        *sides_of(facts, "xmp.photoshop:DateCreated"),
        *_iptc_times(facts, "DateCreated", "TimeCreated"),
        *_satellite_times(facts),
    ]


def digitising_time(facts: Facts) -> Iterator[Conflict]:
    """The moment of digitising by EXIF, XMP and IPTC."""
    yield from differing("time of digitising", _digitised(facts), _differ, dimension="time", apart=_apart)


def _digitised(facts: Facts) -> list[Side]:
    return [
        *_exif_times(facts, "Digitized"),
        *sides_of(facts, "xmp.exif:DateTimeDigitized"),
        *_iptc_times(facts, "DigitalCreationDate", "DigitalCreationTime"),
    ]


def order_of_times(facts: Facts) -> Iterator[Conflict]:
    """A file changed, digitised or made before it was taken; the first such pair, for the others say the same."""
    taken = next((side for side in _captures(facts) if not side.name.startswith(_GPS)), None)
    if taken is None or (captured := _interval(taken)) is None:
        return
    later = (
        *((side, "last changed") for side in _exif_times(facts, "")),
        *((side, "last changed") for side in (*sides_of(facts, "xmp.xmp:ModifyDate"), *_modified(facts))),
        *((side, "digitised") for side in _digitised(facts)),
        *((side, "made as a PNG") for side in _created(facts)),
    )
    for side, done in later:
        at = _interval(side) if not by_unset_clock(side.value) else None
        apart = gap(at, captured) if at is not None else None
        exact = at is not None and at.zone_known and captured.zone_known
        if at and apart is not None and start(at) < start(captured) and apart > (CHANGED_BEFORE if exact else _NONE):
            far = between(at, captured)
            text = (
                f"By the file's own tags it was {done} {far} before it was taken: {side.name} gives "
                f"{shown(side.value)}, {taken.name} gives {shown(taken.value)}."
            )
            yield Conflict(first=side.facts[0].id, second=taken.facts[0].id, text=text, gap=far, dimension="time")
            return


_NONE = timedelta(0)


def _created(facts: Facts) -> list[Side]:
    """The time of creation by the text chunks of a PNG: of the file as it was first made, at the capture or later."""
    keys = [key for key in facts if key.startswith("png.text.") and key.removeprefix("png.text.").lower() in CREATED]
    sides = [side for key in keys for side in sides_of(facts, key)]
    return [replace(side, value=iso_of(side.facts[0].raw) or side.value) for side in sides]


def _modified(facts: Facts) -> list[Side]:
    return [replace(side, name="the PNG's own time of change") for side in sides_of(facts, "png.modified")]


def _exif_times(facts: Facts, name: str) -> list[Side]:
    """EXIF times with the zone of the offset tag in the same block."""
    found = []
    for side in sides_of(facts, f"exif.DateTime{name}"):
        zone = beside(facts, f"exif.OffsetTime{name}", side.facts[0])
        written = zone.normal if zone and _ZONE.fullmatch(zone.normal) else ""
        bare = written and "T" in side.value and not _ENDS_IN_ZONE.search(side.value)
        found.append(replace(side, value=f"{side.value}{written}") if bare else side)
    return found


def _iptc_times(facts: Facts, date: str, clock: str) -> list[Side]:
    found = []
    for side in sides_of(facts, f"iptc.{date}"):
        time = beside(facts, f"iptc.{clock}", side.facts[0])
        untimed = time is None or not time.normal or time.normal.startswith("00:00:00")  # what writers of a date put
        # A zone of zero is what programs write that know none (metadata/editorial.py); then the clock alone counts.
        whole = side.value if untimed or time is None else f"{side.value}T{time.normal.removesuffix('+00:00')}"
        found.append(replace(side, value=whole))
    return found


def _satellite_times(facts: Facts) -> list[Side]:
    """The fix in UTC; none of a receiver that had no date."""
    found = []
    for side in sides_of(facts, "gps.GPSDateStamp"):
        clock = beside(facts, "gps.GPSTimeStamp", side.facts[0])
        if clock is not None and clock.normal:
            name = side.name.replace("EXIF GPSDateStamp", f"{_GPS} (GPSDateStamp, GPSTimeStamp)")
            found.append(replace(side, name=name, value=f"{side.value[:10]}T{clock.normal}Z"))
    xmp = side_of(facts, "xmp.exif:GPSTimeStamp")
    found += [replace(xmp, name=f"{_GPS} (XMP exif:GPSTimeStamp)")] if xmp else []
    return [side for side in found if (at := _interval(side)) and start(at) >= FIRST_GPS + timedelta(days=1)]


def _differ(first: Side, second: Side) -> bool:
    if not (first.name.startswith(_GPS) or second.name.startswith(_GPS)):
        return times_differ(first.value, second.value)
    one, other = _interval(first), _interval(second)
    apart = gap(one, other) if one and other else None
    return apart is not None and apart > GPS_GAP


def _apart(first: Side, second: Side) -> str:
    """How far apart; of two times that may be one in two zones, as they are written."""
    one, other = _interval(first), _interval(second)
    if one and other and not one.meets(other):
        zoned = one.zone_known and other.zone_known
        moments = abs(start(one) - start(other))  # a moment lasts to its last digit: from :05 to :11 are six seconds
        return _short(moments) if zoned and moments < timedelta(hours=1) else between(one, other)
    clocks = as_written_apart(first.value, second.value)
    return _short(clocks) if clocks else ""


def _short(apart: timedelta) -> str:
    """Of two clocks in one file seconds matter."""
    seconds = round(apart.total_seconds())
    if seconds >= 3600:
        return lasting(apart)
    return counted(seconds // 60, "minute") if seconds >= 60 else counted(seconds, "second")


def _interval(side: Side) -> Interval | None:
    try:
        return parse_interval(side.value)
    except ValueError:
        return None
