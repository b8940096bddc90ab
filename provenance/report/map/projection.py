"""From degrees to a plane in km, and lines and circles on Earth as points in degrees.

On a sphere: where the plane is drawn from coasts that are good to some hundred metres, the half per cent that the
ellipsoid differs is below what can be seen. Distances that are written on a map come from WGS 84.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]

EARTH_KM = 6371.0088
_PIECES = 64
"""Of a shortest line."""
# Equal Earth, Savric, Patterson and Jenny, The Equal Earth map projection, IJGIS 33 (2019) 454-465, equations 6 to 9.
_A = (1.340264, -0.081106, 0.000893, 0.003796)


@dataclass(frozen=True, slots=True, kw_only=True)
class Azimuthal:
    """Azimuthal equidistant, Snyder, Map projections, USGS Professional Paper 1395 (1987), equations 25-1 to 25-4."""

    lat_deg: float
    lon_deg: float

    def plane(self, lonlat: Floats) -> Floats:
        """Points (longitude, latitude) in degrees, shape (n, 2), as km east and north of the centre."""
        import numpy as np

        across, up = np.radians(lonlat[:, 0] - self.lon_deg), np.radians(lonlat[:, 1])
        sin0, cos0 = math.sin(math.radians(self.lat_deg)), math.cos(math.radians(self.lat_deg))
        sin, cos = np.sin(up), np.cos(up)
        x, along = cos * np.sin(across), cos * np.cos(across)
        y = cos0 * sin - sin0 * along
        chord = np.hypot(x, y)
        angle = np.arctan2(chord, sin0 * sin + cos0 * along)
        factor = EARTH_KM * np.divide(angle, chord, out=np.ones_like(chord), where=chord > 1e-12)
        # The point opposite the middle lies everywhere on the rim: in the east of it, and never in the middle.
        x = np.where((chord <= 1e-12) & (angle > 1), math.pi, x)
        return np.column_stack((x * factor, y * factor))

    @property
    def antipode(self) -> tuple[float, float]:
        """Longitude and latitude of the point that this projection spreads over its whole rim."""
        return (self.lon_deg + 360) % 360 - 180, -self.lat_deg


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Equal Earth around a meridian; longitudes from -180 to 180 on either side of it."""

    lon_deg: float

    def across(self, lon_deg: Floats) -> Floats:
        """Longitudes as degrees east of the middle, -180 to 180."""
        return (lon_deg - self.lon_deg + 180) % 360 - 180

    def plane(self, lonlat: Floats) -> Floats:
        """Points (longitude, latitude) in degrees, shape (n, 2), as km east and north of the middle."""
        import numpy as np

        return self.unrolled(np.column_stack((self.across(lonlat[:, 0]), lonlat[:, 1])))

    def unrolled(self, points: Floats) -> Floats:
        """The same of points whose first coordinate is degrees east of the middle already."""
        import numpy as np

        theta = np.arcsin(math.sqrt(3) / 2 * np.sin(np.radians(np.clip(points[:, 1], -90, 90))))
        square = theta * theta
        sixth = square**3
        slope = 9 * _A[3] * sixth * square + 7 * _A[2] * sixth + 3 * _A[1] * square + _A[0]
        x = 2 * math.sqrt(3) * np.radians(points[:, 0]) * np.cos(theta) / (3 * slope)
        y = theta * (_A[3] * sixth * square + _A[2] * sixth + _A[1] * square + _A[0])
        return np.column_stack((x, y)) * EARTH_KM


Projection: TypeAlias = Azimuthal | World


def unit(lonlat: Floats) -> Floats:
    """Points in degrees as unit vectors, shape (n, 3)."""
    import numpy as np

    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


def circle(lat_deg: float, lon_deg: float, radius_km: float, *, points: int = 96) -> Floats:
    """Points at one distance around a place, clockwise from north, (longitude, latitude) in degrees."""
    import numpy as np

    bearing = np.linspace(0, 2 * np.pi, points, endpoint=False)
    lat, angle = math.radians(lat_deg), radius_km / EARTH_KM
    up = np.arcsin(
        np.clip(math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * np.cos(bearing), -1.0, 1.0)
    )
    across = np.arctan2(np.sin(bearing) * math.sin(angle) * math.cos(lat), math.cos(angle) - math.sin(lat) * np.sin(up))
    return np.column_stack(((lon_deg + np.degrees(across) + 540) % 360 - 180, np.degrees(up)))


@lru_cache(maxsize=256)
def geodesic(lat1_deg: float, lon1_deg: float, lat2_deg: float, lon2_deg: float) -> tuple[tuple[float, float], ...]:
    """The shortest line between two places on WGS 84, as (longitude, latitude) in degrees; ends included."""
    from geographiclib.geodesic import Geodesic

    line = Geodesic.WGS84.InverseLine(lat1_deg, lon1_deg, lat2_deg, lon2_deg)
    found = (line.Position(line.s13 * step / _PIECES) for step in range(_PIECES + 1))
    return tuple((float(one["lon2"]), float(one["lat2"])) for one in found)
