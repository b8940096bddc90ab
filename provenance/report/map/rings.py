"""Rings on Earth in px: those that can show, in the projection of a map, cut to its window."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .cutting import EDGE_PX, apart, clipped, thinned, window
from .projection import EARTH_KM, Azimuthal, World
from .unrolled import around_the_rim, holds, unrolled
from .view import View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .areas import Rings
    from .ground import Ground
    from .projection import Floats

    Numbers = NDArray[np.intp]
    Mask = NDArray[np.bool_]

FINEST_PX = 0.9
"""Points nearer than this on a line become one."""
SMALLEST_RING_PX = 1.6
"""Islands below this are not drawn."""
KM_PER_DEG = math.radians(1) * EARTH_KM
_FAR_PX = 400.0
_FAR_CELL_DEG = 0.25


def rings_px(ground: Ground, rings: Rings, view: View, finest_px: float = FINEST_PX) -> list[Floats]:
    """Every ring that shows, cut to the window a little widened. Even-odd filling of all together is the area.

    A ring around the point opposite the middle of an azimuthal map is drawn inside out; the window itself is added for
    it, so that filling is right again.
    """
    import numpy as np

    chosen, lonlat, starts = reduced(ground, rings, view, finest_px)
    if not len(lonlat):
        return []
    if isinstance(view.projection, World):
        found = _world_rings(lonlat, starts, view, finest_px)
    else:
        found = []
        plane = view.projection.plane(lonlat)
        points = view.px(plane)
        for ring in _seen(points, starts, view):
            whole = around_the_rim(plane[starts[ring] : starts[ring + 1]])
            px = points[starts[ring] : starts[ring + 1]] if whole is None else view.px(whole)
            cut = clipped(_coarse(px, view, finest_px), *window(view))
            if len(cut) > 2:
                found.append(thinned(cut, finest_px / 3))
        opposite = view.projection.antipode
        around = (rings.low <= opposite).all(axis=1) & (rings.high >= opposite).all(axis=1) & chosen
        for ring in np.cumsum(chosen)[around].tolist():
            if holds(lonlat[starts[ring - 1] : starts[ring]], *opposite):
                found.append(_whole(view))
    return [ring for ring in found if len(ring) > 2 and np.ptp(ring, axis=0).max() > finest_px / 2]


def reduced(ground: Ground, rings: Rings, view: View, finest_px: float) -> tuple[Mask, Floats, Numbers]:
    """Which rings can show, their points in degrees and starts, one point for each cell that a line runs through.

    Cells are as fine as the map in its window and a quarter of a degree far outside; no ring that may hold the window
    is left out.
    """
    import numpy as np

    fine = finest_px / view.px_per_km / KM_PER_DEG / 1.5
    cell: Floats | float = fine
    counts = np.diff(rings.starts)
    chosen = (rings.high - rings.low).max(axis=1) > fine
    reach, wide, middle = 180.0, 180.0, np.zeros(2)
    if isinstance(view.projection, Azimuthal):
        reach = _reach_deg(view)
        high = min(89.0, abs(view.projection.lat_deg) + reach)
        wide = 180.0 if high > 85 else min(180.0, reach / math.cos(math.radians(high)))
        middle = np.array([view.projection.lon_deg, view.projection.lat_deg])
        off, half = (rings.low + rings.high) / 2 - middle, (rings.high - rings.low) / 2
        off[:, 0] = (off[:, 0] + 180) % 360 - 180
        chosen &= ((np.abs(off) - half) < [wide + 1e-9, reach]).all(axis=1)
    lonlat = ground.lonlat[rings.points[np.repeat(chosen, counts)]]
    starts = np.concatenate(([0], np.cumsum(counts[chosen])))
    if fine < _FAR_CELL_DEG and reach < 60 and len(lonlat):
        away = np.abs((lonlat - middle + [180, 0]) % 360 - [180, 0])
        away[:, 1] = np.abs(lonlat[:, 1] - middle[1])
        cell = np.where((away > [2 * wide + 0.5, 2 * reach + 0.5]).any(axis=1), _FAR_CELL_DEG, fine)
    if not len(lonlat):
        return chosen, lonlat, starts
    cells = np.floor(lonlat / (cell[:, None] if isinstance(cell, np.ndarray) else cell))
    keep = np.concatenate(([True], (cells[1:] != cells[:-1]).any(axis=1)))
    keep[starts[:-1]] = True
    kept = np.concatenate(([0], np.cumsum(keep)))
    return chosen, lonlat[keep], kept[starts]


def _reach_deg(view: View) -> float:
    """How far the farthest corner of the window lies from the middle of the projection, degrees."""
    across = max(abs(view.left_km), abs(view.left_km + view.width_km))
    up = max(abs(view.top_km), abs(view.top_km - view.height_px / view.px_per_km))
    return min(180.0, math.hypot(across, up) / KM_PER_DEG + 0.1)


def ring_px(lonlat: Floats, view: View) -> list[Floats]:
    """One ring of few points, in degrees, such as a circle."""
    import numpy as np

    if isinstance(view.projection, World):
        parts = unrolled(lonlat, view.projection)
        return [cut for part in parts if len(cut := clipped(view.px(part), *window(view))) > 2]
    plane = view.projection.plane(lonlat)
    whole = around_the_rim(plane)
    cut = clipped(view.px(plane if whole is None else whole), *window(view))
    return [cut] if len(cut) > 2 and np.isfinite(cut).all() else []


def _whole(view: View) -> Floats:
    import numpy as np

    left, top, right, bottom = window(view)
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def _seen(points: Floats, starts: Numbers, view: View) -> list[int]:
    """Rings whose box meets the window and is not below a point; a ring around the far rim always."""
    import numpy as np

    low, high = np.minimum.reduceat(points, starts[:-1]), np.maximum.reduceat(points, starts[:-1])
    left, top, right, bottom = window(view)
    meets = (low[:, 0] < right) & (high[:, 0] > left) & (low[:, 1] < bottom) & (high[:, 1] > top)
    return np.flatnonzero(meets & ((high - low).max(axis=1) > SMALLEST_RING_PX)).tolist()


def _coarse(points: Floats, view: View, finest_px: float) -> Floats:
    """One point for each cell that a line runs through: fine cells in the window, wide ones far outside."""
    import numpy as np

    away = np.maximum(
        np.abs(points[:, 0] - view.width_px / 2) - view.width_px / 2,
        np.abs(points[:, 1] - view.height_px / 2) - view.height_px / 2,
    )
    cell = np.where(away > _FAR_PX, _FAR_PX / 4, np.where(away > 3 * EDGE_PX, 2.0, finest_px))
    return apart(points, cell)


def _world_rings(lonlat: Floats, starts: Numbers, view: View, finest_px: float) -> list[Floats]:
    import numpy as np

    projection = view.projection
    assert isinstance(projection, World)  # noqa: S101
    across = projection.across(lonlat[:, 0])
    points = view.px(projection.unrolled(np.column_stack((across, lonlat[:, 1]))))
    wide = np.maximum.reduceat(across, starts[:-1]) - np.minimum.reduceat(across, starts[:-1]) >= 180
    found = []
    for ring in _seen(points, starts, view):
        pieces = [points[starts[ring] : starts[ring + 1]]]
        if wide[ring]:  # it meets the edge of the world
            pieces = [view.px(part) for part in unrolled(lonlat[starts[ring] : starts[ring + 1]], projection)]
        for piece in pieces:
            cut = clipped(apart(piece, finest_px), *window(view))
            if len(cut) > 2:
                found.append(thinned(cut, finest_px / 3))
    return found
