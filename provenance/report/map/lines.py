"""Lines and rings in px: projected, cut to the window, thinned to what can be seen, written as SVG path data."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .projection import EARTH_KM, Azimuthal, World
from .view import View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .ground import Ground, Rings
    from .projection import Floats

    Numbers = NDArray[np.intp]
    Mask = NDArray[np.bool_]

EDGE_PX = 4.0
"""How far beyond the window lines are drawn: their cut ends lie outside."""
FINEST_PX = 0.9
"""Points nearer than this on a line become one."""
SMALLEST_RING_PX = 1.6
"""Islands below this are not drawn."""
FAR_PX = 400.0
# An edge whose ends lie farther round the middle than this, near the point opposite, must go round and not across.
_ROUND_DEG = 10.0
OPPOSITE_KM = 0.6 * math.pi * EARTH_KM
KM_PER_DEG = math.radians(1) * EARTH_KM
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
            whole = _around_the_rim(plane[starts[ring] : starts[ring + 1]])
            px = points[starts[ring] : starts[ring + 1]] if whole is None else view.px(whole)
            cut = clipped(_coarse(px, view, finest_px), *_window(view))
            if len(cut) > 2:
                found.append(thinned(cut, finest_px / 3))
        opposite = view.projection.antipode
        around = (rings.low <= opposite).all(axis=1) & (rings.high >= opposite).all(axis=1) & chosen
        for ring in np.cumsum(chosen)[around].tolist():
            if _holds(lonlat[starts[ring - 1] : starts[ring]], *opposite):
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
        parts = _unrolled(lonlat, view.projection)
        return [cut for part in parts if len(cut := clipped(view.px(part), *_window(view))) > 2]
    plane = view.projection.plane(lonlat)
    whole = _around_the_rim(plane)
    cut = clipped(view.px(plane if whole is None else whole), *_window(view))
    return [cut] if len(cut) > 2 and np.isfinite(cut).all() else []


def _whole(view: View) -> Floats:
    import numpy as np

    left, top, right, bottom = _window(view)
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def _holds(lonlat: Floats, lon_deg: float, lat_deg: float) -> bool:
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


def line_px(lonlat: Floats, view: View) -> list[Floats]:
    """An open line in pieces that show: parted where it leaves the window or runs over the edge of the world."""
    return _pieces(lonlat, view.at(lonlat), view)


def _pieces(lonlat: Floats, points: Floats, view: View) -> list[Floats]:
    import numpy as np

    inside = _inside(points, view)
    near = inside.copy()
    near[1:] |= inside[:-1]
    near[:-1] |= inside[1:]
    joined = near[:-1] & near[1:]
    if isinstance(view.projection, World):
        joined &= np.abs(np.diff(view.projection.across(lonlat[:, 0]))) < 180
    else:
        joined &= np.abs(np.diff(points, axis=0)).max(axis=1) < 10 * FAR_PX
    edges = np.flatnonzero(np.diff(np.concatenate(([False], joined, [False])).astype(np.int8)))
    return [points[first : last + 1] for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _inside(points: Floats, view: View) -> Mask:
    left, top, right, bottom = _window(view)
    x, y = points[:, 0], points[:, 1]
    return (x > left) & (x < right) & (y > top) & (y < bottom)


def borders_px(ground: Ground, view: View, finest_px: float = FINEST_PX) -> list[tuple[Floats, str]]:
    """Every border that shows, in pieces, with what is disputed about it."""
    import numpy as np

    numbers = np.concatenate([np.arange(one.first, one.last + 1) for one in ground.borders])
    lengths = np.array([one.last + 1 - one.first for one in ground.borders])
    starts = np.concatenate(([0], np.cumsum(lengths)))
    lonlat = ground.lonlat[numbers]
    cells = np.floor(lonlat / (finest_px / view.px_per_km / KM_PER_DEG / 1.5))
    keep = np.concatenate(([True], (cells[1:] != cells[:-1]).any(axis=1)))
    keep[starts[:-1]] = keep[starts[1:] - 1] = True
    lonlat, starts = lonlat[keep], np.concatenate(([0], np.cumsum(keep)))[starts]
    points = view.at(lonlat)
    seen = np.flatnonzero(np.logical_or.reduceat(_inside(points, view), starts[:-1])).tolist()
    return [
        (thinned(_apart(piece, finest_px, closed=False), finest_px / 3), ground.borders[which].disputed)
        for which in seen
        for piece in _pieces(lonlat[starts[which] : starts[which + 1]], points[starts[which] : starts[which + 1]], view)
    ]


def seams_px(ground: Ground, view: View) -> list[Floats]:
    """Where the source cuts land at the antimeridian: covered with land, since nothing is there to see."""
    import numpy as np

    ends = np.concatenate((ground.lonlat[ground.seams], ground.lonlat[ground.seams + 1]))
    if not len(ends):
        return []
    inside = _inside(view.at(ends), view).reshape(2, -1).any(axis=0)
    steps = np.linspace(0, 1, 9)[:, None]
    found = []
    for seam in ground.seams[inside].tolist():
        start, end = ground.lonlat[seam], ground.lonlat[seam + 1]
        found += line_px(start + steps * (end - start), view)
    return found


def clipped(ring: Floats, left: float, top: float, right: float, bottom: float) -> Floats:
    """A ring cut to a rectangle (Sutherland and Hodgman 1974); parts may stay joined along its sides."""
    for axis, limit, below in ((0, left, False), (0, right, True), (1, top, False), (1, bottom, True)):
        if len(ring):
            ring = _half(ring, axis, limit, below=below)
    return ring


def _half(ring: Floats, axis: int, limit: float, *, below: bool) -> Floats:
    import numpy as np

    inside = ring[:, axis] <= limit if below else ring[:, axis] >= limit
    if inside.all():
        return ring
    if not inside.any():
        return ring[:0]
    following = np.roll(ring, -1, axis=0)
    crosses = inside != np.roll(inside, -1)
    way = following[:, axis] - ring[:, axis]
    share = np.divide(limit - ring[:, axis], way, out=np.zeros(len(ring)), where=crosses)
    both = np.stack((ring, ring + share[:, None] * (following - ring)), axis=1)
    return np.asarray(both[np.column_stack((inside, crosses))])


def thinned(points: Floats, off_px: float) -> Floats:
    """Without points that lie on the line of their neighbours, every other one looked at in turn; ends stay."""
    import numpy as np

    for turn in range(4):
        if len(points) < 8:
            break
        before, here, after = points[:-2], points[1:-1], points[2:]
        way_x, way_y = (after - before).T
        off_x, off_y = (here - before).T
        drop = np.abs(way_x * off_y - way_y * off_x) <= off_px * np.hypot(way_x, way_y)
        drop[turn % 2 :: 2] = False
        points = points[np.concatenate(([True], ~drop, [True]))]
    return points


def path(lines: list[Floats], *, closed: bool) -> str:
    """SVG path data in tenths of a px, relative after each first point."""
    import numpy as np

    parts = []
    for line in lines:
        whole = np.round(line * 10).astype(np.int64)
        steps = np.diff(whole, axis=0)
        steps = steps[(steps != 0).any(axis=1)]
        if not len(steps):
            continue
        text = " ".join(f"{x},{y}" for x, y in steps.tolist()).replace(",-", "-").replace(" -", "-")
        parts.append(f"M{whole[0, 0]},{whole[0, 1]}l{text}{'z' if closed else ''}")
    return "".join(parts)


def _window(view: View) -> tuple[float, float, float, float]:
    return -EDGE_PX, -EDGE_PX, view.width_px + EDGE_PX, view.height_px + EDGE_PX


def _seen(points: Floats, starts: Numbers, view: View) -> list[int]:
    """Rings whose box meets the window and is not below a point; a ring around the far rim always."""
    import numpy as np

    low, high = np.minimum.reduceat(points, starts[:-1]), np.maximum.reduceat(points, starts[:-1])
    left, top, right, bottom = _window(view)
    meets = (low[:, 0] < right) & (high[:, 0] > left) & (low[:, 1] < bottom) & (high[:, 1] > top)
    return np.flatnonzero(meets & ((high - low).max(axis=1) > SMALLEST_RING_PX)).tolist()


def _coarse(points: Floats, view: View, finest_px: float) -> Floats:
    """One point for each cell that a line runs through: fine cells in the window, wide ones far outside."""
    import numpy as np

    away = np.maximum(
        np.abs(points[:, 0] - view.width_px / 2) - view.width_px / 2,
        np.abs(points[:, 1] - view.height_px / 2) - view.height_px / 2,
    )
    cell = np.where(away > FAR_PX, FAR_PX / 4, np.where(away > 3 * EDGE_PX, 2.0, finest_px))
    return _apart(points, cell)


def _apart(points: Floats, cell: Floats | float, *, closed: bool = True) -> Floats:
    import numpy as np

    cells = np.floor(points / (cell[:, None] if isinstance(cell, np.ndarray) else cell))
    keep = np.concatenate(([True], (np.diff(cells, axis=0) != 0).any(axis=1)))
    if not closed:
        keep[-1] = True
    return points[keep]


def _around_the_rim(plane_km: Floats) -> Floats | None:
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
            pieces = [view.px(part) for part in _unrolled(lonlat[starts[ring] : starts[ring + 1]], projection)]
        for piece in pieces:
            cut = clipped(_apart(piece, finest_px), *_window(view))
            if len(cut) > 2:
                found.append(thinned(cut, finest_px / 3))
    return found


def _unrolled(lonlat: Floats, projection: World) -> list[Floats]:
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
