"""Which part of the Earth a map shows, in which projection, at which scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .projection import EARTH_KM, Azimuthal, Projection, World, unit

if TYPE_CHECKING:
    from .projection import Floats

SMALLEST_KM = 50.0
"""Width of the smallest map: coasts and borders are good to some hundred metres."""
# Beyond this angle from its middle an azimuthal map widens what it shows by a fifth; the whole world looks better flat.
WIDEST_DEG = 62.0
_STEPS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Size of a drawing in px: its width, the lowest and the greatest height, and the space kept around the marks."""

    width_px: float
    lowest_px: float
    highest_px: float
    margin_px: float


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A window on the plane of a projection: px = (km - left) * scale, from the top left corner."""

    projection: Projection
    left_km: float
    top_km: float
    px_per_km: float
    width_px: float
    height_px: float

    def px(self, plane_km: Floats) -> Floats:
        """Points of the plane in px, shape (n, 2), y downwards."""
        import numpy as np

        return np.column_stack(
            ((plane_km[:, 0] - self.left_km) * self.px_per_km, (self.top_km - plane_km[:, 1]) * self.px_per_km)
        )

    def at(self, lonlat: Floats) -> Floats:
        """Points in degrees in px."""
        return self.px(self.projection.plane(lonlat))

    def point(self, lon_deg: float, lat_deg: float) -> tuple[float, float]:
        """One point in degrees in px."""
        import numpy as np

        x, y = self.at(np.array([[lon_deg, lat_deg]]))[0]
        return float(x), float(y)

    @property
    def width_km(self) -> float:
        """Width of the window in the plane."""
        return self.width_px / self.px_per_km


def look(lonlat: Floats, frame: Frame) -> View:
    """The window that holds all points, shape (n, 2) with n >= 1, in degrees, with a margin."""
    import numpy as np

    projection = _projection(lonlat)
    plane = projection.plane(lonlat)
    low, high = plane.min(axis=0), plane.max(axis=0)
    span = np.maximum(high - low, 1e-6)
    room = (frame.width_px - 2 * frame.margin_px, frame.highest_px - 2 * frame.margin_px)
    scale = float(min(room[0] / span[0], room[1] / span[1], frame.width_px / SMALLEST_KM))
    if isinstance(projection, World):
        scale = max(scale, frame.width_px / (2 * 2.7066 * EARTH_KM))  # half the width of Equal Earth at the equator
    height = min(frame.highest_px, max(frame.lowest_px, float(span[1]) * scale + 2 * frame.margin_px))
    height = float(math.ceil(height))
    middle = (low + high) / 2
    return View(
        projection=projection,
        left_km=float(middle[0]) - frame.width_px / scale / 2,
        top_km=float(middle[1]) + height / scale / 2,
        px_per_km=scale,
        width_px=frame.width_px,
        height_px=height,
    )


def _projection(lonlat: Floats) -> Projection:
    """Azimuthal around the middle of the smallest cap that holds all; the world where that is too wide.

    The cap by Badoiu and Clarkson, Smaller core-sets for balls, SODA 2003: each step goes a smaller part of the way to
    the farthest point.
    """
    import numpy as np

    points = unit(lonlat)
    middle = points.mean(axis=0)
    if np.linalg.norm(middle) > 1e-6:
        middle /= np.linalg.norm(middle)
        for step in range(2, _STEPS):
            farthest = points[int(np.argmin(points @ middle))]
            middle = middle + (farthest - middle) / step
            length = float(np.linalg.norm(middle))
            if length < 1e-6:
                break
            middle /= length
        if math.degrees(math.acos(max(-1.0, min(1.0, float((points @ middle).min()))))) <= WIDEST_DEG:
            lat, lon = math.asin(max(-1.0, min(1.0, middle[2]))), math.atan2(middle[1], middle[0])
            return Azimuthal(lat_deg=math.degrees(lat), lon_deg=math.degrees(lon))
    return World(lon_deg=_opposite_the_widest_gap(lonlat[:, 0]))


def _opposite_the_widest_gap(lon_deg: Floats) -> float:
    """The meridian across from the widest stretch of longitudes without a point: there the map may be cut."""
    import numpy as np

    ordered = np.sort(lon_deg)
    gaps = np.diff([*ordered, ordered[0] + 360])
    widest = int(np.argmax(gaps))
    middle = float(ordered[widest] + gaps[widest] / 2)
    return (middle + 360) % 360 - 180
