"""Where on Earth, at one moment, the sun stood inside a band: a grid, and GeoJSON."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .position import PARALLAX_DEG, position, refraction_deg, subsolar, unix_seconds
from .shadow import Band

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STRIP_DEG = 1.0
_MINUTE_DEG = 0.25


def inside(
    moment: datetime, latitudes_deg: NDArray[np.float64], longitudes_deg: NDArray[np.float64], allowed: Band
) -> NDArray[np.bool_]:
    """Where on a grid the sun stood in the band's heights, shape (latitudes, longitudes).

    cos H = (sin a - sin p sin d) / (cos p cos d) gives for each latitude the hour angles at which the sun is just that
    high, so the grid itself costs two comparisons a point. Hour angles count to the hundredth of a degree.
    """
    import numpy as np

    sun = subsolar(unix_seconds(moment))
    latitude, declination = np.radians(latitudes_deg), math.radians(float(sun.declination_deg))
    part, whole = np.sin(latitude) * math.sin(declination), np.cos(latitude) * math.cos(declination) + 1e-12
    hours = _steps(np.abs((longitudes_deg - float(sun.longitude_deg) + 180) % 360 - 180))
    limits = []
    for seen_deg in (allowed.lowest_deg, allowed.highest_deg):
        cosine = (math.sin(math.radians(_geometric_deg(seen_deg))) - part) / whole
        # Never so high: no hour angle is small enough. Always higher: every one is.
        limits.append(_steps(np.degrees(np.arccos(np.clip(cosine, -1, 1)))))
        limits[-1][cosine > 1] = 0
        limits[-1][cosine < -1] = _BEYOND
    found: NDArray[np.bool_] = hours <= limits[0][:, None]
    found &= hours >= limits[1][:, None]
    return found


_BEYOND = 18_002


def _steps(hour_deg: NDArray[np.float64]) -> NDArray[np.uint16]:
    """Hour angles of 0 to 180 degrees in hundredths, from 1: small numbers are compared five times as fast."""
    return (hour_deg * 100 + 1.5).astype("uint16")


def _geometric_deg(seen_deg: float) -> float:
    """The altitude without refraction and with the parallax put back: from the centre of the Earth."""
    geometric_deg = seen_deg
    for _ in range(3):
        geometric_deg = seen_deg - float(refraction_deg(geometric_deg))
    return geometric_deg + PARALLAX_DEG * math.cos(math.radians(geometric_deg))


def region(moment: datetime, allowed: Band) -> dict[str, Any]:
    """The places where the sun stood in the band at `moment`, as a GeoJSON Feature (RFC 7946).

    A strip for each degree of latitude holds every longitude at which some of it can be inside, to a tenth.
    """
    strips: list[list[list[list[float]]]] = []
    latitude = -90.0 + STRIP_DEG / 2
    while latitude < 90:
        for west, east in _longitudes(moment, latitude, allowed):
            low, high = latitude - STRIP_DEG / 2, latitude + STRIP_DEG / 2
            strips.append([[[west, low], [east, low], [east, high], [west, high], [west, low]]])
        latitude += STRIP_DEG
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": strips},
        "properties": {
            "time": moment.isoformat(),
            "lowest_deg": round(allowed.lowest_deg, 3),
            "highest_deg": round(allowed.highest_deg, 3),
            "error budget": list(allowed.budget),
        },
    }


def _longitudes(moment: datetime, latitude_deg: float, allowed: Band) -> list[tuple[float, float]]:
    """Intervals of longitude at one latitude, cut at the antimeridian as RFC 7946 asks (section 3.1.9)."""
    import numpy as np

    longitudes = np.linspace(-180, 180, 3_601)
    sun = position(unix_seconds(moment), latitude_deg, longitudes)
    # A strip is as high as the sun's height changes across it, and a minute is a quarter of a degree.
    slack_deg = STRIP_DEG / 2 + _MINUTE_DEG
    inside = sun.altitude_deg >= allowed.lowest_deg - slack_deg
    inside &= sun.altitude_deg <= allowed.highest_deg + slack_deg
    if allowed.azimuth_deg is not None:
        apart = np.abs((sun.azimuth_deg - allowed.azimuth_deg.value + 180) % 360 - 180)
        across = np.maximum(np.cos(np.radians(sun.altitude_deg)), 0.02)
        inside &= apart <= allowed.azimuth_deg.error + np.minimum(180.0, slack_deg / across)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False])).astype(np.int8)))
    return [
        (round(float(longitudes[first]), 1), round(float(longitudes[behind - 1]), 1))
        for first, behind in zip(edges[::2], edges[1::2], strict=True)
        if behind - 1 > first
    ]
