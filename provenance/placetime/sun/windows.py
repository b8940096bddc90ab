"""When, at a place, the sun stood inside a band: intervals of time, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ...model.place import Place
from ...model.time import Interval
from .position import position, subsolar
from .shadow import Band

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEP_S = 60
MOST_DAYS = 400
"""Longer intervals hold every season; scanned is then one year of them, and every day of the year counts."""
KM_PER_DEG = 111.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of time in which the sun stood in the band, to the minute, with where it stood at both ends."""

    start: datetime
    end: datetime
    morning: bool
    """Whether the sun was east of the meridian."""


def windows(place: Place, time: Interval, allowed: Band) -> tuple[Window, ...]:
    """Every window within a bounded interval at the place's centre, its radius widening the band. Raises ValueError."""
    if place.lat_deg is None or place.lon_deg is None:
        raise ValueError(f"{place.name!r} has no coordinates")
    start, minutes = _span(time)
    if minutes < 1:
        return ()
    return _found(start, _inside(place, start, minutes, allowed))


def _span(time: Interval) -> tuple[datetime, int]:
    if time.earliest is None or time.latest is None:
        raise ValueError("the time has no end; give two dates")
    length = min(time.latest - time.earliest, timedelta(days=MOST_DAYS))
    return time.earliest.replace(second=0, microsecond=0), int(length / timedelta(seconds=STEP_S)) + 1


def _inside(place: Place, start: datetime, minutes: int, allowed: Band) -> NDArray[np.int8]:
    """For each minute 0 outside the band, 1 inside before noon, 2 inside after it."""
    import numpy as np

    sun = position(start.timestamp() + STEP_S * np.arange(minutes), place.lat_deg or 0.0, place.lon_deg or 0.0)
    slack_deg = place.radius_km / KM_PER_DEG
    # Between two minutes the sun moves by up to a quarter of a degree.
    low, high = allowed.lowest_deg - slack_deg - 0.125, allowed.highest_deg + slack_deg + 0.125
    inside = (sun.altitude_deg >= low) & (sun.altitude_deg <= high) & (sun.altitude_deg > -slack_deg - 0.833)
    if allowed.azimuth_deg is not None:
        across = np.maximum(np.cos(np.radians(sun.altitude_deg)), 0.02)
        apart = np.abs((sun.azimuth_deg - allowed.azimuth_deg.value + 180) % 360 - 180)
        inside &= apart <= allowed.azimuth_deg.error + np.minimum(180.0, (slack_deg + 0.25) / across)
    return np.where(inside, np.where(sun.azimuth_deg < 180, 1, 2), 0).astype(np.int8)


def _found(start: datetime, inside: NDArray[np.int8]) -> tuple[Window, ...]:
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate(([0], inside, [0]))))
    found = []
    for first, behind in pairwise(edges):
        if inside[first]:
            found.append(
                Window(
                    start=start + timedelta(seconds=int(first) * STEP_S),
                    end=start + timedelta(seconds=int(behind - 1) * STEP_S),
                    morning=bool(inside[first] == 1),
                )
            )
    return tuple(found)


def latitudes(day: datetime, allowed: Band) -> tuple[float, float] | None:
    """The latitudes at which, on the UTC day of `day`, the sun comes into the band at some time; None where nowhere.

    Highest and lowest altitude of a day at latitude p with declination d: 90 - |p - d| and |p + d| - 90 degrees.
    """
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    declination_deg = float(subsolar(noon.timestamp()).declination_deg)
    possible = [
        half / 2
        for half in range(-180, 181)
        if 90 - abs(half / 2 - declination_deg) >= allowed.lowest_deg - 0.4
        and abs(half / 2 + declination_deg) - 90 <= allowed.highest_deg + 0.4
    ]
    return (min(possible), max(possible)) if possible else None
