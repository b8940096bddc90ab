"""Position of the Sun for a place and an instant (Meeus, *Astronomical Algorithms*, ch. 25, low accuracy).

Good to about 0.01 degree, far finer than anything visible in a picture.
Refraction is left out: the numbers are the geometric direction.
"""

from __future__ import annotations

from datetime import UTC, datetime
from math import asin, atan2, cos, degrees, radians, sin


def julian_day(when: datetime) -> float:
    """Julian day of a timezone-aware instant (Meeus ch. 7, through the Unix epoch)."""
    return when.astimezone(UTC).timestamp() / 86400.0 + 2440587.5


def sun_position(when: datetime, lat: float, lon: float) -> tuple[float, float]:
    """Return (elevation, azimuth) in degrees; azimuth runs clockwise from true north, longitude east positive."""
    jd = julian_day(when)
    t = (jd - 2451545.0) / 36525.0
    mean_lon = 280.46646 + t * (36000.76983 + t * 0.0003032)
    anomaly = radians(357.52911 + t * (35999.05029 - t * 0.0001537))
    centre = (
        (1.914602 - t * (0.004817 + t * 0.000014)) * sin(anomaly)
        + (0.019993 - t * 0.000101) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    node = radians(125.04 - 1934.136 * t)
    apparent = radians(mean_lon + centre - 0.00569 - 0.00478 * sin(node))
    seconds = 21.448 - t * (46.8150 + t * (0.00059 - t * 0.001813))
    obliquity = radians(23 + (26 + seconds / 60) / 60 + 0.00256 * cos(node))
    right_ascension = atan2(cos(obliquity) * sin(apparent), cos(apparent))
    declination = asin(sin(obliquity) * sin(apparent))
    sidereal = radians((280.46061837 + 360.98564736629 * (jd - 2451545.0) + 0.000387933 * t * t + lon) % 360)
    hour_angle = sidereal - right_ascension
    phi = radians(lat)
    elevation = asin(sin(phi) * sin(declination) + cos(phi) * cos(declination) * cos(hour_angle))
    azimuth = atan2(sin(hour_angle), cos(hour_angle) * sin(phi) - declination_tan(declination) * cos(phi))
    return degrees(elevation), (degrees(azimuth) + 180.0) % 360.0


def declination_tan(declination: float) -> float:
    """Tangent of the declination (kept apart so that the azimuth formula reads as in the book)."""
    return sin(declination) / cos(declination)


if __name__ == "__main__":
    shot = datetime.fromisoformat("2024-11-13T13:40:00+07:00")
    print("Krasnoyarsk 2024-11-13 13:40 +07:00: elevation %.2f, azimuth %.2f" % sun_position(shot, 56.0106, 92.8525))
