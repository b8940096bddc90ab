"""Open lines in px, in pieces that show: between marks, borders, and the seams where land is cut in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cutting import apart, in_window, thinned
from .projection import World
from .rings import FINEST_PX, KM_PER_DEG
from .view import View

if TYPE_CHECKING:
    from .ground import Ground
    from .projection import Floats

_FARTHEST_STEP_PX = 4_000.0
"""Points of a line that lie farther apart than this run across the rim of an azimuthal map."""


def line_px(lonlat: Floats, view: View) -> list[Floats]:
    """An open line in pieces that show: parted where it leaves the window or runs over the edge of the world."""
    return _pieces(lonlat, view.at(lonlat), view)


def _pieces(lonlat: Floats, points: Floats, view: View) -> list[Floats]:
    import numpy as np

    inside = in_window(points, view)
    near = inside.copy()
    near[1:] |= inside[:-1]
    near[:-1] |= inside[1:]
    joined = near[:-1] & near[1:]
    if isinstance(view.projection, World):
        joined &= np.abs(np.diff(view.projection.across(lonlat[:, 0]))) < 180
    else:
        joined &= np.abs(np.diff(points, axis=0)).max(axis=1) < _FARTHEST_STEP_PX
    edges = np.flatnonzero(np.diff(np.concatenate(([False], joined, [False])).astype(np.int8)))
    return [points[first : last + 1] for first, last in zip(edges[::2], edges[1::2], strict=True)]


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
    seen = np.flatnonzero(np.logical_or.reduceat(in_window(points, view), starts[:-1])).tolist()
    return [
        (thinned(apart(piece, finest_px, closed=False), finest_px / 3), ground.borders[which].disputed)
        for which in seen
        for piece in _pieces(lonlat[starts[which] : starts[which + 1]], points[starts[which] : starts[which + 1]], view)
    ]


def seams_px(ground: Ground, view: View) -> list[Floats]:
    """Where the source cuts land at the antimeridian: covered with land, since nothing is there to see."""
    import numpy as np

    ends = np.concatenate((ground.lonlat[ground.seams], ground.lonlat[ground.seams + 1]))
    if not len(ends):
        return []
    inside = in_window(view.at(ends), view).reshape(2, -1).any(axis=0)
    steps = np.linspace(0, 1, 9)[:, None]
    found = []
    for seam in ground.seams[inside].tolist():
        start, end = ground.lonlat[seam], ground.lonlat[seam + 1]
        found += line_px(start + steps * (end - start), view)
    return found
