"""Where the sun stands: apparent altitude and azimuth for any times and places, vectorised.

J. Meeus, Astronomical Algorithms, 2nd edition (1998): chapter 25 (solar coordinates, lower accuracy, 0.01 degrees),
chapter 12 (sidereal time), chapter 13 (horizontal coordinates), chapter 16 (refraction, Saemundsson's formula), chapter
40 (parallax). Between 1975 and 2050 and latitudes -70 to 80 degrees the altitude is within 0.02 degrees of skyfield's
with the ephemeris DE421 (tests/accuracy/test_sun.py).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_J2000_UNIX_S = 946_728_000.0  # 2000-01-01 12:00 UTC
PARALLAX_DEG = 8.794 / 3600
"""By how much lower the sun stands on the horizon than from the centre of the Earth."""
_DIP_LIMIT_DEG = -1.5  # below this the refraction formula means nothing, and nothing casts a shadow

DAY_ALTITUDE_DEG = -0.833
"""Altitude of the sun's centre, without refraction, at which its upper rim is on the horizon."""
CIVIL_DEG, NAUTICAL_DEG, ASTRONOMICAL_DEG = -6.0, -12.0, -18.0


class Subsolar(NamedTuple):
    """Where the sun stands overhead: declination and longitude in degrees, north and east positive."""

    declination_deg: Floats
    longitude_deg: Floats


class Position(NamedTuple):
    """Horizontal coordinates in degrees; azimuth clockwise from true north, 0 to 360."""

    altitude_deg: Floats
    """Of the sun's centre as it is seen: with refraction at 1010 hPa and 10 degrees Celsius."""
    azimuth_deg: Floats
    geometric_deg: Floats
    """Altitude of the centre without refraction."""


def subsolar(unix_s: ArrayLike) -> Subsolar:
    """The point under the sun at times in seconds since 1970-01-01 UTC, of any shape."""
    import numpy as np

    days = (np.asarray(unix_s, dtype=np.float64) - _J2000_UNIX_S) / 86_400
    century = (days + _delta_t_s(days) / 86_400) / 36_525
    anomaly = np.radians(357.52911 + 35_999.05029 * century - 0.0001537 * century**2)
    centre_deg = (
        (1.914602 - 0.004817 * century - 0.000014 * century**2) * np.sin(anomaly)
        + (0.019993 - 0.000101 * century) * np.sin(2 * anomaly)
        + 0.000289 * np.sin(3 * anomaly)
    )
    node = np.radians(125.04 - 1934.136 * century)
    nutation_deg = -0.00478 * np.sin(node)
    mean_deg = 280.46646 + 36_000.76983 * century + 0.0003032 * century**2
    longitude = np.radians(mean_deg + centre_deg - 0.00569 + nutation_deg)
    obliquity = np.radians(23.43929111 - 0.013004167 * century + 0.00256 * np.cos(node))
    right_ascension_deg = np.degrees(np.arctan2(np.cos(obliquity) * np.sin(longitude), np.cos(longitude)))
    declination_deg = np.degrees(np.arcsin(np.sin(obliquity) * np.sin(longitude)))
    sidereal_deg = 280.46061837 + 360.98564736629 * days + nutation_deg * np.cos(obliquity)
    return Subsolar(declination_deg, (right_ascension_deg - sidereal_deg + 180) % 360 - 180)


def _delta_t_s(days: Floats) -> Floats:
    """Terrestrial minus universal time, in seconds; a line through 1975 (45.5) and 2025 (69.2) is within 12 s to 2050.

    The sun moves 0.00001 degrees in that second.
    """
    return 57.3 + 0.474 / 365.25 * days


def position(unix_s: ArrayLike, latitude_deg: ArrayLike, longitude_deg: ArrayLike) -> Position:
    """The sun's place in the sky. The three arguments are broadcast against each other."""
    import numpy as np

    sun = subsolar(unix_s)
    hour = np.radians(np.asarray(longitude_deg, dtype=np.float64) - sun.longitude_deg)
    latitude, declination = np.radians(np.asarray(latitude_deg, dtype=np.float64)), np.radians(sun.declination_deg)
    sine = np.sin(latitude) * np.sin(declination) + np.cos(latitude) * np.cos(declination) * np.cos(hour)
    altitude_deg = np.degrees(np.arcsin(np.clip(sine, -1, 1)))
    east = -np.cos(declination) * np.sin(hour)
    north = np.cos(latitude) * np.sin(declination) - np.sin(latitude) * np.cos(declination) * np.cos(hour)
    geometric_deg = altitude_deg - PARALLAX_DEG * np.cos(np.radians(altitude_deg))
    return Position(
        geometric_deg + refraction_deg(geometric_deg), np.degrees(np.arctan2(east, north)) % 360, geometric_deg
    )


def refraction_deg(geometric_deg: ArrayLike) -> Floats:
    """By how much the air lifts a body of this altitude, in degrees (Meeus 16.4); 0 well below the horizon."""
    import numpy as np

    altitude_deg = np.asarray(geometric_deg, dtype=np.float64)
    seen = np.maximum(altitude_deg, _DIP_LIMIT_DEG)
    lifted = 1.02 / 60 / np.tan(np.radians(seen + 10.3 / (seen + 5.11)))
    return np.where(altitude_deg > _DIP_LIMIT_DEG, np.maximum(lifted, 0.0), 0.0)


def unix_seconds(moment: datetime) -> float:
    """Seconds since 1970-01-01 UTC of an aware time. Raises ValueError for a naive one."""
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone has no sun")
    return moment.timestamp()


def part_of_day(geometric_deg: float) -> str:
    """ "day", "civil twilight", "nautical twilight", "astronomical twilight" or "night"."""
    steps = (
        (DAY_ALTITUDE_DEG, "day"),
        (CIVIL_DEG, "civil twilight"),
        (NAUTICAL_DEG, "nautical twilight"),
        (ASTRONOMICAL_DEG, "astronomical twilight"),
    )
    return next((name for limit, name in steps if geometric_deg >= limit), "night")
