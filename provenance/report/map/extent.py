"""What the window of a map must hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ...gazetteer.nearest import nearest
from .ground import Ground
from .marks import Line, Mark
from .projection import circle, geodesic

if TYPE_CHECKING:
    from .projection import Floats

WIDEST_CIRCLE_KM = 2_500.0
"""Wider circles do not widen the window."""
# Parts of a country smaller than this share of its largest do not widen the window: Alaska, Svalbard, French Guiana.
_MAIN_PART = 0.25
# A map of one place alone is widened to take in towns that are near, so that a reader can tell where it is.
_TOWNS_KM = 110.0


def extent(land: Ground, marks: Sequence[Mark], lines: Sequence[Line]) -> Floats:
    """Every point that the window must hold, in degrees: marks, their circles and countries, lines between them.

    A place of which only what counts for nothing speaks does not widen the window, unless there is no other.
    """
    import numpy as np

    by_number = {mark.number: mark for mark in marks}
    marks = [mark for mark in marks if not mark.aside] or marks
    found = [np.array([[mark.lon_deg, mark.lat_deg] for mark in marks])]
    for mark in marks:
        radius = max((one for one in mark.radii_km if one <= WIDEST_CIRCLE_KM), default=0.0)
        if radius:
            found.append(circle(mark.lat_deg, mark.lon_deg, radius, points=24))
        if mark.country:
            found.append(_main_parts(land, mark.country))
    found += [np.array(shortest(by_number[line.first], by_number[line.second])) for line in lines]
    if len(found) == 1 and len({(mark.lat_deg, mark.lon_deg) for mark in marks}) == 1:
        around = [one for one in nearest(marks[0].lat_deg, marks[0].lon_deg) if one.distance_km <= _TOWNS_KM]
        found += [np.array([[one.lon_deg, one.lat_deg]]) for one in around]
    return np.concatenate(found)


def _main_parts(land: Ground, code: str) -> Floats:
    """Some points of the largest parts of a country."""
    import numpy as np

    rings = [
        land.lonlat[area.rings.points[first : last : max(1, (last - first) // 200)]]
        for area in land.of_country(code)
        for first, last in pairwise(area.rings.starts.tolist())
    ]
    longest = max(map(len, rings))
    sizes = [_size(ring) if len(ring) > longest / 20 else 0.0 for ring in rings]
    return np.concatenate([ring for ring, size in zip(rings, sizes, strict=True) if size >= _MAIN_PART * max(sizes)])


def _size(ring: Floats) -> float:
    """About the area of a ring, in square degrees at the equator."""
    import numpy as np

    lon = np.unwrap(ring[:, 0], period=360)
    up = np.sin(np.radians(ring[:, 1]))
    return abs(float(np.dot(lon, np.roll(up, -1)) - np.dot(up, np.roll(lon, -1))))


def shortest(first: Mark, second: Mark) -> tuple[tuple[float, float], ...]:
    """The line between two marks, (longitude, latitude) in degrees."""
    return geodesic(first.lat_deg, first.lon_deg, second.lat_deg, second.lon_deg)
