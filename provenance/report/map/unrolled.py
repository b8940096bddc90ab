"""Rings where a map ends: at the antimeridian, around a pole, and near the point opposite its middle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .cutting import clipped
from .projection import EARTH_KM, World

if TYPE_CHECKING:
    from .projection import Floats

OPPOSITE_KM = 0.6 * math.pi * EARTH_KM
# An edge whose ends lie farther round the middle than this, near the point opposite, must go round and not across.
_ROUND_DEG = 10.0


def unrolled(lonlat: Floats, projection: World) -> list[Floats]:
    """A ring in degrees as rings in the plane, cut at the edge of the world; one around a pole is closed over it."""
    import numpy as np

    ring = opened_ring(lonlat - np.array([projection.lon_deg, 0.0]))
    if np.abs(ring[:, 0]).max() <= 180:
        return [projection.unrolled(_along_the_edge(ring))]
    found = []
    for turn in (-360.0, 0.0, 360.0):
        part = clipped(ring + np.array([turn, 0.0]), -180.0, -90.0, 180.0, 90.0)
        if len(part) > 2:
            found.append(projection.unrolled(_along_the_edge(part)))
    return found


def opened_ring(lonlat: Floats) -> Floats:
    """A ring without jumps at the antimeridian, in longitudes around zero; one around a pole is closed over it."""
    import numpy as np

    across = np.unwrap(np.concatenate((lonlat[:, 0], lonlat[:1, 0])), period=360)
    across -= 360 * np.round(across.mean() / 360)
    ring = np.column_stack((across[:-1], lonlat[:, 1]))
    if abs(across[-1] - across[0]) < 180:
        return ring
    pole = -90.0 if lonlat[:, 1].mean() < 0 else 90.0
    return np.concatenate((ring, [[across[-1], lonlat[0, 1]], [across[-1], pole], [across[0], pole]]))


def _along_the_edge(ring: Floats) -> Floats:
    """Points put in where a ring runs along the curved edge of the world."""
    import numpy as np

    following = np.roll(ring, -1, axis=0)
    long = np.flatnonzero(np.abs(following - ring).max(axis=1) > 4)
    parts, start = [], 0
    for edge in long.tolist():
        steps = int(np.abs(following[edge] - ring[edge]).max() / 2) + 1
        share = (np.arange(1, steps) / steps)[:, None]
        parts += [ring[start : edge + 1], ring[edge] + share * (following[edge] - ring[edge])]
        start = edge + 1
    return np.concatenate([*parts, ring[start:]])


def around_the_rim(plane_km: Floats) -> Floats | None:
    """A ring near the point opposite the middle, with points put in so that no edge runs across the map; else None."""
    import numpy as np

    away = np.hypot(plane_km[:, 0], plane_km[:, 1])
    following = np.roll(away, -1)
    bearing = np.arctan2(plane_km[:, 1], plane_km[:, 0])
    turn = (np.roll(bearing, -1) - bearing + np.pi) % (2 * np.pi) - np.pi
    wide = (np.abs(turn) > np.radians(_ROUND_DEG)) & (np.minimum(away, following) > OPPOSITE_KM)
    if not wide.any():
        return None
    parts, start = [], 0
    for edge in np.flatnonzero(wide).tolist():
        steps = int(abs(turn[edge]) / np.radians(_ROUND_DEG)) + 1
        share = np.arange(1, steps) / steps
        angle, far = bearing[edge] + share * turn[edge], away[edge] + share * (following[edge] - away[edge])
        parts += [plane_km[start : edge + 1], np.column_stack((far * np.cos(angle), far * np.sin(angle)))]
        start = edge + 1
    return np.concatenate([*parts, plane_km[start:]])


def holds(lonlat: Floats, lon_deg: float, lat_deg: float) -> bool:
    """Whether a position lies in a ring, in degrees (even-odd); a ring around a pole is closed over it."""
    import numpy as np

    if len(lonlat) < 3:
        return False
    ring = opened_ring(lonlat)
    if not ring[:, 1].min() <= lat_deg <= ring[:, 1].max():
        return False
    x, y = ring.T
    following_x, following_y = np.roll(x, -1), np.roll(y, -1)
    crosses = (y > lat_deg) != (following_y > lat_deg)
    at = x[crosses] + (lat_deg - y[crosses]) / (following_y - y)[crosses] * (following_x - x)[crosses]
    return any(int((at > lon_deg + turn).sum()) % 2 for turn in (-360.0, 0.0, 360.0))
