"""What the sun says of a place, a time and a shadow: as much as was given, never a single point."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from ...model.place import Place
from ...model.time import EASTERNMOST, WESTERNMOST, Interval
from .position import part_of_day, position
from .shadow import Band, Shadow, band
from .windows import MOST_DAYS, Window, latitudes, windows
from .world import region

WIDEST_KM = 1_000.0
"""Across a wider place the sun stands at too many heights to tell one time from another."""
MOST_DAYS_LISTED = 10
MOST_LATITUDES = 13
"""Days for which latitudes are given of a longer time: of a year about one a month."""
FIRST_YEAR, LAST_YEAR = 1975, 2050
EXACT = timedelta(minutes=2)
"""A time no longer than this is a moment, and the sun's place in the sky one."""
BOTH = "Morning and afternoon, spring and autumn give the same shadow: every solution is listed."


class Answer(StrEnum):
    """Whether the shadow can have been thrown at the place and time given."""

    EXCLUDED = "excluded"
    NOT_EXCLUDED = "not excluded"
    CANNOT_SAY = "cannot say"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sky:
    """The sun at one moment and place, angles in degrees."""

    moment: datetime
    altitude_deg: float
    azimuth_deg: float
    part_of_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of UTC at a place: the highest sun, and the stretch of daylight where the day has both ends."""

    day: date
    highest: Sky
    sunrise: datetime | None
    sunset: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SunAnswer:
    """Everything that was asked; what could not be computed is empty, and `reasons` say why."""

    place: Place | None
    time: Interval | None
    band: Band | None
    sky: Sky | None = None
    days: tuple[Day, ...] = ()
    windows: tuple[Window, ...] = ()
    latitudes_deg: tuple[float, float] | None = None
    """At the day given: from where to where the sun comes into the band at some time of the day."""
    latitudes_by_day: tuple[tuple[date, tuple[float, float] | None], ...] = ()
    """The same for some days of a longer time, first and last among them, where no place is given."""
    region: dict[str, Any] | None = None
    """GeoJSON of all places where the sun stood in the band, for a shadow at a known moment."""
    answer: Answer = Answer.NOT_ASKED
    reasons: tuple[str, ...] = ()
    shadow: Shadow | None = None
    """As it was measured."""


def ask(*, place: Place | None = None, time: Interval | None = None, shadow: Shadow | None = None) -> SunAnswer:
    """Place and time: where the sun stood. Shadow: which altitudes. With place or time or both: what that leaves.

    Raises ValueError when too little is given to say anything: a place needs coordinates.
    """
    if place is None and shadow is None:
        raise ValueError("neither a place nor a shadow is given")
    if place is not None and place.lat_deg is None:
        raise ValueError(f"{place.name!r} has no coordinates; give them as NAME@LATITUDE,LONGITUDE,RADIUSkm")
    allowed = None if shadow is None else band(shadow)
    start, end = (time.earliest, time.latest) if time is not None else (None, None)
    bounded = start is not None and end is not None
    notes = _notes(place, time, bounded)
    exact = start is not None and end is not None and end - start <= EXACT
    sky = _sky(place, start) if place is not None and start is not None and exact else None
    days = _days(place, *_written(time)) if place is not None and time is not None and bounded and not exact else ()
    if allowed is None:
        missing = () if bounded else ("No time with two ends is given.",)
        return SunAnswer(place=place, time=time, band=None, sky=sky, days=days, reasons=(*missing, *notes))
    answer, found, reasons = _tested(place, time, allowed)
    return SunAnswer(
        place=place,
        time=time,
        band=allowed,
        sky=sky,
        days=days,
        windows=found,
        latitudes_deg=_latitudes(time, allowed) if _one_day(time) else None,
        latitudes_by_day=_by_day(time, allowed) if place is None and bounded and not _one_day(time) else (),
        region=region(start, allowed) if start is not None and exact else None,
        answer=answer,
        reasons=(*reasons, *notes),
        shadow=shadow,
    )


def _notes(place: Place | None, time: Interval | None, bounded: bool) -> tuple[str, ...]:
    """What was left out of a long list, and years for which the position was not compared with a reference."""
    if time is None or not bounded:
        return ()
    start, end = _written(time)
    if start is None or end is None:
        return ()
    days, found = (end.date() - start.date()).days + 1, []
    if place is not None and days > MOST_DAYS_LISTED:
        found.append(f"Of {days:,} days the first {MOST_DAYS_LISTED} are listed.")
    if start.year < FIRST_YEAR or end.year > LAST_YEAR:
        found.append(f"The sun was compared with a reference for {FIRST_YEAR} to {LAST_YEAR} only.")
    return tuple(found)


def _tested(
    place: Place | None, time: Interval | None, allowed: Band
) -> tuple[Answer, tuple[Window, ...], tuple[str, ...]]:
    if place is None or time is None:
        missing = "place" if place is None else "time"
        return Answer.NOT_ASKED, (), (f"No {missing} is given, so none is tested.",)
    if time.earliest is None or time.latest is None:
        return Answer.CANNOT_SAY, (), ("The time has an open end; give two dates.",)
    if place.radius_km > WIDEST_KM:
        return Answer.CANNOT_SAY, (), (f"The place is {place.radius_km:g} km wide; give one below {WIDEST_KM:g} km.",)
    found = windows(place, time, allowed)
    notes = [BOTH] if found else []
    if time.latest - time.earliest > timedelta(days=MOST_DAYS):
        notes.insert(0, f"Of the time only the first {MOST_DAYS} days were scanned; they hold every season.")
    return (Answer.NOT_EXCLUDED if found else Answer.EXCLUDED), found, tuple(notes)


def _one_day(time: Interval | None) -> bool:
    """Whether the time is one date at most, the doubt of its zone included."""
    if time is None or time.earliest is None or time.latest is None:
        return False
    return time.latest - time.earliest <= timedelta(hours=50)


def _latitudes(time: Interval | None, allowed: Band) -> tuple[float, float] | None:
    """Of all days of UTC that the time touches."""
    if time is None or time.earliest is None or time.latest is None:
        return None
    days = ((time.latest.date() - time.earliest.date()).days + 1) if time.latest >= time.earliest else 1
    found = [latitudes(time.earliest + timedelta(days=number), allowed) for number in range(days)]
    spans = [span for span in found if span is not None]
    return (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None


def _by_day(time: Interval | None, allowed: Band) -> tuple[tuple[date, tuple[float, float] | None], ...]:
    """For at most `MOST_LATITUDES` days, evenly from the first to the last."""
    start, end = _written(time) if time is not None else (None, None)
    if start is None or end is None:
        return ()
    days = (end.date() - start.date()).days
    steps = min(days, MOST_LATITUDES - 1)
    chosen = [start + timedelta(days=round(days * step / steps) if steps else 0) for step in range(steps + 1)]
    return tuple((one.date(), latitudes(one, allowed)) for one in chosen)


def _sky(place: Place, moment: datetime) -> Sky:
    sun = position(moment.timestamp(), place.lat_deg or 0.0, place.lon_deg or 0.0)
    return Sky(
        moment=moment,
        altitude_deg=float(sun.altitude_deg),
        azimuth_deg=float(sun.azimuth_deg),
        part_of_day=part_of_day(float(sun.geometric_deg)),
    )


def _written(time: Interval) -> tuple[datetime | None, datetime | None]:
    """Both ends without the 26 hours that an unknown zone adds: the days of a place are its own."""
    if time.zone_known or time.earliest is None or time.latest is None:
        return time.earliest, time.latest
    return time.earliest + EASTERNMOST, time.latest - WESTERNMOST - timedelta(microseconds=1)


def _days(place: Place, start: datetime | None, end: datetime | None) -> tuple[Day, ...]:
    """The days from first to last, at most `MOST_DAYS_LISTED`; each reaches from the sun's lowest to its lowest."""
    import numpy as np

    if start is None or end is None:
        return ()
    first = datetime(start.year, start.month, start.day, tzinfo=UTC) - timedelta(hours=(place.lon_deg or 0.0) / 15)
    found = []
    for number in range(min(MOST_DAYS_LISTED, (end.date() - start.date()).days + 1)):
        midnight = first + timedelta(days=number)
        minutes = midnight.timestamp() + 60 * np.arange(1_441)
        sun = position(minutes, place.lat_deg or 0.0, place.lon_deg or 0.0)
        up = np.flatnonzero(sun.geometric_deg >= -0.833)
        rises = bool(len(up)) and not (up[0] == 0 and up[-1] == 1_440)
        noon = midnight + timedelta(minutes=int(np.argmax(sun.altitude_deg)))
        found.append(
            Day(
                day=(midnight + timedelta(hours=12)).date(),
                highest=_sky(place, noon),
                sunrise=midnight + timedelta(minutes=int(up[0])) if rises else None,
                sunset=midnight + timedelta(minutes=int(up[-1])) if rises else None,
            )
        )
    return tuple(found)
