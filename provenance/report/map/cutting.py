"""Lines and rings in px: cut to a rectangle, thinned to what can be seen, written as SVG path data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .projection import Floats
    from .view import View

    Mask = NDArray[np.bool_]

EDGE_PX = 4.0
"""How far beyond the window lines are drawn: their cut ends lie outside."""


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


def apart(points: Floats, cell: Floats | float, *, closed: bool = True) -> Floats:
    """One point for each cell that a line runs through; `closed`: a ring, whose last point may go."""
    import numpy as np

    cells = np.floor(points / (cell[:, None] if isinstance(cell, np.ndarray) else cell))
    keep = np.concatenate(([True], (np.diff(cells, axis=0) != 0).any(axis=1)))
    if not closed:
        keep[-1] = True
    return points[keep]


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


def window(view: View) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is drawn: the window of a map, a little widened."""
    return -EDGE_PX, -EDGE_PX, view.width_px + EDGE_PX, view.height_px + EDGE_PX


def in_window(points: Floats, view: View) -> Mask:
    """Which points lie in the window."""
    left, top, right, bottom = window(view)
    x, y = points[:, 0], points[:, 1]
    return (x > left) & (x < right) & (y > top) & (y < bottom)
