"""Arcs of the shipped file, joined to rings: of areas, and of land across their borders."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ...gazetteer.borders import UNITS_PER_DEG, Borders
from .areas import Rings
from .unrolled import opened_ring

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .projection import Floats

    Numbers = NDArray[np.intp]


def rings_of(rings: list[Numbers], lonlat: Floats) -> Rings:
    """Rings with their boxes, from numbers of points."""
    import numpy as np

    starts = np.cumsum([0, *(len(ring) for ring in rings)])
    points = np.concatenate(rings)
    low = np.minimum.reduceat(lonlat[points], starts[:-1])
    high = np.maximum.reduceat(lonlat[points], starts[:-1])
    for ring in np.flatnonzero(high[:, 0] - low[:, 0] > 180).tolist():
        opened = opened_ring(lonlat[rings[ring]])  # one around a pole reaches to it
        low[ring, 1], high[ring, 1] = opened[:, 1].min(), opened[:, 1].max()
        low[ring, 0], high[ring, 0] = -180.0, 180.0
    return Rings(points=points, starts=starts, low=low, high=high)


def joined(data: Borders, arcs: list[int]) -> Numbers:
    """A ring without its last point, which is its first."""
    import numpy as np

    return np.concatenate([_arc(data, number)[:-1] for number in arcs])


def _arc(data: Borders, number: int) -> Numbers:
    import numpy as np

    arc = number if number >= 0 else ~number
    found = np.arange(data.arc_start[arc], data.arc_start[arc + 1])
    return found if number >= 0 else found[::-1]


def land(data: Borders, lonlat: Floats) -> Rings:
    """Coasts joined at the places where borders meet them: an even number of coasts ends at each."""
    whole, ends = [], defaultdict[tuple[int, int], list[int]](list)
    for arc in range(len(data.arc_start) - 1):
        if data.sides[2 * arc + 1]:
            continue
        first, last = _end(data, data.arc_start[arc]), _end(data, data.arc_start[arc + 1] - 1)
        if first == last:
            whole.append([arc])
        else:
            ends[first].append(arc)
            ends[last].append(~arc)
    used: set[int] = set()
    for here, arcs in ends.items():
        while arcs:
            ring, at = list[int](), here
            while (found := _next(ends[at], used)) is not None:
                ring.append(found)
                used.add(found if found >= 0 else ~found)
                at = _end(data, data.arc_start[found + 1] - 1 if found >= 0 else data.arc_start[~found])
            if not ring:
                break
            whole.append(ring)
    return rings_of([joined(data, ring) for ring in whole], lonlat)


def _next(arcs: list[int], used: set[int]) -> int | None:
    while arcs:
        arc = arcs.pop()
        if (arc if arc >= 0 else ~arc) not in used:
            return arc
    return None


def _end(data: Borders, point: int) -> tuple[int, int]:
    x, y = data.points[2 * point], data.points[2 * point + 1]
    return (-x if x == 180 * UNITS_PER_DEG else x), y


def seams(data: Borders, lonlat: Floats) -> Numbers:
    """Points whose way to the next one runs along the antimeridian, where the source cuts land in two."""
    import numpy as np

    along = (np.abs(lonlat[:-1, 0]) == 180) & (lonlat[:-1, 0] == lonlat[1:, 0])
    along[np.asarray(data.arc_start, np.intp)[1:-1] - 1] = False  # from one arc to the next
    return np.flatnonzero(along)
